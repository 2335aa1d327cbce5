/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amendments after a crash, from an older catalogue, by several at once; and
 * the numbers of what waits for a person. */
#include "amend_fixture.h"

#include "base/clock.h"
#include "base/sql.h"
#include <signal.h>
#include <sys/wait.h>

#define NOTE "state/amending"
#define TEMPORARY "packages/2022/000/.2022-000001.2.tar.tmp"

static void run_sql(const struct fixture *f, const char *text)
{
    AUTO(free_char) char *path = fixture_path(f, "state/catalogue.db");
    AUTO(sql_closep) struct sql *db = NULL;

    assert_ok(sql_open(path, SQL_WRITE, 0, &db));
    assert_ok(sql_exec(db, text));
}

/* As if the process had died between giving the amendment its name and its
 * transaction. */
static void forget_second(const struct fixture *f)
{
    AUTO(free_char) char *note = fixture_path(f, NOTE);

    run_sql(f, "DELETE FROM package WHERE version = 2;"
               "UPDATE document SET version = 1;"
               "DELETE FROM review;"
               "INSERT INTO review VALUES('" ID "', 0, 101, 101, 0)");
    assert_ok(file_write_durable(note, SECOND, strlen(SECOND), 0640));
}

static int version_of(const struct fixture *f)
{
    AUTO(store_closep) struct store *s = NULL;
    struct doc_row row;
    int version;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_get(s, ID, &row));
    version = row.version;
    doc_row_clear(&row);
    return version;
}

static void an_uncatalogued_amendment_is_taken_in(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *note = fixture_path(f, NOTE);

    fixture_fill(f, 1);
    amend_once(f, "1/GP");
    forget_second(f);
    assert_int_equal(version_of(f), 2);
    assert_int_equal(access(note, F_OK), -1);
    expect_sound(f, 2);
}

static void a_half_written_amendment_is_removed(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *note = fixture_path(f, NOTE);
    AUTO(free_char) char *left = fixture_path(f, TEMPORARY);

    fixture_fill(f, 1);
    assert_ok(file_write_durable(note, SECOND, strlen(SECOND), 0640));
    assert_ok(file_write_durable(left, "half", 4, 0640));
    assert_int_equal(version_of(f), 1);
    assert_int_equal(access(left, F_OK), -1);
    expect_sound(f, 1);
}

static void a_note_of_what_is_catalogued_is_removed(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *note = fixture_path(f, NOTE);

    fixture_fill(f, 1);
    amend_once(f, "1/GP");
    assert_ok(file_write_durable(note, SECOND, strlen(SECOND), 0640));
    assert_int_equal(version_of(f), 2);
    assert_int_equal(access(note, F_OK), -1);
}

static void a_damaged_amendment_is_left_for_verify(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, SECOND);
    AUTO(store_closep) struct store *s = NULL;
    struct verify_result r;

    fixture_fill(f, 1);
    amend_once(f, "1/GP");
    forget_second(f);
    flip_bit(path, 700, 2);
    assert_int_equal(version_of(f), 1);
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_verify(s, NULL, 0, 1, NULL, NULL, &r));
    assert_int_equal(r.findings[0].check, CHECK_PACKAGE_UNKNOWN);
    verify_result_clear(&r);
}

/* A note that leads out of the packages is not followed. */
static void a_strange_note_harms_nothing(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *note = fixture_path(f, NOTE);
    const char *text = "packages/../hoso.ini";
    AUTO(free_char) char *settings = fixture_path(f, "hoso.ini");

    fixture_fill(f, 1);
    assert_ok(file_write_durable(note, text, strlen(text), 0640));
    assert_int_equal(version_of(f), 1);
    assert_int_equal(access(settings, F_OK), 0);
}

static void a_running_process_takes_in_what_another_left(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(record_freep) struct record *r = NULL;
    struct amendment a = {.agent = "Minh", .note = "late", .access_fd = -1};

    fixture_fill(f, 1);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_read_record(s, ID, &r));
    amend_once(f, "1/GP");
    forget_second(f);
    a.record = r;
    assert_fails(STATUS_BUSY, store_amend(s, &a));
    assert_ok(amend(s, ID, "2/GP"));
    store_closep(&s);
    expect_sound(f, 3);
}

static void an_older_catalogue_learns_what_waits(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *before = NULL;
    AUTO(free_char) char *after = NULL;

    if (shell("command -v sqlite3 >/dev/null") != 0) {
        print_message("SKIPPED: sqlite3 is not installed\n");
        skip();
    }
    fixture_fill(f, 3);
    before = dump(f);
    run_sql(f, "DROP TABLE review; PRAGMA user_version = 1");
    assert_fails(STATUS_UNSUPPORTED, store_open(f->archive, STORE_READ, &s));
    after = dump(f);
    assert_string_equal(before, after);
}

/* ---- what waits ---- */

static void store_with(struct store *s, const char *original,
                       const char *state, int conf_pct, enum page_state page,
                       const char *kind)
{
    AUTO(record_freep) struct record *r = fixture_record(kind, original);
    struct field number = {.name = xstrdup("number"),
                           .value = NULL,
                           .page = 1,
                           .conf_pct = conf_pct,
                           .rule = xstrdup("head.number"),
                           .state = xstrdup(state)};

    record_take_field(r, &number);
    r->pages[0].state = page;
    assert_ok(fixture_commit(s, r, original, false));
}

static enum status add_id(void *user, const struct review_row *r)
{
    char *list = user;

    strcat(list, r->id + strlen("2022-00000"));
    return STATUS_OK;
}

static void expect_waiting(struct store *s, const struct review_filter *f,
                           const char *want)
{
    char list[32] = "";
    int64_t n = 0;

    assert_ok(store_review_list(s, f, add_id, list));
    assert_string_equal(list, want);
    assert_ok(store_review_count(s, f, &n));
    if (f->limit < 0)
        assert_int_equal(n, strlen(want));
}

static void what_waits_is_listed_worst_first(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    store_with(s, "1", "review", 60, PAGE_OK, "result");
    store_with(s, "2", "review", 30, PAGE_OK, "work");
    store_with(s, "3", "sure", 80, PAGE_OK, "result");
    store_with(s, "4", "confirmed", 10, PAGE_LOW, "result");
    store_with(s, "5", "review", 5, PAGE_FAILED, "staff");
    store_with(s, "6", "review", 90, PAGE_LOW, "result");
    expect_waiting(s, &(struct review_filter){.limit = -1}, "216");
    expect_waiting(s, &(struct review_filter){.limit = -1, .pages = true},
                   "6214");
    expect_waiting(s, &(struct review_filter){.limit = 1}, "2");
    expect_waiting(
        s, &(struct review_filter){.limit = -1, .min_confidence_pct = 85},
        "2163");
    expect_waiting(s, &(struct review_filter){.limit = -1, .kind = "staff"},
                   "5");
    expect_waiting(s, &(struct review_filter){.limit = -1, .kind = "work"},
                   "2");
    expect_waiting(s, &(struct review_filter){.limit = -1, .batch = "x"}, "");
}

/* ---- several at once ---- */

static void amend_many(const struct fixture *f)
{
    AUTO(store_closep) struct store *s = NULL;

    if (store_open(f->archive, STORE_WRITE, &s) != STATUS_OK)
        _exit(1);
    for (int done = 0; done < 8;) {
        enum status st = amend(s, ID, "1/GP");

        if (st != STATUS_OK && st != STATUS_BUSY)
            _exit(2);
        done += st == STATUS_OK;
    }
    store_closep(&s);
    _exit(0);
}

static void two_can_amend_and_one_verify_at_once(void **state)
{
    struct fixture *f = *state;
    pid_t children[2];
    int code = 0;

    fixture_fill(f, 1);
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0)
            amend_many(f);
    }
    while (waitpid(children[0], &code, WNOHANG) == 0) {
        AUTO(store_closep) struct store *s = NULL;
        struct verify_result r;

        assert_ok(store_open(f->archive, STORE_READ, &s));
        assert_ok(store_verify(s, NULL, 0, 2, NULL, NULL, &r));
        for (int i = 0; i < r.n_findings; i++)
            fail_msg("%s: %s", r.findings[i].where, r.findings[i].text);
        verify_result_clear(&r);
    }
    assert_int_equal(WEXITSTATUS(code), 0);
    assert_int_equal(waitpid(children[1], &code, 0), children[1]);
    assert_int_equal(WEXITSTATUS(code), 0);
    expect_sound(f, 17);
}

/* How long a child takes to amend once, here and today. */
static int64_t amending_ms(const struct fixture *f)
{
    int64_t begun = clock_ms();
    pid_t child = fork();
    int code = 0;

    if (child == 0) {
        amend_once(f, "1/GP");
        _exit(0);
    }
    assert_int_equal(waitpid(child, &code, 0), child);
    return clock_ms() - begun + 1;
}

/* Killed at any moment: whatever was begun is whole or gone. */
static void killed_while_amending(void **state)
{
    struct fixture *f = *state;

    fixture_fill(f, 1);
    int64_t took_us = amending_ms(f) * 1000;
    for (int i = 0; i < 60 && version_of(f) < 9; i++) {
        pid_t child = fork();
        int code = 0;

        if (child == 0) {
            for (;;)
                amend_once(f, "1/GP");
        }
        usleep((useconds_t)(1000 + i % 20 * took_us / 10));
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &code, 0), child);
        expect_sound(f, version_of(f));
    }
    assert_true(version_of(f) > 2);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_uncatalogued_amendment_is_taken_in),
        TEST(a_half_written_amendment_is_removed),
        TEST(a_note_of_what_is_catalogued_is_removed),
        TEST(a_damaged_amendment_is_left_for_verify),
        TEST(a_strange_note_harms_nothing),
        TEST(a_running_process_takes_in_what_another_left),
        TEST(an_older_catalogue_learns_what_waits),
        TEST(what_waits_is_listed_worst_first),
        TEST(two_can_amend_and_one_verify_at_once),
        TEST(killed_while_amending),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
