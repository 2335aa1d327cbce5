/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dark seals off a copy that is read: on grey scans and photocopies a seal has
 * no colour to tell it by, and its ring runs through titles and names.
 */
#ifndef HOSO_PIPELINE_SEAL_WIPE_H
#define HOSO_PIPELINE_SEAL_WIPE_H

#include "base/record.h"
#include <stdbool.h>

struct Pix;

/*
 * Fade a seal where its ink is paler than print is, as on grey scans of red
 * seals: within it what is as pale as the ring becomes paper, and what is
 * darker stays as dark as it is beside the seal.
 * pix   8 bit, without colour map; changed
 * seal  as seal_rings_find() has it, in pixels of pix
 * returns false, nothing changed: of another depth, or as dark as print
 */
bool seal_fade(struct Pix *pix, const struct box *seal);

/*
 * Wipe the circles of a seal: the ring, and those within it. Only what is ring
 * alone goes: where print crosses it the ink is thicker than the ring is, and
 * stays.
 * pix   1 or 8 bit, without colour map; changed
 */
void seal_wipe_rings(struct Pix *pix, const struct box *seal);

#endif
