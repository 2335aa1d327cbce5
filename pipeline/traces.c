/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print that shows through paper loses most of its darkness on the way; what
 * is written on this side does not, however little it is. So a sheet is not
 * judged by how much is on it but by how dark its darkest parts are, once
 * that is left out which every sheet may have: dust, holes of a punch,
 * staples, folds, streaks and dark edges. The darkest of the three colours
 * counts: a red seal is as good as black print.
 */
#include "pipeline/traces.h"

#include "pipeline/bled_seal.h"
#include "pipeline/leptonica.h"
#include "pipeline/paper.h"
#include "pipeline/streaks.h"
#include <math.h>
#include <stdint.h>

#define MM_PER_INCH 25.4
#define LOOK_DPI 200.0
#define REDUCE_ABOVE_DPI 230.0
#define WHITE_PCT 88  /* of the paper's shade, from where PAPER_EMPTY whitens */
#define DARK_PCT 40   /* contrast to paper that nothing seen through it has */
#define MEDIUM_PCT 30 /* contrast that little seen through it has */
#define MEDIUM_MM2 0.1 /* of a part must have it */
#define SPECK_MM 1.0   /* no larger: dust */
#define PALE_PCT 14    /* contrast of what can be seen at all */
#define LETTER_MM 1.6  /* a digit of 8 pt */
#define HAIR_MM 0.3    /* no stroke of a letter is as thin and as straight */
#define LINE_MM 6.0    /* longer and straight: a fold, a staple, a rule */
#define LINE_SPREAD_MM 0.35
#define EDGE_MM 2.0 /* ragged remains of a dark edge */
#define HOLE_MIN_MM 4.0
#define HOLE_MAX_MM 8.0
#define HOLE_EDGE_MM 22.0 /* from an edge of the sheet: where holes are made */
#define HOLE_FILL_PCT 60  /* a disc has 78, a letter hardly 50 */

/* One part of a page, measured in millimetres. */
struct part {
    double x, y, w, h; /* x, y: of its middle */
    double spread;     /* from the straight line through it */
    double fill_pct;   /* of its box */
};

/* The traces of a page, in pixels of it. */
struct found {
    int n, darker;
    int left, top, right, bottom; /* of all of them */
    int largest;                  /* longest side of any */
};

/* The darkest of the colours of each pixel, at a resolution to look at. */
static PIX *darkest_layer(PIX *pix, double *dpi)
{
    AUTO(pixDestroy) PIX *grey = NULL;
    float factor = (float)(LOOK_DPI / *dpi);

    if (pixGetDepth(pix) == 32)
        grey = pixConvertRGBToGrayMinMax(pix, L_CHOOSE_MIN);
    else
        grey = pixConvertTo8(pix, 0);
    if (grey == NULL || *dpi <= REDUCE_ABOVE_DPI)
        return grey != NULL ? pixClone(grey) : NULL;
    *dpi = LOOK_DPI;
    return pixScaleAreaMap(grey, factor, factor);
}

/* How far the pixels of a part lie from the straight line through them. */
static double spread_px(PIX *part, int *count)
{
    double n = 0, x1 = 0, y1 = 0, xx = 0, yy = 0, xy = 0, a, b, c, least;

    for (int y = 0; y < pixGetHeight(part); y++) {
        const l_uint32 *line = pixGetData(part) + (size_t)y * pixGetWpl(part);

        for (int x = 0; x < pixGetWidth(part); x++) {
            if (!GET_DATA_BIT(line, x))
                continue;
            n++;
            x1 += x;
            y1 += y;
            xx += (double)x * x;
            yy += (double)y * y;
            xy += (double)x * y;
        }
    }
    *count = (int)n;
    if (n < 1)
        return 0;
    a = xx / n - x1 / n * (x1 / n);
    b = yy / n - y1 / n * (y1 / n);
    c = xy / n - x1 / n * (y1 / n);
    least = (a + b) / 2 - sqrt((a - b) * (a - b) / 4 + c * c);
    return least > 0 ? sqrt(least) : 0;
}

static bool near_edge(const struct part *p, double w_mm, double h_mm, double mm)
{
    return p->x < mm || p->y < mm || p->x > w_mm - mm || p->y > h_mm - mm;
}

/* Whether a part is one that writing has: neither dust nor what happens to a
 * sheet. */
static bool is_trace(const struct part *p, double w_mm, double h_mm)
{
    double longer = fmax(p->w, p->h), shorter = fmin(p->w, p->h);

    if (longer < LETTER_MM || shorter <= HAIR_MM ||
        near_edge(p, w_mm, h_mm, EDGE_MM))
        return false;
    if (hypot(p->w, p->h) > LINE_MM && p->spread < LINE_SPREAD_MM)
        return false;
    return !(shorter > HOLE_MIN_MM && longer < HOLE_MAX_MM &&
             p->fill_pct > HOLE_FILL_PCT &&
             near_edge(p, w_mm, h_mm, HOLE_EDGE_MM));
}

static void take_into(struct found *f, int x, int y, int w, int h)
{
    f->left = f->n == 0 || x < f->left ? x : f->left;
    f->top = f->n == 0 || y < f->top ? y : f->top;
    f->right = x + w > f->right ? x + w : f->right;
    f->bottom = y + h > f->bottom ? y + h : f->bottom;
    f->largest = w > f->largest ? w : f->largest;
    f->largest = h > f->largest ? h : f->largest;
    f->n++;
}

static unsigned level_of(int contrast_pct)
{
    return (unsigned)((100 - contrast_pct) * 255 / WHITE_PCT);
}

/* Whether a part, whose corner lies at left, top, is itself as dark as that: in
 * enough of its pixels, and not only where a speck of dust touches it. */
static bool is_darker(PIX *white, PIX *part, int left, int top, double mm)
{
    unsigned than = level_of(MEDIUM_PCT);
    int x0 = pixGetWidth(part), y0 = pixGetHeight(part), x1 = -1, y1 = -1;
    int n = 0;

    for (int y = 0; y < pixGetHeight(part); y++) {
        const l_uint32 *of = pixGetData(part) + (size_t)y * pixGetWpl(part);
        const l_uint32 *line =
            pixGetData(white) + (size_t)(top + y) * pixGetWpl(white);

        for (int x = 0; x < pixGetWidth(part); x++) {
            if (!GET_DATA_BIT(of, x) || GET_DATA_BYTE(line, left + x) >= than)
                continue;
            n++;
            x0 = x < x0 ? x : x0;
            x1 = x > x1 ? x : x1;
            y0 = y < y0 ? y : y0;
            y1 = y > y1 ? y : y1;
        }
    }
    return n >= MEDIUM_MM2 * mm * mm &&
           fmax(x1 - x0 + 1, y1 - y0 + 1) >= SPECK_MM * mm;
}

/* Traces of an evened page, and those of them with some darker pixels. */
static struct found find_traces(PIX *white, double dpi, int contrast_pct)
{
    double mm = dpi / MM_PER_INCH;
    double w_mm = pixGetWidth(white) / mm, h_mm = pixGetHeight(white) / mm;
    AUTO(pixDestroy)
    PIX *ink = pixThresholdToBinary(white, (int)level_of(contrast_pct));
    AUTO(pixDestroy)
    PIX *inner = ink != NULL ? pixRemoveBorderConnComps(ink, 8) : NULL;
    struct found found = {0};
    PIXA *parts = NULL;
    BOXA *boxes;

    if (inner == NULL || (boxes = pixConnComp(inner, &parts, 8)) == NULL)
        return found;
    for (int i = 0; i < boxaGetCount(boxes); i++) {
        int x, y, w, h, count;
        struct part p;

        boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
        if (fmax(w, h) < LETTER_MM * mm)
            continue;
        AUTO(pixDestroy) PIX *part = pixaGetPix(parts, i, L_CLONE);
        p = (struct part){.x = (x + w / 2.0) / mm,
                          .y = (y + h / 2.0) / mm,
                          .w = w / mm,
                          .h = h / mm,
                          .spread = spread_px(part, &count) / mm};
        p.fill_pct = 100.0 * count / ((double)w * h);
        if (!is_trace(&p, w_mm, h_mm))
            continue;
        take_into(&found, x, y, w, h);
        found.darker += is_darker(white, part, x, y, mm);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&parts);
    return found;
}

/* Whether the traces are a seal's from the other side. pix is scale times as
 * fine as what they were found in. */
static bool are_bled(PIX *pix, double dpi, double scale, const struct found *f)
{
    struct blots blots = {
        .n = f->n,
        .largest = (int)(f->largest * scale),
        .box = {.x = (int)(f->left * scale),
                .y = (int)(f->top * scale),
                .w = (int)((f->right - f->left) * scale),
                .h = (int)((f->bottom - f->top) * scale)},
    };

    return is_bled_seal(pix, dpi, &blots);
}

void traces_find(PIX *pix, double dpi, struct traces *out)
{
    double scale = dpi;
    AUTO(pixDestroy) PIX *grey = darkest_layer(pix, &dpi);
    struct found dark, pale;

    *out = (struct traces){0};
    if (grey == NULL)
        return;
    scale /= dpi;
    streaks_remove(grey);
    paper_whiten(grey, PAPER_EMPTY);
    dark = find_traces(grey, dpi, DARK_PCT);
    pale = find_traces(grey, dpi, PALE_PCT);
    *out = (struct traces){.looked = true,
                           .dark = dark.n,
                           .medium = pale.darker,
                           .pale = pale.n,
                           .bled = are_bled(pix, dpi * scale, scale, &dark)};
}
