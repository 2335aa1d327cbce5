/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the archive knows of a query's words; see indexer/plan_inner.h. */
#include "indexer/plan_inner.h"

#include "base/alloc.h"
#include "indexer/rank.h"
#include <stdlib.h>
#include <string.h>

#define DENSE_MIN 0.3    /* of all pages */
#define DENSE_LIKELY 0.3 /* that a page has all of the dense words */

/* Words of the archive that word k of the query stands for. */
static enum status find_forms(struct planner *p, int k, struct sql_stmt **s)
{
    const char *folded = p->t->words[k].folded;
    if (!p->t->begins[k]) {
        enum status st = fulltext_ready(p->f, GET_FORMS, s);
        return st == STATUS_OK ? sql_again(*s, "si", folded, (int64_t)FORMS_MAX)
                               : st;
    }
    AUTO(free_char) char *last = xasprintf("%s\U0010FFFF", folded);
    enum status st = fulltext_ready(p->f, GET_BEGINNINGS, s);
    return st == STATUS_OK
               ? sql_again(*s, "ssi", folded, last, (int64_t)BEGINNINGS_MAX)
               : st;
}

/* Every spelling of the word `folded`, or of one form of it (exact; NULL: of
 * all), is what word k of the query looks for. */
static enum status want_spellings(struct planner *p, int k, const char *folded,
                                  const char *exact)
{
    struct sql_stmt *s;
    const struct syllable *w = &p->t->words[k];
    bool row = true, any = p->t->begins[k] || !w->exact[0];
    enum status st =
        fulltext_ready(p->f, exact ? GET_SPELLINGS : GET_ALL_SPELLINGS, &s);
    if (st == STATUS_OK)
        st = exact ? sql_again(s, "ss", folded, exact)
                   : sql_again(s, "s", folded);
    while (st == STATUS_OK) {
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        matcher_want(p->m, (uint32_t)sql_int(s, 0), k,
                     any || strcmp(w->exact, sql_text(s, 1)) == 0);
    }
    sql_rest(s);
    return st;
}

/* The forms that stand for all but a fiftieth of the pages: the first passes
 * ask for these alone. */
static void set_usual(struct known_word *known)
{
    double sum = 0;
    int n = known->forms.n;
    for (known->usual = 0; known->usual < n && sum < 0.98 * known->n;)
        sum += known->forms.items[known->usual++].n;
}

static enum status learn_word(struct planner *p, int k)
{
    struct sql_stmt *s;
    enum status st = find_forms(p, k, &s);
    for (bool row = true; st == STATUS_OK;) {
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        struct known_word *known = &p->words[k];
        const char *folded = sql_text(s, 0), *exact = sql_text(s, 1);
        const char *form = token_form(folded, exact);
        int64_t n = sql_int(s, 2);
        tally_add(&known->forms, form, strlen(form), (double)(n > 0 ? n : 1));
        known->n += (double)(n > 0 ? n : 1);
        if (strcmp(exact, p->t->words[k].exact) == 0)
            known->n_exact = (double)n;
        if (p->t->begins[k])
            st = want_spellings(p, k, folded, exact);
    }
    sql_rest(s);
    if (st == STATUS_OK && !p->t->begins[k])
        st = want_spellings(p, k, p->t->words[k].folded, NULL);
    set_usual(&p->words[k]);
    return st;
}

static enum status learn_pair(struct planner *p, int left, int right)
{
    struct tight *tight = &p->tights[p->n_tights++];
    struct sql_stmt *s;
    bool row = false;
    tight->left = left;
    tight->right = right;
    tight->pair =
        xasprintf("%s %s", p->t->words[left].folded, p->t->words[right].folded);
    enum status st = fulltext_ready(p->f, GET_PAIR, &s);
    if (st == STATUS_OK)
        st = sql_again(s, "s", tight->pair);
    if (st == STATUS_OK)
        st = sql_step(s, &row);
    if (st == STATUS_OK && row)
        tight->n = sql_int(s, 0);
    sql_rest(s);
    return st;
}

static bool is_alone(const struct terms *t, int i)
{
    const struct term *a = &t->items[i];
    return !(i > 0 && t->items[i - 1].clause == a->clause) &&
           !(i + 1 < t->n && t->items[i + 1].clause == a->clause);
}

bool plan_is_plain(const struct terms *t, int i)
{
    const struct term *a = &t->items[i];
    return a->key == KEY_NONE && !a->negated && !a->prefix && is_alone(t, i);
}

static enum status learn(struct planner *p)
{
    const struct terms *t = p->t;
    enum status st = STATUS_OK;
    p->only_pairs = true;
    for (int i = 0; i < t->n && st == STATUS_OK; i++) {
        const struct term *a = &t->items[i];
        if (a->key != KEY_NONE)
            continue;
        for (int k = a->first; k < a->first + a->n && st == STATUS_OK; k++)
            st = learn_word(p, k);
        if (!plan_is_plain(t, i))
            continue;
        for (int k = a->first + 1; k < a->first + a->n && st == STATUS_OK; k++)
            st = learn_pair(p, k - 1, k);
        if (i + 1 < t->n && plan_is_plain(t, i + 1) && st == STATUS_OK) {
            st = learn_pair(p, a->first + a->n - 1, t->items[i + 1].first);
            p->only_pairs = false;
        }
    }
    return st;
}

static void weigh(struct planner *p, int64_t pages)
{
    struct weights *w = &p->out->weights;
    for (int k = 0; k < p->t->n_words; k++) {
        const struct known_word *known = &p->words[k];
        w->folded[k] = rank_idf((double)pages, known->n);
        w->exact[k] = rank_idf(
            (double)pages, p->t->words[k].exact[0] ? known->n_exact : known->n);
    }
}

/* Words that are dense, the commonest first, while a page that has the rest
 * is likely enough to have them, too. */
static void find_dense(struct planner *p)
{
    double likely = 1, pages = (double)p->out->pages;
    for (;;) {
        int best = -1;
        for (int k = 0; k < p->t->n_words; k++)
            if (!p->words[k].dense &&
                (best < 0 || p->words[k].n > p->words[best].n))
                best = k;
        if (best < 0 || p->words[best].n < DENSE_MIN * pages)
            return;
        double share = p->words[best].n / pages;
        likely *= share < 1 ? share : 1;
        if (likely < DENSE_LIKELY)
            return;
        p->words[best].dense = true;
    }
}

static int by_rarity(const void *a, const void *b)
{
    const struct tight *x = a, *y = b;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    return x->left - y->left;
}

enum status plan_learn(struct planner *p)
{
    int64_t pages = 0, length = 0;
    enum status st = fulltext_meta(p->f, "pages", &pages);
    if (st == STATUS_OK)
        st = fulltext_meta(p->f, "length", &length);
    if (st == STATUS_OK)
        st = learn(p);
    p->out->pages = pages;
    p->out->weights.usual = pages ? (double)length / (double)pages : 1;
    weigh(p, pages);
    find_dense(p);
    p->only_pairs &= p->n_tights > 0;
    if (p->n_tights > 1)
        qsort(p->tights, (size_t)p->n_tights, sizeof(p->tights[0]), by_rarity);
    return st;
}
