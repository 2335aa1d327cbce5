/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures of the access PDF. Where PDF can hold the source's own compressed
 * bytes they go in as they are, so that nothing is lost and nothing grows;
 * everything else is decoded and compressed without loss.
 */
#ifndef HOSO_PIPELINE_ACCESS_IMAGE_H
#define HOSO_PIPELINE_ACCESS_IMAGE_H

#include "pipeline/pdf_out.h"
#include "pipeline/pipeline.h"

struct Pix;

/* A picture that has been written. */
struct access_image {
    int number; /* of the object */
    int width_px, height_px;
};

/* The compressed bytes of a JPEG, PNG, TIFF (one strip of Group 4) or JPEG
 * 2000 file as they are; false if PDF/A cannot hold them so. */
bool access_image_pass(struct pdf_out *o, const unsigned char *bytes, size_t n,
                       enum media media, int index, struct access_image *out);

/* Any picture: passed through or decoded.  fails  INVALID, LIMIT */
NODISCARD enum status access_image_write(struct pdf_out *o,
                                         const unsigned char *bytes, size_t n,
                                         enum media media, int index,
                                         int megapixels_max,
                                         struct access_image *out);

/* Pixels, without loss, in their own depth.  fails  INVALID */
NODISCARD enum status access_image_pixels(struct pdf_out *o, struct Pix *pix,
                                          struct access_image *out);

/* The same, but as JPEG where that is much smaller.  fails  INVALID */
NODISCARD enum status access_image_drawing(struct pdf_out *o, struct Pix *pix,
                                           struct access_image *out);

/* One of the kinds: what access_image_pass() is made of. */
bool access_image_pass_jpeg(struct pdf_out *o, const unsigned char *bytes,
                            size_t n, struct access_image *out);
bool access_image_pass_png(struct pdf_out *o, const unsigned char *bytes,
                           size_t n, struct access_image *out);
bool access_image_pass_tiff(struct pdf_out *o, const unsigned char *bytes,
                            size_t n, int index, struct access_image *out);
bool access_image_pass_jp2(struct pdf_out *o, const unsigned char *bytes,
                           size_t n, struct access_image *out);

#endif
