/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that a text cites: by number, by day, and what cannot be read. */
#include "unit/pipeline/made_page.h"

/* Those cited in one row of text, "?" for one left to a person. */
static void assert_cites(const char *text, const char *want)
{
    const struct made_row rows[] = {
        {RIGHT, 140, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
        {RIGHT, 190, "Độc lập - Tự do - Hạnh phúc"},
        {LEFT, 260, "Số: 1968/QĐ-SKHCN"},
        {MIDDLE, 420, "QUYẾT ĐỊNH"},
        {FROM_LEFT, 680, text},
        {FROM_LEFT, 725, "năm 2020 của Chính phủ;"},
    };
    struct record *r = MADE("result", rows);
    struct strbuf b;
    strbuf_init(&b);
    for (int i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (strcmp(f->name, "cites") == 0)
            strbuf_addf(&b, "%s%s", b.len ? "; " : "",
                        f->value ? f->value : "?");
    }
    AUTO(free_char) char *found = strbuf_take(&b);
    assert_string_equal(found, want);
    record_free(r);
}

static void ways_to_cite(void **state)
{
    (void)state;
    assert_cites("Luật Đấu thầu số 43/2013/QH13, Luật số 48/2014/QH13",
                 "Luật 43/2013/QH13; Luật 48/2014/QH13");
    assert_cites("Nghị quyết số 20-NQ/TW và Tờ trình số 9/TTr- BNV",
                 "Nghị quyết 20-NQ/TW; Tờ trình 9/TTr-BNV");
    assert_cites("các Công văn: Số 1060/BTC-QLGCS", "1060/BTC-QLGCS");
    assert_cites("Thực hiện Nghị quyết 20-NQ/TW và Chương trình hành động số "
                 "33-CTr/TU",
                 "Nghị quyết 20-NQ/TW; Chương trình 33-CTr/TU");
    assert_cites("Mẫu 2C-BNV/2008 kèm theo Quyết định số 02/2008/QĐ-BNV", "");
    /* an annex cites the document itself */
    assert_cites("Quyết định số 1968/QĐ-SKHCN, Kế hoạch số 7/KH-SKHCN",
                 "Kế hoạch 7/KH-SKHCN");
    assert_cites("Giấy chứng nhận số 12/GCN-SKHCN", "Giấy chứng nhận "
                                                    "12/GCN-SKHCN");
}

static void one_that_cannot_be_read_takes_no_other(void **state)
{
    (void)state;
    assert_cites("Tờ trình số 10TTr-HĐND, Tờ trình số 9/TTr-BNV",
                 "?; Tờ trình 9/TTr-BNV");
    assert_cites("Nghị định số 70/2019/NĐ-CP{40}", "?");
    assert_cites("Nghị định số 70/2019/NĐ-CP{40} và số 70/2019/NĐ-CP",
                 "Nghị định 70/2019/NĐ-CP");
}

static void days_of_cited_documents(void **state)
{
    (void)state;
    assert_cites("Nghị định số 70/2019/NĐ-CP ngày 23 tháng 8 năm 2019",
                 "Nghị định 70/2019/NĐ-CP ngày 23/08/2019");
    assert_cites("Văn bản số 508/CV-PA ngày 02/3/2020 của Công ty",
                 "Văn bản 508/CV-PA ngày 02/03/2020");
    assert_cites("Nghị định số 70/2019/NĐ-CP ngày 23{30} tháng 8 năm 2019",
                 "Nghị định 70/2019/NĐ-CP");
    /* over the end of a row */
    assert_cites("Công văn số 5/VP-KH ngày 23 tháng 8",
                 "Công văn 5/VP-KH ngày 23/08/2020");
    /* the number is of another year than the day */
    assert_cites("Nghị định số 70/2019/NĐ-CP ngày 23 tháng 8 năm 2018",
                 "Nghị định 70/2019/NĐ-CP");
    assert_cites("Căn cứ Luật Khoa học và Công nghệ ngày 18 tháng 6 năm 2013;",
                 "Luật Khoa học và Công nghệ ngày 18/06/2013");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ways_to_cite),
        cmocka_unit_test(one_that_cannot_be_read_takes_no_other),
        cmocka_unit_test(days_of_cited_documents),
    };
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
