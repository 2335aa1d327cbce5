/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spellings of one thing: whichever of them stands on the page, each of the
 * others finds it. */
#include "sample.h"

enum { TWINS_MAX = 8 };

static const char *const twins[][TWINS_MAX] = {
    {"Đắk Lắk", "Dak Lak", "ĐẮK LẮK", "đắk lắk", "dak lak",
     "\u0110a\u0306\u0301k La\u0306\u0301k", "Đak Lak"},
    {"điều động", "dieu dong", "\u0111ie\u0302\u0300u \u0111o\u0323\u0302ng",
     "ĐIỀU ĐỘNG", "Điều động"},
    {"quyết định", "quye\u0302\u0301t \u0111i\u0323nh", "QUYẾT ĐỊNH",
     "quyet dinh", "Quyê\u0301t định"},
    {"hoà giải", "hòa giải", "HOÀ GIẢI", "HÒA GIẢI", "hoa giai"},
    {"thuý", "thúy", "THUÝ", "Thúy", "thuy"},
    {"kỹ thuật", "kĩ thuật", "ky thuat", "ki thuat", "KỸ THUẬT"},
    {"quý tỵ", "quí tị", "quy ty", "qui ti"},
    {"UBND", "ubnd", "Ubnd"},
    {"15/QĐ-UBND", "15/QD-UBND", "15/qđ-ubnd", "15 QĐ UBND", "15/QĐ\u2010UBND",
     "15/qd-ubnd", "số:15/QD-UBND"},
    {"Nguyễn Thị Ánh", "nguyen thi anh", "NGUYỄN THỊ ÁNH", "NGUYEN THI ANH",
     "Nguye\u0302\u0303n Thi\u0323 A\u0301nh"},
    {"năng lượng nguyên tử", "nang luong nguyen tu", "NĂNG LƯỢNG NGUYÊN TỬ"},
    {"vanthu@daklak.gov.vn", "VANTHU@DAKLAK.GOV.VN", "vanthu daklak gov vn",
     "daklak.gov.vn"},
    {"01/01/2022", "1/1/2022", "01-01-2022", "1.1.2022", "01.01.2022"},
    {"000.00.12.H19-220105-0007", "H19-220105", "h19-220105", "H19 220105 0007",
     "H19-220105-0007", "000.00.12.H19"},
    {"https://dichvucong.gov.vn/ho-so", "dichvucong.gov.vn",
     "HTTPS://DICHVUCONG.GOV.VN/HO-SO"},
};

/* What can stand on a page: no field of the query language. */
static bool is_text(const char *text)
{
    return strncmp(text, "số:", strlen("số:")) != 0;
}

static void expect_found(struct sample *s, const char *on_page,
                         const char *query)
{
    struct hits h;
    assert_ok(fulltext_search(s->index, &(struct query){.text = query}, &h));
    bool found = false;
    for (int i = 0; i < h.n; i++)
        found |= strcmp(h.items[i].id, "page") == 0 && h.items[i].n_marks > 0;
    if (!found)
        fail_msg("[%s] does not find [%s]", query, on_page);
    hits_clear(&h);
}

/* Only what is whole finds its parts; parts do not find the whole. */
static bool is_whole(const char *page, const char *first)
{
    int a = 0, b = 0;
    for (const char *p = page; *p; p++)
        a += (*p & 0xC0) != 0x80 && *p != ' ';
    for (const char *p = first; *p; p++)
        b += (*p & 0xC0) != 0x80 && *p != ' ';
    return a * 10 >= b * 7;
}

static void each_finds_what_its_twin_finds(void **state)
{
    struct sample *s = *state;
    put_text(s, "other", "một trang khác hẳn về việc nọ việc kia");
    for (size_t i = 0; i < ARRAY_LEN(twins); i++)
        for (int on = 0; on < TWINS_MAX && twins[i][on]; on++) {
            AUTO(free_char)
            char *text = xasprintf("Số %s là một việc", twins[i][on]);
            if (!is_text(twins[i][on]) || !is_whole(twins[i][on], twins[i][0]))
                continue;
            put_text(s, "page", text);
            for (int k = 0; k < TWINS_MAX && twins[i][k]; k++) {
                expect_found(s, text, twins[i][k]);
            }
        }
}

/* A line ends in the middle of them, with a hyphen or without one. */
static const char *const cut[][3] = {
    {"theo Quyết-\nđịnh số 5", "quyết định", "\"quyet dinh\""},
    {"theo Quyết\u00AD\nđịnh số 5", "quyết định", "\"quyet dinh\""},
    {"theo Quyết\u2010\nđịnh số 5", "quyết định", "\"quyết-định\""},
    {"Số: 15/QĐ-\nSKHCN ngày", "15/QĐ-SKHCN", "\"15/qd-skhcn\""},
    {"Số: 15/\nQĐ-SKHCN ngày", "15/QĐ-SKHCN", "\"15/qd-skhcn\""},
    {"mã H19-\n220105-0007 ở", "H19-220105-0007", "\"h19 220105\""},
    {"mã 000.00.\n12.H19-220105 ở", "000.00.12.H19", "\"12.h19-220105\""},
    {"gửi vanthu@daklak.\ngov.vn ngay", "vanthu@daklak.gov.vn",
     "\"daklak.gov.vn\""},
    {"ông Nguyễn Thị\nÁnh là", "Nguyễn Thị Ánh", "\"nguyen thi anh\""},
    {"ngày 01/01/\n2022 là", "1/1/2022", "\"01.01.2022\""},
};

static void what_a_line_end_cuts_is_found_whole(void **state)
{
    struct sample *s = *state;
    put_text(s, "other", "một trang khác hẳn về việc nọ việc kia");
    for (size_t i = 0; i < ARRAY_LEN(cut); i++) {
        put_text(s, "page", cut[i][0]);
        for (int k = 1; k < 3; k++)
            expect_found(s, cut[i][0], cut[i][k]);
    }
}

/* Pages with the very marks come first, whichever was put in last. */
static void very_marks_come_first(void **state)
{
    static const char *const pairs[][2] = {
        {"điều động", "điều đóng"},           {"quyết định", "quyết đinh"},
        {"Nguyễn Thị Ánh", "Nguyễn Thị Anh"}, {"hoà giải", "hoa giải"},
        {"năng lượng", "nâng lượng"},         {"Đắk Lắk", "Dak Lak"},
    };
    struct sample *s = *state;
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        for (int way = 0; way < 2; way++) {
            put_text(s, "a", pairs[i][way]);
            put_text(s, "b", pairs[i][!way]);
            expect_ids(s, pairs[i][0], way ? "b a" : "a b");
            assert_ok(fulltext_remove(s->index, "a"));
            assert_ok(fulltext_remove(s->index, "b"));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sample_test(each_finds_what_its_twin_finds),
        sample_test(what_a_line_end_cuts_is_found_whole),
        sample_test(very_marks_come_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
