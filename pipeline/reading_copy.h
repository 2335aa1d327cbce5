/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The copy of a scan that is read: grey, without seals and blue ink, square
 * pixels, at the resolution its print wants.
 */
#ifndef HOSO_PIPELINE_READING_COPY_H
#define HOSO_PIPELINE_READING_COPY_H

#include "base/status.h"
#include "pipeline/assess.h"
#include "pipeline/page_geometry.h"
#include "pipeline/page_quality.h"
#include "pipeline/stamp.h"

struct Pix;
struct scan;

/* Ink of a name or two; a full page has 40000 parts in a million. */
#define NEAR_EMPTY_PPM 1500

struct reading_copy {
    struct Pix *grey;              /* 1- or 8-bit */
    double dpi;                    /* of grey */
    struct page_geometry geometry; /* how it lies on the original */
    struct stamps stamps;
    struct page_quality quality;
    bool grainy;         /* its grain had to be smoothed */
    struct Pix *bilevel; /* of grey; NULL if it is too small to read */
    struct surface surface;
};

/*
 * Make the copy of a scan and free the scan's pixels. 200 dpi, which loses
 * nothing on print of 10 pt and more; smaller print is read at more where the
 * scan has it, and enlarged where it has not, because Tesseract takes letters
 * of fewer than ten pixels for dust.
 * out    zeroed; to be cleared by reading_copy_clear() even on failure
 * fails  INVALID (pixels of a depth that is not read), LIMIT (memory)
 */
NODISCARD enum status reading_copy_make(struct scan *s,
                                        struct reading_copy *out);
void reading_copy_clear(struct reading_copy *c);

/*
 * The pixels of a copy turned clockwise by turn_deg (0 90 180 270) and then
 * straightened by skew_deg, which a small skew is not worth. New. NULL without
 * memory.
 * geometry  out: how they lie on the original; its skew is 0 if they were not
 *           straightened
 */
struct Pix *reading_copy_turned(const struct reading_copy *c, int turn_deg,
                                double skew_deg,
                                struct page_geometry *geometry);

#endif
