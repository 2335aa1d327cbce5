/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verification: what is whole passes, whatever is changed is named. */
#include "archive_fixture.h"

#define FIRST "packages/2022/000/2022-000001.tar"
#define SECOND "packages/2022/000/2022-000002.tar"

static void verify(const struct fixture *f, int threads,
                   struct verify_result *out)
{
    AUTO(store_closep) struct store *s = NULL;

    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_verify(s, NULL, 0, threads, NULL, NULL, out));
}

static const struct finding *find(const struct verify_result *r,
                                  enum check check, const char *where)
{
    for (int i = 0; i < r->n_findings; i++)
        if (r->findings[i].check == check &&
            strcmp(r->findings[i].where, where) == 0)
            return &r->findings[i];
    return NULL;
}

/* Exactly that finding is there, and it is an error. */
static void expect_found(const struct fixture *f, enum check check,
                         const char *where)
{
    struct verify_result r;
    const struct finding *found;

    verify(f, 1, &r);
    found = find(&r, check, where);
    if (!found)
        for (int i = 0; i < r.n_findings; i++)
            print_message("%s %s: %s\n", check_json(r.findings[i].check),
                          r.findings[i].where, r.findings[i].text);
    assert_non_null(found);
    assert_true(found->error);
    assert_false(r.ok);
    verify_result_clear(&r);
}

static void a_whole_archive_passes_and_is_counted(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *first = fixture_path(f, FIRST);
    struct verify_result r;
    struct stat sb;

    fixture_fill(f, 3);
    assert_int_equal(stat(first, &sb), 0);
    verify(f, 2, &r);
    assert_int_equal(r.n_findings, 0);
    assert_true(r.ok);
    assert_int_equal(r.packages, 3);
    assert_int_equal(r.files, 30);
    assert_int_equal(r.bytes, 3 * sb.st_size);
    verify_result_clear(&r);
}

static void an_empty_archive_fails_for_nothing_was_checked(void **state)
{
    struct verify_result r;

    verify(*state, 1, &r);
    assert_false(r.ok);
    assert_non_null(find(&r, CHECK_NOTHING, "packages"));
    verify_result_clear(&r);
}

/* Every byte of a package once, with one bit of it changed. */
static void every_flipped_bit_is_found_and_its_package_named(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, FIRST);
    AUTO(store_closep) struct store *s = NULL;
    const char *const ids[] = {"2022-000001"};
    struct stat sb;

    fixture_fill(f, 1);
    assert_int_equal(stat(path, &sb), 0);
    assert_ok(store_open(f->archive, STORE_READ, &s));
    for (off_t at = 0; at < sb.st_size; at += at % 512 < 160 ? 3 : 61) {
        struct verify_result r;
        int bit = (int)(at % 8);
        bool named = false;

        flip_bit(path, at, bit);
        assert_ok(store_verify(s, ids, 1, 1, NULL, NULL, &r));
        flip_bit(path, at, bit);
        for (int i = 0; i < r.n_findings; i++)
            named = named ||
                    strncmp(r.findings[i].where, FIRST, strlen(FIRST)) == 0;
        if (r.ok || !named)
            fail_msg("a flip of bit %d of byte %ld was not found", bit,
                     (long)at);
        verify_result_clear(&r);
    }
}

static off_t offset_of(const char *path, const char *text)
{
    AUTO(free_char) char *bytes = NULL;
    size_t n = 0;
    char *at;

    assert_ok(file_read(path, 1 << 24, &bytes, &n));
    at = memmem(bytes, n, text, strlen(text));
    assert_non_null(at);
    return at - bytes;
}

static void a_flip_inside_a_file_names_that_file(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, SECOND);
    off_t at;

    fixture_fill(f, 2);
    at = offset_of(path, "original 2");
    flip_bit(path, at, 5);
    expect_found(f, CHECK_FILE_DIGEST, SECOND "!data/original/0001.jpg");
    expect_found(f, CHECK_PACKAGE_BYTES, SECOND);
    flip_bit(path, at, 5);
    flip_bit(path, offset_of(path, "Payload-Oxum"), 0);
    expect_found(f, CHECK_FILE_DIGEST, SECOND "!bag-info.txt");
}

static void a_broken_header_is_a_form_finding(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, FIRST);

    fixture_fill(f, 1);
    flip_bit(path, offset_of(path, "2022-000001/data/access.pdf"), 0);
    expect_found(f, CHECK_PACKAGE_FORM, FIRST);
    expect_found(f, CHECK_PACKAGE_BYTES, FIRST);
}

static void a_cut_or_empty_package_is_found(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, FIRST);

    fixture_fill(f, 1);
    assert_int_equal(truncate(path, 5000), 0);
    expect_found(f, CHECK_PACKAGE_FORM, FIRST);
    assert_int_equal(truncate(path, 0), 0);
    expect_found(f, CHECK_PACKAGE_BYTES, FIRST);
}

static void bytes_behind_the_end_are_found(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, FIRST);
    struct stat sb;

    fixture_fill(f, 1);
    assert_int_equal(stat(path, &sb), 0);
    assert_int_equal(truncate(path, sb.st_size + 1), 0);
    expect_found(f, CHECK_PACKAGE_BYTES, FIRST);
}

static void a_removed_package_is_found(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, FIRST);

    fixture_fill(f, 2);
    assert_int_equal(unlink(path), 0);
    expect_found(f, CHECK_PACKAGE_MISSING, FIRST);
}

static void an_uncatalogued_package_is_found(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *from = fixture_path(f, FIRST);
    AUTO(free_char)
    char *to = fixture_path(f, "packages/2022/000/2022-000009.tar");
    AUTO(free_char)
    char *amendment = fixture_path(f, "packages/2022/000/2022-000001.2.tar");

    fixture_fill(f, 1);
    assert_int_equal(link(from, to), 0);
    expect_found(f, CHECK_PACKAGE_UNKNOWN, "packages/2022/000/2022-000009.tar");
    assert_int_equal(rename(to, amendment), 0);
    expect_found(f, CHECK_PACKAGE_UNKNOWN,
                 "packages/2022/000/2022-000001.2.tar");
}

static void two_packages_that_changed_places_are_found(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *command = NULL;

    fixture_fill(f, 2);
    command = xasprintf("cd '%s/packages/2022/000' && mv 2022-000001.tar x &&"
                        " mv 2022-000002.tar 2022-000001.tar &&"
                        " mv x 2022-000002.tar",
                        f->archive);
    assert_int_equal(shell(command), 0);
    expect_found(f, CHECK_PACKAGE_BYTES, FIRST);
    expect_found(f, CHECK_PACKAGE_FORM, FIRST);
    expect_found(f, CHECK_RECORD, SECOND "!data/record.json");
}

static void strays_are_found_wherever_they_lie(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *path;
        bool error;
    } strays[] = {
        {"notes.txt", false},
        {"state/copy of catalogue.db", false},
        {"incoming/a.jpg", false},
        {"quarantine/a.jpg", false},
        {"packages/a.tar", true},
        {"packages/2022/000/2022-000001.tar.bak", true},
        {"packages/2022/001/2022-000001.tar", true},
        {"packages/2022/000/.2022-000007.tar.tmp", false},
    };
    AUTO(free_char) char *folder = fixture_path(f, "packages/2022/001");

    fixture_fill(f, 1);
    assert_ok(file_make_dirs(folder, 0750));
    for (size_t i = 0; i < ARRAY_LEN(strays); i++) {
        AUTO(free_char) char *path = fixture_path(f, strays[i].path);
        struct verify_result r;
        const struct finding *found;

        assert_ok(file_write_durable(path, "x", 1, 0640));
        verify(f, 1, &r);
        found = find(&r, CHECK_STRAY, strays[i].path);
        if (!found)
            fail_msg("%s was not found", strays[i].path);
        assert_int_equal(r.n_findings, 1);
        assert_int_equal(found->error, strays[i].error);
        assert_int_equal(r.ok, !strays[i].error);
        verify_result_clear(&r);
        assert_int_equal(unlink(path), 0);
    }
}

static void a_link_among_the_packages_is_a_stray(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char)
    char *path = fixture_path(f, "packages/2022/000/2022-000002.tar");

    fixture_fill(f, 1);
    assert_int_equal(symlink("2022-000001.tar", path), 0);
    expect_found(f, CHECK_STRAY, SECOND);
}

static void the_files_of_the_index_are_no_strays(void **state)
{
    struct fixture *f = *state;
    const char *const names[] = {"state/index.db", "state/index.db-wal",
                                 "state/staff.db", "state/staff.db-shm"};
    struct verify_result r;

    fixture_fill(f, 1);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        AUTO(free_char) char *path = fixture_path(f, names[i]);

        assert_ok(file_write_durable(path, "x", 1, 0640));
    }
    verify(f, 1, &r);
    assert_int_equal(r.n_findings, 0);
    verify_result_clear(&r);
}

static void a_changed_catalogue_row_is_found(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char)
    char *command = xasprintf(
        "sqlite3 '%s/state/catalogue.db' \"UPDATE document SET title='x'\"",
        f->archive);

    if (shell("command -v sqlite3 >/dev/null") != 0) {
        print_message("SKIPPED: sqlite3 is not installed\n");
        skip();
    }
    fixture_fill(f, 1);
    assert_int_equal(shell(command), 0);
    expect_found(f, CHECK_RECORD, FIRST "!data/record.json");
}

static void selected_documents_alone_are_checked(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *path = fixture_path(f, FIRST);
    const char *const second[] = {"2022-000002"};
    const char *const none[] = {"2022-000077"};
    struct verify_result r;

    fixture_fill(f, 2);
    flip_bit(path, 700, 1);
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_verify(s, second, 1, 1, NULL, NULL, &r));
    assert_true(r.ok);
    assert_int_equal(r.packages, 1);
    verify_result_clear(&r);
    assert_fails(STATUS_NOT_FOUND, store_verify(s, none, 1, 1, NULL, NULL, &r));
}

static void note_progress(void *user, uint64_t done, uint64_t all)
{
    uint64_t *last = user;

    assert_true(done > last[0] && done <= all);
    last[0] = done;
    last[1] = all;
}

static void progress_ends_with_all_bytes(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    struct verify_result r;
    uint64_t last[2] = {0, 0};

    fixture_fill(f, 5);
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_verify(s, NULL, 0, 3, note_progress, last, &r));
    assert_int_equal(last[0], last[1]);
    assert_int_equal(last[0], r.bytes);
    verify_result_clear(&r);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_whole_archive_passes_and_is_counted),
        TEST(an_empty_archive_fails_for_nothing_was_checked),
        TEST(every_flipped_bit_is_found_and_its_package_named),
        TEST(a_flip_inside_a_file_names_that_file),
        TEST(a_broken_header_is_a_form_finding),
        TEST(a_cut_or_empty_package_is_found),
        TEST(bytes_behind_the_end_are_found),
        TEST(a_removed_package_is_found),
        TEST(an_uncatalogued_package_is_found),
        TEST(two_packages_that_changed_places_are_found),
        TEST(strays_are_found_wherever_they_lie),
        TEST(a_link_among_the_packages_is_a_stray),
        TEST(the_files_of_the_index_are_no_strays),
        TEST(a_changed_catalogue_row_is_found),
        TEST(selected_documents_alone_are_checked),
        TEST(progress_ends_with_all_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
