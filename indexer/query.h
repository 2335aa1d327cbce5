/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the user typed, understood: terms in clauses. A page must have a term
 * of every clause and none that is negated.
 *
 *     words           each on the page
 *     "a phrase"      its words in a row; so is what is written together
 *                     (15/QĐ-SKHCN, 01/02/2022, a@b.vn)
 *     a OR b          one of the two
 *     -word           not on the page
 *     begin*          a word that begins so
 *     số:15 ngày:2021..2022 …   of the document's fields (indexer/fields.h)
 *
 * The user's text never reaches SQL or FTS5: what goes there is made from
 * words of indexer/syllable.h.
 */
#ifndef HOSO_INDEXER_QUERY_H
#define HOSO_INDEXER_QUERY_H

#include "base/status.h"
#include "indexer/fields.h"
#include "indexer/syllable.h"
#include <stdbool.h>

#define QUERY_BYTES_MAX 2000
#define QUERY_WORDS_MAX 128
#define PREFIX_LETTERS_MIN 2

struct term {
    int first, n;       /* words of the query */
    int clause;         /* from 0; negated terms: -1 */
    bool negated, prefix;
    enum field_key key; /* KEY_NONE: of the page's text */
    int from, to;       /* KEY_DATE: days, 20220105 */
};

struct terms {
    struct syllable words[QUERY_WORDS_MAX];
    bool begins[QUERY_WORDS_MAX]; /* word k stands for all that begin so */
    int n_words;
    struct term items[QUERY_WORDS_MAX];
    int n;
    int n_clauses;
    bool marked; /* a word looked for has an exact form of its own */
};

/* fails  USAGE (nothing to search for, a quote without its partner, too
 *        long, a day that is none …); explained in the user's words */
NODISCARD enum status query_parse(const char *text, struct terms *out);

/* How words are compared: by marks where the query has them, or folded. */
enum closeness { FOLDED, EXACT };

#endif
