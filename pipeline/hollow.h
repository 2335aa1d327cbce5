/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Letters that are none: marks of the row under a line reach into its picture
 * and are read there, the circumflex of NGHỆ as "Ủ" in the gap between both
 * columns of a heading.
 */
#ifndef HOSO_PIPELINE_HOLLOW_H
#define HOSO_PIPELINE_HOLLOW_H

#include "base/record.h"

struct Pix;

/*
 * Move words of a letter or two, no digits, that were not read surely and have
 * no ink at the middle of their height from the lines to page->dropped.
 * upright  what was read: 1 bit, or 8 bit without a colour map; boxes of the
 *          page are in its pixels
 * result   how many were moved
 */
int hollow_words_drop(struct Pix *upright, struct page *page);

#endif
