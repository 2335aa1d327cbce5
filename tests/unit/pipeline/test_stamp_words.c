/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of stamps, and of print that runs across them. */
#include "pipeline/stamp_words.h"
#include "unit/pipeline/made_stamp.h"

static bool labelled(const char *text)
{
    struct page p = made_words(text);
    bool is = stamp_has_label(&made_labels, &p.lines[0], 0, p.lines[0].n_words);

    page_clear(&p);
    return is;
}

static int labels_of(const char *text)
{
    struct page p = made_words(text);
    int n = stamp_count_labels(&made_labels, &p);

    page_clear(&p);
    return n;
}

static bool urgent(const char *text)
{
    struct page p = made_words(text);
    bool is = stamp_says_urgent(&made_labels, &p);

    page_clear(&p);
    return is;
}

static void rows_of_stamps(void **state)
{
    (void)state;
    assert_true(labelled("Ngày: 12/5/2022"));
    assert_true(labelled("ĐẾN Số: 12"));
    assert_true(labelled("CÔNG VĂN ĐẾN"));
    assert_true(labelled("Số: 2746"));
    assert_true(labelled("KHẨN"));
    assert_false(labelled("Số: 318/SKHCN-VP")); /* of the letter */
    assert_false(labelled("SỞ KHOA HỌC VÀ CÔNG NGHỆ"));
    assert_false(labelled("thông báo lịch kiểm tra"));
}

static void how_many_labels(void **state)
{
    (void)state;
    assert_int_equal(labels_of("ĐẾN Số: 12 Ngày: 3"), 4);
    assert_int_equal(labels_of("Số: 14 Lưu hồ sơ"), 2);
    assert_int_equal(labels_of("Số và ký hiệu HS"), 1);
    assert_int_equal(labels_of("đến nay số liệu"), 0);
}

static void urgency_with_a_wrong_letter(void **state)
{
    (void)state;
    assert_true(urgent("KHẤNG"));
    assert_true(urgent("HÓA TỐC"));
    assert_true(urgent("THƯỢNG KHẨN"));
    assert_false(urgent("khác"));
    assert_false(urgent("HỌC TẬP"));
    assert_false(urgent("SỞ KHOA HỌC"));
}

static void print_across_a_stamp(void **state)
{
    static const struct made_row of_page[] = {
        {FROM_LEFT, 300, "thiết thiết{60} Ngày 2022 2022{80}"}};
    struct page stamp = made_words("Số: 2746"), page = made_page(of_page, 1);
    const struct word *w = page.lines[0].words;
    const struct box *b = &stamp.lines[0].words[1].box;

    (void)state;
    assert_true(stamp_crossed_by(&made_labels, &stamp, NULL, &w[0], 800, 300));
    assert_false(stamp_crossed_by(&made_labels, &stamp, NULL, &w[1], 800, 300));
    assert_false(stamp_crossed_by(&made_labels, &stamp, NULL, &w[2], 800, 300));
    assert_true(stamp_crossed_by(&made_labels, &stamp, NULL, &w[3], 800, 300));
    assert_false(stamp_crossed_by(&made_labels, &stamp, NULL, &w[4], 800, 300));
    /* where the stamp has a word of its own */
    assert_false(stamp_crossed_by(&made_labels, &stamp, NULL, &w[0], b->x + 5,
                                  b->y + 5));
    page_clear(&stamp);
    page_clear(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_stamps),
        cmocka_unit_test(how_many_labels),
        cmocka_unit_test(urgency_with_a_wrong_letter),
        cmocka_unit_test(print_across_a_stamp),
    };

    return cmocka_run_group_tests(tests, made_labels_setup,
                                  made_labels_teardown);
}
