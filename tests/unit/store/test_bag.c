/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids and places; manifests; PREMIS. What goes through the inner headers. */
#include "archive_fixture.h"

#include "store/bag.h"

static void ids_are_of_one_form_only(void **state)
{
    static const char *const wrong[] = {"",
                                        "2022",
                                        "2022-",
                                        "2022-00001",
                                        "2022-0000001",
                                        "22-000001",
                                        "2022-000000",
                                        "2022-00000a",
                                        "2022_000001",
                                        " 2022-000001",
                                        "2022-000001 ",
                                        "02022-000001",
                                        "2022-99999999999999999999"};
    int year = 0;
    int64_t number = 0;
    char id[STORE_ID_BYTES];

    (void)state;
    assert_true(id_parse("2022-000123", &year, &number));
    assert_int_equal(year, 2022);
    assert_int_equal(number, 123);
    assert_true(id_parse("2022-1234567", &year, &number));
    assert_int_equal(number, 1234567);
    id_format(2022, 1234567, id);
    assert_string_equal(id, "2022-1234567");
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        if (id_parse(wrong[i], &year, &number))
            fail_msg("'%s' was taken for an id", wrong[i]);
}

static void a_package_has_one_place_only(void **state)
{
    static const char *const wrong[] = {
        "packages/2022/001/2022-000123.tar",
        "packages/2021/000/2022-000123.tar",
        "packages/2022/2022-000123.tar",
        "packages/2022/000/2022-000123.tar.tar",
        "packages/2022/000/2022-000123.1.tar",
        "packages/2022/000/2022-000123.02.tar",
        "packages/2022/000/2022-000123.x.tar",
        "packages/2022/000/2022-000123..tar",
        "packages/2022/000/2022-000123.tar/",
        "packages/2022/000/.2022-000123.tar.tmp",
        "2022-000123.tar"};
    AUTO(free_char) char *first = package_path(2022, 123, 1);
    AUTO(free_char) char *second = package_path(2022, 1234567, 2);
    int year = 0;
    int64_t number = 0;
    int version = 0;

    (void)state;
    assert_string_equal(first, "packages/2022/000/2022-000123.tar");
    assert_string_equal(second, "packages/2022/1234/2022-1234567.2.tar");
    assert_true(package_path_parse(first, &year, &number, &version));
    assert_int_equal(version, 1);
    assert_true(package_path_parse(second, &year, &number, &version));
    assert_int_equal(version, 2);
    assert_int_equal(number, 1234567);
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        if (package_path_parse(wrong[i], &year, &number, &version))
            fail_msg("'%s' was taken for a package", wrong[i]);
}

#define HEX "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void manifests_of_any_form_the_rfc_allows_are_read(void **state)
{
    struct bag_files l = {0};

    (void)state;
    assert_ok(bag_manifest_parse(
        HEX "  data/b\r\n" HEX " *data/a b\n" HEX "\tdata/c", &l));
    assert_int_equal(l.n, 3);
    assert_non_null(bag_files_find(&l, "data/a b"));
    assert_string_equal(bag_files_find(&l, "data/c")->sha256, HEX);
    assert_null(bag_files_find(&l, "data/d"));
    bag_files_clear(&l);
}

static void wrong_manifests_are_refused(void **state)
{
    static const char *const wrong[] = {"x",
                                        HEX,
                                        HEX "  ",
                                        HEX "data/a\n",
                                        HEX "  /etc/passwd\n",
                                        HEX "  ../a\n",
                                        HEX "  data/../../a\n",
                                        HEX "  data//a\n",
                                        HEX "  data/\n",
                                        HEX "  ./data/a\n",
                                        "\n" HEX "  data/a\n",
                                        HEX "  data/a\n" HEX "  data/a\n"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct bag_files l = {0};

        if (bag_manifest_parse(wrong[i], &l) != STATUS_DAMAGED)
            fail_msg("taken for a manifest: %s", wrong[i]);
        assert_int_equal(l.n, 0);
    }
}

static struct record *sealed_record(void)
{
    struct record *r = fixture_record("result", "a");

    r->id = xstrdup("2022-000001");
    r->stored_at = 1646121600;
    r->sources[0].path = xstrdup("data/original/0001.jpg");
    free(r->sources[0].name);
    r->sources[0].name = xstrdup("a<b>&\"c\".jpg");
    return r;
}

static int count_of(const char *text, const char *part)
{
    int n = 0;

    for (const char *at = text; (at = strstr(at, part)); at++)
        n++;
    return n;
}

static void premis_tells_objects_events_and_agents(void **state)
{
    AUTO(record_freep) struct record *r = sealed_record();
    AUTO(free_char) char *text = premis_text(r, HEX, 3);

    (void)state;
    assert_int_equal(count_of(text, "<object "), 2);
    assert_int_equal(count_of(text, "<event>"), 5);
    assert_int_equal(count_of(text, "<agent>"), 2);
    assert_non_null(strstr(text, r->sources[0].sha256));
    assert_non_null(strstr(text, "<messageDigest>" HEX));
    assert_non_null(strstr(text, "a&lt;b&gt;&amp;\"c\".jpg"));
    assert_non_null(strstr(text, "2022-03-01T08:00:00Z"));
    assert_non_null(strstr(text, "tesseract 5.3.0 vie"));
    free(r->recogniser);
    r->recogniser = NULL;
    AUTO(free_char) char *without = premis_text(r, HEX, 3);
    assert_int_equal(count_of(without, "<agent>"), 1);
}

/* Where the schemas are; NULL if they or xmllint are not there. */
static char *schema(const char *name)
{
    const char *dir = getenv("HOSO_SCHEMAS");
    char *path = path_join(dir ? dir
                               : HOSO_TEST_DATA "/../../../shared/data/"
                                                "schemas",
                           name);

    if (access(path, F_OK) == 0 && shell("command -v xmllint >/dev/null") == 0)
        return path;
    free(path);
    return NULL;
}

/* Apart from the test: skip() leaves it without cleaning up. */
static void validate_premis(const struct fixture *f, const char *xsd)
{
    AUTO(free_char) char *catalog = schema("catalog.xml");
    AUTO(record_freep) struct record *r = sealed_record();
    AUTO(free_char) char *text = premis_text(r, HEX, 3);
    AUTO(free_char) char *path = path_join(f->dir, "premis.xml");
    AUTO(free_char) char *command = NULL;

    assert_ok(file_write_durable(path, text, strlen(text), 0640));
    command = xasprintf("XML_CATALOG_FILES='%s' xmllint --nonet --noout"
                        " --schema '%s' '%s' 2>/dev/null",
                        catalog ? catalog : "", xsd, path);
    assert_int_equal(shell(command), 0);
}

static void premis_is_valid_against_its_schema(void **state)
{
    char *xsd = schema("premis-v3-0.xsd");

    if (!xsd) {
        print_message("SKIPPED: no premis-v3-0.xsd (HOSO_SCHEMAS) or no"
                      " xmllint\n");
        skip();
    }
    validate_premis(*state, xsd);
    free(xsd);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_of_one_form_only),
        cmocka_unit_test(a_package_has_one_place_only),
        cmocka_unit_test(manifests_of_any_form_the_rfc_allows_are_read),
        cmocka_unit_test(wrong_manifests_are_refused),
        cmocka_unit_test(premis_tells_objects_events_and_agents),
        TEST(premis_is_valid_against_its_schema),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
