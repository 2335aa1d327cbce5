/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes a PDF an archival one (PDF/A-2u, ISO 19005-2): the description
 * of itself in XMP and a colour space all its device colours mean. */
#ifndef HOSO_PIPELINE_PDF_ARCHIVAL_H
#define HOSO_PIPELINE_PDF_ARCHIVAL_H

#include "base/record.h"
#include "pipeline/pdf_out.h"

/* Numbers of the objects that were written. */
struct pdf_archival {
    int info;     /* document information dictionary */
    int metadata; /* XMP */
    int intent;   /* output intent: sRGB */
};

/* claim  say that this is PDF/A-2u; every rule of it must then hold */
void pdf_archival_write(struct pdf_out *o, const struct record *r, bool claim,
                        struct pdf_archival *out);

/* An identifier made of what the file is made of: 32 hex digits and NUL. */
void pdf_archival_id(const struct record *r, char id[33]);

#endif
