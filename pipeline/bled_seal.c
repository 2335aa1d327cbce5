/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Only some of a seal comes through: the blots say where to look, and what is
 * faintly red about them says what it was. Of a ring that is lost on one side
 * the box is narrower than it was; the circle touches one end of it or the
 * other, or lies in its middle.
 */
#include "pipeline/bled_seal.h"

#include "base/compiler.h"
#include "pipeline/leptonica.h"
#include <math.h>
#include <stdint.h>

#define MM_PER_INCH 25.4
#define LOOK_DPI 100.0
#define SEAL_MIN_MM 18.0
#define SEAL_MAX_MM 48.0
#define NARROW_PART 2  /* the box may be so many times narrower than long */
#define BLOTS_MIN 5    /* ink comes through in blots, … */
#define LARGEST_PART 2 /* … none longer than such a part of the seal */
#define DARK_BELOW 128 /* of a colour */
#define RED_EXCESS 50 /* of red over the other colours, over all the blots … */
#define REDDISH 24    /* … and of a pixel, beyond that of the paper */
#define SPECK_PX 3    /* at LOOK_DPI */
#define OUTSIDE_PCT 4 /* of what is red, outside of the circle */
#define RING_PCT 40   /* of it, in the outer part of the circle */
#define RING_FROM 0.6 /* of the radius: inside is the emblem */
#define RING_TO 1.04

static int redness(l_uint32 pixel)
{
    int r, g, b;

    extractRGBValues(pixel, &r, &g, &b);
    return r - (g > b ? g : b);
}

/* Whether what is dark within a box is red. */
static bool dark_is_red(PIX *pix, const struct box *box)
{
    int64_t excess = 0, n = 0;

    for (int y = box->y; y < box->y + box->h; y++) {
        const l_uint32 *line = pixGetData(pix) + (size_t)y * pixGetWpl(pix);

        for (int x = box->x; x < box->x + box->w; x++) {
            int r, g, b;

            extractRGBValues(line[x], &r, &g, &b);
            if (g >= DARK_BELOW && b >= DARK_BELOW)
                continue;
            n++;
            excess += redness(line[x]);
        }
    }
    return n > 0 && excess >= n * RED_EXCESS;
}

/* The part of the page that a seal with these blots cannot leave, small. */
static PIX *surroundings(PIX *pix, double dpi, const struct box *box)
{
    int reach = (int)(SEAL_MAX_MM / MM_PER_INCH * dpi);
    BOX *around = boxCreate(box->x - reach, box->y - reach, box->w + 2 * reach,
                            box->h + 2 * reach);
    AUTO(pixDestroy) PIX *part = pixClipRectangle(pix, around, NULL);
    float factor = (float)(LOOK_DPI / dpi);

    boxDestroy(&around);
    if (part == NULL || factor >= 1)
        return part != NULL ? pixClone(part) : NULL;
    return pixScaleAreaMap(part, factor, factor);
}

/* How red the paper is: as red as most of it. */
static int paper_redness(PIX *pix)
{
    uint64_t count[511] = {0}, sum = 0;
    uint64_t half =
        (uint64_t)pixGetWidth(pix) * (uint64_t)pixGetHeight(pix) / 2;
    int level = 0;

    for (int y = 0; y < pixGetHeight(pix); y++) {
        const l_uint32 *line = pixGetData(pix) + (size_t)y * pixGetWpl(pix);

        for (int x = 0; x < pixGetWidth(pix); x++)
            count[255 + redness(line[x])]++;
    }
    while (level < 510 && (sum += count[level]) <= half)
        level++;
    return level - 255;
}

/* What is red, without specks; 1 bit. */
static PIX *red_of(PIX *pix)
{
    AUTO(pixDestroy)
    PIX *red = pixCreate(pixGetWidth(pix), pixGetHeight(pix), 1);
    int paper = paper_redness(pix);

    if (red == NULL)
        return NULL;
    for (int y = 0; y < pixGetHeight(pix); y++) {
        const l_uint32 *line = pixGetData(pix) + (size_t)y * pixGetWpl(pix);
        l_uint32 *out = pixGetData(red) + (size_t)y * pixGetWpl(red);

        for (int x = 0; x < pixGetWidth(pix); x++)
            if (redness(line[x]) - paper >= REDDISH)
                SET_DATA_BIT(out, x);
    }
    return pixSelectBySize(red, SPECK_PX, SPECK_PX, 8, L_SELECT_IF_EITHER,
                           L_SELECT_IF_GTE, NULL);
}

/* Whether what is red lies in a circle, mostly near its rim. */
static bool is_ring(PIX *red, double x0, double y0, double radius)
{
    long all = 0, outside = 0, ring = 0;

    for (int y = 0; y < pixGetHeight(red); y++) {
        const l_uint32 *line = pixGetData(red) + (size_t)y * pixGetWpl(red);

        for (int x = 0; x < pixGetWidth(red); x++) {
            double far;

            if (!GET_DATA_BIT(line, x))
                continue;
            far = hypot(x + 0.5 - x0, y + 0.5 - y0) / radius;
            all++;
            outside += far > RING_TO;
            ring += far > RING_FROM && far <= RING_TO;
        }
    }
    return outside * 100 <= all * OUTSIDE_PCT && ring * 100 >= all * RING_PCT;
}

static bool is_round(PIX *red, double dpi, int blot_px)
{
    double mm = dpi / MM_PER_INCH, radius, slack;
    BOX *box = NULL;
    int x = 0, y = 0, w = 0, h = 0;

    if (pixClipToForeground(red, NULL, &box) != 0 || box == NULL)
        return false;
    boxGetGeometry(box, &x, &y, &w, &h);
    boxDestroy(&box);
    radius = fmax(w, h) / 2.0;
    if (2 * radius < SEAL_MIN_MM * mm || 2 * radius > SEAL_MAX_MM * mm ||
        fmin(w, h) * NARROW_PART < fmax(w, h) ||
        blot_px * LARGEST_PART > 2 * radius)
        return false;
    slack = radius - fmin(w, h) / 2.0;
    for (int side = -1; side <= 1; side++)
        if (is_ring(red, x + w / 2.0 + (w < h ? side * slack : 0),
                    y + h / 2.0 + (w < h ? 0 : side * slack), radius))
            return true;
    return false;
}

bool is_bled_seal(PIX *colours, double dpi, const struct blots *blots)
{
    AUTO(pixDestroy) PIX *part = NULL;
    AUTO(pixDestroy) PIX *red = NULL;
    double scale;

    if (pixGetDepth(colours) != 32 || blots->n < BLOTS_MIN ||
        fmax(blots->box.w, blots->box.h) > SEAL_MAX_MM / MM_PER_INCH * dpi ||
        !dark_is_red(colours, &blots->box))
        return false;
    part = surroundings(colours, dpi, &blots->box);
    red = part != NULL ? red_of(part) : NULL;
    scale = fmin(1, LOOK_DPI / dpi);
    return red != NULL &&
           is_round(red, dpi * scale, (int)(blots->largest * scale));
}
