/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letters of a PDF's text layer as words and lines, those of fonts from
 * before Unicode as what they mean. */
#ifndef HOSO_PIPELINE_PDF_WORDS_H
#define HOSO_PIPELINE_PDF_WORDS_H

#include "base/record.h"
#include "pipeline/legacy.h"
#include "pipeline/pdf_page.h"

/* Append the words to page's lines, boxes in pixels at PDF_TEXT_DPI.
 * fonts: how each font is to be read; NULL: as Unicode. */
void pdf_words(const struct pdf_letters *l, const struct legacy_table *t,
               const struct legacy_font *fonts, struct page *page);

/*
 * Put letters of one word where they are seen among those of the page, behind
 * the last letter before them on the same height. With what begins with a
 * slash close behind ("/QĐ-UBND") they are one word; else a line that ends
 * there goes on if what follows stands close.
 */
void pdf_letters_insert(struct pdf_letters *l, const struct pdf_letter *word,
                        int n);

/*
 * How each font of a page is to be read (l->n_fonts of them), by its name and
 * by what its words say. Caller frees.
 * encodings  names of those that occur, "TCVN3, VNI"; caller frees; NULL: none
 */
struct legacy_font *pdf_words_fonts(const struct pdf_letters *l,
                                    const struct legacy_table *t,
                                    char **encodings);

#endif
