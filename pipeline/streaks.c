/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A streak is a thin line that runs down the whole sheet, margins included,
 * straight along the pixels however the paper lies; no rule of a table does.
 * In each row it becomes as dark as its sides, each up to the middle, so a
 * letter that it crosses or touches keeps its strokes.
 */
#include "pipeline/streaks.h"

#include "base/alloc.h"
#include "pipeline/leptonica.h"
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define ROWS_STEP 4
#define BANDS 16         /* a streak shows in every one */
#define SIDE_DPI_PART 34 /* of the width in inches: 6 px of A4 at 200 dpi */
#define PAGE_INCHES 8.27
#define DARKER_PCT 82    /* of the lighter sides: the streak */
#define BAND_HIT_PCT 60  /* of the rows whose sides are light */
#define BAND_SEEN_PCT 25 /* of the rows must have light sides */
#define LIGHT_MIN 120    /* a side darker than that is no paper */
#define STREAKS_MAX 40   /* more is a pattern of the paper */

struct columns {
    uint16_t *seen, *hit; /* of each column in each band */
    int w, h, side;
};

static unsigned get(PIX *pix, const l_uint32 *line, int x)
{
    if (pixGetDepth(pix) == 8)
        return GET_DATA_BYTE(line, x);
    return GET_DATA_BIT(line, x) ? 0 : 255;
}

static void put(PIX *pix, l_uint32 *line, int x, unsigned v)
{
    if (pixGetDepth(pix) == 8)
        SET_DATA_BYTE(line, x, v);
    else if (v < 128)
        SET_DATA_BIT(line, x);
    else
        CLEAR_DATA_BIT(line, x);
}

/* row: scratch for one row of bytes. */
static void count_row(PIX *pix, int y, uint8_t *row, struct columns *c)
{
    const l_uint32 *line = pixGetData(pix) + (size_t)y * pixGetWpl(pix);
    size_t band = (size_t)((int64_t)y * BANDS / c->h) * (size_t)c->w;

    for (int x = 0; x < c->w; x++)
        row[x] = (uint8_t)get(pix, line, x);
    for (int x = c->side; x < c->w - c->side; x++) {
        unsigned left = row[x - c->side], right = row[x + c->side];
        unsigned low = left < right ? left : right;
        bool light = low >= LIGHT_MIN;

        c->seen[band + (size_t)x] += light;
        c->hit[band + (size_t)x] += light && row[x] * 100 < low * DARKER_PCT;
    }
}

static bool is_streak(const struct columns *c, int x)
{
    int rows = c->h / ROWS_STEP / BANDS;

    for (int b = 0; b < BANDS; b++) {
        size_t at = (size_t)b * (size_t)c->w + (size_t)x;

        if (c->seen[at] * 100 < rows * BAND_SEEN_PCT ||
            c->hit[at] * 100 < c->seen[at] * BAND_HIT_PCT)
            return false;
    }
    return true;
}

/* Columns from first to last, and one on either side for their edges. */
static void mend(PIX *pix, int first, int last)
{
    int w = pixGetWidth(pix), left = first - 2, right = last + 2;

    if (left < 0 || right >= w)
        return;
    for (int y = 0; y < pixGetHeight(pix); y++) {
        l_uint32 *line = pixGetData(pix) + (size_t)y * pixGetWpl(pix);
        unsigned a = get(pix, line, left), b = get(pix, line, right);

        for (int x = left + 1; x < right; x++) {
            unsigned nearer = x - left < right - x ? a : b;

            put(pix, line, x, x - left == right - x && a < b ? a : nearer);
        }
    }
}

static int mend_all(PIX *pix, const struct columns *c)
{
    int n = 0;

    for (int x = c->side; x < c->w - c->side && n < STREAKS_MAX; x++) {
        int last = x;

        if (!is_streak(c, x))
            continue;
        while (last + 1 < c->w - c->side && is_streak(c, last + 1))
            last++;
        mend(pix, x, last);
        x = last;
        n++;
    }
    return n;
}

int streaks_remove(PIX *page)
{
    struct columns c = {.w = pixGetWidth(page), .h = pixGetHeight(page)};
    AUTO(free_void) uint16_t *seen = NULL;
    AUTO(free_void) uint16_t *hit = NULL;
    AUTO(free_void) uint8_t *row = NULL;

    c.side = (int)(c.w / PAGE_INCHES / SIDE_DPI_PART);
    if ((pixGetDepth(page) != 8 && pixGetDepth(page) != 1) || c.side < 3 ||
        c.h < 2 * BANDS * ROWS_STEP)
        return 0;
    c.seen = seen = xcalloc((size_t)c.w * BANDS, sizeof(*seen));
    c.hit = hit = xcalloc((size_t)c.w * BANDS, sizeof(*hit));
    row = xcalloc((size_t)c.w, 1);
    for (int y = 0; y < c.h; y += ROWS_STEP)
        count_row(page, y, row, &c);
    return mend_all(page, &c);
}
