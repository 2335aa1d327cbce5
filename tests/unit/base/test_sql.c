/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite: settings, statuses, and that committed means seen by others. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/sql.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *dir;

static int make_dir(void **state)
{
    (void)state;
    dir = xstrdup("/tmp/hoso-sql-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
    enum status st = file_remove_tree(dir);

    (void)state;
    free(dir);
    return st == STATUS_OK ? 0 : -1;
}

static struct sql *fresh(const char *name)
{
    AUTO(free_char) char *path = path_join(dir, name);
    struct sql *db = NULL;

    assert_ok(sql_open(path, SQL_CREATE, 0600, &db));
    assert_ok(sql_exec(db, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT,"
                           " c REAL, d BLOB) STRICT"));
    return db;
}

static int64_t pragma(struct sql *db, const char *text)
{
    int64_t value = -1;

    assert_ok(sql_int_of(db, &value, text, ""));
    return value;
}

static void binds_and_reads_every_type(void **state)
{
    AUTO(sql_closep) struct sql *db = fresh("types.db");
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;
    int n = 0;

    (void)state;
    assert_ok(sql_run(db, "INSERT INTO t VALUES(?, ?, ?, ?)", "isdb",
                      (int64_t)7, "bảy", 0.5, (const void *)"x\0y", (size_t)3));
    assert_ok(sql_prepare(db, &s, "SELECT a, b, c, d, NULL FROM t", ""));
    assert_ok(sql_step(s, &row));
    assert_true(row);
    assert_int_equal(sql_int(s, 0), 7);
    assert_string_equal(sql_text(s, 1), "bảy");
    assert_true(sql_double(s, 2) > 0.49 && sql_double(s, 2) < 0.51);
    assert_memory_equal(sql_blob(s, 3, &n), "x\0y", 3);
    assert_int_equal(n, 3);
    assert_true(sql_is_null(s, 4));
    assert_string_equal(sql_text(s, 4), "");
    assert_ok(sql_step(s, &row));
    assert_false(row);
}

static void settings_are_those_of_the_design(void **state)
{
    AUTO(sql_closep) struct sql *db = fresh("settings.db");
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;

    (void)state;
    assert_int_equal(pragma(db, "PRAGMA synchronous"), 2);
    assert_int_equal(pragma(db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(pragma(db, "PRAGMA trusted_schema"), 0);
    assert_int_equal(pragma(db, "PRAGMA wal_autocheckpoint"), 0);
    assert_int_equal(pragma(db, "PRAGMA cell_size_check"), 1);
    assert_ok(sql_prepare(db, &s, "PRAGMA journal_mode", ""));
    assert_ok(sql_step(s, &row));
    assert_string_equal(sql_text(s, 0), "wal");
}

static void the_file_has_the_permissions_asked_for(void **state)
{
    AUTO(sql_closep) struct sql *db = fresh("mode.db");
    struct stat sb;

    (void)state;
    assert_int_equal(stat(sql_path(db), &sb), 0);
    assert_int_equal(sb.st_mode & 07777, 0600);
}

static void a_commit_is_seen_by_a_reader_and_a_rollback_is_not(void **state)
{
    AUTO(sql_closep) struct sql *db = fresh("seen.db");
    AUTO(sql_closep) struct sql *reader = NULL;

    (void)state;
    assert_ok(sql_open(sql_path(db), SQL_READ, 0, &reader));
    assert_ok(sql_begin(db));
    assert_ok(sql_run(db, "INSERT INTO t(b) VALUES('x')", ""));
    assert_int_equal(pragma(reader, "SELECT count(*) FROM t"), 0);
    assert_ok(sql_commit(db));
    assert_int_equal(pragma(reader, "SELECT count(*) FROM t"), 1);
    assert_ok(sql_begin(db));
    assert_ok(sql_run(db, "INSERT INTO t(b) VALUES('y')", ""));
    sql_rollback(db);
    sql_rollback(db);
    assert_int_equal(pragma(reader, "SELECT count(*) FROM t"), 1);
}

static void a_reader_cannot_write(void **state)
{
    AUTO(sql_closep) struct sql *db = fresh("readonly.db");
    AUTO(sql_closep) struct sql *reader = NULL;

    (void)state;
    assert_ok(sql_open(sql_path(db), SQL_READ, 0, &reader));
    assert_fails(STATUS_DENIED,
                 sql_run(reader, "INSERT INTO t(b) VALUES('x')", ""));
}

static void what_is_missing_is_not_found(void **state)
{
    AUTO(free_char) char *path = path_join(dir, "missing.db");
    struct sql *db = NULL;

    (void)state;
    assert_fails(STATUS_NOT_FOUND, sql_open(path, SQL_READ, 0, &db));
    assert_fails(STATUS_NOT_FOUND, sql_open(path, SQL_WRITE, 0, &db));
    assert_null(db);
    assert_int_equal(access(path, F_OK), -1);
}

static void what_is_no_database_is_damaged(void **state)
{
    AUTO(free_char) char *path = path_join(dir, "junk.db");
    AUTO(free_char) char *junk = xcalloc(4096, 1);
    struct sql *db = NULL;

    (void)state;
    memset(junk, 'j', 4095);
    assert_ok(file_write_durable(path, junk, 4095, 0640));
    assert_fails(STATUS_DAMAGED, sql_open(path, SQL_READ, 0, &db));
    assert_fails(STATUS_DAMAGED, sql_open(path, SQL_WRITE, 0, &db));
}

static void a_second_of_a_unique_value_exists(void **state)
{
    AUTO(sql_closep) struct sql *db = fresh("unique.db");

    (void)state;
    assert_ok(sql_run(db, "INSERT INTO t(a) VALUES(?)", "i", (int64_t)1));
    assert_fails(STATUS_EXISTS,
                 sql_run(db, "INSERT INTO t(a) VALUES(?)", "i", (int64_t)1));
}

static void a_wrong_statement_names_the_database(void **state)
{
    AUTO(sql_closep) struct sql *db = fresh("wrong.db");
    struct sql_stmt *s = NULL;

    (void)state;
    assert_fails(STATUS_INTERNAL, sql_prepare(db, &s, "SELEC 1", ""));
    assert_non_null(strstr(status_message(), "wrong.db"));
    assert_null(s);
}

static void versions_are_kept(void **state)
{
    AUTO(sql_closep) struct sql *db = fresh("version.db");
    int version = -1;

    (void)state;
    assert_ok(sql_version(db, &version));
    assert_int_equal(version, 0);
    assert_ok(sql_set_version(db, 3));
    assert_ok(sql_version(db, &version));
    assert_int_equal(version, 3);
}

static void a_checkpoint_empties_the_wal_and_bears_readers(void **state)
{
    AUTO(sql_closep) struct sql *db = fresh("wal.db");
    AUTO(sql_closep) struct sql *reader = NULL;
    AUTO(free_char) char *wal = xasprintf("%s-wal", sql_path(db));
    struct stat sb;

    (void)state;
    assert_ok(sql_run(db, "INSERT INTO t(b) VALUES('x')", ""));
    assert_ok(sql_open(sql_path(db), SQL_READ, 0, &reader));
    assert_ok(sql_exec(reader, "BEGIN"));
    assert_int_equal(pragma(reader, "SELECT count(*) FROM t"), 1);
    assert_ok(sql_run(db, "INSERT INTO t(b) VALUES('y')", ""));
    assert_ok(sql_checkpoint(db));
    assert_int_equal(pragma(reader, "SELECT count(*) FROM t"), 1);
    assert_ok(sql_exec(reader, "COMMIT"));
    assert_ok(sql_checkpoint(db));
    assert_int_equal(stat(wal, &sb), 0);
    assert_int_equal(sb.st_size, 0);
    assert_int_equal(pragma(reader, "SELECT count(*) FROM t"), 2);
}

static void the_wal_outlives_the_last_connection(void **state)
{
    AUTO(free_char) char *path = path_join(dir, "outlive.db");
    struct sql *db = fresh("outlive.db");
    AUTO(sql_closep) struct sql *reader = NULL;

    (void)state;
    assert_ok(sql_run(db, "INSERT INTO t(b) VALUES('x')", ""));
    sql_close(db);
    assert_ok(sql_open(path, SQL_READ, 0, &reader));
    assert_int_equal(pragma(reader, "SELECT count(*) FROM t"), 1);
}

static void a_path_with_uri_characters_is_only_a_path(void **state)
{
    AUTO(sql_closep) struct sql *db = fresh("a?b#c%20d hồ sơ.db");

    (void)state;
    assert_int_equal(access(sql_path(db), F_OK), 0);
}

/* Root may write everywhere, so the folder is looked at as another user. */
static void a_folder_without_write_permission_can_be_read(void **state)
{
    AUTO(free_char) char *folder = path_join(dir, "sealed");
    AUTO(free_char) char *path = path_join(dir, "sealed/s.db");
    AUTO(free_char) char *wal = xasprintf("%s-wal", path);
    AUTO(free_char) char *shm = xasprintf("%s-shm", path);
    AUTO(sql_closep) struct sql *reader = NULL;
    struct sql *db = NULL;
    uid_t me = geteuid();

    (void)state;
    assert_ok(file_make_dirs(folder, 0755));
    assert_int_equal(chmod(dir, 0755), 0);
    db = fresh("sealed/s.db");
    assert_ok(sql_run(db, "INSERT INTO t(b) VALUES('x')", ""));
    assert_ok(sql_checkpoint(db));
    sql_close(db);
    unlink(wal);
    unlink(shm);
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(chmod(folder, 0555), 0);
    if (me == 0)
        assert_int_equal(seteuid(65534), 0);
    assert_ok(sql_open(path, SQL_READ, 0, &reader));
    assert_int_equal(pragma(reader, "SELECT count(*) FROM t"), 1);
    if (me == 0)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(chmod(folder, 0755), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(binds_and_reads_every_type),
        cmocka_unit_test(settings_are_those_of_the_design),
        cmocka_unit_test(the_file_has_the_permissions_asked_for),
        cmocka_unit_test(a_commit_is_seen_by_a_reader_and_a_rollback_is_not),
        cmocka_unit_test(a_reader_cannot_write),
        cmocka_unit_test(what_is_missing_is_not_found),
        cmocka_unit_test(what_is_no_database_is_damaged),
        cmocka_unit_test(a_second_of_a_unique_value_exists),
        cmocka_unit_test(a_wrong_statement_names_the_database),
        cmocka_unit_test(versions_are_kept),
        cmocka_unit_test(a_checkpoint_empties_the_wal_and_bears_readers),
        cmocka_unit_test(the_wal_outlives_the_last_connection),
        cmocka_unit_test(a_path_with_uri_characters_is_only_a_path),
        cmocka_unit_test(a_folder_without_write_permission_can_be_read),
    };

    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
