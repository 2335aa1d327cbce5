/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pages FTS5 is asked for, in which order; see indexer/plan.h. */
#include "indexer/plan_inner.h"

#include "base/alloc.h"
#include <stdlib.h>
#include <string.h>

enum {
    LONG_QUERY = 12, /* neighbours */
    LONG_PAIRS = 4,
    LONG_WORDS = 6,
    FEW = 200,       /* pages: the best need not be asked for */
    SINGLES_MAX = 3, /* pairs that are asked for one by one */
};

static void add_pass(struct planner *p, const struct asked *a)
{
    if (p->out->n_passes < PASSES_MAX)
        p->out->passes[p->out->n_passes++] = pass_make(p, a);
}

static int rarest_word(const struct planner *p)
{
    int best = -1;
    for (int i = 0; i < p->t->n; i++) {
        const struct term *a = &p->t->items[i];
        if (plan_is_plain(p->t, i) && a->n == 1 &&
            (best < 0 || p->words[a->first].n < p->words[best].n))
            best = a->first;
    }
    return best;
}

/* Leave the words out that are not among the n rarest. */
static void find_rare(struct planner *p, int n)
{
    for (int k = 0; k < p->t->n_words; k++) {
        int rarer = 0;
        for (int other = 0; other < p->t->n_words; other++)
            rarer += p->words[other].n < p->words[k].n ||
                     (p->words[other].n == p->words[k].n && other < k);
        p->words[k].left_out = rarer >= n;
        p->verify |= p->words[k].left_out;
    }
}

static void set_bit(uint64_t *bits, int i)
{
    bits[i / 64] |= UINT64_C(1) << (i % 64);
}

static void set_first(struct asked *a, int n)
{
    memset(a->pairs, 0, sizeof(a->pairs));
    for (int i = 0; i < n; i++)
        set_bit(a->pairs, i);
}

/* All pairs but those whose lists are long, if three are rarer. */
static void set_telling(const struct planner *p, struct asked *a)
{
    int n = p->n_tights < 3 ? p->n_tights : 3;
    while (n < p->n_tights && p->tights[n].n <= p->f->effort.long_list)
        n++;
    set_first(a, n);
}

/* Whether a word that every page must have is on none. */
static bool is_hopeless(const struct planner *p)
{
    for (int i = 0; i < p->t->n; i++)
        for (int k = 0; k < p->t->items[i].n && plan_is_plain(p->t, i); k++)
            if (p->words[p->t->items[i].first + k].forms.n == 0)
                return true;
    return false;
}

/* A long query finds few pages anyway: those of its rarest pairs, then those
 * of its rarest words; that they have the others is for the text to say. */
static void add_long_passes(struct planner *p, struct asked *a)
{
    a->all = true;
    if (is_hopeless(p)) {
        set_first(a, 0);
        add_pass(p, a);
        return;
    }
    find_rare(p, LONG_WORDS);
    set_first(a, LONG_PAIRS < p->n_tights ? LONG_PAIRS : p->n_tights);
    add_pass(p, a);
    set_first(a, 0);
    add_pass(p, a);
}

/* Pages where one of the rarest pairs stands out, for each of them; `together`:
 * of those that have the two rarest. */
static void add_single_passes(struct planner *p, struct asked *a, bool together)
{
    int n = p->n_tights, singles = n < SINGLES_MAX ? n : SINGLES_MAX;
    for (a->pair = 0; n > 1 && a->pair < singles; a->pair++) {
        if (p->only_pairs && p->tights[a->pair].n > p->f->effort.long_list)
            continue;
        set_first(a, together ? 2 : 0);
        set_bit(a->pairs, a->pair);
        add_pass(p, a);
    }
    a->pair = -1;
}

/* The best pages of some pairs: those where the two rarest stand out much,
 * then one of the rarest beside the other, then both somewhat, then one of the
 * rarest. A page of a phrase has the two rarest anyway. */
static void add_best_passes(struct planner *p, struct asked *a)
{
    int pairs = p->n_tights < 2 ? p->n_tights : 2;
    set_first(a, pairs);
    a->level = 2;
    add_pass(p, a);
    add_single_passes(p, a, true);
    set_first(a, pairs);
    a->level = 1;
    add_pass(p, a);
    a->level = 2;
    if (!p->only_pairs)
        add_single_passes(p, a, false);
    a->level = 0;
}

/* Whether a word may stand for another: an OR of words, a beginning. */
static bool has_choice(const struct planner *p)
{
    for (int i = 0; i < p->t->n; i++) {
        const struct term *a = &p->t->items[i];
        if (a->key == KEY_NONE && !a->negated && a->n == 1 &&
            !plan_is_plain(p->t, i))
            return true;
    }
    return false;
}

/* Pages where the words of an OR stand out, all of them or one, or one that
 * begins as asked, and with them the rarest pairs, or the rarest word. */
static void add_choice_passes(struct planner *p, struct asked *a)
{
    int pairs = p->n_tights < 2 ? p->n_tights : 2;
    set_first(a, pairs);
    a->word = pairs > 0 ? -1 : rarest_word(p);
    for (int i = 0; i < 4; i++) {
        a->every = i < 2;
        a->level = a->choice = 2 - i % 2;
        add_pass(p, a);
    }
    a->level = a->choice = 0;
    a->word = -1;
}

/* Pages with all words as they are marked, if the passes may have missed them:
 * with the pairs, then without. */
static void add_strict_passes(struct planner *p)
{
    struct plan *out = p->out;
    struct asked a = {.how = EXACT, .word = -1, .pair = -1, .strict = true};
    if (p->n_tights > LONG_QUERY || is_hopeless(p))
        return;
    if (p->n_tights > 0) {
        set_telling(p, &a);
        out->strict[out->n_strict++] = pass_make(p, &a);
    }
    set_first(&a, 0);
    if (!p->only_pairs)
        out->strict[out->n_strict++] = pass_make(p, &a);
}

/* The passes of one closeness; the last finds all. */
static void add_passes(struct planner *p, enum closeness how)
{
    struct asked a = {.how = how, .word = -1, .pair = -1};
    int n = p->n_tights;
    bool second = how == FOLDED && p->t->marked;
    if (n > LONG_QUERY || is_hopeless(p)) {
        add_long_passes(p, &a);
        return;
    }
    if (has_choice(p) && !second)
        add_choice_passes(p, &a);
    if (n > 0 && p->tights[0].n > FEW && !second)
        add_best_passes(p, &a);
    a.all = p->only_pairs;
    if (n > 0) {
        set_telling(p, &a);
        add_pass(p, &a);
        p->out->close[p->out->n_passes - 1] = true;
    }
    if (p->only_pairs) {
        p->out->whole[p->out->n_passes - 1] = how == FOLDED;
        set_first(&a, n);
        if (how == FOLDED)
            add_pass(p, &a);
        return;
    }
    if (pass_pairs(&a) > 3) {
        set_first(&a, 2);
        add_pass(p, &a);
    }
    if (n > 1 && !second) {
        set_first(&a, n);
        a.any = true;
        add_pass(p, &a);
        a.any = false;
    }
    set_first(&a, 0);
    a.word = rarest_word(p);
    if (n == 0 && a.word < 0)
        add_pass(p, &a);
    for (a.level = a.word < 0 || n > 0 || second ? 0 : 2; a.level >= 0;
         a.level--) {
        a.all = a.level == 0 && how == FOLDED;
        add_pass(p, &a);
    }
}

/* Whether the tokens of a page can be those of a query it does not answer. */
static bool must_verify(const struct planner *p)
{
    bool verify = p->q->from || p->q->to;
    for (int i = 0; i < p->t->n; i++) {
        const struct term *a = &p->t->items[i];
        verify |= a->negated || a->n > 2 || (a->key != KEY_NONE && a->n > 1);
    }
    return verify;
}

/* Whether the archive has more words that would do than are asked for. */
static bool is_cut(const struct planner *p)
{
    for (int k = 0; k < p->t->n_words; k++)
        if (p->words[k].forms.n >=
            (p->t->begins[k] ? BEGINNINGS_MAX : FORMS_MAX))
            return true;
    return false;
}

/* Passes that were asked before find nothing new, nor do those behind one that
 * finds all. */
static void drop_twins(struct plan *p)
{
    int n = 0, all = p->n_passes - 1;
    for (int i = all; i >= 0; i--)
        if (strcmp(p->passes[i], p->passes[p->n_passes - 1]) == 0)
            all = i;
    for (int i = 0; i < p->n_passes; i++) {
        bool needless = i > all;
        for (int k = 0; k < n && !needless; k++)
            needless = strcmp(p->passes[k], p->passes[i]) == 0;
        if (needless) {
            free(p->passes[i]);
            continue;
        }
        p->whole[n] = p->whole[i] || i == all;
        p->close[n] = p->close[i];
        p->passes[n++] = p->passes[i];
    }
    p->n_passes = n;
}

enum status plan_make(struct fulltext *f, const struct query *q,
                      const struct terms *t, struct plan *out,
                      struct matcher *m)
{
    AUTO(free_void) struct planner *p = xcalloc(1, sizeof(*p));
    *out = (struct plan){0};
    p->f = f;
    p->q = q;
    p->t = t;
    p->out = out;
    p->m = m;
    enum status st = plan_learn(p);
    if (st == STATUS_OK && t->marked)
        add_strict_passes(p);
    if (st == STATUS_OK && t->marked)
        add_passes(p, EXACT);
    if (st == STATUS_OK)
        add_passes(p, FOLDED);
    drop_twins(out);
    out->verify = p->verify || must_verify(p);
    out->cut = is_cut(p);
    for (int k = 0; k < t->n_words; k++)
        tally_clear(&p->words[k].forms);
    for (int i = 0; i < p->n_tights; i++)
        free(p->tights[i].pair);
    return st;
}

void plan_clear(struct plan *p)
{
    for (int i = 0; i < p->n_passes; i++)
        free(p->passes[i]);
    for (int i = 0; i < p->n_strict; i++)
        free(p->strict[i]);
    *p = (struct plan){0};
}
