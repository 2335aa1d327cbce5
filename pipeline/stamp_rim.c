/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A side is looked at in pieces that are longer than any stroke of a letter:
 * ink that fills a piece from end to end is the line there, though it bend or
 * lean a little on its way. A stroke that goes on beyond the line is one that
 * crosses it and stays.
 */
#include "pipeline/stamp_rim.h"

#include "base/alloc.h"
#include "pipeline/leptonica.h"
#include "pipeline/stamp.h"
#include <stdlib.h>

#define MM (STAMP_DPI / 25.4)
#define BAND_PX ((int)(2.8 * MM)) /* to both sides of where a line is */
#define PIECE_PX ((int)(6.0 * MM))
#define THICK_MAX_PX ((int)(1.3 * MM))
#define THIN_MAX_PX 4
#define FULL_PCT 75  /* of a piece: a line */
#define CROSSED_PX 2 /* ink beyond the line: a stroke crosses it */
#define DOT_PX 5     /* a dot to write on is no larger */
#define DOT_GAP_PX ((int)(2.6 * MM))
#define DOT_OFF_PX 3
#define DOTS_MIN 6
#define ACROSS_PX 5 /* to both sides of a side: a letter lies across it */
#define LETTER_MAX_PX ((int)(12.0 * MM)) /* joined ones */

/* A side of a stamp as if it were level: x along it, y across. */
struct side {
    PIX *bits, *rim;
    bool upright;
};

static bool ink_at(const struct side *s, int x, int y)
{
    l_uint32 v = 0;

    return pixGetPixel(s->bits, s->upright ? y : x, s->upright ? x : y, &v) ==
               0 &&
           v != 0;
}

static void set_rim(const struct side *s, int x, int y)
{
    pixSetPixel(s->rim, s->upright ? y : x, s->upright ? x : y, 1);
}

/* A piece of a side, and whether the side ends with it. */
struct piece {
    int from, end, at;
    bool first, last;
};

/* How much of a row of a piece is ink, in percent. frayed  here or above */
static int full_pct(const struct side *s, const struct piece *p, int y,
                    bool frayed)
{
    int ink = 0;

    for (int x = p->from; x < p->end; x++)
        ink += ink_at(s, x, y) || (frayed && ink_at(s, x, y - 1));
    return ink * 100 / (p->end - p->from);
}

/* Take the line at x, rows top … bottom - 1, unless a stroke crosses it.
 * result  false: there is no ink */
static bool take_line_at(const struct side *s, int x, int top, int bottom)
{
    int high = top, low = bottom, ink = 0;

    for (int y = top; y < bottom; y++)
        ink += ink_at(s, x, y);
    while (high > top - CROSSED_PX - 1 && ink_at(s, x, high - 1))
        high--;
    while (low < bottom + CROSSED_PX + 1 && ink_at(s, x, low))
        low++;
    if (top - high <= CROSSED_PX && low - bottom <= CROSSED_PX)
        for (int y = high - 1; y <= low; y++)
            set_rim(s, x, y);
    return ink > 0;
}

/* Take a line from a piece, and where it goes on beyond the corners. */
static void take_line(const struct side *s, const struct piece *p, int top,
                      int bottom)
{
    for (int x = p->from; x < p->end; x++)
        take_line_at(s, x, top, bottom);
    for (int x = p->from - 1; p->first && x >= p->from - BAND_PX; x--)
        if (!take_line_at(s, x, top, bottom))
            break;
    for (int x = p->end; p->last && x < p->end + BAND_PX; x++)
        if (!take_line_at(s, x, top, bottom))
            break;
}

/* Take the lines of a piece. frayed  of a thin one no row may be full
 * result  whether there are any */
static bool take_lines(const struct side *s, const struct piece *p, bool frayed)
{
    int top = -1, thick_max = frayed ? THIN_MAX_PX : THICK_MAX_PX;
    bool found = false;

    for (int y = p->at - BAND_PX; y <= p->at + BAND_PX + 1; y++) {
        bool line =
            y <= p->at + BAND_PX && full_pct(s, p, y, frayed) >= FULL_PCT;

        if (line && top < 0)
            top = y;
        if (line || top < 0)
            continue;
        if (y - top <= thick_max) {
            take_line(s, p, frayed ? top - 1 : top, y);
            found = true;
        }
        top = -1;
    }
    return found;
}

/* result  how many pixels of its length are lines */
static int take_side(const struct side *s, int from, int end, int at)
{
    int n = (end - from) / PIECE_PX, drawn = 0;

    n = n > 0 ? n : 1;
    for (int i = 0; i < n; i++) {
        struct piece p = {from + (end - from) * i / n,
                          from + (end - from) * (i + 1) / n, at, i == 0,
                          i == n - 1};

        if (take_lines(s, &p, false) || take_lines(s, &p, true))
            drawn += p.end - p.from;
    }
    return drawn;
}

/* Where two sides meet neither takes what is left of the other: scraps that
 * lie at what was taken. */
static void take_corner(PIX *bits, PIX *rim, int x, int y)
{
    AUTO(boxDestroy)
    BOX *about =
        boxCreate(x > BAND_PX ? x - BAND_PX : 0, y > BAND_PX ? y - BAND_PX : 0,
                  2 * BAND_PX, 2 * BAND_PX);
    AUTO(pixDestroy) PIX *ink = pixClipRectangle(bits, about, NULL);
    AUTO(pixDestroy) PIX *taken = pixClipRectangle(rim, about, NULL);
    AUTO(pixDestroy) PIX *near = NULL;
    BOXA *parts;

    if (ink == NULL || taken == NULL)
        return;
    near = pixDilateBrick(NULL, taken, 3, 3);
    pixSubtract(ink, ink, taken);
    parts = pixConnCompBB(ink, 8);
    for (int i = 0; i < boxaGetCount(parts); i++) {
        AUTO(boxDestroy) BOX *b = boxaGetBox(parts, i, L_CLONE);
        AUTO(pixDestroy)
        PIX *at = near ? pixClipRectangle(near, b, NULL) : NULL;
        l_int32 none = 1;

        if (at != NULL)
            pixZero(at, &none);
        if (b->w <= THICK_MAX_PX && b->h <= THICK_MAX_PX && !none)
            pixRasterop(rim, about->x + b->x, about->y + b->y, b->w, b->h,
                        PIX_SET, NULL, 0, 0);
    }
    boxaDestroy(&parts);
}

/* How many dots follow dot i in its row, which is set to those of the last. */
static int follow_row(BOXA *dots, const BOX *first, int *right)
{
    int n = 0, y = first->y + first->h / 2;
    bool more = true;

    *right = first->x + first->w;
    while (more) {
        more = false;
        for (int i = 0; i < boxaGetCount(dots) && !more; i++) {
            int left, top, w, h;

            boxaGetBoxGeometry(dots, i, &left, &top, &w, &h);
            if (left < *right || left - *right > DOT_GAP_PX ||
                abs(top + h / 2 - y) > DOT_OFF_PX)
                continue;
            more = true;
            n++;
            y = top + h / 2;
            *right = left + w;
        }
    }
    return n;
}

/* Rows of dots to write on: many of one size, side by side. */
static void take_dots(PIX *bits, const struct box *in, PIX *rim)
{
    BOX *clip = boxCreate(in->x, in->y, in->w, in->h);
    PIX *part = pixClipRectangle(bits, clip, NULL);
    PIX *small = part ? pixSelectBySize(part, DOT_PX, DOT_PX, 8,
                                        L_SELECT_IF_BOTH, L_SELECT_IF_LTE, NULL)
                      : NULL;
    PIX *whole = small ? pixDilateBrick(NULL, small, 3, 3) : NULL;
    BOXA *found = small ? pixConnCompBB(small, 8) : NULL;
    BOXA *dots =
        found ? boxaSort(found, L_SORT_BY_X, L_SORT_INCREASING, NULL) : NULL;

    for (int i = 0; i < boxaGetCount(dots); i++) {
        BOX *first = boxaGetBox(dots, i, L_CLONE);
        int right;

        if (whole != NULL && follow_row(dots, first, &right) >= DOTS_MIN)
            pixRasterop(rim, in->x + first->x - 1,
                        in->y + first->y - DOT_OFF_PX, right - first->x + 2,
                        first->h + 2 * DOT_OFF_PX, PIX_SRC | PIX_DST, whole,
                        first->x - 1, first->y - DOT_OFF_PX);
        boxDestroy(&first);
    }
    boxaDestroy(&dots);
    boxaDestroy(&found);
    pixDestroy(&whole);
    pixDestroy(&small);
    pixDestroy(&part);
    boxDestroy(&clip);
}

PIX *stamp_rim(PIX *bits, const struct box *inside, int *pct)
{
    PIX *rim = pixCreate(pixGetWidth(bits), pixGetHeight(bits), 1);
    const struct side level = {bits, rim, false}, upright = {bits, rim, true};
    int right = inside->x + inside->w, bottom = inside->y + inside->h;

    int drawn = 0;

    *pct = 0;
    if (rim == NULL || inside->w <= 0 || inside->h <= 0)
        return rim;
    drawn += take_side(&level, inside->x, right, inside->y);
    drawn += take_side(&level, inside->x, right, bottom);
    drawn += take_side(&upright, inside->y, bottom, inside->x);
    drawn += take_side(&upright, inside->y, bottom, right);
    *pct = drawn * 100 / (2 * (inside->w + inside->h));
    take_corner(bits, rim, inside->x, inside->y);
    take_corner(bits, rim, right, inside->y);
    take_corner(bits, rim, inside->x, bottom);
    take_corner(bits, rim, right, bottom);
    take_dots(bits, inside, rim);
    return rim;
}

/* Whether something from `from` to `end` lies across a side at `at`. */
static bool lies_across(int from, int end, int at)
{
    return from < at - ACROSS_PX && end > at + ACROSS_PX;
}

int stamp_rim_crossings(PIX *bits, const struct box *inside)
{
    BOXA *parts = pixConnCompBB(bits, 8);
    int right = inside->x + inside->w, bottom = inside->y + inside->h, n = 0;

    for (int i = 0; i < boxaGetCount(parts); i++) {
        int x, y, w, h;

        boxaGetBoxGeometry(parts, i, &x, &y, &w, &h);
        if (w > LETTER_MAX_PX || h > LETTER_MAX_PX || x + w < inside->x ||
            x > right || y + h < inside->y || y > bottom)
            continue;
        n += lies_across(x, x + w, inside->x) || lies_across(x, x + w, right) ||
             lies_across(y, y + h, inside->y) || lies_across(y, y + h, bottom);
    }
    boxaDestroy(&parts);
    return n;
}
