/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The issuing agency and the one above it, and what is none of them. */
#include "unit/pipeline/made_page.h"

static const struct made_row head[] = {
    {LEFT, 140, "UBND TỈNH BẮC KẠN"},
    {RIGHT, 140, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
    {LEFT, 190, "SỞ KHOA HỌC VÀ CÔNG NGHỆ"},
    {RIGHT, 190, "Độc lập - Tự do - Hạnh phúc"},
    {LEFT, 228, "TT{91} TT{35}"},
    {LEFT, 260, "/QĐ-SKHCN"},
    {RIGHT, 290, "Bắc Kạn, ngày 08 tháng 11 năm 2020"},
    {MIDDLE, 420, "QUYẾT ĐỊNH"},
};

/* An underline that was taken for letters, a notation without its label. */
static void what_is_no_agency(void **state)
{
    (void)state;
    struct record *r = MADE("result", head);
    assert_field(r, "issuer", "SỞ KHOA HỌC VÀ CÔNG NGHỆ");
    assert_field(r, "parent_issuer", "UBND TỈNH BẮC KẠN");
    record_free(r);
}

/* One that was taken for the label of the number. */
static void a_rule_is_no_label(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(head)];
    memcpy(rows, head, sizeof(rows));
    rows[4].text = "số{20}";
    rows[5].text = "Số: 98/QĐ-SKHCN";
    struct record *r = MADE("result", rows);
    assert_field(r, "number", "98/QĐ-SKHCN");
    record_free(r);
    rows[4].text = "Số:{90}";
    r = MADE("result", rows);
    assert_review(r, "number"); /* by hand, perhaps */
    record_free(r);
}

/* Two that issue a paper together: none is above the other. */
static void agencies_side_by_side(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(head)];
    memcpy(rows, head, sizeof(rows));
    rows[0].text = "SỞ Y TẾ -";
    struct record *r = MADE("result", rows);
    assert_field(r, "issuer", "SỞ Y TẾ - SỞ KHOA HỌC VÀ CÔNG NGHỆ");
    assert_no_field(r, "parent_issuer");
    record_free(r);
}

/* The comma before the day is small and gets lost. */
static void number_and_day_in_one_row(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(head)];
    memcpy(rows, head, sizeof(rows));
    rows[5] = (struct made_row){
        FROM_LEFT, 260,
        "Số: 98/QĐ-SKHCN Bắc Kạn ngày 08 tháng 11 năm 2020"};
    rows[6] = (struct made_row){MIDDLE, 480, "Về việc ban hành Quy chế"};
    struct record *r = MADE("result", rows);
    assert_field(r, "number", "98/QĐ-SKHCN");
    record_free(r);
}

/* What stands in the left column is the agency above and the issuing one. */
static void assert_agencies(const char *const rows[4], const char *parent,
                            const char *issuer)
{
    struct made_row page[8];
    int n = 0;
    for (int i = 0; i < 4 && rows[i] != NULL; i++)
        page[n++] = (struct made_row){LEFT, 140 + 45 * i, rows[i]};
    page[n++] = head[1];
    page[n++] = head[3];
    page[n++] = (struct made_row){LEFT, 340, "Số: 98/QĐ-ABC"};
    page[n++] = head[6];
    struct record *r = made_fields("result", page, n);
    assert_field(r, "issuer", issuer);
    if (parent != NULL)
        assert_field(r, "parent_issuer", parent);
    else
        assert_no_field(r, "parent_issuer");
    record_free(r);
}

/* A long name reaches over the middle between the columns. */
static void a_name_as_wide_as_its_column(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(head)];
    memcpy(rows, head, sizeof(rows));
    rows[2] = (struct made_row){
        495, 190, "TRUNG TÂM ỨNG DỤNG TIẾN BỘ KHOA HỌC VÀ CÔNG NGHỆ"};
    rows[3].axis = 1240;
    struct record *r = MADE("result", rows);
    assert_field(r, "issuer",
                 "TRUNG TÂM ỨNG DỤNG TIẾN BỘ KHOA HỌC VÀ CÔNG NGHỆ");
    assert_field(r, "parent_issuer", "UBND TỈNH BẮC KẠN");
    record_free(r);
}

/* "KHU CÔNG …" in the left column is nearly a "Thư công". */
static void a_row_of_a_name_is_no_title(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(head)];
    memcpy(rows, head, sizeof(rows));
    rows[2].text = "BAN QUẢN LÝ DỰ ÁN";
    rows[4] = (struct made_row){500, 232, "KHU CÔNG NGHỆ CAO VÀ XANH"};
    rows[5].text = "Số: 98/QĐ-SKHCN";
    struct record *r = MADE("result", rows);
    assert_field(r, "type", "Quyết định");
    assert_field(r, "issuer", "BAN QUẢN LÝ DỰ ÁN KHU CÔNG NGHỆ CAO VÀ XANH");
    record_free(r);
}

/* Capitals lose their marks, and no other word of the paper tells. */
static void persons_in_names_are_spelled(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(head)];
    memcpy(rows, head, sizeof(rows));
    rows[2].text = "TRƯỜNG THPT NGUYỄN TRÁI";
    struct record *r = MADE("result", rows);
    assert_field(r, "issuer", "TRƯỜNG THPT NGUYỄN TRÃI");
    record_free(r);
    rows[2].text = "TRƯỜNG CHÍNH TRỊ TỈNH";
    r = MADE("result", rows);
    assert_field(r, "issuer", "TRƯỜNG CHÍNH TRỊ TỈNH");
    record_free(r);
}

/* Of two readings of one word neither is one. */
static void a_name_in_pieces_is_doubted(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(head)];
    memcpy(rows, head, sizeof(rows));
    rows[2].text = "TRUN G TÂM ỨNG DỤNG";
    struct record *r = MADE("result", rows);
    assert_review(r, "issuer");
    record_free(r);
}

/* A word beside the name was taken for no text. */
static void a_name_that_lost_a_word_is_doubted(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(head)];
    memcpy(rows, head, sizeof(rows));
    rows[2].text = "BAN XÂY DỰNG";
    for (int far = 0; far < 2; far++) {
        struct record *r = made_record("result");
        struct page p = made_page(rows, (int)ARRAY_LEN(rows));
        p.dropped = xcalloc(1, sizeof(*p.dropped));
        p.dropped[p.n_dropped++] =
            (struct word){.text = xstrdup("QUÁAN"),
                          .box = {LEFT + 120, 195 + far * 600, 80, 30},
                          .conf_pct = 25};
        record_take_page(r, &p);
        assert_ok(extract_fields(made_rules, r));
        if (far)
            assert_field(r, "issuer", "BAN XÂY DỰNG");
        else
            assert_review(r, "issuer");
        record_free(r);
    }
}

static void names_run_over_rows(void **state)
{
    static const struct {
        const char *rows[4], *parent, *issuer;
    } heads[] = {
        {{"UBND TỈNH LÂM ĐỒNG", "SỞ NÔNG NGHIỆP VÀ MÔI", "TRƯỜNG"},
         "UBND TỈNH LÂM ĐỒNG", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"},
        {{"SỞ KHOA HỌC VÀ CÔNG NGHỆ", "CHI CỤC TIÊU CHUẨN ĐO",
          "LƯỜNG CHẤT LƯỢNG"},
         "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
         "CHI CỤC TIÊU CHUẨN ĐO LƯỜNG CHẤT LƯỢNG"},
        {{"TỔNG CỤC TIÊU CHUẨN", "ĐO LƯỜNG CHẤT LƯỢNG", "TRUNG TÂM KỸ THUẬT",
          "TIÊU CHUẨN ĐO LƯỜNG 3"},
         "TỔNG CỤC TIÊU CHUẨN ĐO LƯỜNG CHẤT LƯỢNG",
         "TRUNG TÂM KỸ THUẬT TIÊU CHUẨN ĐO LƯỜNG 3"},
        {{"BỘ KHOA HỌC", "VÀ CÔNG NGHỆ", "CỤC AN TOÀN BỨC XẠ", "VÀ HẠT NHÂN"},
         "BỘ KHOA HỌC VÀ CÔNG NGHỆ", "CỤC AN TOÀN BỨC XẠ VÀ HẠT NHÂN"},
        {{"ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI"},
         NULL, "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI"},
        {{"VĂN PHÒNG", "ỦY BAN NHÂN DÂN TỈNH"},
         NULL, "VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH"},
        {{"SỞ NÔNG NGHIỆP", "BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ", "PHÒNG TỈNH"},
         "SỞ NÔNG NGHIỆP", "BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ PHÒNG TỈNH"},
        {{"TỔ HỢP A BỜ CỜ", "NHÓM XÂY LẮP"},
         NULL, "TỔ HỢP A BỜ CỜ NHÓM XÂY LẮP"},
        {{"NHÓM XÂY LẮP", "NHÓM CƠ ĐIỆN"}, "NHÓM XÂY LẮP", "NHÓM CƠ ĐIỆN"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(heads); i++)
        assert_agencies(heads[i].rows, heads[i].parent, heads[i].issuer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_agency),
        cmocka_unit_test(number_and_day_in_one_row),
        cmocka_unit_test(a_rule_is_no_label),
        cmocka_unit_test(agencies_side_by_side),
        cmocka_unit_test(a_row_of_a_name_is_no_title),
        cmocka_unit_test(persons_in_names_are_spelled),
        cmocka_unit_test(a_name_in_pieces_is_doubted),
        cmocka_unit_test(a_name_that_lost_a_word_is_doubted),
        cmocka_unit_test(names_run_over_rows),
        cmocka_unit_test(a_name_as_wide_as_its_column),
    };
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
