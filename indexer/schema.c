/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables of an index. The full-text table keeps no text of its own
 * (content=''): what it needs to forget a page is made again from page.words.
 * secure_delete overwrites what is deleted, so that a purged word is gone from
 * the file.
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
    "DROP TABLE IF EXISTS document;"
    "CREATE TABLE document("
    "  doc INTEGER PRIMARY KEY," /* in the order they were put in */
    "  id TEXT NOT NULL UNIQUE,"
    "  kind TEXT NOT NULL,"
    "  batch TEXT NOT NULL,"
    "  title TEXT NOT NULL,"
    "  names TEXT NOT NULL,"       /* of the source files, by newlines */
    "  stored_at INTEGER NOT NULL" /* seconds since 1970 */
    ") STRICT;"
    "CREATE TABLE page("
    "  row INTEGER PRIMARY KEY," /* doc << 16 | page from 1 */
    "  words BLOB NOT NULL"      /* indexer/words.h */
    ") STRICT;"
    "CREATE VIRTUAL TABLE fulltext USING fts5("
    "  title, names, body, content='', tokenize='hoso');"
    "INSERT INTO fulltext(fulltext, rank) VALUES('automerge', 8);"
    "INSERT INTO fulltext(fulltext, rank) VALUES('crisismerge', 32);"
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
                  "delete the file and run 'hoso rebuild'"),
                sql_path(db));
}

static enum status create(struct sql *db)
{
    enum status st = sql_exec(db, tables);
    return st != STATUS_OK ? st : sql_set_version(db, INDEX_SCHEMA);
}

/* Inside a write transaction, so that no other process makes them too. */
static enum status prepare(struct sql *db)
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
    return version == INDEX_SCHEMA ? STATUS_OK : create(db);
}

enum status schema_prepare(struct sql *db)
{
    enum status st = sql_exec(db, "PRAGMA secure_delete=ON");
    if (st == STATUS_OK)
        st = schema_check(db);
    if (st != STATUS_NOT_FOUND && st != STATUS_DAMAGED)
        return st;
    st = sql_begin(db);
    if (st != STATUS_OK)
        return st;
    st = prepare(db);
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
        return fail(STATUS_DAMAGED,
                    _("the index '%s' was made by an older hoso"),
                    sql_path(db));
    return STATUS_OK;
}
