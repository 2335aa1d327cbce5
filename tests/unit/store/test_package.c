/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packages that are not as hoso writes them: each fault has its finding. */
#include "archive_fixture.h"

#include "store/bag.h"
#include "store/package.h"

#define NAME "packages/2022/000/2022-000001.tar"
#define ID "2022-000001"

struct member {
    const char *name, *text; /* text NULL: left out */
};

/* The members of a small whole bag; tests change some of them. */
enum { TAGS, INFO, DECLARATION, MANIFEST, PAYLOAD, RECORD, EXTRA, COUNT };

struct made {
    char *manifest, *tags, *path;
    struct member members[COUNT];
};

static char *line_of(const char *path, const char *text)
{
    char hex[DIGEST_HEX_BYTES];

    digest_bytes(text, strlen(text), hex);
    return xasprintf("%s  %s\n", hex, path);
}

static int set_up(void **state)
{
    struct made *m = xcalloc(1, sizeof(*m));
    AUTO(free_char) char *a = line_of("data/a", "alpha");
    AUTO(free_char) char *record = line_of("data/record.json", "{}");
    AUTO(free_char) char *info = line_of("bag-info.txt", "Payload-Oxum: 7.2\n");
    AUTO(free_char) char *declaration = line_of("bagit.txt", BAG_DECLARATION);

    m->manifest = xasprintf("%s%s", a, record);
    AUTO(free_char)
    char *manifest = line_of("manifest-sha256.txt", m->manifest);
    m->tags = xasprintf("%s%s%s", info, declaration, manifest);
    m->members[TAGS] = (struct member){ID "/tagmanifest-sha256.txt", m->tags};
    m->members[INFO] =
        (struct member){ID "/bag-info.txt", "Payload-Oxum: 7.2\n"};
    m->members[DECLARATION] = (struct member){ID "/bagit.txt", BAG_DECLARATION};
    m->members[MANIFEST] =
        (struct member){ID "/manifest-sha256.txt", m->manifest};
    m->members[PAYLOAD] = (struct member){ID "/data/a", "alpha"};
    m->members[RECORD] = (struct member){ID "/data/record.json", "{}"};
    m->members[EXTRA] = (struct member){ID "/data/b", NULL};
    m->path = xstrdup("/tmp/hoso-package-XXXXXX");
    close(mkstemp(m->path));
    *state = m;
    return 0;
}

static int tear_down(void **state)
{
    struct made *m = *state;

    unlink(m->path);
    free(m->path);
    free(m->manifest);
    free(m->tags);
    free(m);
    return 0;
}

static void write_package(const struct made *m)
{
    AUTO(package_writer_freep) struct package_writer *w = NULL;
    int fd = open(m->path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    char hex[DIGEST_HEX_BYTES];
    uint64_t bytes = 0;

    assert_true(fd >= 0);
    assert_ok(package_writer_new(fd, m->path, PACKAGE_TAR, &w));
    for (int i = 0; i < COUNT; i++) {
        const struct member *e = &m->members[i];

        if (!e->text)
            continue;
        assert_ok(package_member(w, e->name, strlen(e->text), 1646121600));
        assert_ok(package_write(w, e->text, strlen(e->text)));
    }
    assert_ok(package_writer_end(w, hex, &bytes));
    close(fd);
}

/* Read what is at m->path; the findings it gives. */
static void check_written(const struct made *m, struct verify_result *r)
{
    struct bag bag;

    memset(r, 0, sizeof(*r));
    assert_ok(bag_read(m->path, &bag));
    bag_check(&bag, ID, NAME, r);
    bag_clear(&bag);
    findings_finish(r);
}

static void expect(const struct made *m, enum check check, const char *where)
{
    struct verify_result r;
    bool found = false;

    check_written(m, &r);
    for (int i = 0; i < r.n_findings; i++)
        found = found || (r.findings[i].check == check &&
                          strcmp(r.findings[i].where, where) == 0);
    if (!found)
        fail_msg("no %s at %s among %d findings", check_json(check), where,
                 r.n_findings);
    verify_result_clear(&r);
}

static void a_whole_bag_has_no_finding(void **state)
{
    struct made *m = *state;
    struct verify_result r;

    write_package(m);
    check_written(m, &r);
    assert_int_equal(r.n_findings, 0);
}

static void a_file_in_no_manifest_is_unknown(void **state)
{
    struct made *m = *state;

    m->members[EXTRA].text = "more";
    write_package(m);
    expect(m, CHECK_FILE_UNKNOWN, NAME "!data/b");
    m->members[EXTRA] = (struct member){ID "/notes.txt", "more"};
    write_package(m);
    expect(m, CHECK_FILE_UNKNOWN, NAME "!notes.txt");
}

static void a_listed_file_that_is_not_there_is_missing(void **state)
{
    struct made *m = *state;

    m->members[PAYLOAD].text = NULL;
    write_package(m);
    expect(m, CHECK_FILE_MISSING, NAME "!data/a");
}

static void each_file_of_the_bag_itself_is_needed(void **state)
{
    static const char *const wheres[] = {NAME "!tagmanifest-sha256.txt",
                                         NAME "!bag-info.txt",
                                         NAME "!bagit.txt",
                                         NAME "!manifest-sha256.txt",
                                         NULL,
                                         NAME "!data/record.json"};
    struct made *m = *state;

    for (int i = 0; i < (int)ARRAY_LEN(wheres); i++) {
        const char *text = m->members[i].text;

        if (!wheres[i])
            continue;
        m->members[i].text = NULL;
        write_package(m);
        expect(m, CHECK_FILE_MISSING, wheres[i]);
        m->members[i].text = text;
    }
}

static void another_version_of_bagit_is_not_ours(void **state)
{
    struct made *m = *state;

    m->members[DECLARATION].text =
        "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n";
    write_package(m);
    expect(m, CHECK_PACKAGE_FORM, NAME "!bagit.txt");
    expect(m, CHECK_FILE_DIGEST, NAME "!bagit.txt");
}

static void a_wrong_oxum_is_found(void **state)
{
    struct made *m = *state;

    m->members[INFO].text = "Payload-Oxum: 7.20\n";
    write_package(m);
    expect(m, CHECK_PACKAGE_FORM, NAME "!bag-info.txt");
}

static void a_manifest_that_is_none_is_a_form_finding(void **state)
{
    struct made *m = *state;

    m->members[MANIFEST].text = "this is not a manifest\n";
    write_package(m);
    expect(m, CHECK_PACKAGE_FORM, NAME "!manifest-sha256.txt");
}

static void a_bag_of_another_id_is_found(void **state)
{
    struct made *m = *state;
    struct verify_result r = {0};
    struct bag bag;

    write_package(m);
    assert_ok(bag_read(m->path, &bag));
    bag_check(&bag, "2022-000002", NAME, &r);
    assert_int_equal(r.n_findings, 1);
    assert_int_equal(r.findings[0].check, CHECK_PACKAGE_FORM);
    verify_result_clear(&r);
    bag_clear(&bag);
}

static void a_file_twice_or_outside_is_a_form_finding(void **state)
{
    static const char *const names[] = {ID "/data/a", ID "/bagit.txt",
                                        "2022-000009/data/a", "loose",
                                        "../x/data/a"};
    struct made *m = *state;

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        m->members[EXTRA] = (struct member){names[i], "alpha"};
        write_package(m);
        expect(m, CHECK_PACKAGE_FORM, i ? NAME : NAME "!data/a");
    }
}

static void a_link_in_a_package_is_refused(void **state)
{
    struct made *m = *state;
    AUTO(free_char)
    char *command =
        xasprintf("d=$(mktemp -d) && mkdir -p $d/" ID
                  "/data && ln -s /etc/passwd $d/" ID
                  "/data/a && tar -C $d -cf '%s' " ID "/data/a; rm -rf $d",
                  m->path);

    assert_int_equal(shell(command), 0);
    expect(m, CHECK_PACKAGE_FORM, NAME);
}

static void what_is_no_archive_is_damaged_and_still_hashed(void **state)
{
    struct made *m = *state;
    struct bag bag;
    char hex[DIGEST_HEX_BYTES];

    assert_ok(file_write_durable(m->path, "no tar", 6, 0600));
    digest_bytes("no tar", 6, hex);
    assert_ok(bag_read(m->path, &bag));
    assert_non_null(bag.damage);
    assert_string_equal(bag.sha256, hex);
    assert_int_equal(bag.bytes, 6);
    bag_clear(&bag);
    assert_fails(STATUS_NOT_FOUND, bag_read("/nowhere/x.tar", &bag));
}

/* Cut at every 100th byte it never passes, and never crashes. */
static void a_package_cut_anywhere_is_never_whole(void **state)
{
    struct made *m = *state;
    AUTO(free_char) char *whole = NULL;
    AUTO(free_char) char *end = NULL;
    size_t n = 0;

    write_package(m);
    assert_ok(file_read(m->path, 1 << 20, &whole, &n));
    end = xstrdup("");
    /* The last 1024 bytes and the padding hold nothing. */
    for (size_t at = 0; at < 6 * 1024; at += 100) {
        struct verify_result r;

        assert_ok(file_write_durable(m->path, whole, at, 0600));
        check_written(m, &r);
        if (r.ok)
            fail_msg("cut at byte %zu of %zu was taken for whole", at, n);
        verify_result_clear(&r);
    }
}

static void a_member_must_have_the_length_it_said(void **state)
{
    struct made *m = *state;
    AUTO(package_writer_freep) struct package_writer *w = NULL;
    int fd = open(m->path, O_WRONLY | O_CLOEXEC);
    char hex[DIGEST_HEX_BYTES];
    uint64_t bytes = 0;

    assert_ok(package_writer_new(fd, m->path, PACKAGE_TAR, &w));
    assert_ok(package_member(w, "x/a", 3, 0));
    assert_fails(STATUS_INTERNAL, package_write(w, "four", 4));
    assert_ok(package_write(w, "ab", 2));
    assert_fails(STATUS_INTERNAL, package_member(w, "x/b", 1, 0));
    assert_fails(STATUS_INTERNAL, package_writer_end(w, hex, &bytes));
    package_writer_freep(&w);
    close(fd);
}

static void a_full_disk_while_writing_is_told(void **state)
{
    AUTO(package_writer_freep) struct package_writer *w = NULL;
    AUTO(free_char) char *much = xcalloc(1 << 20, 1);
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

    (void)state;
    assert_ok(package_writer_new(fd, "/dev/full", PACKAGE_TAR, &w));
    assert_ok(package_member(w, "x/a", 1 << 20, 0));
    assert_fails(STATUS_NO_SPACE, package_write(w, much, 1 << 20));
    package_writer_freep(&w);
    close(fd);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_whole_bag_has_no_finding),
        TEST(a_file_in_no_manifest_is_unknown),
        TEST(a_listed_file_that_is_not_there_is_missing),
        TEST(each_file_of_the_bag_itself_is_needed),
        TEST(another_version_of_bagit_is_not_ours),
        TEST(a_wrong_oxum_is_found),
        TEST(a_manifest_that_is_none_is_a_form_finding),
        TEST(a_bag_of_another_id_is_found),
        TEST(a_file_twice_or_outside_is_a_form_finding),
        TEST(a_link_in_a_package_is_refused),
        TEST(what_is_no_archive_is_damaged_and_still_hashed),
        TEST(a_package_cut_anywhere_is_never_whole),
        TEST(a_member_must_have_the_length_it_said),
        TEST(a_full_disk_while_writing_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
