/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words that people of an archive have confirmed: how often syllables and
 * pairs of them stand in what they typed or accepted, for repair by context.
 * Laws know no hamlet, no firm and few names. Included by pipeline.h.
 */
#ifndef HOSO_PIPELINE_CONFIRMED_H
#define HOSO_PIPELINE_CONFIRMED_H

#include "base/status.h"

struct confirmed; /* the counts so far */

struct confirmed *confirmed_new(void);
void confirmed_free(struct confirmed *c); /* NULL allowed */
void confirmed_freep(struct confirmed **c);

/* Count the words of a value (UTF-8, NFC). One of several words that has no
 * mark at all was typed without them and teaches nothing: it is left out. */
void confirmed_add(struct confirmed *c, const char *value);

/*
 * Write the counts to a new file, in the form of bigrams.tsv, for
 * pool_options.confirmed: for its owner alone, the most frequent up to a
 * limit, always the same for the same values in whatever order.
 * pairs  how many were written; with syllables 0, no file is made
 * fails  as file_write_durable()
 */
NODISCARD enum status confirmed_write(struct confirmed *c, const char *path,
                                      int *syllables, int *pairs);

#endif
