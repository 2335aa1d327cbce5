/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines beside and under a seal in dark ink. Layout analysis takes the seal and
 * all that touches it for one picture, and leaves title and name of who signs
 * out of the text; no colour can tell them apart.
 */
#ifndef HOSO_PIPELINE_SEALED_LINES_H
#define HOSO_PIPELINE_SEALED_LINES_H

#include "base/record.h"
#include "base/status.h"

struct Pix;
struct language;
struct recogniser;

/*
 * Read what stands around each of n seals as a block of lines, and add to the
 * page what reads as text and runs on beyond the seal, where no word was read.
 * l      NULL: any word is one
 * pix    an upright page, 1 or 8 bit
 * seals  in pixels of pix
 * page   the words of pix, boxes in pixels of it
 * fails  INTERNAL
 */
NODISCARD enum status sealed_lines_fill(struct recogniser *r,
                                        const struct language *l,
                                        struct Pix *pix, int dpi,
                                        const struct box *seals, int n,
                                        struct page *page);

#endif
