/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which way a picture takes into the access PDF. */
#include "pipeline/access_image.h"

#include "base/i18n.h"
#include "pipeline/decode.h"
#include "pipeline/leptonica.h"

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

/* A PNG is made of the pixels, for PDF can hold what is in a PNG; Leptonica
 * keeps depth and palette in it. */
enum status access_image_pixels(struct pdf_out *o, PIX *pix,
                                struct access_image *out)
{
    l_uint8 *png = NULL;
    size_t n = 0;
    if (pixGetDepth(pix) == 32)
        pixSetSpp(pix, 3);
    if (pixWriteMemPng(&png, &n, pix, 0.0f) != 0 || !png)
        return fail(STATUS_INVALID, _("the image cannot be written again"));
    bool done = access_image_pass_png(o, png, n, out);
    lept_free(png);
    if (!done)
        return fail(STATUS_INVALID, _("the image cannot be written again"));
    return STATUS_OK;
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
