/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Unicode text at the door: checking, NFC, walking, showing. The only other
 * user of utf8proc is text_fold.c, so that all of hoso agrees on what a letter
 * is.
 */
#include "base/text.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define REPLACEMENT 0xFFFD

/* One code point at s[*pos]; -1 and one byte for what is no UTF-8. */
static int32_t next_strict(const char *s, size_t n, size_t *pos)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)s + *pos;
    utf8proc_int32_t cp = *at;
    if (cp < 0x80) {
        *pos += 1;
        return cp;
    }
    size_t left = n - *pos;
    utf8proc_ssize_t used =
        utf8proc_iterate(at, left > 4 ? 4 : (utf8proc_ssize_t)left, &cp);
    if (used <= 0) {
        *pos += 1;
        return -1;
    }
    *pos += (size_t)used;
    return cp;
}

bool text_valid(const char *s, size_t n)
{
    for (size_t pos = 0; pos < n;) {
        if (next_strict(s, n, &pos) <= 0)
            return false;
    }
    return true;
}

int text_points(const char *s, size_t n)
{
    int points = 0;
    for (size_t i = 0; i < n; i++)
        points += ((unsigned char)s[i] & 0xC0) != 0x80;
    return points;
}

int32_t text_next(const char *s, size_t n, size_t *pos)
{
    if (*pos >= n)
        return -1;
    int32_t cp = next_strict(s, n, pos);
    return cp < 0 ? REPLACEMENT : cp;
}

size_t text_put(int32_t cp, char *out)
{
    if (cp >= 0 && cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (!utf8proc_codepoint_valid(cp))
        cp = REPLACEMENT;
    return (size_t)utf8proc_encode_char(cp, (utf8proc_uint8_t *)out);
}

static bool is_control(int32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
}

char *text_nfc(const char *s, size_t n)
{
    struct strbuf b;
    strbuf_init(&b);
    bool ascii = true;
    for (size_t pos = 0; pos < n;) {
        int32_t cp = text_next(s, n, &pos);
        if (is_control(cp) && cp != '\n' && cp != '\t' && cp != '\f')
            continue;
        char bytes[4];
        strbuf_add(&b, bytes, text_put(cp, bytes));
        ascii = ascii && cp < 0x80;
    }
    if (ascii)
        return strbuf_take(&b);
    utf8proc_uint8_t *composed = NULL;
    if (utf8proc_map((const utf8proc_uint8_t *)b.s, (utf8proc_ssize_t)b.len,
                     &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE) < 0)
        abort(); /* valid UTF-8 leaves it no reason but want of memory */
    strbuf_clear(&b);
    return (char *)composed;
}

char *text_begun(const char *s)
{
    size_t at = 0;
    int32_t first = text_next(s, strlen(s), &at);
    char capital[8] = "";
    if (first >= 0)
        capital[text_put(utf8proc_toupper(first), capital)] = '\0';
    return xasprintf("%s%s", capital, s + at);
}

bool text_is_word(int32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') ||
               (cp >= 'A' && cp <= 'Z');
    utf8proc_category_t c = utf8proc_category(cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO;
}

struct text_counts text_count(const char *s)
{
    struct text_counts l = {0};
    size_t n = strlen(s);
    for (size_t at = 0; at < n;) {
        int32_t cp = text_next(s, n, &at);
        if (!text_is_word(cp))
            l.others++;
        else if (cp >= '0' && cp <= '9')
            l.digits++;
        else if (utf8proc_tolower(cp) != cp)
            l.capitals++;
        else
            l.smalls++;
    }
    return l;
}

int text_word_length(const char *s)
{
    struct text_counts l = text_count(s);
    return l.capitals + l.smalls + l.digits;
}

static bool is_combining(int32_t cp)
{
    utf8proc_category_t c = utf8proc_category(cp);
    return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME;
}

/* Line breaks of Unicode, and what turns the direction of writing about. */
static bool is_deceptive(int32_t cp)
{
    return is_control(cp) || cp == 0x61C || cp == 0x200E || cp == 0x200F ||
           (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

char *text_show_name(const char *bytes)
{
    struct strbuf b;
    strbuf_init(&b);
    size_t n = strlen(bytes);
    bool escaped = false;
    for (size_t pos = 0; pos < n;) {
        size_t start = pos;
        int32_t cp = next_strict(bytes, n, &pos);
        /* A mark must not join the last digit of an escape. */
        escaped = cp < 0 || is_deceptive(cp) || (escaped && is_combining(cp));
        if (cp == '\\')
            strbuf_adds(&b, "\\\\");
        else if (!escaped)
            strbuf_add(&b, bytes + start, pos - start);
        else
            for (size_t i = start; i < pos; i++)
                strbuf_addf(&b, "\\x%02X", (unsigned char)bytes[i]);
    }
    char *shown = text_nfc(b.s, b.len);
    strbuf_clear(&b);
    return shown;
}

size_t text_width(const char *s)
{
    size_t n = strlen(s);
    size_t columns = 0;
    for (size_t pos = 0; pos < n;) {
        int32_t cp = text_next(s, n, &pos);
        columns += cp >= 0x20 && cp < 0x7F ? 1 : (size_t)utf8proc_charwidth(cp);
    }
    return columns;
}
