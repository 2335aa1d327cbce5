/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A name that was read badly at one place and well at another. */
#ifndef HOSO_PIPELINE_EXTRACT_NAMESAKE_H
#define HOSO_PIPELINE_EXTRACT_NAMESAKE_H

#include "pipeline/extract_inner.h"

#define NAME_READINGS_MAX 8
#define NAME_SYLLABLES_MAX 6

/* One reading of the name: the tokens of a row without scraps. */
struct name_reading {
    struct token tokens[NAME_SYLLABLES_MAX];
    int n;
};

struct name_readings {
    struct name_reading v[NAME_READINGS_MAX];
    int n;
    struct evidence e; /* of all of them: page and box */
};

/* A token as a syllable of a name ("Hoa"), without the strokes and dots at its
 * ends that signatures leave; NULL if it is none. Caller frees. */
char *name_token(const struct token *t);

/* Whether n tokens are syllables that people bear, a family name first. */
bool name_is_borne(const struct extraction *x, const struct token *t, int n);

/*
 * The name of n syllables that the document says clearly at another place and
 * that the readings are of: all of its syllables but one as some reading has
 * them, and that one nearly. NULL if there is none, or if two would do. Caller
 * frees.
 * conf_pct  how surely the worst syllable was read there
 */
char *name_elsewhere(const struct extraction *x,
                     const struct name_readings *readings, int n,
                     int *conf_pct);

#endif
