/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JPEG and JPEG 2000 files as image objects, byte for byte. Only what every
 * PDF reader shows alike passes: 8 bits a sample, grey or RGB. Four inks mean
 * nothing under an sRGB output intent, so CMYK is decoded instead.
 */
#include "pipeline/access_image.h"

#include "base/alloc.h"
#include <stdlib.h>
#include <string.h>

static unsigned number16(const unsigned char *b)
{
    return (unsigned)b[0] << 8 | b[1];
}

static uint32_t number32(const unsigned char *b)
{
    return (uint32_t)number16(b) << 16 | number16(b + 2);
}

static const char *colour_space(int components)
{
    return components == 1 ? "/DeviceGray" : "/DeviceRGB";
}

static void write_image(struct pdf_out *o, const unsigned char *bytes, size_t n,
                        const char *filter, int components,
                        struct access_image *out)
{
    AUTO(free_char)
    char *entries = xasprintf(
        "/Type /XObject /Subtype /Image /Width %d /Height %d "
        "/ColorSpace %s /BitsPerComponent 8 /Filter /%s",
        out->width_px, out->height_px, colour_space(components), filter);
    out->number = pdf_out_reserve(o);
    pdf_out_stream(o, out->number, entries, bytes, n);
}

/* ---- JPEG: ITU T.81 ---- */

/* Start of frame of the kinds PDF knows: baseline, extended, progressive,
 * all with Huffman coding. */
static bool is_frame(unsigned marker)
{
    return marker == 0xC0 || marker == 0xC1 || marker == 0xC2;
}

/* The other starts of frame: lossless, hierarchical, arithmetic. */
static bool is_odd_frame(unsigned marker)
{
    return marker >= 0xC3 && marker <= 0xCF && marker != 0xC4 &&
           marker != 0xC8 && marker != 0xCC;
}

/* The segment of the frame header, behind its length; NULL if none fits. */
static const unsigned char *find_frame(const unsigned char *b, size_t n,
                                       size_t *length)
{
    size_t at = 2;
    while (at + 4 <= n && b[at] == 0xFF) {
        unsigned marker = b[at + 1];
        if (marker == 0xFF) { /* filling */
            at++;
            continue;
        }
        if (marker == 0xDA || marker == 0xD9 || is_odd_frame(marker))
            return NULL;
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
            at += 2; /* alone, without a length */
            continue;
        }
        size_t segment = number16(b + at + 2);
        if (segment < 2 || at + 2 + segment > n)
            return NULL;
        if (is_frame(marker)) {
            *length = segment - 2;
            return b + at + 4;
        }
        at += 2 + segment;
    }
    return NULL;
}

bool access_image_pass_jpeg(struct pdf_out *o, const unsigned char *bytes,
                            size_t n, struct access_image *out)
{
    size_t length = 0;
    if (n < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8)
        return false;
    const unsigned char *frame = find_frame(bytes, n, &length);
    if (!frame || length < 6)
        return false;
    int components = frame[5];
    out->height_px = (int)number16(frame + 1);
    out->width_px = (int)number16(frame + 3);
    if (frame[0] != 8 || (components != 1 && components != 3) ||
        out->width_px == 0 || out->height_px == 0)
        return false;
    write_image(o, bytes, n, "DCTDecode", components, out);
    return true;
}

/* ---- JPEG 2000: ISO 15444-1, annex I ---- */

struct jp2 {
    uint32_t width_px, height_px;
    unsigned components, bits; /* 8 is written as 7 */
    bool has_header, has_colour;
    bool plain; /* nothing in it that changes what a sample means */
};

struct jp2_box {
    uint32_t type;
    const unsigned char *body;
    size_t n;
    size_t all; /* with its head */
};

static bool read_box(const unsigned char *b, size_t n, struct jp2_box *out)
{
    if (n < 8)
        return false;
    uint64_t length = number32(b);
    size_t head = 8;
    if (length == 1 && n >= 16) {
        length = (uint64_t)number32(b + 8) << 32 | number32(b + 12);
        head = 16;
    }
    if (length == 0)
        length = n;
    if (length < head || length > n)
        return false;
    *out = (struct jp2_box){number32(b + 4), b + head, (size_t)length - head,
                            (size_t)length};
    return true;
}

#define BOX(a, b, c, d)                                               \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | \
     (uint32_t)(d))

static void read_colour(const struct jp2_box *box, struct jp2 *j)
{
    const uint32_t srgb = 16;
    const uint32_t grey = 17;
    uint32_t space =
        box->n >= 7 && box->body[0] == 1 ? number32(box->body + 3) : 0;
    if (j->has_colour || (space != srgb && space != grey))
        j->plain = false;
    if ((space == grey) != (j->components == 1))
        j->plain = false;
    j->has_colour = true;
}

static void read_header(const struct jp2_box *header, struct jp2 *j)
{
    struct jp2_box box;
    for (size_t at = 0; read_box(header->body + at, header->n - at, &box);
         at += box.all) {
        switch (box.type) {
        case BOX('i', 'h', 'd', 'r'):
            if (box.n < 14)
                return;
            j->height_px = number32(box.body);
            j->width_px = number32(box.body + 4);
            j->components = number16(box.body + 8);
            j->bits = box.body[10];
            j->has_header = true;
            break;
        case BOX('c', 'o', 'l', 'r'):
            read_colour(&box, j);
            break;
        case BOX('p', 'c', 'l', 'r'): /* palette */
        case BOX('c', 'm', 'a', 'p'):
        case BOX('c', 'd', 'e', 'f'): /* alpha, or channels out of order */
        case BOX('b', 'p', 'c', 'c'):
            j->plain = false;
            break;
        default:
            break;
        }
    }
}

bool access_image_pass_jp2(struct pdf_out *o, const unsigned char *bytes,
                           size_t n, struct access_image *out)
{
    struct jp2 j = {.plain = true};
    struct jp2_box box;
    for (size_t at = 0; read_box(bytes + at, n - at, &box); at += box.all) {
        if (box.type == BOX('j', 'p', '2', 'h'))
            read_header(&box, &j);
    }
    if (!j.plain || !j.has_header || !j.has_colour || j.bits != 7 ||
        (j.components != 1 && j.components != 3) || j.width_px == 0 ||
        j.height_px == 0 || j.width_px > INT32_MAX || j.height_px > INT32_MAX)
        return false;
    out->width_px = (int)j.width_px;
    out->height_px = (int)j.height_px;
    write_image(o, bytes, n, "JPXDecode", (int)j.components, out);
    return true;
}
