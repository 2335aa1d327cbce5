/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state/registers.db: opened when it is first asked for, and made again where
 * it is not of the version of this program or does not hold what registers/
 * holds (a crash between the two, a lost database).
 */
#include "store/registers_inner.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *database_path(const struct store *s)
{
    return store_path(s, "state/registers.db");
}

static enum status open_to_read(struct store *s)
{
    AUTO(free_char) char *path = database_path(s);
    int version = 0;
    enum status st = sql_open(path, SQL_READ, 0, &s->registers);

    if (st == STATUS_NOT_FOUND) {
        st = sql_open_memory(&s->registers);
        return st == STATUS_OK ? registers_schema_make(s->registers) : st;
    }
    if (st == STATUS_OK)
        st = sql_version(s->registers, &version);
    if (st == STATUS_OK && version != REGISTERS_SCHEMA)
        st = fail(STATUS_UNSUPPORTED,
                  _("the registers are kept by another version of hoso; run"
                    " 'hoso register match' or 'hoso rebuild'"));
    if (st != STATUS_OK)
        sql_closep(&s->registers);
    return st;
}

static enum status drop_database(struct store *s)
{
    static const char *const parts[] = {"", "-wal", "-shm"};
    AUTO(free_char) char *path = database_path(s);

    sql_closep(&s->registers);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        AUTO(free_char) char *part = xasprintf("%s%s", path, parts[i]);

        if (unlink(part) != 0 && errno != ENOENT)
            return fail_errno(STATUS_IO, errno, _("'%s' cannot be removed"),
                              part);
    }
    return STATUS_OK;
}

enum status registers_open_raw(struct store *s)
{
    AUTO(free_char) char *path = database_path(s);
    int version = 0;
    enum status st = sql_open(path, SQL_CREATE, REGISTERS_MODE, &s->registers);

    if (st == STATUS_OK)
        st = sql_version(s->registers, &version);
    if (st == STATUS_DAMAGED ||
        (st == STATUS_OK && version != 0 && version != REGISTERS_SCHEMA)) {
        st = drop_database(s);
        if (st == STATUS_OK)
            st = sql_open(path, SQL_CREATE, REGISTERS_MODE, &s->registers);
        version = 0;
    }
    if (st == STATUS_OK && version == 0)
        st = registers_schema_make(s->registers);
    if (st != STATUS_OK)
        sql_closep(&s->registers);
    return st;
}

/* Whether the database has all imports and decisions, and no other. */
static enum status is_current(struct store *s, bool *yes)
{
    int64_t kept = 0, written = 0, imports = 0, decisions = 0;
    enum status st = kept_last(s, &kept);

    if (st == STATUS_OK)
        st = decisions_count(s, &written);
    if (st == STATUS_OK)
        st = sql_int_of(s->registers, &imports,
                        "SELECT max(number) FROM import", "");
    if (st == STATUS_OK)
        st = sql_int_of(s->registers, &decisions,
                        "SELECT max(number) FROM decision", "");
    *yes = kept == imports && written == decisions;
    return st;
}

static enum status refill(struct store *s);

static enum status open_to_write(struct store *s)
{
    bool current = false;
    enum status st = store_lock(s);

    if (st != STATUS_OK)
        return st;
    st = registers_open_raw(s);
    if (st == STATUS_OK)
        st = is_current(s, &current);
    if (st == STATUS_OK && !current)
        st = refill(s);
    if (st != STATUS_OK)
        sql_closep(&s->registers);
    store_unlock(s);
    return st;
}

enum status registers_sql(struct store *s, struct sql **out)
{
    enum status st = STATUS_OK;

    if (!s->registers)
        st = s->mode == STORE_WRITE ? open_to_write(s) : open_to_read(s);
    *out = s->registers;
    return st;
}

enum status registers_begin(struct store *s)
{
    struct sql *db = NULL;
    enum status st = store_lock(s);

    if (st != STATUS_OK)
        return st;
    st = registers_sql(s, &db);
    if (st == STATUS_OK)
        st = sql_begin(db);
    if (st != STATUS_OK)
        store_unlock(s);
    return st;
}

enum status registers_end(struct store *s, enum status st)
{
    if (st == STATUS_OK)
        st = sql_commit(s->registers);
    if (st == STATUS_OK)
        st = sql_checkpoint(s->registers);
    else
        sql_rollback(s->registers);
    store_unlock(s);
    return st;
}

/* ---- what was imported ---- */

enum status registers_list(struct store *s,
                           enum status (*each)(
                               void *user, const struct register_import_row *r),
                           void *user)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    struct sql *db = NULL;
    bool row = false;
    enum status st = registers_sql(s, &db);

    if (st == STATUS_OK)
        st = sql_prepare(db, &q,
                         "SELECT number, kind, name, sha256, who, at, rows,"
                         " good, wrong, reverted,"
                         " CASE kind WHEN 'staff' THEN"
                         " (SELECT count(*) FROM person WHERE import = i.number"
                         "  AND current = 1)"
                         " ELSE (SELECT count(*) FROM result"
                         "  WHERE import = i.number AND current = 1) END"
                         " FROM import AS i ORDER BY i.number",
                         "");
    while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row) {
        bool staff = strcmp(sql_text(q, 1), "staff") == 0;
        const struct register_import_row r = {
            .number = sql_int(q, 0),
            .kind = staff ? REGISTER_STAFF : REGISTER_RESULT,
            .name = (char *)sql_text(q, 2),
            .sha256 = (char *)sql_text(q, 3),
            .who = (char *)sql_text(q, 4),
            .at = (time_t)sql_int(q, 5),
            .rows = sql_int(q, 6),
            .good = sql_int(q, 7),
            .wrong = sql_int(q, 8),
            .reverted = sql_int(q, 9) != 0,
            .current = sql_int(q, 10)};

        st = each(user, &r);
    }
    return st;
}

enum status registers_revert(struct store *s, int64_t number, const char *who)
{
    AUTO(json_decrefp) json_t *data = json_object();
    AUTO(free_char) char *text = xasprintf("%d", (int)number);

    json_object_set_new(data, "import", json_string(text));
    return registers_decide(s, DECISION_IMPORT_REVERT, who, data);
}

/* ---- again ---- */

struct replay {
    struct store *s;
    int64_t imports; /* that are in by now */
};

static enum status replay_up_to(struct replay *r, int64_t imports)
{
    enum status st = STATUS_OK;

    while (st == STATUS_OK && r->imports < imports)
        st = rows_replay(r->s, r->s->registers, ++r->imports);
    return st;
}

/* A decision follows the imports that there were when it was taken. */
static enum status replay_decision(void *user, int64_t number, int64_t imports,
                                   const json_t *line)
{
    struct replay *r = user;
    enum status st = replay_up_to(r, imports);

    return st == STATUS_OK ? decision_apply(r->s->registers, number, line) : st;
}

static enum status empty_tables(struct sql *db)
{
    return sql_exec(db, "DELETE FROM wrong_row; DELETE FROM result;"
                        "DELETE FROM person; DELETE FROM import;"
                        "DELETE FROM match; DELETE FROM filing;"
                        "DELETE FROM unmatched;"
                        "DELETE FROM dossier_document; DELETE FROM dossier;"
                        "DELETE FROM decision;");
}

/* Registers and decisions again, in one transaction. */
static enum status refill(struct store *s)
{
    struct replay r = {.s = s};
    int64_t last = 0;
    enum status st = sql_begin(s->registers);

    if (st != STATUS_OK)
        return st;
    st = empty_tables(s->registers);
    if (st == STATUS_OK)
        st = kept_last(s, &last);
    if (st == STATUS_OK)
        st = decisions_read(s, replay_decision, &r);
    if (st == STATUS_OK)
        st = replay_up_to(&r, last);
    if (st == STATUS_OK)
        st = unmatch_all(s->registers);
    if (st == STATUS_OK)
        st = sql_commit(s->registers);
    if (st == STATUS_OK)
        return sql_checkpoint(s->registers);
    sql_rollback(s->registers);
    return explain(st, _("making the registers again"));
}

enum status registers_rebuild(struct store *s)
{
    enum status st = store_lock(s);

    if (st != STATUS_OK)
        return st;
    st = drop_database(s);
    if (st == STATUS_OK)
        st = registers_open_raw(s);
    if (st == STATUS_OK)
        st = refill(s);
    store_unlock(s);
    return st == STATUS_OK ? registers_gather(s, NULL) : st;
}
