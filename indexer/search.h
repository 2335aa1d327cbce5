/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of searching share of a search under way. */
#ifndef HOSO_INDEXER_SEARCH_H
#define HOSO_INDEXER_SEARCH_H

#include "indexer/fulltext.h"
#include "indexer/plan.h"

/* Pages of an expression, the newest first; for search_look(). */
#define LOOK_AT                                                     \
    "SELECT p.row, p.stored_at, p.head, p.text FROM fulltext f "    \
    "CROSS JOIN page p ON p.row = f.rowid "                         \
    "WHERE f.fulltext MATCH ?1 AND f.rowid >= ?2"

struct search {
    struct fulltext *f;
    const struct query *q;
    const struct terms *t;
    struct plan plan;
    struct matcher matcher;
    struct entry entry; /* of the page looked at last, if fields were asked */
    int64_t low;        /* rows from here on: what is newer is not seen */
    int64_t high;       /* the oldest row */
    int limit, offset;
    bool fields; /* the query asks for fields */
};

/* The page of the current row of s: columns row, stored_at, head, text. Its
 * score, or -1 if it does not answer; *exact if it has the very marks. */
NODISCARD enum status search_look(struct search *in, struct sql_stmt *s,
                                  double *score, bool *exact);

/* Kinds, years … of what the last pass finds. */
NODISCARD enum status search_facets(struct search *in, struct hits *out);

/* A better query if this one found little: out->suggestion. */
NODISCARD enum status search_suggest(struct search *in, struct hits *out);

/* How many pages a query finds, at most `most`; for suggestions. */
NODISCARD enum status search_count(struct fulltext *f, const struct query *q,
                                   int most, int *out);

#endif
