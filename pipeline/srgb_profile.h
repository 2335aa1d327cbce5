/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HOSO_PIPELINE_SRGB_PROFILE_H
#define HOSO_PIPELINE_SRGB_PROFILE_H

#include "base/strbuf.h"

/* Append an ICC profile (version 2.1) of the sRGB colour space
 * (IEC 61966-2-1), computed from its definition. */
void srgb_profile_make(struct strbuf *out);

#endif
