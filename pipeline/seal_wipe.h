/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A dark seal's ring off a copy that is read: it runs through the first letter
 * of a name, which is read as another then. Only what is ring alone goes:
 * where print crosses it the ink is thicker than the ring is, and stays.
 */
#ifndef HOSO_PIPELINE_SEAL_WIPE_H
#define HOSO_PIPELINE_SEAL_WIPE_H

#include "base/record.h"

struct Pix;

/*
 * Wipe the circles of a seal: the ring, and those within it.
 * pix   1 or 8 bit, without colour map; changed
 * seal  as seal_rings_find() has it, in pixels of pix
 */
void seal_wipe(struct Pix *pix, const struct box *seal);

#endif
