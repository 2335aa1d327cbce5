/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts as inline SVG, readable in black and white: every bar has its
 * number beside it. */
#ifndef HOSO_CLI_CHART_H
#define HOSO_CLI_CHART_H

#include "base/strbuf.h"

struct bar {
    const char *label;
    double pct;       /* of 100 */
    const char *text; /* "12 / 52 (23,1%)" */
};

/* Bars across; target_pct: a line, < 0: none. */
void chart_bars(struct strbuf *b, const char *title, const struct bar *bars,
                int n, double target_pct);

struct point {
    const char *label; /* "03/2022" */
    double value;
    const char *text;
};

/* Columns upright, from zero to `top`; wanted: a line, < 0: none. */
void chart_columns(struct strbuf *b, const char *title,
                   const struct point *points, int n, double top,
                   double wanted, const char *wanted_text);

#endif
