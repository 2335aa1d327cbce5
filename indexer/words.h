/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of a page as the index keeps them: the text as it is, words by
 * spaces and lines by newlines, and apart from it the boxes, as only the pages
 * that are shown need them.
 *
 *     boxes: byte 2 (form), then for each word by how much it differs from
 *     where it most likely is (right behind the word before, as high, each
 *     letter as wide): zigzag x and w, then y and h in one byte if both are
 *     near, or 255, zigzag y and h
 */
#ifndef HOSO_INDEXER_WORDS_H
#define HOSO_INDEXER_WORDS_H

#include "base/record.h"
#include "base/strbuf.h"

/* A word of a page; text is borrowed and not ended by a NUL. */
struct page_word {
    const char *text;
    int start; /* bytes before it in the page's text */
    int length;
    struct box box;
};

struct page_words {
    struct page_word *items;
    int n;
};

/* Append the text of p, and its packed boxes. */
void words_pack(const struct page *p, struct strbuf *text,
                struct strbuf *boxes);

/* The other way; words borrow from text (n_text bytes).  out: words_clear()
 * fails  DAMAGED (not as many boxes as words) */
NODISCARD enum status words_unpack(const char *text, size_t n_text,
                                   const void *boxes, int n_boxes,
                                   struct page_words *out);
void words_clear(struct page_words *w);

#endif
