/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking through the text of a page for the words of a query: the last word
 * on whether and how well a page answers. Most words of a page are none of the
 * query's, which their letters tell quickly; only the others are taken apart
 * as the index does.
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

struct matcher {
    const struct terms *t;
    uint32_t signs[QUERY_WORDS_MAX * 2];
    int n_signs;
    uint64_t some[4];       /* low bytes of signs */
    int begin_lengths[QUERY_WORDS_MAX];
    int n_begins;
    bool met[QUERY_WORDS_MAX]; /* term i of the fields is met; the caller's */
    struct sighting *items; /* of the page looked at last */
    int n, cap;
    int read;   /* words so far */
    int length; /* words of its text, head apart */
};

/* out: matcher_clear(); t must stay. */
void matcher_make(const struct terms *t, struct matcher *out);
void matcher_clear(struct matcher *m);

/* Look through a page; head may be NULL. */
void matcher_look(struct matcher *m, const char *head, const char *text);

/* Whether word k of the query is this word of a page. */
bool match_is_word(const struct terms *t, int k, const struct syllable *s,
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
