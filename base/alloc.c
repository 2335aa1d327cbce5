/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allocation that aborts instead of failing. */
#include "base/alloc.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static NORETURN void out_of_memory(void)
{
    static const char text[] = "hoso: out of memory\n";
    fwrite(text, 1, sizeof(text) - 1, stderr);
    abort();
}

void *xcalloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *xrealloc(void *p, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        out_of_memory();
    size_t bytes = n * size;
    void *q = realloc(p, bytes ? bytes : 1);
    if (!q)
        out_of_memory();
    return q;
}

char *xstrdup(const char *s)
{
    return xstrndup(s, strlen(s));
}

char *xstrndup(const char *s, size_t n)
{
    n = strnlen(s, n);
    char *copy = xrealloc(NULL, n + 1, 1);
    memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

char *xasprintf(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    char *text = NULL;
    int n = vasprintf(&text, format, ap);
    va_end(ap);
    if (n < 0)
        out_of_memory();
    return text;
}

void alloc_expect(size_t bytes)
{
    enum { LARGE_PAGE = 2 << 20, PIECE = 64 << 10, PIECES = 64 };
    static size_t expected;
    void *pieces[PIECES];
    char *before = sbrk(0);
    int n = 0;
    if (bytes <= expected)
        return;
    expected = bytes;
    /* The heap grows by that much the next time it has to, and stays so. */
    mallopt(M_TOP_PAD, (int)bytes);
    mallopt(M_TRIM_THRESHOLD, (int)(2 * bytes));
    while (n < PIECES && (char *)sbrk(0) == before) {
        pieces[n] = malloc(PIECE);
        if (!pieces[n++])
            break;
    }
    char *from = before + (LARGE_PAGE - (uintptr_t)before % LARGE_PAGE);
    char *end = sbrk(0);
    if (end > from)
        (void)!madvise(from, (size_t)(end - from), MADV_HUGEPAGE);
    while (n > 0)
        free(pieces[--n]);
}

void free_char(char **p)
{
    free(*p);
    *p = NULL;
}

void free_void(void *p_to_pointer)
{
    void **p = p_to_pointer;
    free(*p);
    *p = NULL;
}
