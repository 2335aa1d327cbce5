/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An index and its life: open, put, remove, list, renew. */
#include "indexer/fulltext.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "indexer/schema.h"
#include "indexer/tokenizer.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { MANY_PAGES = 1000, LISTS_BYTES = 64 << 20 };

static const struct effort usual_effort = {50000, 1000, 60};

enum status fulltext_advise(const struct fulltext *f, enum status st)
{
    if (st != STATUS_DAMAGED)
        return st;
    return explain(st,
                   _("the index '%s' is damaged; 'hoso reindex' makes it "
                     "again from the packages"),
                   sql_path(f->db));
}

static const char *const statements[STMT_COUNT] = {
    [ADD_ENTRY] = "INSERT INTO document(first, pages, id, kind, batch, title, "
                  "names, fields, stored_at, day, version, epoch) "
                  "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    [ADD_PAGE] = "INSERT INTO page(row, stored_at, head, text) "
                 "VALUES(?1, ?2, ?3, ?4)",
    [ADD_BOXES] = "INSERT INTO box(row, boxes) VALUES(?1, ?2)",
    [ADD_TOKENS] = "INSERT INTO fulltext(rowid, body) VALUES(?1, ?2)",
    [DROP_TOKENS] = "INSERT INTO fulltext(fulltext, rowid, body) "
                    "VALUES('delete', ?1, ?2)",
    [GET_META] = "SELECT value FROM meta WHERE name = ?1",
    [GET_ENTRY_AT] =
        ENTRY_COLUMNS "WHERE first <= ?1 ORDER BY first DESC LIMIT 1",
    [GET_ENTRY_OF] = ENTRY_COLUMNS "WHERE id = ?1",
    [GET_PAGE] = "SELECT stored_at, head, text FROM page WHERE row = ?1",
    [GET_SHOWN] = "SELECT p.text, b.boxes FROM page p, box b "
                  "WHERE p.row = ?1 AND b.row = ?1",
    [FIND_ROWS] = "SELECT rowid FROM fulltext WHERE fulltext MATCH ?1 "
                  "AND rowid >= ?2",
    [COUNT_ROWS] = "SELECT count(*), max(rowid) FROM (SELECT rowid FROM "
                   "fulltext WHERE fulltext MATCH ?1 AND rowid >= ?2 LIMIT ?3)",
    [COUNT_PASSED] = "SELECT count(*), total(min(pages, ?2 - first + 1)) "
                     "FROM (SELECT first, pages FROM document "
                     "WHERE first BETWEEN ?1 AND ?2 LIMIT ?3)",
    [GET_FORMS] = "SELECT folded, exact, n FROM word WHERE folded = ?1 "
                  "ORDER BY n DESC, exact LIMIT ?2",
    [GET_BEGINNINGS] = "SELECT folded, exact, n FROM word "
                       "WHERE folded BETWEEN ?1 AND ?2 "
                       "ORDER BY n DESC, folded, exact LIMIT ?3",
    [GET_SPELLINGS] = "SELECT id, exact FROM spelling WHERE folded = ?1 "
                      "AND exact = ?2",
    [GET_ALL_SPELLINGS] = "SELECT id, exact FROM spelling WHERE folded = ?1",
    [COUNT_WORD] = "SELECT sum(max(n, 1)) FROM word WHERE folded = ?1",
    [HAS_TOKEN] = "SELECT 1 FROM fulltext WHERE fulltext MATCH ?1 LIMIT 1",
    [COUNT_TOKENS] = "SELECT count(*) FROM (SELECT 1 FROM fulltext "
                     "WHERE fulltext MATCH ?1 LIMIT ?2)",
    [GET_PAIR] = "SELECT n FROM pair WHERE pair = ?1",
};

enum status fulltext_ready(struct fulltext *f, enum fulltext_stmt which,
                           struct sql_stmt **out)
{
    enum status st = f->stmts[which] ? STATUS_OK
                                     : sql_prepare(f->db, &f->stmts[which],
                                                   statements[which], NULL);
    *out = f->stmts[which];
    return st;
}

enum status fulltext_meta(struct fulltext *f, const char *name, int64_t *out)
{
    struct sql_stmt *s;
    bool row = false;
    *out = 0;
    enum status st = fulltext_ready(f, GET_META, &s);
    if (st == STATUS_OK)
        st = sql_again(s, "s", name);
    if (st == STATUS_OK)
        st = sql_step(s, &row);
    if (st == STATUS_OK && row)
        *out = sql_int(s, 0);
    sql_rest(s);
    return st;
}

static enum status prepare(struct fulltext *f)
{
    enum status st = tokenizer_register(f->db);
    /* In kB, and no more than was read: who searches again finds the lists of
     * common words there. */
    if (st == STATUS_OK)
        st = sql_exec(f->db, f->mode == FULLTEXT_WRITE
                                 ? "PRAGMA cache_size=-32768"
                                 : "PRAGMA cache_size=-262144");
    if (st == STATUS_OK)
        st = f->mode == FULLTEXT_WRITE ? schema_prepare(f->db, &f->made)
                                       : schema_check(f->db);
    return st == STATUS_OK ? fulltext_meta(f, "epoch", &f->epoch) : st;
}

enum status fulltext_open(const char *path, enum fulltext_mode how,
                          unsigned mode, struct fulltext **out)
{
    AUTO(fulltext_closep) struct fulltext *f = xcalloc(1, sizeof(*f));
    f->mode = how;
    f->effort = usual_effort;
    enum status st = sql_open(
        path, how == FULLTEXT_WRITE ? SQL_CREATE : SQL_READ, mode, &f->db);
    if (st == STATUS_DAMAGED)
        return explain(st, _("run 'hoso reindex' to make the index again"));
    if (st == STATUS_OK)
        st = prepare(f);
    if (st != STATUS_OK)
        return fulltext_advise(f, st);
    *out = STEAL(f);
    return STATUS_OK;
}

void fulltext_close(struct fulltext *f)
{
    if (!f)
        return;
    for (int i = 0; i < STMT_COUNT; i++)
        sql_finish(f->stmts[i]);
    spellings_clear(&f->spellings);
    frequency_clear(&f->frequency);
    tokens_clear(&f->tokens);
    sql_close(f->db);
    free(f);
}

void fulltext_closep(struct fulltext **f)
{
    fulltext_close(*f);
    *f = NULL;
}

bool fulltext_is_new(const struct fulltext *f)
{
    return f->made;
}

/* ---- transactions ---- */

static enum status begin(struct fulltext *f, int pages)
{
    enum status st = sql_begin(f->db);
    if (st == STATUS_OK)
        st = spellings_start(&f->spellings, f->db);
    f->floor = f->block_next = f->block_end = 0;
    f->block_pages = pages;
    return st;
}

/* Commit if all went well, else leave the index as it was. */
static enum status end(struct fulltext *f, enum status st)
{
    if (st == STATUS_OK)
        st = spellings_write(&f->spellings);
    if (st == STATUS_OK)
        st = frequency_write(&f->frequency, &f->spellings, f->db);
    if (st == STATUS_OK)
        st = sql_commit(f->db);
    if (st != STATUS_OK) {
        sql_rollback(f->db);
        spellings_reset(&f->spellings);
    }
    frequency_reset(&f->frequency);
    f->batch = false;
    return fulltext_advise(f, st);
}

enum status fulltext_begin(struct fulltext *f, int pages)
{
    /* What FTS5 gathers, the words of the archive and a record or two. */
    if (pages >= MANY_PAGES)
        alloc_expect(LISTS_BYTES);
    enum status st = begin(f, pages);
    f->batch = st == STATUS_OK;
    return fulltext_advise(f, st);
}

enum status fulltext_commit(struct fulltext *f)
{
    return end(f, STATUS_OK);
}

enum status fulltext_put(struct fulltext *f, const struct record *r)
{
    if (r->n_pages > PAGES_MAX) {
        if (f->batch)
            (void)end(f, STATUS_LIMIT);
        return fail(STATUS_LIMIT,
                    _("document '%s' has %d pages; the index takes %d"), r->id,
                    r->n_pages, PAGES_MAX);
    }
    enum status st = f->batch ? STATUS_OK : begin(f, 0);
    if (st != STATUS_OK)
        return fulltext_advise(f, st);
    st = put_replace(f, r);
    return f->batch && st == STATUS_OK ? st : end(f, st);
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

/* FTS5 only notes that a word is gone until its parts are merged. */
static enum status merge_all(struct fulltext *f)
{
    return sql_exec(f->db, "INSERT INTO fulltext(fulltext) VALUES('optimize')");
}

enum status fulltext_remove(struct fulltext *f, const char *id)
{
    enum status st = begin(f, 0);
    if (st != STATUS_OK)
        return fulltext_advise(f, st);
    st = put_drop(f, id);
    if (st == STATUS_OK)
        st = merge_all(f);
    st = end(f, st);
    return st != STATUS_OK ? st : cut_log(f);
}

enum status fulltext_optimize(struct fulltext *f)
{
    enum status st = begin(f, 0);
    if (st != STATUS_OK)
        return fulltext_advise(f, st);
    return end(f, merge_all(f));
}

/* FTS5 does not say whether there was anything to merge; one that changes
 * nothing but its own note found nothing. */
enum status fulltext_tidy(struct fulltext *f, int blocks, bool *more)
{
    static const char changes[] = "SELECT total_changes()";
    int64_t before = 0, after = 0;
    *more = false;
    enum status st = begin(f, 0);
    if (st != STATUS_OK)
        return fulltext_advise(f, st);
    st = sql_int_of(f->db, &before, changes, "");
    if (st == STATUS_OK)
        st = sql_run(f->db,
                     "INSERT INTO fulltext(fulltext, rank) "
                     "VALUES('merge', ?1)",
                     "i", (int64_t)blocks);
    if (st == STATUS_OK)
        st = sql_int_of(f->db, &after, changes, "");
    st = end(f, st);
    *more = st == STATUS_OK && after - before > 1;
    return st;
}

enum status fulltext_checkpoint(struct fulltext *f)
{
    return fulltext_advise(f, sql_checkpoint(f->db));
}

/* ---- all documents ---- */

enum status fulltext_ids(struct fulltext *f,
                         enum status (*each)(void *user,
                                             const struct indexed *d),
                         void *user)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    int64_t renewing = 0;
    enum status st = fulltext_meta(f, "renewing", &renewing);
    if (st == STATUS_OK)
        st = sql_prepare(f->db, &s,
                         "SELECT id, kind, batch, title, pages, stored_at, "
                         "version, epoch FROM document ORDER BY id",
                         "");
    for (bool row = true; st == STATUS_OK;) {
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        struct indexed d = {
            .id = sql_text(s, 0),
            .kind = sql_text(s, 1),
            .batch = sql_text(s, 2),
            .title = sql_text(s, 3),
            .pages = (int)sql_int(s, 4),
            .stored_at = (time_t)sql_int(s, 5),
            .version = (int)sql_int(s, 6),
            .renewed = renewing == 0 || sql_int(s, 7) >= f->epoch,
        };
        st = each(user, &d);
        if (st != STATUS_OK)
            return st;
    }
    return fulltext_advise(f, st);
}

static enum status set_meta(struct fulltext *f, const char *name, int64_t to)
{
    return sql_run(f->db,
                   "INSERT INTO meta(name, value) VALUES(?1, ?2) "
                   "ON CONFLICT DO UPDATE SET value = ?2",
                   "si", name, to);
}

enum status fulltext_renew(struct fulltext *f, bool *resumed)
{
    int64_t renewing = 0;
    enum status st = begin(f, 0);
    if (st != STATUS_OK)
        return fulltext_advise(f, st);
    st = fulltext_meta(f, "renewing", &renewing);
    if (st == STATUS_OK)
        st = fulltext_meta(f, "epoch", &f->epoch);
    *resumed = renewing != 0;
    if (st == STATUS_OK && !renewing) {
        f->epoch++;
        st = set_meta(f, "epoch", f->epoch);
        if (st == STATUS_OK)
            st = set_meta(f, "renewing", 1);
    }
    return end(f, st);
}

enum status fulltext_renewed(struct fulltext *f)
{
    enum status st = begin(f, 0);
    if (st != STATUS_OK)
        return fulltext_advise(f, st);
    return end(f, set_meta(f, "renewing", 0));
}
