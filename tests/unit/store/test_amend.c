/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections: a new package beside the first, and what every part of the
 * archive makes of it. */
#include "amend_fixture.h"

static void an_amendment_is_a_package_of_its_own(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, SECOND);

    fixture_fill(f, 1);
    amend_once(f, "247/GP");
    assert_int_equal(access(path, F_OK), 0);
    expect_sound(f, 2);
}

static void the_first_package_is_not_touched(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, FIRST);
    AUTO(free_char) char *before = NULL;
    AUTO(free_char) char *after = NULL;
    size_t n = 0;
    size_t m = 0;

    fixture_fill(f, 1);
    assert_ok(file_read(path, 1 << 20, &before, &n));
    amend_once(f, "247/GP");
    assert_ok(file_read(path, 1 << 20, &after, &m));
    assert_int_equal(n, m);
    assert_memory_equal(before, after, n);
}

static void the_newest_record_is_read(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(record_freep) struct record *r = NULL;

    fixture_fill(f, 1);
    amend_once(f, "1/GP");
    amend_once(f, "2/GP");
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_read_record(s, ID, &r));
    assert_string_equal(r->fields[0].value, "2/GP");
    assert_int_equal(r->n_versions, 3);
    assert_int_equal(r->versions[2].number, 3);
    assert_int_equal(r->versions[2].seconds, 42);
    assert_string_equal(r->versions[2].agent, "Lan");
}

static void an_older_version_can_be_read(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(record_freep) struct record *first = NULL;
    AUTO(record_freep) struct record *second = NULL;
    AUTO(record_freep) struct record *none = NULL;

    fixture_fill(f, 1);
    amend_once(f, "1/GP");
    amend_once(f, "2/GP");
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_read_version(s, ID, 1, &first));
    assert_int_equal(first->n_fields, 0);
    assert_ok(store_read_version(s, ID, 2, &second));
    assert_string_equal(second->fields[0].value, "1/GP");
    assert_fails(STATUS_NOT_FOUND, store_read_version(s, ID, 4, &none));
}

static void expect_file(struct store *s, const char *path, const char *want)
{
    int fd = memory_file("");
    char got[64] = "";

    assert_ok(store_read_file(s, ID, path, fd));
    assert_true(pread(fd, got, sizeof(got) - 1, 0) >= 0);
    assert_string_equal(got, want);
    close(fd);
}

static void a_file_comes_from_the_newest_package_that_has_it(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(record_freep) struct record *r = NULL;
    static const char *const alto[] = {"<alto>2</alto>\n"};
    struct amendment a = {.agent = "Lan", .note = "text", .text = "Hai\n"};

    fixture_fill(f, 1);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_read_record(s, ID, &r));
    a.record = r;
    a.alto = alto;
    a.access_fd = memory_file("%PDF-1.7 second");
    assert_ok(store_amend(s, &a));
    close(a.access_fd);
    a.access_fd = -1;
    a.text = NULL;
    a.alto = NULL;
    assert_ok(store_amend(s, &a));
    expect_file(s, "data/access.pdf", "%PDF-1.7 second");
    expect_file(s, "data/text.txt", "Hai\n");
    expect_file(s, "data/ocr/0001.xml", "<alto>2</alto>\n");
    expect_file(s, "data/original/0001.jpg", "original 1");
}

static void a_file_of_no_package_is_not_found(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    int fd = memory_file("");

    fixture_fill(f, 1);
    amend_once(f, "1/GP");
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_fails(STATUS_NOT_FOUND,
                 store_read_file(s, ID, "data/original/0002.jpg", fd));
    close(fd);
}

static void the_catalogue_follows(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(record_freep) struct record *r = NULL;
    struct amendment a = {.agent = "Lan", .note = "title", .access_fd = -1};
    struct doc_row row;

    fixture_fill(f, 1);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_read_record(s, ID, &r));
    free(r->title);
    r->title = xstrdup("Tên mới");
    a.record = r;
    assert_ok(store_amend(s, &a));
    assert_ok(store_get(s, ID, &row));
    assert_string_equal(row.title, "Tên mới");
    assert_string_equal(row.package, SECOND);
    assert_int_equal(row.version, 2);
    doc_row_clear(&row);
}

static void it_waits_for_the_index_again(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    char **ids = NULL;
    int n = 0;

    fixture_fill(f, 1);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_outbox_done(s, ID));
    amend_once(f, "1/GP");
    assert_ok(store_outbox(s, 9, &ids, &n));
    assert_int_equal(n, 1);
    free(ids[0]);
    free(ids);
}

static void who_comes_too_late_is_told(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(record_freep) struct record *r = NULL;
    struct amendment a = {.agent = "Minh", .note = "late", .access_fd = -1};

    fixture_fill(f, 1);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_read_record(s, ID, &r));
    amend_once(f, "1/GP");
    a.record = r;
    assert_fails(STATUS_BUSY, store_amend(s, &a));
    assert_int_equal(r->n_versions, 1);
    expect_sound(f, 2);
}

static void refuse(const struct fixture *f, void (*spoil)(struct record *r))
{
    AUTO(store_closep) struct store *s = NULL;
    AUTO(record_freep) struct record *r = NULL;
    struct amendment a = {.agent = "Lan", .note = "x", .access_fd = -1};

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_read_record(s, ID, &r));
    a.record = r;
    spoil(r);
    assert_fails(STATUS_INVALID, store_amend(s, &a));
    expect_sound(f, 1);
}

static void another_kind(struct record *r)
{
    free(r->kind);
    r->kind = xstrdup("staff");
}

static void another_original(struct record *r)
{
    r->sources[0].sha256[0] = r->sources[0].sha256[0] == '0' ? '1' : '0';
}

static void another_history(struct record *r)
{
    free(r->versions[0].agent);
    r->versions[0].agent = xstrdup("someone");
}

static void what_may_not_be_amended_is_refused(void **state)
{
    struct fixture *f = *state;

    fixture_fill(f, 1);
    refuse(f, another_kind);
    refuse(f, another_original);
    refuse(f, another_history);
}

static void a_document_that_is_not_there_cannot_be_amended(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(record_freep) struct record *r = fixture_record("result", "x");
    struct amendment a = {.agent = "Lan", .note = "x", .access_fd = -1};

    fixture_fill(f, 1);
    r->id = xstrdup("2022-000009");
    a.record = r;
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_fails(STATUS_NOT_FOUND, store_amend(s, &a));
}

static void an_amendment_of_a_staff_dossier_is_for_its_owner(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *path = fixture_path(f, SECOND);
    char id[STORE_ID_BYTES];
    struct stat sb;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    fixture_store(s, "staff", "a", id);
    amend_once(f, "1/GP");
    assert_int_equal(stat(path, &sb), 0);
    assert_int_equal(sb.st_mode & 0777, 0600);
}

static void a_package_in_its_place_is_not_overwritten(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(record_freep) struct record *r = NULL;
    AUTO(free_char) char *path = fixture_path(f, SECOND);
    struct amendment a = {.agent = "Lan", .note = "x", .access_fd = -1};

    fixture_fill(f, 1);
    assert_ok(file_write_durable(path, "stranger", 8, 0640));
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_read_record(s, ID, &r));
    a.record = r;
    assert_fails(STATUS_DAMAGED, store_amend(s, &a));
}

/* ---- proof ---- */

static void expect_finding(const struct fixture *f, enum check check,
                           const char *where)
{
    AUTO(store_closep) struct store *s = NULL;
    struct verify_result r;
    bool found = false;

    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_verify(s, NULL, 0, 2, NULL, NULL, &r));
    assert_false(r.ok);
    for (int i = 0; i < r.n_findings; i++)
        found = found || (r.findings[i].check == check &&
                          strncmp(r.findings[i].where, where, strlen(where)) ==
                              0);
    assert_true(found);
    verify_result_clear(&r);
}

static void a_flipped_bit_of_an_amendment_is_found(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, SECOND);
    struct stat sb;

    fixture_fill(f, 1);
    amend_once(f, "1/GP");
    assert_int_equal(stat(path, &sb), 0);
    for (off_t at = 0; at < sb.st_size; at += 97) {
        flip_bit(path, at, (int)(at % 8));
        expect_finding(f, CHECK_PACKAGE_BYTES, SECOND);
        flip_bit(path, at, (int)(at % 8));
    }
    expect_sound(f, 2);
}

static void a_removed_amendment_is_found(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, SECOND);

    fixture_fill(f, 1);
    amend_once(f, "1/GP");
    amend_once(f, "2/GP");
    assert_int_equal(unlink(path), 0);
    expect_finding(f, CHECK_PACKAGE_MISSING, SECOND);
}

static void an_amendment_missing_at_a_rebuild_is_found_after_it(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, SECOND);
    struct verify_result r;

    fixture_fill(f, 1);
    amend_once(f, "1/GP");
    amend_once(f, "2/GP");
    assert_int_equal(unlink(path), 0);
    assert_ok(store_rebuild(f->archive, 1, &r));
    verify_result_clear(&r);
    expect_finding(f, CHECK_PACKAGE_MISSING, SECOND);
}

static void an_amendment_without_its_first_package_is_not_taken_in(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = fixture_path(f, FIRST);
    AUTO(store_closep) struct store *s = NULL;
    struct verify_result r;
    int64_t n = -1;

    fixture_fill(f, 1);
    amend_once(f, "1/GP");
    assert_int_equal(unlink(path), 0);
    assert_ok(store_rebuild(f->archive, 1, &r));
    assert_false(r.ok);
    assert_int_equal(r.findings[0].check, CHECK_PACKAGE_UNKNOWN);
    verify_result_clear(&r);
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_count(s, &(struct list_filter){0}, &n));
    assert_int_equal(n, 0);
}

static void a_rebuilt_catalogue_knows_all_versions(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *before = NULL;
    AUTO(free_char) char *after = NULL;
    struct verify_result r;

    if (shell("command -v sqlite3 >/dev/null") != 0) {
        print_message("SKIPPED: sqlite3 is not installed\n");
        skip();
    }
    fixture_fill(f, 3);
    for (int i = 0; i < 11; i++)
        amend_once(f, "1/GP");
    before = dump(f);
    assert_non_null(strstr(before, "2022-000001.12.tar"));
    assert_ok(store_rebuild(f->archive, 3, &r));
    assert_true(r.ok);
    assert_int_equal(r.packages, 14);
    verify_result_clear(&r);
    after = dump(f);
    assert_string_equal(before, after);
    expect_sound(f, 14);
}

static void an_export_has_every_version_as_a_bag(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *to = path_join(f->dir, "out/");
    AUTO(free_char) char *tar = path_join(f->dir, "out.tar");
    AUTO(free_char)
    char *check = xasprintf("for b in 2022-000001 2022-000001.2; do (cd '%s'/$b"
                            " && sha256sum -c --quiet --strict"
                            " manifest-sha256.txt tagmanifest-sha256.txt) ||"
                            " exit 1; done; tar tf '%s' | grep -q"
                            " 2022-000001.2/data/record.json",
                            to, tar);
    const char *const ids[] = {ID};
    int64_t files = 0;
    uint64_t bytes = 0;

    fixture_fill(f, 1);
    amend_once(f, "1/GP");
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_export(s, ids, 1, to, &files, &bytes));
    assert_ok(store_export(s, ids, 1, tar, &files, &bytes));
    assert_int_equal(shell(check), 0);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_amendment_is_a_package_of_its_own),
        TEST(the_first_package_is_not_touched),
        TEST(the_newest_record_is_read),
        TEST(an_older_version_can_be_read),
        TEST(a_file_comes_from_the_newest_package_that_has_it),
        TEST(a_file_of_no_package_is_not_found),
        TEST(the_catalogue_follows),
        TEST(it_waits_for_the_index_again),
        TEST(who_comes_too_late_is_told),
        TEST(what_may_not_be_amended_is_refused),
        TEST(a_document_that_is_not_there_cannot_be_amended),
        TEST(an_amendment_of_a_staff_dossier_is_for_its_owner),
        TEST(a_package_in_its_place_is_not_overwritten),
        TEST(a_flipped_bit_of_an_amendment_is_found),
        TEST(a_removed_amendment_is_found),
        TEST(an_amendment_missing_at_a_rebuild_is_found_after_it),
        TEST(an_amendment_without_its_first_package_is_not_taken_in),
        TEST(a_rebuilt_catalogue_knows_all_versions),
        TEST(an_export_has_every_version_as_a_bag),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
