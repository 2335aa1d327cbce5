/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The packages of one document: the first, and amendments behind it. */
#ifndef HOSO_STORE_VERSIONS_H
#define HOSO_STORE_VERSIONS_H

#include "store/bag.h"

struct package_row {
    int version;
    char *path; /* relative to the archive */
    char *sha256;
    int64_t bytes;
};

struct package_rows {
    struct package_row *items; /* by version */
    int n, cap;
};

void package_rows_clear(struct package_rows *l);

/* Packages of a document up to that version; none is no failure. */
NODISCARD enum status package_rows_get(struct sql *catalogue, const char *id,
                                       int newest, struct package_rows *out);

/* What keeps `next` from being a later version of `last`: a text to show, or
 * NULL if nothing does. Static, translated. */
const char *version_fault(const struct record *last, const struct record *next);

/* Put an amendment and what it makes of the document in. No transaction of
 * its own; the signature is catalogue_insert()'s. */
NODISCARD enum status catalogue_amend(struct sql *catalogue,
                                      const struct doc_row *d,
                                      const struct record *r);

/* ---- amend.c ---- */

#define AMENDING "state/amending"

/* Under the lock: finish or undo the amendment a dead process was at. */
NODISCARD enum status amend_recover(struct store *s);

/* ---- review.c ---- */

/* What of a document waits for a person, into the catalogue; in the place of
 * what was known before. */
NODISCARD enum status review_put(struct sql *catalogue, const struct record *r);

/* The same for every document of an older catalogue. */
NODISCARD enum status review_fill(struct store *s);

#endif
