/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of an archive as they stand on its pages, a number each: "Quyết",
 * "quyết" and "QUYẾT" are three spellings of one word. Pages are kept as such
 * numbers (indexer/codes.h): that is short, and a page is looked through
 * without taking its text apart again. What was met is kept in memory; a number
 * is never used twice, so that who reads an older page misses a word at most.
 */
#ifndef HOSO_INDEXER_SPELLINGS_H
#define HOSO_INDEXER_SPELLINGS_H

#include "base/sql.h"
#include "base/status.h"
#include "indexer/tally.h"
#include <stdint.h>

#define SPELLING_MAX ((UINT32_C(1) << 30) - 1) /* the highest number */

struct spelling {
    uint32_t id; /* its number in the index, from 1 */
    uint32_t word;
    int letters;
};

/* Items of texts, words and folds are counted from 0 in the order they were
 * met; they stay until spellings_reset(). */
struct spellings {
    struct sql *db;
    struct tally texts; /* as they stand there */
    struct tally words; /* "folded FORM_END exact" */
    struct tally folds; /* folded */
    struct spelling *items;
    int cap;
    uint32_t *fold_of; /* of words */
    int n_folds, cap_folds;
    uint32_t *item_of; /* of ids: item + 1; 0: not met yet */
    size_t n_ids;
    int64_t next;    /* number for a new one; 0: to be asked */
    int64_t version; /* of the database, when all this was true */
    struct sql_stmt *by_text, *by_id, *add, *add_word;
};

/* At the start of a transaction: forget what another process has changed. */
NODISCARD enum status spellings_start(struct spellings *s, struct sql *db);

/* The item of a text that is one syllable (indexer/syllable.h), which gets a
 * number if it has none; writers only. */
NODISCARD enum status spellings_take(struct spellings *s, const char *text,
                                     size_t n, int *item);

/* The item of a number.  fails  DAMAGED (none has it) */
NODISCARD enum status spellings_item(struct spellings *s, uint32_t id,
                                     int *item);

/* At the end of a transaction: note which numbers were given. */
NODISCARD enum status spellings_write(struct spellings *s);

/* Forms of a word, borrowed; exact is "" if it is the same as folded. */
const char *spellings_folded(const struct spellings *s, uint32_t word);
const char *spellings_exact(const struct spellings *s, uint32_t word);

void spellings_reset(struct spellings *s);
void spellings_clear(struct spellings *s);

#endif
