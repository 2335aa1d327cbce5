/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables of an index. The full-text table keeps no text of its own
 * (content=''): what it needs to forget a page is made again from the tables
 * of documents and pages. secure_delete overwrites what is deleted, so that a
 * purged word is gone from the file.
 *
 * Rows of pages count down from ROW_TOP, so that the newest come first in
 * every list of FTS5.
 */
#include "indexer/schema.h"

#include "base/i18n.h"
#include "indexer/indexer.h"

/* "hosi" in ASCII: tells an index from any other database. */
#define APPLICATION_ID 0x686F7369
#define TEXT_OF(number) #number
#define NUMBER(number) TEXT_OF(number)

static const char tables[] =
    "DROP TABLE IF EXISTS fulltext;"
    "DROP TABLE IF EXISTS page;"
    "DROP TABLE IF EXISTS box;"
    "DROP TABLE IF EXISTS document;"
    "DROP TABLE IF EXISTS word;"
    "DROP TABLE IF EXISTS spelling;"
    "DROP TABLE IF EXISTS pair;"
    "DROP TABLE IF EXISTS meta;"
    "CREATE TABLE document("
    "  first INTEGER PRIMARY KEY," /* row of its first page */
    "  pages INTEGER NOT NULL,"
    "  id TEXT NOT NULL UNIQUE,"
    "  kind TEXT NOT NULL,"
    "  batch TEXT NOT NULL,"
    "  title TEXT NOT NULL,"
    "  names TEXT NOT NULL,"        /* of the source files, by newlines */
    "  fields TEXT NOT NULL,"       /* indexer/tokens.h */
    "  stored_at INTEGER NOT NULL," /* seconds since 1970 */
    "  day INTEGER NOT NULL,"       /* of the document, 20220105; 0 */
    "  version INTEGER NOT NULL,"   /* of its record */
    "  epoch INTEGER NOT NULL"      /* of making the index again */
    ") STRICT;"
    "CREATE TABLE page("
    "  row INTEGER PRIMARY KEY,"
    "  stored_at INTEGER NOT NULL,"
    "  head BLOB,"         /* title, names, fields as codes; first page only */
    "  text BLOB NOT NULL" /* indexer/codes.h */
    ") STRICT;"
    "CREATE TABLE box(row INTEGER PRIMARY KEY, boxes BLOB NOT NULL) STRICT;"
    /* n: on how many pages, about; see indexer/frequency.h */
    "CREATE TABLE word("
    "  folded TEXT NOT NULL, exact TEXT NOT NULL, n INTEGER NOT NULL,"
    "  PRIMARY KEY(folded, exact)) STRICT, WITHOUT ROWID;"
    /* indexer/spellings.h */
    "CREATE TABLE spelling("
    "  folded TEXT NOT NULL, exact TEXT NOT NULL, text TEXT NOT NULL,"
    "  id INTEGER NOT NULL,"
    "  PRIMARY KEY(folded, exact, text)) STRICT, WITHOUT ROWID;"
    "CREATE UNIQUE INDEX spelling_by_id ON spelling(id);"
    "CREATE TABLE pair(pair TEXT PRIMARY KEY, n INTEGER NOT NULL)"
    "  STRICT, WITHOUT ROWID;"
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL)"
    "  STRICT, WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE fulltext USING fts5("
    "  body, content='', detail=none, columnsize=0, tokenize='hoso');"
    "INSERT INTO fulltext(fulltext, rank) VALUES('automerge', 8);"
    "INSERT INTO fulltext(fulltext, rank) VALUES('crisismerge', 64);"
    "INSERT INTO fulltext(fulltext, rank) VALUES('usermerge', 2);"
    "INSERT INTO fulltext(fulltext, rank) VALUES('hashsize', 33554432);"
    "PRAGMA application_id=" NUMBER(APPLICATION_ID) ";";

static enum status belongs(struct sql *db, bool *empty)
{
    int64_t owner = 0, objects = 0;
    enum status st = sql_int_of(db, &owner, "PRAGMA application_id", "");
    if (st == STATUS_OK)
        st = sql_int_of(db, &objects, "SELECT count(*) FROM sqlite_schema", "");
    if (st != STATUS_OK)
        return st;
    *empty = objects == 0;
    if (owner != APPLICATION_ID && !*empty)
        return fail(STATUS_DAMAGED, _("'%s' is no index of hoso"),
                    sql_path(db));
    return STATUS_OK;
}

static enum status too_new(struct sql *db)
{
    return fail(STATUS_UNSUPPORTED,
                _("the index '%s' was made by a newer hoso; update hoso, or "
                  "delete the file and run 'hoso reindex'"),
                sql_path(db));
}

static enum status create(struct sql *db)
{
    enum status st = sql_exec(db, tables);
    return st != STATUS_OK ? st : sql_set_version(db, INDEX_SCHEMA);
}

/* Inside a write transaction, so that no other process makes them too. */
static enum status prepare(struct sql *db, bool *made)
{
    bool empty = false;
    int version = 0;
    enum status st = belongs(db, &empty);
    if (st == STATUS_OK)
        st = sql_version(db, &version);
    if (st != STATUS_OK)
        return st;
    if (version > INDEX_SCHEMA)
        return too_new(db);
    *made = version != INDEX_SCHEMA;
    return *made ? create(db) : STATUS_OK;
}

enum status schema_prepare(struct sql *db, bool *made)
{
    *made = false;
    enum status st = sql_exec(db, "PRAGMA secure_delete=ON");
    if (st == STATUS_OK)
        st = schema_check(db);
    if (st != STATUS_NOT_FOUND && st != STATUS_UNSUPPORTED)
        return st;
    st = sql_begin(db);
    if (st != STATUS_OK)
        return st;
    st = prepare(db, made);
    if (st == STATUS_OK)
        st = sql_commit(db);
    if (st != STATUS_OK)
        sql_rollback(db);
    return st;
}

enum status schema_check(struct sql *db)
{
    bool empty = false;
    int version = 0;
    enum status st = belongs(db, &empty);
    if (st == STATUS_OK)
        st = sql_version(db, &version);
    if (st != STATUS_OK)
        return st;
    if (version > INDEX_SCHEMA)
        return too_new(db);
    if (empty)
        return fail(STATUS_NOT_FOUND, _("the index '%s' is empty"),
                    sql_path(db));
    if (version < INDEX_SCHEMA)
        return fail(STATUS_UNSUPPORTED,
                    _("the index '%s' was made by an older hoso; make it anew "
                      "with 'hoso reindex'"),
                    sql_path(db));
    return STATUS_OK;
}
