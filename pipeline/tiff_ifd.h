/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The directories of a TIFF file (TIFF 6.0, also BigTIFF), read without
 * decoding: how many images there are, how large each is, where each begins.
 * Leptonica walks all directories for each page; this walks them once.
 */
#ifndef HOSO_PIPELINE_TIFF_IFD_H
#define HOSO_PIPELINE_TIFF_IFD_H

#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tiff_image {
    uint64_t offset; /* of the directory, in bytes */
    uint32_t width_px, height_px;
    uint32_t bits;    /* per sample */
    uint32_t samples; /* per pixel */
    double dpi_x, dpi_y; /* 0 if not given */
};

/* Number of directories, at most max + 1; a chain that loops or leaves the
 * file ends there.  fails  INVALID (no directory at all) */
NODISCARD enum status tiff_count(const unsigned char *bytes, size_t n,
                                 int max, int *out);

/* Directory number index (from 0).  fails  INVALID */
NODISCARD enum status tiff_image_find(const unsigned char *bytes, size_t n,
                                      int index, struct tiff_image *out);

/* Resolution in the first directory of an Exif segment, which has no size.
 * Whether there is one. */
bool tiff_density(const unsigned char *bytes, size_t n,
                  struct tiff_image *out);

#endif
