/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Searching. Pages with the very marks of the query come first, then those
 * that match folded; within each by bm25, then newest first. All that match
 * are looked at, so the order does not depend on limit and offset.
 */
#include "indexer/fulltext.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "indexer/query.h"
#include "indexer/schema.h"
#include "indexer/snippet.h"
#include "indexer/words.h"
#include <stdlib.h>
#include <string.h>

enum { LIMIT_DEFAULT = 20, LIMIT_MAX = 1000 };

/* Added to the score of pages with the very marks: more than bm25 gives. */
#define EXACT_BONUS 1000.0

/* Weights of title, names of files and body in bm25. */
#define FIND_PAGES                                                             \
    "SELECT f.rowid, bm25(fulltext, 4.0, 2.0, 1.0), d.stored_at "              \
    "FROM fulltext f CROSS JOIN document d ON d.doc = f.rowid >> ?2 "          \
    "WHERE fulltext MATCH ?1 "                                                 \
    "AND (?3 IS NULL OR d.kind = ?3) AND (?4 IS NULL OR d.batch = ?4) "        \
    "AND (?5 = 0 OR d.stored_at >= ?5) AND (?6 = 0 OR d.stored_at <= ?6)"

struct found {
    int64_t row;
    int64_t stored_at;
    double score;
    enum closeness how;
};

struct found_list {
    struct found *items;
    int n, cap;
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
static enum status find(struct fulltext *f, const struct query *q,
                        const struct terms *t, enum closeness how,
                        int n_before, struct found_list *out)
{
    AUTO(strbuf_clear) struct strbuf match = {0};
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    strbuf_init(&match);
    query_expression(t, how, &match);
    enum status st = sql_prepare(
        f->db, &s, FIND_PAGES, "sissii", match.s, (int64_t)PAGE_BITS, q->kind,
        q->batch, (int64_t)q->from, (int64_t)q->to);
    for (bool row = true; st == STATUS_OK;) {
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        struct found one = {sql_int(s, 0), sql_int(s, 2), -sql_double(s, 1),
                            how};
        if (n_before && bsearch(&one, out->items, (size_t)n_before,
                                sizeof(one), by_row))
            continue;
        one.score += how == EXACT ? EXACT_BONUS : 0;
        GROW(out->items, out->n, out->cap);
        out->items[out->n++] = one;
    }
    return st;
}

static enum status find_all(struct fulltext *f, const struct query *q,
                            const struct terms *t, struct found_list *out)
{
    enum status st = STATUS_OK;
    if (t->marked) {
        st = find(f, q, t, EXACT, 0, out);
        if (out->n > 0)
            qsort(out->items, (size_t)out->n, sizeof(*out->items), by_row);
    }
    if (st == STATUS_OK)
        st = find(f, q, t, FOLDED, out->n, out);
    if (out->n > 0)
        qsort(out->items, (size_t)out->n, sizeof(*out->items), by_rank);
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

static enum status take_window(struct fulltext *f, const struct query *q,
                               const struct terms *t,
                               const struct found_list *found,
                               struct hits *out)
{
    int limit = q->limit <= 0 ? LIMIT_DEFAULT : q->limit;
    limit = limit > LIMIT_MAX ? LIMIT_MAX : limit;
    int offset = q->offset < 0 ? 0 : q->offset;
    int n = found->n > offset ? found->n - offset : 0;
    n = n > limit ? limit : n;
    out->total = found->n > HITS_TOTAL_MAX ? HITS_TOTAL_MAX : found->n;
    out->capped = found->n > HITS_TOTAL_MAX;
    out->items = xcalloc((size_t)n + 1, sizeof(*out->items));
    for (; out->n < n; out->n++) {
        enum status st =
            fill(f, t, &found->items[offset + out->n], &out->items[out->n]);
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
    enum status st = sql_exec(f->db, "BEGIN");
    if (st != STATUS_OK)
        return st;
    st = find_all(f, q, t, &found);
    if (st == STATUS_OK)
        st = take_window(f, q, t, &found, out);
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
    struct hits hits = {0};
    st = search(f, q, t, &hits);
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
