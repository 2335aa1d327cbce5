/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which way is up, decided cheaply from the shapes of writing, with a word on
 * how sure that is. Where it is not, reading both ways decides (scan_read.c).
 */
#ifndef HOSO_PIPELINE_ORIENT_H
#define HOSO_PIPELINE_ORIENT_H

#include <stdbool.h>

struct Pix;

struct orientation {
    int turn_deg;          /* clockwise, makes the page upright: 0 90 180 270 */
    bool axis_sure;        /* that lines run so, not across */
    bool up_sure;          /* that it is not upside down */
    double skew_deg;       /* clockwise, after the turn; 0 if not trustworthy */
    double other_skew_deg; /* the same, if lines run across that direction; 0
                              where axis_sure */
};

/* page: 1-bit, 100..300 dpi. grey: what it was made of, as large. */
struct orientation orient_find(struct Pix *page, struct Pix *grey);

#endif
