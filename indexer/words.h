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
#include "indexer/codes.h"

/* A word of a page: what stands between two gaps, one syllable or several. */
struct page_word {
    struct codes codes; /* from here on to the first gap; borrowed */
    int first;          /* syllables of the page before it */
    int letters;
};

struct page_words {
    struct page_word *items;
    int n, cap;
};

/* Append the text of p, and its packed boxes. */
void words_pack(const struct page *p, struct strbuf *text,
                struct strbuf *boxes);

/* The words of a text that was made codes of, which must stay.
 * out: words_clear()
 * fails  DAMAGED (codes that do not add up) */
NODISCARD enum status words_read(struct spellings *s, const void *codes, int n,
                                 struct page_words *out);
void words_clear(struct page_words *w);

/* The boxes of the first n words into out.
 * fails  DAMAGED (not as many boxes as words) */
NODISCARD enum status words_boxes(const struct page_words *w, const void *boxes,
                                  int n_boxes, int n, struct box *out);

#endif
