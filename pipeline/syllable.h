/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether letters can be a syllable of Vietnamese at all: by its build, not by
 * a list of words, so that rare names count too. */
#ifndef HOSO_PIPELINE_SYLLABLE_H
#define HOSO_PIPELINE_SYLLABLE_H

#include "pipeline/letters.h"

/* Onset, rhyme and tone go together, as in "nghiêng" and not in "nưct". */
bool syllable_possible(const struct syllable *s);

#endif
