/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a PDF 1.7 file object by object, straight to a descriptor: however
 * many pages a document has, only one stream is in memory. The spacing is the
 * one PDF/A (ISO 19005-2, 6.1) asks for.
 *
 * The first failure is kept and everything after it does nothing;
 * pdf_out_finish() returns it.
 */
#ifndef HOSO_PIPELINE_PDF_OUT_H
#define HOSO_PIPELINE_PDF_OUT_H

#include "base/compiler.h"
#include "base/status.h"
#include "base/strbuf.h"
#include <stdint.h>

struct pdf_out {
    int fd;            /* borrowed */
    struct strbuf buf; /* not yet written */
    uint64_t at;       /* bytes written or in buf */
    uint64_t *offsets; /* by object number; 0: not written */
    int n_objects;     /* object 0 counted */
    int cap;
    enum status st;
    char *message; /* of the first failure */
};

void pdf_out_start(struct pdf_out *o, int fd);
void pdf_out_clear(struct pdf_out *o);

/* A number for an object that is written later. */
int pdf_out_reserve(struct pdf_out *o);

/* One object that is not a stream; body is its PDF text. */
void pdf_out_object(struct pdf_out *o, int number, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* A stream as it is; entries is the text of its dictionary without /Length. */
void pdf_out_stream(struct pdf_out *o, int number, const char *entries,
                    const void *bytes, size_t n);

/* A stream that is compressed here (/Filter /FlateDecode is added). */
void pdf_out_flate(struct pdf_out *o, int number, const char *entries,
                   const void *bytes, size_t n);

/* Remember a failure that happened outside. */
void pdf_out_fail(struct pdf_out *o, enum status st);

/* Cross-reference table and trailer. id: 32 hex digits. */
NODISCARD enum status pdf_out_finish(struct pdf_out *o, int root, int info,
                                     const char *id);

#endif
