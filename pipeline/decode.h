/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From image bytes to pixels, within limits that are checked on the header
 * before anything is decoded. Worker side. */
#ifndef HOSO_PIPELINE_DECODE_H
#define HOSO_PIPELINE_DECODE_H

#include "pipeline/pipeline.h"

struct Pix; /* Leptonica's PIX; pipeline/leptonica.h includes its header */

struct image_info {
    int width_px, height_px;
    int bits;            /* per pixel as decoded: 1, 8, 24/32 … */
    double dpi_x, dpi_y; /* as the file says; 0 if it does not or says
                            nonsense (below 50, above 2400) */
};

/* The bytes of a whole source, mapped read-only; unmap with source_unmap. */
NODISCARD enum status source_map(int fd, const unsigned char **bytes,
                                 size_t *n);
void source_unmap(const unsigned char *bytes, size_t n);

/* Give the memory back that reading from a mapping has taken; the bytes stay
 * at hand. For who goes through a large source page by page. */
void source_release(const unsigned char *bytes, size_t n);

/* Header of image number `index` (TIFF directory; 0 for others).
 * fails  INVALID, LIMIT, UNSUPPORTED */
NODISCARD enum status image_header(const unsigned char *bytes, size_t n,
                                   enum media media, int index,
                                   int megapixels_max,
                                   struct image_info *out);

/*
 * Decode image number `index`.
 * reduction  1; for JPEG also 2, 4, 8: decode at that fraction
 * damaged    set if the decoder complained but gave pixels
 * out        a PIX of its own depth, colour map kept; pixDestroy()
 */
NODISCARD enum status image_decode(const unsigned char *bytes, size_t n,
                                   enum media media, int index, int reduction,
                                   int megapixels_max, bool *damaged,
                                   struct Pix **out);

/* How many images a source has (TIFF directories; else 1). */
NODISCARD enum status image_count(const unsigned char *bytes, size_t n,
                                  enum media media, int pages_max, int *out);

#endif
