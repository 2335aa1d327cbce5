/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A piece of a page as a picture, for a person to read it. Worker side. */
#ifndef HOSO_PIPELINE_CROP_H
#define HOSO_PIPELINE_CROP_H

#include "pipeline/pipeline.h"

/*
 * Decode a page, cut c's box with a margin out of it, turn it upright, write
 * it to out_fd as PNG. Nothing is recognised.
 * fails  INVALID, LIMIT, UNSUPPORTED, ENCRYPTED, IO
 */
NODISCARD enum status crop_page(const struct pool_options *o, int fd,
                                enum media media, int source_page,
                                const struct crop *c, int out_fd);

#endif
