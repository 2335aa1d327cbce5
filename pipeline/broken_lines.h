/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folds and streaks of which a scan in black and white shows pieces. */
#ifndef HOSO_PIPELINE_BROKEN_LINES_H
#define HOSO_PIPELINE_BROKEN_LINES_H

#include <stdbool.h>

struct Boxa;

/*
 * Which parts of a page are pieces of a line that runs from one edge to the
 * other, level or upright: flat ones, one behind the other all the way.
 * parts   boxes in pixels
 * mm      pixels in one
 * pieces  out: one for each part, all false before
 */
void broken_lines_mark(struct Boxa *parts, int width_px, int height_px,
                       double mm, bool *pieces);

#endif
