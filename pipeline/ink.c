/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One pass over the page: each source row is turned into grey (the ink
 * layer), rows are averaged by their overlap with the row of the copy, then
 * columns likewise (an exact box filter in fixed point). Integer arithmetic
 * only, so the copy is the same everywhere.
 */
#include "pipeline/ink.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "pipeline/leptonica.h"
#include <string.h>

#define FADE_FROM 30 /* B − R where red begins to fade to blue … */
#define FADE_TO 70   /* … and where it has */
#define DARK 128     /* below: writing, for the guard */
#define GUARD_ROWS 8 /* every eighth row is enough to judge a page */
#define GUARD_SHARE_PCT 15 /* of dark pixels that must remain */
#define GUARD_PAGE_PCT 1   /* of the page: more red than seals have */

/* Without a branch, so that whole rows are worked at a time. */
static inline uint8_t ink_of(int red, int blue)
{
    int excess = blue - red - FADE_FROM;

    excess = excess < 0 ? 0 : excess;
    excess = excess > FADE_TO - FADE_FROM ? FADE_TO - FADE_FROM : excess;
    return (uint8_t)(red + (blue - red) * excess / (FADE_TO - FADE_FROM));
}

uint8_t ink_value(uint8_t red, uint8_t green, uint8_t blue)
{
    (void)green; /* says nothing that red and blue do not */
    return ink_of(red, blue);
}

static uint8_t plain_grey(l_uint32 pixel)
{
    unsigned red = pixel >> 24, green = pixel >> 16 & 255,
             blue = pixel >> 8 & 255;

    return (uint8_t)((red * 77 + green * 151 + blue * 28) >> 8);
}

/* How rows are made grey. */
enum grey_kind { GREY_INK, GREY_PLAIN };

/* Row y of pix (1, 8 or 32 bit, no colour map) as grey bytes. */
static void grey_row(PIX *pix, int y, enum grey_kind kind, uint8_t *row)
{
    const l_uint32 *line = pixGetData(pix) + (size_t)y * pixGetWpl(pix);
    int w = pixGetWidth(pix);

    switch (pixGetDepth(pix)) {
    case 1:
        for (int x = 0; x < w; x++)
            row[x] = GET_DATA_BIT(line, x) ? 0 : 255;
        break;
    case 8:
        for (int x = 0; x < w; x++)
            row[x] = (uint8_t)GET_DATA_BYTE(line, x);
        break;
    default:
        if (kind == GREY_INK)
            for (int x = 0; x < w; x++)
                row[x] = ink_of((int)(line[x] >> 24),
                                (int)(line[x] >> 8 & 255));
        else
            for (int x = 0; x < w; x++)
                row[x] = plain_grey(line[x]);
        break;
    }
}

/*
 * Whether the ink layer keeps the writing. Where a whole page, or the little
 * that is on it, is written in red or blue, taking the colour away would take
 * the text; a red seal alone is no text.
 */
static bool ink_keeps_writing(PIX *pix)
{
    int w = pixGetWidth(pix), h = pixGetHeight(pix);
    uint64_t all = 0, dark = 0, left = 0, blue = 0;

    for (int y = 0; y < h; y += GUARD_ROWS, all += (uint64_t)w) {
        const l_uint32 *line = pixGetData(pix) + (size_t)y * pixGetWpl(pix);

        for (int x = 0; x < w; x++) {
            uint8_t r = (uint8_t)(line[x] >> 24), b = (uint8_t)(line[x] >> 8);

            if (plain_grey(line[x]) >= DARK)
                continue;
            dark++;
            if (ink_value(r, 0, b) < DARK)
                left++;
            else
                blue += b > r;
        }
    }
    if (left * 100 >= dark * GUARD_SHARE_PCT)
        return true;
    return dark * 100 < all * GUARD_PAGE_PCT && blue * 2 < dark;
}

/* Fixed-point edges: pixel i of the copy covers [edge(i), edge(i + 1)) of the
 * source, in 1/256 pixel. */
static uint32_t edge(int i, int source, int copy)
{
    return (uint32_t)((uint64_t)i * (uint64_t)source * 256 / (uint64_t)copy);
}

/* Average the columns of a row of sums (each a row average × rows_weight)
 * into the copy's row. edges: copy_w + 1 of them. */
static void shrink_row(const uint32_t *sums, uint32_t rows_weight,
                       const uint32_t *edges, int copy_w, l_uint32 *line)
{
    uint64_t weight = 0, inverse = 0; /* 2^40 / weight: division is slow */

    for (int i = 0; i < copy_w; i++) {
        uint32_t from = edges[i], to = edges[i + 1];
        uint32_t first = from >> 8, last = to >> 8;
        uint64_t total, now = (uint64_t)(to - from) * rows_weight;

        if (first == last) {
            total = (uint64_t)sums[first] * (to - from);
        } else {
            total = (uint64_t)sums[first] * (256 - (from & 255));
            for (uint32_t x = first + 1; x < last; x++)
                total += (uint64_t)sums[x] << 8;
            if (to & 255)
                total += (uint64_t)sums[last] * (to & 255);
        }
        if (now != weight) {
            weight = now;
            inverse = ((1ull << 40) + now - 1) / now;
        }
        total = total * inverse >> 40;
        SET_DATA_BYTE(line, i, (l_uint32)(total > 255 ? 255 : total));
    }
}

/* At the size it has. */
static PIX *grey_copy(PIX *pix, enum grey_kind kind)
{
    int w = pixGetWidth(pix), h = pixGetHeight(pix);
    PIX *copy = pixCreateNoInit(w, h, 8);
    AUTO(free_void) uint8_t *row = xcalloc((size_t)w + 3, 1);

    for (int y = 0; copy != NULL && y < h; y++) {
        l_uint32 *line = pixGetData(copy) + (size_t)y * pixGetWpl(copy);

        grey_row(pix, y, kind, row);
        for (int x = 0; x < w; x += 4)
            line[x / 4] = (l_uint32)row[x] << 24 | (l_uint32)row[x + 1] << 16 |
                          (l_uint32)row[x + 2] << 8 | row[x + 3];
    }
    return copy;
}

static PIX *shrink(PIX *pix, int copy_w, int copy_h, enum grey_kind kind)
{
    int w = pixGetWidth(pix), h = pixGetHeight(pix);
    PIX *copy = pixCreateNoInit(copy_w, copy_h, 8);
    AUTO(free_void) uint8_t *row = xcalloc((size_t)w, 1);
    AUTO(free_void) uint32_t *sums = xcalloc((size_t)w, sizeof(*sums));
    AUTO(free_void) uint32_t *edges =
        xcalloc((size_t)copy_w + 1, sizeof(*edges));
    int have = -1; /* the source row that `row` holds */

    if (copy == NULL)
        return NULL;
    for (int i = 0; i <= copy_w; i++)
        edges[i] = edge(i, w, copy_w);
    for (int i = 0; i < copy_h; i++) {
        uint32_t from = edge(i, h, copy_h), to = edge(i + 1, h, copy_h);
        l_uint32 *line = pixGetData(copy) + (size_t)i * pixGetWpl(copy);

        memset(sums, 0, (size_t)w * sizeof(*sums));
        for (uint32_t y = from / 256; y * 256 < to; y++) {
            uint32_t top = y * 256 > from ? y * 256 : from;
            uint32_t bottom = (y + 1) * 256 < to ? (y + 1) * 256 : to;
            uint32_t weight = bottom - top;

            if (have != (int)y)
                grey_row(pix, have = (int)y, kind, row);
            for (int x = 0; x < w; x++)
                sums[x] += row[x] * weight;
        }
        shrink_row(sums, to - from, edges, copy_w, line);
    }
    return copy;
}

/* pix as 1, 8 or 32 bit without colour map; a new reference or copy. */
static PIX *without_map(PIX *pix)
{
    int depth = pixGetDepth(pix);

    if (pixGetColormap(pix) != NULL)
        return pixRemoveColormap(pix, REMOVE_CMAP_BASED_ON_SRC);
    if (depth == 1 || depth == 8 || depth == 32)
        return pixClone(pix);
    return pixConvertTo8(pix, 0);
}

bool ink_is_separable(PIX *pix)
{
    AUTO(pixDestroy) PIX *source = without_map(pix);

    return source != NULL && pixGetDepth(source) == 32 &&
           ink_keeps_writing(source);
}

enum status ink_layer(PIX *pix, int width_px, int height_px, bool separate,
                      PIX **out)
{
    AUTO(pixDestroy) PIX *source = without_map(pix);
    enum grey_kind kind = separate ? GREY_INK : GREY_PLAIN;
    PIX *copy;

    if (source == NULL)
        return fail(STATUS_INVALID, _("an image of %d bits a pixel is not "
                                      "handled"),
                    pixGetDepth(pix));
    if (width_px > pixGetWidth(source))
        width_px = pixGetWidth(source);
    if (height_px > pixGetHeight(source))
        height_px = pixGetHeight(source);
    if (width_px == pixGetWidth(source) && height_px == pixGetHeight(source))
        copy = pixGetDepth(source) == 32 ? grey_copy(source, kind)
                                         : pixClone(source);
    else
        copy = shrink(source, width_px, height_px, kind);
    if (copy == NULL)
        return fail(STATUS_LIMIT, _("no memory for a page of %d × %d pixels"),
                    width_px, height_px);
    *out = copy;
    return STATUS_OK;
}
