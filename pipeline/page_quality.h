/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How good a scan is, measured on the copy that is read: a few milliseconds. */
#ifndef HOSO_PIPELINE_PAGE_QUALITY_H
#define HOSO_PIPELINE_PAGE_QUALITY_H

#include "base/record.h"

struct Pix;

/* Measure an 8-bit or 1-bit page before anything is done to it. */
struct page_quality page_quality_measure(struct Pix *grey);

/* Whether print is so pale that a threshold would lose it. */
bool page_quality_is_faint(const struct page_quality *q);

/* Whether much of what is darker than the paper of a faint 8-bit page is its
 * grain: single pixels, which no stroke of writing is made of. */
bool page_quality_is_grainy(struct Pix *grey, const struct page_quality *q);

/* Whether a faint 8-bit page would fall into specks if it were made darker:
 * thousands, and at least twice as many as there are letters. Layout analysis
 * takes minutes over them where there is a picture, too, as of a stamp. */
bool page_quality_is_speckled(struct Pix *grey, const struct page_quality *q,
                              int dpi);

/* Make ink black and paper white on an 8-bit page that is faint; leaves any
 * other as it is. */
void page_quality_stretch(struct Pix *grey, const struct page_quality *q);

#endif
