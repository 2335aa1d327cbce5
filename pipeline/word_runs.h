/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs: words of a recognised line that stand side by side. The recogniser
 * makes one line of what stands at one height, over columns, stamps and
 * margins; where a gap is wider than 2.2 heights of the lower of the two words
 * beside it, something else begins.
 */
#ifndef HOSO_PIPELINE_WORD_RUNS_H
#define HOSO_PIPELINE_WORD_RUNS_H

#include "base/record.h"

/*
 * Where the run of a word ends.
 *
 * from    number of the word in l, less than l->n_words
 * result  number of the first word behind the run; more than from, at most
 *         l->n_words
 */
int word_run_end(const struct line *l, int from);

/* The box around words from … end - 1 of a line, of which there is one at
 * least. */
struct box words_box(const struct line *l, int from, int end);

/* Words from … end - 1 of a line, a space between them. Caller frees. */
char *words_text(const struct line *l, int from, int end);

#endif
