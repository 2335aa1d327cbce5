/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The case of a word alone in its row. A row is recognised at one height
 * whatever its print is, so "sơ" at the end of a paragraph is read as "SƠ":
 * letters that look the same in both cases, and no others to measure them by.
 */
#ifndef HOSO_PIPELINE_LONE_WORD_H
#define HOSO_PIPELINE_LONE_WORD_H

#include "base/record.h"
#include "pipeline/language.h"

/*
 * Write such words in small letters where they go on with a row in small letters
 * above them, in the same block, and the corpus has both words side by side.
 * What was read is kept in word.raw.
 * result  how many words were changed
 */
int lone_words_mend(const struct language *l, struct page *page);

#endif
