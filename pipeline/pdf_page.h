/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page of a PDF by poppler: its letters, its pictures, its looks. The one
 * door to poppler. What is made of these is decided in pdf_read.c.
 */
#ifndef HOSO_PIPELINE_PDF_PAGE_H
#define HOSO_PIPELINE_PDF_PAGE_H

#include "base/json.h"
#include "base/record.h"
#include "base/status.h"
#include <stddef.h>

struct Pix;
struct pdf_page;

#define PDF_TEXT_DPI 300 /* the pixel space of pages that are not images */

const char *pdf_poppler_version(void);

/*
 * Pages of a PDF; sets "signed" in info.
 * fails  INVALID, ENCRYPTED (needs a password), LIMIT (over pages_max)
 */
NODISCARD enum status pdf_probe(const unsigned char *bytes, size_t n,
                                int pages_max, int *pages, json_t *info);

/* Page number index (from 0); bytes must outlive it.
 * fails  INVALID, ENCRYPTED */
NODISCARD enum status pdf_page_open(const unsigned char *bytes, size_t n,
                                    int index, struct pdf_page **out);
void pdf_page_free(struct pdf_page *p);
void pdf_page_freep(struct pdf_page **p);

/* As displayed (crop box, turned by /Rotate), in points. */
void pdf_page_size(const struct pdf_page *p, double *width_pt,
                   double *height_pt);

/* One character of the text layer, in points as displayed. */
struct pdf_letter {
    int32_t cp; /* '\n' ends a line; white space has no area */
    int font;   /* number in fonts */
    double left, top, right, bottom;
};

/* The text layer, in the order poppler reads it. */
struct pdf_letters {
    struct pdf_letter *letters;
    int n;
    char **fonts; /* names as the PDF has them */
    int n_fonts;
    double width_pt, height_pt; /* of the page */
};

void pdf_page_letters(const struct pdf_page *p, struct pdf_letters *out);
void pdf_letters_clear(struct pdf_letters *l);

/* The pictures drawn on a page. */
struct pdf_pictures {
    int base;         /* number of the only one that fills the page; -1 */
    double base_width_pt, base_height_pt; /* as displayed */
    double share;     /* of the page under pictures, at most 1 */
};

struct pdf_pictures pdf_page_pictures(const struct pdf_page *p);

/* Whether fields of a form lie on the page, signatures among them. */
bool pdf_page_has_fields(const struct pdf_page *p);

/*
 * A picture at its own pixels, upright as it is stored, on white. Grey
 * pictures come as 8 bit, black and white ones as 1 bit; above pixels_max a
 * colour picture is reduced by two (*width_px, *height_px are its own).
 * fails  LIMIT (no memory), INVALID
 */
NODISCARD enum status pdf_page_picture(const struct pdf_page *p, int number,
                                       double pixels_max, int *width_px,
                                       int *height_px, struct Pix **out);

/* The page as it looks, at dpi.  fails  LIMIT, INVALID */
NODISCARD enum status pdf_page_render(const struct pdf_page *p, double dpi,
                                      struct Pix **out);

#endif
