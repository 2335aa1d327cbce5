/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing byte string. */
#include "base/strbuf.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct strbuf *b, size_t more)
{
    size_t need = b->len + more + 1;
    if (need <= b->cap)
        return;
    size_t cap = b->cap ? b->cap : 64;
    while (cap < need)
        cap *= 2;
    b->s = xrealloc(b->s, cap, 1);
    b->cap = cap;
}

void strbuf_init(struct strbuf *b)
{
    *b = (struct strbuf){0};
    reserve(b, 0);
    b->s[0] = '\0';
}

void strbuf_clear(struct strbuf *b)
{
    free(b->s);
    *b = (struct strbuf){0};
}

void strbuf_reset(struct strbuf *b)
{
    b->len = 0;
    if (b->s)
        b->s[0] = '\0';
}

void strbuf_add(struct strbuf *b, const void *bytes, size_t n)
{
    reserve(b, n);
    if (n)
        memcpy(b->s + b->len, bytes, n);
    b->len += n;
    b->s[b->len] = '\0';
}

void strbuf_adds(struct strbuf *b, const char *s)
{
    strbuf_add(b, s, strlen(s));
}

void strbuf_addc(struct strbuf *b, char c)
{
    strbuf_add(b, &c, 1);
}

void strbuf_addf(struct strbuf *b, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    char *text = NULL;
    int n = vasprintf(&text, format, ap);
    va_end(ap);
    if (n < 0)
        abort();
    strbuf_add(b, text, (size_t)n);
    free(text);
}

void strbuf_add16(struct strbuf *b, unsigned v)
{
    strbuf_addc(b, (char)(v >> 8));
    strbuf_addc(b, (char)v);
}

void strbuf_add32(struct strbuf *b, uint32_t v)
{
    strbuf_add16(b, v >> 16);
    strbuf_add16(b, v);
}

char *strbuf_take(struct strbuf *b)
{
    if (!b->s)
        strbuf_init(b);
    char *s = b->s;
    *b = (struct strbuf){0};
    return s;
}
