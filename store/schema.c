/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The catalogue's tables and the numbered steps that lead to them.
 *
 *     document --< source      what a clerk asks for; what it was made from
 *         |----< package       where it lies: version 1 and later amendments
 *         |----  review        how much of it waits for a person
 *         '----  outbox        waits for the index
 *
 * Every row follows from the packages, so `hoso rebuild` can make it again;
 * keys are values of the documents themselves, never counters, so that the
 * result is the same whatever the order of work.
 */
#include "store/versions.h"

#include "base/i18n.h"

static const char step_1[] =
    "CREATE TABLE document("
    " id TEXT NOT NULL PRIMARY KEY,"
    " year INTEGER NOT NULL,"
    " number INTEGER NOT NULL CHECK(number > 0),"
    " kind TEXT NOT NULL CHECK(kind IN ('result','staff','work')),"
    " batch TEXT NOT NULL,"
    " title TEXT NOT NULL,"
    " pages INTEGER NOT NULL CHECK(pages >= 0),"
    " stored_at INTEGER NOT NULL," /* seconds since 1970, UTC */
    " state TEXT NOT NULL CHECK(state IN ('ok','doubtful','partial')),"
    " version INTEGER NOT NULL CHECK(version > 0)," /* newest */
    " UNIQUE(year, number)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE package("
    " path TEXT NOT NULL PRIMARY KEY," /* relative to the archive */
    " document TEXT NOT NULL REFERENCES document(id),"
    " version INTEGER NOT NULL CHECK(version > 0),"
    " sha256 TEXT NOT NULL CHECK(length(sha256) = 64)," /* of the tar */
    " bytes INTEGER NOT NULL CHECK(bytes > 0),"
    " UNIQUE(document, version)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE source("
    " document TEXT NOT NULL REFERENCES document(id),"
    " position INTEGER NOT NULL CHECK(position > 0),"
    " name TEXT NOT NULL,"
    " sha256 TEXT NOT NULL CHECK(length(sha256) = 64),"
    " bytes INTEGER NOT NULL CHECK(bytes >= 0),"
    " path TEXT NOT NULL," /* in the package */
    " PRIMARY KEY(document, position)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE outbox("
    " document TEXT NOT NULL PRIMARY KEY REFERENCES document(id)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE INDEX source_sha256 ON source(sha256);"
    "CREATE INDEX document_batch ON document(batch);"
    "CREATE INDEX document_kind ON document(kind);"
    "CREATE INDEX document_stored_at ON document(stored_at);";

static const char step_2[] =
    "CREATE TABLE review("
    " document TEXT NOT NULL PRIMARY KEY REFERENCES document(id),"
    " fields INTEGER NOT NULL," /* in state review */
    " worst INTEGER NOT NULL,"  /* lowest confidence of these */
    " sure INTEGER NOT NULL,"   /* lowest confidence of sure ones */
    " pages INTEGER NOT NULL"   /* low, failed, timeout */
    ") STRICT, WITHOUT ROWID;";

/* Step n leads from version n - 1 to n. Steps are never changed once an
 * archive has been written with them; a new one is put behind. */
static const char *const steps[CATALOGUE_SCHEMA] = {step_1, step_2};

static enum status run_step(struct sql *catalogue, struct store *s, int number)
{
    enum status st = sql_begin(catalogue);

    if (st == STATUS_OK)
        st = sql_exec(catalogue, steps[number - 1]);
    if (st == STATUS_OK && number == 2 && s)
        st = review_fill(s);
    if (st == STATUS_OK)
        st = sql_set_version(catalogue, number);
    if (st == STATUS_OK)
        st = sql_commit(catalogue);
    if (st != STATUS_OK) {
        sql_rollback(catalogue);
        explain(st, _("bringing the catalogue to version %d"), number);
    }
    return st;
}

static enum status newer(int version)
{
    return fail(STATUS_UNSUPPORTED,
                _("this archive was written by a newer hoso (catalogue version"
                  " %d, this hoso knows %d); install the newer hoso"),
                version, CATALOGUE_SCHEMA);
}

enum status schema_migrate(struct sql *catalogue, struct store *s)
{
    int version = 0;
    enum status st = sql_version(catalogue, &version);

    if (st != STATUS_OK)
        return st;
    if (version > CATALOGUE_SCHEMA)
        return newer(version);
    for (int i = version + 1; st == STATUS_OK && i <= CATALOGUE_SCHEMA; i++)
        st = run_step(catalogue, s, i);
    return st;
}

enum status schema_require(struct sql *catalogue)
{
    int version = 0;
    enum status st = sql_version(catalogue, &version);

    if (st != STATUS_OK)
        return st;
    if (version > CATALOGUE_SCHEMA)
        return newer(version);
    if (version < 1)
        return fail(STATUS_DAMAGED,
                    _("'%s' is not a catalogue; make it again with"
                      " hoso rebuild"),
                    sql_path(catalogue));
    if (version < CATALOGUE_SCHEMA)
        return fail(STATUS_UNSUPPORTED,
                    _("the catalogue is of an older hoso (version %d); run"
                      " hoso ingest or hoso rebuild once to bring it to"
                      " version %d"),
                    version, CATALOGUE_SCHEMA);
    return STATUS_OK;
}
