/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print under a red seal. Ink that covers leaves of black print a darker red
 * only: in the red channel, where the seal is pale, the print below it is
 * nearly as pale. How much of a pixel is seal is told by its redness; what it
 * lacks beyond that is print, and is made as dark as it is beside the seal.
 */
#ifndef HOSO_PIPELINE_SEALED_PRINT_H
#define HOSO_PIPELINE_SEALED_PRINT_H

#include "base/record.h"

struct Pix;

#define SEALED_MAX 4

/* Parts of an image as they were, to be put back. */
struct sealed_print {
    struct box boxes[SEALED_MAX];
    struct Pix *as_it_was[SEALED_MAX];
    int n;
};

/*
 * Make of each of n boxes of a 32-bit image what is read of it, in grey
 * (ink_value()), with the print under the seal darkened. No pixel is read paler
 * than it was; a box with too little red to tell its ink stays as it is.
 * boxes  of seals, in pixels of pix; no more than SEALED_MAX of them are done
 * rim_px is added to them on all sides
 * kept   zeroed; to be given to sealed_print_put_back()
 */
void sealed_print_darken(struct Pix *pix, const struct box *boxes, int n,
                         int rim_px, struct sealed_print *kept);

/* The image as it was before; frees what was kept. */
void sealed_print_put_back(struct Pix *pix, struct sealed_print *kept);

#endif
