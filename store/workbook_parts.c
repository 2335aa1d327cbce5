/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of a workbook that say how its numbers are to be read. The tool
 * takes date1904="0" for true, and knows only some of the many formats of days
 * ("[$-en-US]dd/mm/yyyy;@" is a number to it): then a day would be four years
 * late, or no day. No XML is parsed here beyond finding tags and attributes:
 * what is not found stays as it is.
 */
#include "store/workbook.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct span {
    const char *s;
    size_t n;
};

struct tag {
    struct span name;  /* without the prefix of a namespace */
    struct span inner; /* what stands behind the name */
};

/* Where the tag ends; '>' may stand in a value. NULL: nowhere. */
static const char *tag_end(const char *p, const char *end)
{
    char quote = '\0';

    if (p < end && (*p == '!' || *p == '?')) /* text with quotes of its own */
        return memchr(p, '>', (size_t)(end - p));
    for (; p < end; p++) {
        if (quote)
            quote = *p == quote ? '\0' : quote;
        else if (*p == '"' || *p == '\'')
            quote = *p;
        else if (*p == '>')
            return p;
    }
    return NULL;
}

/* The next start tag from *pos on. */
static bool next_tag(const char *xml, size_t n, size_t *pos, struct tag *out)
{
    while (*pos < n) {
        const char *open = memchr(xml + *pos, '<', n - *pos);
        const char *end = open ? tag_end(open + 1, xml + n) : NULL;
        const char *name = open ? open + 1 : NULL;
        const char *p = name;

        if (!end)
            break;
        *pos = (size_t)(end - xml) + 1;
        for (; p < end && !isspace((unsigned char)*p) && *p != '/'; p++)
            if (*p == ':')
                name = p + 1;
        if (p == open + 1 || *name == '?' || *name == '!')
            continue;
        *out = (struct tag){{name, (size_t)(p - name)}, {p, (size_t)(end - p)}};
        return true;
    }
    return false;
}

static bool is_named(const struct tag *t, const char *name)
{
    return t->name.n == strlen(name) && memcmp(t->name.s, name, t->name.n) == 0;
}

/* The value of an attribute, as it stands between its quotes. */
static bool attribute(const struct tag *t, const char *name, struct span *out)
{
    const char *p = t->inner.s, *end = p + t->inner.n;

    while (p < end) {
        const char *begin, *stop;
        size_t length;

        while (p < end && isspace((unsigned char)*p))
            p++;
        begin = p;
        while (p < end && *p != '=' && !isspace((unsigned char)*p))
            p++;
        length = (size_t)(p - begin);
        while (p < end && *p != '"' && *p != '\'')
            p++;
        if (p == end)
            return false;
        stop = memchr(p + 1, *p, (size_t)(end - p - 1));
        if (!stop)
            return false;
        *out = (struct span){p + 1, (size_t)(stop - p - 1)};
        if (length == strlen(name) && memcmp(begin, name, length) == 0)
            return true;
        p = stop + 1;
    }
    return false;
}

static bool is_text(struct span v, const char *text)
{
    return v.n == strlen(text) && strncasecmp(v.s, text, v.n) == 0;
}

/* ---- sheets ---- */

/* The five entities of XML; all others stay. Caller frees. */
static char *plain_text(struct span v)
{
    static const struct {
        const char *entity;
        char c;
    } entities[] = {{"&amp;", '&'},
                    {"&lt;", '<'},
                    {"&gt;", '>'},
                    {"&quot;", '"'},
                    {"&apos;", '\''}};
    struct strbuf b;

    strbuf_init(&b);
    for (size_t i = 0; i < v.n;) {
        size_t k = 0;

        while (k < ARRAY_LEN(entities) &&
               (v.n - i < strlen(entities[k].entity) ||
                memcmp(v.s + i, entities[k].entity,
                       strlen(entities[k].entity)) != 0))
            k++;
        strbuf_addc(&b, k < ARRAY_LEN(entities) ? entities[k].c : v.s[i]);
        i += k < ARRAY_LEN(entities) ? strlen(entities[k].entity) : 1;
    }
    char *shown = text_show_name(b.s);
    strbuf_clear(&b);
    return shown;
}

void workbook_sheets(const char *xml, size_t n, struct workbook *out)
{
    struct tag t;
    struct span v;

    for (size_t pos = 0; next_tag(xml, n, &pos, &t);) {
        if (!is_named(&t, "sheet") || !attribute(&t, "name", &v) ||
            out->n_sheets == WORKBOOK_SHEETS_MAX)
            continue;
        GROW(out->sheets, out->n_sheets, out->cap_sheets);
        out->sheets[out->n_sheets] =
            (struct workbook_sheet){.name = plain_text(v)};
        out->sheets[out->n_sheets++].hidden =
            attribute(&t, "state", &v) && !is_text(v, "visible");
    }
}

/* ---- epoch ---- */

/* xml with a value put in the place of another. */
static void replace(struct strbuf *b, const char *xml, size_t *done,
                    struct span v, const char *value)
{
    strbuf_add(b, xml + *done, (size_t)(v.s - xml) - *done);
    strbuf_adds(b, value);
    *done = (size_t)(v.s - xml) + v.n;
}

/* The part with other values of that attribute in all tags of that name. */
static char *rewrite(const char *xml, size_t n, const char *tag,
                     const char *name, const char *(*plain)(struct span),
                     size_t *len)
{
    struct strbuf b;
    struct tag t;
    struct span v;
    size_t done = 0;

    strbuf_init(&b);
    for (size_t pos = 0; next_tag(xml, n, &pos, &t);)
        if (is_named(&t, tag) && attribute(&t, name, &v))
            replace(&b, xml, &done, v, plain(v));
    strbuf_add(&b, xml + done, n - done);
    *len = b.len;
    return strbuf_take(&b);
}

static const char *plain_epoch(struct span v)
{
    return is_text(v, "1") || is_text(v, "true") || is_text(v, "on") ? "true"
                                                                     : "false";
}

char *workbook_plain_epoch(const char *xml, size_t n, size_t *len)
{
    return rewrite(xml, n, "workbookPr", "date1904", plain_epoch, len);
}

/* ---- formats ---- */

/* The letters of the first section of a format that mean something: none that
 * are quoted, escaped, or stand in brackets. */
static void format_letters(struct span v, bool *day, bool *month, bool *time)
{
    static const char quote[] = "&quot;";
    const size_t n_quote = sizeof(quote) - 1;
    bool quoted = false;

    *day = *month = *time = false;
    for (size_t i = 0; i < v.n; i++) {
        char c = (char)tolower((unsigned char)v.s[i]);

        if (v.n - i >= n_quote && memcmp(v.s + i, quote, n_quote) == 0) {
            quoted = !quoted;
            i += n_quote - 1;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (quoted) {
            continue;
        } else if (c == '&') {
            while (i < v.n && v.s[i] != ';')
                i++;
        } else if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else if (c == '[') {
            while (i < v.n && v.s[i] != ']')
                i++;
        } else if (c == ';') {
            return;
        } else {
            *day = *day || c == 'y' || c == 'd';
            *month = *month || c == 'm';
            *time = *time || c == 'h' || c == 's';
        }
    }
}

static const char *plain_format(struct span v)
{
    bool day, month, time;

    if (is_text(v, "General"))
        return "General";
    format_letters(v, &day, &month, &time);
    if (day || (month && !time))
        return "yyyy-mm-dd";
    return time ? "hh:mm:ss" : "General";
}

char *workbook_plain_formats(const char *xml, size_t n, size_t *len)
{
    return rewrite(xml, n, "numFmt", "formatCode", plain_format, len);
}
