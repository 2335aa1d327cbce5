/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person looks at who reviews a field: the place on the page where it
 * stands, in the page's own pixels. The way of the page is that of reading it
 * (scan_image.c, pdf_read.c), so the boxes of the record fit.
 */
#include "pipeline/crop.h"

#include "base/file.h"
#include "base/i18n.h"
#include "pipeline/legacy.h"
#include "pipeline/leptonica.h"
#include "pipeline/pdf_page.h"
#include "pipeline/pdf_read.h"
#include "pipeline/scan.h"
#include <stdlib.h>

#define MARGIN_PART 0.75 /* of the box's height, on every side */
#define MARGIN_MIN_PX 12
#define MARGIN_MAX_PX 120
#define SIDE_MAX_PX 1800 /* a whole page is reduced to this */

/* Pixels of the page, of whatever size they come. */
static enum status page_pixels(const struct pool_options *o,
                               const unsigned char *bytes, size_t n,
                               enum media media, int source_page,
                               struct scan *scan)
{
    AUTO(pdf_page_freep) struct pdf_page *p = NULL;
    AUTO(legacy_freep) struct legacy_table *legacy = NULL;
    struct page words = {0};
    enum status st;

    if (media != MEDIA_PDF)
        return scan_from_image(bytes, n, media, source_page, o, scan);
    st = legacy_load(NULL, &legacy);
    if (st == STATUS_OK)
        st = pdf_read(bytes, n, source_page, legacy, o->page_megapixels, scan,
                      &words);
    page_clear(&words);
    if (st != STATUS_OK || scan->pix)
        return st;
    st = pdf_page_open(bytes, n, source_page, &p);
    return st == STATUS_OK ? pdf_page_render(p, PDF_TEXT_DPI, &scan->pix) : st;
}

static int clamp(double v, int low, int high)
{
    return v < low ? low : v > high ? high : (int)v;
}

/* The box with its margin, in pixels of pix; without a box the whole. */
static PIX *cut(PIX *pix, const struct crop *c)
{
    int w = pixGetWidth(pix);
    int h = pixGetHeight(pix);
    double scale_x = c->width_px > 0 ? (double)w / c->width_px : 1;
    double scale_y = c->height_px > 0 ? (double)h / c->height_px : 1;
    int thin = c->box.w < c->box.h ? c->box.w : c->box.h;
    int margin = clamp(thin * MARGIN_PART, MARGIN_MIN_PX, MARGIN_MAX_PX);
    int left = clamp((c->box.x - margin) * scale_x, 0, w - 1);
    int top = clamp((c->box.y - margin) * scale_y, 0, h - 1);
    int right = clamp((c->box.x + c->box.w + margin) * scale_x, left + 1, w);
    int bottom = clamp((c->box.y + c->box.h + margin) * scale_y, top + 1, h);
    BOX *box;
    PIX *out;

    if (c->box.w <= 0 || c->box.h <= 0)
        return pixClone(pix);
    box = boxCreate(left, top, right - left, bottom - top);
    out = pixClipRectangle(pix, box, NULL);
    boxDestroy(&box);
    return out;
}

static PIX *reduced(PIX *pix)
{
    int w = pixGetWidth(pix);
    int h = pixGetHeight(pix);

    if (w <= SIDE_MAX_PX && h <= SIDE_MAX_PX)
        return pixClone(pix);
    return w > h ? pixScaleToSize(pix, SIDE_MAX_PX, 0)
                 : pixScaleToSize(pix, 0, SIDE_MAX_PX);
}

/* pixWriteMem() is not what it seems in this program (png_shortcut.c). */
static enum status write_png(PIX *pix, int fd)
{
    l_uint8 *png = NULL;
    size_t n = 0;
    enum status st;

    if (pixWriteMemPng(&png, &n, pix, 0) != 0)
        return fail(STATUS_INVALID, _("the piece of the page cannot be drawn"));
    st = file_write_all(fd, png, n, "PNG");
    lept_free(png);
    return st;
}

static enum status draw(PIX *page, const struct crop *c, int out_fd)
{
    AUTO(pixDestroy) PIX *piece = cut(page, c);
    AUTO(pixDestroy) PIX *upright = NULL;
    AUTO(pixDestroy) PIX *small = NULL;

    if (piece)
        upright = pixRotateOrth(piece, c->turn_deg / 90);
    if (upright)
        small = reduced(upright);
    if (!small)
        return fail(STATUS_LIMIT, _("the piece of the page is too large"));
    return write_png(small, out_fd);
}

enum status crop_page(const struct pool_options *o, int fd, enum media media,
                      int source_page, const struct crop *c, int out_fd)
{
    const unsigned char *bytes = NULL;
    struct scan scan = {0};
    size_t n = 0;
    enum status st = source_map(fd, &bytes, &n);

    if (st != STATUS_OK)
        return st;
    st = page_pixels(o, bytes, n, media, source_page, &scan);
    if (st == STATUS_OK)
        st = draw(scan.pix, c, out_fd);
    scan_clear(&scan);
    source_unmap(bytes, n);
    return st;
}
