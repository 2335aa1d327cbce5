/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stamps in black with a frame around them. */
#ifndef HOSO_PIPELINE_STAMP_FRAME_H
#define HOSO_PIPELINE_STAMP_FRAME_H

#include "pipeline/stamp.h"

/* Add frames of the size of stamps to `out`, each with a picture of what is
 * inside, set straight. Of colours only red is looked at, in which red ink is
 * no ink. */
void frames_find(struct Pix *pix, double dpi, struct stamps *out);

/* Whether words in a frame are those of a stamp: of arrival, of urgency.
 * labels  of stamps (stamp_labels.h) */
bool frame_is_stamp(const struct table *labels, const char *text);

#endif
