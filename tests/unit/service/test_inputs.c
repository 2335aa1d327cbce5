/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/unit.h"

#include "base/alloc.h"
#include "base/file.h"
#include "service/inputs.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own for each test. */
static int make_folder(void **state)
{
    char *dir = xstrdup("/tmp/hoso-inputs-XXXXXX");
    *state = mkdtemp(dir);
    return *state ? 0 : -1;
}

static int remove_folder(void **state)
{
    enum status st = file_remove_tree(*state);
    free(*state);
    return st == STATUS_OK ? 0 : -1;
}

static void put(const char *dir, const char *name, const char *bytes, size_t n)
{
    AUTO(free_char) char *path = path_join(dir, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void put_jpeg(const char *dir, const char *name)
{
    put(dir, name, "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0", 16);
}

static void put_pdf(const char *dir, const char *name)
{
    put(dir, name, "%PDF-1.4\n", 9);
}

/* A little-endian TIFF of n empty directories. */
static void put_tiff(const char *dir, const char *name, int pages)
{
    unsigned char b[8 + 6 * 8] = {'I', 'I', 42, 0, 8};
    for (int i = 0; i + 1 < pages; i++)
        b[8 + 6 * i + 2] = (unsigned char)(8 + 6 * (i + 1));
    put(dir, name, (const char *)b, 8 + 6 * (size_t)pages);
}

static void make_dir(const char *dir, const char *name)
{
    AUTO(free_char) char *path = path_join(dir, name);
    assert_int_equal(mkdir(path, 0755), 0);
}

static struct input_plan plan(const char *dir, enum split split)
{
    struct input_plan p;
    assert_ok(inputs_plan(&dir, 1, split, "/nowhere", &p));
    return p;
}

static void assert_titles(const struct input_plan *p, const char *want)
{
    char got[1024] = "";
    for (int i = 0; i < p->n_documents; i++) {
        size_t n = strlen(got);
        snprintf(got + n, sizeof(got) - n, "%s%s:%d", i ? " " : "",
                 p->documents[i].title, p->documents[i].n_files);
    }
    assert_string_equal(got, want);
}

static void counts_as_people_do(void **state)
{
    put_jpeg(*state, "10.jpg");
    put_jpeg(*state, "2.jpg");
    put_jpeg(*state, "1.jpg");
    struct input_plan p = plan(*state, SPLIT_DEFAULT);
    assert_titles(&p, "1:1 2:1 10:1");
    input_plan_clear(&p);
}

static void joins_pages_by_name(void **state)
{
    put_jpeg(*state, "cv-p1.jpg");
    put_jpeg(*state, "cv-p2.jpg");
    put_jpeg(*state, "cv-p10.jpg");
    put_jpeg(*state, "giấy phép_0001.jpg");
    put_jpeg(*state, "giấy phép_0002.jpg");
    struct input_plan p = plan(*state, SPLIT_DEFAULT);
    assert_titles(&p, "cv:3 giấy phép:2");
    assert_non_null(strstr(p.documents[0].files[2].path, "p10"));
    input_plan_clear(&p);
}

static void joins_pages_with_other_files_between(void **state)
{
    put_jpeg(*state, "cv-p1.jpg");
    put(*state, "cv-p1.txt", "text", 4);
    put_jpeg(*state, "cv-p2.jpg");
    struct input_plan p = plan(*state, SPLIT_DEFAULT);
    assert_titles(&p, "cv:2 cv-p1:1");
    assert_int_equal(p.documents[1].files[0].media, MEDIA_UNKNOWN);
    input_plan_clear(&p);
}

static void does_not_take_years_for_pages(void **state)
{
    put_jpeg(*state, "báo cáo_2021.jpg");
    put_jpeg(*state, "báo cáo_2022.jpg");
    struct input_plan p = plan(*state, SPLIT_DEFAULT);
    assert_titles(&p, "báo cáo_2021:1 báo cáo_2022:1");
    input_plan_clear(&p);
}

static void keeps_the_name_of_a_lone_number(void **state)
{
    put_jpeg(*state, "scan_0007.jpg");
    put_jpeg(*state, "thư-p1.jpg");
    struct input_plan p = plan(*state, SPLIT_DEFAULT);
    assert_titles(&p, "scan_0007:1 thư:1");
    input_plan_clear(&p);
}

static void leaves_pdf_and_long_tiff_alone(void **state)
{
    put_pdf(*state, "a-p1.pdf");
    put_pdf(*state, "a-p2.pdf");
    put_tiff(*state, "b_1.tif", 3);
    put_tiff(*state, "b_2.tif", 3);
    put_tiff(*state, "c_1.tif", 1);
    put_tiff(*state, "c_2.tif", 1);
    struct input_plan p = plan(*state, SPLIT_DEFAULT);
    assert_titles(&p, "a-p1:1 a-p2:1 b_1:1 b_2:1 c:2");
    input_plan_clear(&p);
}

static void joins_all_by_name_when_told(void **state)
{
    put_pdf(*state, "a-p1.pdf");
    put_pdf(*state, "a-p2.pdf");
    struct input_plan p = plan(*state, SPLIT_NAME);
    assert_titles(&p, "a:2");
    input_plan_clear(&p);
}

static void joins_nothing_when_told(void **state)
{
    put_jpeg(*state, "cv-p1.jpg");
    put_jpeg(*state, "cv-p2.jpg");
    struct input_plan p = plan(*state, SPLIT_FILE);
    assert_titles(&p, "cv-p1:1 cv-p2:1");
    input_plan_clear(&p);
}

static void joins_folders_when_told(void **state)
{
    make_dir(*state, "hồ sơ 1");
    make_dir(*state, "hồ sơ 2");
    put_jpeg(*state, "hồ sơ 1/b.jpg");
    put_jpeg(*state, "hồ sơ 1/a.jpg");
    put_jpeg(*state, "hồ sơ 2/a.jpg");
    put_pdf(*state, "hồ sơ 2/b.pdf");
    struct input_plan p = plan(*state, SPLIT_FOLDER);
    assert_titles(&p, "hồ sơ 1:2 hồ sơ 2:1 b:1");
    input_plan_clear(&p);
}

static void same_name_in_two_folders_is_two(void **state)
{
    make_dir(*state, "x");
    make_dir(*state, "y");
    put_jpeg(*state, "x/cv-p1.jpg");
    put_jpeg(*state, "y/cv-p2.jpg");
    struct input_plan p = plan(*state, SPLIT_DEFAULT);
    assert_titles(&p, "cv:1 cv:1");
    input_plan_clear(&p);
}

static void reports_pipes_and_broken_links(void **state)
{
    AUTO(free_char) char *pipe = path_join(*state, "a.jpg");
    AUTO(free_char) char *link = path_join(*state, "b.jpg");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_int_equal(symlink("nowhere", link), 0);
    put_jpeg(*state, "c.jpg");
    struct input_plan p = plan(*state, SPLIT_DEFAULT);
    assert_titles(&p, "c:1");
    assert_int_equal(p.n_problems, 2);
    assert_int_equal(p.problems[0].status, STATUS_UNSUPPORTED);
    assert_non_null(strstr(p.problems[1].message, "nowhere"));
    input_plan_clear(&p);
}

static void sees_links_that_go_round(void **state)
{
    make_dir(*state, "sub");
    AUTO(free_char) char *up = path_join(*state, "sub/up");
    AUTO(free_char) char *self = path_join(*state, "sub/self");
    assert_int_equal(symlink("..", up), 0);
    assert_int_equal(symlink("self", self), 0);
    put_jpeg(*state, "sub/a.jpg");
    struct input_plan p = plan(*state, SPLIT_DEFAULT);
    assert_titles(&p, "a:1");
    assert_int_equal(p.n_problems, 2);
    input_plan_clear(&p);
}

static void passes_over_what_desktops_leave(void **state)
{
    put(*state, "Thumbs.db", "x", 1);
    put(*state, ".DS_Store", "x", 1);
    put(*state, "._a.jpg", "x", 1);
    put_jpeg(*state, "a.jpg");
    struct input_plan p = plan(*state, SPLIT_DEFAULT);
    assert_titles(&p, "a:1");
    assert_int_equal(p.n_problems, 0);
    input_plan_clear(&p);
}

static void does_not_take_in_the_archive_itself(void **state)
{
    make_dir(*state, "archive");
    put_jpeg(*state, "archive/a.jpg");
    put_jpeg(*state, "b.jpg");
    AUTO(free_char) char *archive = path_join(*state, "archive");
    const char *dir = *state;
    struct input_plan p;
    assert_ok(inputs_plan(&dir, 1, SPLIT_DEFAULT, archive, &p));
    assert_titles(&p, "b:1");
    input_plan_clear(&p);
}

static void begins_nothing_when_a_path_is_wrong(void **state)
{
    put_jpeg(*state, "a.jpg");
    AUTO(free_char) char *wrong = path_join(*state, "b.jpg");
    const char *paths[] = {*state, wrong};
    struct input_plan p;
    assert_fails(STATUS_NOT_FOUND,
                 inputs_plan(paths, 2, SPLIT_DEFAULT, "/nowhere", &p));
    assert_int_equal(p.n_documents, 0);
    input_plan_clear(&p);
}

static void shows_names_that_are_not_utf8(void **state)
{
    put_jpeg(*state, "a\xff\nb.jpg");
    struct input_plan p = plan(*state, SPLIT_DEFAULT);
    assert_titles(&p, "a\\xFF\\x0Ab:1");
    input_plan_clear(&p);
}

static void knows_page_names(void **state)
{
    (void)state;
    static const struct {
        const char *stem;
        bool is;
        size_t prefix;
        bool marked;
    } rows[] = {
        {"x-p1", true, 1, true},     {"x-P12", true, 1, true},
        {"x_0001", true, 1, false},  {"x_1", true, 1, false},
        {"x_2022", false, 0, false}, {"x_1899", true, 1, false},
        {"-p1", false, 0, false},    {"_1", false, 0, false},
        {"x-p", false, 0, false},    {"x1", false, 0, false},
        {"2022", false, 0, false},   {"x_0000000001", false, 0, false},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        size_t prefix = 0;
        bool marked = false;
        if (input_page_name(rows[i].stem, &prefix, &marked) != rows[i].is)
            fail_msg("'%s'", rows[i].stem);
        assert_int_equal(prefix, rows[i].prefix);
        assert_int_equal(marked, rows[i].marked);
    }
}

#define IN_FOLDER(test)                                                        \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(counts_as_people_do),
        IN_FOLDER(joins_pages_by_name),
        IN_FOLDER(joins_pages_with_other_files_between),
        IN_FOLDER(does_not_take_years_for_pages),
        IN_FOLDER(keeps_the_name_of_a_lone_number),
        IN_FOLDER(leaves_pdf_and_long_tiff_alone),
        IN_FOLDER(joins_all_by_name_when_told),
        IN_FOLDER(joins_nothing_when_told),
        IN_FOLDER(joins_folders_when_told),
        IN_FOLDER(same_name_in_two_folders_is_two),
        IN_FOLDER(reports_pipes_and_broken_links),
        IN_FOLDER(sees_links_that_go_round),
        IN_FOLDER(passes_over_what_desktops_leave),
        IN_FOLDER(does_not_take_in_the_archive_itself),
        IN_FOLDER(begins_nothing_when_a_path_is_wrong),
        IN_FOLDER(shows_names_that_are_not_utf8),
        cmocka_unit_test(knows_page_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
