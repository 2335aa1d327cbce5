/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A chain of directories, each a count, then entries of fixed size, then the
 * offset of the next:
 *
 *     classic  "II*\0" offset32      count16  12-byte entries  next32
 *     big      "II+\0" 8 0 offset64  count64  20-byte entries  next64
 *
 * Every read is checked against the length; nothing is trusted.
 */
#include "pipeline/tiff_ifd.h"

#include "base/i18n.h"
#include <stdbool.h>

#define DIRECTORIES_MAX 65536 /* a chain longer than that is a loop */

enum {
    TAG_WIDTH = 256,
    TAG_HEIGHT = 257,
    TAG_BITS = 258,
    TAG_SAMPLES = 277,
    TAG_X_RESOLUTION = 282,
    TAG_Y_RESOLUTION = 283,
    TAG_RESOLUTION_UNIT = 296,
};

struct tiff {
    const unsigned char *bytes;
    size_t n;
    bool little;
    bool big; /* BigTIFF */
};

/* `size` bytes at `at` as an unsigned number; 0 beyond the end. */
static uint64_t number_at(const struct tiff *t, uint64_t at, unsigned size)
{
    uint64_t value = 0;

    if (at > t->n || t->n - at < size)
        return 0;
    for (unsigned i = 0; i < size; i++) {
        unsigned shift = t->little ? i : size - 1 - i;

        value |= (uint64_t)t->bytes[at + i] << (8 * shift);
    }
    return value;
}

static bool tiff_open(const unsigned char *bytes, size_t n, struct tiff *t,
                      uint64_t *first)
{
    uint64_t version;

    *t = (struct tiff){.bytes = bytes, .n = n};
    if (n < 8 || bytes[0] != bytes[1] || (bytes[0] != 'I' && bytes[0] != 'M'))
        return false;
    t->little = bytes[0] == 'I';
    version = number_at(t, 2, 2);
    t->big = version == 43;
    if (version != 42 && version != 43)
        return false;
    *first = t->big ? number_at(t, 8, 8) : number_at(t, 4, 4);
    return *first != 0;
}

static uint64_t entry_count(const struct tiff *t, uint64_t at)
{
    uint64_t count = number_at(t, at, t->big ? 8 : 2);

    return count > 4096 ? 0 : count; /* a real page has some twenty */
}

static uint64_t next_directory(const struct tiff *t, uint64_t at)
{
    uint64_t count = entry_count(t, at);

    if (count == 0)
        return 0;
    return t->big ? number_at(t, at + 8 + count * 20, 8)
                  : number_at(t, at + 2 + count * 12, 4);
}

enum status tiff_count(const unsigned char *bytes, size_t n, int max, int *out)
{
    struct tiff t;
    uint64_t at;
    int count = 0;

    if (!tiff_open(bytes, n, &t, &at))
        return fail(STATUS_INVALID, _("not a TIFF image"));
    while (at != 0 && at < n && count <= max && count < DIRECTORIES_MAX &&
           entry_count(&t, at) > 0) {
        count++;
        at = next_directory(&t, at);
    }
    if (count == 0)
        return fail(STATUS_INVALID,
                    _("the TIFF file has no image; it may be cut off"));
    *out = count;
    return STATUS_OK;
}

/* Value of a number entry whose first value is at `at` of type `type`. */
static uint32_t short_or_long(const struct tiff *t, unsigned type,
                              uint64_t count, uint64_t at)
{
    unsigned size = type == 3 ? 2 : type == 16 ? 8 : type == 1 ? 1 : 4;
    uint64_t room = t->big ? 8 : 4;
    uint64_t value;

    if (count * size > room)
        at = number_at(t, at, (unsigned)room);
    value = number_at(t, at, size);
    return value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

static double rational(const struct tiff *t, uint64_t at)
{
    uint64_t top, bottom;

    if (!t->big)
        at = number_at(t, at, 4);
    top = number_at(t, at, 4);
    bottom = number_at(t, at + 4, 4);
    return bottom ? (double)top / (double)bottom : 0;
}

static void read_directory(const struct tiff *t, uint64_t at,
                           struct tiff_image *image)
{
    uint64_t count = entry_count(t, at);
    uint64_t entry = at + (t->big ? 8 : 2);
    uint64_t step = t->big ? 20 : 12;
    uint32_t unit = 2; /* inch, the default of the specification */

    *image = (struct tiff_image){.offset = at, .bits = 1, .samples = 1};
    for (uint64_t i = 0; i < count; i++, entry += step) {
        unsigned tag = (unsigned)number_at(t, entry, 2);
        unsigned type = (unsigned)number_at(t, entry + 2, 2);
        uint64_t values = number_at(t, entry + 4, t->big ? 8 : 4);
        uint64_t value_at = entry + (t->big ? 12 : 8);
        uint32_t value = values > 65536
                             ? 0
                             : short_or_long(t, type, values, value_at);

        switch (tag) {
        case TAG_WIDTH: image->width_px = value; break;
        case TAG_HEIGHT: image->height_px = value; break;
        case TAG_BITS: image->bits = value; break;
        case TAG_SAMPLES: image->samples = value; break;
        case TAG_RESOLUTION_UNIT: unit = value; break;
        case TAG_X_RESOLUTION: image->dpi_x = rational(t, value_at); break;
        case TAG_Y_RESOLUTION: image->dpi_y = rational(t, value_at); break;
        default: break;
        }
    }
    if (unit == 3) { /* dots per centimetre */
        image->dpi_x *= 2.54;
        image->dpi_y *= 2.54;
    } else if (unit != 2) {
        image->dpi_x = image->dpi_y = 0;
    }
}

enum status tiff_image_find(const unsigned char *bytes, size_t n, int index,
                            struct tiff_image *out)
{
    struct tiff t;
    struct tiff_image image;
    uint64_t at;

    if (!tiff_open(bytes, n, &t, &at))
        return fail(STATUS_INVALID, _("not a TIFF image"));
    for (int i = 0; i < index && at != 0 && at < n; i++)
        at = next_directory(&t, at);
    if (at == 0 || at >= n || entry_count(&t, at) == 0)
        return fail(STATUS_INVALID, _("the TIFF file has no page %d"),
                    index + 1);
    read_directory(&t, at, &image);
    if (image.width_px == 0 || image.height_px == 0)
        return fail(STATUS_INVALID,
                    _("page %d of the TIFF file has no size; the file may be "
                      "cut off"),
                    index + 1);
    *out = image;
    return STATUS_OK;
}

bool tiff_density(const unsigned char *bytes, size_t n, struct tiff_image *out)
{
    struct tiff t;
    uint64_t at;

    if (!tiff_open(bytes, n, &t, &at) || at >= n)
        return false;
    read_directory(&t, at, out);
    return out->dpi_x > 0 && out->dpi_y > 0;
}
