/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Electronic signatures of a PDF: what their dictionaries say, unchecked. */
#ifndef HOSO_PIPELINE_PDF_SIGNATURE_H
#define HOSO_PIPELINE_PDF_SIGNATURE_H

#include "base/json.h"
#include "pipeline/access_source.h"
#include "pipeline/pdf_page.h"

/*
 * A list of objects, one a signature, in the order of the file's form:
 *   signer  of the certificate, else what the dictionary says; or null
 *   time    "2025-01-08T10:30:49+07:00" as the signer's machine had it; or null
 *   scope   "whole-file"; "earlier-version": the file was added to afterwards,
 *           by another signature for example; "part": not all of the file
 *   text    what its picture on the page says; or null
 * Empty if there is none or the file is damaged. New.
 */
json_t *pdf_signatures(const unsigned char *bytes, size_t n);

/*
 * Numbers and days that signing software lays over page number index (from 0)
 * of a text that leaves room for them ("Số:     /QĐ-UBND"): put among the
 * letters of the page where they are seen. Banners are left out.
 * sheet  of that page
 */
void pdf_signature_overlays(const unsigned char *bytes, size_t n, int index,
                            const struct pdf_sheet *sheet,
                            struct pdf_letters *out);

#endif
