/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text into numbers and back; see indexer/codes.h. */
#include "indexer/codes.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "indexer/syllable.h"
#include "indexer/tokens.h"
#include <stdlib.h>
#include <string.h>

enum { SECTION = 0, GLUES = 64, LITERAL_MAX = 255 - GLUES };

#define GLUE(s)          \
    {                    \
        s, sizeof(s) - 1 \
    }

/* The order is part of the form of the index. */
static const struct glue {
    char text[4];
    unsigned char n;
} glues[] = {
    {{SECTION_END}, 1}, GLUE(""),    GLUE(","),   GLUE("."),   GLUE(";"),
    GLUE(":"),          GLUE("/"),   GLUE("-"),   GLUE("("),   GLUE(")"),
    GLUE("\""),         GLUE(".\n"), GLUE(",\n"), GLUE(";\n"), GLUE(":\n"),
    GLUE(")\n"),        GLUE("),"),  GLUE(")."),  GLUE(");"),  GLUE("..."),
    GLUE("-\n"),        GLUE("+"),   GLUE("*"),   GLUE("'"),   GLUE("?"),
    GLUE("!"),          GLUE("_"),   GLUE("%"),   GLUE("="),   GLUE("|"),
    GLUE("@"),          GLUE("&"),   GLUE("["),   GLUE("]"),   GLUE("\\"),
};

static void add_varint(struct strbuf *out, uint32_t v)
{
    while (v >= 0x80) {
        strbuf_addc(out, (char)(v | 0x80));
        v >>= 7;
    }
    strbuf_addc(out, (char)v);
}

static int known_glue(const char *text, size_t n)
{
    for (size_t i = 0; i < ARRAY_LEN(glues); i++)
        if (glues[i].n == n && memcmp(glues[i].text, text, n) == 0)
            return (int)i;
    return -1;
}

/* An item with a glue behind it; what is longer than one holds goes on in
 * items without a word. */
static void add_glue(struct strbuf *out, uint32_t id, const char *text,
                     size_t n, bool spaced)
{
    size_t part = n > LITERAL_MAX ? LITERAL_MAX : n;
    bool last = part == n;
    int known = last ? known_glue(text, n) : -1;
    add_varint(out, id << 2 | (last && spaced ? 3 : 2));
    strbuf_addc(out, (char)(known >= 0 ? known : GLUES + (int)part));
    if (known < 0)
        strbuf_add(out, text, part);
    if (!last)
        add_glue(out, 0, text + part, n - part, spaced);
}

/* What ends a stretch of signs. */
static void add_tail(struct strbuf *out, uint32_t id, const char *text,
                     size_t n, char end)
{
    AUTO(strbuf_clear) struct strbuf glue = {0};
    if (n == 0 && end) {
        add_varint(out, id << 2 | (end == '\n'));
    } else if (end == '\n') {
        strbuf_init(&glue);
        strbuf_add(&glue, text, n);
        strbuf_addc(&glue, end);
        add_glue(out, id, glue.s, glue.len, false);
    } else if (id || n) {
        add_glue(out, id, text, n, end == ' ');
    }
}

/* Signs between two spaces. */
static enum status add_stretch(struct spellings *s, const char *text, size_t n,
                               char end, struct strbuf *out)
{
    struct syllable w;
    uint32_t id = 0;
    size_t pos = 0, from = 0;
    int item = tally_find(&s->texts, text, n);
    if (item >= 0) {
        add_tail(out, s->items[item].id, text + n, 0, end);
        return STATUS_OK;
    }
    while (syllable_next(text, n, &pos, &w)) {
        if (id || w.start > from)
            add_glue(out, id, text + from, w.start - from, false);
        enum status st =
            spellings_take(s, text + w.start, w.end - w.start, &item);
        if (st != STATUS_OK)
            return st;
        id = s->items[item].id;
        pos = from = w.end;
    }
    add_tail(out, id, text + from, n - from, end);
    return STATUS_OK;
}

enum status codes_add(struct spellings *s, const char *text, size_t n,
                      struct strbuf *out)
{
    for (size_t at = 0; at < n;) {
        size_t from = at;
        while (at < n && text[at] != ' ' && text[at] != '\n' &&
               text[at] != SECTION_END)
            at++;
        char end = (char)(at < n ? text[at] : 0);
        bool ends = end == SECTION_END;
        enum status st =
            add_stretch(s, text + from, at - from, (char)(ends ? 0 : end), out);
        if (st != STATUS_OK)
            return st;
        if (ends)
            add_glue(out, 0, glues[SECTION].text, 1, false);
        at += end != 0;
    }
    return STATUS_OK;
}

struct codes codes_begin(const void *bytes, int n)
{
    return (struct codes){
        bytes, n > 0 ? (const unsigned char *)bytes + n : bytes, false};
}

static uint32_t take_varint(struct codes *c)
{
    uint32_t v = 0;
    for (int shift = 0; shift < 35 && c->at < c->end; shift += 7) {
        unsigned char byte = *c->at++;
        v |= (uint32_t)(byte & 0x7F) << (shift & 31);
        if (byte < 0x80)
            return v;
    }
    c->bad = true;
    return 0;
}

static bool take_glue(struct codes *c, struct code *out)
{
    unsigned char g = c->at < c->end ? *c->at++ : 0xFF;
    if (g < GLUES && g < ARRAY_LEN(glues)) {
        out->glue = glues[g].text;
        out->n_glue = glues[g].n;
        out->ends = g == SECTION;
        return true;
    }
    out->glue = (const char *)c->at;
    out->n_glue = g - GLUES;
    c->bad |= g < GLUES || c->end - c->at < out->n_glue;
    c->at += c->bad ? 0 : out->n_glue;
    return !c->bad;
}

bool codes_next(struct codes *c, struct code *out)
{
    if (c->at == c->end || c->bad)
        return false;
    uint32_t v = take_varint(c);
    *out = (struct code){.id = v >> 2};
    if (c->bad)
        return false;
    if (v & 2) {
        out->tail = (char)(v & 1 ? ' ' : 0);
        return take_glue(c, out);
    }
    out->tail = (char)(v & 1 ? '\n' : ' ');
    return true;
}

bool code_ends_word(const struct code *one, int *own)
{
    /* Of the signs behind a syllable only the last can be a gap. */
    bool gap = one->n_glue > 0 && one->glue[one->n_glue - 1] == '\n';
    *own = one->n_glue - gap;
    return gap || one->tail;
}

enum status codes_word(struct spellings *s, const struct code *one,
                       struct strbuf *out)
{
    int item = 0;
    if (!one->id)
        return STATUS_OK;
    enum status st = spellings_item(s, one->id, &item);
    if (st == STATUS_OK)
        strbuf_add(out, tally_text(&s->texts, item),
                   s->texts.items[item].length);
    return st;
}

enum status codes_text(struct spellings *s, const void *bytes, int n,
                       struct strbuf *out)
{
    struct codes c = codes_begin(bytes, n);
    struct code one;
    while (codes_next(&c, &one)) {
        enum status st = codes_word(s, &one, out);
        if (st != STATUS_OK)
            return st;
        strbuf_add(out, one.glue, (size_t)one.n_glue);
        if (one.tail)
            strbuf_addc(out, one.tail);
    }
    return c.bad ? fail(STATUS_DAMAGED, _("the words of a page do not add up"))
                 : STATUS_OK;
}
