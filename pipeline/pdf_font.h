/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The font of the invisible text: one empty glyph of half an em for every
 * character. A code of the font is the number under which a code point was
 * first used; a ToUnicode map tells readers which that was.
 */
#ifndef HOSO_PIPELINE_PDF_FONT_H
#define HOSO_PIPELINE_PDF_FONT_H

#include "pipeline/pdf_out.h"

#define PDF_FONT_ADVANCE 0.5 /* of every glyph, in ems */

struct pdf_font; /* the code points used so far */

struct pdf_font *pdf_font_new(void);
void pdf_font_free(struct pdf_font *f); /* NULL allowed */

/* Append UTF-8 text as hex digits of codes; returns how many characters. */
int pdf_font_encode(struct pdf_font *f, const char *text, struct strbuf *out);

/* Write the font under a number that was reserved for it. */
void pdf_font_write(const struct pdf_font *f, struct pdf_out *o, int number);

#endif
