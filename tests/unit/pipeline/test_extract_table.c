/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a CV, entry by entry: which cells belong together, and where
 * that cannot be told. */
#include "unit/pipeline/made_page.h"

#define TITLE {MIDDLE, 140, "SƠ YẾU LÝ LỊCH"}

/* All fields of a name, "?" for those left to a person. Caller frees. */
static char *entries(const struct record *r, const char *name)
{
    struct strbuf b;
    strbuf_init(&b);
    for (int i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (strcmp(f->name, name) == 0)
            strbuf_addf(&b, "%s%s", b.len ? "; " : "",
                        f->value ? f->value : "?");
    }
    return strbuf_take(&b);
}

static void assert_entries(const struct record *r, const char *name,
                           const char *want)
{
    AUTO(free_char) char *found = entries(r, name);
    assert_string_equal(found, want);
}

/* The first column is centred on the second. */
static const struct made_row table[] = {
    TITLE,
    {FROM_LEFT, 300, "27) Tóm tắt quá trình công tác"},
    {380, 360, "Từ tháng, năm"},
    {1100, 360, "Chức danh, chức vụ, đơn vị"},
    {380, 440, "10/2008 - 07/2011"},
    {1100, 420, "Nghiên cứu viên Trung tâm"},
    {1100, 460, "Khoa học và Công nghệ"},
    {380, 540, "04/2012 - nay"},
    {1100, 540, "Chuyên viên Văn phòng Sở"},
    {FROM_LEFT, 640, "28) Đặc điểm lịch sử bản thân:"},
    {FROM_LEFT, 700, "30) Quan hệ gia đình"},
    {380, 760, "Bố đẻ"},
    {1100, 760, "Lê Văn Hòa, 1950"},
    {380, 820, "Vợ"},
    {1100, 820, "Trần Thị Lan, 1980"},
};

static void work_and_family(void **state)
{
    (void)state;
    struct record *r = MADE("staff", table);
    assert_entries(r, "work",
                   "10/2008 - 07/2011: Nghiên cứu viên Trung tâm Khoa học và "
                   "Công nghệ; 04/2012 - nay: Chuyên viên Văn phòng Sở");
    assert_entries(r, "family",
                   "Bố đẻ: Lê Văn Hòa, 1950; Vợ: Trần Thị Lan, 1980");
    assert_string_equal(made_field(r, "work")->rule, "staff.table");
    assert_int_equal(made_field(r, "work")->box.y, 420);
    record_free(r);
}

/* What is no key where keys stand takes its neighbours with it, no others. */
static void row_that_was_read_wrongly(void **state)
{
    (void)state;
    struct made_row rows[ARRAY_LEN(table)];
    memcpy(rows, table, sizeof(rows));
    rows[7].text = "O4/2O12 - nay";
    struct record *r = MADE("staff", rows);
    assert_entries(r, "work", "?; ?");
    assert_entries(r, "family",
                   "Bố đẻ: Lê Văn Hòa, 1950; Vợ: Trần Thị Lan, 1980");
    record_free(r);
    memcpy(rows, table, sizeof(rows));
    rows[8].text = "Chuyên{30} viên Văn phòng Sở";
    r = MADE("staff", rows);
    assert_entries(r, "work",
                   "10/2008 - 07/2011: Nghiên cứu viên Trung tâm Khoa học và "
                   "Công nghệ; ?");
    record_free(r);
}

/* The key in the middle, a heading in two rows, cells in several. */
static const struct made_row training[] = {
    TITLE,
    {FROM_LEFT, 300, "27) Đào tạo, bồi dưỡng về chuyên môn, ngoại ngữ, tin"},
    {FROM_LEFT, 345, "học"},
    {340, 420, "Tên trường"},
    {760, 420, "Từ tháng, năm"},
    {760, 465, "đến tháng, năm"},
    {1250, 420, "Văn bằng, chứng chỉ"},
    {340, 530, "Đại học Khoa"},
    {340, 575, "học Tự nhiên"},
    {760, 530, "09/2000 - 06/2004"},
    {1250, 530, "Cử nhân"},
    {340, 640, "Học viện Hành"},
    {340, 685, "chính"},
    {760, 640, "09/2012 -"},
    {760, 685, "12/2014"},
    {1250, 640, "Thạc sĩ"},
    {FROM_LEFT, 800, "29) Khen thưởng: không"},
};

static void key_in_the_middle(void **state)
{
    (void)state;
    struct record *r = MADE("staff", training);
    assert_entries(r, "training",
                   "09/2000 - 06/2004: Đại học Khoa học Tự nhiên | Cử nhân; "
                   "09/2012 - 12/2014: Học viện Hành chính | Thạc sĩ");
    record_free(r);
}

/* Words of two columns in one row: nobody can say which is of which. */
static void columns_that_ran_together(void **state)
{
    (void)state;
    static const struct made_row rows[] = {
        TITLE,
        {FROM_LEFT, 300, "30) Quan hệ gia đình"},
        {280, 360, "Cha"},
        {700, 360, "Vi Văn Páo 1955"},
        {1250, 360, "nghỉ hưu"},
        {280, 440, "Mẹ"},
        {600, 440, "Vi Thị Lan"},
        {860, 440, "1958"},
        {1250, 440, "nội trợ"},
    };
    struct record *r = MADE("staff", rows);
    assert_entries(r, "family", "?; Mẹ: Vi Thị Lan | 1958 | nội trợ");
    record_free(r);
}

static const struct made_row pay[] = {
    TITLE,
    {FROM_LEFT, 300, "31) Diễn biến quá trình lương"},
    {360, 360, "Tháng/năm"},
    {700, 360, "03/2012"},
    {1000, 360, "03/2015"},
    {360, 410, "Mã ngạch/bậc"},
    {700, 410, "01.003/3"},
    {1000, 410, "01.003/4"},
    {360, 460, "Hệ số lương"},
    {700, 460, "3,00"},
    {1000, 460, "3,33"},
    {FROM_LEFT, 560, "32) Nhận xét của cơ quan"},
};

static void entries_side_by_side(void **state)
{
    (void)state;
    struct record *r = MADE("staff", pay);
    assert_entries(r, "pay", "03/2012: 01.003/3 | 3,00; "
                             "03/2015: 01.003/4 | 3,33");
    record_free(r);
    struct made_row rows[ARRAY_LEN(pay)];
    memcpy(rows, pay, sizeof(rows));
    rows[9].axis = 850; /* under neither of the two */
    r = MADE("staff", rows);
    assert_entries(r, "pay", "?; ?");
    record_free(r);
}

/* The heading at the end of a page, the table on the next. */
/* Place and day end a table also where they stand at the left; a cell that
 * cites a decision does not. */
static void place_and_day_at_the_left(void **state)
{
    static const struct made_row rows[] = {
        TITLE,
        {FROM_LEFT, 300, "27) Tóm tắt quá trình công tác"},
        {380, 360, "Từ tháng, năm"},
        {1100, 360, "Chức danh, chức vụ, đơn vị"},
        {380, 440, "10/2008 - 07/2011"},
        {1100, 420, "Tuyển dụng, ngày 12 tháng 9 năm 2008 của"},
        {1100, 460, "Sở Khoa học và Công nghệ"},
        {380, 540, "04/2012 - nay"},
        {1100, 540, "Chuyên viên Văn phòng Sở"},
        {FROM_LEFT, 600, "Bắc Kạn, ngày 22 tháng 11 năm 2019"},
        {FROM_LEFT, 640, "Lý Minh Giang"},
    };

    (void)state;
    struct record *r = MADE("staff", rows);
    assert_entries(r, "work",
                   "10/2008 - 07/2011: Tuyển dụng, ngày 12 tháng 9 năm 2008 "
                   "của Sở Khoa học và Công nghệ; "
                   "04/2012 - nay: Chuyên viên Văn phòng Sở");
    record_free(r);
}

static void table_on_the_next_page(void **state)
{
    (void)state;
    static const struct made_row first[] = {
        TITLE,
        {FROM_LEFT, 2200, "27) Tóm tắt quá trình công tác"},
    };
    static const struct made_row second[] = {
        {380, 160, "Từ tháng, năm"},
        {1100, 160, "Chức danh, chức vụ, đơn vị"},
        {380, 240, "10/2008 - 07/2011"},
        {1100, 240, "Chuyên viên Văn phòng Sở"},
        {FROM_LEFT, 340, "28) Đặc điểm lịch sử bản thân:"},
        {380, 440, "04/2012 - nay"},
    };
    struct record *r = made_record("staff");
    made_add(r, first, (int)ARRAY_LEN(first));
    made_add(r, second, (int)ARRAY_LEN(second));
    assert_ok(extract_fields(made_rules, r));
    assert_entries(r, "work", "10/2008 - 07/2011: Chuyên viên Văn phòng Sở");
    assert_int_equal(made_field(r, "work")->page, 2);
    record_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_and_family),
        cmocka_unit_test(row_that_was_read_wrongly),
        cmocka_unit_test(key_in_the_middle),
        cmocka_unit_test(columns_that_ran_together),
        cmocka_unit_test(entries_side_by_side),
        cmocka_unit_test(place_and_day_at_the_left),
        cmocka_unit_test(table_on_the_next_page),
    };
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
