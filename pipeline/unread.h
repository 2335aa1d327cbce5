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

/*
 * Whether a line that layout analysis left out is text: read surely, as words
 * of the language. Words at its ends that are strokes of a pen are taken away.
 * l  NULL: any word is one
 */
bool unread_is_text(const struct language *l, struct line *line);

/* Move the one line of `read` to its place among those of a page. */
void unread_add(struct page *read, struct page *page);

#endif
