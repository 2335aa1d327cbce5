/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which way a picture takes into the access PDF. */
#include "pipeline/access_image.h"

#include "base/i18n.h"
#include "pipeline/decode.h"
#include "pipeline/leptonica.h"

#define DRAWING_LOSSLESS_MAX ((size_t)1 << 20) /* bytes */
#define DRAWING_QUALITY 88

bool access_image_pass(struct pdf_out *o, const unsigned char *bytes, size_t n,
                       enum media media, int index, struct access_image *out)
{
    switch (media) {
    case MEDIA_JPEG:
        return access_image_pass_jpeg(o, bytes, n, out);
    case MEDIA_PNG:
        return access_image_pass_png(o, bytes, n, out);
    case MEDIA_TIFF:
        return access_image_pass_tiff(o, bytes, n, index, out);
    case MEDIA_JP2:
        return access_image_pass_jp2(o, bytes, n, out);
    case MEDIA_WEBP:
    case MEDIA_PDF:
    case MEDIA_UNKNOWN:
        break;
    }
    return false;
}

static enum status cannot_write(void)
{
    return fail(STATUS_INVALID, _("the image cannot be written again"));
}

/* A PNG is made of the pixels, for PDF can hold what is in a PNG; Leptonica
 * keeps depth and palette in it. */
static enum status make_png(PIX *pix, l_uint8 **png, size_t *n)
{
    if (pixGetDepth(pix) == 32)
        pixSetSpp(pix, 3);
    if (pixWriteMemPng(png, n, pix, 0.0f) != 0 || !*png)
        return cannot_write();
    return STATUS_OK;
}

enum status access_image_pixels(struct pdf_out *o, PIX *pix,
                                struct access_image *out)
{
    l_uint8 *png = NULL;
    size_t n = 0;
    enum status st = make_png(pix, &png, &n);
    if (st == STATUS_OK && !access_image_pass_png(o, png, n, out))
        st = cannot_write();
    lept_free(png);
    return st;
}

enum status access_image_drawing(struct pdf_out *o, PIX *pix,
                                 struct access_image *out)
{
    l_uint8 *png = NULL;
    l_uint8 *jpeg = NULL;
    size_t n_png = 0;
    size_t n_jpeg = 0;
    enum status st = make_png(pix, &png, &n_png);
    if (st == STATUS_OK && n_png > DRAWING_LOSSLESS_MAX &&
        pixGetDepth(pix) >= 8 &&
        pixWriteMemJpeg(&jpeg, &n_jpeg, pix, DRAWING_QUALITY, 0) == 0 &&
        n_jpeg < n_png / 2 && access_image_pass_jpeg(o, jpeg, n_jpeg, out)) {
        lept_free(jpeg);
        lept_free(png);
        return STATUS_OK;
    }
    if (st == STATUS_OK && !access_image_pass_png(o, png, n_png, out))
        st = cannot_write();
    lept_free(jpeg);
    lept_free(png);
    return st;
}

enum status access_image_write(struct pdf_out *o, const unsigned char *bytes,
                               size_t n, enum media media, int index,
                               int megapixels_max, struct access_image *out)
{
    AUTO(pixDestroy) PIX *pix = NULL;
    bool damaged = false;
    if (access_image_pass(o, bytes, n, media, index, out))
        return STATUS_OK;
    enum status st =
        image_decode(bytes, n, media, index, 1, megapixels_max, &damaged, &pix);
    if (st != STATUS_OK)
        return st;
    return access_image_pixels(o, pix, out);
}
