/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A composite font over a TrueType program of our own making: two empty
 * glyphs (TrueType needs glyph 0), all widths equal, no outline at all. PDF/A
 * wants every font embedded, even one that never leaves a mark.
 */
#include "pipeline/pdf_font.h"

#include "base/alloc.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

#define EM 1000
#define ADVANCE 500
#define CODES_MAX 65535 /* two bytes; code 0 is .notdef */
#define TABLES 8

struct pdf_font {
    int32_t *points; /* by code; [0] is unused */
    int n, cap;
    uint16_t bmp[65536]; /* code by code point; 0: none yet */
};

struct pdf_font *pdf_font_new(void)
{
    struct pdf_font *f = xcalloc(1, sizeof(*f));
    GROW(f->points, f->n, f->cap);
    f->points[f->n++] = 0;
    return f;
}

void pdf_font_free(struct pdf_font *f)
{
    if (!f)
        return;
    free(f->points);
    free(f);
}

static int find_beyond_bmp(const struct pdf_font *f, int32_t cp)
{
    for (int i = 1; i < f->n; i++) {
        if (f->points[i] == cp)
            return i;
    }
    return 0;
}

static int code_of(struct pdf_font *f, int32_t cp)
{
    int code = cp <= 0xFFFF ? f->bmp[cp] : find_beyond_bmp(f, cp);
    if (code != 0)
        return code;
    if (f->n > CODES_MAX)
        return code_of(f, 0xFFFD);
    GROW(f->points, f->n, f->cap);
    code = f->n++;
    f->points[code] = cp;
    if (cp <= 0xFFFF)
        f->bmp[cp] = (uint16_t)code;
    return code;
}

/* Code points a ToUnicode map may not give (ISO 19005-2, 6.2.11.7.2). */
static bool is_mappable(int32_t cp)
{
    return cp > 0 && cp != 0xFEFF && cp != 0xFFFE && cp != 0xFFFF;
}

int pdf_font_encode(struct pdf_font *f, const char *text, struct strbuf *out)
{
    size_t n = strlen(text);
    int characters = 0;
    for (size_t pos = 0; pos < n; characters++) {
        int32_t cp = text_next(text, n, &pos);
        strbuf_addf(out, "%04X", code_of(f, is_mappable(cp) ? cp : 0xFFFD));
    }
    return characters;
}

/* ---- the TrueType program ---- */

static void put_words(struct strbuf *b, const unsigned *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        strbuf_add16(b, words[i]);
}

static void table_head(struct strbuf *b)
{
    static const unsigned rest[] = {
        3, EM,             /* flags, units per em */
        0, 0,  0,       0, /* created: no time, so that it is always the same */
        0, 0,  0,       0, /* modified */
        0, 0,  ADVANCE, 0, /* bounding box; never empty for picky readers */
        0, 8,  2,       0, 0, /* style, smallest size, direction, loca, glyf */
    };
    strbuf_add32(b, 0x00010000);
    strbuf_add32(b, 0x00010000);
    strbuf_add32(b, 0); /* checkSumAdjustment, set at the end */
    strbuf_add32(b, 0x5F0F3CF5);
    put_words(b, rest, ARRAY_LEN(rest));
}

static void table_hhea(struct strbuf *b)
{
    /* Ascent, descent, gap, widest, bearings, extent, caret, format, count. */
    static const unsigned rest[] = {800, 65536 - 200, 0, ADVANCE, 0, 0, 0, 1,
                                    0,   0,           0, 0,       0, 0, 0, 2};
    strbuf_add32(b, 0x00010000);
    put_words(b, rest, ARRAY_LEN(rest));
}

static void table_hmtx(struct strbuf *b)
{
    static const unsigned both[] = {ADVANCE, 0, ADVANCE, 0};
    put_words(b, both, ARRAY_LEN(both));
}

static void table_maxp(struct strbuf *b)
{
    static const unsigned rest[] = {2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    strbuf_add32(b, 0x00010000);
    put_words(b, rest, ARRAY_LEN(rest));
}

static void table_loca(struct strbuf *b)
{
    static const unsigned empty[] = {0, 0, 0};
    put_words(b, empty, ARRAY_LEN(empty));
}

static void table_glyf(struct strbuf *b)
{
    strbuf_add32(b, 0); /* some readers refuse a table of no length */
}

/* One segment that says "nothing": codes do not go by cmap in a PDF. */
static void table_cmap(struct strbuf *b)
{
    static const unsigned words[] = {0,      1,  3,      1, 0, 12, /* header */
                                     4,      24, 0,      2, 2, 0,
                                     0, /* format 4 */
                                     0xFFFF, 0,  0xFFFF, 1, 0};
    put_words(b, words, ARRAY_LEN(words));
}

static void table_post(struct strbuf *b)
{
    strbuf_add32(b, 0x00030000); /* no glyph names */
    for (int i = 0; i < 7; i++)
        strbuf_add32(b, 0);
}

static uint32_t checksum(const char *bytes, size_t n)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (uint32_t)(unsigned char)bytes[i] << (24 - 8 * (i % 4));
    return sum;
}

static void pad(struct strbuf *b)
{
    while (b->len % 4)
        strbuf_addc(b, 0);
}

/* The whole program; the tables stand in the order of their names. */
static void make_program(struct strbuf *out)
{
    static const struct {
        const char *name;
        void (*write)(struct strbuf *);
    } tables[TABLES] = {
        {"cmap", table_cmap}, {"glyf", table_glyf}, {"head", table_head},
        {"hhea", table_hhea}, {"hmtx", table_hmtx}, {"loca", table_loca},
        {"maxp", table_maxp}, {"post", table_post},
    };
    struct strbuf data;
    size_t head_at = 0;
    strbuf_init(&data);
    strbuf_add32(out, 0x00010000);
    strbuf_add16(out, TABLES);
    strbuf_add16(out, 128); /* 16 × the largest power of two in TABLES */
    strbuf_add16(out, 3);   /* its logarithm */
    strbuf_add16(out, 0);
    for (int i = 0; i < TABLES; i++) {
        size_t from = data.len;
        tables[i].write(&data);
        size_t n = data.len - from;
        pad(&data);
        if (tables[i].write == table_head)
            head_at = 12 + 16 * TABLES + from;
        strbuf_add(out, tables[i].name, 4);
        strbuf_add32(out, checksum(data.s + from, data.len - from));
        strbuf_add32(out, (uint32_t)(12 + 16 * TABLES + from));
        strbuf_add32(out, (uint32_t)n);
    }
    strbuf_add(out, data.s, data.len);
    strbuf_clear(&data);
    uint32_t adjust = 0xB1B0AFBAu - checksum(out->s, out->len);
    for (int i = 0; i < 4; i++)
        out->s[head_at + 8 + (size_t)i] = (char)(adjust >> (24 - 8 * i));
}

/* ---- the font as PDF objects ---- */

static void add_utf16(struct strbuf *out, int32_t cp)
{
    if (cp > 0xFFFF) {
        cp -= 0x10000;
        strbuf_addf(out, "%04X%04X", 0xD800 + (unsigned)(cp >> 10),
                    0xDC00 + (unsigned)(cp & 0x3FF));
        return;
    }
    strbuf_addf(out, "%04X", (unsigned)cp);
}

static void write_to_unicode(const struct pdf_font *f, struct pdf_out *o,
                             int number)
{
    struct strbuf map;
    strbuf_init(&map);
    strbuf_adds(&map, "/CIDInit /ProcSet findresource begin\n"
                      "12 dict begin\nbegincmap\n"
                      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) "
                      "/Supplement 0 >> def\n"
                      "/CMapName /Adobe-Identity-UCS def\n"
                      "/CMapType 2 def\n"
                      "1 begincodespacerange\n<0000> <FFFF>\n"
                      "endcodespacerange\n");
    for (int i = 1; i < f->n; i += 100) {
        int end = i + 100 < f->n ? i + 100 : f->n;
        strbuf_addf(&map, "%d beginbfchar\n", end - i);
        for (int code = i; code < end; code++) {
            strbuf_addf(&map, "<%04X> <", code);
            add_utf16(&map, f->points[code]);
            strbuf_adds(&map, ">\n");
        }
        strbuf_adds(&map, "endbfchar\n");
    }
    strbuf_adds(&map, "endcmap\nCMapName currentdict /CMap defineresource pop\n"
                      "end\nend\n");
    pdf_out_flate(o, number, "", map.s, map.len);
    strbuf_clear(&map);
}

/* Every code is glyph 1; code 0 is glyph 0. */
static void write_glyph_map(const struct pdf_font *f, struct pdf_out *o,
                            int number)
{
    struct strbuf map;
    strbuf_init(&map);
    for (int i = 0; i < f->n; i++)
        strbuf_add16(&map, i > 0);
    pdf_out_flate(o, number, "", map.s, map.len);
    strbuf_clear(&map);
}

static void write_program(struct pdf_out *o, int number)
{
    struct strbuf program;
    strbuf_init(&program);
    make_program(&program);
    AUTO(free_char) char *entries = xasprintf("/Length1 %zu", program.len);
    pdf_out_flate(o, number, entries, program.s, program.len);
    strbuf_clear(&program);
}

void pdf_font_write(const struct pdf_font *f, struct pdf_out *o, int number)
{
    static const char name[] = "HosoInvisible";
    int descendant = pdf_out_reserve(o);
    int descriptor = pdf_out_reserve(o);
    int program = pdf_out_reserve(o);
    int glyphs = pdf_out_reserve(o);
    int unicode = pdf_out_reserve(o);
    pdf_out_object(o, number,
                   "<< /Type /Font /Subtype /Type0 /BaseFont /%s "
                   "/Encoding /Identity-H /DescendantFonts [%d 0 R] "
                   "/ToUnicode %d 0 R >>",
                   name, descendant, unicode);
    pdf_out_object(o, descendant,
                   "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s "
                   "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
                   "/Supplement 0 >> /FontDescriptor %d 0 R /DW %d "
                   "/CIDToGIDMap %d 0 R >>",
                   name, descriptor, ADVANCE, glyphs);
    pdf_out_object(o, descriptor,
                   "<< /Type /FontDescriptor /FontName /%s /Flags 4 "
                   "/FontBBox [0 0 %d 0] /ItalicAngle 0 /Ascent 800 "
                   "/Descent -200 /CapHeight 800 /StemV 80 /FontFile2 %d 0 R "
                   ">>",
                   name, ADVANCE, program);
    write_program(o, program);
    write_glyph_map(f, o, glyphs);
    write_to_unicode(f, o, unicode);
}
