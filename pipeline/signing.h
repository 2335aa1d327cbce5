/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where somebody signs: capacity and title in capitals in the right half,
 * room for seal and signature under them, the name. Layout analysis takes
 * what lies across the name for pictures and leaves letters out, so the block
 * is read once more on its own, as lines one below the other.
 */
#ifndef HOSO_PIPELINE_SIGNING_H
#define HOSO_PIPELINE_SIGNING_H

#include "base/record.h"

struct Pix;
struct recogniser;
struct second_look;

/* Where on an upright page of w × h pixels, whose words are known, somebody
 * signs; false if nobody does. titles_end: where the titles end. */
bool signing_find(const struct page *page, int w, int h, struct box *out,
                  int *titles_end);

/*
 * Read that block again and add it to the page as a mark "signing".
 * second  reads what is left in doubt; NULL: nothing does
 * page    the words of pix, boxes in pixels of it
 * fails   INTERNAL
 */
NODISCARD enum status signing_read(struct recogniser *r,
                                   struct second_look *second, struct Pix *pix,
                                   int dpi, struct page *page);

#endif
