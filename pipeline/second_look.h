/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A second look: words that were read weakly, and numbers and names that were
 * not read surely, are read again by another, larger model. The better reading
 * of a weak word is taken; where both disagree about a number or a name, it is
 * sure to nobody, and a field made of it is left to a person.
 */
#ifndef HOSO_PIPELINE_SECOND_LOOK_H
#define HOSO_PIPELINE_SECOND_LOOK_H

#include "base/record.h"
#include "pipeline/language.h"

struct Pix;
struct recogniser;
struct second_look;

/* Nothing is loaded before the first word that needs it. */
struct second_look *second_look_new(void);
void second_look_free(struct second_look *s); /* NULL allowed */

/* The recogniser with the larger model, loaded when it is first asked for;
 * borrowed. NULL: it is not there. */
struct recogniser *second_look_recogniser(struct second_look *s);

/*
 * Look at the weak words of a page again.
 * pix   what the page was read from, upright
 * page  the words of pix, boxes in pixels of it. A word that is taken from
 *       the second reading keeps the first one in word.raw.
 * fails INTERNAL; a model that is not there is no failure: nothing changes
 */
NODISCARD enum status second_look(struct second_look *s,
                                  const struct language *l, struct Pix *pix,
                                  int dpi, struct page *page);

#endif
