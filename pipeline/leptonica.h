/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one door to Leptonica. Its PIX is the worker's word for "pixels":
 * AUTO(pixDestroy) PIX *p = NULL; frees one at the end of a block.
 */
#ifndef HOSO_PIPELINE_LEPTONICA_H
#define HOSO_PIPELINE_LEPTONICA_H

#include "base/compiler.h"

#include <leptonica/allheaders.h>

#endif
