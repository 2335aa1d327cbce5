/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Page numbers: where they are found, and which orders are none. */
#include "base/alloc.h"
#include "service/page_order.h"
#include "unit/unit.h"

#include <stdio.h>
#include <string.h>

static void add_line(struct page *p, const char *text, int y, int confidence)
{
    struct line line = {.box = {800, y, 60, 30}};
    char copy[64];
    char *rest = NULL;

    snprintf(copy, sizeof(copy), "%s", text);
    for (char *w = strtok_r(copy, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
        struct word word = {
            .text = xstrdup(w), .box = {800, y, 30, 30}, .conf_pct = confidence};

        line_take_word(&line, &word);
    }
    page_take_line(p, &line);
}

static struct page page_with(const char *head, const char *foot)
{
    struct page p = {.width_px = 1654, .height_px = 2338, .origin = TEXT_OCR};

    if (head)
        add_line(&p, head, 100, 95);
    add_line(&p, "Điều 3 quy định 12", 1000, 95);
    add_line(&p, "17", 1100, 95);
    if (foot)
        add_line(&p, foot, 2250, 95);
    return p;
}

static int number_of(const char *head, const char *foot, int *total)
{
    struct page p = page_with(head, foot);
    int number = page_number(&p, total);

    page_clear(&p);
    return number;
}

static void numbers_stand_in_the_margins(void **state)
{
    int total;

    (void)state;
    assert_int_equal(number_of("2", NULL, &total), 2);
    assert_int_equal(number_of("- 12 -", NULL, &total), 12);
    assert_int_equal(number_of(NULL, "Trang 2/3", &total), 2);
    assert_int_equal(total, 3);
    assert_int_equal(number_of(NULL, "2/3", &total), 2);
    assert_int_equal(number_of(NULL, NULL, &total), 0);
    assert_int_equal(number_of("2022", NULL, &total), 0);
    assert_int_equal(number_of("12/2", NULL, &total), 0);
    assert_int_equal(number_of("Số 2", NULL, &total), 0);
    assert_int_equal(number_of("2.", NULL, &total), 0);
}

static void a_doubtful_number_is_none(void **state)
{
    struct page p = {.width_px = 1654, .height_px = 2338, .origin = TEXT_OCR};
    int total;

    (void)state;
    add_line(&p, "7", 100, 60);
    assert_int_equal(page_number(&p, &total), 0);
    page_clear(&p);
}

/* "1 - 3 2": pages with these numbers, - without; the answer marks pages that
 * are out of order with x. */
static void assert_order(const char *numbers, const char *expected)
{
    struct record *r = record_new();
    char copy[64], got[64] = "";
    char *rest = NULL;

    snprintf(copy, sizeof(copy), "%s", numbers);
    for (char *n = strtok_r(copy, " ", &rest); n; n = strtok_r(NULL, " ", &rest)) {
        struct page p = page_with(*n == '-' ? NULL : n, NULL);

        record_take_page(r, &p);
    }
    record_check_page_order(r);
    for (int i = 0; i < r->n_pages; i++) {
        bool out = r->pages[i].doubts & DOUBT_ORDER;

        strcat(got, out ? "x" : ".");
        assert_int_equal(r->pages[i].state, out ? PAGE_LOW : PAGE_OK);
    }
    assert_string_equal(got, expected);
    record_free(r);
}

static void orders(void **state)
{
    (void)state;
    assert_order("-", ".");
    assert_order("- 2 3 4", "....");
    assert_order("1 2 3 4", "....");
    assert_order("- - 2 - 3 -", "......"); /* blank backs */
    assert_order("- 2 - 2 3", ".....");    /* an annex begins anew */
    assert_order("- 2 1 2", "....");
    assert_order("5", ".");
    assert_order("- 5", ".x");
    assert_order("- 3", ".x");     /* a sheet is missing */
    assert_order("- 2 4", "..x");
    assert_order("- 3 2", ".xx");  /* swapped */
    assert_order("1 2 2 3", "..x."); /* scanned twice */
    assert_order("1 2 8 4", "...."); /* misread */
    assert_order("1/3 2/3", ".x");   /* the last is missing */
    assert_order("1/2 2/2", "..");
}

/* Pages of one line each, NULL at the end. */
static void assert_first_doubtful(const char *const *lines, bool doubtful)
{
    struct record *r = record_new();

    for (; *lines; lines++) {
        struct page p = page_with(NULL, NULL);

        add_line(&p, *lines, 300, 95);
        record_take_page(r, &p);
    }
    record_check_page_order(r);
    for (int i = 0; i < r->n_pages; i++) {
        bool out = r->pages[i].doubts & DOUBT_ORDER;

        assert_int_equal(out, i == 0 && doubtful);
    }
    record_free(r);
}

#define HEAD "UBND TỈNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
#define PARTY "TỈNH ỦY ĐẢNG CỘNG SẢN VIỆT NAM"
#define FOOT "Nơi nhận: GIÁM ĐỐC"

static void the_end_before_the_beginning_is_out_of_order(void **state)
{
    (void)state;
    assert_first_doubtful((const char *const[]){FOOT, HEAD, NULL}, true);
    assert_first_doubtful((const char *const[]){FOOT, "Điều 2", PARTY, NULL},
                          true);
    assert_first_doubtful((const char *const[]){HEAD, FOOT, NULL}, false);
    assert_first_doubtful((const char *const[]){"BÌA", HEAD, FOOT, NULL},
                          false);
    /* other papers behind it */
    assert_first_doubtful((const char *const[]){FOOT, HEAD, HEAD, NULL},
                          false);
    assert_first_doubtful((const char *const[]){FOOT, NULL}, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_stand_in_the_margins),
        cmocka_unit_test(a_doubtful_number_is_none),
        cmocka_unit_test(orders),
        cmocka_unit_test(the_end_before_the_beginning_is_out_of_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
