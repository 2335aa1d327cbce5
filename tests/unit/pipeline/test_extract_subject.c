/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A subject is doubted where the text of the document spells its words
 * otherwise, every time. */
#include "unit/pipeline/made_page.h"

static struct record *with_body(const char *subject, const char *body)
{
    struct made_row rows[] = {
        {LEFT, 140, "UBND TỈNH BẮC KẠN"},
        {RIGHT, 140, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
        {LEFT, 190, "SỞ KHOA HỌC VÀ CÔNG NGHỆ"},
        {RIGHT, 190, "Độc lập - Tự do - Hạnh phúc"},
        {LEFT, 260, "Số: 98/QĐ-SKHCN"},
        {MIDDLE, 420, "QUYẾT ĐỊNH"},
        {MIDDLE, 465, subject},
        {FROM_LEFT, 700, body},
    };
    return MADE("result", rows);
}

static void marks_that_the_text_never_has(void **state)
{
    (void)state;
    struct record *r =
        with_body("Về việc ứng phó với biến đối khí hậu",
                  "Kế hoạch ứng phó với biến đổi khí hậu của tỉnh;");
    assert_review(r, "subject");
    record_free(r);
}

/* Spelled so once, or in capitals, or not there at all: no doubt. */
static void marks_that_the_text_has(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "Kế hoạch ứng phó với biến đổi khí hậu của tỉnh;",
        "ỨNG PHÓ VỚI BIẾN ĐỔI KHÍ HẬU, ứng phó với biến đối khí hậu;",
        "Sở Khoa học và Công nghệ thông tin để biết.",
    };
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        struct record *r =
            with_body("Về việc ứng phó với biến đổi khí hậu", bodies[i]);
        assert_field(r, "subject", "Về việc ứng phó với biến đổi khí hậu");
        record_free(r);
    }
}

/* A capital that could not be told from its small form, with a mark or not. */
static void begins_with_a_capital(void **state)
{
    (void)state;
    struct record *r = with_body("ứng phó với biến đổi khí hậu",
                                 "Kế hoạch của tỉnh;");
    assert_field(r, "subject", "Ứng phó với biến đổi khí hậu");
    record_free(r);
}

/* The first article says the subject in the case of its own place. */
static void case_is_of_its_place(void **state)
{
    (void)state;
    const char *subject = "Phê duyệt nhiệm vụ Điều chỉnh Quy hoạch chung";
    struct record *r = with_body(
        subject, "Điều 1. Phê duyệt nhiệm vụ điều chỉnh quy hoạch chung");
    assert_field(r, "subject", subject);
    record_free(r);
    r = with_body(subject,
                  "Điều 1. Phê duyệt nhiệm vụ điều chỉnh quý hoạch chung");
    assert_review(r, "subject");
    record_free(r);
}

static void strokes_and_letters_alike_in_both_cases(void **state)
{
    (void)state;
    struct record *r = with_body("Thi hành kỷ luật đối) với ông Ngọc", "-");
    assert_review(r, "subject");
    record_free(r);
    r = with_body("về việc thi hành kỷ luật", "-");
    assert_field(r, "subject", "Về việc thi hành kỷ luật");
    record_free(r);
}

/* The rows of a page from the title on. */
static void assert_subject(const struct made_row *rows, int n, const char *want)
{
    struct made_row page[12] = {
        {LEFT, 140, "UBND TỈNH BẮC KẠN"},
        {RIGHT, 140, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
        {LEFT, 190, "SỞ KHOA HỌC VÀ CÔNG NGHỆ"},
        {RIGHT, 190, "Độc lập - Tự do - Hạnh phúc"},
        {LEFT, 260, "Số: 98/TB-SKHCN"},
        {MIDDLE, 420, "THÔNG BÁO"},
    };
    memcpy(page + 6, rows, (size_t)n * sizeof(*rows));
    struct record *r = made_fields("result", page, 6 + n);
    assert_field(r, "subject", want);
    record_free(r);
}

/* A row of the text may stand on the middle axis by chance. */
static void the_text_begins(void **state)
{
    (void)state;
    assert_subject(
        (struct made_row[]){
            {MIDDLE, 465, "Về việc tiếp nhận hồ sơ và trả kết quả giải quyết"},
            {MIDDLE, 509, "thủ tục hành chính"},
            {MIDDLE, 566, "2. Trường hợp nguyên đơn, bị đơn có quyền lợi"},
            {FROM_LEFT, 610, "không có người bảo vệ quyền và lợi ích hợp pháp"},
        },
        4,
        "Về việc tiếp nhận hồ sơ và trả kết quả giải quyết thủ tục hành "
        "chính");
    assert_subject(
        (struct made_row[]){
            {MIDDLE, 465, "Về việc tiếp nhận hồ sơ"},
            {MIDDLE, 522, "Trường hợp nguyên đơn, bị đơn có quyền lợi, nghĩa"},
            {FROM_LEFT, 566,
             "vụ liên quan không có người bảo vệ quyền và lợi ích hợp pháp"},
            {FROM_LEFT, 610, "của họ thì cơ quan"},
        },
        4, "Về việc tiếp nhận hồ sơ");
    assert_subject(
        (struct made_row[]){
            {MIDDLE, 465, "Kiểm tra công tác văn thư, lưu trữ năm 2021"},
            {FROM_LEFT, 522, "I. MỤC ĐÍCH, YÊU CẦU"},
        },
        2, "Kiểm tra công tác văn thư, lưu trữ năm 2021");
    assert_subject(
        (struct made_row[]){
            {MIDDLE, 465, "Kiểm tra công tác văn thư, lưu trữ"},
            {MIDDLE, 509, "Cơ quan ban hành kế hoạch như sau:"},
            {FROM_LEFT, 566, "I. MỤC ĐÍCH, YÊU CẦU"},
        },
        3, "Kiểm tra công tác văn thư, lưu trữ");
}

static void a_row_ends_within_a_notation(void **state)
{
    (void)state;
    assert_subject(
        (struct made_row[]){
            {MIDDLE, 465, "Triển khai Nghị định số 45/2020/NĐ-"},
            {MIDDLE, 509, "CP của Chính phủ giai đoạn 2021 -"},
            {MIDDLE, 553, "2025"},
        },
        3,
        "Triển khai Nghị định số 45/2020/NĐ-CP của Chính phủ giai đoạn 2021 - "
        "2025");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_that_the_text_never_has),
        cmocka_unit_test(marks_that_the_text_has),
        cmocka_unit_test(begins_with_a_capital),
        cmocka_unit_test(case_is_of_its_place),
        cmocka_unit_test(strokes_and_letters_alike_in_both_cases),
        cmocka_unit_test(the_text_begins),
        cmocka_unit_test(a_row_ends_within_a_notation),
    };
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
