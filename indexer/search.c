/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Searching: pages are gathered pass by pass (indexer/plan.h), looked through
 * and scored. The first of them make the first part of the answer, sorted by
 * marks, score and date; who wants more gets them sorted in larger parts, so
 * that the order of what was shown never changes.
 */
#include "indexer/search.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"
#include "indexer/rank.h"
#include "indexer/schema.h"
#include "indexer/snippet.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LIMIT_DEFAULT = 20,
    LIMIT_MAX = 10000,
    OFFSET_MAX = HITS_TOTAL_MAX,
    PART_FIRST = 260, /* pages of the first part; later ones are larger */
    PART_GROWTH = 4,
    CLOSE_FIRST = 100, /* pages with all pairs: no others are needed then */
    EXACT_FIRST = 60,  /* pages with the very marks in the first part */
    HARDLY_ANY = 20,   /* one of so many */
};

struct found_list {
    struct found *items;
    int n, cap;
    int exact;     /* of them, with the very marks of the query */
    int64_t *seen; /* slots of rows; 0: free */
    size_t n_slots, used;
    bool all;     /* the last pass came to its end */
    bool paused;  /* enough was looked through, not all of the part found */
    int64_t left; /* pages that may be looked through before that */
};

static void found_clear(struct found_list *l)
{
    free(l->items);
    free(l->seen);
}

/* Note a row; false if it was noted before. */
static bool see(struct found_list *l, int64_t row)
{
    if (l->used * 2 >= l->n_slots) {
        struct found_list wider = {.n_slots =
                                       l->n_slots ? l->n_slots * 2 : 512};
        wider.seen = xcalloc(wider.n_slots, sizeof(*wider.seen));
        for (size_t i = 0; i < l->n_slots; i++)
            if (l->seen[i])
                see(&wider, l->seen[i]);
        free(l->seen);
        l->seen = wider.seen;
        l->n_slots = wider.n_slots;
    }
    size_t mask = l->n_slots - 1;
    size_t at = (size_t)((uint64_t)row * UINT64_C(0x9E3779B97F4A7C15) >> 20);
    for (at &= mask; l->seen[at]; at = (at + 1) & mask)
        if (l->seen[at] == row)
            return false;
    l->seen[at] = row;
    l->used++;
    return true;
}

/* Best first; of the same score the newest document, and in it page order. */
static int by_rank(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->stored_at != y->stored_at)
        return x->stored_at > y->stored_at ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* ---- looking at pages ---- */

static enum status check_fields(struct search *in, int64_t row)
{
    const struct terms *t = in->t;
    struct entry *e = &in->entry;
    if (!e->first || row < e->first || row >= e->first + e->pages) {
        entry_clear(e);
        enum status st = fulltext_entry_at(in->f, row, e);
        if (st != STATUS_OK)
            return st;
    }
    for (int i = 0; i < t->n; i++) {
        const struct term *a = &t->items[i];
        if (a->key == KEY_DATE)
            in->matcher.met[i] = e->day >= a->from && e->day <= a->to;
        else if (a->key != KEY_NONE)
            in->matcher.met[i] =
                e->first && entry_has(e, a->key, &t->words[a->first], a->n);
    }
    return STATUS_OK;
}

/* The page's score, or -1; its marks are told by RANK_EXACT. */
static double score_of(const struct search *in)
{
    double score = -1;
    if (in->t->marked)
        score = match_score(&in->matcher, &in->plan.weights, EXACT);
    return score >= 0 ? score + RANK_EXACT
                      : match_score(&in->matcher, &in->plan.weights, FOLDED);
}

enum status search_look(struct search *in, int64_t row, struct found *out)
{
    const struct query *q = in->q;
    struct sql_stmt *s;
    bool there = false;
    int n_head = 0, n_text = 0;
    *out = (struct found){.row = row, .score = -1};
    enum status st = in->fields ? check_fields(in, row) : STATUS_OK;
    if (st == STATUS_OK)
        st = fulltext_ready(in->f, GET_PAGE, &s);
    if (st == STATUS_OK)
        st = sql_again(s, "i", row);
    if (st == STATUS_OK)
        st = sql_step(s, &there);
    if (st != STATUS_OK || !there)
        return st;
    out->stored_at = sql_int(s, 0);
    if ((!q->from || out->stored_at >= (int64_t)q->from) &&
        (!q->to || out->stored_at <= (int64_t)q->to)) {
        const void *head = sql_blob(s, 1, &n_head);
        const void *text = sql_blob(s, 2, &n_text);
        matcher_look(&in->matcher, head, n_head, text, n_text);
        out->score = score_of(in);
    }
    sql_rest(s);
    return STATUS_OK;
}

enum status search_rows(struct search *in, const char *pass,
                        struct sql_stmt **out)
{
    enum status st = fulltext_ready(in->f, FIND_ROWS, out);
    return st == STATUS_OK ? sql_again(*out, "si", pass, in->low) : st;
}

/* Pages of a pass that were not seen yet, until there are `enough`, or so many
 * with the very marks; or until hardly any of those looked through answers, if
 * a pass behind it finds the rest. */
static enum status gather(struct search *in, const char *pass, int64_t enough,
                          int64_t exact, bool last, struct found_list *out)
{
    struct sql_stmt *s;
    int64_t looked = 0, before = out->n;
    enum status st = search_rows(in, pass, &s);
    out->all = false;
    for (bool row = true; st == STATUS_OK;) {
        out->paused = out->left <= 0 && out->n >= in->f->effort.found;
        if (out->n >= enough || out->exact >= exact || out->paused ||
            (!last && looked >= in->f->effort.looks &&
             (out->n - before) * HARDLY_ANY < looked))
            break;
        st = sql_step(s, &row);
        if (st != STATUS_OK)
            break;
        out->all = !row;
        if (!row)
            break;
        struct found one = {.row = sql_int(s, 0)};
        if (!see(out, one.row))
            continue;
        out->left--;
        looked++;
        st = search_look(in, one.row, &one);
        if (st != STATUS_OK || one.score < 0)
            continue;
        GROW(out->items, out->n, out->cap);
        out->items[out->n++] = one;
        out->exact += one.score >= RANK_EXACT;
    }
    sql_rest(s);
    return st;
}

/* Whether there are so many pages with all pairs that those of longer lists
 * would hardly be among the best. */
static bool has_close(const struct search *in, const struct found_list *l)
{
    return (in->t->marked ? l->exact : l->n) >= CLOSE_FIRST &&
           in->plan.entries > (double)in->f->effort.long_list;
}

/* One part: pass by pass, until there are enough. */
static enum status gather_part(struct search *in, int64_t enough, bool first,
                               struct found_list *out)
{
    const struct plan *p = &in->plan;
    enum status st = STATUS_OK;
    bool all = false;
    out->paused = false;
    for (int i = 0; i < p->n_passes && st == STATUS_OK && out->n < enough &&
                    !out->paused && !all;
         i++) {
        st = gather(in, p->passes[i], enough, INT64_MAX, i + 1 == p->n_passes,
                    out);
        all = out->all && p->whole[i];
        out->paused |= first && p->close[i] && has_close(in, out);
    }
    out->all = all;
    return st;
}

/* What the first part lacks if it is not all there is: pages with the very
 * marks. How many does not depend on the part that is asked for, or the order
 * would. */
static enum status gather_strict(struct search *in, struct found_list *out)
{
    enum status st = STATUS_OK;
    out->left = in->f->effort.looks;
    for (int i = 0; i < in->plan.n_strict && st == STATUS_OK; i++)
        st = gather(in, in->plan.strict[i], INT64_MAX, EXACT_FIRST, false, out);
    out->all = false;
    return st;
}

/* Enough pages to show what was asked for, sorted part by part. */
static enum status find(struct search *in, struct found_list *out)
{
    int64_t part = in->q->exhaustive ? INT64_MAX : PART_FIRST;
    int64_t enough = part;
    int sorted = 0;
    enum status st = STATUS_OK;
    out->left = in->q->exhaustive ? INT64_MAX : in->f->effort.looks;
    for (;;) {
        bool first = sorted == 0 && !in->q->exhaustive;
        st = gather_part(in, enough, first, out);
        if (st == STATUS_OK && sorted == 0 && !out->all)
            st = gather_strict(in, out);
        if (st != STATUS_OK)
            return st;
        if (out->n > sorted)
            qsort(out->items + sorted, (size_t)(out->n - sorted),
                  sizeof(*out->items), by_rank);
        sorted = out->n;
        if (out->all || out->n >= in->offset + in->limit)
            return STATUS_OK;
        part *= PART_GROWTH;
        enough = out->n + part;
        out->left = INT64_MAX;
    }
}

static bool asks_fields(const struct terms *t)
{
    for (int i = 0; i < t->n; i++)
        if (t->items[i].key != KEY_NONE)
            return true;
    return false;
}

enum status search_count(struct fulltext *f, const struct query *q, int most,
                         int *out)
{
    AUTO(free_void) struct terms *t = xcalloc(1, sizeof(*t));
    AUTO(found_clear) struct found_list found = {.left = INT64_MAX};
    AUTO(free_void) struct search *in = xcalloc(1, sizeof(*in));
    *out = 0;
    enum status st = query_parse(q->text, t);
    if (st != STATUS_OK)
        return st;
    in->f = f;
    in->q = q;
    in->t = t;
    in->fields = asks_fields(t);
    matcher_make(t, &in->matcher);
    st = plan_make(f, q, t, &in->plan, &in->matcher);
    if (st == STATUS_OK)
        st = gather(in, in->plan.passes[in->plan.n_passes - 1], most, INT64_MAX,
                    false, &found);
    *out = found.n;
    entry_clear(&in->entry);
    matcher_clear(&in->matcher);
    plan_clear(&in->plan);
    return st;
}

/* ---- what is shown ---- */

static enum status show_text(struct search *in, int64_t row, bool exact,
                             struct hit *hit)
{
    struct sql_stmt *s;
    struct packed_page page;
    bool there = false;
    enum status st = fulltext_ready(in->f, GET_SHOWN, &s);
    if (st == STATUS_OK)
        st = sql_again(s, "i", row);
    if (st == STATUS_OK)
        st = sql_step(s, &there);
    if (st == STATUS_OK && !there)
        st = fail(STATUS_DAMAGED, _("a page that was found has no document"));
    if (st == STATUS_OK) {
        page.text = sql_blob(s, 0, &page.n_text);
        page.boxes = sql_blob(s, 1, &page.n_boxes);
        st = snippet_make(&in->f->spellings, &page, &in->matcher,
                          exact ? EXACT : FOLDED, hit);
    }
    sql_rest(s);
    return st;
}

static enum status fill(struct search *in, const struct found *found,
                        struct hit *hit)
{
    AUTO(entry_clear) struct entry e = {0};
    enum status st = fulltext_entry_at(in->f, found->row, &e);
    if (st == STATUS_OK && !e.first)
        st = fail(STATUS_DAMAGED, _("a page that was found has no document"));
    if (st != STATUS_OK)
        return st;
    hit->id = STEAL(e.id);
    hit->kind = STEAL(e.kind);
    hit->title = STEAL(e.title);
    hit->page = (int)(found->row - e.first) + 1;
    hit->score = found->score;
    return show_text(in, found->row, found->score >= RANK_EXACT, hit);
}

static enum status take_window(struct search *in,
                               const struct found_list *found, struct hits *out)
{
    int n = found->n > in->offset ? found->n - in->offset : 0;
    n = n > in->limit ? in->limit : n;
    out->items = xcalloc((size_t)n + 1, sizeof(*out->items));
    enum status st = STATUS_OK;
    for (; out->n < n && st == STATUS_OK; out->n++)
        st = fill(in, &found->items[in->offset + out->n], &out->items[out->n]);
    if (st == STATUS_OK && in->offset + n < OFFSET_MAX &&
        (found->n > in->offset + n))
        out->next = xasprintf("%lld.%d", (long long)in->low, in->offset + n);
    return st;
}

/* ---- the whole ---- */

/* What is newer than the first part of an answer is not seen in the next. */
static enum status start(struct search *in)
{
    const struct query *q = in->q;
    long long low = 0;
    int offset = 0, used = 0;
    in->limit = q->limit <= 0 ? LIMIT_DEFAULT : q->limit;
    in->limit = in->limit > LIMIT_MAX ? LIMIT_MAX : in->limit;
    in->offset = q->offset < 0 ? 0 : q->offset;
    if (q->after) {
        if (sscanf(q->after, "%lld.%d%n", &low, &offset, &used) != 2 ||
            q->after[used] || low < 1 || offset < 0)
            return fail(STATUS_USAGE,
                        _("'%s' is not what an earlier answer said under "
                          "next"),
                        q->after);
        in->offset = offset;
    }
    in->offset = in->offset > OFFSET_MAX ? OFFSET_MAX : in->offset;
    in->low = low;
    enum status st = sql_int_of(
        in->f->db, &in->high,
        "SELECT first + pages - 1 FROM document ORDER BY first DESC LIMIT 1",
        "");
    return low || st != STATUS_OK
               ? st
               : sql_int_of(in->f->db, &in->low,
                            "SELECT first FROM document ORDER BY first LIMIT 1",
                            "");
}

static enum status answer(struct search *in, struct hits *out)
{
    AUTO(found_clear) struct found_list found = {0};
    enum status st = start(in);
    if (st == STATUS_OK)
        st = plan_make(in->f, in->q, in->t, &in->plan, &in->matcher);
    if (st == STATUS_OK)
        st = find(in, &found);
    if (st == STATUS_OK)
        st = search_total(in, found.n, found.all, out);
    if (st == STATUS_OK)
        st = take_window(in, &found, out);
    if (st == STATUS_OK && in->q->facets)
        st = search_facets(in, out);
    if (st == STATUS_OK && in->offset == 0)
        st = search_suggest(in, out);
    return st;
}

/* One reading transaction, so that a writer between two statements does not
 * show. */
static enum status search(struct search *in, struct hits *out)
{
    enum status st = sql_exec(in->f->db, "BEGIN");
    if (st != STATUS_OK)
        return st;
    matcher_make(in->t, &in->matcher);
    st = spellings_start(&in->f->spellings, in->f->db);
    if (st == STATUS_OK)
        st = answer(in, out);
    matcher_clear(&in->matcher);
    entry_clear(&in->entry);
    plan_clear(&in->plan);
    sql_rollback(in->f->db);
    return st;
}

enum status fulltext_search(struct fulltext *f, const struct query *q,
                            struct hits *out)
{
    *out = (struct hits){0};
    AUTO(free_void) struct terms *t = xcalloc(1, sizeof(*t));
    AUTO(free_void) struct search *in = xcalloc(1, sizeof(*in));
    enum status st = query_parse(q->text, t);
    if (st != STATUS_OK)
        return st;
    /* What was stored is in NFC; a terminal may give NFD. */
    AUTO(free_char)
    char *batch = q->batch ? text_nfc(q->batch, strlen(q->batch)) : NULL;
    struct query clean = *q;
    struct hits hits = {0};
    clean.batch = batch;
    in->f = f;
    in->q = &clean;
    in->t = t;
    in->fields = asks_fields(t);
    st = search(in, &hits);
    if (st != STATUS_OK) {
        hits_clear(&hits);
        return fulltext_advise(f, st);
    }
    *out = hits;
    return STATUS_OK;
}

void hits_clear(struct hits *h)
{
    for (int i = 0; i < h->n; i++) {
        free(h->items[i].id);
        free(h->items[i].kind);
        free(h->items[i].title);
        free(h->items[i].snippet);
        free(h->items[i].marks);
        free(h->items[i].boxes);
    }
    for (int i = 0; i < h->n_facets; i++)
        free(h->facets[i].value);
    free(h->facets);
    free(h->suggestion);
    free(h->next);
    free(h->items);
    *h = (struct hits){0};
}
