/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From words to fields: number, date, signer, person … by where they stand on
 * the page and how they read. Every value carries its evidence; what is not
 * sure is left empty for review. Parent side: no images here, but the words
 * come from hostile paper and are treated so.
 */
#ifndef HOSO_PIPELINE_EXTRACT_H
#define HOSO_PIPELINE_EXTRACT_H

#include "base/record.h"
#include "base/status.h"
#include <stdbool.h>

struct extract_rules; /* the tables of data/rules and the patterns, read-only */

/*
 * Load the tables.
 * dir    where the .tsv files are; NULL: $HOSO_DATADIR/rules, or
 *        share/hoso/rules beside the program's folder, or the source tree
 * fails  NOT_FOUND, CONFIG (names file and line)
 */
NODISCARD enum status extract_rules_load(const char *dir,
                                         struct extract_rules **out);
void extract_rules_free(struct extract_rules *r);

/* Keep only values that are right at least so often, in percent, as the table
 * of confidences says; others are left to a person. 0 at first. */
void extract_rules_fill(struct extract_rules *r, int pct);

/*
 * Fill r->fields from the words of its pages, in place of what an earlier run
 * of this found; fields of people ("confirmed") and of other finders stay.
 * r->kind "staff", or a staff form, makes it look for the fields of a person.
 */
NODISCARD enum status extract_fields(const struct extract_rules *rules,
                                     struct record *r);

/* Which staff form a document is; texts borrowed from the rules. */
struct staff_form {
    const char *code;      /* "2C-BNV/2008"; "" if the form has none */
    const char *type;      /* "Sơ yếu lý lịch" */
    const char *component; /* of the staff dossier: "so-yeu-ly-lich" */
    bool tells;            /* such a paper is a staff paper by itself */
    int page;              /* where it was seen, from 1 */
};

/* Whether one of the pages is headed as a staff form. With several, one that
 * tells comes before one that does not. */
bool extract_staff_form(const struct extract_rules *rules,
                        const struct record *r, struct staff_form *out);

#endif
