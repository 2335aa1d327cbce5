/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SQLite behind statuses. Debian 12 ships 3.40.1, which can damage a database
 * when one connection commits while another checkpoints and resets the WAL;
 * so nothing here checkpoints by itself (not after N pages, not on close):
 * sql_checkpoint() is called by whoever holds the archive's writer lock.
 */
#include "base/sql.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 10000

struct sql {
    sqlite3 *handle;
    char *path;
};

struct sql_stmt {
    sqlite3_stmt *handle;
    struct sql *db;
};

static enum status status_of_open_failure(const struct sql *db)
{
    if (access(db->path, F_OK) != 0 && errno == ENOENT)
        return STATUS_NOT_FOUND;
    return access(db->path, R_OK) == 0 ? STATUS_IO : STATUS_DENIED;
}

static enum status status_of(const struct sql *db, int code)
{
    int err = db->handle ? sqlite3_system_errno(db->handle) : 0;

    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return STATUS_DAMAGED;
    case SQLITE_FULL:
        return STATUS_NO_SPACE;
    case SQLITE_IOERR:
        return err == ENOSPC || err == EDQUOT ? STATUS_NO_SPACE : STATUS_IO;
    case SQLITE_CANTOPEN:
        return status_of_open_failure(db);
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return STATUS_DENIED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return STATUS_BUSY;
    case SQLITE_TOOBIG:
        return STATUS_LIMIT;
    case SQLITE_INTERRUPT:
        return STATUS_CANCELLED;
    case SQLITE_CONSTRAINT:
        return code == SQLITE_CONSTRAINT_UNIQUE ||
                       code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                       code == SQLITE_CONSTRAINT_ROWID
                   ? STATUS_EXISTS
                   : STATUS_INTERNAL;
    default:
        return STATUS_INTERNAL;
    }
}

static enum status failed(const struct sql *db)
{
    int code = sqlite3_extended_errcode(db->handle);

    return fail(status_of(db, code), _("database '%s': %s"), db->path,
                sqlite3_errmsg(db->handle));
}

/* "file:" and the path with what URIs reserve as %XX, for immutable=1. */
static char *immutable_uri(const char *path)
{
    char *uri = xcalloc(strlen(path) * 3 + 32, 1);
    char *p = stpcpy(uri, "file:");

    for (; *path; path++) {
        if (strchr("%?#", *path))
            p += sprintf(p, "%%%02X", (unsigned char)*path);
        else
            *p++ = *path;
    }
    strcpy(p, "?immutable=1");
    return uri;
}

/* Whether the WAL beside path holds something an immutable reader would not
 * see. */
static bool has_wal(const char *path)
{
    AUTO(free_char) char *wal = xasprintf("%s-wal", path);
    struct stat sb;

    return stat(wal, &sb) == 0 && sb.st_size > 0;
}

static enum status set_up(struct sql *db, enum sql_mode how)
{
    sqlite3 *h = db->handle;

    sqlite3_extended_result_codes(h, 1);
    sqlite3_busy_timeout(h, BUSY_TIMEOUT_MS);
    sqlite3_db_config(h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_wal_autocheckpoint(h, 0);
    if (how == SQL_READ)
        return sql_exec(db, "PRAGMA cell_size_check=ON;"
                            "PRAGMA mmap_size=0;"
                            "PRAGMA query_only=ON;");
    return sql_exec(db, "PRAGMA cell_size_check=ON;"
                        "PRAGMA mmap_size=0;"
                        "PRAGMA synchronous=FULL;"
                        "PRAGMA journal_size_limit=67108864;");
}

/* A first look: does the file open as a database at all? */
static int probe(struct sql *db)
{
    return sqlite3_exec(db->handle, "SELECT count(*) FROM sqlite_schema", NULL,
                        NULL, NULL);
}

static enum status open_handle(struct sql *db, enum sql_mode how)
{
    int flags =
        SQLITE_OPEN_FULLMUTEX |
        (how == SQL_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    enum status st;

    if (sqlite3_open_v2(db->path, &db->handle, flags, NULL) != SQLITE_OK)
        return failed(db);
    st = set_up(db, how);
    if (st != STATUS_OK)
        return st;
    return probe(db) == SQLITE_OK ? STATUS_OK : failed(db);
}

/* Where nothing may be written SQLite cannot make its -shm file; a database
 * without a WAL can be read all the same, as one that does not change. */
static enum status open_immutable(struct sql *db)
{
    AUTO(free_char) char *uri = immutable_uri(db->path);
    enum status st;

    sqlite3_close_v2(db->handle);
    db->handle = NULL;
    if (sqlite3_open_v2(uri, &db->handle,
                        SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_READONLY |
                            SQLITE_OPEN_URI,
                        NULL) != SQLITE_OK)
        return failed(db);
    st = set_up(db, SQL_READ);
    if (st != STATUS_OK)
        return st;
    return probe(db) == SQLITE_OK ? STATUS_OK : failed(db);
}

static enum status use_wal(struct sql *db)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;
    enum status st = sql_prepare(db, &s, "PRAGMA journal_mode=WAL", "");

    if (st == STATUS_OK)
        st = sql_step(s, &row);
    if (st != STATUS_OK)
        return st;
    if (!row || strcmp(sql_text(s, 0), "wal") != 0)
        return fail(STATUS_IO, _("database '%s' cannot use a write-ahead log"),
                    db->path);
    return STATUS_OK;
}

/* The file is made here and not by SQLite, for its permissions. It is new, so
 * no lock of this process on it can be lost by closing it. */
static enum status make_file(const char *path, unsigned mode)
{
    int fd =
        open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    AUTO(free_char) char *dir = NULL;
    enum status st;

    if (fd < 0 && errno == EEXIST)
        return STATUS_OK;
    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot make '%s'"), path);
    if (fchmod(fd, mode) != 0) {
        int err = errno;

        close(fd);
        return fail_errno(STATUS_IO, err,
                          _("cannot set the permissions of '%s'"), path);
    }
    st = file_close(fd, path);
    if (st != STATUS_OK)
        return st;
    dir = path_base(path) == path
              ? xstrdup(".")
              : xstrndup(path, (size_t)(path_base(path) - path));
    return file_sync_dir(dir);
}

enum status sql_open(const char *path, enum sql_mode how, unsigned mode,
                     struct sql **out)
{
    AUTO(sql_closep) struct sql *db = xcalloc(1, sizeof(*db));
    enum status st;

    db->path = xstrdup(path);
    if (how == SQL_CREATE) {
        st = make_file(path, mode);
        if (st != STATUS_OK)
            return st;
    }
    st = open_handle(db, how);
    if (st != STATUS_OK && how == SQL_READ && db->handle &&
        (st == STATUS_IO || st == STATUS_DENIED) && access(path, R_OK) == 0 &&
        !has_wal(path))
        st = open_immutable(db);
    if (st == STATUS_OK && how != SQL_READ)
        st = use_wal(db);
    if (st != STATUS_OK)
        return st;
    *out = STEAL(db);
    return STATUS_OK;
}

enum status sql_open_memory(struct sql **out)
{
    AUTO(sql_closep) struct sql *db = xcalloc(1, sizeof(*db));
    enum status st;

    db->path = xstrdup(":memory:");
    st = open_handle(db, SQL_WRITE);
    if (st != STATUS_OK)
        return st;
    *out = STEAL(db);
    return STATUS_OK;
}

void sql_close(struct sql *db)
{
    if (!db)
        return;
    sqlite3_close_v2(db->handle);
    free(db->path);
    free(db);
}

void sql_closep(struct sql **db)
{
    sql_close(*db);
    *db = NULL;
}

const char *sql_path(const struct sql *db)
{
    return db->path;
}

void *sql_handle(struct sql *db)
{
    return db->handle;
}

enum status sql_exec(struct sql *db, const char *text)
{
    if (sqlite3_exec(db->handle, text, NULL, NULL, NULL) != SQLITE_OK)
        return failed(db);
    return STATUS_OK;
}

static int bind_all(sqlite3_stmt *s, const char *bind, va_list args)
{
    int code = SQLITE_OK;

    assert((size_t)sqlite3_bind_parameter_count(s) == strlen(bind));
    for (int i = 1; *bind && code == SQLITE_OK; bind++, i++) {
        const void *bytes;

        switch (*bind) {
        case 's':
            code = sqlite3_bind_text(s, i, va_arg(args, const char *), -1,
                                     SQLITE_TRANSIENT);
            break;
        case 'i':
            code = sqlite3_bind_int64(s, i, va_arg(args, int64_t));
            break;
        case 'd':
            code = sqlite3_bind_double(s, i, va_arg(args, double));
            break;
        case 'b':
            bytes = va_arg(args, const void *);
            code = sqlite3_bind_blob64(s, i, bytes, va_arg(args, size_t),
                                       SQLITE_TRANSIENT);
            break;
        default:
            assert(!"a letter of bind is one of s i d b");
        }
    }
    return code;
}

static enum status prepare(struct sql *db, struct sql_stmt **out,
                           const char *text, const char *bind, va_list args)
{
    AUTO(sql_finishp) struct sql_stmt *s = xcalloc(1, sizeof(*s));

    s->db = db;
    if (sqlite3_prepare_v2(db->handle, text, -1, &s->handle, NULL) != SQLITE_OK)
        return failed(db);
    if (bind && bind_all(s->handle, bind, args) != SQLITE_OK)
        return failed(db);
    *out = STEAL(s);
    return STATUS_OK;
}

enum status sql_prepare(struct sql *db, struct sql_stmt **out, const char *text,
                        const char *bind, ...)
{
    enum status st;
    va_list args;

    va_start(args, bind);
    st = prepare(db, out, text, bind, args);
    va_end(args);
    return st;
}

enum status sql_again(struct sql_stmt *s, const char *bind, ...)
{
    int code;
    va_list args;

    sqlite3_reset(s->handle);
    va_start(args, bind);
    code = bind_all(s->handle, bind, args);
    va_end(args);
    return code == SQLITE_OK ? STATUS_OK : failed(s->db);
}

void sql_rest(struct sql_stmt *s)
{
    sqlite3_reset(s ? s->handle : NULL);
}

enum status sql_step(struct sql_stmt *s, bool *row)
{
    int code = sqlite3_step(s->handle);

    *row = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return STATUS_OK;
    return failed(s->db);
}

const char *sql_text(struct sql_stmt *s, int column)
{
    const unsigned char *text = sqlite3_column_text(s->handle, column);
    return text ? (const char *)text : "";
}

int64_t sql_int(struct sql_stmt *s, int column)
{
    return sqlite3_column_int64(s->handle, column);
}

double sql_double(struct sql_stmt *s, int column)
{
    return sqlite3_column_double(s->handle, column);
}

const void *sql_blob(struct sql_stmt *s, int column, int *bytes)
{
    const void *blob = sqlite3_column_blob(s->handle, column);
    *bytes = sqlite3_column_bytes(s->handle, column);
    return blob;
}

bool sql_is_null(struct sql_stmt *s, int column)
{
    return sqlite3_column_type(s->handle, column) == SQLITE_NULL;
}

void sql_finish(struct sql_stmt *s)
{
    if (!s)
        return;
    sqlite3_finalize(s->handle);
    free(s);
}

void sql_finishp(struct sql_stmt **s)
{
    sql_finish(*s);
    *s = NULL;
}

enum status sql_run(struct sql *db, const char *text, const char *bind, ...)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    enum status st;
    bool row = true;
    va_list args;

    va_start(args, bind);
    st = prepare(db, &s, text, bind, args);
    va_end(args);
    while (st == STATUS_OK && row)
        st = sql_step(s, &row);
    return st;
}

enum status sql_int_of(struct sql *db, int64_t *out, const char *text,
                       const char *bind, ...)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    enum status st;
    bool row = false;
    va_list args;

    va_start(args, bind);
    st = prepare(db, &s, text, bind, args);
    va_end(args);
    if (st == STATUS_OK)
        st = sql_step(s, &row);
    if (st == STATUS_OK && row)
        *out = sql_int(s, 0);
    return st;
}

enum status sql_begin(struct sql *db)
{
    return sql_exec(db, "BEGIN IMMEDIATE");
}

enum status sql_commit(struct sql *db)
{
    return sql_exec(db, "COMMIT");
}

void sql_rollback(struct sql *db)
{
    /* A failed statement may have rolled back already. */
    if (!sqlite3_get_autocommit(db->handle))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

enum status sql_checkpoint(struct sql *db)
{
    int code;

    /* TRUNCATE first, without waiting: a reader in the way is no reason to
     * hold the writer up, PASSIVE then moves what can be moved. */
    sqlite3_busy_timeout(db->handle, 0);
    code = sqlite3_wal_checkpoint_v2(db->handle, NULL,
                                     SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    if ((code & 0xff) == SQLITE_BUSY)
        code = sqlite3_wal_checkpoint_v2(db->handle, NULL,
                                         SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
    if (code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY)
        return STATUS_OK;
    return failed(db);
}

enum status sql_version(struct sql *db, int *out)
{
    int64_t version = 0;
    enum status st = sql_int_of(db, &version, "PRAGMA user_version", "");
    if (st == STATUS_OK)
        *out = (int)version;
    return st;
}

enum status sql_set_version(struct sql *db, int version)
{
    AUTO(free_char) char *text = xasprintf("PRAGMA user_version=%d", version);
    return sql_exec(db, text);
}
