/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a PDF content stream paints, without painting it: the pictures with
 * their places, and whether there is anything else to be seen.
 */
#ifndef HOSO_PIPELINE_CONTENT_SCAN_H
#define HOSO_PIPELINE_CONTENT_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* [x' y' 1] = [x y 1] × the matrix a b 0, c d 0, e f 1, as in PDF. */
struct pdf_matrix {
    double a, b, c, d, e, f;
};

/* first, then second. */
struct pdf_matrix pdf_matrix_multiply(const struct pdf_matrix *first,
                                      const struct pdf_matrix *second);

struct content_scan {
    int marks; /* paintings other than XObjects, invisible text left out */
    int texts; /* pieces of text, seen or not */
    int seen_texts;

    /* An XObject is painted, its name without the slash, under a matrix. */
    void (*object)(void *user, const char *name, const struct pdf_matrix *m);
    void *user;
};

/* Scan n bytes that begin under matrix m; adds to s->marks, s->texts. */
void content_scan(struct content_scan *s, const unsigned char *bytes, size_t n,
                  const struct pdf_matrix *m);

#endif
