/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Repair by context and the junk filter, by the table that is shipped and by
 * small ones; letters taken apart and put together. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "pipeline/junk.h"
#include "pipeline/language.h"
#include "pipeline/repair.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct language *language;

static int load(void **state)
{
    (void)state;
    return language_load(HOSO_TEST_DATA "/../../data/language/bigrams.tsv",
                         &language) == STATUS_OK
               ? 0
               : -1;
}

static int unload(void **state)
{
    (void)state;
    language_free(language);
    return 0;
}

/* A page of one block; lines by \n, words by spaces, "{45}" behind a word is
 * how surely it was read (else conf_pct). */
static struct page page_of(const char *text, int conf_pct)
{
    struct page p = {.width_px = 5000, .height_px = 5000};
    char *copy = xstrdup(text), *rest = copy;
    int y = 0;

    for (char *row; (row = strsep(&rest, "\n")) != NULL; y += 50) {
        struct line l = {.box = {0, y, 5000, 40}};
        int x = 0;

        for (char *word; (word = strsep(&row, " ")) != NULL; x += 100) {
            char *brace = strchr(word, '{');
            struct word w = {.box = {x, y, 70, 40}, .conf_pct = conf_pct};

            if (brace != NULL && brace != word) {
                w.conf_pct = atoi(brace + 1);
                *brace = '\0';
            }
            w.text = xstrdup(word);
            line_take_word(&l, &w);
        }
        page_take_line(&p, &l);
    }
    free(copy);
    page_keep_mean(&p);
    return p;
}

static void assert_mends(const char *read, int conf_pct, const char *want)
{
    struct page p = page_of(read, conf_pct);
    char *text, *expected = xasprintf("%s\n", want);

    repair_page(language, &p);
    text = page_text(&p);
    assert_string_equal(text, expected);
    free(text);
    free(expected);
    page_clear(&p);
}

static void letters_come_apart_and_together(void **state)
{
    (void)state;
    for (int32_t cp = 'A'; cp < 0x1F00; cp++) {
        struct letter l;

        if (letter_parse(cp, &l))
            assert_int_equal(letter_compose(&l), cp);
    }
}

static void a_syllable_takes_case_and_place_of_tone(void **state)
{
    static const struct {
        const char *read, *spelling, *want;
    } cases[] = {
        {"QUYÉT", "quyết", "QUYẾT"}, {"Đo", "đô", "Đô"},
        {"hoá", "hòa", "hoà"},       {"thủy", "thụy", "thụy"},
        {"đê", "đề", "đề"},          {"uơng", "ương", "ương"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct syllable read, right;
        char text[SYLLABLE_BYTES];

        assert_true(syllable_parse(cases[i].read, strlen(cases[i].read),
                                   &read));
        assert_true(syllable_parse(cases[i].spelling,
                                   strlen(cases[i].spelling), &right));
        right = syllable_respell(&read, &right);
        syllable_text(&right, text);
        assert_string_equal(text, cases[i].want);
    }
}

static void wrong_marks_are_put_right(void **state)
{
    (void)state;
    assert_mends("QUYÉT ĐỊNH", 80, "QUYẾT ĐỊNH");
    assert_mends("cơ quan có thâm quyên giải quyết", 80,
                 "cơ quan có thẩm quyền giải quyết");
    assert_mends("GIÁM ĐÓC SỞ", 70, "GIÁM ĐỐC SỞ");
    assert_mends("sửa đổi, bỗ sung", 70, "sửa đổi, bổ sung");
}

static void rows_of_a_paragraph_run_on(void **state)
{
    (void)state;
    assert_mends("của Ủy ban nhân\ndan tỉnh", 80, "của Ủy ban nhân\ndân tỉnh");
}

static void what_is_right_stays(void **state)
{
    (void)state;
    assert_mends("cơ quan có thẩm quyền giải quyết", 50,
                 "cơ quan có thẩm quyền giải quyết");
    assert_mends("ông Nguyễn Văn Thưởng", 60, "ông Nguyễn Văn Thưởng");
    assert_mends("trong năm. Tôi xin chân thành cảm ơn", 85,
                 "trong năm. Tôi xin chân thành cảm ơn"); /* no tội */
}

static void only_marks_ever_change(void **state)
{
    (void)state;
    assert_mends("QĐ-UBND 12/2O16 97kV 250 mA xyz", 30,
                 "QĐ-UBND 12/2O16 97kV 250 mA xyz");
}

static void words_read_surely_on_a_good_page_are_not_touched(void **state)
{
    (void)state;
    assert_mends("cơ quan có thâm quyên giải quyết", 97,
                 "cơ quan có thâm quyên giải quyết");
    assert_mends("Bà Lê Thị Thuy ở xa Tân Thưởng có đơn", 93,
                 "Bà Lê Thị Thuy ở xa Tân Thưởng có đơn");
    assert_mends("theo đề nghị của cơ quan nhà nước có thẩm quyên{60} tại "
                 "khoản một Điều này và các quy định của",
                 95,
                 "theo đề nghị của cơ quan nhà nước có thẩm quyền tại "
                 "khoản một Điều này và các quy định của");
}

/* On a page read well: both neighbours know only another spelling. Names, and
 * pairs that the laws lack altogether, stay. */
static void what_both_neighbours_speak_against_is_mended(void **state)
{
    (void)state;
    assert_mends("việc đó ảnh hướng đến môi trường và thúc đấy phát triển", 99,
                 "việc đó ảnh hưởng đến môi trường và thúc đẩy phát triển");
    assert_mends("gửi các Uy ban nhân dân", 99, "gửi các Ủy ban nhân dân");
    assert_mends("bà Ảnh Hướng Đến ở", 99, "bà Ảnh Hướng Đến ở");
    assert_mends("gốm Sa Huỳnh và nếp hoa vàng", 99,
                 "gốm Sa Huỳnh và nếp hoa vàng");
}

/* The word before was mended itself, and has fewer bytes now. */
static void a_mended_neighbour_is_heard(void **state)
{
    (void)state;
    assert_mends("được thực hiện nhử{60} sau và gây ảnh{60} hướng đến các", 80,
                 "được thực hiện như sau và gây ảnh hưởng đến các");
    assert_mends("phải có ành{40} hướng đến môi trường", 95,
                 "phải có ảnh hưởng đến môi trường");
}

/* One neighbour alone is no proof, and with a sign between them none is
 * heard. */
static void what_one_neighbour_speaks_against_is_doubted(void **state)
{
    static const struct {
        const char *text;
        int word, conf_pct;
    } cases[] = {{"Tuyên dụng viên chức", 0, 50},
                 {"Tuyển dụng viên chức", 0, 99},
                 {"Tuyên, dụng viên chức", 0, 99},
                 {"nêu cao tỉnh thần trách nhiệm", 2, 50}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct page p = page_of(cases[i].text, 99);

        assert_int_equal(repair_page(language, &p), 0);
        assert_int_equal(p.lines[0].words[cases[i].word].conf_pct,
                         cases[i].conf_pct);
        page_clear(&p);
    }
}

static void what_was_read_is_kept(void **state)
{
    struct page p = page_of("(QUYÉT ĐỊNH)", 80), back = {0};
    json_t *j;
    (void)state;

    assert_int_equal(repair_page(language, &p), 1);
    assert_string_equal(p.lines[0].words[0].text, "(QUYẾT");
    assert_string_equal(p.lines[0].words[0].raw, "(QUYÉT");
    assert_null(p.lines[0].words[1].raw);
    p.dpi_x = p.dpi_y = 200;
    j = page_to_json(&p);
    assert_ok(page_from_json(j, &back));
    assert_string_equal(back.lines[0].words[0].raw, "(QUYÉT");
    json_decref(j);
    page_clear(&p);
    page_clear(&back);
}

static void junk_leaves_the_text_and_stays_in_the_record(void **state)
{
    struct page p = page_of("|{97} Số:{19} 12/QĐ-UBND{30} ZT{20} ngày -\n"
                            "¬`{17} svcessio.eE{5}\ncủa{25} 5n{2} 04{3}",
                            90);
    struct page back = {0};
    char *text;
    json_t *j;
    (void)state;

    assert_int_equal(junk_drop(language, &p), 5);
    text = page_text(&p);
    assert_string_equal(text, "Số: 12/QĐ-UBND ngày -\ncủa 04\n");
    free(text);
    assert_int_equal(p.n_lines, 2);
    assert_string_equal(p.dropped[0].text, "|");
    assert_string_equal(p.dropped[4].text, "5n");
    p.dpi_x = p.dpi_y = 200;
    j = page_to_json(&p);
    assert_ok(page_from_json(j, &back));
    assert_int_equal(back.n_dropped, 5);
    assert_string_equal(back.dropped[3].text, "svcessio.eE");
    json_decref(j);
    page_clear(&p);
    page_clear(&back);
}

static void what_lies_beside_a_line_is_dropped_with_words_in_it(void **state)
{
    struct page p = page_of("đến Trung nồng{18} đệ{10} rủ{47} cụm{10}\n"
                            "ngày nồng{18} đệ{10} 12{20} cụm{10} tháng",
                            90);
    char *text;

    (void)state;
    assert_int_equal(junk_drop(language, &p), 4);
    text = page_text(&p);
    assert_string_equal(text, "đến Trung\nngày nồng đệ 12 cụm tháng\n");
    free(text);
    page_clear(&p);
}

/* The rule under a heading is read as a letter or two; on a page that lies on
 * its side it is as high. */
static void rules_are_dropped(void **state)
{
    static const struct {
        int conf_pct, w, h, turn_deg;
        bool stays;
    } cases[] = {
        {14, 323, 6, 0, false}, {59, 323, 6, 0, false}, {60, 323, 6, 0, true},
        {41, 143, 64, 0, false}, {41, 64, 143, 90, false},
        {41, 64, 143, 0, true}, {41, 60, 40, 0, true}, {55, 143, 64, 0, true}};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct page p = page_of("an NHÂN", 90);

        p.turn_deg = cases[i].turn_deg;
        p.lines[0].words[0].conf_pct = cases[i].conf_pct;
        p.lines[0].words[0].box =
            (struct box){100, 100, cases[i].w, cases[i].h};
        p.lines[0].words[1].box = (struct box){500, 500, 120, 120};
        assert_int_equal(junk_drop(language, &p), !cases[i].stays);
        page_clear(&p);
    }
}

/* Grain of a dark frame is read as numbers; the same inside the page stays. */
static void numbers_around_the_paper_are_dropped(void **state)
{
    const char *grain = "0040{25} 90456{13} 0E4{37}\nSố: 12{30} ngày";
    struct page p = page_of(grain, 90), inside = page_of(grain, 90);

    (void)state;
    p.width_px = inside.width_px = 1654;
    p.height_px = inside.height_px = 2339;
    p.dpi_x = p.dpi_y = inside.dpi_x = inside.dpi_y = 200;
    for (int i = 0; i < 3; i++) {
        p.lines[0].words[i].box = (struct box){400 + i * 90, 3, 80, 30};
        inside.lines[0].words[i].box = (struct box){400 + i * 90, 60, 80, 30};
        p.lines[1].words[i].box = (struct box){400 + i * 90, 3, 80, 30};
        inside.lines[1].words[i].box = p.lines[1].words[i].box;
    }
    assert_int_equal(junk_drop(language, &p), 3);
    assert_int_equal(p.n_lines, 1);
    assert_int_equal(junk_drop(language, &inside), 0);
    page_clear(&p);
    page_clear(&inside);
}

static void a_page_without_words_is_no_trouble(void **state)
{
    struct page p = {0};
    (void)state;

    assert_int_equal(repair_page(language, &p), 0);
    assert_int_equal(junk_drop(language, &p), 0);
}

static void load_text(const char *text, enum status want)
{
    char path[] = "/tmp/test_repair.XXXXXX";
    int fd = mkstemp(path);
    struct language *l = NULL;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    if (want == STATUS_OK)
        assert_ok(language_load(path, &l));
    else
        assert_fails(want, language_load(path, &l));
    language_free(l);
    unlink(path);
}

static void a_damaged_table_is_refused(void **state)
{
    (void)state;
    load_text("an\t3\tbình 2\nbình\t2\t\n", STATUS_OK);
    load_text("an\t3\tbình 2\n", STATUS_CONFIG);
    load_text("an\t3\tan x\n", STATUS_CONFIG);
    load_text("an\t-3\t\n", STATUS_CONFIG);
    load_text("an3\t3\t\n", STATUS_CONFIG);
    load_text("an\n", STATUS_CONFIG);
    assert_fails(STATUS_NOT_FOUND, language_load("/nowhere/x", &language));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_come_apart_and_together),
        cmocka_unit_test(a_syllable_takes_case_and_place_of_tone),
        cmocka_unit_test(wrong_marks_are_put_right),
        cmocka_unit_test(rows_of_a_paragraph_run_on),
        cmocka_unit_test(what_is_right_stays),
        cmocka_unit_test(only_marks_ever_change),
        cmocka_unit_test(words_read_surely_on_a_good_page_are_not_touched),
        cmocka_unit_test(what_both_neighbours_speak_against_is_mended),
        cmocka_unit_test(a_mended_neighbour_is_heard),
        cmocka_unit_test(what_one_neighbour_speaks_against_is_doubted),
        cmocka_unit_test(what_was_read_is_kept),
        cmocka_unit_test(junk_leaves_the_text_and_stays_in_the_record),
        cmocka_unit_test(what_lies_beside_a_line_is_dropped_with_words_in_it),
        cmocka_unit_test(rules_are_dropped),
        cmocka_unit_test(numbers_around_the_paper_are_dropped),
        cmocka_unit_test(a_page_without_words_is_no_trouble),
        cmocka_unit_test(a_damaged_table_is_refused),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
