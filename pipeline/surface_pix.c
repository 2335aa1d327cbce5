/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cairo keeps ARGB in native words, colours multiplied by alpha; Leptonica
 * RGBA in native words, and bytes of grey in big-endian order. */
#include "pipeline/surface_pix.h"

#include "pipeline/leptonica.h"
#include <stdbool.h>
#include <stdint.h>

enum palette { PALETTE_BILEVEL, PALETTE_GREY, PALETTE_COLOUR };

struct pixels {
    const unsigned char *bytes;
    int w, h, stride;
    bool has_alpha;
};

/* Pixel on white as 0xRRGGBB. */
static uint32_t on_white(const struct pixels *p, int x, int y)
{
    const uint32_t *row =
        (const uint32_t *)(const void *)(p->bytes + (size_t)y * p->stride);
    uint32_t v = row[x], rest;

    if (!p->has_alpha)
        return v & 0xffffff;
    rest = 255 - (v >> 24);
    return (v & 0xffffff) + (rest << 16 | rest << 8 | rest);
}

static enum palette find_palette(const struct pixels *p)
{
    enum palette palette = PALETTE_BILEVEL;

    for (int y = 0; y < p->h; y++) {
        for (int x = 0; x < p->w; x++) {
            uint32_t v = on_white(p, x, y);
            uint32_t grey = v & 255;

            if (v == 0 || v == 0xffffff)
                continue;
            if (v != grey * 0x010101)
                return PALETTE_COLOUR;
            palette = PALETTE_GREY;
        }
    }
    return palette;
}

static void copy_row(const struct pixels *p, int y, enum palette palette,
                     l_uint32 *line)
{
    for (int x = 0; x < p->w; x++) {
        uint32_t v = on_white(p, x, y);

        if (palette == PALETTE_COLOUR)
            line[x] = v << 8;
        else if (palette == PALETTE_GREY)
            SET_DATA_BYTE(line, x, v & 255);
        else if (v == 0)
            SET_DATA_BIT(line, x);
    }
}

/* Mean of 2 × 2 pixels of rows 2y, 2y + 1. */
static void reduce_row(const struct pixels *p, int y, int copy_w,
                       l_uint32 *line)
{
    for (int x = 0; x < copy_w; x++) {
        uint32_t a = on_white(p, 2 * x, 2 * y);
        uint32_t b = on_white(p, 2 * x + 1, 2 * y);
        uint32_t c = on_white(p, 2 * x, 2 * y + 1);
        uint32_t d = on_white(p, 2 * x + 1, 2 * y + 1);
        uint32_t out = 0;

        for (int shift = 0; shift < 24; shift += 8) {
            uint32_t sum = (a >> shift & 255) + (b >> shift & 255) +
                           (c >> shift & 255) + (d >> shift & 255);

            out |= (sum / 4) << shift;
        }
        line[x] = out << 8;
    }
}

PIX *surface_to_pix(cairo_surface_t *surface, double pixels_max)
{
    static const int depths[] = {1, 8, 32};
    cairo_format_t format = cairo_image_surface_get_format(surface);
    struct pixels p;
    enum palette palette;
    bool reduce;
    PIX *pix;

    if (format != CAIRO_FORMAT_ARGB32 && format != CAIRO_FORMAT_RGB24)
        return NULL;
    cairo_surface_flush(surface);
    p.bytes = cairo_image_surface_get_data(surface);
    p.w = cairo_image_surface_get_width(surface);
    p.h = cairo_image_surface_get_height(surface);
    p.stride = cairo_image_surface_get_stride(surface);
    p.has_alpha = format == CAIRO_FORMAT_ARGB32;
    if (p.bytes == NULL || p.w <= 0 || p.h <= 0)
        return NULL;
    palette = find_palette(&p);
    reduce = palette == PALETTE_COLOUR && (double)p.w * p.h > pixels_max &&
             p.w > 1 && p.h > 1;
    pix = reduce ? pixCreate(p.w / 2, p.h / 2, 32)
                 : pixCreate(p.w, p.h, depths[palette]);
    if (pix == NULL)
        return NULL;
    for (int y = 0; y < pixGetHeight(pix); y++) {
        l_uint32 *line = pixGetData(pix) + (size_t)y * pixGetWpl(pix);

        if (reduce)
            reduce_row(&p, y, pixGetWidth(pix), line);
        else
            copy_row(&p, y, palette, line);
    }
    return pix;
}
