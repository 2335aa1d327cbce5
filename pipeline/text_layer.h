/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the text layer of a PDF page is worth. A page that was written by a
 * word processor carries its own text, better than any recognition; other
 * layers only look like it.
 */
#ifndef HOSO_PIPELINE_TEXT_LAYER_H
#define HOSO_PIPELINE_TEXT_LAYER_H

#include "base/record.h"

enum text_layer {
    TEXT_LAYER_NONE,      /* no words */
    TEXT_LAYER_DIGITAL,   /* the page's own text */
    TEXT_LAYER_SIGNATURE, /* only the banner of an electronic signature */
    TEXT_LAYER_LEGACY,    /* letters of TCVN3, VNI and the like, which mean
                             others than Unicode says */
    TEXT_LAYER_JUNK,      /* glyphs without meaning, or bad recognition */
};

/* Judge the words of a layer (lines and words of page; geometry unused). */
enum text_layer text_layer_judge(const struct page *words);

/* Whether a page whose layer is good and whose pictures cover so much of it
 * (0..1) is a page of text, not a picture with a caption. */
bool text_layer_carries_page(const struct page *words, double picture_share);

#endif
