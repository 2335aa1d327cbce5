/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comparing folded text as recognition leaves it: a letter wrong here and
 * there, words run together or torn apart, marks and dirt before them.
 */
#ifndef HOSO_PIPELINE_MATCH_H
#define HOSO_PIPELINE_MATCH_H

#include "pipeline/passage.h"

/* Letters and digits only, at most 60 of them. Caller frees. */
char *match_letters(const char *folded);

/* Whether two folded texts are the same but for one wrong letter in six. */
bool match_close(const char *a, const char *b);

/* Wrong letters between two folded texts, 1000 if one has none. */
unsigned match_distance(const char *a, const char *b);

/*
 * Whether folded text begins with these words but for one wrong letter in six
 * (none in words under five letters); dirt before them does not count.
 * end: the byte after them
 */
bool match_begins(const char *text, const char *words, size_t *end);

/*
 * Where words stand in a folded text from `from` on, white space of any kind
 * between them, not inside a longer word; exactly. SIZE_MAX if nowhere.
 * end: the byte after them
 */
size_t match_words(const char *text, size_t from, const char *words,
                   size_t *end);

#endif
