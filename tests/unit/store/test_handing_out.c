/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Export and quarantine. */
#include "archive_fixture.h"

static enum status export(const struct fixture *f, const char *to,
                          int64_t *files) {
    AUTO(store_closep) struct store *s = NULL;
    const char *const ids[] = {"2022-000001", "2022-000002"};
    uint64_t bytes = 0;

    assert_ok(store_open(f->archive, STORE_READ, &s));
    return store_export(s, ids, 2, to, files, &bytes);
}

static void check_bag(const char *dir, const char *id)
{
    AUTO(free_char)
    char *command = xasprintf("cd '%s/%s' && sha256sum -c --quiet --strict"
                              " manifest-sha256.txt tagmanifest-sha256.txt",
                              dir, id);

    assert_int_equal(shell(command), 0);
}

static void bags_come_out_as_folders(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *to = path_join(f->dir, "ra/ngoài");
    AUTO(free_char) char *left = path_join(to, ".2022-000001.tmp");
    int64_t files = 0;

    fixture_fill(f, 2);
    assert_ok(export(f, to, &files));
    assert_int_equal(files, 20);
    check_bag(to, "2022-000001");
    check_bag(to, "2022-000002");
    assert_int_equal(access(left, F_OK), -1);
    assert_fails(STATUS_EXISTS, export(f, to, &files));
}

static void bags_come_out_as_one_tar(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *to = path_join(f->dir, "out.tar");
    AUTO(free_char)
    char *command = xasprintf("cd '%s' && tar xf out.tar", f->dir);
    int64_t files = 0;

    fixture_fill(f, 2);
    assert_ok(export(f, to, &files));
    assert_int_equal(files, 20);
    assert_int_equal(shell(command), 0);
    check_bag(f->dir, "2022-000001");
    check_bag(f->dir, "2022-000002");
    assert_fails(STATUS_EXISTS, export(f, to, &files));
}

static void bags_come_out_as_one_zip(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *to = path_join(f->dir, "out.ZIP");
    AUTO(free_char)
    char *command = xasprintf("cd '%s' && python3 -c 'import zipfile;"
                              " zipfile.ZipFile(\"out.ZIP\").extractall()'",
                              f->dir);
    int64_t files = 0;

    fixture_fill(f, 2);
    assert_ok(export(f, to, &files));
    assert_int_equal(files, 20);
    if (shell("command -v python3 >/dev/null") != 0) {
        print_message("SKIPPED: python3 is not installed\n");
        skip();
    }
    assert_int_equal(shell(command), 0);
    check_bag(f->dir, "2022-000001");
    check_bag(f->dir, "2022-000002");
}

static void a_damaged_package_is_not_exported(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char)
    char *path = fixture_path(f, "packages/2022/000/2022-000002.tar");
    AUTO(free_char) char *tar = path_join(f->dir, "out.tar");
    AUTO(free_char) char *folder = path_join(f->dir, "out");
    AUTO(free_char) char *second = path_join(folder, "2022-000002");
    struct stat sb;
    int64_t files = 0;

    fixture_fill(f, 2);
    assert_int_equal(stat(path, &sb), 0);
    flip_bit(path, sb.st_size - 1, 0);
    assert_fails(STATUS_DAMAGED, export(f, tar, &files));
    assert_int_equal(access(tar, F_OK), -1);
    assert_fails(STATUS_DAMAGED, export(f, folder, &files));
    assert_int_equal(access(second, F_OK), -1);
}

static void a_staff_export_is_for_its_owner_alone(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *tar = path_join(f->dir, "staff.tar");
    AUTO(free_char) char *bag = path_join(f->dir, "2022-000001");
    const char *const ids[] = {"2022-000001"};
    char id[STORE_ID_BYTES];
    int64_t files = 0;
    uint64_t bytes = 0;
    struct stat sb;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    fixture_store(s, "staff", "a", id);
    assert_ok(store_export(s, ids, 1, tar, &files, &bytes));
    assert_ok(store_export(s, ids, 1, f->dir, &files, &bytes));
    assert_int_equal(stat(tar, &sb), 0);
    assert_int_equal(sb.st_mode & 07777, 0600);
    assert_int_equal(stat(bag, &sb), 0);
    assert_int_equal(sb.st_mode & 07777, 0700);
}

static void an_unknown_document_is_not_exported(void **state)
{
    struct fixture *f = *state;
    AUTO(free_char) char *tar = path_join(f->dir, "out.tar");
    int64_t files = 0;

    fixture_fill(f, 1);
    assert_fails(STATUS_NOT_FOUND, export(f, tar, &files));
    assert_int_equal(access(tar, F_OK), -1);
}

/* ---- quarantine ---- */

static char *put_away(struct store *s, const char *text, const char *name,
                      enum status code)
{
    int fd = memory_file(text);
    char hex[DIGEST_HEX_BYTES];
    char *entry = NULL;

    digest_bytes(text, strlen(text), hex);
    assert_ok(store_quarantine(s, fd, name, hex, "lô 1", code,
                               "the image is cut off", &entry));
    close(fd);
    return entry;
}

static json_t *reason_of(const struct fixture *f, const char *entry)
{
    AUTO(free_char) char *relative = path_join(entry, "reason.json");
    AUTO(free_char) char *path = fixture_path(f, relative);
    AUTO(free_char) char *text = NULL;
    json_t *j = NULL;
    size_t n = 0;

    assert_ok(file_read(path, 1 << 20, &text, &n));
    assert_ok(json_parse(text, n, path, &j));
    return j;
}

static void what_cannot_be_read_is_kept_with_its_reason(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *entry = NULL;
    AUTO(free_char) char *path = NULL;
    AUTO(free_char) char *text = NULL;
    AUTO(free_char) char *relative = NULL;
    AUTO(json_decrefp) json_t *j = NULL;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    entry = put_away(s, "half an image", "công văn/../1.jpg", STATUS_INVALID);
    j = reason_of(f, entry);
    assert_string_equal(json_string_or(j, "name", ""), "công văn/../1.jpg");
    assert_string_equal(json_string_or(j, "batch", ""), "lô 1");
    assert_string_equal(json_string_or(j, "code", ""), "invalid");
    assert_string_equal(json_string_or(j, "message", ""),
                        "the image is cut off");
    assert_string_equal(json_string_or(j, "time", ""), FIXTURE_TIME);
    assert_string_equal(json_string_or(j, "file", ""), "công văn_.._1.jpg");
    relative = path_join(entry, "công văn_.._1.jpg");
    path = fixture_path(f, relative);
    assert_ok(file_read(path, 100, &text, NULL));
    assert_string_equal(text, "half an image");
}

static void the_same_bytes_again_renew_the_reason(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *entry = NULL;
    AUTO(free_char) char *again = NULL;
    AUTO(json_decrefp) json_t *j = NULL;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    entry = put_away(s, "x", "a.jpg", STATUS_INVALID);
    again = put_away(s, "x", "b.jpg", STATUS_ENCRYPTED);
    assert_string_equal(entry, again);
    j = reason_of(f, entry);
    assert_string_equal(json_string_or(j, "name", ""), "b.jpg");
    assert_string_equal(json_string_or(j, "file", ""), "a.jpg");
    assert_string_equal(json_string_or(j, "code", ""), "encrypted");
}

static void odd_names_are_made_safe(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *long_name = xcalloc(1000, 1);
    static const char *const names[][2] = {{"reason.json", "original"},
                                           {"", "original"},
                                           {"..", "_."},
                                           {".hidden", "_hidden"},
                                           {"a\\x0ab", "a_x0ab"}};

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        AUTO(free_char) char *text = xasprintf("bytes %zu", i);
        AUTO(free_char)
        char *entry = put_away(s, text, names[i][0], STATUS_INVALID);
        AUTO(json_decrefp) json_t *j = reason_of(f, entry);

        assert_string_equal(json_string_or(j, "file", ""), names[i][1]);
    }
    for (int i = 0; i < 300; i++)
        strcat(long_name, "ệ");
    AUTO(free_char)
    char *entry = put_away(s, "long", long_name, STATUS_INVALID);
    AUTO(json_decrefp) json_t *j = reason_of(f, entry);
    assert_int_equal(strlen(json_string_or(j, "file", "")), 180);
}

static void a_file_that_changed_is_not_kept_under_a_false_digest(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *above = fixture_path(f, "quarantine");
    char *entry = NULL;
    char hex[DIGEST_HEX_BYTES];
    int fd = memory_file("other");

    digest_bytes("one", 3, hex);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_fails(STATUS_INVALID, store_quarantine(s, fd, "a", hex, NULL,
                                                  STATUS_LIMIT, "m", &entry));
    close(fd);
    assert_int_equal(rmdir(above), 0);
    assert_ok(file_make_dirs(above, 0750));
}

static void a_flip_in_a_quarantined_file_is_found(void **state)
{
    struct fixture *f = *state;
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *entry = NULL;
    AUTO(free_char) char *relative = NULL;
    AUTO(free_char) char *path = NULL;
    struct verify_result r;

    fixture_fill(f, 1);
    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    entry = put_away(s, "half an image", "1.jpg", STATUS_INVALID);
    relative = path_join(entry, "1.jpg");
    path = fixture_path(f, relative);
    assert_ok(store_verify(s, NULL, 0, 1, NULL, NULL, &r));
    assert_true(r.ok);
    assert_int_equal(r.files, 11);
    verify_result_clear(&r);
    flip_bit(path, 3, 0);
    assert_ok(store_verify(s, NULL, 0, 1, NULL, NULL, &r));
    assert_false(r.ok);
    assert_int_equal(r.n_findings, 1);
    assert_string_equal(r.findings[0].where, relative);
    verify_result_clear(&r);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(bags_come_out_as_folders),
        TEST(bags_come_out_as_one_tar),
        TEST(bags_come_out_as_one_zip),
        TEST(a_damaged_package_is_not_exported),
        TEST(a_staff_export_is_for_its_owner_alone),
        TEST(an_unknown_document_is_not_exported),
        TEST(what_cannot_be_read_is_kept_with_its_reason),
        TEST(the_same_bytes_again_renew_the_reason),
        TEST(odd_names_are_made_safe),
        TEST(a_file_that_changed_is_not_kept_under_a_false_digest),
        TEST(a_flip_in_a_quarantined_file_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
