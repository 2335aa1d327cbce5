/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invisible text of a page, word for word over the picture. */
#ifndef HOSO_PIPELINE_ACCESS_TEXT_H
#define HOSO_PIPELINE_ACCESS_TEXT_H

#include "base/record.h"
#include "pipeline/pdf_font.h"

/*
 * From pixels of the page image (y down) to PDF user space:
 * x' = a x + c y + e, y' = b x + d y + f.
 */
struct page_matrix {
    double a, b, c, d, e, f;
};

/* Append a content stream; the font is called by its name. */
void access_text_add(const struct page *p, const struct page_matrix *m,
                     struct pdf_font *font, const char *font_name,
                     struct strbuf *out);

#endif
