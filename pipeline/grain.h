/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grain of paper on a page in black and white. */
#ifndef HOSO_PIPELINE_GRAIN_H
#define HOSO_PIPELINE_GRAIN_H

struct Pix;

/*
 * A 1-bit page without its specks, new; NULL if it does not fall into more
 * parts than print has (or without memory). Layout analysis takes minutes over
 * a hundred thousand parts.
 */
struct Pix *grain_removed(struct Pix *black);

#endif
