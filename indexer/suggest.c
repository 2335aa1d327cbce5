/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Did you mean": a query that found little, with one or two of its words put
 * right. Candidates differ from a word by one letter (missing, too many,
 * another, two exchanged) or by what recognition confuses, and are words of
 * this archive; those that stand beside the word's neighbours somewhere go
 * first, and what is suggested is known to find something.
 */
#include "indexer/search.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include <stdlib.h>
#include <string.h>

enum {
    LITTLE = 3,          /* pages found: a suggestion may help */
    TRIES_MAX = 12,      /* queries that are tried */
    CANDIDATES_MAX = 12, /* of a word */
    CANDIDATES_FEW = 12, /* of all, where much was found */
    ENOUGH = 20,         /* pages: more need not be counted */
    WORDS_MAX = 12,      /* a longer query is left as it is */
};

/* What recognition takes for one another. */
static const char *const confused[][2] = {
    {"rn", "m"}, {"m", "rn"}, {"l", "1"},  {"1", "l"},  {"i", "1"},
    {"1", "i"},  {"0", "o"},  {"o", "0"},  {"cl", "d"}, {"d", "cl"},
    {"vv", "w"}, {"w", "vv"}, {"5", "s"},  {"s", "5"},  {"8", "b"},
    {"b", "8"},  {"ii", "u"}, {"li", "h"}, {"h", "li"}, {"6", "b"},
    {"q", "g"},  {"c", "e"},  {"e", "c"},
};

struct candidate {
    int word; /* of the query */
    char text[SYLLABLE_BYTES];
    char folded[SYLLABLE_BYTES]; /* what text is listed by */
    double worth;
    int joined; /* pages that have all pairs of the query then */
};

struct suggesting {
    struct search *in;
    struct sql_stmt *word, *pair, *count;
    struct candidate items[CANDIDATES_MAX * QUERY_WORDS_MAX];
    int n;
};

/* The number a statement gives for a string; 0 for none. */
static enum status number_of(struct sql_stmt *s, const char *text, double *out)
{
    bool row = false;
    *out = 0;
    enum status st = sql_again(s, "s", text);
    if (st == STATUS_OK)
        st = sql_step(s, &row);
    if (st == STATUS_OK && row)
        *out = sql_double(s, 0);
    return st;
}

/* Whether a page has the pair: the tables have only some. */
static enum status pair_worth(struct suggesting *g, const char *a,
                              const char *b, double *out)
{
    AUTO(free_char) char *pair = xasprintf("\"%s %s\"", a, b);
    bool row = false;
    enum status st = sql_again(g->pair, "s", pair);
    if (st == STATUS_OK)
        st = sql_step(g->pair, &row);
    *out += row ? 1e6 : 0;
    return st;
}

/* Whether word k is looked for as it is. */
static bool is_plain_word(const struct terms *t, int k)
{
    for (int i = 0; i < t->n; i++) {
        const struct term *a = &t->items[i];
        if (k >= a->first && k < a->first + a->n)
            return a->key == KEY_NONE && !a->negated && !a->prefix;
    }
    return false;
}

/* The plain word beside word k in the query, or -1. */
static int beside(const struct terms *t, int k, int step)
{
    return k + step >= 0 && k + step < t->n_words && is_plain_word(t, k + step)
               ? k + step
               : -1;
}

/* Pages with all pairs of the query, at most `most`; without those of word
 * `without`, with c in the place of its word. -1: there are no pairs. */
static enum status count_joined(struct suggesting *g, int without,
                                const struct candidate *c, int most, int *out)
{
    const struct terms *t = g->in->t;
    AUTO(strbuf_clear) struct strbuf match = {0};
    bool row = false;
    *out = -1;
    strbuf_init(&match);
    for (int k = 0; k < t->n_words; k++) {
        int next = is_plain_word(t, k) ? beside(t, k, 1) : -1;
        if (next < 0 || k == without || next == without)
            continue;
        AUTO(free_char)
        char *pair = xasprintf(
            "%s %s", c && c->word == k ? c->folded : t->words[k].folded,
            c && c->word == next ? c->folded : t->words[next].folded);
        plan_and(&match);
        plan_token(&match, pair, strlen(pair), 0);
    }
    if (!match.len)
        return STATUS_OK;
    enum status st = sql_again(g->count, "si", match.s, (int64_t)most);
    if (st == STATUS_OK)
        st = sql_step(g->count, &row);
    if (st == STATUS_OK && row)
        *out = (int)sql_int(g->count, 0);
    return st;
}

static enum status try_word(struct suggesting *g, int k, const char *text,
                            size_t n)
{
    const struct terms *t = g->in->t;
    struct candidate c = {.word = k};
    struct syllable s;
    size_t pos = 0;
    if (n == 0 || n >= SYLLABLE_BYTES || !syllable_next(text, n, &pos, &s) ||
        s.start != 0 || s.end != n || strcmp(s.folded, t->words[k].folded) == 0)
        return STATUS_OK;
    memcpy(c.text, text, n);
    memcpy(c.folded, s.folded, sizeof(c.folded));
    enum status st = number_of(g->word, c.folded, &c.worth);
    if (st != STATUS_OK || c.worth <= 0)
        return st;
    int left = beside(t, k, -1), right = beside(t, k, 1);
    if (left >= 0)
        st = pair_worth(g, t->words[left].folded, c.folded, &c.worth);
    if (st == STATUS_OK && right >= 0)
        st = pair_worth(g, c.folded, t->words[right].folded, &c.worth);
    int worst = -1, same = 0;
    for (int i = 0; i < g->n; i++) {
        if (g->items[i].word != k)
            continue;
        if (strcmp(g->items[i].folded, c.folded) == 0)
            return st;
        same++;
        if (worst < 0 || g->items[i].worth < g->items[worst].worth)
            worst = i;
    }
    if (same < CANDIDATES_MAX)
        g->items[g->n++] = c;
    else if (g->items[worst].worth < c.worth)
        g->items[worst] = c;
    return st;
}

static enum status try_confused(struct suggesting *g, int k)
{
    const char *w = g->in->t->words[k].folded;
    enum status st = STATUS_OK;
    for (size_t i = 0; i < ARRAY_LEN(confused); i++)
        for (const char *at = w; (at = strstr(at, confused[i][0])); at++) {
            AUTO(free_char)
            char *other =
                xasprintf("%.*s%s%s", (int)(at - w), w, confused[i][1],
                          at + strlen(confused[i][0]));
            if (st == STATUS_OK)
                st = try_word(g, k, other, strlen(other));
        }
    return st;
}

/* All words one letter away. */
static enum status try_letters(struct suggesting *g, int k)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    const char *w = g->in->t->words[k].folded;
    size_t n = strlen(w);
    char other[SYLLABLE_BYTES + 2];
    enum status st = STATUS_OK;
    for (size_t at = 0; at <= n && st == STATUS_OK; at++) {
        memcpy(other, w, at);
        memcpy(other + at, w + at + (at < n), n - at + (at == n));
        if (at < n)
            st = try_word(g, k, other, n - 1);
        for (size_t l = 0; l + 1 < sizeof(letters) && st == STATUS_OK; l++) {
            other[at] = letters[l];
            memcpy(other + at + 1, w + at, n - at + 1);
            st = try_word(g, k, other, n + 1);
            if (at == n || st != STATUS_OK)
                continue;
            memcpy(other + at + 1, w + at + 1, n - at);
            st = try_word(g, k, other, n);
        }
        if (at + 1 < n && st == STATUS_OK) {
            memcpy(other, w, n + 1);
            other[at] = w[at + 1];
            other[at + 1] = w[at];
            st = try_word(g, k, other, n);
        }
    }
    return st;
}

static int by_worth(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->joined != y->joined)
        return x->joined > y->joined ? -1 : 1;
    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    return strcmp(x->folded, y->folded);
}

/* The query's text with word k written so. */
static char *rewrite(const struct search *in, const struct candidate *c)
{
    const struct terms *t = in->t;
    const struct syllable *w = &t->words[c->word];
    const char *text = in->q->text;
    /* Where a word stands was noted in its own stretch; find it again. */
    struct syllable s;
    int k = 0;
    for (size_t pos = 0; syllable_next(text, strlen(text), &pos, &s); k++)
        if (strcmp(s.folded, w->folded) == 0)
            return xasprintf("%.*s%s%s", (int)s.start, text, c->text,
                             text + s.end);
    return NULL;
}

/* What is better of the candidates, best first, as long as it finds more. */
static enum status choose(struct suggesting *g, int found, struct hits *out)
{
    enum status st = STATUS_OK;
    int best = found * 2;
    int looked_at =
        found > LITTLE && g->n > CANDIDATES_FEW ? CANDIDATES_FEW : g->n;
    qsort(g->items, (size_t)g->n, sizeof(g->items[0]), by_worth);
    for (int i = 0; i < looked_at && st == STATUS_OK; i++)
        st = count_joined(g, -1, &g->items[i], ENOUGH, &g->items[i].joined);
    qsort(g->items, (size_t)g->n, sizeof(g->items[0]), by_worth);
    for (int i = 0; i < g->n && i < TRIES_MAX && st == STATUS_OK; i++) {
        const struct candidate *c = &g->items[i];
        AUTO(free_char) char *text = rewrite(g->in, c);
        struct query q = *g->in->q;
        int n = 0;
        if (!text || (c->joined <= 0 && (found > LITTLE || best > found * 2)))
            continue;
        q.text = text;
        q.exhaustive = false;
        /* Where its pairs are side by side one page is proof enough. */
        st = search_count(g->in->f, &q, c->joined > 0 ? 1 : ENOUGH, &n);
        if (st == STATUS_USAGE)
            st = STATUS_OK;
        if (n <= (c->joined > 0 ? 0 : best))
            continue;
        best = n;
        free(out->suggestion);
        out->suggestion = STEAL(text);
        if (c->joined > 0 || n >= ENOUGH || c->worth >= 1e6)
            break;
    }
    return st;
}

/* How many of the pairs word k makes in the query are on no page, of how
 * many; a word the archive does not have has all of them missing. */
static enum status missing_pairs(struct suggesting *g, int k, int *missing,
                                 int *of)
{
    const struct terms *t = g->in->t;
    int around[2] = {beside(t, k, -1), beside(t, k, 1)};
    double n = 0;
    enum status st = number_of(g->word, t->words[k].folded, &n);
    *missing = *of = 0;
    for (int i = 0; i < 2 && st == STATUS_OK; i++) {
        double worth = 0;
        if (around[i] < 0)
            continue;
        st = pair_worth(g, t->words[i ? k : around[i]].folded,
                        t->words[i ? around[i] : k].folded, &worth);
        *missing += worth <= 0;
        ++*of;
    }
    if (n <= 0)
        *missing = *of = 2;
    return st;
}

/* Candidates for word k. */
static enum status try_all(struct suggesting *g, int k)
{
    enum status st = try_confused(g, k);
    return st == STATUS_OK ? try_letters(g, k) : st;
}

/* Whether word k may be the one that is wrong: pages have the other pairs of
 * the query, and not all of its own. */
static enum status is_suspect(struct suggesting *g, int k, bool little,
                              bool *out)
{
    int missing = 0, of = 0, others = 0;
    enum status st = missing_pairs(g, k, &missing, &of);
    *out = missing > 0 || (little && of > 0);
    if (st == STATUS_OK && *out)
        st = count_joined(g, k, NULL, 1, &others);
    *out = *out && others != 0;
    return st;
}

/* Candidates for the words that may be wrong; if none may be and nothing was
 * found, for all. */
static enum status gather(struct suggesting *g, int64_t total)
{
    const struct terms *t = g->in->t;
    bool any = false, suspect = false;
    int joined = 0;
    enum status st = count_joined(g, -1, NULL, 1, &joined);
    if (st != STATUS_OK || (total > 0 && joined > 0))
        return st;
    for (int round = 0; round < 2 && !any && st == STATUS_OK; round++)
        for (int k = 0; k < t->n_words && st == STATUS_OK; k++) {
            if (!is_plain_word(t, k) || (round > 0 && total > 0))
                continue;
            if (round == 0)
                st = is_suspect(g, k, total <= LITTLE, &suspect);
            any |= suspect;
            if (st == STATUS_OK && (suspect || round > 0))
                st = try_all(g, k);
        }
    return st;
}

enum status search_suggest(struct search *in, struct hits *out)
{
    if (in->t->n_words > WORDS_MAX ||
        (out->total > LITTLE && in->t->n_words < 3))
        return STATUS_OK;
    AUTO(free_void) struct suggesting *g = xcalloc(1, sizeof(*g));
    g->in = in;
    enum status st = fulltext_ready(in->f, COUNT_WORD, &g->word);
    if (st == STATUS_OK)
        st = fulltext_ready(in->f, HAS_TOKEN, &g->pair);
    if (st == STATUS_OK)
        st = fulltext_ready(in->f, COUNT_TOKENS, &g->count);
    if (st == STATUS_OK)
        st = gather(g, out->total);
    if (st == STATUS_OK && g->n > 0)
        st = choose(g, (int)out->total, out);
    sql_rest(g->word);
    sql_rest(g->pair);
    sql_rest(g->count);
    if (st == STATUS_OK && !out->suggestion && out->total <= LITTLE)
        st = search_respace(in, out->total, &out->suggestion);
    return st;
}
