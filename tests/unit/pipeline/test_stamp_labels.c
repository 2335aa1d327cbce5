/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of labels of stamps: what it has, and what is wrong in one. */
#include "pipeline/stamp_labels.h"

#include "base/alloc.h"
#include "unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void each_kind_has_a_label(void **state)
{
    struct table labels = {0};
    int rows[LABEL_COUNT] = {0};

    (void)state;
    assert_ok(stamp_labels_load(NULL, &labels));
    for (int i = 0; i < labels.n_rows; i++)
        rows[label_kind(&labels, i)]++;
    for (int kind = 0; kind < LABEL_COUNT; kind++)
        assert_true(rows[kind] > 0);
    table_free_rows(&labels);
}

static void load_from(const char *text, enum status want, struct table *out)
{
    char dir[] = "/tmp/hoso-labels-XXXXXX";

    assert_non_null(mkdtemp(dir));
    AUTO(free_char) char *path = xasprintf("%s/%s", dir, STAMP_LABELS_FILE);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(stamp_labels_load(dir, out), want);
    unlink(path);
    rmdir(dir);
}

static void labels_are_as_the_file_has_them(void **state)
{
    struct table labels = {0};
    AUTO(free_char) char *lower = NULL;

    (void)state;
    load_from("# kinds\nfile\tLưu HỒ SƠ\tLưu\nnumber\tSố\t-\n", STATUS_OK,
              &labels);
    assert_int_equal(labels.n_rows, 2);
    assert_int_equal(label_kind(&labels, 0), LABEL_FILE);
    assert_string_equal(label_text(&labels, 0), "luu ho so");
    assert_string_equal(label_word(&labels, 0), "luu");
    lower = label_lower(&labels, 0);
    assert_string_equal(lower, "lưu hồ sơ");
    assert_null(label_word(&labels, 1));
    table_free_rows(&labels);
}

static void what_is_wrong_is_named(void **state)
{
    struct table labels = {0};

    (void)state;
    load_from("day\tNgày\tNgày\nmonth\tTháng\tTháng\n", STATUS_CONFIG, &labels);
    assert_non_null(strstr(status_message(), "month"));
    table_free_rows(&labels);
    load_from("day\tNgày\n", STATUS_CONFIG, &labels);
    assert_non_null(strstr(status_message(), "line 1"));
    table_free_rows(&labels);
    table_free_rows(&labels);
    assert_fails(STATUS_NOT_FOUND, stamp_labels_load("/nowhere", &labels));
    table_free_rows(&labels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_has_a_label),
        cmocka_unit_test(labels_are_as_the_file_has_them),
        cmocka_unit_test(what_is_wrong_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
