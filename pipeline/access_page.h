/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of the access PDF: which way it takes, and writing it. */
#ifndef HOSO_PIPELINE_ACCESS_PAGE_H
#define HOSO_PIPELINE_ACCESS_PAGE_H

#include "pipeline/access_image.h"
#include "pipeline/access_source.h"
#include "pipeline/access_text.h"

/* A source file of the document. */
struct access_input {
    const unsigned char *bytes; /* NULL: it cannot be read */
    size_t n;
    enum media media;
    struct pdf_source *pdf; /* NULL unless qpdf can read it */
    bool is_signed;
};

enum access_way {
    ACCESS_IMAGE, /* an image file */
    ACCESS_SCAN,  /* the one picture of a PDF page */
    ACCESS_COPY,  /* a PDF page as it is */
    ACCESS_DRAW,  /* a PDF page as pixels: it cannot be copied, or has text of
                     its own that is not what was read */
};

struct access_plan {
    enum access_way way;
    struct pdf_sheet sheet; /* of a PDF page; no size: it is not known */
};

struct access_plan access_page_plan(const struct page *p,
                                    const struct access_input *in);

/* Objects the pages of a file have in common. */
struct access_file {
    struct pdf_out *out;
    struct pdf_font *font;
    int font_number;
    int tree_number; /* of the page tree */
    int megapixels_max;
};

/* How it went. */
struct access_page {
    int number;    /* of the page object */
    int rotate;    /* COPY: of the page as it is to be shown */
    bool pictured; /* the page shows what it should */
};

void access_page_write(const struct access_file *f, const struct page *p,
                       const struct access_input *in,
                       const struct access_plan *plan, struct access_page *out);

#endif
