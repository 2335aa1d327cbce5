/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the mirror image of a page says of what shows through it. */
#ifndef HOSO_PIPELINE_MIRROR_H
#define HOSO_PIPELINE_MIRROR_H

#include "base/status.h"

#include <stdbool.h>

struct reading_copy;
struct recogniser;

/*
 * Read the mirror image of a copy, in which the other side's print can be read,
 * whichever way up it is, and note in its surface how much was read and how
 * many letters of its traces stand in lines that were.
 * turn_deg   clockwise, so that lines run across
 * axis_sure  that they do; else all four directions are tried
 * fails      as recognise(), LIMIT (memory)
 */
NODISCARD enum status mirror_read(struct reading_copy *c, struct recogniser *r,
                                  int turn_deg, bool axis_sure);

#endif
