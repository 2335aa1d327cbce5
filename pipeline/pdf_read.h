/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is made of a page of a PDF: its own text, its scan, or its looks. */
#ifndef HOSO_PIPELINE_PDF_READ_H
#define HOSO_PIPELINE_PDF_READ_H

#include "pipeline/scan.h"

struct legacy_table;

/*
 * A born-digital page gives page (text, boxes, state) and leaves scan->pix
 * NULL. Any other gives a scan: the picture that fills it at its own pixels,
 * else the page drawn at PDF_TEXT_DPI, less if it is very large. What became
 * of a text layer that is not used as it stands is noted in page->layer.
 * fails  INVALID, ENCRYPTED, LIMIT (also before a picture is decoded)
 */
NODISCARD enum status pdf_read(const unsigned char *bytes, size_t n,
                               int index, const struct legacy_table *table,
                               int megapixels_max, struct scan *scan,
                               struct page *page);

#endif
