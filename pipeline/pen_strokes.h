/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures in black, which no colour tells from print. */
#ifndef HOSO_PIPELINE_PEN_STROKES_H
#define HOSO_PIPELINE_PEN_STROKES_H

#include "base/record.h"

struct Pix;
struct language;

#define PEN_SEALS_MAX 2

/* What lies where somebody signs, in pixels of an upright page. */
struct pen_strokes {
    bool found;
    struct box box;                  /* around the strokes of a pen */
    struct box seals[PEN_SEALS_MAX]; /* in dark ink */
    int n_seals;
    int top; /* where the titles end */
};

/*
 * Look for strokes of a pen where somebody signs: between title and name or
 * over them; without a title that was read, where a seal in dark ink is. Nothing
 * is found where it cannot be told.
 *
 * pix   an upright page, 1 or 8 bit
 * page  its words, boxes in pixels of pix
 * out   zero but for the seals that are known
 */
void pen_strokes_find(struct Pix *pix, double dpi, const struct page *page,
                      struct pen_strokes *out);

/*
 * Add the strokes to their page as a mark, and move what was read of them, or
 * of the seals, from the lines to what was dropped.
 * l  NULL: nothing is moved
 */
void pen_strokes_take(const struct language *l, const struct pen_strokes *s,
                      struct page *page);

/* Move what was read of the seals and signatures that are marks of a page,
 * whatever their ink, from the lines to what was dropped. */
void pen_strokes_drop_marked(const struct language *l, struct page *page);

#endif
