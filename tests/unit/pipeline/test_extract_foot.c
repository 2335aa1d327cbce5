/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The foot: signer, title, recipients. And what keeps and what goes when the
 * fields of a record are found again. */
#include "unit/pipeline/made_page.h"

#define FOOT_RIGHT 1240

static const struct made_row foot[] = {
    {FROM_LEFT, 500, "Sở Khoa học và Công nghệ thông tin để Quý đơn vị biết."},
    {FROM_LEFT, 1500, "Nơi nhận:"},
    {FOOT_RIGHT, 1500, "KT. GIÁM ĐỐC"},
    {FROM_LEFT, 1545, "- Như trên;"},
    {FOOT_RIGHT, 1545, "PHÓ GIÁM ĐỐC"},
    {FROM_LEFT, 1590, "- Giám đốc Sở (để báo cáo);"},
    {FROM_LEFT, 1635, "- Lưu: VT, QLCN."},
    {FOOT_RIGHT, 1800, "Lý Tuấn Hải"},
};

static struct record *with_row(int row, struct made_row other)
{
    struct made_row rows[ARRAY_LEN(foot)];
    memcpy(rows, foot, sizeof(rows));
    rows[row] = other;
    return made_fields("result", rows, (int)ARRAY_LEN(rows));
}

static void foot_of_a_letter(void **state)
{
    (void)state;
    struct record *r = MADE("result", foot);
    assert_field(r, "signer", "Lý Tuấn Hải");
    assert_field(r, "signer_title", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC");
    assert_field(r, "recipients",
                 "Như trên; Giám đốc Sở (để báo cáo); Lưu: VT, QLCN");
    record_free(r);
}

/* A dash that was lost, and who typed it. */
static void items_of_the_list(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(foot)];
    memcpy(rows, foot, sizeof(rows));
    rows[5].text = "Giám đốc Sở (để báo cáo);";
    rows[6].text = "- Lưu: VT, QLCN (2). hoa{30}";
    struct record *r = MADE("result", rows);
    assert_field(r, "recipients",
                 "Như trên; Giám đốc Sở (để báo cáo); Lưu: VT, QLCN (2)");
    record_free(r);
}

static void titles_are_spelled(void **state)
{
    (void)state;
    struct record *r =
        with_row(4, (struct made_row){FOOT_RIGHT, 1545, "PHÓ GIẢM ĐÓC{50}"});
    assert_field(r, "signer_title", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC");
    record_free(r);
}

/* A title that is too long for a row; a name under it is none of it. */
static void titles_go_on_in_the_next_row(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(foot) + 1];
    memcpy(rows, foot, sizeof(foot));
    rows[2].text = "TUQ. GIÁM ĐỐC";
    rows[4].text = "TRƯỞNG PHÒNG QUẢN LÝ";
    rows[8] = (struct made_row){FOOT_RIGHT, 1590, "KHOA HỌC"};
    struct record *r = made_fields("result", rows, (int)ARRAY_LEN(rows));
    assert_field(r, "signer_title",
                 "TUQ. GIÁM ĐỐC, TRƯỞNG PHÒNG QUẢN LÝ KHOA HỌC");
    assert_field(r, "signer", "Lý Tuấn Hải");
    record_free(r);
    rows[2].text = "GIÁM ĐỐC";
    rows[4].text = "NGUYỄN VĂN AN";
    r = made_fields("result", rows, 7);
    assert_field(r, "signer_title", "GIÁM ĐỐC");
    assert_field(r, "signer", "Nguyễn Văn An");
    record_free(r);
}

/* The titles where two rows stand at the place of them. */
static struct record *with_titles(const char *first, const char *second)
{
    struct made_row rows[ARRAY_LEN(foot)];
    memcpy(rows, foot, sizeof(rows));
    rows[2].text = first;
    rows[4].text = second;
    return made_fields("result", rows, (int)ARRAY_LEN(rows));
}

static void what_a_seal_leaves_of_a_title(void **state)
{
    (void)state;
    struct record *r = with_titles("KT. GIÁM ĐỐC", "22 Ổ ÁM ĐỐC{40}");
    assert_field(r, "signer_title", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC");
    record_free(r);
    r = with_titles("KT. BỘ TRƯỞNG", "Ứ TRƯỞNG");
    assert_field(r, "signer_title", "KT. BỘ TRƯỞNG, THỨ TRƯỞNG");
    record_free(r);
    /* who signs for another has a title of his own */
    r = with_titles("KT. GIÁM ĐỐC", "---");
    assert_review(r, "signer_title");
    record_free(r);
    /* a deputy signs: "KT." was written by hand */
    r = with_titles("GIÁM ĐỐC", "22 Ổ ÁM ĐỐC{40}");
    assert_review(r, "signer_title");
    record_free(r);
    r = with_titles("GIÁM ĐỐC C", "---");
    assert_review(r, "signer_title");
    record_free(r);
    r = with_titles("GIÁM ĐỐC", "---");
    assert_field(r, "signer_title", "GIÁM ĐỐC");
    record_free(r);
    /* nobody signs for himself; a deputy, or a title twice, lacks its "KT." */
    r = with_titles("KT. THỦ TƯỚNG", "THỦ TƯỚNG");
    assert_field(r, "signer_title", "KT. THỦ TƯỚNG, PHÓ THỦ TƯỚNG");
    record_free(r);
    r = with_titles("THỦ TƯỚNG", "THỦ TƯỚNG");
    assert_review(r, "signer_title");
    record_free(r);
    r = with_titles("---", "PHÓ GIÁM ĐỐC");
    assert_review(r, "signer_title");
    record_free(r);
}

static void titles_of_other_offices(void **state)
{
    (void)state;
    struct record *r = with_row(
        2, (struct made_row){FOOT_RIGHT, 1500, "KT. BỘ TRƯỞNG, CHỦ NHIỆM"});
    assert_field(r, "signer_title", "KT. BỘ TRƯỞNG, CHỦ NHIỆM, PHÓ GIÁM ĐỐC");
    record_free(r);
    r = with_row(4, (struct made_row){FOOT_RIGHT, 1545, "THỨ TRƯƠNG"});
    assert_field(r, "signer_title", "KT. GIÁM ĐỐC, THỨ TRƯỞNG");
    record_free(r);
    r = with_row(4, (struct made_row){FOOT_RIGHT, 1545, "THỦ TƯỚNG"});
    assert_field(r, "signer_title", "KT. GIÁM ĐỐC, THỦ TƯỚNG");
    record_free(r);
    r = with_row(2, (struct made_row){FOOT_RIGHT, 1500, "TUQ.GIÁM ĐỐC"});
    assert_field(r, "signer_title", "TUQ. GIÁM ĐỐC, PHÓ GIÁM ĐỐC");
    record_free(r);
}

static void names_that_nobody_bears_are_left_out(void **state)
{
    (void)state;
    static const char *const names[] = {"1ý Tuấn Hải", "Hã Thị Lê Vân",
                                        "Đáng Eim Tú", "Tạ Ngcc Linh",
                                        "Huỳnh fuấn Sơn", "Vĩ: Thị Sơn"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct record *r =
            with_row(7, (struct made_row){FOOT_RIGHT, 1800, names[i]});
        assert_review(r, "signer");
        record_free(r);
    }
}

static void a_name_without_its_family_is_left_out(void **state)
{
    (void)state;
    struct record *r =
        with_row(7, (struct made_row){FOOT_RIGHT, 1800, "Tuấn Yến"});
    assert_review(r, "signer");
    assert_true(made_field(r, "signer")->conf_pct <= 50);
    record_free(r);
}

/* Only one family name has these letters. */
static void family_name_without_its_mark(void **state)
{
    (void)state;
    struct record *r =
        with_row(7, (struct made_row){FOOT_RIGHT, 1800, "Trấn Minh Nghĩa"});
    assert_field(r, "signer", "Trần Minh Nghĩa");
    record_free(r);
}

static void names_with_degrees(void **state)
{
    (void)state;
    struct record *r =
        with_row(7, (struct made_row){FOOT_RIGHT, 1800, "TS. Lê Thị Hoa"});
    assert_field(r, "signer", "Lê Thị Hoa");
    record_free(r);
}

static void name_read_with_doubt_is_left_out(void **state)
{
    (void)state;
    struct record *r =
        with_row(7, (struct made_row){FOOT_RIGHT, 1800, "Lý Tuấn{30} Hải"});
    assert_review(r, "signer");
    record_free(r);
}

static void name_on_the_next_page(void **state)
{
    (void)state;
    struct record *r = made_record("result");
    struct made_row rows[ARRAY_LEN(foot) - 1];
    memcpy(rows, foot, sizeof(rows));
    for (size_t i = 1; i < ARRAY_LEN(rows); i++)
        rows[i].y += 500;
    static const struct made_row second[] = {{FOOT_RIGHT, 200, "Tạ Khánh Uyên"}};
    made_add(r, rows, (int)ARRAY_LEN(rows));
    made_add(r, second, 1);
    assert_ok(extract_fields(made_rules, r));
    assert_field(r, "signer", "Tạ Khánh Uyên");
    assert_int_equal(made_field(r, "signer")->page, 2);
    record_free(r);
}

static void authority_in_the_middle_signs_nothing(void **state)
{
    (void)state;
    static const struct made_row rows[] = {
        {MIDDLE, 600, "GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ"},
        {FROM_LEFT, 700, "Căn cứ Luật Năng lượng nguyên tử;"},
    };
    struct record *r = MADE("result", rows);
    assert_no_field(r, "signer_title");
    assert_review(r, "signer");
    record_free(r);
}

static void list_without_an_end_is_left_out(void **state)
{
    (void)state;
    struct record *r =
        with_row(6, (struct made_row){FROM_LEFT, 1635, "- Sở Nội vụ;"});
    assert_review(r, "recipients");
    record_free(r);
}

static void blank_document_has_no_fields(void **state)
{
    (void)state;
    struct record *r = made_record("result");
    struct page p = {.width_px = 100, .height_px = 100, .dpi_x = 200};
    record_take_page(r, &p);
    assert_ok(extract_fields(made_rules, r));
    assert_int_equal(r->n_fields, 0);
    record_free(r);
}

static void add_field(struct record *r, const char *name, const char *rule,
                      const char *state)
{
    struct field f = {.name = xstrdup(name),
                      .value = xstrdup("kept"),
                      .rule = xstrdup(rule),
                      .state = xstrdup(state)};
    record_take_field(r, &f);
}

static void confirmed_fields_stay(void **state)
{
    (void)state;
    struct record *r = made_record("result");
    made_add(r, foot, (int)ARRAY_LEN(foot));
    add_field(r, "signer", "foot.signer", "confirmed");
    add_field(r, "seal", "other.seal", "sure");
    add_field(r, "recipients", "foot.recipients", "sure");
    assert_ok(extract_fields(made_rules, r));
    assert_string_equal(made_field(r, "signer")->value, "kept");
    assert_string_equal(made_field(r, "seal")->value, "kept");
    assert_string_not_equal(made_field(r, "recipients")->value, "kept");
    record_free(r);
}

static void twice_gives_the_same(void **state)
{
    (void)state;
    struct record *r = MADE("result", foot);
    json_t *first = record_to_json(r);
    assert_ok(extract_fields(made_rules, r));
    json_t *second = record_to_json(r);
    assert_true(json_equal(first, second));
    json_decref(first);
    json_decref(second);
    record_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foot_of_a_letter),
        cmocka_unit_test(items_of_the_list),
        cmocka_unit_test(titles_are_spelled),
        cmocka_unit_test(what_a_seal_leaves_of_a_title),
        cmocka_unit_test(titles_of_other_offices),
        cmocka_unit_test(titles_go_on_in_the_next_row),
        cmocka_unit_test(names_that_nobody_bears_are_left_out),
        cmocka_unit_test(a_name_without_its_family_is_left_out),
        cmocka_unit_test(family_name_without_its_mark),
        cmocka_unit_test(names_with_degrees),
        cmocka_unit_test(name_read_with_doubt_is_left_out),
        cmocka_unit_test(name_on_the_next_page),
        cmocka_unit_test(authority_in_the_middle_signs_nothing),
        cmocka_unit_test(list_without_an_end_is_left_out),
        cmocka_unit_test(blank_document_has_no_fields),
        cmocka_unit_test(confirmed_fields_stay),
        cmocka_unit_test(twice_gives_the_same),
    };
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
