/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of a page with their boxes, packed as the index keeps them. From
 * this come snippets, the boxes of a hit, and the text that FTS5 must be told
 * again when a page is taken out.
 *
 *     byte 1 (form), then for each line: varint words, varint block,
 *     for each of its words: varint length, the bytes, zigzag x and y from the
 *     word before, varint w, h
 */
#ifndef HOSO_INDEXER_WORDS_H
#define HOSO_INDEXER_WORDS_H

#include "base/record.h"
#include "base/strbuf.h"
#include <stdbool.h>

/* A word in the packed form; text is borrowed from there and not ended by a
 * NUL. */
struct page_word {
    const char *text;
    int length;
    struct box box;
};

struct page_words {
    struct page_word *items;
    int n;
};

/* Append the packed words of p to out. */
void words_pack(const struct page *p, struct strbuf *out);

/* The other way; words borrow from packed (n bytes).  out: words_clear()
 * fails  DAMAGED */
NODISCARD enum status words_unpack(const void *packed, int n,
                                   struct page_words *out);
void words_clear(struct page_words *w);

/* The text that is indexed: the words by spaces. */
void words_text(const struct page_words *w, struct strbuf *out);

#endif
