/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From an image in a file to a scan. Large JPEGs are decoded at a half, a
 * quarter or an eighth, so that no page needs more memory than a worker has;
 * what cannot be reduced while it is decoded must fit as it is.
 */
#include "pipeline/scan.h"

#include "base/i18n.h"
#include "pipeline/leptonica.h"
#include <math.h>

#define A4_LONG_INCH 11.69
#define PAGE_LONG_MAX_INCH 60.0 /* a drawing at its full length */
#define PAGE_LONG_MIN_INCH 2.0  /* a card */
#define SCREEN_DPI 100.0        /* 72 and 96 are what software writes that
                                   does not know */
#define SCREEN_LONG_MAX_INCH 17.0 /* at which they are believed: A3 */
#define ASSUMED_DPI_MIN 70.0
#define ASSUMED_DPI_MAX 1200.0
#define REDUCE_ABOVE_PX 24e6 /* A4 at 450 dpi */
#define WORKER_BASE_MB 150   /* model, libraries, working copies */

void scan_clear(struct scan *s)
{
    pixDestroy(&s->pix);
    *s = (struct scan){0};
}

void scan_settle_dpi(struct scan *s)
{
    int longer_px = s->width_px > s->height_px ? s->width_px : s->height_px;
    double dpi = s->width_px > s->height_px ? s->dpi_x : s->dpi_y;
    double inches = dpi > 0 ? longer_px / dpi : 0;

    if (inches >= PAGE_LONG_MIN_INCH && inches <= PAGE_LONG_MAX_INCH &&
        (dpi > SCREEN_DPI || inches <= SCREEN_LONG_MAX_INCH))
        return;
    dpi = longer_px / A4_LONG_INCH;
    dpi = fmin(fmax(dpi, ASSUMED_DPI_MIN), ASSUMED_DPI_MAX);
    s->dpi_x = s->dpi_y = dpi;
    s->dpi_assumed = true;
}

/* The fraction (1, 2, 4, 8) at which a JPEG is decoded: never below what the
 * reading needs. */
static int jpeg_reduction(const struct image_info *info)
{
    double pixels = (double)info->width_px * info->height_px;
    int reduction = 1;

    while (reduction < 8 && pixels / (reduction * reduction) > REDUCE_ABOVE_PX)
        reduction *= 2;
    return reduction;
}

static enum status check_memory(const struct image_info *info,
                                enum media media, int reduction,
                                int worker_mb)
{
    double pixels = (double)info->width_px * info->height_px;
    double bytes = pixels * (info->bits <= 8 ? info->bits : 32) / 8;

    if (media == MEDIA_JP2)
        bytes = pixels * 4 * (info->bits > 8 ? 4 : 2); /* OpenJPEG: 32-bit
                                                          components */
    else if (media == MEDIA_PNG || media == MEDIA_WEBP)
        bytes *= 2; /* Leptonica holds the decoder's rows beside its own */
    bytes /= reduction * reduction;
    if (worker_mb > WORKER_BASE_MB &&
        bytes > (worker_mb - WORKER_BASE_MB) * 1e6)
        return fail(STATUS_LIMIT,
                    _("the image of %d × %d pixels needs more memory than a "
                      "worker may have (worker_mb)"),
                    info->width_px, info->height_px);
    return STATUS_OK;
}

enum status scan_from_image(const unsigned char *bytes, size_t n,
                            enum media media, int index,
                            const struct pool_options *limits,
                            struct scan *out)
{
    struct image_info info;
    struct scan scan = {0};
    int reduction = 1;
    enum status st;

    st = image_header(bytes, n, media, index, limits->page_megapixels, &info);
    if (st != STATUS_OK)
        return st;
    if (media == MEDIA_JPEG)
        reduction = jpeg_reduction(&info);
    st = check_memory(&info, media, reduction, limits->worker_mb);
    if (st != STATUS_OK)
        return st;
    st = image_decode(bytes, n, media, index, reduction,
                      limits->page_megapixels, &scan.damaged, &scan.pix);
    if (st != STATUS_OK)
        return st;
    scan.width_px = info.width_px;
    scan.height_px = info.height_px;
    scan.dpi_x = info.dpi_x;
    scan.dpi_y = info.dpi_y;
    scan_settle_dpi(&scan);
    *out = scan;
    return STATUS_OK;
}
