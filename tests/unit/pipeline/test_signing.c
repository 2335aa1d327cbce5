/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where on a page somebody signs is told by its shape. */
#include "unit/pipeline/made_page.h"

#include "pipeline/signing.h"

#define FOOT_RIGHT 1240

static bool find(const struct made_row *rows, size_t n, struct box *out)
{
    struct page p = made_page(rows, (int)n);
    int titles_end;
    bool found = signing_find(&p, MADE_WIDTH, MADE_HEIGHT, out, &titles_end);

    page_clear(&p);
    return found;
}

static void block_right_of_the_recipients(void **state)
{
    static const struct made_row rows[] = {
        {RIGHT, 150, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
        {RIGHT, 200, "Độc lập - Tự do - Hạnh phúc"},
        {FROM_LEFT, 500, "Sở Khoa học và Công nghệ thông tin để biết."},
        {FROM_LEFT, 1500, "Nơi nhận: Sở Khoa học và Công nghệ;"},
        {FOOT_RIGHT, 1500, "KT. GIÁM ĐỐC"},
        {FOOT_RIGHT, 1550, "PHÓ GIÁM ĐỐC"},
        {FOOT_RIGHT, 1800, "x{30}"},
    };
    struct box b;

    (void)state;
    assert_true(find(rows, ARRAY_LEN(rows), &b));
    assert_true(b.x > 240 + made_width(rows[3].text) && b.x < 1100);
    assert_true(b.y < 1500 && b.y > 1400);
    assert_true(b.y + b.h > 1850 && b.x + b.w > 1400);
}

static void headings_sign_nothing(void **state)
{
    static const struct made_row rows[] = {
        {LEFT, 150, "SỞ KHOA HỌC VÀ CÔNG NGHỆ"},
        {RIGHT, 150, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
        {RIGHT, 200, "Độc lập - Tự do - Hạnh phúc"},
        {MIDDLE, 400, "QUYẾT ĐỊNH"},
        {FROM_LEFT, 500, "Sở Khoa học và Công nghệ thông tin để biết."},
    };
    struct box b;

    (void)state;
    assert_false(find(rows, ARRAY_LEN(rows), &b));
    assert_false(find(rows, 0, &b));
}

static void room_ends_at_the_text_below(void **state)
{
    static const struct made_row rows[] = {
        {FOOT_RIGHT, 1000, "GIÁM ĐỐC"},
        {FOOT_RIGHT, 1200, "Lý Tuấn Hải{40}"},
        {FROM_LEFT, 1300,
         "Bản này được sao từ bản chính và có giá trị như bản chính."},
    };
    struct box b;

    (void)state;
    assert_true(find(rows, ARRAY_LEN(rows), &b));
    assert_true(b.y + b.h < 1310);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(block_right_of_the_recipients),
        cmocka_unit_test(headings_sign_nothing),
        cmocka_unit_test(room_ends_at_the_text_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
