/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * qpdf's C API for the two files that look into source PDFs. It reads streams
 * only when they are asked for or written, so that a large source costs little
 * memory. Every object handle it gives is freed with its document.
 */
#ifndef HOSO_PIPELINE_QPDF_H
#define HOSO_PIPELINE_QPDF_H

#include "base/status.h"
#include <qpdf/qpdf-c.h>

/* A document that prints nothing; qpdf_cleanup() frees it. */
qpdf_data qpdf_quiet(void);

/* The last error as a status.  returns  ENCRYPTED, INVALID */
enum status qpdf_failure(qpdf_data q);

/* Read n bytes, which must outlive q.  fails  INVALID, ENCRYPTED */
NODISCARD enum status qpdf_read_bytes(qpdf_data q, const unsigned char *bytes,
                                      size_t n);

#endif
