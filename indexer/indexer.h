/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Full text: Vietnamese words with and without marks, on SQLite FTS5. An
 * index is disposable: it can be made again from the packages at any time.
 * Staff dossiers have an index of their own (state/staff.db, mode 0600).
 */
#ifndef HOSO_INDEXER_H
#define HOSO_INDEXER_H

#include "base/record.h"
#include "base/status.h"
#include <stdbool.h>
#include <stdint.h>

#define INDEX_SCHEMA 1

struct fulltext; /* one open index */

enum fulltext_mode { FULLTEXT_READ, FULLTEXT_WRITE };

/* Open the index at path; FULLTEXT_WRITE makes it if missing, with permission
 * bits mode, and makes it anew if its schema is older. Writers hold the
 * archive's writer lock.
 * fails  NOT_FOUND, DAMAGED, DENIED, IO */
NODISCARD enum status fulltext_open(const char *path, enum fulltext_mode how,
                                    unsigned mode, struct fulltext **out);
void fulltext_close(struct fulltext *f); /* NULL allowed */
void fulltext_closep(struct fulltext **f);

/* Put a document's pages in (replacing what was there under its id).
 * Idempotent; durable when it returns. */
NODISCARD enum status fulltext_put(struct fulltext *f, const struct record *r);

/* Take a document out, so that its words are in no page of the file. Not being
 * there is no failure.
 * fails  BUSY (someone reads the index: its log cannot be cut yet) */
NODISCARD enum status fulltext_remove(struct fulltext *f, const char *id);

/* Move the WAL into the database; under the writer lock. */
NODISCARD enum status fulltext_checkpoint(struct fulltext *f);

/* Ids in the index, each() in order of id. */
NODISCARD enum status
fulltext_ids(struct fulltext *f,
             enum status (*each)(void *user, const char *id), void *user);

struct query {
    const char *text;         /* what the user typed: words (all must be on the
                          page), "phrases in quotes" */
    const char *kind, *batch; /* NULL: any */
    time_t from, to;          /* stored_at, inclusive; 0: open */
    int limit, offset;
};

/* A part of the snippet that matched, in bytes of it. */
struct mark {
    int start, length;
};

struct hit {
    char *id, *kind, *title;
    int page;      /* from 1 */
    double score;  /* higher is better */
    char *snippet; /* one line */
    struct mark *marks;
    int n_marks;
    struct box *boxes; /* of the matching words, pixels of the page */
    int n_boxes;
};

struct hits {
    struct hit *items;
    int n;
    int64_t total; /* pages that match; at most HITS_TOTAL_MAX */
    bool capped;   /* there are more than total says */
};

#define HITS_TOTAL_MAX 10000

void hits_clear(struct hits *h);

/* Ranked pages. A page with the very marks of the query comes before one
 * that matches only without them.
 * fails  USAGE (nothing to search for, an open quote; explained), DAMAGED */
NODISCARD enum status fulltext_search(struct fulltext *f, const struct query *q,
                                      struct hits *out);

#endif
