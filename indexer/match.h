/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking through a page for the words of a query: the last word on whether
 * and how well a page answers. The page is numbers (indexer/codes.h), so the
 * words of the query are turned into the numbers of their spellings once.
 */
#ifndef HOSO_INDEXER_MATCH_H
#define HOSO_INDEXER_MATCH_H

#include "indexer/query.h"

/* What a query needs to know of the archive to weigh a page. */
struct weights {
    double folded[QUERY_WORDS_MAX], exact[QUERY_WORDS_MAX]; /* idf */
    double usual; /* length of a page in words */
};

/* A word of the query on the page. */
struct sighting {
    int at; /* which word of the page it is */
    uint64_t folded[QUERY_WORDS_MAX / 64], exact[QUERY_WORDS_MAX / 64];
    double weight;
};

/* A spelling of words of the query. */
struct wanted {
    uint32_t id;
    uint64_t folded[QUERY_WORDS_MAX / 64], exact[QUERY_WORDS_MAX / 64];
};

struct matcher {
    const struct terms *t;
    struct wanted *wanted;
    int n_wanted, cap_wanted;
    int *slots; /* of ids: item of wanted + 1; 0: free */
    size_t n_slots;
    uint64_t some[256];        /* low bits of the ids that are wanted */
    bool met[QUERY_WORDS_MAX]; /* term i of the fields is met; the caller's */
    struct sighting *items;    /* of the page looked at last */
    int n, cap;
    int read;   /* words so far */
    int length; /* words of its text, head apart */
};

/* out: matcher_clear(); t must stay. */
void matcher_make(const struct terms *t, struct matcher *out);
void matcher_clear(struct matcher *m);

/* The spelling id is word k of the query; exact: with its marks, too. */
void matcher_want(struct matcher *m, uint32_t id, int k, bool exact);

/* What is wanted of the spelling; NULL if it is no word of the query. */
const struct wanted *matcher_wanted(const struct matcher *m, uint32_t id);

/* Look through a page, codes both; head may be NULL. */
void matcher_look(struct matcher *m, const void *head, int n_head,
                  const void *text, int n_text);

/* Whether term stands from sighting i on (any i). */
bool match_at(const struct matcher *m, const struct term *term, int i,
              enum closeness how);

/* How often term i stands on the page that was looked at, weighed. */
double match_count(const struct matcher *m, int i, enum closeness how);

/* How often terms i and j stand there side by side. */
double match_count_near(const struct matcher *m, int i, int j,
                        enum closeness how);

/* The score of the page by what stands in its text; m->met says which terms of
 * fields are met. 0 or more; -1: it does not answer. */
double match_score(const struct matcher *m, const struct weights *w,
                   enum closeness how);

#endif
