/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PNG files as image objects: the compressed data is what PDF calls
 * FlateDecode with a PNG predictor, so it goes in as it is. Interlaced or
 * transparent pictures are none of these.
 */
#include "pipeline/access_image.h"

#include "base/alloc.h"
#include <stdlib.h>
#include <string.h>

#define SIDE_MAX 1000000u

enum { PNG_GREY = 0, PNG_RGB = 2, PNG_PALETTE = 3 };

struct png {
    uint32_t width_px, height_px;
    int bits, colour;
    const unsigned char *palette;
    size_t palette_n; /* colours */
    struct strbuf data;
};

static uint32_t number32(const unsigned char *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 |
           b[3];
}

/* The header; whether this kind can pass. */
static bool read_header(const unsigned char *b, struct png *p)
{
    p->width_px = number32(b);
    p->height_px = number32(b + 4);
    p->bits = b[8];
    p->colour = b[9];
    bool plain = b[10] == 0 && b[11] == 0 && b[12] == 0; /* not interlaced */
    bool bits =
        p->bits == 8 || (p->colour != PNG_RGB &&
                         (p->bits == 1 || p->bits == 2 || p->bits == 4));
    return plain && bits && p->width_px > 0 && p->height_px > 0 &&
           p->width_px <= SIDE_MAX && p->height_px <= SIDE_MAX &&
           (p->colour == PNG_GREY || p->colour == PNG_RGB ||
            p->colour == PNG_PALETTE);
}

/* Gather what is needed; whether the picture can pass. */
static bool read_chunks(const unsigned char *b, size_t n, struct png *p)
{
    size_t at = 8;
    bool header = false;
    while (at + 12 <= n) {
        size_t length = number32(b + at);
        const unsigned char *type = b + at + 4;
        const unsigned char *body = b + at + 8;
        if (length > n - at - 12)
            return false;
        if (memcmp(type, "IHDR", 4) == 0) {
            if (header || length != 13 || !read_header(body, p))
                return false;
            header = true;
        } else if (memcmp(type, "PLTE", 4) == 0) {
            p->palette = body;
            p->palette_n = length / 3;
        } else if (memcmp(type, "tRNS", 4) == 0) {
            return false;
        } else if (memcmp(type, "IDAT", 4) == 0) {
            strbuf_add(&p->data, body, length);
        } else if (memcmp(type, "IEND", 4) == 0) {
            break;
        }
        at += 12 + length;
    }
    return header && p->data.len > 0 &&
           (p->colour != PNG_PALETTE ||
            (p->palette_n > 0 && p->palette_n <= 256));
}

static void add_colour_space(const struct png *p, struct strbuf *out)
{
    if (p->colour != PNG_PALETTE) {
        strbuf_adds(out, p->colour == PNG_RGB ? "/DeviceRGB" : "/DeviceGray");
        return;
    }
    strbuf_addf(out, "[/Indexed /DeviceRGB %zu <", p->palette_n - 1);
    for (size_t i = 0; i < p->palette_n * 3; i++)
        strbuf_addf(out, "%02X", p->palette[i]);
    strbuf_adds(out, ">]");
}

static void write_png(struct pdf_out *o, const struct png *p,
                      struct access_image *out)
{
    struct strbuf entries;
    strbuf_init(&entries);
    strbuf_addf(&entries,
                "/Type /XObject /Subtype /Image /Width %u /Height %u "
                "/BitsPerComponent %d /ColorSpace ",
                (unsigned)p->width_px, (unsigned)p->height_px, p->bits);
    add_colour_space(p, &entries);
    strbuf_addf(&entries,
                " /Filter /FlateDecode /DecodeParms << /Predictor 15 "
                "/Colors %d /BitsPerComponent %d /Columns %u >>",
                p->colour == PNG_RGB ? 3 : 1, p->bits, (unsigned)p->width_px);
    out->number = pdf_out_reserve(o);
    out->width_px = (int)p->width_px;
    out->height_px = (int)p->height_px;
    pdf_out_stream(o, out->number, entries.s, p->data.s, p->data.len);
    strbuf_clear(&entries);
}

bool access_image_pass_png(struct pdf_out *o, const unsigned char *bytes,
                           size_t n, struct access_image *out)
{
    struct png p = {0};
    strbuf_init(&p.data);
    bool passes = n > 8 && read_chunks(bytes, n, &p);
    if (passes)
        write_png(o, &p, out);
    strbuf_clear(&p.data);
    return passes;
}
