/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines and dots of a stamp on its straight picture. */
#ifndef HOSO_PIPELINE_STAMP_RIM_H
#define HOSO_PIPELINE_STAMP_RIM_H

#include "base/record.h"

struct Pix;

/*
 * The lines round a stamp, single or double, and rows of dots in it that are
 * there to write on.
 *
 * bits    the straight picture; inside  where they are, within 2.8 mm
 * result  one bit, of the same size, set where they are and nothing crosses
 *         them; the caller's to destroy; NULL: no memory
 * pct     how much of the four sides is lines, in percent: strokes of a pen
 *         that look like a rectangle from afar have few
 */
struct Pix *stamp_rim(struct Pix *bits, const struct box *inside, int *pct);

/*
 * How many letters lie across the sides: lines that are printed keep clear of
 * print.
 *
 * bits  the straight picture without the lines
 */
int stamp_rim_crossings(struct Pix *bits, const struct box *inside);

#endif
