/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Source PDFs as the access PDF needs them: what a page shows, the picture of
 * a scanned page as it is stored, and whole pages copied into a file of ours.
 * With pdf_signature.c the one door to qpdf.
 */
#ifndef HOSO_PIPELINE_ACCESS_SOURCE_H
#define HOSO_PIPELINE_ACCESS_SOURCE_H

#include "pipeline/access_image.h"
#include "pipeline/content_scan.h"

/* What pages call the font of their invisible text. */
#define ACCESS_FONT_KEY "/HosoInvisible"

struct pdf_source;

/* bytes must outlive it.  fails  INVALID, ENCRYPTED */
NODISCARD enum status pdf_source_open(const unsigned char *bytes, size_t n,
                                      struct pdf_source **out);
void pdf_source_free(struct pdf_source *s); /* NULL allowed */

const char *pdf_qpdf_version(void);

/* Whether a PDF that opens without a password is encrypted all the same. */
bool pdf_is_encrypted(const unsigned char *bytes, size_t n);

/* A page's outline. */
struct pdf_sheet {
    double left, bottom, right, top; /* crop box, in points */
    int rotate;                      /* clockwise: 0 90 180 270 */
    bool has_picture;                /* one of the size asked for */
    struct pdf_matrix place;         /* of that picture's unit square */
    bool bare;                       /* nothing else is to be seen, and an
                                        archival PDF of ours can hold it */
    bool has_text;                   /* of its own, seen or not */
    bool text_hidden;                /* and none of it is seen */
    int largest_width, largest_height; /* of its pictures, in pixels */
};

/* Page number index (from 0); a picture of width_px × height_px is looked
 * for.  fails  INVALID (no such page, no size) */
NODISCARD enum status pdf_source_sheet(struct pdf_source *s, int index,
                                       int width_px, int height_px,
                                       struct pdf_sheet *out);

/* Write the picture last found by pdf_source_sheet() as it is stored; false
 * if it is damaged. Its page must be bare. */
bool pdf_source_picture(struct pdf_source *s, struct pdf_out *o,
                        struct access_image *out);

/* A page of a source that takes the place of one of ours. */
struct pdf_graft {
    struct pdf_source *source; /* NULL: ours stays */
    int index;
    int rotate;     /* clockwise, of the page as it is to be shown */
    bool with_text; /* lay the text of our page over it */
};

/*
 * Write our file (n pages) with pages of sources in place of some of ours.
 * fails  INVALID, IO
 */
NODISCARD enum status pdf_graft_pages(const unsigned char *ours, size_t size,
                                      const struct pdf_graft *grafts, int n,
                                      int out_fd);

#endif
