/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Storing: ids, packages, duplicates, what a package looks like outside. */
#include "archive_fixture.h"

#include <time.h>

#define FIRST "packages/2022/000/2022-000001.tar"

static void ids_count_up_within_a_year(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    char id[STORE_ID_BYTES];

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    fixture_store(s, "result", "a", id);
    assert_string_equal(id, "2022-000001");
    fixture_store(s, "work", "b", id);
    assert_string_equal(id, "2022-000002");
    setenv("HOSO_CLOCK", "2023-01-01T00:00:00Z", 1);
    fixture_store(s, "result", "c", id);
    assert_string_equal(id, "2023-000001");
    setenv("HOSO_CLOCK", FIXTURE_TIME, 1);
}

static void a_stored_document_is_in_the_catalogue(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    struct doc_row d;
    time_t at = 0;

    fixture_fill(f, 1);
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_get(s, "2022-000001", &d));
    assert_true(clock_parse_iso(FIXTURE_TIME, &at));
    assert_string_equal(d.kind, "result");
    assert_string_equal(d.batch, "lô 1");
    assert_string_equal(d.title, "Giấy phép");
    assert_string_equal(d.state, "ok");
    assert_string_equal(d.package, FIRST);
    assert_int_equal(d.pages, 1);
    assert_int_equal(d.stored_at, at);
    assert_int_equal(d.n_sources, 1);
    assert_string_equal(d.sources[0].name, "công văn.jpg");
    assert_int_equal(d.sources[0].bytes, 10);
    doc_row_clear(&d);
    assert_fails(STATUS_NOT_FOUND, store_get(s, "2022-000002", &d));
}

static void the_record_gets_id_time_paths_and_a_version(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(record_freep) struct record *r = NULL;
    char id[STORE_ID_BYTES];

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    fixture_store(s, "result", "a", id);
    assert_ok(store_read_record(s, id, &r));
    assert_string_equal(r->id, id);
    assert_string_equal(r->sources[0].path, "data/original/0001.jpg");
    assert_int_equal(r->n_versions, 1);
    assert_int_equal(r->versions[0].number, 1);
    assert_int_equal(r->versions[0].at, r->stored_at);
    assert_string_equal(r->pages[0].lines[0].words[1].text, "phép");
}

static void the_same_bytes_again_are_refused_with_the_id(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(record_freep) struct record *r = fixture_record("result", "a");
    char id[STORE_ID_BYTES];
    bool found = false;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    fixture_store(s, "result", "a", id);
    assert_fails(STATUS_EXISTS, fixture_commit(s, r, "a", false));
    assert_non_null(strstr(status_message(), id));
    assert_null(r->id);
    assert_ok(fixture_commit(s, r, "a", true));
    assert_string_equal(r->id, "2022-000002");
    assert_ok(store_find_source(s, r->sources[0].sha256, &found, id));
    assert_true(found);
    assert_string_equal(id, "2022-000001");
}

static void an_unknown_source_is_not_found(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    char hex[DIGEST_HEX_BYTES];
    char id[STORE_ID_BYTES];
    bool found = true;

    digest_bytes("x", 1, hex);
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_find_source(s, hex, &found, id));
    assert_false(found);
}

static void a_source_that_changed_is_refused_and_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *folder = fixture_path(f, "packages/2022/000");
    const char *const others[] = {"aX", "abX", "X", ""};

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        AUTO(record_freep) struct record *r = fixture_record("result", "ab");

        assert_fails(STATUS_INVALID, fixture_commit(s, r, others[i], false));
        assert_null(r->id);
    }
    /* rmdir succeeds only on an empty folder. */
    assert_int_equal(rmdir(folder), 0);
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *second = path_join(f->dir, "kho2");
    AUTO(config_freep) struct config *c = NULL;
    const char *const archives[] = {f->archive, second};
    char *digests[2];

    assert_ok(config_new(&c));
    assert_ok(config_set(c, CONFIG_AGENCY_NAME, "Sở Khoa học", "test"));
    assert_ok(store_create(second, c));
    for (int i = 0; i < 2; i++) {
        AUTO(store_closep) struct store *s = NULL;
        char id[STORE_ID_BYTES];
        struct doc_row d;

        setenv("TZ", i ? "Asia/Ho_Chi_Minh" : "UTC", 1);
        tzset();
        umask(i ? 077 : 022);
        assert_ok(store_open(archives[i], STORE_WRITE, &s));
        fixture_store(s, "result", "a", id);
        assert_ok(store_get(s, id, &d));
        digests[i] = xstrdup(d.package_sha256);
        doc_row_clear(&d);
    }
    setenv("TZ", "UTC", 1);
    umask(022);
    assert_string_equal(digests[0], digests[1]);
    free(digests[0]);
    free(digests[1]);
}

static void tar_and_sha256sum_alone_can_check_a_package(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *command = NULL;

    fixture_fill(f, 1);
    command = xasprintf("set -e; cd '%s'; tar xf 'kho/" FIRST "'; cd"
                        " 2022-000001; sha256sum -c --quiet --strict"
                        " manifest-sha256.txt tagmanifest-sha256.txt; test"
                        " \"$(find . -type f | wc -l)\" = 10; grep -q"
                        " '^Source-Organization: Sở Khoa học$' bag-info.txt;"
                        " grep -q '^External-Identifier: 2022-000001$'"
                        " bag-info.txt; grep -q '^Bagging-Date: 2022-03-01$'"
                        " bag-info.txt; test \"$(cat data/original/0001.jpg)\""
                        " = 'original 1'",
                        f->dir);
    assert_int_equal(shell(command), 0);
}

static void the_oxum_is_bytes_and_number_of_the_payload(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *command = NULL;

    fixture_fill(f, 1);
    command = xasprintf("set -e; cd '%s'; tar xf 'kho/" FIRST "'; cd"
                        " 2022-000001; bytes=$(cat $(find data -type f) | wc"
                        " -c); grep -qx \"Payload-Oxum: $bytes.6\""
                        " bag-info.txt",
                        f->dir);
    assert_int_equal(shell(command), 0);
}

static mode_t mode_of(const struct fixture *f, const char *relative)
{
    AUTO(free_char) char *path = fixture_path(f, relative);
    struct stat sb;

    assert_int_equal(stat(path, &sb), 0);
    return sb.st_mode & 07777;
}

static void a_staff_package_is_for_its_owner_alone(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    char id[STORE_ID_BYTES];

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    fixture_store(s, "result", "a", id);
    fixture_store(s, "staff", "b", id);
    assert_int_equal(mode_of(f, FIRST), 0640);
    assert_int_equal(mode_of(f, "packages/2022/000/2022-000002.tar"), 0600);
    assert_int_equal(mode_of(f, "packages/2022"), 0750);
    assert_int_equal(mode_of(f, "state/catalogue.db"), 0640);
}

static void a_file_on_the_next_number_is_not_overwritten(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *path = NULL;
    AUTO(store_closep) struct store *s = NULL;
    char id[STORE_ID_BYTES];

    fixture_fill(f, 1);
    path = fixture_path(f, "packages/2022/000/2022-000002.tar");
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(file_write_durable(path, "mine", 4, 0640));
    fixture_store(s, "result", "a", id);
    assert_string_equal(id, "2022-000003");
}

static void one_file_is_read_and_checked(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    int fd = memory_file("");
    char text[64] = "";

    fixture_fill(f, 1);
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_read_file(s, "2022-000001", "data/text.txt", fd));
    assert_true(pread(fd, text, sizeof(text) - 1, 0) > 0);
    assert_string_equal(text, "Giấy phép\n");
    assert_ok(store_read_file(s, "2022-000001", "bagit.txt", fd));
    assert_ok(store_read_file(s, "2022-000001", "manifest-sha256.txt", fd));
    assert_fails(STATUS_NOT_FOUND,
                 store_read_file(s, "2022-000001", "data/none", fd));
    assert_fails(STATUS_NOT_FOUND,
                 store_read_file(s, "2022-000009", "data/text.txt", fd));
    close(fd);
}

static void a_damaged_file_is_not_handed_out_as_good(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *path = fixture_path(f, FIRST);
    AUTO(free_char) char *bytes = NULL;
    size_t n = 0;
    char *at;
    int fd = memory_file("");

    fixture_fill(f, 1);
    assert_ok(file_read(path, 1 << 20, &bytes, &n));
    at = memmem(bytes, n, "original 1", 10);
    assert_non_null(at);
    flip_bit(path, at - bytes, 0);
    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_fails(STATUS_DAMAGED, store_read_file(s, "2022-000001",
                                                 "data/original/0001.jpg", fd));
    assert_ok(store_read_file(s, "2022-000001", "data/text.txt", fd));
    close(fd);
}

/* A small file system in memory, if this machine lets us have one. */
static void a_full_disk_refuses_and_leaves_the_archive_whole(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *disk = path_join(f->dir, "disk");
    AUTO(free_char) char *archive = path_join(disk, "kho");
    AUTO(free_char)
    char *mount =
        xasprintf("mount -t tmpfs -o size=5M none '%s' 2>/dev/null", disk);
    AUTO(free_char) char *unmount = xasprintf("umount '%s'", disk);
    AUTO(free_char) char *big = xcalloc((2 << 20) + 1, 1);
    AUTO(config_freep) struct config *c = NULL;
    struct store *s = NULL;
    struct verify_result r;
    char id[STORE_ID_BYTES];

    assert_int_equal(mkdir(disk, 0700), 0);
    if (shell(mount) != 0) {
        print_message("SKIPPED: no tmpfs can be mounted here\n");
        skip();
    }
    memset(big, 'x', 2 << 20);
    assert_ok(config_new(&c));
    assert_ok(store_create(archive, c));
    assert_ok(store_open(archive, STORE_WRITE, &s));
    fixture_store(s, "result", "small", id);
    fixture_store(s, "result", big, id);
    AUTO(record_freep) struct record *full = fixture_record("result", big);
    assert_fails(STATUS_NO_SPACE, fixture_commit(s, full, big, true));
    assert_ok(store_verify(s, NULL, 0, 1, NULL, NULL, &r));
    assert_int_equal(r.n_findings, 0);
    assert_int_equal(r.packages, 2);
    verify_result_clear(&r);
    store_close(s);
    assert_int_equal(shell(unmount), 0);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ids_count_up_within_a_year),
        TEST(a_stored_document_is_in_the_catalogue),
        TEST(the_record_gets_id_time_paths_and_a_version),
        TEST(the_same_bytes_again_are_refused_with_the_id),
        TEST(an_unknown_source_is_not_found),
        TEST(a_source_that_changed_is_refused_and_leaves_nothing),
        TEST(the_same_input_gives_the_same_bytes),
        TEST(tar_and_sha256sum_alone_can_check_a_package),
        TEST(the_oxum_is_bytes_and_number_of_the_payload),
        TEST(a_staff_package_is_for_its_owner_alone),
        TEST(a_file_on_the_next_number_is_not_overwritten),
        TEST(one_file_is_read_and_checked),
        TEST(a_damaged_file_is_not_handed_out_as_good),
        TEST(a_full_disk_refuses_and_leaves_the_archive_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
