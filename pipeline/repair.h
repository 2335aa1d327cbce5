/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Repair by context: marks that were read wrong are put right where the words
 * around leave little doubt. */
#ifndef HOSO_PIPELINE_REPAIR_H
#define HOSO_PIPELINE_REPAIR_H

#include "base/record.h"
#include "pipeline/language.h"
#include "pipeline/letters.h"

/*
 * Mend the words of a recognised page. Only marks (tones, circumflex, horn …)
 * ever change, never a base letter, its case, a digit or a sign; words read
 * surely on a page read well are dear to touch. A word that both its neighbours
 * know in another spelling only is mended however surely it was read; if just
 * one of them does, its confidence falls to 50. What was recognised is kept in
 * word.raw.
 * result  how many words were mended
 */
int repair_page(const struct language *l, struct page *page);

/* Write a syllable over the bytes from to to of a word's text. What was
 * recognised is kept in w->raw, if nothing is there yet. */
void word_respell(struct word *w, size_t from, size_t to,
                  const struct syllable *right);

#endif
