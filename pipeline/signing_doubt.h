/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where somebody signs, which lines are worth more readings: those that the
 * page and the block were not read alike in. Once a name can be told among
 * them, lines of which no word can be read are strokes of the pen.
 */
#ifndef HOSO_PIPELINE_SIGNING_DOUBT_H
#define HOSO_PIPELINE_SIGNING_DOUBT_H

#include "base/record.h"

#define SIGNING_DOUBTS_MAX 4

/*
 * Strips of the block across its whole width, from above, that do not overlap;
 * at most SIGNING_DOUBTS_MAX into out. 0: nothing is in doubt.
 *
 * page        as it was read as a whole
 * block       as it was read alone; boxes in pixels of the same image
 * titles_end  y of the end of the titles, whose lines are left out
 */
int signing_doubts(const struct page *page, const struct mark *block,
                   int titles_end, struct box *out);

#endif
