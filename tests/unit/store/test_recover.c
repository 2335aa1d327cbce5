/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After a crash: what was renamed is taken in, what was not is removed. And
 * the catalogue made again from packages is the one that was there. */
#include "archive_fixture.h"

#include "base/sql.h"
#include <sys/wait.h>

#define FIRST "packages/2022/000/2022-000001.tar"

static bool have_sqlite3(void)
{
    return shell("command -v sqlite3 >/dev/null") == 0;
}

/* Take the last n documents out of the catalogue, as if their transaction had
 * not happened. */
static void forget_from(const struct fixture *f, const char *id)
{
    AUTO(free_char) char *path = fixture_path(f, "state/catalogue.db");
    AUTO(sql_closep) struct sql *db = NULL;

    assert_ok(sql_open(path, SQL_WRITE, 0, &db));
    assert_ok(sql_run(db, "DELETE FROM outbox WHERE document >= ?", "s", id));
    assert_ok(sql_run(db, "DELETE FROM source WHERE document >= ?", "s", id));
    assert_ok(sql_run(db, "DELETE FROM package WHERE document >= ?", "s", id));
    assert_ok(sql_run(db, "DELETE FROM review WHERE document >= ?", "s", id));
    assert_ok(sql_run(db, "DELETE FROM document WHERE id >= ?", "s", id));
}

static void expect_whole(const struct fixture *f, int64_t packages)
{
    AUTO(store_closep) struct store *s = NULL;
    struct verify_result r;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_verify(s, NULL, 0, 1, NULL, NULL, &r));
    for (int i = 0; i < r.n_findings; i++)
        fail_msg("%s: %s", r.findings[i].where, r.findings[i].text);
    assert_int_equal(r.packages, packages);
    verify_result_clear(&r);
}

static void uncatalogued_packages_are_taken_in(void **state)
{
    struct fixture *f = *state;

    fixture_fill(f, 3);
    forget_from(f, "2022-000002");
    expect_whole(f, 3);
}

static void the_first_package_of_a_year_is_taken_in(void **state)
{
    struct fixture *f = *state;

    fixture_fill(f, 1);
    forget_from(f, "2022-000001");
    expect_whole(f, 1);
}

static void a_temporary_package_is_removed(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char)
    char *left = fixture_path(f, "packages/2022/000/.2022-000002.tar.tmp");

    fixture_fill(f, 1);
    assert_ok(file_write_durable(left, "half", 4, 0640));
    expect_whole(f, 1);
    assert_int_equal(access(left, F_OK), -1);
}

static void a_damaged_uncatalogued_package_is_not_taken_in(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char)
    char *second = fixture_path(f, "packages/2022/000/2022-000002.tar");
    AUTO(store_closep) struct store *s = NULL;
    struct verify_result r;
    char id[STORE_ID_BYTES];

    fixture_fill(f, 2);
    forget_from(f, "2022-000002");
    flip_bit(second, 600, 3);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_verify(s, NULL, 0, 1, NULL, NULL, &r));
    assert_false(r.ok);
    assert_int_equal(r.findings[0].check, CHECK_PACKAGE_UNKNOWN);
    verify_result_clear(&r);
    fixture_store(s, "result", "more", id);
    assert_string_equal(id, "2022-000003");
}

/* A second process dies while a first one goes on. */
static void a_running_ingest_takes_in_what_another_left(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(record_freep) struct record *r = NULL;
    char id[STORE_ID_BYTES];

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    fixture_fill(f, 2);
    forget_from(f, "2022-000002");
    r = fixture_record("result", "original 2");
    assert_fails(STATUS_EXISTS, fixture_commit(s, r, "original 2", false));
    fixture_store(s, "result", "more", id);
    assert_string_equal(id, "2022-000003");
    expect_whole(f, 3);
}

/* The archive's dump without what waits for the index. */
static char *dump(const struct fixture *f)
{
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *out = path_join(f->dir, "dump");
    AUTO(free_char)
    char *command = xasprintf("sqlite3 '%s/state/catalogue.db' .dump >'%s'",
                              f->archive, out);
    char **ids = NULL;
    char *text = NULL;
    int n = 0;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_outbox(s, 100, &ids, &n));
    for (int i = 0; i < n; i++) {
        assert_ok(store_outbox_done(s, ids[i]));
        free(ids[i]);
    }
    free(ids);
    assert_int_equal(shell(command), 0);
    assert_ok(file_read(out, 1 << 20, &text, NULL));
    return text;
}

static void a_rebuilt_catalogue_is_the_one_before(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, "state/catalogue.db");
    AUTO(free_char) char *before = NULL;
    AUTO(free_char) char *after = NULL;
    AUTO(free_char) char *again = NULL;
    struct verify_result r;

    if (!have_sqlite3()) {
        print_message("SKIPPED: sqlite3 is not installed\n");
        skip();
    }
    fixture_fill(f, 4);
    before = dump(f);
    assert_non_null(strstr(before, "2022-000004"));
    assert_ok(store_rebuild(f->archive, 2, &r));
    assert_true(r.ok);
    assert_int_equal(r.packages, 4);
    verify_result_clear(&r);
    after = dump(f);
    assert_string_equal(before, after);
    assert_int_equal(unlink(path), 0);
    assert_ok(store_rebuild(f->archive, 1, &r));
    verify_result_clear(&r);
    again = dump(f);
    assert_string_equal(before, again);
    expect_whole(f, 4);
}

static void a_rebuild_puts_everything_into_the_outbox(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    struct verify_result r;
    char **ids = NULL;
    int n = 0;

    fixture_fill(f, 2);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_outbox_done(s, "2022-000001"));
    assert_ok(store_outbox_done(s, "2022-000002"));
    store_closep(&s);
    assert_ok(store_rebuild(f->archive, 1, &r));
    verify_result_clear(&r);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_outbox(s, 9, &ids, &n));
    assert_int_equal(n, 2);
    for (int i = 0; i < n; i++)
        free(ids[i]);
    free(ids);
}

static void a_rebuild_names_what_it_cannot_read_and_takes_the_rest(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *first = fixture_path(f, FIRST);
    AUTO(free_char)
    char *amendment = fixture_path(f, "packages/2022/000/2022-000001.2.tar");
    AUTO(store_closep) struct store *s = NULL;
    struct verify_result r;
    int64_t n = 0;

    fixture_fill(f, 3);
    assert_int_equal(link(first, amendment), 0);
    assert_int_equal(truncate(first, 3000), 0);
    assert_ok(store_rebuild(f->archive, 2, &r));
    assert_false(r.ok);
    assert_string_equal(r.findings[0].where,
                        "packages/2022/000/2022-000001.2.tar");
    assert_int_equal(r.findings[0].check, CHECK_PACKAGE_FORM);
    assert_string_equal(r.findings[r.n_findings - 1].where, FIRST);
    verify_result_clear(&r);
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_count(s, &(struct list_filter){0}, &n));
    assert_int_equal(n, 2);
}

static void a_writer_goes_on_after_a_rebuild_beside_it(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(store_closep) struct store *reader = NULL;
    struct verify_result r;
    char id[STORE_ID_BYTES];
    int64_t n = 0;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    fixture_store(s, "result", "a", id);
    assert_ok(store_rebuild(f->archive, 1, &r));
    verify_result_clear(&r);
    fixture_store(s, "result", "b", id);
    assert_string_equal(id, "2022-000002");
    assert_ok(store_open(f->archive, STORE_READ, &reader));
    assert_ok(store_count(reader, &(struct list_filter){0}, &n));
    assert_int_equal(n, 2);
}

static void a_rebuild_needs_an_archive(void **state)
{
    struct fixture *f = *state;
    struct verify_result r;

    assert_fails(STATUS_NOT_FOUND, store_rebuild(f->dir, 1, &r));
}

/* ---- several at once ---- */

static void store_many(const struct fixture *f, int who)
{
    AUTO(store_closep) struct store *s = NULL;

    if (store_open(f->archive, STORE_WRITE, &s) != STATUS_OK)
        _exit(1);
    for (int i = 0; i < 12; i++) {
        AUTO(free_char) char *original = xasprintf("process %d, %d", who, i);
        AUTO(record_freep)
        struct record *r = fixture_record("result", original);

        if (fixture_commit(s, r, original, false) != STATUS_OK)
            _exit(2);
    }
    store_closep(&s);
    _exit(0);
}

static void two_can_store_and_one_verify_at_once(void **state)
{
    struct fixture *f = *state;
    pid_t children[2];
    int code = 0;

    fixture_fill(f, 1);
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0)
            store_many(f, i);
    }
    while (waitpid(children[0], &code, WNOHANG) == 0) {
        AUTO(store_closep) struct store *s = NULL;
        struct verify_result r;

        assert_ok(store_open(f->archive, STORE_READ, &s));
        assert_ok(store_verify(s, NULL, 0, 2, NULL, NULL, &r));
        for (int i = 0; i < r.n_findings; i++)
            fail_msg("%s: %s", r.findings[i].where, r.findings[i].text);
        assert_true(r.ok);
        verify_result_clear(&r);
    }
    assert_int_equal(WEXITSTATUS(code), 0);
    assert_int_equal(waitpid(children[1], &code, 0), children[1]);
    assert_int_equal(WEXITSTATUS(code), 0);
    expect_whole(f, 25);
}

static void the_same_file_given_to_two_is_stored_once(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *a = NULL;
    AUTO(store_closep) struct store *b = NULL;
    AUTO(record_freep) struct record *r = fixture_record("result", "same");
    char id[STORE_ID_BYTES];

    assert_ok(store_open(f->archive, STORE_WRITE, &a));
    assert_ok(store_open(f->archive, STORE_WRITE, &b));
    fixture_store(a, "result", "same", id);
    assert_fails(STATUS_EXISTS, fixture_commit(b, r, "same", false));
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(uncatalogued_packages_are_taken_in),
        TEST(the_first_package_of_a_year_is_taken_in),
        TEST(a_temporary_package_is_removed),
        TEST(a_damaged_uncatalogued_package_is_not_taken_in),
        TEST(a_running_ingest_takes_in_what_another_left),
        TEST(a_rebuilt_catalogue_is_the_one_before),
        TEST(a_rebuild_puts_everything_into_the_outbox),
        TEST(a_rebuild_names_what_it_cannot_read_and_takes_the_rest),
        TEST(a_writer_goes_on_after_a_rebuild_beside_it),
        TEST(a_rebuild_needs_an_archive),
        TEST(two_can_store_and_one_verify_at_once),
        TEST(the_same_file_given_to_two_is_stored_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
