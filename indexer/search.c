/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Searching goes by tiers, best first: pages with the very marks of the query
 * and its words in a row, with the marks, with the words in a row whatever the
 * marks, with the words. Within a tier by score (indexer/rank.h), then newest
 * first. A page belongs to the best tier it matches. All pages of a tier are
 * looked at, so the order does not depend on limit and offset; once the answer
 * is full, what is left is counted and no more.
 */
#include "indexer/fulltext.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "indexer/query.h"
#include "indexer/rank.h"
#include "indexer/schema.h"
#include "indexer/snippet.h"
#include "indexer/words.h"
#include <stdlib.h>
#include <string.h>

enum { LIMIT_DEFAULT = 20, LIMIT_MAX = 10000, OFFSET_MAX = 1 << 30 };

#define MATCHING                                                        \
    "FROM fulltext f CROSS JOIN document d ON d.doc = f.rowid >> ?2 "   \
    "WHERE fulltext MATCH ?1 "                                          \
    "AND (?3 IS NULL OR d.kind = ?3) AND (?4 IS NULL OR d.batch = ?4) " \
    "AND (?5 = 0 OR d.stored_at >= ?5) AND (?6 = 0 OR d.stored_at <= ?6) "

#define FIND_PAGES "SELECT f.rowid, hoso_rank(fulltext), d.stored_at " MATCHING

#define COUNT_PAGES "SELECT count(*) FROM (SELECT 1 " MATCHING "LIMIT ?7)"

/* Without a filter the documents need not be looked at. */
#define COUNT_ALL_PAGES                                                     \
    "SELECT count(*) FROM (SELECT 1 FROM fulltext WHERE fulltext MATCH ?1 " \
    "LIMIT ?2)"

struct tier {
    enum closeness how;
    bool together;
    double bonus; /* more than any score of the tier below */
};

static const struct tier tiers[] = {
    {EXACT, true, 3 * RANK_TIER},
    {EXACT, false, 2 * RANK_TIER},
    {FOLDED, true, RANK_TIER},
    {FOLDED, false, 0},
};

struct found {
    int64_t row;
    int64_t stored_at;
    double score;
    enum closeness how;
};

struct found_list {
    struct found *items;
    int n, cap;
    int64_t total; /* pages that match, at most HITS_TOTAL_MAX + 1 */
};

/* A search under way. */
struct search {
    struct fulltext *f;
    const struct query *q;
    const struct terms *t;
    int limit, offset;
};

static void found_clear(struct found_list *l)
{
    free(l->items);
}

static int by_row(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

/* Best first; of the same score the newest document, and in it page order. */
static int by_rank(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->stored_at != y->stored_at)
        return x->stored_at > y->stored_at ? -1 : 1;
    if (x->row >> PAGE_BITS != y->row >> PAGE_BITS)
        return x->row > y->row ? -1 : 1;
    return by_row(a, b);
}

/* Add the pages that match and are not among the first n_before of out, which
 * are in order of row. */
static enum status find(const struct search *in, const struct tier *tier,
                        int n_before, struct found_list *out)
{
    AUTO(strbuf_clear) struct strbuf match = {0};
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    const struct query *q = in->q;
    strbuf_init(&match);
    query_expression(in->t, tier->how, tier->together, &match);
    enum status st = sql_prepare(in->f->db, &s, FIND_PAGES, "sissii", match.s,
                                 (int64_t)PAGE_BITS, q->kind, q->batch,
                                 (int64_t)q->from, (int64_t)q->to);
    for (bool row = true; st == STATUS_OK;) {
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        struct found one = {sql_int(s, 0), sql_int(s, 2),
                            sql_double(s, 1) + tier->bonus, tier->how};
        if (n_before &&
            bsearch(&one, out->items, (size_t)n_before, sizeof(one), by_row))
            continue;
        GROW(out->items, out->n, out->cap);
        out->items[out->n++] = one;
    }
    return st;
}

static enum status count(const struct search *in, int64_t *out)
{
    AUTO(strbuf_clear) struct strbuf match = {0};
    const struct query *q = in->q;
    const int64_t most = HITS_TOTAL_MAX + 1;
    strbuf_init(&match);
    query_expression(in->t, FOLDED, false, &match);
    if (!q->kind && !q->batch && !q->from && !q->to)
        return sql_int_of(in->f->db, out, COUNT_ALL_PAGES, "si", match.s, most);
    return sql_int_of(in->f->db, out, COUNT_PAGES, "sissiii", match.s,
                      (int64_t)PAGE_BITS, q->kind, q->batch, (int64_t)q->from,
                      (int64_t)q->to, most);
}

static void sort(struct found_list *l, int (*order)(const void *, const void *))
{
    if (l->n > 0)
        qsort(l->items, (size_t)l->n, sizeof(*l->items), order);
}

/* Whether a tier says something for these terms that the next does not. */
static bool is_of_use(const struct tier *tier, const struct terms *t)
{
    return (tier->how == FOLDED || t->marked) && (!tier->together || t->n > 1);
}

/* Every tier's pages match the last one too: its count is the total. */
static enum status find_all(const struct search *in, struct found_list *out)
{
    enum status st = STATUS_OK;
    for (size_t i = 0; i < ARRAY_LEN(tiers) && st == STATUS_OK; i++) {
        if (out->n >= in->offset + in->limit) {
            st = count(in, &out->total);
            break;
        }
        if (!is_of_use(&tiers[i], in->t))
            continue;
        sort(out, by_row);
        st = find(in, &tiers[i], out->n, out);
        out->total = out->n;
    }
    sort(out, by_rank);
    return st;
}

static enum status fill(struct fulltext *f, const struct terms *t,
                        const struct found *found, struct hit *hit)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;
    enum status st = sql_prepare(
        f->db, &s,
        "SELECT d.id, d.kind, d.title, p.words FROM document d, page p "
        "WHERE d.doc = ?1 >> ?2 AND p.row = ?1",
        "ii", found->row, (int64_t)PAGE_BITS);
    if (st == STATUS_OK)
        st = sql_step(s, &row);
    if (st == STATUS_OK && !row)
        st = fail(STATUS_DAMAGED, _("a page that was found has no document"));
    if (st != STATUS_OK)
        return st;
    int n = 0;
    const void *packed = sql_blob(s, 3, &n);
    struct page_words words;
    st = words_unpack(packed, n, &words);
    if (st != STATUS_OK)
        return st;
    hit->id = xstrdup(sql_text(s, 0));
    hit->kind = xstrdup(sql_text(s, 1));
    hit->title = xstrdup(sql_text(s, 2));
    hit->page = (int)(found->row & PAGES_MAX);
    hit->score = found->score;
    snippet_make(&words, t, found->how, hit);
    words_clear(&words);
    return STATUS_OK;
}

static enum status take_window(const struct search *in,
                               const struct found_list *found, struct hits *out)
{
    int n = found->n > in->offset ? found->n - in->offset : 0;
    n = n > in->limit ? in->limit : n;
    out->capped = found->total > HITS_TOTAL_MAX;
    out->total = out->capped ? HITS_TOTAL_MAX : found->total;
    out->items = xcalloc((size_t)n + 1, sizeof(*out->items));
    for (; out->n < n; out->n++) {
        enum status st = fill(in->f, in->t, &found->items[in->offset + out->n],
                              &out->items[out->n]);
        if (st != STATUS_OK)
            return st;
    }
    return STATUS_OK;
}

/* One reading transaction, so that a writer between two statements does not
 * show. */
static enum status search(struct fulltext *f, const struct query *q,
                          const struct terms *t, struct hits *out)
{
    AUTO(found_clear) struct found_list found = {0};
    struct search in = {f, q, t, q->limit, q->offset};
    in.limit = in.limit <= 0 ? LIMIT_DEFAULT : in.limit;
    in.limit = in.limit > LIMIT_MAX ? LIMIT_MAX : in.limit;
    in.offset = in.offset < 0 ? 0 : in.offset;
    in.offset = in.offset > OFFSET_MAX ? OFFSET_MAX : in.offset;
    enum status st = sql_exec(f->db, "BEGIN");
    if (st != STATUS_OK)
        return st;
    st = find_all(&in, &found);
    if (st == STATUS_OK)
        st = take_window(&in, &found, out);
    sql_rollback(f->db);
    return st;
}

enum status fulltext_search(struct fulltext *f, const struct query *q,
                            struct hits *out)
{
    *out = (struct hits){0};
    AUTO(free_void) struct terms *t = xcalloc(1, sizeof(*t));
    enum status st = query_parse(q->text, t);
    if (st != STATUS_OK)
        return st;
    /* What was stored is in NFC; a terminal may give NFD. */
    AUTO(free_char)
    char *batch = q->batch ? text_nfc(q->batch, strlen(q->batch)) : NULL;
    struct query clean = *q;
    struct hits hits = {0};
    clean.batch = batch;
    st = search(f, &clean, t, &hits);
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
    free(h->items);
    *h = (struct hits){0};
}
