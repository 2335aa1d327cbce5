/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pages FTS5 is asked for, in which order; see indexer/plan.h. */
#include "indexer/plan.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "indexer/rank.h"
#include "indexer/schema.h"
#include <stdlib.h>
#include <string.h>

enum {
    FORMS_MAX = 40,      /* of a word: its spellings with marks */
    BEGINNINGS_MAX = 300, /* words that begin as asked */
    LONG_QUERY = 12, /* neighbours */
};

/* A word of the query in this archive. */
struct known_word {
    struct tally forms; /* the commonest first */
    double n, n_exact;  /* pages with it, about */
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
    struct plan *out;
    struct matcher *m;
};

/* ---- what the archive knows ---- */

/* Words of the archive that word k of the query stands for. */
static enum status find_forms(struct planner *p, int k, struct sql_stmt **s)
{
    const char *folded = p->t->words[k].folded;
    if (!p->t->begins[k]) {
        enum status st = fulltext_ready(p->f, GET_FORMS, s);
        return st == STATUS_OK
                   ? sql_again(*s, "si", folded, (int64_t)FORMS_MAX)
                   : st;
    }
    AUTO(free_char) char *last = xasprintf("%s\U0010FFFF", folded);
    enum status st = fulltext_ready(p->f, GET_BEGINNINGS, s);
    return st == STATUS_OK ? sql_again(*s, "ssi", folded, last,
                                       (int64_t)BEGINNINGS_MAX)
                           : st;
}

static enum status want_spellings(struct planner *p, int k, const char *folded,
                                  const char *exact)
{
    struct sql_stmt *s;
    const struct syllable *w = &p->t->words[k];
    bool row = true;
    bool same = p->t->begins[k] || !w->exact[0] || strcmp(w->exact, exact) == 0;
    enum status st = fulltext_ready(p->f, GET_SPELLINGS, &s);
    if (st == STATUS_OK)
        st = sql_again(s, "ss", folded, exact);
    while (st == STATUS_OK) {
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        matcher_want(p->m, (uint32_t)sql_int(s, 0), k, same);
    }
    sql_rest(s);
    return st;
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
        tally_add(&known->forms, form, strlen(form), 1);
        known->n += (double)(n > 0 ? n : 1);
        if (strcmp(exact, p->t->words[k].exact) == 0)
            known->n_exact = (double)n;
        st = want_spellings(p, k, folded, exact);
    }
    sql_rest(s);
    return st;
}

static enum status learn_pair(struct planner *p, int left, int right)
{
    struct tight *tight = &p->tights[p->n_tights++];
    struct sql_stmt *s;
    bool row = false;
    tight->left = left;
    tight->right = right;
    tight->pair = xasprintf("%s %s", p->t->words[left].folded,
                            p->t->words[right].folded);
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

/* Whether term i is words that every page must have. */
static bool is_plain(const struct terms *t, int i)
{
    const struct term *a = &t->items[i];
    return a->key == KEY_NONE && !a->negated && !a->prefix && is_alone(t, i);
}

static enum status learn(struct planner *p)
{
    const struct terms *t = p->t;
    enum status st = STATUS_OK;
    for (int i = 0; i < t->n && st == STATUS_OK; i++) {
        const struct term *a = &t->items[i];
        if (a->key != KEY_NONE)
            continue;
        for (int k = a->first; k < a->first + a->n && st == STATUS_OK; k++)
            st = learn_word(p, k);
        if (!is_plain(t, i))
            continue;
        for (int k = a->first + 1; k < a->first + a->n && st == STATUS_OK; k++)
            st = learn_pair(p, k - 1, k);
        if (i + 1 < t->n && is_plain(t, i + 1) && st == STATUS_OK)
            st = learn_pair(p, a->first + a->n - 1, t->items[i + 1].first);
    }
    return st;
}

static void weigh(struct planner *p, int64_t pages)
{
    struct weights *w = &p->out->weights;
    for (int k = 0; k < p->t->n_words; k++) {
        const struct known_word *known = &p->words[k];
        w->folded[k] = rank_idf((double)pages, known->n);
        w->exact[k] = rank_idf((double)pages, p->t->words[k].exact[0]
                                                  ? known->n_exact
                                                  : known->n);
    }
}

/* ---- expressions ---- */

/* Word k in one of its forms. */
static void add_word(const struct planner *p, int k, enum closeness how,
                     int level, struct strbuf *out)
{
    const struct syllable *w = &p->t->words[k];
    const struct tally *forms = &p->words[k].forms;
    if (how == EXACT && w->exact[0]) {
        plan_token(out, w->exact, strlen(w->exact), level);
        return;
    }
    if (forms->n == 0) {
        plan_token(out, w->folded, strlen(w->folded), level);
        return;
    }
    strbuf_adds(out, "(");
    for (int i = 0; i < forms->n; i++) {
        strbuf_adds(out, i > 0 ? " OR " : "");
        plan_token(out, tally_text(forms, i), forms->items[i].length, level);
    }
    strbuf_adds(out, ")");
}

static void add_pair(const struct planner *p, int left, struct strbuf *out)
{
    AUTO(free_char)
    char *pair = xasprintf("%s %s", p->t->words[left].folded,
                           p->t->words[left + 1].folded);
    plan_token(out, pair, strlen(pair), 0);
}

/* Words or a phrase. A phrase is its pairs; that they are in a row is for the
 * text to say. */
static void add_words(const struct planner *p, const struct term *a,
                      enum closeness how, struct strbuf *out)
{
    strbuf_adds(out, "(");
    for (int k = a->first; k + 1 < a->first + a->n; k++) {
        plan_and(out);
        add_pair(p, k, out);
    }
    for (int k = a->first; k < a->first + a->n; k++) {
        if (a->n > 1 && (how == FOLDED || !p->t->words[k].exact[0]))
            continue;
        plan_and(out);
        add_word(p, k, how, 0, out);
    }
    strbuf_adds(out, ")");
}

static void add_field(const struct planner *p, const struct term *a,
                      struct strbuf *out)
{
    AUTO(strbuf_clear) struct strbuf tokens = {0};
    strbuf_init(&tokens);
    strbuf_adds(out, "(");
    if (a->key == KEY_DATE) {
        plan_days(a->from, a->to, out);
    } else {
        for (int k = a->first; k < a->first + a->n; k++)
            token_of_word(a->key, p->t->words[k].folded, &tokens);
        plan_tokens(out, tokens.s, " AND ");
    }
    strbuf_adds(out, ")");
}

static void add_term(const struct planner *p, int i, enum closeness how,
                     struct strbuf *out)
{
    const struct term *a = &p->t->items[i];
    if (a->key != KEY_NONE)
        add_field(p, a, out);
    else
        add_words(p, a, how, out);
}

/* ---- passes ---- */

/* What is asked in a pass: which tight pairs, which word, how much the first
 * of them stands out. */
struct asked {
    enum closeness how;
    uint64_t pairs[QUERY_WORDS_MAX / 64]; /* of p->tights */
    bool any;     /* one of the pairs is enough */
    int word;     /* that stands out; -1: the first pair does */
    int level;
};

static bool has_bit(const uint64_t *bits, int i)
{
    return bits[i / 64] >> (i % 64) & 1;
}

/* Whether the pairs of a say already that word k is there. */
static bool is_covered(const struct planner *p, const struct asked *a, int k)
{
    if (a->any || (a->how == EXACT && p->t->words[k].exact[0]))
        return false;
    for (int i = 0; i < p->n_tights; i++)
        if (has_bit(a->pairs, i) &&
            (p->tights[i].left == k || p->tights[i].right == k))
            return true;
    return false;
}

static void add_pairs(const struct planner *p, const struct asked *a,
                      struct strbuf *out)
{
    bool first = true;
    for (int i = 0; i < p->n_tights; i++) {
        if (!has_bit(a->pairs, i))
            continue;
        strbuf_adds(out, first ? "(" : a->any ? " OR " : " AND ");
        plan_token(out, p->tights[i].pair, strlen(p->tights[i].pair),
                   a->word < 0 ? a->level : 0);
        first = false;
    }
    strbuf_adds(out, first ? "" : ")");
}

/* The clause that begins with term i; the item behind it. */
static int add_clause(const struct planner *p, const struct asked *a, int i,
                      struct strbuf *out)
{
    const struct terms *t = p->t;
    const struct term *term = &t->items[i];
    if (is_plain(t, i) && term->n == 1) {
        if (is_covered(p, a, term->first))
            return i + 1;
        plan_and(out);
        add_word(p, term->first, a->how, a->word == term->first ? a->level : 0,
                 out);
        return i + 1;
    }
    plan_and(out);
    strbuf_adds(out, "(");
    int clause = term->clause;
    for (bool first = true; i < t->n && t->items[i].clause == clause; i++) {
        strbuf_adds(out, first ? "" : " OR ");
        add_term(p, i, a->how, out);
        first = false;
    }
    strbuf_adds(out, ")");
    return i;
}

static void add_pass(struct planner *p, const struct asked *a)
{
    struct strbuf b;
    if (p->out->n_passes == PASSES_MAX)
        return;
    strbuf_init(&b);
    add_pairs(p, a, &b);
    for (int i = 0; i < p->t->n;) {
        if (p->t->items[i].negated)
            i++;
        else
            i = add_clause(p, a, i, &b);
    }
    plan_filters(&b, p->q);
    p->out->passes[p->out->n_passes++] = strbuf_take(&b);
}

static int by_rarity(const void *a, const void *b)
{
    const struct tight *x = a, *y = b;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    return x->left - y->left;
}

static int rarest_word(const struct planner *p)
{
    int best = -1;
    for (int i = 0; i < p->t->n; i++) {
        const struct term *a = &p->t->items[i];
        if (is_plain(p->t, i) && a->n == 1 &&
            (best < 0 || p->words[a->first].n < p->words[best].n))
            best = a->first;
    }
    return best;
}

static void set_first(struct asked *a, int n)
{
    memset(a->pairs, 0, sizeof(a->pairs));
    for (int i = 0; i < n; i++)
        a->pairs[i / 64] |= UINT64_C(1) << (i % 64);
}

/* Whether a word that every page must have is on none. */
static bool is_hopeless(const struct planner *p)
{
    for (int i = 0; i < p->t->n; i++)
        for (int k = 0; k < p->t->items[i].n && is_plain(p->t, i); k++)
            if (p->words[p->t->items[i].first + k].forms.n == 0)
                return true;
    return false;
}

/* The passes of one closeness; the last finds all. A long query finds few
 * pages anyway: it is asked once in a row and once as it is. */
static void add_passes(struct planner *p, enum closeness how)
{
    struct asked a = {.how = how, .word = -1};
    int n = p->n_tights;
    if (n > LONG_QUERY || is_hopeless(p)) {
        set_first(&a, is_hopeless(p) ? 0 : n);
        add_pass(p, &a);
        set_first(&a, 0);
        if (!is_hopeless(p))
            add_pass(p, &a);
        return;
    }
    for (int level = 2; level > 0 && n > 0; level--) {
        set_first(&a, n < 2 ? n : 2);
        a.level = level;
        add_pass(p, &a);
    }
    a.level = 0;
    if (n > 0) {
        set_first(&a, n);
        add_pass(p, &a);
    }
    if (n > 2) {
        set_first(&a, 2);
        add_pass(p, &a);
    }
    if (n > 1) {
        set_first(&a, n);
        a.any = true;
        add_pass(p, &a);
        a.any = false;
    }
    set_first(&a, 0);
    a.word = rarest_word(p);
    for (a.level = a.word < 0 || n > 0 ? 0 : 2; a.level >= 0; a.level--)
        add_pass(p, &a);
}

/* Whether the tokens of a page can be those of a query it does not answer. */
static bool must_verify(const struct planner *p)
{
    bool verify = p->q->from || p->q->to;
    for (int i = 0; i < p->t->n; i++) {
        const struct term *a = &p->t->items[i];
        verify |= a->negated || a->n > 2 || (a->key != KEY_NONE && a->n > 1);
        for (int k = a->first; k < a->first + a->n; k++)
            verify |= p->words[k].forms.n >= (p->t->begins[k] ? BEGINNINGS_MAX
                                                              : FORMS_MAX);
    }
    return verify;
}

enum status plan_make(struct fulltext *f, const struct query *q,
                      const struct terms *t, struct plan *out,
                      struct matcher *m)
{
    AUTO(free_void) struct planner *p = xcalloc(1, sizeof(*p));
    int64_t pages = 0, length = 0;
    *out = (struct plan){0};
    p->f = f;
    p->q = q;
    p->t = t;
    p->out = out;
    p->m = m;
    enum status st = fulltext_meta(f, "pages", &pages);
    if (st == STATUS_OK)
        st = fulltext_meta(f, "length", &length);
    if (st == STATUS_OK)
        st = learn(p);
    out->pages = pages;
    out->weights.usual = pages ? (double)length / (double)pages : 1;
    weigh(p, pages);
    if (p->n_tights > 1)
        qsort(p->tights, (size_t)p->n_tights, sizeof(p->tights[0]), by_rarity);
    if (st == STATUS_OK && t->marked)
        add_passes(p, EXACT);
    if (st == STATUS_OK)
        add_passes(p, FOLDED);
    out->verify = must_verify(p);
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
    *p = (struct plan){0};
}
