/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Print of the other side in a scan that knows only black and white. */
#ifndef HOSO_PIPELINE_THIN_PRINT_H
#define HOSO_PIPELINE_THIN_PRINT_H

#include "pipeline/traces.h"

struct Pix;

/*
 * Whether no stroke on a copy in black and white is as thick as those of
 * print and of pens. What came through the paper is black only where it was
 * darkest: thin and full of gaps.
 * copy  1- or 8-bit; false where it is too coarse to say
 * out   if so, all that is on it, in pixels of the copy; traces_clear()
 */
bool thin_print_find(struct Pix *copy, double dpi, struct traces *out);

#endif
