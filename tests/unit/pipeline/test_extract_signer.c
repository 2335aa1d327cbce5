/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name of the signer out of several readings of the block in which it
 * stands: they vote, and where they cannot agree a person decides. */
#include "unit/pipeline/made_page.h"

#define FOOT_RIGHT 1240

static void add_reading(struct mark *m, int block, const char *text)
{
    struct made_row row = {FOOT_RIGHT, 1800, text};
    struct page p = made_page(&row, 1);

    p.lines[0].block = block;
    mark_take_line(m, &p.lines[0]);
    page_clear(&p);
}

/* A foot whose name was read as `page`, and on its own as the others; NULL:
 * not there. */
static struct record *with_text(const char *text, const char *page,
                                const char *first, const char *second,
                                const char *third)
{
    struct made_row rows[] = {
        {FROM_LEFT, 500, text},
        {FROM_LEFT, 1500, "Nơi nhận:"},
        {FOOT_RIGHT, 1500, "TL. GIÁM ĐỐC"},
        {FOOT_RIGHT, 1545, "CHÁNH VĂN PHÒNG"},
        {FROM_LEFT, 1545, "- Lưu: VT, QLCN."},
        {FOOT_RIGHT, 1800, page},
    };
    int n = (int)ARRAY_LEN(rows) - (page == NULL);
    struct record *r = made_fields("result", rows, n);
    struct mark m = {.kind = xstrdup("signing"),
                     .box = {900, 1480, 700, 400},
                     .conf_pct = 100};
    const char *texts[] = {first, second, third};
    for (int i = 0; i < 3; i++)
        if (texts[i])
            add_reading(&m, i, texts[i]);
    page_take_mark(&r->pages[0], &m);
    assert_ok(extract_fields(made_rules, r));
    return r;
}

static struct record *with_readings(const char *page, const char *first,
                                    const char *second, const char *third)
{
    return with_text("Sở Khoa học và Công nghệ thông tin để biết.", page,
                     first, second, third);
}

static void check(const char *page, const char *first, const char *second,
                  const char *third, const char *signer)
{
    struct record *r = with_readings(page, first, second, third);
    if (signer)
        assert_field(r, "signer", signer);
    else
        assert_review(r, "signer");
    record_free(r);
}

static void block_alone(void **state)
{
    (void)state;
    check(NULL, "Lý Tuấn Hải", NULL, NULL, "Lý Tuấn Hải");
    check("b{20}", "N{10} Lý Tuấn Hải", NULL, NULL, "Lý Tuấn Hải");
}

/* What is left of a name or of a title is not the name. */
static void longer_name_wins(void **state)
{
    (void)state;
    check("Thi{97} Sơn{97}", "Vũ{35} Thị Sơn", "Vũ{31} Thị Sơn",
          "Ví:{22} Thị Sơn", "Vũ Thị Sơn");
    check("Văn{96} Phòng{96}", "Lý Tuấn Hải", NULL, NULL, "Lý Tuấn Hải");
    check("Vũ 71{66} hanh{66} Đạt", "Vũ 71{66} hanh{66} Đạt", "Vũ Thanh Đạt",
          "Võ{70} Thanh Đạt", "Vũ Thanh Đạt");
}

static void syllables_people_bear_win(void **state)
{
    (void)state;
    check("Tạ Ngợc{92} Linh", "Tạ Ngợc{92} Linh", "Tạ Ngọc{81} Linh", NULL,
          "Tạ Ngọc Linh");
    check("Hỗ{84} Xuân Dũng", "Hỗ{84} Xuân Dũng", "Hồ{90} Xuân Dũng", NULL,
          "Hồ Xuân Dũng");
    check(NULL, "Đăng{93} Kim Tú", "Đăng{94} lim{30} Tú", NULL, "Đặng Kim Tú");
    check(NULL, "Hioàng{0} Tuấn Hiếu", "Hioàng{25} Tuấn Hiếu", NULL,
          "Hoàng Tuấn Hiếu");
}

/* Strokes before a name, and readings one letter beside it. */
static void strokes_and_near_misses(void **state)
{
    (void)state;
    check("xã{11} Tuấn Oanh", "xa{11} 2/Lý{9} Tuấn Oanh",
          "non{43} XS{16} Lý Tuấn Oanh", "xoan{12} /Lý{30} Tuấn Oanh",
          "Lý Tuấn Oanh");
    check("Đoòn{57} Quang Tú", "Đoòn{73} Quang Tú", "Đoàn{13} Quang Tú", NULL,
          "Đoàn Quang Tú");
    check("Mạnh{77} Cường", "Trần{68} Mạnh Cường", "NG{46} Trần{69} Mạnh Cường",
          NULL, "Trần Mạnh Cường");
}

/* In the block the end of a title stands before the name, among what was read
 * of the seal. */
static void a_title_before_the_name(void **state)
{
    (void)state;
    struct record *r = with_readings("Tạ Đức Trang", NULL, NULL, NULL);
    struct mark *m = &r->pages[0].marks[0];
    for (int block = 0; block < 3; block++) {
        struct made_row rows[] = {
            {FOOT_RIGHT, 1620, block ? "VÀ{29} co{29} KHOA HỌC" : "KHOA HỌC"},
            {FOOT_RIGHT, 1800, "Tạ Đức Trang"}};
        struct page p = made_page(rows, 2);
        for (int i = 0; i < 2; i++) {
            p.lines[i].block = block;
            mark_take_line(m, &p.lines[i]);
        }
        page_clear(&p);
    }
    assert_ok(extract_fields(made_rules, r));
    assert_field(r, "signer", "Tạ Đức Trang");
    record_free(r);
}

/* Two good names nearly alike in support, or none at all. */
static void a_person_decides(void **state)
{
    (void)state;
    check("Vũ{80} Thị Sơn", "Võ{80} Thị Sơn", NULL, NULL, NULL);
    check("Văn Nghĩa", "tưởng{5} Văn Nghĩa", "iiường{5} Văn Nghĩa",
          "iHrểởng{5} Văn Nghĩa", NULL);
    check("Tạ Ngợc{92} Linh", "Tạ Ngợc{92} Linh", NULL, NULL, NULL);
    check("tế{58} Phương Hòa", "Phương Hòa", "Phương Hòa", NULL, NULL);
    check("Tông{98} Bảo Giao", "Tông{98} Bảo Giao", NULL, NULL, NULL);
    check(NULL, "Vũ Kha{13} Yến", "Vũ Kha{25} Yến", "Vũ Kha{37} Yến", NULL);
}

/* A name of two words is whole only where no seal lies before them. */
static void a_seal_may_hide_the_family(void **state)
{
    const struct box seals[] = {{FOOT_RIGHT - 260, 1600, 250, 250},
                                {FOOT_RIGHT - 260, 300, 250, 250}};
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct made_row rows[] = {
            {FROM_LEFT, 1500, "Nơi nhận:"}, {FOOT_RIGHT, 1500, "GIÁM ĐỐC"},
            {FROM_LEFT, 1545, "- Lưu: VT."}, {FOOT_RIGHT, 1800, "Kim Long"}};
        struct record *r = made_fields("result", rows, (int)ARRAY_LEN(rows));
        struct mark seal = {
            .kind = xstrdup("seal"), .box = seals[i], .conf_pct = 88};
        page_take_mark(&r->pages[0], &seal);
        assert_ok(extract_fields(made_rules, r));
        if (i == 0)
            assert_review(r, "signer");
        else
            assert_field(r, "signer", "Kim Long");
        record_free(r);
    }
}

static void check_text(const char *text, const char *page, const char *first,
                       const char *signer)
{
    struct record *r = with_text(text, page, first, NULL, NULL);
    if (signer)
        assert_field(r, "signer", signer);
    else
        assert_review(r, "signer");
    record_free(r);
}

/* The text names who signs, where no seal lies over the name. */
static void text_that_names_the_signer(void **state)
{
    (void)state;
    check("Phan{69} Mạnh Cường", "Phan{68} Mạnh Cường", NULL, NULL, NULL);
    check_text("Phó Chánh Văn phòng Phạm Mạnh Cường, có ý kiến",
               "Phan{69} Mạnh Cường", "Phan{68} Mạnh Cường",
               "Phạm Mạnh Cường");
    check_text("Phó Chánh Văn phòng VŨ THỊ SƠN có ý kiến", "Vũ{80} Thị Sơn",
               "Võ{80} Thị Sơn", "Vũ Thị Sơn");
    /* two that it may be, one that is not clear itself, another person */
    check_text("Vũ Thị Sơn, Võ Thị Sơn", "Vũ{80} Thị Sơn", "Võ{80} Thị Sơn",
               NULL);
    check_text("của Vũ{60} Thị Sơn", "Vũ{80} Thị Sơn", "Võ{80} Thị Sơn", NULL);
    check_text("của Vũ Thị Sang", "Vũ{80} Thị Sơn", "Võ{80} Thị Sơn", NULL);
    /* as clear as the signature's own */
    check_text("của Vũ Thu Sơn", "Vũ Thị Sơn", "Vũ Thị Sơn", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(block_alone),
        cmocka_unit_test(longer_name_wins),
        cmocka_unit_test(syllables_people_bear_win),
        cmocka_unit_test(strokes_and_near_misses),
        cmocka_unit_test(a_title_before_the_name),
        cmocka_unit_test(a_person_decides),
        cmocka_unit_test(a_seal_may_hide_the_family),
        cmocka_unit_test(text_that_names_the_signer),
    };
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
