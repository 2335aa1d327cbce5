/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the archive knows of a query's words, for planning it. */
#ifndef HOSO_INDEXER_PLAN_INNER_H
#define HOSO_INDEXER_PLAN_INNER_H

#include "indexer/plan.h"

enum {
    FORMS_MAX = 40,       /* of a word: its spellings with marks */
    BEGINNINGS_MAX = 300, /* words that begin as asked */
};

/* A word of the query in this archive. */
struct known_word {
    struct tally forms; /* the commonest first */
    bool left_out;      /* of every pass */
    bool dense; /* on so many pages that lists tell little: the text does */
    int usual;  /* so many of them are nearly all there is */
    double n, n_exact; /* pages with it, about */
};

/* Two neighbours that should stand side by side. */
struct tight {
    char *pair;
    int64_t n;
    int left, right; /* words */
};

struct planner {
    struct fulltext *f;
    const struct query *q;
    const struct terms *t;
    struct known_word words[QUERY_WORDS_MAX];
    struct tight tights[QUERY_WORDS_MAX];
    int n_tights;
    bool verify;
    bool only_pairs; /* a page without one of them does not answer */
    struct plan *out;
    struct matcher *m;
};

/* What is asked in a pass: which tight pairs, which word, how much the first
 * of them stands out. */
struct asked {
    enum closeness how;
    uint64_t pairs[QUERY_WORDS_MAX / 64]; /* of p->tights */
    bool any;                             /* one of the pairs is enough */
    int word;                             /* that stands out; -1: a pair does */
    int pair;                             /* that one; -1: all that are asked */
    int level;
    int choice;  /* how much one of the words of an OR stands out */
    bool every;  /* all of them do */
    bool all;    /* every form of a word, not the usual ones alone */
    bool strict; /* every word with its marks */
};

/* How many pairs a page must have for it. */
int pass_pairs(const struct asked *a);

/* The expression; the caller frees. Says in the plan how long its lists are. */
char *pass_make(struct planner *p, const struct asked *a);

/* Whether term i is words that every page must have. */
bool plan_is_plain(const struct terms *t, int i);

/* Fill p->words, p->tights and the weights; the matcher is told which
 * spellings are wanted. */
NODISCARD enum status plan_learn(struct planner *p);

#endif
