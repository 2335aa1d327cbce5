/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stamps drawn by hand, for tests: bars, frames, a row of their words. */
#ifndef HOSO_TESTS_MADE_STAMP_H
#define HOSO_TESTS_MADE_STAMP_H

#include "pipeline/leptonica.h"
#include "pipeline/stamp_labels.h"
#include "unit/pipeline/made_page.h"

/* A frame of w × h pixels whose upper left corner is at x, y; it falls to the
 * right by so many degrees. sides  how many of the four are drawn, clockwise
 * from the upper one */
struct made_frame {
    double x, y, w, h, deg;
    int sides, thick;
};

static inline void made_bar(PIX *pix, int x, int y, int w, int h)
{
    pixRasterop(pix, x, y, w, h, PIX_SET, NULL, 0, 0);
}

static inline void made_stroke(PIX *pix, double x0, double y0, double x1,
                               double y1, int thick)
{
    int n = (int)fmax(fabs(x1 - x0), fabs(y1 - y0));

    for (int i = 0; i <= n; i++)
        made_bar(pix, (int)(x0 + (x1 - x0) * i / fmax(n, 1)),
                 (int)(y0 + (y1 - y0) * i / fmax(n, 1)), thick, thick);
}

static inline void made_outline(PIX *pix, const struct made_frame *f)
{
    double c = cos(f->deg * M_PI / 180), s = sin(f->deg * M_PI / 180);
    double x[4] = {f->x, f->x + f->w * c, f->x + f->w * c - f->h * s,
                   f->x - f->h * s};
    double y[4] = {f->y, f->y + f->w * s, f->y + f->w * s + f->h * c,
                   f->y + f->h * c};

    for (int i = 0; i < f->sides; i++)
        made_stroke(pix, x[i], y[i], x[(i + 1) % 4], y[(i + 1) % 4], f->thick);
}

/* Of one bit. */
static inline bool made_is_set(PIX *pix, int x, int y)
{
    l_uint32 v = 0;

    pixGetPixel(pix, x, y, &v);
    return v != 0;
}

/* How much of a part is set; of one bit. */
static inline int made_ink_in(PIX *pix, int x, int y, int w, int h)
{
    BOX *b = boxCreate(x, y, w, h);
    PIX *part = pixClipRectangle(pix, b, NULL);
    l_int32 n = 0;

    pixCountPixels(part, &n, NULL);
    pixDestroy(&part);
    boxDestroy(&b);
    return n;
}

static inline int made_ink(PIX *pix)
{
    return made_ink_in(pix, 0, 0, pixGetWidth(pix), pixGetHeight(pix));
}

static struct table made_labels;

static inline int made_labels_setup(void **state)
{
    (void)state;
    assert_ok(stamp_labels_load(NULL, &made_labels));
    return 0;
}

static inline int made_labels_teardown(void **state)
{
    (void)state;
    table_free_rows(&made_labels);
    return 0;
}

/* A page of one row. */
static inline struct page made_words(const char *text)
{
    const struct made_row row = {FROM_LEFT, 100, text};

    return made_page(&row, 1);
}

#endif
