/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grain of paper on a page in black and white. */
#ifndef HOSO_PIPELINE_GRAIN_H
#define HOSO_PIPELINE_GRAIN_H

#include <stdbool.h>

struct Pix;

/* Into how many parts a 1-bit page falls; 0 without memory. */
int grain_parts(struct Pix *black);

/*
 * A 1-bit page without its specks, new; NULL if it does not fall into more
 * parts than print has (or without memory). Layout analysis takes minutes over
 * a hundred thousand parts.
 * parts  grain_parts(black)
 */
struct Pix *grain_removed(struct Pix *black, int parts);

/*
 * Whether thousands of parts of a 1-bit page are specks and few are anything
 * else, as where print of the other side came through in dots: no page of
 * print is like that, yet what the dots look like may be tables.
 * parts  grain_parts(black)
 */
bool grain_outnumbers(struct Pix *black, int parts, int dpi);

#endif
