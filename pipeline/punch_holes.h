/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holes for a binder that a scan in black and white shows as grain. */
#ifndef HOSO_PIPELINE_PUNCH_HOLES_H
#define HOSO_PIPELINE_PUNCH_HOLES_H

struct Boxa;
struct Pix;

/*
 * Discs of bits as large as a hole and as near to an edge; new, NULL without
 * memory. What stands in their boxes belongs to them.
 * ink  1 bit
 * mm   pixels in one
 */
struct Boxa *punch_holes_find(struct Pix *ink, double mm);

#endif
