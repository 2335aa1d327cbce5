/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How well a page answers a query, of pages that have all of its terms. As
 * Vietnamese writes most words as two or more syllables, terms that stand side
 * by side as in the query count as much as the terms themselves:
 *
 *     sum over terms of idf(t) * worth(t)
 *       + sum over neighbours a b in the query of (idf(a) + idf(b)) * worth(ab)
 *     worth = n (K + 1) / (n + K)
 *
 * where n counts occurrences, those in the title RANK_TITLE times. This is
 * bm25 without the length of the page: pages are of one size, and asking FTS5
 * for lengths costs more than all the rest.
 */
#ifndef HOSO_INDEXER_RANK_H
#define HOSO_INDEXER_RANK_H

#include <stdint.h>

/* Columns of the full-text table. */
enum rank_column { RANK_TITLE_COLUMN, RANK_NAMES_COLUMN, RANK_BODY_COLUMN };

#define RANK_TITLE 4.0 /* what an occurrence there counts */
#define RANK_NAMES 2.0
#define RANK_BODY 1.0

/* More than any score: the distance of tiers of pages (indexer/search.c). */
#define RANK_TIER 20000.0

/* What one occurrence in that column counts. */
double rank_weight(int column);

/* How rare a term is that is on n of all pages; > 0. */
double rank_idf(int64_t pages, int64_t n);

/* Worth of occurrences that count n in all; 0 for none, limited above. */
double rank_worth(double n);

#endif
