/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far text lines are off the horizontal, and straightening. */
#ifndef HOSO_PIPELINE_DESKEW_H
#define HOSO_PIPELINE_DESKEW_H

struct Pix;

/* What the skew search found. */
struct skew {
    double deg;   /* clockwise turn that straightens; within ±SKEW_MAX_DEG */
    double score; /* how strongly rows of text stand out at that angle */
    double ratio; /* best score over worst: near 1 no lines stand out */
};

/* More than paper is fed askew: at the very end of the search nothing is
 * found. */
#define SKEW_MAX_DEG 15

/* Skew of the lines of a 1-bit page of 100..300 dpi. All zero for a page
 * without writing. */
struct skew skew_find(struct Pix *bilevel);

/* The page turned clockwise by deg about its centre, same size, white coming
 * in; pix 1- or 8-bit. New. NULL without memory. */
struct Pix *skew_straighten(struct Pix *pix, double deg);

#endif
