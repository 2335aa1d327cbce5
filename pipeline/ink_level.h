/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which greys are ink. Print is much darker than paper; a stamp may be paler
 * by far, and is only so much darker; of a part in which something is drawn
 * that is neither, it is what is nearer to its own ink than to its paper.
 */
#ifndef HOSO_PIPELINE_INK_LEVEL_H
#define HOSO_PIPELINE_INK_LEVEL_H

#include "base/record.h"

struct Pix;

/*
 * What is darker than the result may be ink of a stamp in black, pale or not.
 * Paper is the commonest grey.
 * pix   8 bit without colour map, or 32 of which red is looked at
 */
int ink_level_stamp_on_page(struct Pix *pix);

/* The same of a small picture of one, with 8 bit: what is darker surely is. */
int ink_level_stamp_alone(struct Pix *picture);

/*
 * What is darker than the result is as dark as print is.
 * pix  8 bit without colour map, or 32 of which red is looked at
 */
int ink_level_print(struct Pix *pix);

/* Half way from paper to ink in a part of an image with 8 bit: what is darker
 * than the result is ink, though it be paler than print everywhere else. */
int ink_level_in(struct Pix *pix, const struct box *part);

/* How dark print is in a part of an image with 8 bit, and how light paper. */
void ink_and_paper(struct Pix *pix, const struct box *part, int *ink,
                   int *paper);

#endif
