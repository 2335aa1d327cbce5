/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields from stamps and seals. */
#include "pipeline/stamp.h"
#include "unit/pipeline/made_page.h"

static const struct made_row letter[] = {
    {RIGHT, 150, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
    {RIGHT, 200, "Độc lập - Tự do - Hạnh phúc"},
    {FROM_LEFT, 700, "Sở Khoa học và Công nghệ đã nhận văn bản."},
};

static void add_stamp(struct record *r, const struct made_row *rows, int n)
{
    struct page p = made_page(rows, n);
    struct mark m = {
        .kind = xstrdup("stamp"), .box = {200, 300, 500, 300}, .conf_pct = 90};
    for (int i = 0; i < p.n_lines; i++)
        mark_take_line(&m, &p.lines[i]);
    p.n_lines = 0;
    page_clear(&p);
    page_take_mark(&r->pages[0], &m);
}

static struct record *stamped(const struct made_row *rows, int n)
{
    struct record *r = made_record("work");
    made_add(r, letter, (int)ARRAY_LEN(letter));
    add_stamp(r, rows, n);
    assert_ok(extract_fields(made_rules, r));
    return r;
}

static void arrival(void **state)
{
    static const struct made_row rows[] = {{LEFT, 400, "ĐẾN"},
                                           {LEFT, 445, "Số: 512"},
                                           {LEFT, 490, "Ngày: 23/4/2021"}};
    (void)state;
    struct record *r = stamped(rows, 3);
    assert_field(r, "arrival_number", "512");
    assert_field(r, "arrival_date", "2021-04-23");
    record_free(r);
}

/* Written by hand: a person reads it. */
static void arrival_by_hand(void **state)
{
    static const struct made_row rows[] = {{LEFT, 400, "ĐẾN"},
                                           {LEFT, 445, "Số: 5i2{40}"},
                                           {LEFT, 490, "Ngày: 23/14/2021"}};
    (void)state;
    struct record *r = stamped(rows, 3);
    assert_review(r, "arrival_number");
    assert_review(r, "arrival_date");
    record_free(r);
}

static void urgency(void **state)
{
    static const struct made_row rows[] = {{LEFT, 400, "HỎA TỐC"}};
    (void)state;
    struct record *r = stamped(rows, 1);
    assert_field(r, "urgency", "HỎA TỐC");
    assert_null(made_field(r, "arrival_number"));
    record_free(r);
}

/* What came in is a paper or a letter. */
static void arrival_of_a_paper(void **state)
{
    static const struct made_row rows[] = {{LEFT, 400, "VĂN BẢN ĐẾN"},
                                           {LEFT, 445, "Số: 512"}};
    (void)state;
    struct record *r = stamped(rows, 2);
    assert_field(r, "arrival_number", "512");
    record_free(r);
}

/* "SỞ" is no label, and a label may stand behind the word of arrival. */
static void labels_in_a_stamp(void **state)
{
    static const struct made_row rows[] = {{LEFT, 400, "SỞ KHOA HỌC"},
                                           {LEFT, 450, "Số: 2746"},
                                           {LEFT, 500, "ĐẾN Ngày: 16/9/2022"}};
    (void)state;
    struct record *r = stamped(rows, ARRAY_LEN(rows));
    assert_field(r, "arrival_number", "2746");
    assert_field(r, "arrival_date", "2022-09-16");
    record_free(r);
}

static void seal_and_signature(void **state)
{
    (void)state;
    struct record *r = made_record("work");
    made_add(r, letter, (int)ARRAY_LEN(letter));
    struct mark m = {
        .kind = xstrdup("seal"), .box = {900, 1500, 280, 280}, .conf_pct = 90};
    page_take_mark(&r->pages[0], &m);
    assert_ok(extract_fields(made_rules, r));
    assert_field(r, "seal", "red");
    assert_int_equal(made_field(r, "seal")->box.x, 900);
    assert_null(made_field(r, "signature"));
    record_free(r);
}

/* Seals on scans without colour. */
static void a_dark_seal(void **state)
{
    (void)state;
    struct record *r = made_record("work");
    made_add(r, letter, (int)ARRAY_LEN(letter));
    struct mark m = {.kind = xstrdup("seal"),
                     .box = {900, 1500, 280, 280},
                     .conf_pct = SEAL_DARK_PCT};
    page_take_mark(&r->pages[0], &m);
    assert_ok(extract_fields(made_rules, r));
    assert_field(r, "seal", "dark");
    record_free(r);
}

static void a_signature_in_black(void **state)
{
    static const struct made_row rows[] = {
        {FROM_LEFT, 1500, "Nơi nhận: Sở Khoa học và Công nghệ;"},
        {1240, 1500, "GIÁM ĐỐC"},
        {1240, 1800, "Lý Tuấn Hải"},
    };

    (void)state;
    for (int n = 1; n <= 3; n += 2) { /* without and with who signs */
        struct record *r = made_record("work");
        struct mark m = {.kind = xstrdup("signature"),
                         .box = {1100, 1600, 280, 180},
                         .conf_pct = SEAL_DARK_PCT};

        made_add(r, rows, n);
        page_take_mark(&r->pages[0], &m);
        assert_ok(extract_fields(made_rules, r));
        if (n == 1)
            assert_null(made_field(r, "signature"));
        else
            assert_field(r, "signature", "dark");
        record_free(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrival),
        cmocka_unit_test(arrival_by_hand),
        cmocka_unit_test(arrival_of_a_paper),
        cmocka_unit_test(urgency),
        cmocka_unit_test(labels_in_a_stamp),
        cmocka_unit_test(seal_and_signature),
        cmocka_unit_test(a_dark_seal),
        cmocka_unit_test(a_signature_in_black),
    };
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
