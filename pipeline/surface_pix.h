/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels of a cairo image surface as PIX. */
#ifndef HOSO_PIPELINE_SURFACE_PIX_H
#define HOSO_PIPELINE_SURFACE_PIX_H

#include <cairo.h>

struct Pix;

/* A copy on white of an ARGB32 or RGB24 surface in the smallest depth that
 * says the same: 1, 8 or 32 bit. A colour surface of more than pixels_max
 * pixels is reduced by two. NULL without memory or of another format. */
struct Pix *surface_to_pix(cairo_surface_t *surface, double pixels_max);

#endif
