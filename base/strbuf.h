/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A growing byte string. s is always NUL-terminated (never NULL after
 * strbuf_init) and may hold NUL bytes of its own; len does not count the
 * final NUL.
 */
#ifndef HOSO_BASE_STRBUF_H
#define HOSO_BASE_STRBUF_H

#include "base/compiler.h"
#include <stddef.h>
#include <stdint.h>

struct strbuf {
    char *s;
    size_t len;
    size_t cap;
};

/* An empty text; strbuf_clear() ends it. */
void strbuf_init(struct strbuf *b);

/* Free what b holds and make it empty again; b may be all zero. */
void strbuf_clear(struct strbuf *b);

/* Make b empty, keeping its memory. */
void strbuf_reset(struct strbuf *b);

void strbuf_add(struct strbuf *b, const void *bytes, size_t n);
void strbuf_adds(struct strbuf *b, const char *s);
void strbuf_addc(struct strbuf *b, char c);
void strbuf_addf(struct strbuf *b, const char *format, ...) PRINTF_LIKE(2, 3);

/* The lowest 16 or 32 bits of a number, its highest byte first. */
void strbuf_add16(struct strbuf *b, unsigned v);
void strbuf_add32(struct strbuf *b, uint32_t v);

/* The text becomes the caller's (free()); b is empty afterwards. */
char *strbuf_take(struct strbuf *b);

#endif
