/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A TIFF page in one strip of CCITT Group 4, the usual office scan, as an
 * image object: its bytes are what PDF calls CCITTFaxDecode with K -1. Any
 * other page is decoded.
 */
#include "pipeline/access_image.h"

#include "base/alloc.h"
#include "pipeline/tiff_ifd.h"
#include <stdlib.h>
#include <string.h>

enum {
    TAG_WIDTH = 256,
    TAG_HEIGHT = 257,
    TAG_BITS = 258,
    TAG_COMPRESSION = 259,
    TAG_PHOTOMETRIC = 262,
    TAG_FILL_ORDER = 266,
    TAG_STRIPS = 273,
    TAG_ORIENTATION = 274,
    TAG_SAMPLES = 277,
    TAG_STRIP_BYTES = 279,
    TAG_T6_OPTIONS = 293,
};

struct strip_page {
    uint32_t width, height, bits, compression, photometric, fill_order;
    uint32_t orientation, samples, t6_options;
    uint32_t strip_at, strip_n;
    bool one_strip;
};

static uint32_t number(const unsigned char *b, int n, bool big)
{
    uint32_t v = 0;
    for (int i = 0; i < n; i++)
        v = v << 8 | b[big ? i : n - 1 - i];
    return v;
}

static uint32_t *member(struct strip_page *p, unsigned tag)
{
    switch (tag) {
    case TAG_WIDTH:
        return &p->width;
    case TAG_HEIGHT:
        return &p->height;
    case TAG_BITS:
        return &p->bits;
    case TAG_COMPRESSION:
        return &p->compression;
    case TAG_PHOTOMETRIC:
        return &p->photometric;
    case TAG_FILL_ORDER:
        return &p->fill_order;
    case TAG_STRIPS:
        return &p->strip_at;
    case TAG_ORIENTATION:
        return &p->orientation;
    case TAG_SAMPLES:
        return &p->samples;
    case TAG_STRIP_BYTES:
        return &p->strip_n;
    case TAG_T6_OPTIONS:
        return &p->t6_options;
    default:
        return NULL;
    }
}

/* One entry of a directory: tag, type, count, value. */
static void read_entry(const unsigned char *e, bool big, struct strip_page *p)
{
    enum { SHORT = 3, LONG = 4 };
    unsigned tag = number(e, 2, big);
    unsigned type = number(e + 2, 2, big);
    uint32_t *value = member(p, tag);
    if (!value || (type != SHORT && type != LONG))
        return;
    if (number(e + 4, 4, big) != 1) {
        if (tag == TAG_STRIPS)
            p->one_strip = false;
        return;
    }
    *value = number(e + 8, type == SHORT ? 2 : 4, big);
}

static bool read_directory(const unsigned char *b, size_t n, int index,
                           struct strip_page *p)
{
    struct tiff_image image;
    bool big = n > 0 && b[0] == 'M';
    if (n < 8 || number(b + 2, 2, big) != 42 || /* not BigTIFF */
        tiff_image_find(b, n, index, &image) != STATUS_OK ||
        image.offset + 2 > n)
        return false;
    size_t at = (size_t)image.offset;
    size_t entries = number(b + at, 2, big);
    at += 2;
    if (entries * 12 > n - at)
        return false;
    for (size_t i = 0; i < entries; i++)
        read_entry(b + at + 12 * i, big, p);
    return true;
}

static bool can_pass(const struct strip_page *p, size_t n)
{
    const uint32_t group4 = 4;
    return p->one_strip && p->compression == group4 && p->bits == 1 &&
           p->samples == 1 && p->photometric <= 1 && p->orientation == 1 &&
           p->t6_options == 0 && p->width > 0 && p->height > 0 &&
           p->width <= 1000000 && p->height <= 1000000 && p->strip_n > 0 &&
           p->strip_at < n && p->strip_n <= n - p->strip_at &&
           (p->fill_order == 1 || p->fill_order == 2);
}

static unsigned char mirrored(unsigned char v)
{
    unsigned char out = 0;
    for (int i = 0; i < 8; i++)
        out |= (unsigned char)((v >> i & 1) << (7 - i));
    return out;
}

static void write_strip(struct pdf_out *o, const struct strip_page *p,
                        const unsigned char *strip, struct access_image *out)
{
    AUTO(free_char)
    char *entries = xasprintf(
        "/Type /XObject /Subtype /Image /Width %u /Height %u "
        "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode "
        "/DecodeParms << /K -1 /Columns %u /Rows %u /BlackIs1 %s >>",
        p->width, p->height, p->width, p->height,
        p->photometric == 0 ? "false" : "true");
    out->number = pdf_out_reserve(o);
    out->width_px = (int)p->width;
    out->height_px = (int)p->height;
    if (p->fill_order == 1) {
        pdf_out_stream(o, out->number, entries, strip, p->strip_n);
        return;
    }
    AUTO(free_void) unsigned char *turned = xcalloc(p->strip_n, 1);
    for (uint32_t i = 0; i < p->strip_n; i++)
        turned[i] = mirrored(strip[i]);
    pdf_out_stream(o, out->number, entries, turned, p->strip_n);
}

bool access_image_pass_tiff(struct pdf_out *o, const unsigned char *bytes,
                            size_t n, int index, struct access_image *out)
{
    struct strip_page p = {.bits = 1,
                           .compression = 1,
                           .photometric = 99,
                           .fill_order = 1,
                           .orientation = 1,
                           .samples = 1,
                           .one_strip = true};
    if (!read_directory(bytes, n, index, &p) || !can_pass(&p, n))
        return false;
    write_strip(o, &p, bytes + p.strip_at, out);
    return true;
}
