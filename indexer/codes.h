/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text as the numbers of its words, and what stands between them:
 *
 *     item: varint (number of a spelling << 2 | tail); number 0: no word
 *     tail: 0 a space, 1 a line's end, 2 a glue, 3 a glue and a space
 *     glue: byte below GLUES: of the table; else GLUES and so many bytes more,
 *           which follow
 *
 * Text comes out of it byte for byte as it went in.
 */
#ifndef HOSO_INDEXER_CODES_H
#define HOSO_INDEXER_CODES_H

#include "base/strbuf.h"
#include "indexer/spellings.h"

/* Append the codes of text (n bytes). */
NODISCARD enum status codes_add(struct spellings *s, const char *text, size_t n,
                                struct strbuf *out);

/* Codes while they are read; an all zero end is nothing. */
struct codes {
    const unsigned char *at, *end;
    bool bad; /* they do not add up */
};

/* One item. */
struct code {
    uint32_t id;      /* 0: no word */
    bool ends;        /* a section ends behind it */
    char tail;        /* ' ', '\n' or 0, behind the glue */
    const char *glue; /* not ended by NUL */
    int n_glue;
};

struct codes codes_begin(const void *bytes, int n);

/* False at the end. */
bool codes_next(struct codes *c, struct code *out);

/* Whether a word of the text, which goes from gap to gap, ends behind an item;
 * *own: how many bytes of the item's glue are of the word. */
bool code_ends_word(const struct code *one, int *own);

/* Append the word of an item, if it has one.  fails  DAMAGED */
NODISCARD enum status codes_word(struct spellings *s, const struct code *one,
                                 struct strbuf *out);

/* Append the text.  fails  DAMAGED */
NODISCARD enum status codes_text(struct spellings *s, const void *bytes, int n,
                                 struct strbuf *out);

#endif
