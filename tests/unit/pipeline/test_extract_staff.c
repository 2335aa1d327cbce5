/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staff papers: the items of a CV, and telling such papers by their form. */
#include "unit/pipeline/made_page.h"

static const struct made_row cv[] = {
    {FROM_LEFT, 140, "Mẫu 2C-BNV/2008 ban hành kèm theo Quyết định số 02/2008"},
    {FROM_LEFT, 190, "Cơ quan, đơn vị có thẩm quyền quản lý CBCC: UBND tỉnh X"},
    {FROM_LEFT, 235, "Cơ quan, đơn vị sử dụng CBCC: Sở Khoa học và Công nghệ"},
    {FROM_LEFT, 280, "Số hiệu cán bộ, công chức: 75.463.3279"},
    {MIDDLE, 330, "SƠ YẾU LÝ LỊCH CÁN BỘ, CÔNG CHỨC"},
    {FROM_LEFT, 400, "1) Họ và tên khai sinh (viết chữ in hoa): TẠ HỮU XUYẾN"},
    {FROM_LEFT, 445, "2) Tên gọi khác: Không"},
    {FROM_LEFT, 490, "3) Sinh ngày 10 tháng 09 năm 1976, Giới tính: Nữ"},
    {FROM_LEFT, 535, "4) Nơi sinh: xã Xuân Định, huyện Xuân Lộc"},
    {FROM_LEFT, 580, "5) Quê quán: phường Thanh Bình, thành phố Biên Hòa, nay là tỉnh"},
    {FROM_LEFT, 625, "Thừa Thiên Huế"},
    {FROM_LEFT, 670, "6) Dân tộc: Kinh 7) Tôn giáo: Không"},
    {FROM_LEFT, 715, "12) Chức vụ hiện tại: Phó Trưởng phòng"},
    {FROM_LEFT, 760, "14) Ngạch công chức: Chuyên viên, Mã ngạch: 01.003; Bậc"},
    {FROM_LEFT, 805, "lương: 3, Hệ số: 2,34"},
    {FROM_LEFT, 850, "15.2) Trình độ chuyên môn cao nhất: Đại học, Vật lý"},
    {FROM_LEFT, 895, "17) Ngày vào Đảng Cộng sản Việt Nam: 01/04/2012, Ngày"},
    {FROM_LEFT, 940, "chính thức: 06/11/2013"},
    {FROM_LEFT, 985, "24) Số chứng minh nhân dân/căn cước công dân: "
                     "075365651463, Ngày cấp: 20/06/2021"},
    {FROM_LEFT, 1030, "25) Số sổ BHXH: 7523965344"},
    {1240, 1300, "Bình Phước, ngày 14 tháng 04 năm 2019"},
    {1240, 1345, "Người khai"},
    {1240, 1500, "Tạ Hữu Xuyến"},
};

static struct record *with_row(int row, struct made_row other)
{
    struct made_row rows[ARRAY_LEN(cv)];
    memcpy(rows, cv, sizeof(rows));
    rows[row] = other;
    return made_fields("staff", rows, (int)ARRAY_LEN(rows));
}

static void items_of_a_cv(void **state)
{
    (void)state;
    struct record *r = MADE("staff", cv);
    assert_field(r, "person", "Tạ Hữu Xuyến");
    assert_field(r, "birth_date", "1976-09-10");
    assert_field(r, "sex", "Nữ");
    assert_field(r, "birth_place", "xã Xuân Định, huyện Xuân Lộc");
    assert_field(r, "staff_code", "75.463.3279");
    assert_field(r, "citizen_id", "075365651463");
    assert_field(r, "insurance_code", "7523965344");
    assert_field(r, "rank", "Chuyên viên");
    assert_field(r, "rank_code", "01.003");
    assert_field(r, "position", "Phó Trưởng phòng");
    assert_field(r, "degree", "Đại học, Vật lý");
    assert_field(r, "party_date", "2012-04-01");
    assert_field(r, "party_official_date", "2013-11-06");
    assert_field(r, "issuer", "Sở Khoa học và Công nghệ");
    record_free(r);
}

static void values_go_on_in_the_next_row(void **state)
{
    (void)state;
    struct record *r = MADE("staff", cv);
    assert_field(r, "home",
                 "phường Thanh Bình, thành phố Biên Hòa, nay là tỉnh Thừa "
                 "Thiên Huế");
    record_free(r);
}

static void what_a_form_is(void **state)
{
    (void)state;
    struct record *r = MADE("staff", cv);
    assert_field(r, "type", "Sơ yếu lý lịch");
    assert_field(r, "subject", "SƠ YẾU LÝ LỊCH CÁN BỘ, CÔNG CHỨC");
    assert_field(r, "form", "2C-BNV/2008");
    assert_field(r, "component", "so-yeu-ly-lich");
    assert_no_field(r, "number");
    record_free(r);
}

static void date_and_name_above_the_signature(void **state)
{
    (void)state;
    struct record *r = MADE("staff", cv);
    assert_field(r, "date", "2019-04-14");
    assert_field(r, "place", "Bình Phước");
    assert_field(r, "signer", "Tạ Hữu Xuyến");
    record_free(r);
}

static void names_that_differ_in_marks(void **state)
{
    (void)state;
    struct record *r =
        with_row(22, (struct made_row){1240, 1500, "Tạ Hữu Xuyên{70}"});
    assert_field(r, "person", "Tạ Hữu Xuyến");
    assert_field(r, "signer", "Tạ Hữu Xuyến");
    record_free(r);
    /* both are as clear */
    r = with_row(22, (struct made_row){1240, 1500, "Tạ Hữu Xuyên"});
    assert_review(r, "signer");
    record_free(r);
}

static void wrong_length_of_a_citizen_id(void **state)
{
    (void)state;
    static const char *const ids[] = {"07536565146", "0753656514630",
                                      "07536565I463", "075365651463{70}"};
    for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
        AUTO(free_char) char *text = xasprintf("24) Số CCCD: %s", ids[i]);
        struct record *r =
            with_row(18, (struct made_row){FROM_LEFT, 985, text});
        assert_review(r, "citizen_id");
        record_free(r);
    }
}

static void other_ways_to_say_a_birth_date(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "3) Ngày sinh: 10/09/1976", "3. Sinh ngày: 10/9/1976",
        "3) Ngày, tháng, năm sinh: 10-09-1976",
        "3) Sinh ngày 10 tháng 9 năm 1976"};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct record *r =
            with_row(7, (struct made_row){FROM_LEFT, 490, rows[i]});
        assert_field(r, "birth_date", "1976-09-10");
        record_free(r);
    }
}

static void labels_without_marks(void **state)
{
    (void)state;
    struct record *r = with_row(
        5, (struct made_row){FROM_LEFT, 400,
                             "1) Ho và tên khai sinh: TẠ HỮU XUYẾN"});
    assert_field(r, "person", "Tạ Hữu Xuyến");
    record_free(r);
}

static void form_tells_whatever_the_kind(void **state)
{
    (void)state;
    struct record *r = MADE("result", cv);
    struct staff_form form;
    assert_true(extract_staff_form(made_rules, r, &form));
    assert_true(form.tells);
    assert_string_equal(form.code, "2C-BNV/2008");
    assert_string_equal(form.component, "so-yeu-ly-lich");
    assert_int_equal(form.page, 1);
    assert_field(r, "person", "Tạ Hữu Xuyến");
    record_free(r);
}

/* Whether a page with this row, high up, is a staff form that tells. */
static bool tells(int axis, const char *text)
{
    struct record *r = made_record("work");
    const struct made_row rows[] = {
        {axis, 300, text},
        {FROM_LEFT, 400, "Họ và tên: Nguyễn Văn An"},
    };
    made_add(r, rows, 2);
    struct staff_form form;
    bool found = extract_staff_form(made_rules, r, &form) && form.tells;
    record_free(r);
    return found;
}

static void forms_by_their_titles(void **state)
{
    (void)state;
    assert_true(tells(MIDDLE, "BẢN TỰ KIỂM ĐIỂM"));
    assert_true(tells(MIDDLE, "SƠ YÊU LÝ LICH"));
    assert_true(tells(MIDDLE, "PHIẾU BỔ SUNG LÝ LỊCH VIÊN CHỨC"));
    assert_true(tells(MIDDLE, "PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG VIÊN CHỨC"));
    assert_true(tells(MIDDLE, "GIẤY KHAI SINH"));
    assert_true(tells(MIDDLE, "BẢN KÊ KHAI TÀI SẢN, THU NHẬP"));
    assert_true(tells(MIDDLE, "Mẫu HS02-VC/BNV"));
    assert_true(tells(FROM_LEFT, "HS01-VC/BNV"));
}

static void papers_that_speak_of_forms(void **state)
{
    (void)state;
    assert_false(tells(FROM_LEFT, "nộp Sơ yếu lý lịch theo mẫu 2C-BNV/2008 cho "
                                  "phòng Tổ chức cán bộ"));
    assert_false(tells(MIDDLE, "Về việc kê khai sơ yếu lý lịch"));
    assert_false(tells(MIDDLE, "QUYẾT ĐỊNH"));
    assert_false(tells(MIDDLE, "GIẤY CHỨNG NHẬN"));
    assert_false(tells(MIDDLE, "CHỨNG CHỈ"));
}

static void form_on_a_later_page(void **state)
{
    (void)state;
    static const struct made_row cover[] = {{MIDDLE, 300, "DANH SÁCH KÈM THEO"}};
    struct record *r = made_record("work");
    made_add(r, cover, 1);
    made_add(r, cv, (int)ARRAY_LEN(cv));
    struct staff_form form;
    assert_true(extract_staff_form(made_rules, r, &form));
    assert_int_equal(form.page, 2);
    record_free(r);
}

static void person_of_a_decision(void **state)
{
    (void)state;
    static const struct made_row rows[] = {
        {MIDDLE, 420, "QUYẾT ĐỊNH"},
        {MIDDLE, 465, "Về việc bổ nhiệm ông Nguyễn Văn An giữ chức vụ"},
    };
    struct record *r = MADE("staff", rows);
    assert_field(r, "person", "Nguyễn Văn An");
    record_free(r);
    r = MADE("result", rows);
    assert_no_field(r, "person");
    record_free(r);
    static const struct made_row with_mentor[] = {
        {MIDDLE, 420, "QUYẾT ĐỊNH"},
        {MIDDLE, 465, "Về việc tuyển dụng viên chức"},
        {FROM_LEFT, 600, "Điều 1. Tuyển dụng bà Nguyễn Thị Hoa vào làm việc."},
        {FROM_LEFT, 660, "Người hướng dẫn tập sự: ông Nguyễn Văn An."},
    };
    r = MADE("staff", with_mentor);
    assert_field(r, "person", "Nguyễn Thị Hoa");
    record_free(r);
}

static void code_and_name_in_one_line(void **state)
{
    (void)state;
    static const struct made_row rows[] = {
        {MIDDLE, 420, "PHIẾU BỔ SUNG LÝ LỊCH VIÊN CHỨC"},
        {FROM_LEFT, 500, "Họ và tên: NGUYỄN VĂN AN. Số hiệu: 97.412.0117"},
    };
    struct record *r = MADE("staff", rows);
    assert_field(r, "person", "Nguyễn Văn An");
    assert_field(r, "staff_code", "97.412.0117");
    record_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_of_a_cv),
        cmocka_unit_test(values_go_on_in_the_next_row),
        cmocka_unit_test(what_a_form_is),
        cmocka_unit_test(date_and_name_above_the_signature),
        cmocka_unit_test(names_that_differ_in_marks),
        cmocka_unit_test(wrong_length_of_a_citizen_id),
        cmocka_unit_test(other_ways_to_say_a_birth_date),
        cmocka_unit_test(labels_without_marks),
        cmocka_unit_test(form_tells_whatever_the_kind),
        cmocka_unit_test(forms_by_their_titles),
        cmocka_unit_test(papers_that_speak_of_forms),
        cmocka_unit_test(form_on_a_later_page),
        cmocka_unit_test(person_of_a_decision),
        cmocka_unit_test(code_and_name_in_one_line),
    };
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
