/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of rules: files of cells parted by tabs. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/table.h"

#include <stdlib.h>
#include <string.h>

static char dir[] = "/tmp/hoso-table-XXXXXX";

static int make_dir(void **state)
{
    (void)state;
    return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
    (void)state;
    return file_remove_tree(dir) == STATUS_OK ? 0 : -1;
}

static void write_rows(const char *name, const char *text)
{
    AUTO(free_char) char *path = path_join(dir, name);

    assert_ok(file_write_durable(path, text, strlen(text), 0600));
}

static void rows_are_folded_and_know_their_lines(void **state)
{
    AUTO(table_free_rows) struct table t = {0};

    (void)state;
    write_rows("good.tsv", "# kind\twords\n\nđến\tCÔNG VĂN\r\n"
                           "đi\tQuye\xcc\x82\xcc\x81t\n");
    assert_ok(table_load(dir, "good.tsv", 2, &t));
    assert_int_equal(t.n_rows, 2);
    assert_string_equal(table_cell(&t, 0, 1), "CÔNG VĂN");
    assert_string_equal(table_cell(&t, 1, 1), "Quyết");
    assert_int_equal(t.line[0], 3);
    assert_int_equal(t.line[1], 4);
    assert_int_equal(table_find_fold(&t, 1, "quyet"), 1);
    assert_int_equal(table_find_fold(&t, 1, "to trinh"), -1);
}

static void a_row_of_another_length_is_named(void **state)
{
    AUTO(table_free_rows) struct table t = {0}, none = {0};

    (void)state;
    write_rows("bad.tsv", "a\tb\n# c\nd\n");
    assert_fails(STATUS_CONFIG, table_load(dir, "bad.tsv", 2, &t));
    assert_non_null(strstr(status_message(), "bad.tsv' line 3"));
    assert_fails(STATUS_NOT_FOUND, table_load(dir, "none.tsv", 2, &none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_folded_and_know_their_lines),
        cmocka_unit_test(a_row_of_another_length_is_named),
    };

    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
