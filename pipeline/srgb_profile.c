/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sRGB colour space as an ICC profile: three primaries (adapted to D50)
 * and one tone curve. Made from the numbers of the standard, so that no
 * foreign profile with a licence of its own is carried along.
 */
#include "pipeline/srgb_profile.h"

#include "base/compiler.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

#define CURVE_POINTS 1024
#define HEADER_BYTES 128
#define TAGS 9

static void put_zeros(struct strbuf *b, size_t n)
{
    while (n-- > 0)
        strbuf_addc(b, 0);
}

/* s15Fixed16 */
static void put_fixed(struct strbuf *b, double v)
{
    strbuf_add32(b, (uint32_t)(int32_t)lround(v * 65536));
}

static void put_xyz(struct strbuf *b, const double xyz[3])
{
    strbuf_add(b, "XYZ ", 4);
    strbuf_add32(b, 0);
    for (int i = 0; i < 3; i++)
        put_fixed(b, xyz[i]);
}

static void put_description(struct strbuf *b)
{
    static const char text[] = "sRGB IEC61966-2.1";
    strbuf_add(b, "desc", 4);
    strbuf_add32(b, 0);
    strbuf_add32(b, sizeof(text));
    strbuf_add(b, text, sizeof(text));
    put_zeros(b, 4 + 4 + 2 + 1 + 67); /* no Unicode, no ScriptCode text */
}

static void put_copyright(struct strbuf *b)
{
    static const char text[] = "No copyright, use freely";
    strbuf_add(b, "text", 4);
    strbuf_add32(b, 0);
    strbuf_add(b, text, sizeof(text));
}

static void put_curve(struct strbuf *b)
{
    strbuf_add(b, "curv", 4);
    strbuf_add32(b, 0);
    strbuf_add32(b, CURVE_POINTS);
    for (int i = 0; i < CURVE_POINTS; i++) {
        double v = (double)i / (CURVE_POINTS - 1);
        double linear =
            v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
        strbuf_add16(b, (unsigned)lround(linear * 65535));
    }
}

static void put_header(struct strbuf *b, uint32_t bytes)
{
    static const double d50[3] = {0.9642, 1.0, 0.8249};
    size_t from = b->len;
    strbuf_add32(b, bytes);
    strbuf_add32(b, 0);          /* no colour management module is preferred */
    strbuf_add32(b, 0x02100000); /* version 2.1 */
    strbuf_add(b, "mntrRGB XYZ ", 12);
    /* a fixed date, so that the bytes are always the same */
    strbuf_add16(b, 2022);
    strbuf_add16(b, 1);
    strbuf_add16(b, 1);
    put_zeros(b, 6);
    strbuf_add(b, "acsp", 4);
    put_zeros(b, 4 + 4 + 4 + 4 + 8 + 4);
    for (int i = 0; i < 3; i++)
        put_fixed(b, d50[i]);
    put_zeros(b, HEADER_BYTES - (b->len - from));
}

void srgb_profile_make(struct strbuf *out)
{
    static const double white[3] = {0.9642, 1.0, 0.8249};
    static const double red[3] = {0.4360747, 0.2225045, 0.0139322};
    static const double green[3] = {0.3850649, 0.7168786, 0.0971045};
    static const double blue[3] = {0.1430804, 0.0606169, 0.7141733};
    static const char names[TAGS][5] = {"desc", "cprt", "wtpt", "rXYZ", "gXYZ",
                                        "bXYZ", "rTRC", "gTRC", "bTRC"};
    const double *points[TAGS] = {
        [2] = white, [3] = red, [4] = green, [5] = blue};
    size_t at[TAGS + 1];
    size_t start = HEADER_BYTES + 4 + 12 * TAGS;
    struct strbuf data;
    strbuf_init(&data);
    for (int i = 0; i < TAGS; i++) {
        at[i] = data.len;
        if (points[i])
            put_xyz(&data, points[i]);
        else if (i == 0)
            put_description(&data);
        else if (i == 1)
            put_copyright(&data);
        else if (i == 6)
            put_curve(&data);
        put_zeros(&data, (4 - data.len % 4) % 4);
    }
    at[TAGS] = data.len;
    put_header(out, (uint32_t)(start + data.len));
    strbuf_add32(out, TAGS);
    for (int i = 0; i < TAGS; i++) {
        int place = i > 6 ? 6 : i; /* one curve for all three */
        strbuf_add(out, names[i], 4);
        strbuf_add32(out, (uint32_t)(start + at[place]));
        strbuf_add32(out, (uint32_t)(at[place + 1] - at[place]));
    }
    strbuf_add(out, data.s, data.len);
    strbuf_clear(&data);
}
