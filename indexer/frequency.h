/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * On how many pages a word or a pair is, about: enough to plan a query, to
 * weigh rare words and to suggest others. Every word of the archive is listed;
 * words are counted on the first pages of an archive and then, like pairs, on
 * a sixteenth of them, which is chosen by the row alone, so that taking a page
 * out undoes what putting it in did.
 */
#ifndef HOSO_INDEXER_FREQUENCY_H
#define HOSO_INDEXER_FREQUENCY_H

#include "base/sql.h"
#include "base/status.h"
#include "indexer/tokens.h"

/* What a transaction changes; all zero is nothing. */
struct frequency {
    double *words;       /* to be added to the table, by spellings' words */
    int n_words;
    struct tally pairs;  /* the same */
    struct tally gone;         /* tokens of pages taken out: words */
    struct tally gone_pairs;
    double pages, length;
};

/* Note a page that is put in (sign 1) or taken out (sign -1). */
void frequency_note(struct frequency *q, int64_t row,
                    const struct spellings *s, const struct page_tokens *t,
                    int sign);

/* Write it down, in the transaction of the pages; unlist words that are on no
 * page any more, and then forget what s knows. */
NODISCARD enum status frequency_write(struct frequency *q, struct spellings *s,
                                      struct sql *db);

/* Forget what was noted: it was written, or its transaction was undone. */
void frequency_reset(struct frequency *q);
void frequency_clear(struct frequency *q);

#endif
