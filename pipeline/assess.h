/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page is worth: blank or not, and the reasons to look at it again. */
#ifndef HOSO_PIPELINE_ASSESS_H
#define HOSO_PIPELINE_ASSESS_H

#include "pipeline/pipeline.h"

struct Pix;

/* Share of a page that is written on, in parts per million: dark specks that
 * are no part of the frame a scanner leaves at the edges. bilevel: 1-bit. */
unsigned assess_ink_ppm(struct Pix *bilevel);

/* Set state and doubts of a page that has been read; doubts that are set
 * already (TURN, DAMAGED) stay. ink_ppm: of assess_ink_ppm(). */
void assess_page(struct page *page, unsigned ink_ppm,
                 const struct pool_options *options);

#endif
