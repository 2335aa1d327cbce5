/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number of a page, alone above or under the text: layout analysis takes a
 * single digit for dust. */
#ifndef HOSO_PIPELINE_FOLIO_H
#define HOSO_PIPELINE_FOLIO_H

#include "base/record.h"
#include "base/status.h"

struct Boxa;
struct Pix;
struct recogniser;

/*
 * Read the number of a page and put it before or behind its lines. What is no
 * number ("2", "- 2 -", "2/3") is left alone.
 * height  of the usual word
 * marks   boxes of what was not read and has the size of letters, those close
 *         together in one
 * page    the words of pix, boxes in pixels of it
 * fails   INTERNAL
 */
NODISCARD enum status folio_read(struct recogniser *r, struct Pix *pix,
                                 int dpi, int height, struct Boxa *marks,
                                 struct page *page);

#endif
