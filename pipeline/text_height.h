/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large the print of a page is, to choose the resolution it is read at. */
#ifndef HOSO_PIPELINE_TEXT_HEIGHT_H
#define HOSO_PIPELINE_TEXT_HEIGHT_H

struct Pix;

/* The usual height of low letters (a, c, e, m) on a bilevel page, in its pixels,
 * either way up; 0 where there are too few letters to say. About 17 for 13 pt
 * at 200 dpi. */
int text_height_px(struct Pix *bilevel);

#endif
