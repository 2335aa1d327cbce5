/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page in black and white, to judge its layout by; it is not what is read. */
#ifndef HOSO_PIPELINE_BILEVEL_H
#define HOSO_PIPELINE_BILEVEL_H

struct Pix;

/* Writing black on white, by the page's own paper shade, so that grey paper
 * stays white and what shows through from the other side does too. pix 1- or
 * 8-bit. New. NULL without memory. */
struct Pix *bilevel_make(struct Pix *pix);

/* The same with less asked of black, for finding faint rules. */
struct Pix *bilevel_rules(struct Pix *pix);

#endif
