/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many pages answer. Counting stops early: beyond some rows the rest is
 * estimated by how far the list was read. */
#include "indexer/search.h"

enum {
    COUNT_MAX = 1000, /* rows, fewer where the lists to be read are long */
    COUNT_MIN = 50,
    LISTS_SHORT = 200000, /* entries */
    PASSED_MAX = 2000,    /* documents counted for an estimate */
    VERIFY_MAX = 200,     /* pages looked through only to be counted */
};

/* n pages were met from the newest down to row: how many will be in all? By
 * the pages that were passed if they are soon counted, else by the rows. */
static enum status estimate(struct search *in, int64_t n, int64_t row,
                            int64_t *out)
{
    struct sql_stmt *s;
    bool there = false;
    double read = (double)(row - in->low + 1);
    double all = (double)(in->high - in->low + 1);
    enum status st = fulltext_ready(in->f, COUNT_PASSED, &s);
    if (st == STATUS_OK)
        st = sql_again(s, "iii", in->low, row, (int64_t)PASSED_MAX + 1);
    if (st == STATUS_OK)
        st = sql_step(s, &there);
    if (st == STATUS_OK && sql_int(s, 0) <= PASSED_MAX) {
        read = (double)sql_int(s, 1);
        all = (double)in->plan.pages;
    }
    sql_rest(s);
    *out = read > 0 && all > read ? (int64_t)((double)n * all / read) : n;
    return st;
}

static enum status count_rows(struct search *in, struct hits *out)
{
    struct sql_stmt *s;
    bool row = false;
    double share = LISTS_SHORT / (in->plan.entries + 1);
    int64_t most = share < 1 ? (int64_t)(COUNT_MAX * share) : COUNT_MAX;
    most = most < COUNT_MIN ? COUNT_MIN : most;
    enum status st = fulltext_ready(in->f, COUNT_ROWS, &s);
    if (st == STATUS_OK)
        st = sql_again(s, "sii", in->plan.passes[in->plan.n_passes - 1],
                       in->low, most + 1);
    if (st == STATUS_OK)
        st = sql_step(s, &row);
    if (st == STATUS_OK) {
        int64_t n = sql_int(s, 0);
        out->about = n > most;
        out->total = n;
        if (out->about)
            st = estimate(in, n, sql_int(s, 1), &out->total);
    }
    sql_rest(s);
    return st;
}

/* The same where only the text says whether a page answers. */
static enum status count_answers(struct search *in, struct hits *out)
{
    struct sql_stmt *s;
    int64_t looked = 0, answers = 0, last = 0;
    bool row = true;
    enum status st =
        search_rows(in, in->plan.passes[in->plan.n_passes - 1], &s);
    while (st == STATUS_OK && looked <= VERIFY_MAX) {
        struct found one;
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        last = sql_int(s, 0);
        st = search_look(in, last, &one);
        answers += one.score >= 0;
        looked++;
    }
    sql_rest(s);
    out->about = row;
    out->total = answers;
    return st == STATUS_OK && row ? estimate(in, answers, last, &out->total)
                                  : st;
}

enum status search_total(struct search *in, int64_t found, bool all,
                         struct hits *out)
{
    enum status st = STATUS_OK;
    if (all)
        out->total = found;
    else
        st = in->plan.verify ? count_answers(in, out) : count_rows(in, out);
    if (out->total < found)
        out->total = found;
    out->about |= in->plan.cut;
    out->capped = out->total > HITS_TOTAL_MAX;
    out->total = out->capped ? HITS_TOTAL_MAX : out->total;
    return st;
}
