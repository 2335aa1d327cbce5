/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same print in two lines: the better reading stays. */
#include "base/alloc.h"
#include "pipeline/read_twice.h"
#include "unit/unit.h"

#include <stdlib.h>

struct made {
    int line; /* words of a line follow one another */
    const char *text;
    int conf_pct;
    struct box box;
};

static struct page page_of(const struct made *words, size_t n)
{
    struct page page = {0};

    for (size_t i = 0; i < n; i++) {
        struct word w = {.text = xstrdup(words[i].text),
                         .conf_pct = words[i].conf_pct,
                         .box = words[i].box};

        if (i == 0 || words[i].line != words[i - 1].line)
            page_take_line(&page, &(struct line){0});
        line_take_word(&page.lines[page.n_lines - 1], &w);
    }
    return page;
}

static void assert_left(const struct made *words, size_t n, int dropped,
                        const char *want)
{
    struct page page = page_of(words, n);
    AUTO(free_char) char *text = NULL;

    assert_int_equal(read_twice_drop(&page), dropped);
    assert_int_equal(page.n_dropped, dropped);
    text = page_text(&page);
    assert_string_equal(text, want);
    page_clear(&page);
}

static void the_better_reading_stays(void **state)
{
    static const struct made cut[] = {{0, "áy", 91, {110, 10, 40, 20}},
                                      {1, "Máy", 96, {90, 10, 60, 20}}};
    static const struct made spread[] = {{0, "-", 93, {10, 20, 8, 3}},
                                         {0, "Như", 97, {25, 10, 50, 20}},
                                         {0, "trên;", 96, {80, 10, 60, 20}},
                                         {1, "Như", 73, {10, 8, 130, 22}},
                                         {1, "CHÁNH", 95, {500, 8, 90, 22}}};
    static const struct made same[] = {{0, "PHÓ", 54, {10, 10, 50, 20}},
                                       {0, "GIÁM", 90, {70, 10, 60, 20}},
                                       {1, "GIÁM", 90, {70, 12, 60, 20}},
                                       {1, "ĐỐC", 82, {140, 12, 40, 20}}};

    (void)state;
    assert_left(same, ARRAY_LEN(same), 1, "PHÓ GIÁM\nĐỐC\n");
    assert_left(cut, ARRAY_LEN(cut), 1, "Máy\n");
    assert_left(spread, ARRAY_LEN(spread), 1, "- Như trên;\nCHÁNH\n");
}

static void neighbours_stay(void **state)
{
    static const struct made close[] = {{0, "Ấy", 60, {10, 10, 60, 30}},
                                        {1, "gì", 96, {10, 30, 60, 30}}};
    static const struct made equal[] = {{0, "a", 90, {10, 10, 60, 30}},
                                        {1, "b", 90, {10, 10, 60, 30}}};
    static const struct made one_line[] = {{0, "a", 50, {10, 10, 60, 30}},
                                           {0, "b", 90, {10, 10, 60, 30}}};

    (void)state;
    assert_left(close, ARRAY_LEN(close), 0, "Ấy\ngì\n");
    assert_left(equal, ARRAY_LEN(equal), 0, "a\nb\n");
    assert_left(one_line, ARRAY_LEN(one_line), 0, "a b\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_better_reading_stays),
        cmocka_unit_test(neighbours_stay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
