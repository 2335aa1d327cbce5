/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers after "ngày", "tháng", "năm" are put right; all else stays. */
#include "base/alloc.h"
#include "pipeline/digits.h"
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

/* A page of one line; boxes of ten pixels a byte. */
static struct page page_of(const char *words)
{
    struct page page = {0};
    struct line line = {.box = {0, 0, 1000, 20}};
    AUTO(free_char) char *copy = xstrdup(words);
    char *rest = copy;
    int x = 0;

    for (char *w; (w = strsep(&rest, " ")) != NULL;) {
        struct word word = {.text = xstrdup(w), .conf_pct = 80};

        word.box = (struct box){x, 0, 10 * (int)strlen(w), 20};
        x += word.box.w + 10;
        line_take_word(&line, &word);
    }
    page_take_line(&page, &line);
    return page;
}

static void assert_mends(const char *read, int times, const char *want)
{
    struct page page = page_of(read);
    AUTO(free_char) char *text = NULL;

    assert_int_equal(digits_mend(&page), times);
    text = page_text(&page);
    text[strcspn(text, "\n")] = '\0';
    assert_string_equal(text, want);
    page_clear(&page);
}

static void letters_that_look_like_digits(void **state)
{
    (void)state;
    assert_mends("ngày 1] tháng l2 năm 2O25,", 3, "ngày 11 tháng 12 năm 2025,");
    assert_mends("Ngày l6 tháng 6", 1, "Ngày 16 tháng 6");
}

static void spaces_that_came_or_went(void **state)
{
    (void)state;
    assert_mends("Hà Nội, ngày23 tháng 4", 1, "Hà Nội, ngày 23 tháng 4");
    assert_mends("năm 201 5, Luật", 1, "năm 2015, Luật");
    assert_mends("NĂM 20 24 và", 0, "NĂM 20 24 và");
    assert_mends("năm 20 24.", 1, "năm 2024.");
}

static void what_may_be_right_stays(void **state)
{
    (void)state;
    assert_mends("ngày ll tháng O năm nay", 0, "ngày ll tháng O năm nay");
    assert_mends("số l2 và điểm 1l", 0, "số l2 và điểm 1l");
    assert_mends("ngày 12/QĐ tháng 1l/2 năm", 0, "ngày 12/QĐ tháng 1l/2 năm");
    assert_mends("trong năm 3 2015 và năm 5 người", 0,
                 "trong năm 3 2015 và năm 5 người");
    assert_mends("năm 300 5 tỷ", 0, "năm 300 5 tỷ");
    assert_mends("hằng ngày", 0, "hằng ngày");
    assert_mends("năm 201", 0, "năm 201");
}

static void what_was_read_is_kept_and_boxes_are_shared_out(void **state)
{
    struct page page = page_of("ngày23 năm 201 5,");
    struct word *w;

    (void)state;
    assert_int_equal(digits_mend(&page), 2);
    assert_int_equal(page.lines[0].n_words, 4);
    w = page.lines[0].words;
    assert_string_equal(w[0].raw, "ngày23");
    assert_true(w[0].box.w > 0 && w[1].box.w > 0);
    assert_int_equal(w[1].box.x, w[0].box.x + w[0].box.w);
    assert_string_equal(w[3].text, "2015,");
    assert_string_equal(w[3].raw, "201");
    assert_true(w[3].box.w > 40);
    page_clear(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_that_look_like_digits),
        cmocka_unit_test(spaces_that_came_or_went),
        cmocka_unit_test(what_may_be_right_stays),
        cmocka_unit_test(what_was_read_is_kept_and_boxes_are_shared_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
