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
 * Whether coloured ink can be told from the writing of a page: not where the
 * writing itself is red or blue.
 */
bool ink_is_separable(struct Pix *pix);

/*
 * The page as 8-bit grey at width_px × height_px (not larger than pix), or
 * as 1-bit if pix is 1-bit and stays as large.
 *
 * pix       1, 2, 4, 8 or 32 bit, with or without colour map; as large as
 *           the original or decoded at a fraction of it
 * separate  leave coloured ink out (of 32 bit): ink_is_separable()
 * fails     INVALID (a depth that is none of these), LIMIT (memory)
 */
NODISCARD enum status ink_layer(struct Pix *pix, int width_px, int height_px,
                                bool separate, struct Pix **out);

#endif
