/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The worker's side of the pipeline: what hoso-worker's loop calls for each
 * task. Everything here may crash on hostile bytes; it costs one worker.
 */
#ifndef HOSO_PIPELINE_READER_H
#define HOSO_PIPELINE_READER_H

#include "pipeline/pipeline.h"

struct reader; /* a recogniser with its model loaded, and the limits */

/*
 * Load the model (o->model). HOSO_OCR=replay:DIR takes recorded words instead
 * and loads nothing; HOSO_OCR=record:DIR recognises and records.
 * fails  MISSING (model not installed: names the Debian package)
 */
NODISCARD enum status reader_new(const struct pool_options *o,
                                 struct reader **out);
void reader_free(struct reader *r); /* NULL allowed */

/* {"tesseract": "5.3.0", "leptonica": …, "poppler": …, "qpdf": …, "model":
 *  "vie", "model_path": …, "model_sha256": …, "confirmed_sha256": of the
 *  words that people confirmed, if there are any}. New. */
json_t *reader_info(struct reader *r);

/*
 * How many pages a source has, before anything is decoded; checks the limits.
 * info  an object: "encrypted" (opens without a password all the same),
 *       "signed": bool for PDFs, "signatures" (pdf_signature.h) if it is.
 *       New.
 * fails  INVALID, ENCRYPTED, LIMIT, UNSUPPORTED
 */
NODISCARD enum status reader_probe(struct reader *r, int fd, enum media media,
                                   int *pages, json_t **info);

/*
 * Read one page: decode, orient, clean, recognise (or take the born-digital
 * text). sha256 is the source's, the key of replay together with source_page.
 * out: source 0, source_page set; page_clear() by the caller. A page that is
 * blank or doubtful is OK with its state and doubts set.
 * fails  INVALID, LIMIT, UNSUPPORTED
 */
NODISCARD enum status reader_read(struct reader *r, int fd, enum media media,
                                  const char *sha256, int source_page,
                                  struct page *out);

/*
 * Write the access PDF of rec to out_fd. fds: one per source of rec.
 * info  {"pdfa": bool, "note": text}: "PDF/A-2u", or why it is not. New.
 */
NODISCARD enum status access_pdf_write(const struct pool_options *o,
                                       const struct record *rec,
                                       const int *fds, int n_fds, int out_fd,
                                       json_t **info);

#endif
