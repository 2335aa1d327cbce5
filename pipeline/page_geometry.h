/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a pixel of the image that is read lies on the original page. Reading
 * happens on a copy: reduced, then turned by quarters, then straightened.
 */
#ifndef HOSO_PIPELINE_PAGE_GEOMETRY_H
#define HOSO_PIPELINE_PAGE_GEOMETRY_H

#include "base/record.h"

struct page_geometry {
    int width_px, height_px; /* of the original */
    int read_width_px, read_height_px; /* of the copy before it was turned */
    int turn_deg;    /* clockwise, 0 90 180 270 */
    double skew_deg; /* clockwise, after the turn, about the centre */
};

/* The smallest upright box on the original that holds box b of the copy,
 * clipped to the page. */
struct box geometry_to_original(const struct page_geometry *g, struct box b);

/* The other way for a point: from the original, x and y in place. */
void geometry_from_original(const struct page_geometry *g, double *x,
                            double *y);

/* A point of the copy on the original, x and y in place. */
void geometry_point_to_original(const struct page_geometry *g, double *x,
                                double *y);

/* All boxes of the page's lines, words, dropped words and marks, in place. */
void geometry_map_page(const struct page_geometry *g, struct page *page);

#endif
