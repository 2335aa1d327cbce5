/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The skew of a page by the feet of its letters, line by line. What stands in
 * other columns, in tables and stamps beside a line does not pull at it, as it
 * does where rows of pixels are summed across the whole page; and a few short
 * lines are enough.
 */
#ifndef HOSO_PIPELINE_BASELINES_H
#define HOSO_PIPELINE_BASELINES_H

struct Pix;

struct baselines {
    double deg;      /* clockwise turn that straightens them */
    int letters;     /* in lines of several; 0: nothing is known */
    int on_line_pct; /* of these: stand on the same straight line as others */
};

/* bilevel: 1-bit page of 100..300 dpi, whose skew is within ± within_deg (at
 * most 15). grey: the same page in 8 bits; or the same as bilevel. */
struct baselines baselines_find(struct Pix *bilevel, struct Pix *grey,
                                double within_deg);

#endif
