/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings: defaults, files, environment, and what is refused. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "base/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char dir[] = "/tmp/hoso-config-XXXXXX";
static char path[64];

static int make_dir(void **state)
{
    (void)state;
    if (mkdtemp(dir) == NULL)
        return -1;
    snprintf(path, sizeof(path), "%s/hoso.ini", dir);
    return 0;
}

static int remove_dir(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(dir);
}

static enum status load(struct config *c, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return config_load(c, path);
}

static struct config *fresh(void)
{
    struct config *c = NULL;
    assert_ok(config_new(&c));
    return c;
}

static void assert_says(const char *part)
{
    if (strstr(status_message(), part) == NULL)
        fail_msg("'%s' is not in '%s'", part, status_message());
}

static void defaults_are_of_their_own_type(void **state)
{
    (void)state;
    AUTO(config_freep) struct config *c = fresh();
    for (int id = 0; id < CONFIG_COUNT; id++) {
        AUTO(free_char)
        char *value = xstrdup(config_text(c, (enum config_id)id));
        assert_string_equal(config_origin(c, (enum config_id)id), "default");
        assert_ok(config_set(c, (enum config_id)id, value, "command line"));
    }
    assert_int_equal(config_int(c, CONFIG_MIN_DPI), 200);
    assert_false(config_bool(c, CONFIG_DUPLICATES));
    assert_string_equal(config_text(c, CONFIG_KINDS_DEFAULT), "result");
}

static void reads_a_file_and_remembers_the_lines(void **state)
{
    (void)state;
    AUTO(config_freep) struct config *c = fresh();
    assert_ok(load(c, "\xef\xbb\xbf# chú thích\r\n[fonds]\r\n"
                      "name = Sở Khoa học và Công nghệ tỉnh Gia Lai\r\n"
                      "\n[ingest]\njobs: 3\nallow_duplicates = Yes"));
    assert_string_equal(config_text(c, CONFIG_FONDS_NAME),
                        "Sở Khoa học và Công nghệ tỉnh Gia Lai");
    assert_string_equal(config_origin(c, CONFIG_FONDS_NAME), "hoso.ini:3");
    assert_int_equal(config_int(c, CONFIG_JOBS), 3);
    assert_string_equal(config_origin(c, CONFIG_JOBS), "hoso.ini:6");
    assert_true(config_bool(c, CONFIG_DUPLICATES));
    assert_string_equal(config_text(c, CONFIG_DUPLICATES), "true");
    assert_string_equal(config_origin(c, CONFIG_MODEL), "default");
}

static void comments_may_be_longer_than_a_line_of_inih(void **state)
{
    (void)state;
    AUTO(config_freep) struct config *c = fresh();
    char text[1200] = "  ; ";
    memset(text + 4, 'x', 1000);
    strcat(text, "\n[ingest]\njobs = 5\n");
    assert_ok(load(c, text));
    assert_string_equal(config_origin(c, CONFIG_JOBS), "hoso.ini:3");
}

static void names_line_and_nearest_key(void **state)
{
    (void)state;
    AUTO(config_freep) struct config *c = fresh();
    assert_fails(STATUS_CONFIG, load(c, "[ingest]\n\njob = 3\n"));
    assert_says("hoso.ini line 3");
    assert_says("'job' in [ingest]");
    assert_says("did you mean 'jobs' in [ingest]");
}

static void names_the_section_a_key_belongs_to(void **state)
{
    (void)state;
    AUTO(config_freep) struct config *c = fresh();
    assert_fails(STATUS_CONFIG, load(c, "[ingest]\nmin_dpi = 300\n"));
    assert_says("did you mean 'min_dpi' in [recognise]");
}

static void names_the_nearest_section(void **state)
{
    (void)state;
    AUTO(config_freep) struct config *c = fresh();
    assert_fails(STATUS_CONFIG, load(c, "[recognize]\nmodel = vie\n"));
    assert_says("unknown section [recognize]; did you mean [recognise]");
}

static void refuses_what_is_not_ini(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"jobs = 3\n", "before the first [section]"},
        {"[ingest]\nwhat is this\n", "line 2 is neither"},
        {"[ingest\njobs = 3\n", "line 1 is neither"},
        {"[ingest]\njobs = 3\njobs = 4\n", "line 3: 'jobs' in [ingest] is"},
        {"[fonds]\nname = \xff\n", "not UTF-8"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        AUTO(config_freep) struct config *c = fresh();
        assert_fails(STATUS_CONFIG, load(c, cases[i].text));
        assert_says(cases[i].says);
    }
}

static void refuses_a_line_that_is_too_long(void **state)
{
    (void)state;
    AUTO(config_freep) struct config *c = fresh();
    char text[600] = "[fonds]\nname = ";
    memset(text + strlen(text), 'x', 300);
    assert_fails(STATUS_CONFIG, load(c, text));
    assert_says("line 2 is longer");
}

static void refuses_values_of_another_type(void **state)
{
    (void)state;
    static const struct {
        enum config_id id;
        const char *value, *says;
    } cases[] = {
        {CONFIG_JOBS, "many", "whole number from 0 to 64"},
        {CONFIG_JOBS, "65", "from 0 to 64"},
        {CONFIG_JOBS, "-1", "from 0 to 64"},
        {CONFIG_JOBS, " 1", "from 0 to 64"},
        {CONFIG_JOBS, "", "from 0 to 64"},
        {CONFIG_JOBS, "99999999999999999999", "from 0 to 64"},
        {CONFIG_DUPLICATES, "maybe", "true or false"},
        {CONFIG_KINDS_DEFAULT, "letter", "one of result|staff|work"},
        {CONFIG_KINDS_DEFAULT, "res", "one of result|staff|work"},
        {CONFIG_KINDS_DEFAULT, "", "one of result|staff|work"},
        {CONFIG_FONDS_NAME, "two\nlines", "one line"},
        {CONFIG_FONDS_NAME, " edge", "one line"},
        {CONFIG_FONDS_NAME, "a ;b", "one line"},
        {CONFIG_FONDS_NAME, "\xc3", "UTF-8"},
    };
    AUTO(config_freep) struct config *c = fresh();
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        assert_fails(STATUS_CONFIG,
                     config_set(c, cases[i].id, cases[i].value, "test"));
        assert_says(cases[i].says);
        assert_string_equal(config_origin(c, cases[i].id), "default");
    }
}

static void environment_is_stronger_than_the_file(void **state)
{
    (void)state;
    setenv("HOSO_INGEST_JOBS", "7", 1);
    struct config *c = fresh();
    unsetenv("HOSO_INGEST_JOBS");
    assert_ok(load(c, "[ingest]\njobs = 3\n"));
    assert_int_equal(config_int(c, CONFIG_JOBS), 7);
    assert_string_equal(config_origin(c, CONFIG_JOBS),
                        "environment HOSO_INGEST_JOBS");
    assert_ok(config_set(c, CONFIG_JOBS, "9", "command line"));
    assert_int_equal(config_int(c, CONFIG_JOBS), 9);
    assert_string_equal(config_origin(c, CONFIG_JOBS), "command line");
    config_free(c);
}

static void a_bad_environment_is_named(void **state)
{
    (void)state;
    struct config *c = NULL;
    setenv("HOSO_INGEST_JOBS", "x", 1);
    assert_fails(STATUS_CONFIG, config_new(&c));
    unsetenv("HOSO_INGEST_JOBS");
    assert_says("environment variable HOSO_INGEST_JOBS");
    assert_null(c);
}

static void an_environment_that_names_no_setting_is_refused(void **state)
{
    (void)state;
    struct config *c = NULL;
    setenv("HOSO_INGEST_JOBZ", "3", 1);
    assert_fails(STATUS_CONFIG, config_new(&c));
    unsetenv("HOSO_INGEST_JOBZ");
    assert_says("HOSO_INGEST_JOBZ");
    setenv("HOSO_TEST_ANYTHING", "3", 1); /* no section of ours */
    assert_ok(config_new(&c));
    unsetenv("HOSO_TEST_ANYTHING");
    config_free(c);
}

static void the_command_line_stays_over_a_file_read_later(void **state)
{
    (void)state;
    AUTO(config_freep) struct config *c = fresh();
    assert_ok(config_set(c, CONFIG_JOBS, "9", "command line"));
    assert_ok(load(c, "[ingest]\njobs = 3\n"));
    assert_int_equal(config_int(c, CONFIG_JOBS), 9);
}

static void its_own_file_reads_back_the_same(void **state)
{
    (void)state;
    AUTO(config_freep) struct config *c = fresh();
    assert_ok(config_set(c, CONFIG_FONDS_NAME, "Sở KH&CN [1] = #1", "test"));
    assert_ok(config_set(c, CONFIG_JOBS, "2", "test"));
    assert_ok(config_set(c, CONFIG_DUPLICATES, "on", "test"));
    AUTO(free_char) char *text = config_file_text(c);
    AUTO(config_freep) struct config *again = fresh();
    assert_ok(load(again, text));
    for (int id = 0; id < CONFIG_COUNT; id++)
        assert_string_equal(config_text(c, (enum config_id)id),
                            config_text(again, (enum config_id)id));
    assert_string_equal(config_origin(again, CONFIG_MODEL), "default");
}

static void every_line_of_the_file_can_be_taken_out_of_comment(void **state)
{
    (void)state;
    AUTO(config_freep) struct config *c = fresh();
    AUTO(free_char) char *text = config_file_text(c);
    for (int id = 0; id < CONFIG_COUNT; id++) {
        AUTO(free_char)
        char *line = xasprintf("\n# %s =", config_key((enum config_id)id));
        char *at = strstr(text, line);
        assert_non_null(at);
        memmove(at + 1, at + 3, strlen(at + 3) + 1);
        assert_non_null(strstr(text, config_comment((enum config_id)id, true)));
        assert_non_null(
            strstr(text, config_comment((enum config_id)id, false)));
    }
    assert_ok(load(c, text));
    assert_memory_equal(config_origin(c, CONFIG_LANGUAGE), "hoso.ini:", 9);
}

static void a_missing_file_is_not_found(void **state)
{
    (void)state;
    AUTO(config_freep) struct config *c = fresh();
    assert_fails(STATUS_NOT_FOUND, config_load(c, "/nonexistent/hoso.ini"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_of_their_own_type),
        cmocka_unit_test(reads_a_file_and_remembers_the_lines),
        cmocka_unit_test(comments_may_be_longer_than_a_line_of_inih),
        cmocka_unit_test(names_line_and_nearest_key),
        cmocka_unit_test(names_the_section_a_key_belongs_to),
        cmocka_unit_test(names_the_nearest_section),
        cmocka_unit_test(refuses_what_is_not_ini),
        cmocka_unit_test(refuses_a_line_that_is_too_long),
        cmocka_unit_test(refuses_values_of_another_type),
        cmocka_unit_test(environment_is_stronger_than_the_file),
        cmocka_unit_test(a_bad_environment_is_named),
        cmocka_unit_test(an_environment_that_names_no_setting_is_refused),
        cmocka_unit_test(the_command_line_stays_over_a_file_read_later),
        cmocka_unit_test(its_own_file_reads_back_the_same),
        cmocka_unit_test(every_line_of_the_file_can_be_taken_out_of_comment),
        cmocka_unit_test(a_missing_file_is_not_found),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
