/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scan: one page as pixels, ready to be read. Images, scanned PDF pages and
 * rendered PDF pages all become one; from here on they are treated alike.
 */
#ifndef HOSO_PIPELINE_SCAN_H
#define HOSO_PIPELINE_SCAN_H

#include "pipeline/decode.h"

struct language;
struct recogniser;
struct second_look;
struct table;

/* What reading needs besides the pixels. */
struct reading {
    struct recogniser *recogniser;
    const struct language *language; /* NULL: no repair, no junk filter */
    struct second_look *second;      /* NULL: one look is enough */
    const struct table *stamp_labels;
    const struct pool_options *options;
};

struct scan {
    struct Pix *pix;         /* the decoded page, perhaps at a fraction of
                                the original; NULL once it is not needed */
    int width_px, height_px; /* of the original */
    double dpi_x, dpi_y;     /* effective; > 0 after scan_settle_dpi() */
    bool dpi_assumed;
    bool damaged; /* the decoder complained */
};

void scan_clear(struct scan *s);

/* Decode image number index of a source.  fails  INVALID, LIMIT, UNSUPPORTED */
NODISCARD enum status scan_from_image(const unsigned char *bytes, size_t n,
                                      enum media media, int index,
                                      const struct pool_options *limits,
                                      struct scan *out);

/*
 * Effective resolution: what the file says if a page of that size can be
 * (a 72 dpi scan would be a metre high), else the page is taken to be A4.
 */
void scan_settle_dpi(struct scan *s);

/*
 * Read a scan: ink, orientation, skew, words, repair, state.
 * s     its pix is taken and freed as soon as the grey copy is made
 * page  all but source, source_page is set; page_clear() by the caller
 * fails LIMIT, INVALID, INTERNAL
 */
NODISCARD enum status scan_read(struct scan *s, const struct reading *r,
                                struct page *page);

#endif
