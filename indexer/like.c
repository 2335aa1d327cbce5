/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Documents like one: its pairs of words that few others have are looked for,
 * and who shares most of them, the rare ones most, is nearest.
 */
#include "indexer/search.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "indexer/codes.h"
#include "indexer/rank.h"
#include <stdlib.h>
#include <string.h>

enum {
    PAIRS_MAX = 24,    /* that are looked for */
    PAIRS_TRIED = 400, /* of the document */
    PAGES_EACH = 200,  /* with a pair: the newest */
    LIKE_LIMIT = 10,
    BEGINNING_LETTERS = 120,
};

struct pair {
    char *text;
    double n, weight;
};

struct near_page {
    int64_t row;
    double score;
};

struct likeness {
    struct fulltext *f;
    const struct query *q;
    struct entry own;
    struct pair *pairs;
    int n_pairs, cap_pairs;
    struct near_page *pages;
    int n_pages, cap_pages;
};

static enum status gather_pairs(struct likeness *l)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    AUTO(tokens_clear) struct page_tokens t = {0};
    AUTO(strbuf_clear) struct strbuf pair = {0};
    bool row = true;
    strbuf_init(&pair);
    enum status st = sql_prepare(
        l->f->db, &s, "SELECT head, text FROM page WHERE row BETWEEN ?1 AND ?2",
        "ii", l->own.first, l->own.first + l->own.pages - 1);
    while (st == STATUS_OK && t.n_pairs < 20000) {
        int n_head = 0, n_text = 0;
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        const void *head = sql_blob(s, 0, &n_head);
        const void *text = sql_blob(s, 1, &n_text);
        st = tokens_count(&l->f->spellings, head, n_head, text, n_text, &t);
    }
    for (int i = 0; i < t.n_pairs; i++) {
        strbuf_reset(&pair);
        token_of_pair(&l->f->spellings, &t.pairs[i], &pair);
        GROW(l->pairs, l->n_pairs, l->cap_pairs);
        l->pairs[l->n_pairs++] =
            (struct pair){xstrdup(pair.s), 0, t.pairs[i].n};
    }
    return st;
}

static int by_weight(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return strcmp(x->text, y->text);
}

/* Pairs with a digit are dates and numbers: they say little of the matter. */
static bool is_telling(const char *pair)
{
    return !strpbrk(pair, "0123456789") && strlen(pair) > 5;
}

static enum status weigh_pairs(struct likeness *l, double pages)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    enum status st = sql_prepare(l->f->db, &s,
                                 "SELECT n FROM pair WHERE pair = ?1", "s", "");
    for (int i = 0; i < l->n_pairs && st == STATUS_OK; i++) {
        struct pair *p = &l->pairs[i];
        bool row = false;
        st = sql_again(s, "s", p->text);
        if (st == STATUS_OK)
            st = sql_step(s, &row);
        p->n = row ? sql_double(s, 0) : 2;
        p->weight = is_telling(p->text)
                        ? rank_idf(pages, p->n) * rank_worth(p->weight, 1, 1)
                        : 0;
    }
    if (l->n_pairs > 1)
        qsort(l->pairs, (size_t)l->n_pairs, sizeof(*l->pairs), by_weight);
    return st;
}

static int by_row(const void *a, const void *b)
{
    const struct near_page *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

static int by_score(const void *a, const void *b)
{
    const struct near_page *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return by_row(a, b);
}

/* Pages that share pair p; those of the document itself are none. */
static enum status share(struct likeness *l, const struct pair *p, bool *others)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    AUTO(strbuf_clear) struct strbuf match = {0};
    bool row = true;
    strbuf_init(&match);
    plan_token(&match, p->text, strlen(p->text), 0);
    plan_filters(&match, l->q);
    enum status st = sql_prepare(
        l->f->db, &s,
        "SELECT rowid FROM fulltext WHERE fulltext MATCH ?1 LIMIT ?2", "si",
        match.s, (int64_t)PAGES_EACH);
    while (st == STATUS_OK) {
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        int64_t at = sql_int(s, 0);
        if (at >= l->own.first && at < l->own.first + l->own.pages)
            continue;
        *others = true;
        GROW(l->pages, l->n_pages, l->cap_pages);
        l->pages[l->n_pages++] = (struct near_page){at, p->weight};
    }
    return st;
}

/* One entry a page, its shares added up; best first. */
static void add_up(struct likeness *l)
{
    int kept = 0;
    if (l->n_pages > 1)
        qsort(l->pages, (size_t)l->n_pages, sizeof(*l->pages), by_row);
    for (int i = 0; i < l->n_pages; i++) {
        if (kept && l->pages[kept - 1].row == l->pages[i].row)
            l->pages[kept - 1].score += l->pages[i].score;
        else
            l->pages[kept++] = l->pages[i];
    }
    l->n_pages = kept;
    if (kept > 1)
        qsort(l->pages, (size_t)kept, sizeof(*l->pages), by_score);
}

static bool has_hit(const struct hits *h, const char *id)
{
    for (int i = 0; i < h->n; i++)
        if (strcmp(h->items[i].id, id) == 0)
            return true;
    return false;
}

/* The beginning of a page, as there are no words to show. */
static enum status beginning_of(struct fulltext *f, int64_t row, char **out)
{
    AUTO(strbuf_clear) struct strbuf text = {0};
    struct sql_stmt *s;
    bool there = false;
    int n = 0, letters = 0;
    strbuf_init(&text);
    enum status st = fulltext_ready(f, GET_PAGE, &s);
    if (st == STATUS_OK)
        st = sql_again(s, "i", row);
    if (st == STATUS_OK)
        st = sql_step(s, &there);
    if (st == STATUS_OK && there) {
        const void *codes = sql_blob(s, 2, &n);
        st = codes_text(&f->spellings, codes, n, &text);
    }
    sql_rest(s);
    if (st != STATUS_OK)
        return st;
    char *c = text.s;
    for (; *c && letters <= BEGINNING_LETTERS; c++) {
        letters += ((unsigned char)*c & 0xC0) != 0x80;
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = ' ';
    }
    if (letters > BEGINNING_LETTERS)
        c[-1] = '\0';
    *out = strbuf_take(&text);
    return STATUS_OK;
}

static enum status take(struct likeness *l, struct hits *out)
{
    int limit = l->q->limit > 0 ? l->q->limit : LIKE_LIMIT;
    enum status st = STATUS_OK;
    out->items = xcalloc((size_t)limit + 1, sizeof(*out->items));
    for (int i = 0; i < l->n_pages && out->n < limit && st == STATUS_OK; i++) {
        const struct near_page *p = &l->pages[i];
        AUTO(entry_clear) struct entry e = {0};
        st = fulltext_entry_at(l->f, p->row, &e);
        if (st != STATUS_OK || !e.first || has_hit(out, e.id))
            continue;
        if ((l->q->from && e.stored_at < (int64_t)l->q->from) ||
            (l->q->to && e.stored_at > (int64_t)l->q->to))
            continue;
        struct hit *hit = &out->items[out->n++];
        hit->page = (int)(p->row - e.first) + 1;
        hit->score = p->score;
        st = beginning_of(l->f, p->row, &hit->snippet);
        hit->id = STEAL(e.id);
        hit->kind = STEAL(e.kind);
        hit->title = STEAL(e.title);
    }
    out->total = out->n;
    return st;
}

static enum status find_like(struct likeness *l, const char *id,
                             struct hits *out)
{
    int64_t pages = 0;
    enum status st = fulltext_entry_of(l->f, id, &l->own);
    if (st == STATUS_OK && !l->own.first)
        return fail(STATUS_NOT_FOUND,
                    _("document '%s' is not in the index; 'hoso verify' says "
                      "what is missing"),
                    id);
    if (st == STATUS_OK)
        st = fulltext_meta(l->f, "pages", &pages);
    if (st == STATUS_OK)
        st = gather_pairs(l);
    if (st == STATUS_OK)
        st = weigh_pairs(l, (double)pages);
    for (int i = 0, used = 0; i < l->n_pairs && i < PAIRS_TRIED &&
                              used < PAIRS_MAX && st == STATUS_OK;
         i++) {
        bool others = false;
        if (l->pairs[i].weight > 0)
            st = share(l, &l->pairs[i], &others);
        used += others;
    }
    add_up(l);
    return st == STATUS_OK ? take(l, out) : st;
}

enum status fulltext_like(struct fulltext *f, const char *id,
                          const struct query *q, struct hits *out)
{
    struct likeness l = {.f = f, .q = q};
    *out = (struct hits){0};
    enum status st = sql_exec(f->db, "BEGIN");
    if (st != STATUS_OK)
        return fulltext_advise(f, st);
    st = spellings_start(&f->spellings, f->db);
    if (st == STATUS_OK)
        st = find_like(&l, id, out);
    sql_rollback(f->db);
    for (int i = 0; i < l.n_pairs; i++)
        free(l.pairs[i].text);
    free(l.pairs);
    free(l.pages);
    entry_clear(&l.own);
    if (st != STATUS_OK)
        hits_clear(out);
    return fulltext_advise(f, st);
}
