/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of searching share of a search under way. */
#ifndef HOSO_INDEXER_SEARCH_H
#define HOSO_INDEXER_SEARCH_H

#include "indexer/fulltext.h"
#include "indexer/plan.h"

/* A page that was found. */
struct found {
    int64_t row, stored_at;
    double score; /* RANK_EXACT is added where the marks are */
};

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

/* Rows of pages that an expression finds, the newest first; sql_rest() when
 * done with them. The statement is one for all. */
NODISCARD enum status search_rows(struct search *in, const char *pass,
                                  struct sql_stmt **out);

/* Look at the page of a row: its score, or -1 if it does not answer. */
NODISCARD enum status search_look(struct search *in, int64_t row,
                                  struct found *out);

/* How many pages answer, of whom `found` are known, which are all or not:
 * out->total, capped, about. */
NODISCARD enum status search_total(struct search *in, int64_t found, bool all,
                                   struct hits *out);

/* Kinds, years … of what the last pass finds. */
NODISCARD enum status search_facets(struct search *in, struct hits *out);

/* A better query if this one found little: out->suggestion. */
NODISCARD enum status search_suggest(struct search *in, struct hits *out);

/* The query with a space more or less if it finds more than `total` pages so;
 * *out NULL if not. The caller frees. */
NODISCARD enum status search_respace(struct search *in, int64_t total,
                                     char **out);

/* How many pages a query finds, at most `most`; 0 or fewer than there are if
 * hardly any of those that lists name answer. For suggestions. */
NODISCARD enum status search_count(struct fulltext *f, const struct query *q,
                                   int most, int *out);

#endif
