/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An index and its documents: open, put, remove, list. A document's title and
 * the names of its files are indexed with its first page.
 */
#include "indexer/fulltext.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "indexer/schema.h"
#include "indexer/tokenizer.h"
#include "indexer/words.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define INSERT_PAGE \
    "INSERT INTO fulltext(rowid, title, names, body) VALUES(?1, ?2, ?3, ?4)"
#define FORGET_PAGE                                              \
    "INSERT INTO fulltext(fulltext, rowid, title, names, body) " \
    "VALUES('delete', ?1, ?2, ?3, ?4)"

enum status fulltext_advise(const struct fulltext *f, enum status st)
{
    if (st != STATUS_DAMAGED)
        return st;
    return explain(st,
                   _("the index '%s' is damaged; 'hoso rebuild' makes it "
                     "again from the packages"),
                   sql_path(f->db));
}

enum status fulltext_open(const char *path, enum fulltext_mode how,
                          unsigned mode, struct fulltext **out)
{
    AUTO(fulltext_closep) struct fulltext *f = xcalloc(1, sizeof(*f));
    f->mode = how;
    enum status st = sql_open(
        path, how == FULLTEXT_WRITE ? SQL_CREATE : SQL_READ, mode, &f->db);
    if (st == STATUS_DAMAGED)
        return explain(st, _("run 'hoso rebuild' to make the index again"));
    if (st == STATUS_OK)
        st = tokenizer_register(f->db);
    if (st == STATUS_OK)
        st =
            how == FULLTEXT_WRITE ? schema_prepare(f->db) : schema_check(f->db);
    if (st != STATUS_OK)
        return fulltext_advise(f, st);
    *out = STEAL(f);
    return STATUS_OK;
}

void fulltext_close(struct fulltext *f)
{
    if (!f)
        return;
    sql_close(f->db);
    free(f);
}

void fulltext_closep(struct fulltext **f)
{
    fulltext_close(*f);
    *f = NULL;
}

/* A document as the tables have it. */
struct entry {
    int64_t doc; /* 0: not there */
    char *title, *names;
};

static void entry_clear(struct entry *e)
{
    free(e->title);
    free(e->names);
}

static enum status entry_of(struct fulltext *f, const char *id,
                            struct entry *out)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;
    enum status st = sql_prepare(
        f->db, &s, "SELECT doc, title, names FROM document WHERE id = ?1", "s",
        id);
    if (st == STATUS_OK)
        st = sql_step(s, &row);
    if (st == STATUS_OK && row)
        *out = (struct entry){sql_int(s, 0), xstrdup(sql_text(s, 1)),
                              xstrdup(sql_text(s, 2))};
    return st;
}

/* Tell FTS5 of a page, or what it was told when it is to forget it. */
static enum status tell(struct fulltext *f, const char *statement, int64_t row,
                        const struct entry *e, const void *packed, int n)
{
    struct page_words words = {0};
    enum status st = words_unpack(packed, n, &words);
    if (st != STATUS_OK)
        return st;
    AUTO(strbuf_clear) struct strbuf body = {0};
    strbuf_init(&body);
    words_text(&words, &body);
    words_clear(&words);
    bool first = (row & PAGES_MAX) == 1;
    return sql_run(f->db, statement, "isss", row, first ? e->title : "",
                   first ? e->names : "", body.s);
}

/* Forget the pages of e, in FTS5 and in the table of pages. */
static enum status forget_pages(struct fulltext *f, const struct entry *e)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    int64_t first = e->doc << PAGE_BITS, last = first | PAGES_MAX;
    enum status st = sql_prepare(
        f->db, &s, "SELECT row, words FROM page WHERE row BETWEEN ?1 AND ?2",
        "ii", first, last);
    for (bool row = true; st == STATUS_OK;) {
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        int n = 0;
        const void *packed = sql_blob(s, 1, &n);
        st = tell(f, FORGET_PAGE, sql_int(s, 0), e, packed, n);
    }
    if (st != STATUS_OK)
        return st;
    return sql_run(f->db, "DELETE FROM page WHERE row BETWEEN ?1 AND ?2", "ii",
                   first, last);
}

static enum status put_page(struct fulltext *f, const struct entry *e,
                            const struct page *p, int number)
{
    AUTO(strbuf_clear) struct strbuf packed = {0};
    strbuf_init(&packed);
    words_pack(p, &packed);
    int64_t row = e->doc << PAGE_BITS | number;
    enum status st =
        sql_run(f->db, "INSERT INTO page(row, words) VALUES(?1, ?2)", "ib", row,
                packed.s, packed.len);
    if (st != STATUS_OK)
        return st;
    return tell(f, INSERT_PAGE, row, e, packed.s, (int)packed.len);
}

static char *names_of(const struct record *r)
{
    struct strbuf b;
    strbuf_init(&b);
    for (int i = 0; i < r->n_sources; i++) {
        if (i > 0)
            strbuf_addc(&b, '\n');
        strbuf_adds(&b, r->sources[i].name);
    }
    return strbuf_take(&b);
}

static enum status put_entry(struct fulltext *f, const struct record *r,
                             struct entry *e)
{
    enum status st = sql_run(
        f->db,
        "INSERT INTO document(id, kind, batch, title, names, stored_at) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(id) DO UPDATE SET "
        "kind = excluded.kind, batch = excluded.batch, "
        "title = excluded.title, names = excluded.names, "
        "stored_at = excluded.stored_at",
        "sssssi", r->id, r->kind, r->batch ? r->batch : "", e->title, e->names,
        (int64_t)r->stored_at);
    if (st != STATUS_OK)
        return st;
    return sql_int_of(f->db, &e->doc, "SELECT doc FROM document WHERE id = ?1",
                      "s", r->id);
}

/* Within a transaction: the old out, the new in. */
static enum status replace(struct fulltext *f, const struct record *r)
{
    AUTO(entry_clear) struct entry old = {0};
    enum status st = entry_of(f, r->id, &old);
    if (st == STATUS_OK && old.doc)
        st = forget_pages(f, &old);
    if (st != STATUS_OK)
        return st;
    AUTO(entry_clear)
    struct entry e = {0, xstrdup(r->title ? r->title : ""), names_of(r)};
    st = put_entry(f, r, &e);
    for (int i = 0; i < r->n_pages && st == STATUS_OK; i++)
        st = put_page(f, &e, &r->pages[i], i + 1);
    return st;
}

/* Within a transaction. A document that is not there has left words behind
 * perhaps, if an earlier purge was cut short: so the rest is done anyway. */
static enum status drop(struct fulltext *f, const char *id)
{
    AUTO(entry_clear) struct entry e = {0};
    enum status st = entry_of(f, id, &e);
    if (st == STATUS_OK && e.doc)
        st = forget_pages(f, &e);
    if (st == STATUS_OK && e.doc)
        st = sql_run(f->db, "DELETE FROM document WHERE doc = ?1", "i", e.doc);
    /* FTS5 only notes that a word is gone until its parts are merged. */
    if (st == STATUS_OK)
        st = sql_exec(f->db,
                      "INSERT INTO fulltext(fulltext) VALUES('optimize')");
    return st;
}

/* Commit if all went well, else leave the index as it was. */
static enum status end(struct fulltext *f, enum status st)
{
    if (st == STATUS_OK)
        st = sql_commit(f->db);
    if (st != STATUS_OK)
        sql_rollback(f->db);
    return fulltext_advise(f, st);
}

enum status fulltext_put(struct fulltext *f, const struct record *r)
{
    if (r->n_pages > PAGES_MAX)
        return fail(STATUS_LIMIT,
                    _("document '%s' has %d pages; the index takes %d"), r->id,
                    r->n_pages, PAGES_MAX);
    enum status st = sql_begin(f->db);
    if (st != STATUS_OK)
        return fulltext_advise(f, st);
    return end(f, replace(f, r));
}

static bool is_log_empty(const struct fulltext *f)
{
    AUTO(free_char) char *path = xasprintf("%s-wal", sql_path(f->db));
    struct stat sb;
    return stat(path, &sb) != 0 || sb.st_size == 0;
}

/* The log still has the words until it is moved and cut to nothing, which has
 * to wait for those who read the index just now. */
static enum status cut_log(struct fulltext *f)
{
    const struct timespec pause = {.tv_nsec = 50 * 1000 * 1000};
    for (int tries = 0; tries < 100; tries++) {
        enum status st = fulltext_checkpoint(f);
        if (st != STATUS_OK || is_log_empty(f))
            return st;
        nanosleep(&pause, NULL);
    }
    return fail(STATUS_BUSY,
                _("the log of the index '%s' still has words that were "
                  "removed, as another program reads it; end that and remove "
                  "the document again"),
                sql_path(f->db));
}

enum status fulltext_remove(struct fulltext *f, const char *id)
{
    enum status st = sql_begin(f->db);
    if (st != STATUS_OK)
        return fulltext_advise(f, st);
    st = end(f, drop(f, id));
    return st != STATUS_OK ? st : cut_log(f);
}

enum status fulltext_checkpoint(struct fulltext *f)
{
    return fulltext_advise(f, sql_checkpoint(f->db));
}

enum status fulltext_ids(struct fulltext *f,
                         enum status (*each)(void *user, const char *id),
                         void *user)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    enum status st =
        sql_prepare(f->db, &s, "SELECT id FROM document ORDER BY id", "");
    for (bool row = true; st == STATUS_OK;) {
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        st = each(user, sql_text(s, 0));
        if (st != STATUS_OK)
            return st;
    }
    return fulltext_advise(f, st);
}
