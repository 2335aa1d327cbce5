/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text set in Vietnamese fonts from before Unicode: TCVN3 (ABC: .VnTime …) and
 * VNI (VNI-Times …). What their letters mean stands in
 * data/rules/legacy-letters.tsv.
 */
#ifndef HOSO_PIPELINE_LEGACY_H
#define HOSO_PIPELINE_LEGACY_H

#include "base/status.h"
#include <stdbool.h>
#include <stdint.h>

enum legacy_encoding { LEGACY_NONE, LEGACY_TCVN3, LEGACY_VNI };

/* How a font is to be read. */
struct legacy_font {
    enum legacy_encoding encoding;
    bool capitals; /* draws capitals from small letters */
};

struct legacy_table;

/*
 * path  NULL: legacy-letters.tsv where the rules are
 * fails NOT_FOUND, IO, CONFIG (which line is wrong)
 */
NODISCARD enum status legacy_load(const char *path, struct legacy_table **out);
void legacy_free(struct legacy_table *t); /* NULL allowed */
void legacy_freep(struct legacy_table **t);

const char *legacy_name(enum legacy_encoding e); /* "TCVN3"; "" for none */

/* What the name of a font promises; a subset's prefix does not matter. */
struct legacy_font legacy_font_named(const char *name);

/* What words say of an encoding. */
struct legacy_evidence {
    int words;   /* that have letters */
    int for_it;  /* Vietnamese only if read so */
    int against; /* Vietnamese only if not, or no Vietnamese either way */
};

/* Add what a word (n characters, no white space) says of e. */
void legacy_weigh(const struct legacy_table *t, enum legacy_encoding e,
                  const int32_t *word, int n, struct legacy_evidence *out);

/* What a word of a font means, NFC. Caller frees. */
char *legacy_convert(const struct legacy_table *t, struct legacy_font font,
                     const int32_t *word, int n);

#endif
