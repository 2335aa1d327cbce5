/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the mirror image of a page says of what shows through it. */
#ifndef HOSO_PIPELINE_MIRROR_H
#define HOSO_PIPELINE_MIRROR_H

#include "base/status.h"

struct orientation;
struct reading_copy;
struct recogniser;

/*
 * Read the mirror image of a copy, in which the other side's print can be read,
 * whichever way up it is, and note in its surface how much was read and how
 * many letters of its traces stand in lines that were.
 * o      as the copy was read; all four directions are tried where its axis is
 *        in doubt
 * fails  as recognise(), LIMIT (memory)
 */
NODISCARD enum status mirror_read(struct reading_copy *c, struct recogniser *r,
                                  const struct orientation *o);

/*
 * The same for thin print in black and white, of which too little is left to
 * be read as it is: the bits are made to touch, and what is read then in the
 * mirror image is compared with what is read of this side in the same way.
 */
NODISCARD enum status mirror_read_closed(struct reading_copy *c,
                                         struct recogniser *r);

#endif
