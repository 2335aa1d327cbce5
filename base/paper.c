/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes of paper, from pixels and resolution. */
#include "base/paper.h"

#include <stddef.h>

#define MM_PER_INCH 25.4
#define SPARE 1.1 /* a scan is often a little larger than its paper */

static const struct {
    const char *name;
    double short_mm, long_mm;
    int a4;
} sizes[] = {
    {"A4", 210, 297, 1},  {"A3", 297, 420, 2},   {"A2", 420, 594, 4},
    {"A1", 594, 841, 8}, {"A0", 841, 1189, 16},
};

static size_t size_of(double width_mm, double height_mm)
{
    double small = width_mm < height_mm ? width_mm : height_mm;
    double large = width_mm < height_mm ? height_mm : width_mm;
    size_t i = 0;
    while (i + 1 < ARRAY_LEN(sizes) && (small > sizes[i].short_mm * SPARE ||
                                        large > sizes[i].long_mm * SPARE))
        i++;
    return i;
}

const char *paper_size(double width_mm, double height_mm)
{
    return sizes[size_of(width_mm, height_mm)].name;
}

int paper_a4(const struct page *p)
{
    if (p->width_px <= 0 || p->height_px <= 0 || !(p->dpi_x > 0) ||
        !(p->dpi_y > 0))
        return 1;
    return sizes[size_of(p->width_px / p->dpi_x * MM_PER_INCH,
                         p->height_px / p->dpi_y * MM_PER_INCH)]
        .a4;
}

int paper_a4_of(const struct record *r)
{
    int sum = 0;
    for (int i = 0; i < r->n_pages; i++)
        sum += paper_a4(&r->pages[i]);
    return sum;
}
