/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Print that shows through paper loses most of its darkness on the way; what
 * is written on this side does not, however little it is. So a sheet is not
 * judged by how much is on it but by how dark its darkest parts are, once
 * that is left out which every sheet may have: dust, holes of a punch,
 * staples, folds, streaks and dark edges. The darkest of the three colours
 * counts: a red seal is as good as black print.
 *
 * Where two strokes that show through cross, as print under a seal, they are
 * up to twice as dark as either, and grain makes some pixels darker: a part is
 * as dark as much of its ink, not as its darkest spot. What hangs together,
 * as a written name does, counts for as many letters as it has ink for.
 */
#include "pipeline/traces.h"

#include "base/alloc.h"
#include "pipeline/bled_seal.h"
#include "pipeline/broken_lines.h"
#include "pipeline/leptonica.h"
#include "pipeline/paper.h"
#include "pipeline/punch_holes.h"
#include "pipeline/streaks.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define MM_PER_INCH 25.4
#define LOOK_DPI 200.0
#define REDUCE_ABOVE_DPI 230.0
#define WHITE_PCT 88  /* of the paper's shade, from where PAPER_EMPTY whitens */
#define DARK_PCT 40   /* contrast to paper that nothing seen through it has */
#define MEDIUM_PCT 30 /* contrast that little seen through it has */
#define MEDIUM_SHARE_PCT 20 /* of a part's ink must have it … */
#define LONG_SHARE_PCT 40   /* … for it to count as several letters */
#define LETTER_MM2 2.0      /* of ink has a letter of 12 pt */
#define SPOT_MM2 0.1        /* no less of it is a spot, … */
#define SPOT_SHARE_PCT 5    /* … nor a smaller share of its part */
#define BLACK_PCT 60        /* contrast that no crossing of pale strokes has */
#define CROSSING_MM 3.0     /* no larger … */
#define CROSSING_SHARE_PCT 20 /* … nor more of the ink it lies in */
#define SPECK_MM 1.2          /* no larger: dust */
#define PALE_PCT 14    /* contrast of what can be seen at all */
#define LETTER_MM 1.6  /* a digit of 8 pt */
#define HAIR_MM 0.3    /* no stroke of a letter is as thin and as straight */
#define LINE_MM 6.0    /* longer and straight: a fold, a staple, a rule */
#define LINE_SPREAD_MM 0.35
#define BLED_REACH_MM 36.0 /* of a seal beyond its dark blots */
#define EDGE_MM 2.0 /* ragged remains of a dark edge */
#define HOLE_MIN_MM 4.0
#define HOLE_MAX_MM 8.0
#define HOLE_EDGE_MM 22.0 /* from an edge of the sheet: where holes are made */
#define HOLE_FILL_PCT 60  /* a disc has 78, a letter hardly 50 */
#define HOLE_GRAIN_MM 0.6 /* gaps in one that was made black and white */

/* One part of a page, measured in millimetres. */
struct part {
    double x, y, w, h; /* x, y: of its middle */
    double spread;     /* from the straight line through it */
    double fill_pct;   /* of its box */
};

/* The dark ones together, in pixels of the page, crossings too. */
struct extent {
    int n;
    int left, top, right, bottom;
    int largest; /* longest side of any */
};

/* A page as it is looked at, 8 bit, its paper evened to white. */
struct look {
    PIX *white;
    PIX *area; /* of the pale part that each pixel belongs to; 32 bit */
    double mm; /* pixels in one */
    struct traces *out;
    struct extent dark;
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

/* How much of its box a part fills, as a round hole does: the grain of a grey
 * one that was made black and white is closed, the inside of a letter is not. */
static double fill_pct(PIX *part, double mm)
{
    int gap = (int)ceil(HOLE_GRAIN_MM * mm);
    AUTO(pixDestroy) PIX *closed = pixCloseSafeBrick(NULL, part, gap, gap);
    l_int32 n = 0;

    if (closed == NULL || pixCountPixels(closed, &n, NULL) != 0)
        return 0;
    return 100.0 * n / ((double)pixGetWidth(part) * pixGetHeight(part));
}

static bool could_be_hole(const struct part *p, double w_mm, double h_mm)
{
    return fmin(p->w, p->h) > HOLE_MIN_MM && fmax(p->w, p->h) < HOLE_MAX_MM &&
           near_edge(p, w_mm, h_mm, HOLE_EDGE_MM);
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
    return !(p->fill_pct > HOLE_FILL_PCT && could_be_hole(p, w_mm, h_mm));
}

static unsigned level_of(int contrast_pct)
{
    return (unsigned)((100 - contrast_pct) * 255 / WHITE_PCT);
}

/* How many pixels of a part, whose corner lies at left, top, are as dark as
 * that; 0 if they reach no farther than a speck of dust that touches it. */
static int darker_pixels(const struct look *l, PIX *part, int left, int top,
                         int contrast_pct)
{
    unsigned than = level_of(contrast_pct);
    int x0 = pixGetWidth(part), y0 = pixGetHeight(part), x1 = -1, y1 = -1;
    int n = 0;

    for (int y = 0; y < pixGetHeight(part); y++) {
        const l_uint32 *of = pixGetData(part) + (size_t)y * pixGetWpl(part);
        const l_uint32 *line =
            pixGetData(l->white) + (size_t)(top + y) * pixGetWpl(l->white);

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
    return fmax(x1 - x0 + 1, y1 - y0 + 1) >= SPECK_MM * l->mm ? n : 0;
}

/* A part of n pixels that can be seen at all. */
static void take_pale(struct look *l, PIX *part, const struct box *box, int n)
{
    int darker = darker_pixels(l, part, box->x, box->y, MEDIUM_PCT);
    double mm2 = darker / (l->mm * l->mm), share_pct = 100.0 * darker / n;
    int letters = (int)(mm2 / LETTER_MM2);

    l->out->pale++;
    if (mm2 < SPOT_MM2 || share_pct < SPOT_SHARE_PCT)
        return;
    l->out->spotted++;
    if (share_pct < MEDIUM_SHARE_PCT)
        return;
    if (letters < 1 || share_pct < LONG_SHARE_PCT)
        letters = 1;
    l->out->medium += letters;
    GROW(l->out->of, (size_t)l->out->n, l->out->room);
    l->out->of[l->out->n++] = (struct trace){*box, letters};
}

/* Whether a dark part is where pale strokes cross, or grain on one: a small
 * spot in more ink that is none so dark. */
static bool is_crossing(const struct look *l, PIX *part, const struct box *box,
                        int n)
{
    l_uint32 around = 0;
    int x = 0;

    if (fmax(box->w, box->h) > CROSSING_MM * l->mm ||
        darker_pixels(l, part, box->x, box->y, BLACK_PCT) > 0)
        return false;
    while (x < box->w && !GET_DATA_BIT(pixGetData(part), x))
        x++; /* its first pixel lies in the first row */
    pixGetPixel(l->area, box->x + x, box->y, &around);
    return n * 100.0 < around * (double)CROSSING_SHARE_PCT;
}

static void take_dark(struct look *l, PIX *part, const struct box *box, int n)
{
    struct extent *e = &l->dark;

    e->left = e->n == 0 || box->x < e->left ? box->x : e->left;
    e->top = e->n == 0 || box->y < e->top ? box->y : e->top;
    e->right = box->x + box->w > e->right ? box->x + box->w : e->right;
    e->bottom = box->y + box->h > e->bottom ? box->y + box->h : e->bottom;
    e->largest = box->w > e->largest ? box->w : e->largest;
    e->largest = box->h > e->largest ? box->h : e->largest;
    e->n++;
    if (!is_crossing(l, part, box, n))
        l->out->dark++;
}

/* Whether a box lies in one of the holes. */
static bool is_in(const struct box *b, BOXA *holes)
{
    for (int i = 0; i < boxaGetCount(holes); i++) {
        struct box h;

        boxaGetBoxGeometry(holes, i, &h.x, &h.y, &h.w, &h.h);
        if (b->x >= h.x && b->y >= h.y && b->x + b->w <= h.x + h.w &&
            b->y + b->h <= h.y + h.h)
            return true;
    }
    return false;
}

typedef void take_part(struct look *l, PIX *part, const struct box *box, int n);

/* Hand over each part of the ink that is a trace, and its number of pixels. */
static void each_trace(struct look *l, PIX *ink, take_part *take)
{
    double mm = l->mm;
    double w_mm = pixGetWidth(ink) / mm, h_mm = pixGetHeight(ink) / mm;
    AUTO(pixDestroy) PIX *inner = pixRemoveBorderConnComps(ink, 8);
    AUTO(free_void) bool *pieces = NULL;
    PIXA *parts = NULL;
    BOXA *boxes, *holes;

    if (inner == NULL || (boxes = pixConnComp(inner, &parts, 8)) == NULL)
        return;
    pieces = xcalloc((size_t)boxaGetCount(boxes) + 1, sizeof(*pieces));
    broken_lines_mark(boxes, pixGetWidth(ink), pixGetHeight(ink), mm, pieces);
    holes = punch_holes_find(inner, mm);
    for (int i = 0; i < boxaGetCount(boxes); i++) {
        struct box b;
        struct part p;
        int n;

        boxaGetBoxGeometry(boxes, i, &b.x, &b.y, &b.w, &b.h);
        if (fmax(b.w, b.h) < LETTER_MM * mm || pieces[i] || is_in(&b, holes))
            continue;
        AUTO(pixDestroy) PIX *part = pixaGetPix(parts, i, L_CLONE);
        p = (struct part){.x = (b.x + b.w / 2.0) / mm,
                          .y = (b.y + b.h / 2.0) / mm,
                          .w = b.w / mm,
                          .h = b.h / mm,
                          .spread = spread_px(part, &n) / mm};
        if (could_be_hole(&p, w_mm, h_mm))
            p.fill_pct = fill_pct(part, mm);
        if (is_trace(&p, w_mm, h_mm))
            take(l, part, &b, n);
    }
    boxaDestroy(&boxes);
    boxaDestroy(&holes);
    pixaDestroy(&parts);
}

/* Whether the dark traces are a seal's from the other side. pix is scale times
 * as fine as what they were found in. */
static bool are_bled(PIX *pix, double dpi, double scale, const struct extent *e)
{
    struct blots blots = {
        .n = e->n,
        .largest = (int)(e->largest * scale),
        .box = {.x = (int)(e->left * scale),
                .y = (int)(e->top * scale),
                .w = (int)((e->right - e->left) * scale),
                .h = (int)((e->bottom - e->top) * scale)},
    };

    return is_bled_seal(pix, dpi, &blots);
}

/* The paler blots of a seal that bled through are none of this side's. */
static void forget_seal(struct look *l)
{
    struct traces *t = l->out;
    const struct extent *e = &l->dark;
    int reach = (int)(BLED_REACH_MM * l->mm), kept = 0;

    for (int i = 0; i < t->n; i++) {
        const struct box *b = &t->of[i].box;

        if (b->x >= e->left - reach && b->y >= e->top - reach &&
            b->x + b->w <= e->right + reach && b->y + b->h <= e->bottom + reach)
            t->medium -= t->of[i].letters;
        else
            t->of[kept++] = t->of[i];
    }
    t->n = kept;
}

void traces_find(PIX *pix, double dpi, struct traces *out)
{
    double look_dpi = dpi;
    AUTO(pixDestroy) PIX *grey = darkest_layer(pix, &look_dpi);
    AUTO(pixDestroy) PIX *pale = NULL;
    AUTO(pixDestroy) PIX *dark = NULL;
    AUTO(pixDestroy) PIX *area = NULL;
    struct look l = {.mm = look_dpi / MM_PER_INCH, .out = out};

    *out = (struct traces){0};
    if (grey == NULL)
        return;
    streaks_remove(grey);
    paper_whiten(grey, PAPER_EMPTY);
    pale = pixThresholdToBinary(grey, (int)level_of(PALE_PCT));
    dark = pixThresholdToBinary(grey, (int)level_of(DARK_PCT));
    area = pale != NULL ? pixConnCompAreaTransform(pale, 8) : NULL;
    if (area == NULL || dark == NULL)
        return;
    l.white = grey;
    l.area = area;
    each_trace(&l, pale, take_pale);
    each_trace(&l, dark, take_dark);
    out->looked = true;
    out->bled = are_bled(pix, dpi, dpi / look_dpi, &l.dark);
    if (out->bled)
        forget_seal(&l);
    traces_scale(out, dpi / look_dpi, dpi / look_dpi);
}

void traces_scale(struct traces *t, double x, double y)
{
    for (int i = 0; i < t->n; i++) {
        struct box *b = &t->of[i].box;

        *b = (struct box){(int)(b->x * x), (int)(b->y * y), (int)(b->w * x),
                          (int)(b->h * y)};
    }
}

void traces_clear(struct traces *t)
{
    free(t->of);
    *t = (struct traces){0};
}
