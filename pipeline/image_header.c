/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Size and resolution of an image from its header alone, so that limits hold
 * before any decoder runs. JPEG (ITU T.81, JFIF), PNG and JPEG 2000 (boxes)
 * are read here because Leptonica gives their resolution only with the
 * decoded image; TIFF in tiff_ifd.c; WebP has none.
 */
#include "pipeline/decode.h"

#include "base/i18n.h"
#include "pipeline/leptonica.h"
#include "pipeline/tiff_ifd.h"
#include <math.h>
#include <string.h>

#define SIDE_MAX_PX 100000 /* longest side; Leptonica's own limit is 65535+ */
#define RATIO_MAX 200      /* of the sides of anything called a page */

static unsigned be16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static unsigned be32(const unsigned char *p)
{
    return be16(p) << 16 | be16(p + 2);
}

/* APP0 "JFIF": units and densities. */
static void jfif_density(const unsigned char *p, size_t n,
                         struct image_info *out)
{
    double factor;

    if (n < 12 || memcmp(p, "JFIF", 5) != 0)
        return;
    factor = p[7] == 1 ? 1 : p[7] == 2 ? 2.54 : 0;
    out->dpi_x = be16(p + 8) * factor;
    out->dpi_y = be16(p + 10) * factor;
}

/* APP1 "Exif": a TIFF whose first directory has the resolution; scanners and
 * cameras that write no JFIF segment put it only there. */
static void exif_density(const unsigned char *p, size_t n,
                         struct image_info *out)
{
    struct tiff_image image;

    if (n < 14 || memcmp(p, "Exif\0", 6) != 0 || out->dpi_x > 0)
        return;
    if (tiff_density(p + 6, n - 6, &image)) {
        out->dpi_x = image.dpi_x;
        out->dpi_y = image.dpi_y;
    }
}

static bool jpeg_is_frame(unsigned marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
           marker != 0xc8 && marker != 0xcc;
}

static bool jpeg_header(const unsigned char *p, size_t n,
                        struct image_info *out)
{
    size_t at = 2;

    while (at + 4 <= n) {
        unsigned marker;
        size_t length;

        if (p[at] != 0xff) {
            at++; /* rubbish between segments is common and harmless */
            continue;
        }
        marker = p[at + 1];
        if (marker == 0xff || marker == 0 || marker == 1 ||
            (marker >= 0xd0 && marker <= 0xd8)) {
            at += marker == 0xff ? 1 : 2;
            continue;
        }
        length = be16(p + at + 2);
        if (length < 2 || at + 2 + length > n || marker == 0xd9)
            return false;
        if (jpeg_is_frame(marker) && length >= 8) {
            out->height_px = (int)be16(p + at + 5);
            out->width_px = (int)be16(p + at + 7);
            out->bits = p[at + 9] == 1 ? 8 : 32;
            return true;
        }
        if (marker == 0xe0)
            jfif_density(p + at + 4, length - 2, out);
        if (marker == 0xe1)
            exif_density(p + at + 4, length - 2, out);
        at += 2 + length;
    }
    return false;
}

static bool png_header(const unsigned char *p, size_t n,
                       struct image_info *out)
{
    static const int samples[] = {1, 0, 3, 1, 2, 0, 4};
    size_t at = 8;

    if (n < 33 || memcmp(p + 12, "IHDR", 4) != 0 || p[25] > 6 ||
        be32(p + 16) > INT32_MAX || be32(p + 20) > INT32_MAX)
        return false;
    out->width_px = (int)be32(p + 16);
    out->height_px = (int)be32(p + 20);
    out->bits = p[24] * samples[p[25]];
    if (out->bits > 8)
        out->bits = 32;
    while (at + 12 <= n && memcmp(p + at + 4, "IDAT", 4) != 0) {
        size_t length = be32(p + at);

        if (length > n - at - 12)
            break;
        if (memcmp(p + at + 4, "pHYs", 4) == 0 && length == 9 &&
            p[at + 16] == 1) {
            out->dpi_x = be32(p + at + 8) * 0.0254;
            out->dpi_y = be32(p + at + 12) * 0.0254;
        }
        at += 12 + length;
    }
    return out->bits > 0;
}

/* Capture or display resolution box of JP2: two fractions and two powers of
 * ten, pixels a metre, vertical first. */
static void jp2_density(const unsigned char *p, size_t n,
                        struct image_info *out)
{
    static const char *const names[] = {"resc", "resd"};

    for (size_t k = 0; k < 2 && out->dpi_x == 0; k++) {
        const unsigned char *b = memmem(p, n, names[k], 4);

        if (b == NULL || (size_t)(p + n - b) < 14 || be16(b + 6) == 0 ||
            be16(b + 10) == 0)
            continue;
        out->dpi_y = 0.0254 * be16(b + 4) / be16(b + 6) *
                     pow(10, (signed char)b[12]);
        out->dpi_x = 0.0254 * be16(b + 8) / be16(b + 10) *
                     pow(10, (signed char)b[13]);
    }
}

static bool jp2_header(const unsigned char *p, size_t n,
                       struct image_info *out)
{
    int bits = 0, samples = 0;

    if (readHeaderMemJp2k(p, n, &out->width_px, &out->height_px, &bits,
                          &samples, NULL) != 0)
        return false;
    out->bits = samples > 1 ? 32 : 8;
    jp2_density(p, n < 512 ? n : 512, out);
    return true;
}

static enum status tiff_header(const unsigned char *p, size_t n, int index,
                               struct image_info *out)
{
    struct tiff_image image;
    enum status st = tiff_image_find(p, n, index, &image);

    if (st != STATUS_OK)
        return st;
    if (image.width_px > SIDE_MAX_PX || image.height_px > SIDE_MAX_PX)
        return fail(STATUS_LIMIT, _("the image is %u × %u pixels, a side may "
                                    "have %d"),
                    image.width_px, image.height_px, SIDE_MAX_PX);
    out->width_px = (int)image.width_px;
    out->height_px = (int)image.height_px;
    out->bits = image.samples == 1 && image.bits <= 8 ? (int)image.bits : 32;
    out->dpi_x = image.dpi_x;
    out->dpi_y = image.dpi_y;
    return STATUS_OK;
}

static enum status check_limits(const struct image_info *info,
                                int megapixels_max)
{
    double pixels = (double)info->width_px * info->height_px;
    int longer = info->width_px > info->height_px ? info->width_px
                                                  : info->height_px;
    int shorter = info->width_px > info->height_px ? info->height_px
                                                   : info->width_px;

    if (shorter <= 0)
        return fail(STATUS_INVALID, _("the image has no pixels"));
    if (pixels > megapixels_max * 1e6)
        return fail(STATUS_LIMIT,
                    _("the image is %d × %d pixels; pages may have %d million "
                      "(page_megapixels)"),
                    info->width_px, info->height_px, megapixels_max);
    if (longer > SIDE_MAX_PX || (longer > 2000 && longer / shorter > RATIO_MAX))
        return fail(STATUS_LIMIT,
                    _("the image is %d × %d pixels, which is no page"),
                    info->width_px, info->height_px);
    return STATUS_OK;
}

/* 0 and nonsense (a default of 72 is believed: the paper decides later). */
static double plausible_dpi(double dpi)
{
    return dpi >= 50 && dpi <= 2400 ? dpi : 0;
}

enum status image_header(const unsigned char *bytes, size_t n,
                         enum media media, int index, int megapixels_max,
                         struct image_info *out)
{
    struct image_info info = {0};
    enum status st = STATUS_OK;
    bool known = true;
    int samples = 0;

    switch (media) {
    case MEDIA_JPEG: known = jpeg_header(bytes, n, &info); break;
    case MEDIA_PNG: known = png_header(bytes, n, &info); break;
    case MEDIA_JP2: known = jp2_header(bytes, n, &info); break;
    case MEDIA_TIFF: st = tiff_header(bytes, n, index, &info); break;
    case MEDIA_WEBP:
        known = readHeaderMemWebP(bytes, n, &info.width_px, &info.height_px,
                                  &samples) == 0;
        info.bits = 32;
        break;
    default:
        return fail(STATUS_UNSUPPORTED, _("%s is not an image hoso decodes"),
                    media_type(media));
    }
    if (st != STATUS_OK)
        return st;
    if (!known)
        return fail(STATUS_INVALID,
                    _("the header of the %s image cannot be read; the file is "
                      "damaged or cut off"),
                    media_extension(media));
    info.dpi_x = plausible_dpi(info.dpi_x);
    info.dpi_y = plausible_dpi(info.dpi_y);
    if (info.dpi_x == 0 || info.dpi_y == 0)
        info.dpi_x = info.dpi_y = 0;
    st = check_limits(&info, megapixels_max);
    if (st == STATUS_OK)
        *out = info;
    return st;
}
