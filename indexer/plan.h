/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A query into what is asked of FTS5: passes, best pages first. Each is an
 * expression of tokens (indexer/pass.c); what it finds is looked through and
 * scored (indexer/match.h), until there are enough pages to choose from. The
 * last pass finds every page that can answer.
 *
 *     with the marks, then without:
 *       all words of an OR standing out, then one of them
 *       the two rarest pairs of neighbours standing out much; one of the
 *         rarest, where both are; both somewhat; one, where the words are
 *       all pairs, then the two rarest
 *       one pair or the other
 *       the words, the rarest standing out much, somewhat, at all
 *
 * A list is read where it spares more looking at pages than it costs: long ones
 * that pairs speak for are left to the text.
 */
#ifndef HOSO_INDEXER_PLAN_H
#define HOSO_INDEXER_PLAN_H

#include "indexer/fulltext.h"
#include "indexer/match.h"
#include <stdbool.h>

enum { PASSES_MAX = 40, STRICT_MAX = 2 };

struct plan {
    char *passes[PASSES_MAX];
    bool whole[PASSES_MAX]; /* every page that answers is in the pass */
    bool close[PASSES_MAX]; /* its pages have all pairs that tell something */
    int n_passes;
    /* Pages with the very marks of the query, should those that the passes
     * found first have too few of them. */
    char *strict[STRICT_MAX];
    int n_strict;
    double entries; /* of the lists that the last pass reads, about */
    bool cut;       /* some pages that answer are not among those of any pass */
    bool verify;    /* not every page of the last pass answers */
    struct weights weights;
    int64_t pages; /* of the index */
};

/* m is told which spellings the words of the query have.
 * out: plan_clear() */
NODISCARD enum status plan_make(struct fulltext *f, const struct query *q,
                                const struct terms *t, struct plan *out,
                                struct matcher *m);
void plan_clear(struct plan *p);

/* A token in an expression, appended. */
void plan_token(struct strbuf *out, const char *token, size_t n, int level);

/* Tokens that are each ended by TOKEN_END, joined by word. */
void plan_tokens(struct strbuf *out, const char *tokens, const char *word);

/* " AND " if something stands before it. */
void plan_and(struct strbuf *out);

/* The days of a document from `from` to `to`, as few tokens as do. */
void plan_days(int from, int to, struct strbuf *out);

/* What narrows to kind, batch and time of q, appended as " AND (…)". */
void plan_filters(struct strbuf *out, const struct query *q);

#endif
