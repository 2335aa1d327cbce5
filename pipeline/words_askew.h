/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The skew of a page with a few words on it, by these words: a signature and a
 * seal beside them pull at any measure of the whole page.
 */
#ifndef HOSO_PIPELINE_WORDS_ASKEW_H
#define HOSO_PIPELINE_WORDS_ASKEW_H

#include "base/record.h"
#include <stdbool.h>

struct Pix;

/*
 * Whether the words read tell how far off the horizontal they stand: a few do,
 * a page of them need not be asked.
 * image  that was read, 1- or 8-bit; page has boxes in its pixels
 * deg    out: clockwise turn of the image that straightens them
 */
bool words_askew(struct Pix *image, const struct page *page, double *deg);

#endif
