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

#define INDEX_SCHEMA 3

struct fulltext; /* one open index */

enum fulltext_mode { FULLTEXT_READ, FULLTEXT_WRITE };

/* Open the index at path; FULLTEXT_WRITE makes it if missing, with permission
 * bits mode, and makes it anew if its schema is older. Writers hold the
 * archive's writer lock.
 * fails  NOT_FOUND, DAMAGED, DENIED, IO, UNSUPPORTED (of another hoso) */
NODISCARD enum status fulltext_open(const char *path, enum fulltext_mode how,
                                    unsigned mode, struct fulltext **out);
void fulltext_close(struct fulltext *f); /* NULL allowed */
void fulltext_closep(struct fulltext **f);

/* Whether opening made its tables: it has no document yet. */
bool fulltext_is_new(const struct fulltext *f);

/* Put a document's pages in (replacing what was there under its id).
 * Idempotent; durable when it returns, within a batch when that is
 * committed. */
NODISCARD enum status fulltext_put(struct fulltext *f, const struct record *r);

/* Many documents in one transaction, of about so many pages. A put that fails
 * undoes the whole batch and ends it. */
NODISCARD enum status fulltext_begin(struct fulltext *f, int pages);
NODISCARD enum status fulltext_commit(struct fulltext *f);

/* Take a document out, so that its words are in no page of the file. Not being
 * there is no failure.
 * fails  BUSY (someone reads the index: its log cannot be cut yet) */
NODISCARD enum status fulltext_remove(struct fulltext *f, const char *id);

/* Move the WAL into the database; under the writer lock. */
NODISCARD enum status fulltext_checkpoint(struct fulltext *f);

/* Put the lists of words in one piece: searches are fastest then. Takes some
 * time (minutes for a million pages); searching goes on. */
NODISCARD enum status fulltext_optimize(struct fulltext *f);

/* Bring the lists of words that were written last together, a part at a time:
 * a call works on about so many blocks of 4 KB and is durable. *more: there is
 * something left to do. Searching goes on, and gets faster. */
NODISCARD enum status fulltext_tidy(struct fulltext *f, int blocks, bool *more);

/* A document of the index, to be held against the catalogue. */
struct indexed {
    const char *id, *kind, *batch, *title;
    int pages;
    time_t stored_at;
    int version;
    bool renewed; /* put in since the last fulltext_renew() */
};

/* All of them, each() in order of id. */
NODISCARD enum status
fulltext_ids(struct fulltext *f,
             enum status (*each)(void *user, const struct indexed *d),
             void *user);

/* Begin to make every document again, unless that is under way already;
 * fulltext_renewed() ends it. What was put in between survives a crash. */
NODISCARD enum status fulltext_renew(struct fulltext *f, bool *resumed);
NODISCARD enum status fulltext_renewed(struct fulltext *f);

/* ---- finding ---- */

struct query {
    const char *text;         /* what the user typed: indexer/query.h */
    const char *kind, *batch; /* NULL: any */
    time_t from, to;          /* stored_at, inclusive; 0: open */
    int limit, offset;
    const char *after; /* next of an earlier answer, to go on from there */
    bool facets;       /* count kinds, years … of what was found as well */
    bool exhaustive;   /* score every page that matches, however long it
                          takes: for measuring */
};

/* A part of the snippet that matched, in bytes of it. */
struct span {
    int start, length;
};

struct hit {
    char *id, *kind, *title;
    int page;      /* from 1 */
    double score;  /* higher is better */
    char *snippet; /* one line */
    struct span *marks;
    int n_marks;
    struct box *boxes; /* of the matching words, pixels of the page */
    int n_boxes;
};

/* X(name, JSON code) */
#define FACET_LIST(X)          \
    X(KIND, "kind")            \
    X(YEAR, "year")            \
    X(TYPE, "type")            \
    X(AGENCY, "agency")        \
    X(PROCEDURE, "procedure")

enum facet_key {
#define FACET_ENUM(name, json) FACET_##name,
    FACET_LIST(FACET_ENUM)
#undef FACET_ENUM
        FACET_COUNT
};

/* The JSON code of a facet; static. */
const char *facet_json(enum facet_key key);

/* So many of the pages found have this value; commonest first by key. */
struct facet {
    enum facet_key key;
    char *value;
    int64_t pages;
};

struct hits {
    struct hit *items;
    int n;
    int64_t total; /* pages that match; at most HITS_TOTAL_MAX */
    bool capped;   /* there are more than total says */
    bool about;    /* total is estimated */
    char *suggestion; /* a query that finds more, of the archive's own words;
                         NULL if there is none */
    char *next; /* give it as `after` for what follows; NULL at the end */
    struct facet *facets;
    int n_facets, cap_facets;
    bool facets_capped; /* not all pages that match were counted */
};

#define HITS_TOTAL_MAX 10000

void hits_clear(struct hits *h);

/* Ranked pages. A page with the very marks of the query comes before one
 * that matches only without them.
 * fails  USAGE (nothing to search for, an open quote …; explained), DAMAGED */
NODISCARD enum status fulltext_search(struct fulltext *f, const struct query *q,
                                      struct hits *out);

/* Documents that say much the same as document id, its nearest page each; of
 * q kind, batch, from, to and limit count.  fails  NOT_FOUND, DAMAGED */
NODISCARD enum status fulltext_like(struct fulltext *f, const char *id,
                                    const struct query *q, struct hits *out);

#endif
