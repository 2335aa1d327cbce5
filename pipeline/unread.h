/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that layout analysis left out: a title or a name that a signature or a
 * seal touches is taken for a part of a picture. */
#ifndef HOSO_PIPELINE_UNREAD_H
#define HOSO_PIPELINE_UNREAD_H

#include "base/record.h"
#include "base/status.h"

struct Pix;
struct language;
struct recogniser;

/*
 * Read what looks like a line of print where no word was read, and add to the
 * page what reads as text.
 * page  the words of pix, boxes in pixels of it
 * fails INTERNAL
 */
NODISCARD enum status unread_fill(struct recogniser *r,
                                  const struct language *l, struct Pix *pix,
                                  int dpi, struct page *page);

#endif
