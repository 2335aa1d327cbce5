/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of procedures: applicant, procedure, case code, expiry. */
#include "unit/pipeline/made_page.h"

static const struct made_row permit[] = {
    {RIGHT, 140, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
    {RIGHT, 190, "Độc lập - Tự do - Hạnh phúc"},
    {LEFT, 260, "Số: 247/GP-SKHCN"},
    {MIDDLE, 380, "GIẤY PHÉP"},
    {MIDDLE, 425, "Tiến hành công việc bức xạ (Sử dụng thiết bị X-quang"},
    {MIDDLE, 470, "chẩn đoán trong y tế)"},
    {FROM_LEFT, 600, "Xét đơn đề nghị của Trung tâm Y tế Vĩnh Cửu và hồ sơ,"},
    {MIDDLE, 650, "CẤP PHÉP CHO:"},
    {FROM_LEFT, 700, "1. Tổ chức: Trung tâm Y tế Vĩnh Cửu"},
    {FROM_LEFT, 745, "- Địa chỉ: Số 828, đường Phạm Văn Thuận"},
    {FROM_LEFT, 790, "4. Giấy phép này có giá trị đến ngày 02/07/2025."},
};

static struct record *with_row(int row, struct made_row other)
{
    struct made_row rows[ARRAY_LEN(permit)];
    memcpy(rows, permit, sizeof(rows));
    rows[row] = other;
    return made_fields("result", rows, (int)ARRAY_LEN(rows));
}

static void fields_of_a_permit(void **state)
{
    (void)state;
    struct record *r = MADE("result", permit);
    assert_field(r, "type", "Giấy phép");
    assert_field(r, "applicant", "Trung tâm Y tế Vĩnh Cửu");
    assert_field(r, "expires", "2025-07-02");
    assert_field(r, "procedure", "1.002381");
    record_free(r);
}

static void applicant_said_otherwise_is_left_out(void **state)
{
    (void)state;
    struct record *r = with_row(
        8, (struct made_row){FROM_LEFT, 700,
                             "1. Tổ chức: Trung tâm Y tê Vĩnh Cửu"});
    assert_review(r, "applicant");
    record_free(r);
}

static void applicant_said_twice_needs_less(void **state)
{
    (void)state;
    struct record *r = with_row(
        8, (struct made_row){FROM_LEFT, 700,
                             "1. Tổ chức: Trung tâm Y{50} tế Vĩnh Cửu"});
    assert_field(r, "applicant", "Trung tâm Y tế Vĩnh Cửu");
    record_free(r);
}

static void applicant_of_two_rows(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(permit)];
    memcpy(rows, permit, sizeof(rows));
    rows[8].text = "Tên tổ chức: Công ty TNHH Một thành viên Sản xuất Thiết bị và Công";
    rows[9].text = "nghệ Y tế Hòa Bình";
    struct record *r = MADE("result", rows);
    assert_field(r, "applicant", "Công ty TNHH Một thành viên Sản xuất Thiết bị "
                                 "và Công nghệ Y tế Hòa Bình");
    record_free(r);
}

static void letters_have_no_applicant(void **state)
{
    (void)state;
    struct record *r = with_row(3, (struct made_row){MIDDLE, 380, "BÁO CÁO"});
    assert_no_field(r, "applicant");
    assert_no_field(r, "expires");
    record_free(r);
}

static void printed_procedure_code(void **state)
{
    (void)state;
    struct record *r = with_row(
        9, (struct made_row){FROM_LEFT, 745, "- Mã thủ tục: 2.002379"});
    assert_field(r, "procedure", "2.002379");
    record_free(r);
}

static void case_code_over_two_rows(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(permit)];
    memcpy(rows, permit, sizeof(rows));
    rows[8].text = "nộp qua Cổng Dịch vụ công, mã hồ sơ 000.00.52.H27-";
    rows[9].text = "214960-7539, thuộc thủ tục";
    struct record *r = MADE("work", rows);
    assert_field(r, "case_code", "000.00.52.H27-214960-7539");
    record_free(r);
}

static void two_case_codes_are_for_a_person(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(permit)];
    memcpy(rows, permit, sizeof(rows));
    rows[8].text = "mã hồ sơ 000.00.52.H27-214960-7539 và";
    rows[9].text = "mã hồ sơ 000.00.52.H27-214960-7540";
    struct record *r = MADE("work", rows);
    assert_review(r, "case_code");
    record_free(r);
}

static void new_case_codes(void **state)
{
    (void)state;
    struct record *r = with_row(
        9, (struct made_row){FROM_LEFT, 745, "Mã hồ sơ: H19.12-220314-0042"});
    assert_field(r, "case_code", "H19.12-220314-0042");
    record_free(r);
}

/* A certificate: everything on the middle axis, day and name at the foot. */
static void certificate(void **state)
{
    (void)state;
    static const struct made_row rows[] = {
        {MIDDLE, 140, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
        {MIDDLE, 190, "Độc lập - Tự do - Hạnh phúc"},
        {MIDDLE, 320, "GIẤY CHỨNG NHẬN"},
        {MIDDLE, 365, "ĐĂNG KÝ HOẠT ĐỘNG KHOA HỌC VÀ CÔNG NGHỆ"},
        {MIDDLE, 410, "Số: 35/ĐK-KHCN"},
        {MIDDLE, 470, "SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH ĐỒNG NAI"},
        {MIDDLE, 520, "CHỨNG NHẬN:"},
        {FROM_LEFT, 580, "Tên tổ chức: Viện Nghiên cứu Vật liệu mới"},
        {FROM_LEFT, 630, "Có giá trị đến ngày 12 tháng 10 năm 2027."},
        {1240, 900, "Đồng Nai, ngày 12 tháng 10 năm"},
        {1240, 945, "2022"},
        {1240, 990, "GIÁM ĐỐC"},
        {1240, 1200, "Phạm Thị Thúy Hằng"},
    };
    struct record *r = MADE("result", rows);
    assert_field(r, "number", "35/ĐK-KHCN");
    assert_field(r, "type", "Giấy chứng nhận");
    assert_field(r, "subject", "ĐĂNG KÝ HOẠT ĐỘNG KHOA HỌC VÀ CÔNG NGHỆ");
    assert_field(r, "issuer", "SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH ĐỒNG NAI");
    assert_field(r, "applicant", "Viện Nghiên cứu Vật liệu mới");
    assert_field(r, "procedure", "1.001786");
    assert_field(r, "expires", "2027-10-12");
    assert_field(r, "date", "2022-10-12");
    assert_field(r, "place", "Đồng Nai");
    assert_field(r, "signer", "Phạm Thị Thúy Hằng");
    record_free(r);
}

/* On a page that was read badly free text has to be read better. */
static void badly_read_page(void **state)
{
    (void)state;
    struct record *r = made_record("result");
    made_add(r, permit, (int)ARRAY_LEN(permit));
    r->pages[0].lines[4].words[0].conf_pct = 85;
    assert_ok(extract_fields(made_rules, r));
    assert_non_null(made_field(r, "subject")->value);
    r->pages[0].confidence_pct = 90;
    assert_ok(extract_fields(made_rules, r));
    assert_review(r, "subject");
    assert_field(r, "number", "247/GP-SKHCN");
    record_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_of_a_permit),
        cmocka_unit_test(applicant_said_otherwise_is_left_out),
        cmocka_unit_test(applicant_said_twice_needs_less),
        cmocka_unit_test(applicant_of_two_rows),
        cmocka_unit_test(letters_have_no_applicant),
        cmocka_unit_test(printed_procedure_code),
        cmocka_unit_test(case_code_over_two_rows),
        cmocka_unit_test(two_case_codes_are_for_a_person),
        cmocka_unit_test(new_case_codes),
        cmocka_unit_test(certificate),
        cmocka_unit_test(badly_read_page),
    };
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
