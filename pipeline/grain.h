/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grain of paper on a page in black and white. */
#ifndef HOSO_PIPELINE_GRAIN_H
#define HOSO_PIPELINE_GRAIN_H

#include <stdbool.h>

struct Pix;

/* The parts that a 1-bit page falls into. */
struct grain {
    int specks; /* less than a mark over print of 6 pt, any way */
    int larger;
};

/* All zero without memory. */
struct grain grain_count(struct Pix *black, int dpi);

/*
 * Whether thousands of parts of a page are specks and few are anything else,
 * as where print of the other side came through in dots: no page of print is
 * like that, yet what the dots look like may be tables, and layout analysis
 * takes minutes over them.
 */
bool grain_outnumbers(const struct grain *g);

/*
 * A 1-bit page without its specks, new; NULL if it does not fall into more
 * parts than print has (or without memory). Layout analysis takes minutes over
 * a hundred thousand parts.
 * g  grain_count(black, dpi)
 */
struct Pix *grain_removed(struct Pix *black, const struct grain *g, int dpi);

#endif
