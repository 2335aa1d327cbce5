/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pass asks for, as an expression of FTS5; see indexer/plan_inner.h. */
#include "indexer/plan_inner.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include <string.h>

#define MOSTLY 0.5 /* of a word's pages have it with these marks */

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

/* Whether the marks of word k tell more than its letters do: it is mostly
 * written otherwise, and its list is short. */
static bool is_telling(const struct planner *p, const struct asked *a, int k)
{
    const struct known_word *w = &p->words[k];
    double n = w->n_exact;
    return a->how == EXACT && p->t->words[k].exact[0] &&
           (a->strict ||
            (n < MOSTLY * w->n && n < (double)p->f->effort.long_list));
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

/* Whether the pairs of the phrase that a asks for are enough to find its pages:
 * two of them, or all. */
static bool is_said(const struct planner *p, const struct asked *a, int term)
{
    const struct term *t = &p->t->items[term];
    int n = 0;
    if (a->any || !plan_is_plain(p->t, term))
        return false;
    for (int i = 0; i < p->n_tights; i++)
        n += has_bit(a->pairs, i) && p->tights[i].left >= t->first &&
             p->tights[i].right < t->first + t->n;
    return n >= 2 || n == t->n - 1;
}

/* Words or a phrase. A phrase is its pairs; that they are in a row is for the
 * text to say. */
static void add_words(const struct planner *p, int term,
                      const struct asked *asked, struct strbuf *out)
{
    const struct term *a = &p->t->items[term];
    bool said = a->n > 1 && is_said(p, asked, term);
    for (int k = a->first; k + 1 < a->first + a->n && !said; k++) {
        plan_and(out);
        add_pair(p, k, out);
    }
    for (int k = a->first; k < a->first + a->n; k++) {
        if (a->n > 1 && !is_telling(p, asked, k))
            continue;
        plan_and(out);
        add_word(p, k, asked, a->n == 1 ? asked->choice : 0, out);
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

int pass_pairs(const struct asked *a)
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
    int pairs = pass_pairs(a);
    if (w->left_out || is_covered(p, a, k))
        return true;
    if (a->all || a->strict || (pairs == 0 && a->how == FOLDED))
        return false;
    bool rarer = pairs > 2;
    for (int i = 0; i < p->t->n && !rarer; i++) {
        int other = p->t->items[i].first;
        rarer = plan_is_plain(p->t, i) && p->t->items[i].n == 1 &&
                p->words[other].n < w->n && !is_covered(p, a, other);
    }
    return (w->dense && (pairs > 0 || rarer)) ||
           ((a->level > 0 || pairs > 2) && rarer &&
            w->n > (double)p->f->effort.long_list);
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
        add_term(p, i, a, !any.len ? "" : a->every ? " AND " : " OR ", &any);
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
        bool by_form = p->t->marked && w->exact[0];
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

char *pass_make(struct planner *p, const struct asked *a)
{
    struct strbuf b;
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
    return strbuf_take(&b);
}
