/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making, finding, opening an archive; the writer lock; work folders. */
#include "archive_fixture.h"

#include <sys/wait.h>

static void init_makes_the_tree_and_the_settings(void **state)
{
    struct fixture *f = *state;
    const char *const parts[] = {"packages",   "ledger",
                                 "parity",     "state",
                                 "work",       "incoming",
                                 "quarantine", "hoso.ini",
                                 "state/lock", "state/catalogue.db"};

    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        AUTO(free_char) char *path = fixture_path(f, parts[i]);

        assert_int_equal(access(path, F_OK), 0);
    }
}

static enum status create(const char *dir)
{
    AUTO(config_freep) struct config *c = NULL;

    assert_ok(config_new(&c));
    return store_create(dir, c);
}

static void init_refuses_what_is_not_empty(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *file = path_join(f->dir, "x");

    assert_fails(STATUS_EXISTS, create(f->archive));
    assert_ok(file_write_durable(file, "", 0, 0640));
    assert_fails(STATUS_EXISTS, create(f->dir));
    assert_fails(STATUS_IO, create(file));
}

static void init_does_not_move_into_a_folder_of_others(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *dir = path_join(f->dir, "theirs");
    AUTO(free_char) char *folder = path_join(f->dir, "theirs/state");
    AUTO(free_char) char *file = path_join(f->dir, "theirs/state/budget");
    AUTO(free_char) char *work = path_join(f->dir, "theirs/work/x");

    assert_ok(file_make_dirs(folder, 0750));
    assert_ok(file_write_durable(file, "x", 1, 0640));
    assert_fails(STATUS_EXISTS, create(dir));
    assert_int_equal(unlink(file), 0);
    assert_ok(file_make_dirs(work, 0750));
    assert_fails(STATUS_EXISTS, create(dir));
    assert_int_equal(access(work, F_OK), 0);
}

static void init_goes_on_where_it_was_interrupted(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *settings = fixture_path(f, "hoso.ini");
    AUTO(store_closep) struct store *s = NULL;

    assert_int_equal(unlink(settings), 0);
    assert_fails(STATUS_NOT_FOUND, store_open(f->archive, STORE_READ, &s));
    assert_ok(create(f->archive));
    assert_ok(store_open(f->archive, STORE_READ, &s));
}

static void a_network_disk_is_refused(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *dir = path_join(f->dir, "net");
    struct store *s = NULL;

    setenv("HOSO_TEST_STATFS", "nfs", 1);
    assert_fails(STATUS_UNSUPPORTED, create(dir));
    assert_int_equal(access(dir, F_OK), -1);
    assert_fails(STATUS_UNSUPPORTED, store_open(f->archive, STORE_READ, &s));
    assert_non_null(strstr(status_message(), "NFS"));
    unsetenv("HOSO_TEST_STATFS");
}

static void an_archive_is_found_by_name_environment_or_upward(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *deep = fixture_path(f, "packages/2022");
    AUTO(free_char) char *before = getcwd(NULL, 0);
    AUTO(free_char) char *real = realpath(f->archive, NULL);
    AUTO(free_char) char *by_name = NULL;
    AUTO(free_char) char *by_environment = NULL;
    AUTO(free_char) char *upward = NULL;
    char *none = NULL;

    assert_ok(store_find(f->archive, &by_name));
    assert_string_equal(by_name, real);
    setenv("HOSO_ARCHIVE", f->archive, 1);
    assert_ok(store_find(NULL, &by_environment));
    assert_string_equal(by_environment, real);
    unsetenv("HOSO_ARCHIVE");
    assert_ok(file_make_dirs(deep, 0750));
    assert_int_equal(chdir(deep), 0);
    assert_ok(store_find(NULL, &upward));
    assert_string_equal(upward, real);
    assert_int_equal(chdir("/"), 0);
    assert_fails(STATUS_NOT_FOUND, store_find(NULL, &none));
    assert_fails(STATUS_NOT_FOUND, store_find(f->dir, &none));
    assert_non_null(strstr(status_message(), "hoso init"));
    assert_int_equal(chdir(before), 0);
}

static void a_missing_catalogue_says_how_to_make_it_again(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, "state/catalogue.db");
    struct store *s = NULL;

    assert_int_equal(unlink(path), 0);
    assert_fails(STATUS_DAMAGED, store_open(f->archive, STORE_WRITE, &s));
    assert_non_null(strstr(status_message(), "hoso rebuild"));
    assert_ok(file_write_durable(path, "not a database at all", 21, 0640));
    assert_fails(STATUS_DAMAGED, store_open(f->archive, STORE_READ, &s));
    assert_non_null(strstr(status_message(), "hoso rebuild"));
}

static void a_newer_catalogue_is_left_alone(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char)
    char *command = xasprintf(
        "sqlite3 '%s/state/catalogue.db' 'PRAGMA user_version=99'", f->archive);
    struct store *s = NULL;

    if (shell("command -v sqlite3 >/dev/null") != 0) {
        print_message("SKIPPED: sqlite3 is not installed\n");
        skip();
    }
    assert_int_equal(shell(command), 0);
    assert_fails(STATUS_UNSUPPORTED, store_open(f->archive, STORE_READ, &s));
    assert_fails(STATUS_UNSUPPORTED, store_open(f->archive, STORE_WRITE, &s));
}

static void wrong_settings_stop_writing_and_not_reading(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, "hoso.ini");
    AUTO(store_closep) struct store *reader = NULL;
    struct store *s = NULL;

    assert_ok(file_write_durable(path, "[x]\ny = 1\n", 10, 0640));
    assert_fails(STATUS_CONFIG, store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_open(f->archive, STORE_READ, &reader));
}

static void the_lock_nests_and_keeps_others_out(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, "state/lock");
    AUTO(store_closep) struct store *s = NULL;
    int fd = -1;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_lock(s));
    assert_ok(store_lock(s));
    store_unlock(s);
    assert_fails(STATUS_BUSY, file_lock(path, 0, &fd));
    store_unlock(s);
    assert_ok(file_lock(path, 0, &fd));
    close(fd);
}

static void the_work_folder_goes_with_its_process(void **state)
{
    struct fixture *f = *state;
    struct store *s = NULL;
    const char *dir = NULL;
    const char *again = NULL;
    AUTO(free_char) char *kept = NULL;
    AUTO(free_char) char *file = NULL;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_work_dir(s, &dir));
    assert_ok(store_work_dir(s, &again));
    assert_ptr_equal(dir, again);
    kept = xstrdup(dir);
    file = path_join(dir, "scratch");
    assert_ok(file_write_durable(file, "x", 1, 0600));
    store_close(s);
    assert_int_equal(access(kept, F_OK), -1);
}

static void work_of_the_dead_is_removed_and_of_the_living_kept(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *living = NULL;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *dead = fixture_path(f, "work/123-dead/deep");
    const char *dir = NULL;

    assert_ok(file_make_dirs(dead, 0750));
    assert_ok(store_open(f->archive, STORE_WRITE, &living));
    assert_int_equal(access(dead, F_OK), -1);
    assert_ok(store_work_dir(living, &dir));
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_int_equal(access(dir, F_OK), 0);
}

static void opening_to_read_changes_nothing(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *dead = fixture_path(f, "work/123-dead");
    AUTO(free_char)
    char *left = fixture_path(f, "packages/2022/000/.2022-000001.tar.tmp");
    AUTO(free_char) char *folder = fixture_path(f, "packages/2022/000");

    assert_ok(file_make_dirs(dead, 0750));
    assert_ok(file_make_dirs(folder, 0750));
    assert_ok(file_write_durable(left, "x", 1, 0640));
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_int_equal(access(dead, F_OK), 0);
    assert_int_equal(access(left, F_OK), 0);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(init_makes_the_tree_and_the_settings),
        TEST(init_refuses_what_is_not_empty),
        TEST(init_does_not_move_into_a_folder_of_others),
        TEST(init_goes_on_where_it_was_interrupted),
        TEST(a_network_disk_is_refused),
        TEST(an_archive_is_found_by_name_environment_or_upward),
        TEST(a_missing_catalogue_says_how_to_make_it_again),
        TEST(a_newer_catalogue_is_left_alone),
        TEST(wrong_settings_stop_writing_and_not_reading),
        TEST(the_lock_nests_and_keeps_others_out),
        TEST(the_work_folder_goes_with_its_process),
        TEST(work_of_the_dead_is_removed_and_of_the_living_kept),
        TEST(opening_to_read_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
