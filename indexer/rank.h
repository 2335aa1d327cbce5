/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How well a page answers a query: bm25 over its terms, and over neighbours,
 * as Vietnamese writes most words as two or more syllables and terms that
 * stand side by side as in the query mean more than the terms themselves:
 *
 *     sum over terms of idf(t) * worth(t)
 *       + RANK_NEAR * sum over neighbours a b in the query of
 *             (idf(a) + idf(b)) * worth(ab)
 *     worth = n (K + 1) / (n + K (1 - B + B * length / usual length))
 *
 * where n counts occurrences, those in the title RANK_TITLE times.
 */
#ifndef HOSO_INDEXER_RANK_H
#define HOSO_INDEXER_RANK_H

#include <stdint.h>

#define RANK_TITLE 4.0 /* what an occurrence counts: title and fields */
#define RANK_NAMES 2.0 /* names of files */
#define RANK_BODY 1.0
#define RANK_NEAR 0.7

/* More than any score: a page with the very marks of the query is before all
 * others. */
#define RANK_EXACT 20000.0

/* How rare a term is that is on n of all pages; > 0. */
double rank_idf(double pages, double n);

/* Worth of occurrences that count n in all on a page so many words long, where
 * usual is usual; 0 for none, limited above. */
double rank_worth(double n, double length, double usual);

/* Pages where a word or a pair stands out are listed again under the level:
 * 2 much, 1 somewhat, 0 not. It depends on the page alone. */
int rank_level(double n, double length, int words);

#endif
