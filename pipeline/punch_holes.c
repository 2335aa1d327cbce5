/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A hole over something grey falls into bits, some as large as a letter. Once
 * the gaps between them are closed it is a full disc, which no letters are,
 * however close they stand.
 */
#include "pipeline/punch_holes.h"

#include "base/record.h"
#include "pipeline/leptonica.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define MIN_MM 4.0
#define MAX_MM 8.0
#define EDGE_MM 22.0  /* from an edge of the sheet to its middle */
#define GAP_MM 0.6    /* between the bits */
#define SLACK_MM 0.25 /* of its rim */
#define INSIDE_PCT 96 /* of what is well inside is black … */
#define OUTSIDE_PCT 2 /* … and of the black, beyond the rim */

static bool has_place(const struct box *b, int w, int h, double mm)
{
    double x = b->x + b->w / 2.0, y = b->y + b->h / 2.0, edge = EDGE_MM * mm;

    return fmin(b->w, b->h) > MIN_MM * mm && fmax(b->w, b->h) < MAX_MM * mm &&
           abs(b->w - b->h) <= 2 * SLACK_MM * mm &&
           (x < edge || y < edge || x > w - edge || y > h - edge);
}

static bool is_disc(PIX *part, double mm)
{
    int w = pixGetWidth(part), h = pixGetHeight(part);
    double radius = (w + h) / 4.0, slack = SLACK_MM * mm;
    int all = 0, inside = 0, filled = 0, outside = 0;

    for (int y = 0; y < h; y++) {
        const l_uint32 *line = pixGetData(part) + (size_t)y * pixGetWpl(part);

        for (int x = 0; x < w; x++) {
            double far = hypot(x + 0.5 - w / 2.0, y + 0.5 - h / 2.0);
            bool black = GET_DATA_BIT(line, x);

            all += black;
            inside += far < radius - slack;
            filled += far < radius - slack && black;
            outside += far > radius + slack && black;
        }
    }
    return filled * 100 >= inside * INSIDE_PCT &&
           outside * 100 <= all * OUTSIDE_PCT;
}

BOXA *punch_holes_find(PIX *ink, double mm)
{
    int gap = (int)ceil(GAP_MM * mm), w = pixGetWidth(ink);
    AUTO(pixDestroy) PIX *closed = pixCloseSafeBrick(NULL, ink, gap, gap);
    BOXA *boxes = NULL, *holes = boxaCreate(0);
    PIXA *parts = NULL;

    if (closed != NULL)
        boxes = pixConnComp(closed, &parts, 8);
    for (int i = 0; holes != NULL && i < boxaGetCount(boxes); i++) {
        struct box b;

        boxaGetBoxGeometry(boxes, i, &b.x, &b.y, &b.w, &b.h);
        if (!has_place(&b, w, pixGetHeight(ink), mm))
            continue;
        AUTO(pixDestroy) PIX *part = pixaGetPix(parts, i, L_CLONE);
        if (is_disc(part, mm))
            boxaAddBox(holes, boxCreate(b.x, b.y, b.w, b.h), L_INSERT);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&parts);
    return holes;
}
