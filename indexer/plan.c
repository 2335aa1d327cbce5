/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pages FTS5 is asked for, in which order; see indexer/plan.h. */
#include "indexer/plan_inner.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "indexer/rank.h"
#include "indexer/schema.h"
#include <stdlib.h>
#include <string.h>

enum {
    LONG_QUERY = 12, /* neighbours */
    LONG_PAIRS = 4,
    LONG_WORDS = 6,
    FEW = 200,       /* pages: the best need not be asked for */
    SINGLES_MAX = 3, /* pairs that are asked for one by one */
};

/* Pages: a list that is longer takes longer to read than looking at the pages
 * costs that it would have spared, where pairs say nearly the same. */
#define LONG_LIST 50000
#define MOSTLY 0.5 /* of a word's pages have it with these marks */

/* ---- expressions ---- */

/* What is asked in a pass: which tight pairs, which word, how much the first
 * of them stands out. */
struct asked {
    enum closeness how;
    uint64_t pairs[QUERY_WORDS_MAX / 64]; /* of p->tights */
    bool any;                             /* one of the pairs is enough */
    int word;                             /* that stands out; -1: a pair does */
    int pair;                             /* that one; -1: all that are asked */
    int level;
    bool all; /* every form of a word, not the usual ones alone */
};

/* Word k in one of its forms. */
static void add_word(const struct planner *p, int k, const struct asked *a,
                     int level, struct strbuf *out)
{
    enum closeness how = a->how;
    int n = a->all ? p->words[k].forms.n : p->words[k].usual;
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
    for (int i = 0; i < n; i++) {
        strbuf_adds(out, i > 0 ? " OR " : "");
        plan_token(out, tally_text(forms, i), forms->items[i].length, level);
    }
    strbuf_adds(out, ")");
}

/* Words left and left + 1 side by side. */
static void add_pair(const struct planner *p, int left, struct strbuf *out)
{
    AUTO(free_char)
    char *pair = xasprintf("%s %s", p->t->words[left].folded,
                           p->t->words[left + 1].folded);
    plan_token(out, pair, strlen(pair), 0);
}

static bool has_bit(const uint64_t *bits, int i)
{
    return bits[i / 64] >> (i % 64) & 1;
}

static bool has_pairs(const struct asked *a)
{
    uint64_t any = 0;
    for (size_t i = 0; i < ARRAY_LEN(a->pairs); i++)
        any |= a->pairs[i];
    return any;
}

/* Whether the marks of word k tell more than its letters do: it is mostly
 * written otherwise, and its list is short. */
static bool is_telling(const struct planner *p, const struct asked *a, int k)
{
    const struct known_word *w = &p->words[k];
    return a->how == EXACT && p->t->words[k].exact[0] &&
           w->n_exact < MOSTLY * w->n && w->n_exact < LONG_LIST;
}

/* Whether the pairs of a say already that word k is there. */
static bool is_covered(const struct planner *p, const struct asked *a, int k)
{
    if (a->any || is_telling(p, a, k))
        return false;
    for (int i = 0; i < p->n_tights; i++)
        if (has_bit(a->pairs, i) &&
            (p->tights[i].left == k || p->tights[i].right == k))
            return true;
    return false;
}

/* Words or a phrase. A phrase is its pairs; that they are in a row is for the
 * text to say. Of one that every page must have the pairs that are asked for
 * do. */
static void add_words(const struct planner *p, int term,
                      const struct asked *asked, struct strbuf *out)
{
    const struct term *a = &p->t->items[term];
    bool said = has_pairs(asked) && plan_is_plain(p->t, term);
    for (int k = a->first; k + 1 < a->first + a->n && !said; k++) {
        plan_and(out);
        add_pair(p, k, out);
    }
    for (int k = a->first; k < a->first + a->n; k++) {
        if (a->n > 1 && !is_telling(p, asked, k))
            continue;
        plan_and(out);
        add_word(p, k, asked, 0, out);
    }
}

static void add_field(const struct planner *p, const struct term *a,
                      struct strbuf *out)
{
    AUTO(strbuf_clear) struct strbuf tokens = {0};
    strbuf_init(&tokens);
    if (a->key == KEY_DATE) {
        plan_days(a->from, a->to, out);
        return;
    }
    for (int k = a->first; k < a->first + a->n; k++)
        token_of_word(a->key, p->t->words[k].folded, &tokens);
    plan_tokens(out, tokens.s, " AND ");
}

/* Term i in brackets after `before`; nothing if nothing need be asked. */
static void add_term(const struct planner *p, int i, const struct asked *asked,
                     const char *before, struct strbuf *out)
{
    const struct term *a = &p->t->items[i];
    AUTO(strbuf_clear) struct strbuf b = {0};
    strbuf_init(&b);
    if (a->key != KEY_NONE)
        add_field(p, a, &b);
    else
        add_words(p, i, asked, &b);
    if (b.len)
        strbuf_addf(out, "%s(%s)", before, b.s);
}

/* ---- passes ---- */

static void add_pairs(const struct planner *p, const struct asked *a,
                      struct strbuf *out)
{
    bool first = true;
    for (int i = 0; i < p->n_tights; i++) {
        if (!has_bit(a->pairs, i))
            continue;
        strbuf_adds(out, first ? "(" : a->any ? " OR " : " AND ");
        plan_token(out, p->tights[i].pair, strlen(p->tights[i].pair),
                   a->word < 0 && (a->pair < 0 || a->pair == i) ? a->level : 0);
        first = false;
    }
    strbuf_adds(out, first ? "" : ")");
}

static int count_pairs(const struct asked *a)
{
    int n = 0;
    for (size_t i = 0; i < ARRAY_LEN(a->pairs); i++)
        n += __builtin_popcountll(a->pairs[i]);
    return a->any ? 1 : n;
}

/* Whether word k is not worth its list: pairs say it, or most pages have it.
 * Of the pages that have three pairs, or where one stands out, which are few,
 * the rarest other word is enough. */
static bool is_left_to_text(const struct planner *p, const struct asked *a,
                            int k)
{
    const struct known_word *w = &p->words[k];
    int pairs = count_pairs(a);
    if (w->left_out || is_covered(p, a, k))
        return true;
    if (a->all || (pairs == 0 && a->how == FOLDED))
        return false;
    bool rarer = pairs > 2;
    for (int i = 0; i < p->t->n && !rarer; i++) {
        int other = p->t->items[i].first;
        rarer = plan_is_plain(p->t, i) && p->t->items[i].n == 1 &&
                p->words[other].n < w->n && !is_covered(p, a, other);
    }
    return (w->dense && (pairs > 0 || rarer)) ||
           ((a->level > 0 || pairs > 2) && rarer && w->n > LONG_LIST);
}

/* The clause that begins with term i; the item behind it. */
static int add_clause(const struct planner *p, const struct asked *a, int i,
                      struct strbuf *out)
{
    const struct terms *t = p->t;
    const struct term *term = &t->items[i];
    if (plan_is_plain(t, i) && term->n == 1) {
        if (is_left_to_text(p, a, term->first))
            return i + 1;
        plan_and(out);
        add_word(p, term->first, a, a->word == term->first ? a->level : 0, out);
        return i + 1;
    }
    AUTO(strbuf_clear) struct strbuf any = {0};
    strbuf_init(&any);
    for (int clause = term->clause; i < t->n && t->items[i].clause == clause;
         i++)
        add_term(p, i, a, any.len ? " OR " : "", &any);
    if (any.len) {
        plan_and(out);
        strbuf_addf(out, "(%s)", any.s);
    }
    return i;
}

/* Words that no page may have, as the lists know them: where marks count, as
 * they were typed. Whether a page has them otherwise is for the text to say;
 * but one by one it would be asked of every page with a common word. */
static void leave_out(const struct planner *p, struct strbuf *out)
{
    AUTO(strbuf_clear) struct strbuf b = {0};
    strbuf_init(&b);
    for (int i = 0; i < p->t->n; i++) {
        const struct term *a = &p->t->items[i];
        if (!a->negated || a->key != KEY_NONE || a->n != 1)
            continue;
        const struct syllable *w = &p->t->words[a->first];
        const struct tally *forms = &p->words[a->first].forms;
        const char *typed = token_form(w->folded, w->exact);
        bool by_form = p->t->marked || w->exact[0];
        if (by_form && p->t->begins[a->first])
            continue;
        for (int k = 0; k < (by_form ? 1 : forms->n); k++) {
            const char *form = by_form ? typed : tally_text(forms, k);
            strbuf_adds(&b, b.len ? " OR " : "");
            plan_token(&b, form, strlen(form), 0);
        }
    }
    if (!b.len || !out->len)
        return;
    AUTO(free_char) char *pages = xasprintf("(%s) NOT (%s)", out->s, b.s);
    strbuf_reset(out);
    strbuf_adds(out, pages);
}

/* How long the lists are together that a asks for, about. */
static double entries_of(const struct planner *p, const struct asked *a)
{
    double n = 0;
    for (int i = 0; i < p->n_tights; i++)
        n += has_bit(a->pairs, i) ? (double)p->tights[i].n : 0;
    for (int k = 0; k < p->t->n_words; k++)
        n += is_covered(p, a, k) ? 0 : p->words[k].n;
    return n;
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
    leave_out(p, &b);
    p->out->entries = entries_of(p, a);
    p->out->passes[p->out->n_passes++] = strbuf_take(&b);
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
static void set_telling(struct planner *p, struct asked *a)
{
    int n = p->n_tights < 3 ? p->n_tights : 3;
    while (n < p->n_tights && p->tights[n].n <= LONG_LIST)
        n++;
    set_first(a, n);
    p->verify |= p->only_pairs && n < p->n_tights;
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

/* The best pages of some pairs: those where the two rarest stand out much,
 * then one of the rarest, then both somewhat. A page of a phrase has the two
 * rarest anyway, and lists of both are shorter than that of one. */
static void add_best_passes(struct planner *p, struct asked *a)
{
    int n = p->n_tights;
    int pairs = n < 2 ? n : 2, singles = n < SINGLES_MAX ? n : SINGLES_MAX;
    set_first(a, pairs);
    a->level = 2;
    add_pass(p, a);
    for (a->pair = 0; n > 1 && a->pair < singles; a->pair++) {
        if (p->only_pairs && p->tights[a->pair].n > LONG_LIST)
            continue;
        set_first(a, p->only_pairs ? pairs : 0);
        set_bit(a->pairs, a->pair);
        add_pass(p, a);
    }
    a->pair = -1;
    set_first(a, pairs);
    a->level = 1;
    add_pass(p, a);
    a->level = 0;
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
    if (n > 0 && p->tights[0].n > FEW && !second)
        add_best_passes(p, &a);
    a.all = p->only_pairs;
    if (n > 0) {
        set_telling(p, &a);
        add_pass(p, &a);
    }
    if (p->only_pairs)
        return;
    if (count_pairs(&a) > 3) {
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
        if (needless)
            free(p->passes[i]);
        else
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
    *p = (struct plan){0};
}
