/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Forms in which text is compared: lower case, marks off, natural order, edit
 * distance. Vietnamese marks are combining marks once a letter is taken apart
 * (ế = e + circumflex + acute, ơ = o + horn); only đ has no such parts. The
 * letter eth (ð) is taken for đ, as old Vietnamese fonts and OCR write it.
 */
#include "base/text.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static utf8proc_int32_t lower(utf8proc_int32_t cp, void *unused)
{
    (void)unused;
    return utf8proc_tolower(cp);
}

static utf8proc_int32_t fold(utf8proc_int32_t cp, void *unused)
{
    (void)unused;
    cp = utf8proc_tolower(cp);
    return cp == 0x111 || cp == 0xF0 ? 'd' : cp;
}

/* Lower-case ASCII s; NULL if s has other bytes. */
static char *lower_ascii(const char *s, size_t n)
{
    char *out = xcalloc(n + 1, 1);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c >= 0x80) {
            free(out);
            return NULL;
        }
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return out;
}

static char *map(const char *s, utf8proc_option_t options,
                 utf8proc_custom_func letter)
{
    size_t n = strlen(s);
    char *ascii = lower_ascii(s, n);
    if (ascii)
        return ascii;
    utf8proc_uint8_t *out = NULL;
    options |= UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    if (utf8proc_map_custom((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n,
                            &out, options, letter, NULL) >= 0)
        return (char *)out;
    /* Not UTF-8 after all: mend it, and then nothing can be wrong with it. */
    char *mended = text_nfc(s, n);
    if (utf8proc_map_custom((const utf8proc_uint8_t *)mended,
                            (utf8proc_ssize_t)strlen(mended), &out, options,
                            letter, NULL) < 0)
        abort();
    free(mended);
    return (char *)out;
}

char *text_fold(const char *s)
{
    return map(s, UTF8PROC_STRIPMARK, fold);
}

char *text_lower(const char *s)
{
    return map(s, 0, lower);
}

bool text_marked(const char *s)
{
    char *folded = text_fold(s);
    char *lowered = text_lower(s);
    bool marked = strcmp(folded, lowered) != 0;
    free(folded);
    free(lowered);
    return marked;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Runs of digits at *a, *b by value; both pointers move behind the runs. */
static int compare_numbers(const char **a, const char **b)
{
    while (**a == '0')
        ++*a;
    while (**b == '0')
        ++*b;
    size_t na = 0, nb = 0;
    while (is_digit((*a)[na]))
        na++;
    while (is_digit((*b)[nb]))
        nb++;
    int order = na != nb ? (na < nb ? -1 : 1) : memcmp(*a, *b, na);
    *a += na;
    *b += nb;
    return order;
}

static int32_t next_lower(const char **s)
{
    size_t used = 0;
    int32_t cp = text_next(*s, strnlen(*s, 4), &used);
    *s += used;
    return cp < 0 ? cp : utf8proc_tolower(cp);
}

int text_natural_compare(const char *a, const char *b)
{
    const char *x = a, *y = b;
    while (*x && *y) {
        if (is_digit(*x) && is_digit(*y)) {
            int order = compare_numbers(&x, &y);
            if (order)
                return order;
            continue;
        }
        int32_t p = next_lower(&x), q = next_lower(&y);
        if (p != q)
            return p < q ? -1 : 1;
    }
    if (*x || *y)
        return *y ? -1 : 1;
    return strcmp(a, b);
}

enum { DISTANCE_MAX_BYTES = 63, FAR_APART = 1000 };

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned text_distance(const char *a, const char *b)
{
    size_t na = strnlen(a, DISTANCE_MAX_BYTES + 1);
    size_t nb = strnlen(b, DISTANCE_MAX_BYTES + 1);
    if (na > DISTANCE_MAX_BYTES || nb > DISTANCE_MAX_BYTES)
        return FAR_APART;
    /* Three rows of the table are alive at a time: i, i - 1 and i - 2. */
    unsigned rows[3][DISTANCE_MAX_BYTES + 1];
    for (size_t j = 0; j <= nb; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= na; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *up = rows[(i + 2) % 3];
        const unsigned *up2 = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= nb; j++) {
            unsigned best = up[j - 1] + (a[i - 1] != b[j - 1]);
            best = least(best, least(up[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = least(best, up2[j - 2] + 1);
            row[j] = best;
        }
    }
    return rows[na % 3][nb];
}
