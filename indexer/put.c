/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A document into the tables and out of them, within a transaction. A
 * document's title, the names of its files and its fields are listed with its
 * first page.
 */
#include "indexer/fulltext.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "indexer/codes.h"
#include "indexer/schema.h"
#include "indexer/words.h"
#include <stdlib.h>
#include <string.h>

enum { BLOCK_PART = 16 };

static enum status read_entry(struct sql_stmt *s, struct entry *out)
{
    bool row = false;
    enum status st = sql_step(s, &row);
    *out = (struct entry){0};
    if (st != STATUS_OK || !row)
        return st;
    *out = (struct entry){
        .first = sql_int(s, 0),
        .pages = (int)sql_int(s, 1),
        .id = xstrdup(sql_text(s, 2)),
        .kind = xstrdup(sql_text(s, 3)),
        .batch = xstrdup(sql_text(s, 4)),
        .title = xstrdup(sql_text(s, 5)),
        .names = xstrdup(sql_text(s, 6)),
        .fields = xstrdup(sql_text(s, 7)),
        .stored_at = sql_int(s, 8),
        .day = (int)sql_int(s, 9),
        .version = (int)sql_int(s, 10),
    };
    return STATUS_OK;
}

/* The entry that a statement finds, whose parameter was given. */
static enum status take_entry(struct sql_stmt *s, enum status st,
                              struct entry *out)
{
    *out = (struct entry){0};
    if (st == STATUS_OK)
        st = read_entry(s, out);
    sql_rest(s);
    return st;
}

enum status fulltext_entry_at(struct fulltext *f, int64_t row,
                              struct entry *out)
{
    struct sql_stmt *s;
    enum status st = fulltext_ready(f, GET_ENTRY_AT, &s);
    return take_entry(s, st == STATUS_OK ? sql_again(s, "i", row) : st, out);
}

enum status fulltext_entry_of(struct fulltext *f, const char *id,
                              struct entry *out)
{
    struct sql_stmt *s;
    enum status st = fulltext_ready(f, GET_ENTRY_OF, &s);
    return take_entry(s, st == STATUS_OK ? sql_again(s, "s", id) : st, out);
}

static enum status finish(struct sql_stmt *s)
{
    bool row = true;
    enum status st = STATUS_OK;
    while (st == STATUS_OK && row)
        st = sql_step(s, &row);
    return st;
}

/* A head, or none, and a text as codes. */
struct coded {
    const void *head, *text;
    int n_head, n_text;
};

/* Tell FTS5 of a page, or what it was told when it is to forget it. */
static enum status tell(struct fulltext *f, enum fulltext_stmt which,
                        int64_t row, const struct strbuf *filters,
                        const struct coded *c)
{
    AUTO(strbuf_clear) struct strbuf body = {0};
    strbuf_init(&body);
    tokens_reset(&f->tokens);
    enum status st = tokens_count(&f->spellings, c->head, c->n_head, c->text,
                                  c->n_text, &f->tokens);
    if (st != STATUS_OK)
        return st;
    strbuf_add(&body, filters->s, filters->len);
    tokens_of_page(&f->spellings, &f->tokens, &body);
    frequency_note(&f->frequency, row, &f->spellings, &f->tokens,
                   which == ADD_TOKENS ? 1 : -1);
    struct sql_stmt *s;
    st = fulltext_ready(f, which, &s);
    if (st == STATUS_OK)
        st = sql_again(s, "is", row, body.s);
    return st == STATUS_OK ? finish(s) : st;
}

static enum status forget_tokens(struct fulltext *f, const struct entry *e)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    AUTO(strbuf_clear) struct strbuf filters = {0};
    strbuf_init(&filters);
    tokens_of_entry(e, &filters);
    enum status st = sql_prepare(
        f->db, &s,
        "SELECT row, head, text FROM page WHERE row BETWEEN ?1 AND ?2", "ii",
        e->first, e->first + e->pages - 1);
    for (bool row = true; st == STATUS_OK;) {
        struct coded c = {0};
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        c.head = sql_is_null(s, 1) ? NULL : sql_blob(s, 1, &c.n_head);
        c.text = sql_blob(s, 2, &c.n_text);
        st = tell(f, DROP_TOKENS, sql_int(s, 0), &filters, &c);
    }
    return st;
}

/* Forget the pages of e. */
static enum status forget_pages(struct fulltext *f, const struct entry *e)
{
    static const char *const tables[] = {
        "DELETE FROM page WHERE row BETWEEN ?1 AND ?2",
        "DELETE FROM box WHERE row BETWEEN ?1 AND ?2",
        "DELETE FROM document WHERE first BETWEEN ?1 AND ?2",
    };
    enum status st = forget_tokens(f, e);
    for (size_t i = 0; i < ARRAY_LEN(tables) && st == STATUS_OK; i++)
        st = sql_run(f->db, tables[i], "ii", e->first, e->first + e->pages - 1);
    return st;
}

static enum status put_page(struct fulltext *f, int64_t row, int64_t stored_at,
                            const struct strbuf *filters,
                            const struct strbuf *head, const struct page *p)
{
    AUTO(strbuf_clear) struct strbuf text = {0};
    AUTO(strbuf_clear) struct strbuf codes = {0};
    AUTO(strbuf_clear) struct strbuf boxes = {0};
    strbuf_init(&text);
    strbuf_init(&codes);
    strbuf_init(&boxes);
    words_pack(p, &text, &boxes);
    enum status st = codes_add(&f->spellings, text.s, text.len, &codes);
    struct sql_stmt *page, *box;
    if (st == STATUS_OK)
        st = fulltext_ready(f, ADD_PAGE, &page);
    if (st == STATUS_OK)
        st = fulltext_ready(f, ADD_BOXES, &box);
    struct coded c = {head ? head->s : NULL, codes.s, head ? (int)head->len : 0,
                      (int)codes.len};
    if (st == STATUS_OK)
        st = sql_again(page, "iibb", row, stored_at, c.head, (size_t)c.n_head,
                       c.text, (size_t)c.n_text);
    if (st == STATUS_OK)
        st = finish(page);
    if (st == STATUS_OK)
        st = sql_again(box, "ib", row, boxes.s, boxes.len);
    if (st == STATUS_OK)
        st = finish(box);
    return st == STATUS_OK ? tell(f, ADD_TOKENS, row, filters, &c) : st;
}

/* Rows for the pages of e: those of a batch upwards from one reserved block
 * to the next, as FTS5 gathers rows only while they rise. */
static enum status take_rows(struct fulltext *f, struct entry *e)
{
    enum status st = STATUS_OK;
    if (!f->floor) {
        f->floor = ROW_TOP + 1;
        st =
            sql_int_of(f->db, &f->floor,
                       "SELECT first FROM document ORDER BY first LIMIT 1", "");
    }
    if (st != STATUS_OK)
        return st;
    if (f->block_end - f->block_next < e->pages) {
        int n =
            f->batch && f->block_pages > e->pages ? f->block_pages : e->pages;
        f->block_end = f->floor;
        f->block_next = f->floor -= n;
        /* What is left of a block stays empty, and counts are estimated by
         * how rows are filled: a batch that was larger than it said goes on in
         * small ones. */
        f->block_pages = f->block_pages / BLOCK_PART;
    }
    if (f->block_next < 1)
        return fail(STATUS_LIMIT,
                    _("the index '%s' has no room for more pages; make it "
                      "anew with 'hoso reindex'"),
                    sql_path(f->db));
    e->first = f->block_next;
    f->block_next += e->pages;
    return STATUS_OK;
}

static enum status put_entry(struct fulltext *f, const struct entry *e)
{
    struct sql_stmt *s;
    enum status st = fulltext_ready(f, ADD_ENTRY, &s);
    if (st == STATUS_OK)
        st = sql_again(s, "iissssssiiii", e->first, (int64_t)e->pages, e->id,
                       e->kind, e->batch, e->title, e->names, e->fields,
                       e->stored_at, (int64_t)e->day, (int64_t)e->version,
                       f->epoch);
    return st == STATUS_OK ? finish(s) : st;
}

enum status put_replace(struct fulltext *f, const struct record *r)
{
    AUTO(entry_clear) struct entry old = {0};
    AUTO(entry_clear) struct entry e = {0};
    AUTO(strbuf_clear) struct strbuf filters = {0};
    enum status st = fulltext_entry_of(f, r->id, &old);
    if (st == STATUS_OK && old.first)
        st = forget_pages(f, &old);
    if (st != STATUS_OK)
        return st;
    strbuf_init(&filters);
    entry_make(r, &e);
    st = take_rows(f, &e);
    if (st == STATUS_OK)
        st = put_entry(f, &e);
    tokens_of_entry(&e, &filters);
    AUTO(free_char) char *text = entry_head(&e);
    AUTO(strbuf_clear) struct strbuf head = {0};
    strbuf_init(&head);
    if (st == STATUS_OK)
        st = codes_add(&f->spellings, text, strlen(text), &head);
    for (int i = 0; i < r->n_pages && st == STATUS_OK; i++)
        st = put_page(f, e.first + i, e.stored_at, &filters,
                      i == 0 ? &head : NULL, &r->pages[i]);
    return st;
}

/* A document that is not there has left words behind perhaps, if an earlier
 * purge was cut short: so the rest is done anyway. */
enum status put_drop(struct fulltext *f, const char *id)
{
    AUTO(entry_clear) struct entry e = {0};
    enum status st = fulltext_entry_of(f, id, &e);
    if (st == STATUS_OK && e.first)
        st = forget_pages(f, &e);
    return st;
}
