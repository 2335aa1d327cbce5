/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory for small things. These abort when memory is out: an archive stops
 * rather than writes wrong. Sizes that come from input are checked against a
 * limit before they get here.
 */
#ifndef HOSO_BASE_ALLOC_H
#define HOSO_BASE_ALLOC_H

#include "base/compiler.h"
#include <stddef.h>

/* All results are the caller's, to be given to free(); never NULL. */
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);
char *xasprintf(const char *format, ...) PRINTF_LIKE(1, 2);

/* The main thread is about to touch some bytes of small things at random, again
 * and again: take them from the system at once and ask it for large pages,
 * which spare a processor most of its walks through page tables. Repeated calls
 * are cheap; where there are no large pages nothing is lost. */
void alloc_expect(size_t bytes);

/* For AUTO(): free what the local points to. */
void free_char(char **p);
void free_void(void *p_to_pointer);

/*
 * Room for one more element in a growing array: GROW(items, n, cap) makes
 * sure items[n] may be written; items, cap are updated in place.
 */
#define GROW(items, n, cap)                                                    \
    do {                                                                       \
        if ((n) == (cap)) {                                                    \
            (cap) = (cap) ? (cap) * 2 : 8;                                     \
            (items) = xrealloc((items), (cap), sizeof(*(items)));              \
        }                                                                      \
    } while (0)

#endif
