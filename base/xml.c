/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small XML writer for the files hoso makes (ALTO, PREMIS, XMP): it cannot
 * write something that is not well formed. */
#include "base/xml.h"

#include "base/text.h"
#include <assert.h>
#include <string.h>

void xml_start(struct xml *x, struct strbuf *out)
{
    memset(x, 0, sizeof(*x));
    x->out = out;
    strbuf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

/* XML 1.0, production [2] Char. */
static int is_xml_char(int32_t cp)
{
    return cp == '\t' || cp == '\n' || cp == '\r' ||
           (cp >= 0x20 && cp <= 0xD7FF) || (cp >= 0xE000 && cp <= 0xFFFD) ||
           (cp >= 0x10000 && cp <= 0x10FFFF);
}

static void add_code_point(struct strbuf *out, int32_t cp, int in_attr)
{
    char utf8[4];
    switch (cp) {
    case '&':
        strbuf_adds(out, "&amp;");
        return;
    case '<':
        strbuf_adds(out, "&lt;");
        return;
    case '>':
        strbuf_adds(out, "&gt;");
        return;
    case '\r': /* a reader would make it a line feed */
        strbuf_adds(out, "&#13;");
        return;
    default:
        break;
    }
    if (in_attr && (cp == '"' || cp == '\t' || cp == '\n')) {
        strbuf_addf(out, "&#%d;", (int)cp);
        return;
    }
    if (!is_xml_char(cp))
        cp = 0xFFFD;
    strbuf_add(out, utf8, text_put(cp, utf8));
}

static void add_escaped(struct strbuf *out, const char *s, int in_attr)
{
    size_t n = strlen(s);
    for (size_t pos = 0; pos < n;)
        add_code_point(out, text_next(s, n, &pos), in_attr);
}

static void end_start_tag(struct xml *x)
{
    if (x->in_tag)
        strbuf_addc(x->out, '>');
    x->in_tag = 0;
}

static void new_line(struct xml *x)
{
    if (x->out->len > 0 && x->out->s[x->out->len - 1] != '\n')
        strbuf_addc(x->out, '\n');
    for (int i = 0; i < x->depth; i++)
        strbuf_adds(x->out, "  ");
}

void xml_open(struct xml *x, const char *name)
{
    assert(x->depth < XML_DEPTH_MAX);
    end_start_tag(x);
    if (!x->had_text)
        new_line(x);
    strbuf_addc(x->out, '<');
    strbuf_adds(x->out, name);
    x->open[x->depth++] = name;
    x->in_tag = 1;
    x->had_text = 0;
}

void xml_attr(struct xml *x, const char *name, const char *value)
{
    assert(x->in_tag);
    strbuf_addf(x->out, " %s=\"", name);
    add_escaped(x->out, value, 1);
    strbuf_addc(x->out, '"');
}

void xml_attr_int(struct xml *x, const char *name, long long value)
{
    assert(x->in_tag);
    strbuf_addf(x->out, " %s=\"%lld\"", name, value);
}

void xml_text(struct xml *x, const char *text)
{
    assert(x->depth > 0);
    end_start_tag(x);
    add_escaped(x->out, text, 0);
    x->had_text = 1;
}

void xml_close(struct xml *x)
{
    assert(x->depth > 0);
    const char *name = x->open[--x->depth];
    if (x->in_tag) {
        strbuf_adds(x->out, "/>");
    } else {
        if (!x->had_text)
            new_line(x);
        strbuf_addf(x->out, "</%s>", name);
    }
    x->in_tag = 0;
    x->had_text = 0;
}

void xml_leaf(struct xml *x, const char *name, const char *text)
{
    xml_open(x, name);
    xml_text(x, text);
    xml_close(x);
}

void xml_end(struct xml *x)
{
    assert(x->depth == 0);
    strbuf_addc(x->out, '\n');
}
