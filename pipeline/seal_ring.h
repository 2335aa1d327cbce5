/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Seals without their red: as they are on grey and bilevel scans, and where
 * they are stamped in blue or black.
 */
#ifndef HOSO_PIPELINE_SEAL_RING_H
#define HOSO_PIPELINE_SEAL_RING_H

#include "base/record.h"

struct Pix;

/*
 * Find rings of the size of a seal that are drawn in dark ink; red ink is
 * none. Takes 20 to 60 ms for a page.
 *
 * pix    1, 8 (without a colour map) or 32 bit; of others nothing is found
 * boxes  room for n_max of them, in pixels of pix
 * returns how many; the clearest first
 */
int seal_rings_find(struct Pix *pix, double dpi, struct box *boxes, int n_max);

/* The same of rings half of which may be lost: where there is no print but
 * what may be of a seal. */
int seal_rings_guess(struct Pix *pix, double dpi, struct box *boxes, int n_max);

/* Whether the middle of b, a word, lies within the ring of a seal. */
bool seal_ring_holds(const struct box *seal, const struct box *b);

#endif
