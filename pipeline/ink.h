/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ink separation and reduction: from the decoded page to the grey copy that
 * is read. Red seals and blue ink go white; black print stays.
 */
#ifndef HOSO_PIPELINE_INK_H
#define HOSO_PIPELINE_INK_H

#include "base/status.h"
#include <stdbool.h>
#include <stdint.h>

struct Pix;

/*
 * Grey value of a colour pixel for reading: red, fading to blue where blue
 * exceeds red by 30 to 70, so that neither a red seal nor blue ink shows.
 */
uint8_t ink_value(uint8_t red, uint8_t green, uint8_t blue);

/*
 * The page as 8-bit grey at width_px × height_px (not larger than pix), or
 * as 1-bit if pix is 1-bit and stays as large. A page whose writing is itself
 * red or blue keeps its writing: it is read in plain grey.
 *
 * pix       1, 2, 4, 8 or 32 bit, with or without colour map; as large as
 *           the original or decoded at a fraction of it
 * coloured  set if ink was separated
 * fails     INVALID (a depth that is none of these)
 */
NODISCARD enum status ink_layer(struct Pix *pix, int width_px, int height_px,
                                bool *coloured, struct Pix **out);

#endif
