/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The use cases of review: what waits for a person, what a person says of it.
 * Every decision is an amendment (store/store.h), so record, index and access
 * PDF follow and the history says who, when and how long. Included by
 * service/service.h.
 */
#ifndef HOSO_SERVICE_REVIEW_H
#define HOSO_SERVICE_REVIEW_H

#include "base/record.h"
#include "base/status.h"
#include "store/store.h"
#include <stdbool.h>
#include <stdint.h>

struct archive;

/* ---- what waits ---- */

/* Documents with something to look at, the worst first; what counts is said
 * by the settings review.min_confidence_pct and review.pages.
 * kind, batch  NULL: every kind but staff; any batch
 * limit        < 0: all
 * total        how many there are without the limit; may be NULL */
NODISCARD enum status
archive_review_list(struct archive *a, const char *kind, const char *batch,
                    int64_t limit,
                    enum status (*each)(void *user, const struct review_row *r),
                    void *user, int64_t *total);

/* Whether a field waits for a person, by the same settings. */
bool archive_field_waits(struct archive *a, const struct field *f);

/* ---- what a person says ---- */

struct review_change {
    const char *name;  /* of a field, or "title" */
    const char *value; /* as it was typed; "": there is no such thing;
                          NULL: it is right as it stands */
};

struct review_decision {
    const char *id;
    const char *who; /* not empty */
    int seconds;     /* how long it took */
    const struct review_change *changes;
    int n_changes;
    bool all; /* accept whatever waits and has a value, and doubtful pages */
};

struct review_outcome {
    int version; /* the document has now; 0: nothing was changed */
    int set, accepted, pages; /* fields set, accepted; pages accepted */
    int left; /* fields that wait still: they have no value */
};

/*
 * Write a decision down: validated, amended, indexed.
 * fails  USAGE (no such field; a value not of its form: explained), NOT_FOUND,
 *        BUSY (someone else amended it meanwhile), as store_amend()
 */
NODISCARD enum status archive_review(struct archive *a,
                                     const struct review_decision *d,
                                     struct review_outcome *out);

/*
 * A value of a field as the record has it: a day as 2022-03-01, spaces put
 * right. Caller frees.
 * fails  USAGE: says what form it should have
 */
NODISCARD enum status review_value(const char *name, const char *typed,
                                   char **out);

/* Names of the fields that any document may have; ends with NULL. */
extern const char *const review_field_names[];

/* ---- looking at it ---- */

struct review_crops; /* pictures of fields, into one folder */

/* dir is made if missing.  fails  MISSING (no worker), IO … */
NODISCARD enum status review_crops_open(struct archive *a, const char *dir,
                                        struct review_crops **out);
void review_crops_close(struct review_crops *c); /* NULL allowed */
void review_crops_closep(struct review_crops **c);

/* The place of field number i of r as dir/ID-NAME.png; of a field without a
 * place, its page. Caller frees *path.
 * fails  as the worker: INVALID, TIMEOUT …; DAMAGED, IO */
NODISCARD enum status review_crop(struct review_crops *c,
                                  const struct record *r, int i, char **path);

/* What was read on the page around a field: a few lines. Caller frees. */
char *review_context(const struct record *r, const struct field *f);

/* ---- history ---- */

struct history_change {
    char *name;      /* of the field, "title", or "page 3" */
    char *from, *to; /* NULL: no value */
    char *state;     /* of the field now, or of the page */
};

struct history_item {
    const struct version *version; /* borrowed from the record given */
    struct history_change *changes;
    int n_changes, cap_changes;
};

struct history {
    struct history_item *items; /* one a version, oldest first */
    int n;
};

/* What changed from version to version of r, the newest record. */
NODISCARD enum status archive_history(struct archive *a,
                                      const struct record *r,
                                      struct history *out);
void history_clear(struct history *h);

#endif
