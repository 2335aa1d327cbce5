/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rectangle drawn round a stamp, found among print: it leans, print runs
 * across it, a side may be missing.
 */
#ifndef HOSO_PIPELINE_STAMP_OUTLINE_H
#define HOSO_PIPELINE_STAMP_OUTLINE_H

#include <stdbool.h>

struct Pix;

/* Its corners, clockwise from the upper left one, in pixels of the image it
 * was found in. */
struct outline {
    double x[4], y[4];
};

/*
 * Find the largest rectangle of the size of a stamp on a bilevel image.
 *
 * part    a piece of a page, some pixels round what may be one
 * dpi     of it; 70 are enough, more cost time
 * result  false: there is none
 */
bool outline_find(struct Pix *part, double dpi, struct outline *out);

/* How far its upper side falls to the right, per pixel. */
double outline_slope(const struct outline *o);

#endif
