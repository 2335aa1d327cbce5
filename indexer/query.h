/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the user typed, understood: terms that must all be on a page. A term is
 * one word or a phrase, several words in a row: what stands in quotes, and
 * what is written together (15/QĐ-SKHCN, 01/02/2022, a@b.vn).
 *
 * The user's text never reaches SQL or FTS5: what goes there is made here from
 * words of indexer/syllable.h.
 */
#ifndef HOSO_INDEXER_QUERY_H
#define HOSO_INDEXER_QUERY_H

#include "base/status.h"
#include "base/strbuf.h"
#include "indexer/syllable.h"
#include <stdbool.h>

#define QUERY_BYTES_MAX 2000
#define QUERY_WORDS_MAX 128

struct term {
    int first, n; /* words of the query */
};

struct terms {
    struct syllable words[QUERY_WORDS_MAX];
    int n_words;
    struct term items[QUERY_WORDS_MAX];
    int n;
    bool marked; /* a word has an exact form of its own */
};

/* fails  USAGE (nothing to search for, a quote without its partner, too
 *        long); explained in the user's words */
NODISCARD enum status query_parse(const char *text, struct terms *out);

/* How words are compared: by marks where the query has them, or folded. */
enum closeness { FOLDED, EXACT };

/* The form of a query's word that is looked up. */
const char *query_form(const struct syllable *word, enum closeness how);

/* The MATCH expression of FTS5 for pages with all terms, or with all of them
 * in a row if together; appended to out. */
void query_expression(const struct terms *t, enum closeness how, bool together,
                      struct strbuf *out);

#endif
