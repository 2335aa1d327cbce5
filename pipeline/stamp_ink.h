/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Black ink that may be of a stamp. */
#ifndef HOSO_PIPELINE_STAMP_INK_H
#define HOSO_PIPELINE_STAMP_INK_H

struct Pix;

/* What is ink on a small picture with 8 bit: one bit. The caller's to destroy;
 * NULL: no memory. */
struct Pix *stamp_ink(struct Pix *grey);

/*
 * The ink of a scan, as coarse as lines of stamps may be looked for.
 *
 * A copy with one bit, of 70 to 140 dpi: thin lines thicken.
 *
 * pix     1 bit, 8 without colours, or 32
 * dpi     of pix; becomes that of the copy
 * result  the caller's to destroy; NULL: no memory
 */
struct Pix *stamp_ink_coarse(struct Pix *pix, double *dpi);

#endif
