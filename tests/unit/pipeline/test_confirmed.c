/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that people confirmed: what is counted of them, and what that does to
 * repair by context. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "base/file.h"
#include "pipeline/confirmed.h"
#include "pipeline/language.h"
#include "pipeline/repair.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/test_confirmed.XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return file_remove_tree(folder) == STATUS_OK ? 0 : -1;
}

/* The file of these values, which end with NULL; its path. Caller frees. */
static char *write_values(const char *const *values, int *syllables, int *pairs)
{
    AUTO(confirmed_freep) struct confirmed *c = confirmed_new();
    char *path = path_join(folder, "confirmed.tsv");

    unlink(path);
    for (; *values; values++)
        confirmed_add(c, *values);
    assert_ok(confirmed_write(c, path, syllables, pairs));
    return path;
}

static void assert_counts(const char *const *values, const char *want)
{
    int syllables, pairs;
    AUTO(free_char) char *path = write_values(values, &syllables, &pairs);
    AUTO(free_char) char *text = NULL;

    assert_ok(file_read(path, 1 << 20, &text, NULL));
    assert_string_equal(text, want);
}

static void syllables_and_pairs_are_counted(void **state)
{
    (void)state;
    assert_counts((const char *const[]){"Bà Vẽ", "bà VẼ", "Bà Vệ, bà Sẻ", NULL},
                  "bà\t4\tsẻ 1 vẽ 2 vệ 1\nsẻ\t1\t\nvẽ\t2\t\nvệ\t1\tbà 1\n");
}

static void the_order_of_values_does_not_matter(void **state)
{
    (void)state;
    assert_counts((const char *const[]){"Bà Vệ, bà Sẻ", "bà VẼ", "Bà Vẽ", NULL},
                  "bà\t4\tsẻ 1 vẽ 2 vệ 1\nsẻ\t1\t\nvẽ\t2\t\nvệ\t1\tbà 1\n");
}

static void signs_digits_and_codes_part_a_pair(void **state)
{
    (void)state;
    assert_counts((const char *const[]){"Vẽ. Sẻ (Bà) 12 kV Lữ", NULL},
                  "bà\t1\t\nlữ\t1\t\nsẻ\t1\t\nvẽ\t1\t\n");
}

static void the_place_of_a_tone_does_not_matter(void **state)
{
    (void)state;
    assert_counts((const char *const[]){"Quý Hoà", "Quý Hòa", NULL},
                  "hòa\t2\t\nquý\t2\thòa 2\n");
}

static void words_typed_without_marks_teach_nothing(void **state)
{
    int syllables, pairs;
    AUTO(free_char)
    char *path = write_values((const char *const[]){"Doan Thi Ve", NULL},
                              &syllables, &pairs);

    (void)state;
    assert_int_equal(syllables, 0);
    assert_int_equal(pairs, 0);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void the_file_is_for_its_owner_alone(void **state)
{
    int syllables, pairs;
    AUTO(free_char)
    char *path =
        write_values((const char *const[]){"Bà Vẽ", NULL}, &syllables, &pairs);
    struct stat sb;

    (void)state;
    assert_int_equal(syllables, 2);
    assert_int_equal(pairs, 1);
    assert_int_equal(stat(path, &sb), 0);
    assert_int_equal(sb.st_mode & 0777, 0600);
}

/* 260 times 260 pairs of invented syllables, one of them twice. */
static void the_most_frequent_pairs_are_kept(void **state)
{
    AUTO(confirmed_freep) struct confirmed *c = confirmed_new();
    AUTO(free_char) char *path = path_join(folder, "many.tsv");
    AUTO(free_char) char *text = NULL;
    int syllables, pairs;

    (void)state;
    confirmed_add(c, "zịk zịj");
    for (int i = 0; i < 260; i++) {
        for (int k = 0; k < 260; k++) {
            AUTO(free_char)
            char *value = xasprintf("%cị%c %cị%c", 'a' + i % 26, 'a' + i / 26,
                                    'a' + k % 26, 'a' + k / 26);

            confirmed_add(c, value);
        }
    }
    assert_ok(confirmed_write(c, path, &syllables, &pairs));
    assert_int_equal(syllables, 261);
    assert_int_equal(pairs, 50000);
    assert_ok(file_read(path, 8 << 20, &text, NULL));
    assert_non_null(strstr(text, "aịa"));
    assert_null(strstr(text, "zịj 2"));
}

/* ---- repair ---- */

/* "Bà Vẽ" on one line, all read as surely, mended with what was confirmed. */
static char *mended(const char *text, int conf_pct, const char *const *values)
{
    struct language *l = NULL;
    struct page p = {.width_px = 5000, .height_px = 5000};
    struct line line = {.box = {0, 0, 5000, 40}};
    AUTO(free_char) char *copy = xstrdup(text);
    char *rest = copy, *result;

    assert_ok(language_load(NULL, &l));
    if (values) {
        int syllables, pairs;
        AUTO(free_char) char *path = write_values(values, &syllables, &pairs);

        assert_ok(language_add(l, path));
    }
    for (char *word; (word = strsep(&rest, " ")) != NULL;) {
        struct word w = {
            .text = xstrdup(word), .box = {0, 0, 90, 40}, .conf_pct = conf_pct};

        line_take_word(&line, &w);
    }
    page_take_line(&p, &line);
    repair_page(l, &p);
    result = page_text(&p);
    result[strcspn(result, "\n")] = '\0';
    page_clear(&p);
    language_free(l);
    return result;
}

static void assert_mends(const char *read, int conf_pct,
                         const char *const *values, const char *want)
{
    AUTO(free_char) char *text = mended(read, conf_pct, values);

    assert_string_equal(text, want);
}

static const char *const places[] = {"thôn Đìa Trám, xã Yên Khê",
                                     "Lữ Thế Quyến", NULL};

static void a_place_that_people_confirmed_stays(void **state)
{
    (void)state;
    assert_mends("tại thôn Đìa Trám", 80, NULL, "tại thôn Địa Trám");
    assert_mends("tại thôn Đìa Trám", 80, places, "tại thôn Đìa Trám");
    assert_mends("ông Lữ Thế Quyến, dân", 80, NULL, "ông Lữ Thế Quyền, dân");
    assert_mends("ông Lữ Thế Quyến, dân", 80, places, "ông Lữ Thế Quyến, dân");
}

static void marks_are_mended_to_what_people_confirmed(void **state)
{
    (void)state;
    assert_mends("tại thôn Đia Tram", 80, places, "tại thôn Đìa Trám");
}

static void common_words_stay_common(void **state)
{
    const char *often[41];

    (void)state;
    for (int i = 0; i < 40; i++)
        often[i] = "thẩm quyến";
    often[40] = NULL;
    assert_mends("cơ quan có thẩm quyền", 80, often, "cơ quan có thẩm quyền");
    assert_mends("cơ quan có thẩm quyên", 80, often, "cơ quan có thẩm quyền");
}

static void a_namesake_does_not_overrule_a_sure_reading(void **state)
{
    const char *const names[] = {"Lê Thị Thúy Hằng", NULL};

    (void)state;
    assert_mends("bà Lê Thị Thủy Hằng", 93, names, "bà Lê Thị Thủy Hằng");
}

static void what_people_confirmed_is_known(void **state)
{
    struct language *l = NULL;
    int syllables, pairs;
    AUTO(free_char)
    char *path = write_values((const char *const[]){"Rẹo Bà", "Đẽo", NULL},
                              &syllables, &pairs);

    (void)state;
    assert_ok(language_load(NULL, &l));
    assert_false(language_knows(l, "(Rẹo)"));
    assert_true(language_knows(l, "thẩm"));
    assert_ok(language_add(l, path));
    assert_true(language_knows(l, "(Rẹo)"));
    assert_true(language_knows(l, "thẩm"));
    language_free(l);
}

static void a_file_that_is_none_changes_nothing(void **state)
{
    AUTO(free_char) char *path = path_join(folder, "wrong.tsv");
    struct language *l = NULL;

    (void)state;
    assert_ok(file_write_durable(path, "bà\t1\tvẽ 1\n", 13, 0600));
    assert_ok(language_load(NULL, &l));
    assert_fails(STATUS_CONFIG, language_add(l, path));
    assert_fails(STATUS_NOT_FOUND, language_add(l, "/nowhere/x"));
    assert_true(language_knows(l, "thẩm"));
    language_free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syllables_and_pairs_are_counted),
        cmocka_unit_test(the_order_of_values_does_not_matter),
        cmocka_unit_test(signs_digits_and_codes_part_a_pair),
        cmocka_unit_test(the_place_of_a_tone_does_not_matter),
        cmocka_unit_test(words_typed_without_marks_teach_nothing),
        cmocka_unit_test(the_file_is_for_its_owner_alone),
        cmocka_unit_test(the_most_frequent_pairs_are_kept),
        cmocka_unit_test(a_place_that_people_confirmed_stays),
        cmocka_unit_test(marks_are_mended_to_what_people_confirmed),
        cmocka_unit_test(common_words_stay_common),
        cmocka_unit_test(a_namesake_does_not_overrule_a_sure_reading),
        cmocka_unit_test(what_people_confirmed_is_known),
        cmocka_unit_test(a_file_that_is_none_changes_nothing),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
