/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of the heading: number, date, place, agencies, type, subject. */
#include "pipeline/rules.h"
#include "unit/pipeline/made_page.h"

#define STATE {RIGHT, 140, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}
#define MOTTO {RIGHT, 190, "Độc lập - Tự do - Hạnh phúc"}

static const struct made_row decision[] = {
    {LEFT, 140, "UBND TỈNH BẮC KẠN"},
    STATE,
    {LEFT, 190, "SỞ KHOA HỌC VÀ CÔNG NGHỆ"},
    MOTTO,
    {LEFT, 260, "Số: 1968/QĐ-SKHCN"},
    {RIGHT, 290, "Bắc Kạn, ngày 08 tháng 11 năm 2020"},
    {MIDDLE, 420, "QUYẾT ĐỊNH"},
    {MIDDLE, 465, "Về việc ban hành Quy chế quản lý, sử dụng"},
    {MIDDLE, 510, "cơ sở dữ liệu chuyên ngành"},
    {MIDDLE, 600, "GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ"},
    {FROM_LEFT, 680, "Căn cứ Nghị định số 70/2019/NĐ-CP ngày 07 tháng 05"},
    {FROM_LEFT, 725, "năm 2020 của Chính phủ;"},
};

/* The decision with one row replaced. */
static struct record *with_row(int row, struct made_row other)
{
    struct made_row rows[ARRAY_LEN(decision)];
    memcpy(rows, decision, sizeof(rows));
    rows[row] = other;
    return made_fields("result", rows, (int)ARRAY_LEN(rows));
}

static void head_of_a_decision(void **state)
{
    (void)state;
    struct record *r = MADE("result", decision);
    assert_field(r, "number", "1968/QĐ-SKHCN");
    assert_field(r, "date", "2020-11-08");
    assert_field(r, "place", "Bắc Kạn");
    assert_field(r, "issuer", "SỞ KHOA HỌC VÀ CÔNG NGHỆ");
    assert_field(r, "parent_issuer", "UBND TỈNH BẮC KẠN");
    assert_field(r, "type", "Quyết định");
    assert_field(r, "subject", "Về việc ban hành Quy chế quản lý, sử dụng cơ "
                               "sở dữ liệu chuyên ngành");
    record_free(r);
}

static void boxes_are_those_of_the_words(void **state)
{
    (void)state;
    struct record *r = MADE("result", decision);
    const struct field *f = made_field(r, "number");
    assert_int_equal(f->page, 1);
    assert_int_equal(f->box.y, 260);
    assert_int_equal(f->box.h, MADE_HIGH);
    assert_int_equal(f->box.w, 13 * MADE_LETTER);
    assert_string_equal(f->rule, "head.number");
    assert_int_equal(f->conf_pct,
                     rules_right_pct(made_rules, "number", 95));
    f = made_field(r, "subject");
    assert_int_equal(f->box.y, 465);
    assert_int_equal(f->box.h, 45 + MADE_HIGH);
    record_free(r);
}

/* One recognised line holds both columns. */
static void columns_run_together(void **state)
{
    (void)state;
    struct record *r = MADE("result", decision);
    struct page *p = &r->pages[0];
    for (int i = 0; i < 2; i++) {
        struct line *left = &p->lines[2 * i], *right = &p->lines[2 * i + 1];
        while (right->n_words > 0) {
            struct word w = right->words[0];
            memmove(right->words, right->words + 1,
                    (size_t)--right->n_words * sizeof(w));
            line_take_word(left, &w);
        }
    }
    assert_ok(extract_fields(made_rules, r));
    assert_field(r, "issuer", "SỞ KHOA HỌC VÀ CÔNG NGHỆ");
    assert_field(r, "parent_issuer", "UBND TỈNH BẮC KẠN");
    record_free(r);
}

static void number_and_date_run_together(void **state)
{
    (void)state;
    static const struct made_row rows[] = {
        STATE,
        MOTTO,
        {LEFT, 140, "BỘ CÔNG AN"},
        {760, 290, "Số: 37/2026/TT-BCA Hà Nội, ngày 24 tháng 4 năm 2026"},
        {MIDDLE, 420, "THÔNG TƯ"},
    };
    struct record *r = MADE("work", rows);
    assert_field(r, "number", "37/2026/TT-BCA");
    assert_field(r, "place", "Hà Nội");
    assert_field(r, "date", "2026-04-24");
    assert_field(r, "issuer", "BỘ CÔNG AN");
    assert_field(r, "type", "Thông tư");
    record_free(r);
}

static void turned_pages_read_the_same(void **state)
{
    (void)state;
    static const int turns[] = {90, 180, 270};
    for (size_t i = 0; i < ARRAY_LEN(turns); i++) {
        struct record *r = made_record("result");
        struct page p = made_page(decision, (int)ARRAY_LEN(decision));
        made_turn(&p, turns[i]);
        record_take_page(r, &p);
        assert_ok(extract_fields(made_rules, r));
        assert_field(r, "number", "1968/QĐ-SKHCN");
        assert_field(r, "issuer", "SỞ KHOA HỌC VÀ CÔNG NGHỆ");
        assert_field(r, "date", "2020-11-08");
        assert_field(r, "type", "Quyết định");
        record_free(r);
    }
}

static void number_label_read_wrongly(void **state)
{
    (void)state;
    static const char *const labels[] = {"S6:", "Só:", "Sô:", "Số :", "SỐ:",
                                         ". Số:"};
    for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
        AUTO(free_char) char *text = xasprintf("%s 12/QĐ-SKHCN", labels[i]);
        struct record *r = with_row(4, (struct made_row){LEFT, 260, text});
        assert_field(r, "number", "12/QĐ-SKHCN");
        record_free(r);
    }
}

static void number_without_marks_is_spelled(void **state)
{
    (void)state;
    struct record *r =
        with_row(4, (struct made_row){LEFT, 260, "Số: 12/QD-UBND"});
    assert_field(r, "number", "12/QĐ-UBND");
    record_free(r);
    r = with_row(4, (struct made_row){LEFT, 260, "Số: 7/TTr- SKHCN"});
    assert_field(r, "number", "7/TTr-SKHCN");
    record_free(r);
}

static void number_by_hand_is_left_out(void **state)
{
    (void)state;
    static const char *const rows[] = {"Số: /QĐ-SKHCN", "Số: 147 /QĐ-SKHCN",
                                       "Số: ….. /QĐ-SKHCN", "Số:",
                                       "Số: Z7 /QĐ-SKHCN"};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct record *r =
            with_row(4, (struct made_row){LEFT, 260, rows[i]});
        assert_review(r, "number");
        assert_true(made_field(r, "number")->box.w > 0);
        assert_field(r, "type", "Quyết định");
        record_free(r);
    }
}

static void number_in_doubt_is_left_out(void **state)
{
    (void)state;
    struct record *r =
        with_row(4, (struct made_row){LEFT, 260, "Số: 4039/QĐ-SKHCN{66}"});
    assert_review(r, "number");
    assert_int_equal(made_field(r, "number")->conf_pct,
                     rules_right_pct(made_rules, "number", 66));
    record_free(r);
}

static void number_of_the_party(void **state)
{
    (void)state;
    static const struct made_row rows[] = {
        {LEFT, 140, "TỈNH ỦY AN GIANG"},
        {RIGHT, 140, "ĐẢNG CỘNG SẢN VIỆT NAM"},
        {LEFT, 200, "Số 33-CTr/TU"},
        {RIGHT, 200, "An Giang, ngày 21 tháng 5 năm 2015"},
        {MIDDLE, 330, "CHƯƠNG TRÌNH HÀNH ĐỘNG"},
    };
    struct record *r = MADE("work", rows);
    assert_field(r, "number", "33-CTr/TU");
    assert_field(r, "date", "2015-05-21");
    assert_field(r, "place", "An Giang");
    record_free(r);
}

static void agency_name_is_no_number(void **state)
{
    (void)state;
    static const struct made_row rows[] = {
        {LEFT, 140, "UBND TỈNH KIÊN GIANG"}, STATE,
        {LEFT, 190, "SỞ Y TẾ"},              MOTTO,
        {LEFT, 260, "Số: 15/SYT-NVY"},
    };
    struct record *r = MADE("work", rows);
    assert_field(r, "number", "15/SYT-NVY");
    assert_field(r, "issuer", "SỞ Y TẾ");
    record_free(r);
}

static void agency_in_two_rows(void **state)
{
    (void)state;
    static const struct made_row rows[] = {
        {LEFT, 140, "ỦY BAN NHÂN DÂN"}, STATE,
        {LEFT, 190, "TỈNH QUẢNG NGÃI"}, MOTTO,
        {LEFT, 260, "Số: 5/TB-UBND"},
    };
    struct record *r = MADE("work", rows);
    assert_field(r, "issuer", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI");
    assert_no_field(r, "parent_issuer");
    record_free(r);
}

static void agency_is_spelled(void **state)
{
    (void)state;
    struct record *r = with_row(
        2, (struct made_row){LEFT, 190, "SỞ KHOA HOC VÀ CÔNG NGHÊ{58}"});
    assert_field(r, "issuer", "SỞ KHOA HỌC VÀ CÔNG NGHỆ");
    record_free(r);
    r = with_row(0, (struct made_row){LEFT, 140, "TĨNH BẤC KẠN{50}"});
    assert_field(r, "parent_issuer", "TỈNH BẮC KẠN");
    record_free(r);
}

static void place_is_spelled(void **state)
{
    (void)state;
    struct record *r = with_row(
        5, (struct made_row){RIGHT, 290,
                             "Bác Kạn, ngày 8 tháng 11 năm 2020"});
    assert_field(r, "place", "Bắc Kạn");
    assert_field(r, "date", "2020-11-08");
    record_free(r);
}

static void a_place_with_a_letter_wrong_is_in_doubt(void **state)
{
    (void)state;
    struct record *r = with_row(
        5, (struct made_row){RIGHT, 290,
                             "Quảng Ngõi, ngày 8 tháng 11 năm 2020"});
    assert_review(r, "place");
    record_free(r);
    r = with_row(5, (struct made_row){RIGHT, 290,
                                      "Bắc Kọn, ngày 8 tháng 11 năm 2020"});
    assert_field(r, "place", "Bắc Kạn"); /* the agency is of there */
    record_free(r);
    r = with_row(5, (struct made_row){RIGHT, 290,
                                      "Biên Hòa, ngày 8 tháng 11 năm 2020"});
    assert_field(r, "place", "Biên Hòa");
    record_free(r);
}

static void impossible_days_are_left_out(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "Hà Nội, ngày 44 tháng 9 năm 2024", "Hà Nội, ngày 31 tháng 4 năm 2024",
        "Hà Nội, ngày 29 tháng 2 năm 2023", "Hà Nội, ngày 3 tháng 13 năm 2024",
        "Hà Nội, ngày tháng 9 năm 2024", "Hà Nội, ngày lồ tháng 9 năm 2024",
        "Hà Nội, ngày 0 tháng 9 năm 2024"};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct record *r =
            with_row(5, (struct made_row){RIGHT, 290, rows[i]});
        assert_review(r, "date");
        assert_field(r, "place", "Hà Nội");
        record_free(r);
    }
}

static void day_in_doubt_is_left_out(void **state)
{
    (void)state;
    struct record *r = with_row(
        5, (struct made_row){RIGHT, 290,
                             "Hà Nội, ngày 03{75} tháng 10 năm 2024"});
    assert_review(r, "date");
    record_free(r);
}

static void day_by_hand_is_left_out(void **state)
{
    (void)state;
    struct record *r = made_record("work");
    made_add(r, decision, (int)ARRAY_LEN(decision));
    struct line *l = &r->pages[0].lines[5];
    for (int i = 0; i < l->n_words; i++) {
        if (strcmp(l->words[i].text, "08") == 0) {
            l->words[i].box.y -= 12;
            l->words[i].box.h += 20;
        }
    }
    assert_ok(extract_fields(made_rules, r));
    assert_review(r, "date");
    assert_review(r, "number"); /* by the same pen, no doubt */
    record_free(r);
}

static void date_is_never_from_the_body(void **state)
{
    (void)state;
    struct record *r =
        with_row(5, (struct made_row){RIGHT, 290, "(Bản sao)"});
    assert_review(r, "date");
    record_free(r);
}

static void type_read_wrongly(void **state)
{
    (void)state;
    struct record *r =
        with_row(6, (struct made_row){MIDDLE, 420, "QUYÉT{40} ĐỊNH"});
    assert_field(r, "type", "Quyết định");
    record_free(r);
}

static void types_that_look_alike(void **state)
{
    (void)state;
    struct record *r =
        with_row(6, (struct made_row){MIDDLE, 420, "THÔNG BÁO"});
    assert_field(r, "type", "Thông báo");
    record_free(r);
    r = with_row(6, (struct made_row){MIDDLE, 420, "THÔNG CÁO"});
    assert_field(r, "type", "Thông cáo");
    record_free(r);
}

static void title_with_more_in_its_row(void **state)
{
    (void)state;
    struct record *r = with_row(
        6, (struct made_row){MIDDLE, 420, "GIẤY CHỨNG NHẬN ĐĂNG KÝ HOẠT ĐỘNG"});
    assert_field(r, "type", "Giấy chứng nhận");
    record_free(r);
}

static void subject_ends_at_a_gap(void **state)
{
    (void)state;
    static const struct made_row rows[] = {
        STATE,
        MOTTO,
        {LEFT, 260, "Số: 453/TB-UBND"},
        {MIDDLE, 420, "THÔNG BÁO"},
        {MIDDLE, 465, "Về việc treo cờ Tổ quốc"},
        {MIDDLE, 580, "Nhân dịp Đại hội đại biểu toàn quốc Mặt trận Tổ quốc"},
    };
    struct record *r = MADE("work", rows);
    assert_field(r, "subject", "Về việc treo cờ Tổ quốc");
    record_free(r);
}

static void subject_beside_a_stamp_is_left_out(void **state)
{
    (void)state;
    struct record *r = with_row(
        7, (struct made_row){MIDDLE - 60, 465,
                             "7iãIE0Z{0} Về việc ban hành Quy chế quản lý, sử "
                             "dụng"});
    assert_review(r, "subject");
    record_free(r);
}

static void subject_said_otherwise_is_left_out(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(decision) + 1];
    memcpy(rows, decision, sizeof(decision));
    rows[8].text = "cơ sớ dữ liệu chuyên ngành";
    rows[12] = (struct made_row){
        FROM_LEFT, 900,
        "về việc ban hành Quy chế quản lý, sử dụng cơ sở dữ liệu chuyên ngành"};
    struct record *r = MADE("work", rows);
    assert_review(r, "subject");
    record_free(r);
    /* A word alone in its row: its case could not be seen. */
    rows[8].text = "CƠ Sở dữ liệu chuyên ngành";
    r = MADE("work", rows);
    assert_field(r, "subject", "Về việc ban hành Quy chế quản lý, sử dụng cơ "
                               "sở dữ liệu chuyên ngành");
    record_free(r);
}

static void place_begins_with_a_capital(void **state)
{
    (void)state;
    struct record *r = with_row(
        5, (struct made_row){RIGHT, 290,
                             "kiên Giang, ngày 08 tháng 11 năm 2020"});
    assert_field(r, "place", "Kiên Giang");
    record_free(r);
}

static const struct made_row letter[] = {
    {LEFT, 140, "UBND TỈNH ĐỒNG NAI"},
    STATE,
    {LEFT, 190, "SỞ KHOA HỌC VÀ CÔNG NGHỆ"},
    MOTTO,
    {LEFT, 260, "Số: 1275/SKHCN-TTr"},
    {RIGHT, 290, "Đồng Nai, ngày 19 tháng 11 năm 2022"},
    {LEFT, 310, "V/v trả lời kiến nghị của"},
    {LEFT, 350, "doanh nghiệp về thủ tục"},
    {MIDDLE, 480, "Kính gửi: Viện Nghiên cứu Ứng dụng Vật liệu mới."},
    {FROM_LEFT, 560, "Sở Khoa học và Công nghệ nhận được Văn bản số 508/CV-PA"},
};

static void official_letter(void **state)
{
    (void)state;
    struct record *r = MADE("result", letter);
    assert_field(r, "type", "Công văn");
    assert_field(r, "number", "1275/SKHCN-TTr");
    assert_field(r, "subject",
                 "trả lời kiến nghị của doanh nghiệp về thủ tục");
    assert_field(r, "date", "2022-11-19");
    record_free(r);
}

static void type_by_the_notation(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(decision)];
    memcpy(rows, decision, sizeof(rows));
    rows[6].text = "7s.";
    struct record *r = MADE("work", rows);
    assert_field(r, "type", "Quyết định");
    assert_string_equal(made_field(r, "type")->rule, "head.notation");
    record_free(r);
}

static void urgency_of_a_stamp(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(letter) + 1];
    memcpy(rows, letter, sizeof(letter));
    rows[ARRAY_LEN(letter)] = (struct made_row){LEFT, 410, "HỎA TÓC"};
    struct record *r = MADE("work", rows);
    assert_field(r, "urgency", "HỎA TỐC");
    record_free(r);
    r = MADE("work", letter);
    assert_no_field(r, "urgency");
    record_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(head_of_a_decision),
        cmocka_unit_test(boxes_are_those_of_the_words),
        cmocka_unit_test(columns_run_together),
        cmocka_unit_test(number_and_date_run_together),
        cmocka_unit_test(turned_pages_read_the_same),
        cmocka_unit_test(number_label_read_wrongly),
        cmocka_unit_test(number_without_marks_is_spelled),
        cmocka_unit_test(number_by_hand_is_left_out),
        cmocka_unit_test(number_in_doubt_is_left_out),
        cmocka_unit_test(number_of_the_party),
        cmocka_unit_test(agency_name_is_no_number),
        cmocka_unit_test(agency_in_two_rows),
        cmocka_unit_test(agency_is_spelled),
        cmocka_unit_test(place_is_spelled),
        cmocka_unit_test(a_place_with_a_letter_wrong_is_in_doubt),
        cmocka_unit_test(impossible_days_are_left_out),
        cmocka_unit_test(day_in_doubt_is_left_out),
        cmocka_unit_test(day_by_hand_is_left_out),
        cmocka_unit_test(date_is_never_from_the_body),
        cmocka_unit_test(type_read_wrongly),
        cmocka_unit_test(types_that_look_alike),
        cmocka_unit_test(title_with_more_in_its_row),
        cmocka_unit_test(subject_ends_at_a_gap),
        cmocka_unit_test(subject_beside_a_stamp_is_left_out),
        cmocka_unit_test(subject_said_otherwise_is_left_out),
        cmocka_unit_test(place_begins_with_a_capital),
        cmocka_unit_test(official_letter),
        cmocka_unit_test(type_by_the_notation),
        cmocka_unit_test(urgency_of_a_stamp),
    };
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
