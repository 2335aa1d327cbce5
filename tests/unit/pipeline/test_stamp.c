/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seals, strokes and stamps are told from each other by colour and shape, and
 * stamps in black by their words. */
#include "unit/pipeline/made_stamp.h"

#include "pipeline/leptonica.h"
#include "pipeline/stamp.h"
#include <math.h>

#define DPI 200.0
#define PX(mm) ((int)((mm)*DPI / 25.4))

#define RED 0xc8283200u
#define BLUE 0x2830c800u
#define BLACK 0x10101000u

static void dot(PIX *pix, int x, int y, int size, l_uint32 colour)
{
    for (int v = y; v < y + size; v++)
        for (int u = x; u < x + size; u++)
            pixSetPixel(pix, u, v, colour);
}

static void bar(PIX *pix, int x, int y, int w, int h, l_uint32 colour)
{
    for (int v = y; v < y + h; v++)
        for (int u = x; u < x + w; u++)
            pixSetPixel(pix, u, v, colour);
}

static void ring(PIX *pix, int cx, int cy, int radius, l_uint32 colour)
{
    for (int a = 0; a < 3600; a++)
        dot(pix, cx + (int)(cos(a * M_PI / 1800) * radius),
            cy + (int)(sin(a * M_PI / 1800) * radius), 6, colour);
}

static PIX *white_page(void)
{
    PIX *pix = pixCreate(PX(210), PX(297), 32);

    pixSetAll(pix);
    return pix;
}

static void round_seal_with_two_rings(void **state)
{
    PIX *pix = white_page();
    struct stamps s;

    (void)state;
    ring(pix, PX(130), PX(220), PX(18), RED);
    ring(pix, PX(130), PX(220), PX(14), RED);
    bar(pix, PX(120), PX(216), PX(20), PX(6), RED);
    bar(pix, PX(20), PX(30), PX(100), PX(4), BLACK);
    stamps_find(pix, DPI, &s);
    assert_int_equal(s.n_seals, 1);
    assert_true(abs(s.seals[0].x - PX(112)) < PX(3));
    assert_true(abs(s.seals[0].w - PX(36)) < PX(4));
    assert_int_equal(s.n_stamps, 0);
    stamps_clear(&s);
    pixDestroy(&pix);
}

static void black_and_grey_are_no_stamps(void **state)
{
    PIX *pix = white_page();
    PIX *grey = pixConvertTo8(pix, 0);
    struct stamps s;

    (void)state;
    ring(pix, PX(130), PX(220), PX(18), BLACK);
    bar(pix, PX(20), PX(30), PX(100), PX(6), BLACK);
    stamps_find(pix, DPI, &s);
    assert_int_equal(s.n_stamps + s.n_strokes, 0);
    assert_int_equal(s.n_seals, 1);
    assert_true(s.seals_dark);
    stamps_clear(&s);
    stamps_find(grey, DPI, &s);
    assert_int_equal(s.n_seals + s.n_stamps + s.n_strokes, 0);
    stamps_clear(&s);
    pixDestroy(&grey);
    pixDestroy(&pix);
}

/* A page that is red all over has no ink to tell. */
static void tinted_paper_is_no_ink(void **state)
{
    PIX *pix = white_page();
    struct stamps s;

    (void)state;
    bar(pix, 0, 0, PX(210), PX(297), RED);
    stamps_find(pix, DPI, &s);
    assert_int_equal(s.n_seals + s.n_stamps + s.n_strokes, 0);
    stamps_clear(&s);
    pixDestroy(&pix);
}

/* Bars for words, on lines that fall by `lean` of their length. */
static void lines_that_lean(PIX *pix, int x, int y, double lean, l_uint32 ink)
{
    for (int row = 0; row < 3; row++)
        for (int i = 0; i < PX(26); i++)
            for (int k = 0; k < PX(3) && i % PX(2) < PX(1); k++)
                dot(pix, x + i - (int)(row * PX(5) * lean),
                    y + row * PX(5) + (int)(i * lean) + k, 1, ink);
}

static void lines_without_a_frame(void **state)
{
    PIX *pix = white_page();
    struct stamps s;

    (void)state;
    lines_that_lean(pix, PX(30), PX(60), 0.2, RED);
    lines_that_lean(pix, PX(120), PX(60), 0.2, BLACK);
    stamps_find(pix, DPI, &s);
    /* all of them together, and each; in black none */
    assert_int_equal(s.n_stamps, 4);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(s.stamps[i].vague, i == 0);
        assert_true(s.stamps[i].box.x + s.stamps[i].box.w < PX(65));
    }
    assert_true(s.stamps[0].box.x < PX(30));
    assert_true(s.stamps[0].box.x + s.stamps[0].box.w > PX(56));
    assert_true(s.stamps[0].box.y + s.stamps[0].box.h > PX(78));
    stamps_clear(&s);
    pixDestroy(&pix);
}

static void framed_stamp_and_strokes(void **state)
{
    PIX *pix = white_page();
    struct stamps s;

    (void)state;
    /* a frame of 30 × 8 mm with something in it, and a slanted stroke */
    bar(pix, PX(30), PX(60), PX(30), 6, RED);
    bar(pix, PX(30), PX(68), PX(30), 6, RED);
    bar(pix, PX(30), PX(60), 6, PX(8), RED);
    bar(pix, PX(60), PX(60), 6, PX(8), RED);
    bar(pix, PX(36), PX(63), PX(16), 10, RED);
    for (int i = 0; i < PX(20); i++)
        dot(pix, PX(130) + i, PX(230) + i / 2, 6, BLUE);
    stamps_find(pix, DPI, &s);
    assert_int_equal(s.n_seals, 0);
    /* the stroke may be words, too, if they say so */
    assert_int_equal(s.n_stamps, 2);
    assert_true(s.stamps[0].vague);
    assert_true(abs(s.stamps[0].box.x - PX(130)) < PX(4));
    assert_false(s.stamps[1].vague);
    assert_true(abs(s.stamps[1].box.x - PX(30)) < PX(2));
    assert_non_null(s.stamps[1].ink);
    assert_int_equal(s.n_strokes, 1);
    assert_true(abs(s.strokes[0].x - PX(130)) < PX(2));
    stamps_clear(&s);
    pixDestroy(&pix);
}

static void arrival_stamp_in_black(void **state)
{
    static const struct made_row rows[] = {
        {RIGHT, 150, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
        {LEFT, 400, "ĐẾN"},
        {LEFT, 445, "Số: 512"},
        {LEFT, 490, "Ngày: 23/4/2021"},
        {FROM_LEFT, 700, "Sở Khoa học và Công nghệ đã nhận văn bản đến."},
        {LEFT, 600, "HỎA TỐC"},
    };
    struct page p = made_page(rows, (int)ARRAY_LEN(rows));

    (void)state;
    stamps_from_text(&made_labels, &p);
    assert_int_equal(p.n_lines, 2);
    assert_int_equal(p.n_marks, 2);
    assert_string_equal(p.marks[0].kind, "stamp");
    assert_int_equal(p.marks[0].n_lines, 3);
    assert_int_equal(p.marks[1].n_lines, 1);
    page_clear(&p);
}

/* The box with its word at the left, as agencies have it, beside a title. */
static void arrival_box_beside_a_title(void **state)
{
    static const struct made_row rows[] = {
        {400, 700, "CỔNG THÔNG TIN"},
        {300, 745, "ĐẾN"},
        {440, 735, "Giờ:{20} ..C{10}"},
        {440, 775, "Ngày: 25/9/2024{40}"},
        {1000, 745, "THỦ TƯỚNG CHÍNH PHỦ"},
        {FROM_LEFT, 900, "ngày 22 tháng 11 năm 2019 của Chính phủ;"},
    };
    struct page p = made_page(rows, (int)ARRAY_LEN(rows));

    (void)state;
    stamps_from_text(&made_labels, &p);
    assert_int_equal(p.n_marks, 1);
    assert_int_equal(p.marks[0].n_lines, 4);
    assert_int_equal(p.n_lines, 2);
    page_clear(&p);
}

/* The same words in a text are text. */
/* Number and day behind the word, without a box about them. */
static void arrival_in_one_line(void **state)
{
    static const struct made_row rows[] = {
        {LEFT, 400, "ĐẾN Số: 1472"},
        {LEFT, 445, "Ngày: 05/7/2022"},
        {FROM_LEFT, 700, "ĐẾN NGÀY 05 THÁNG 7 thì số: 512 hết hạn."},
    };
    struct page p = made_page(rows, (int)ARRAY_LEN(rows));

    (void)state;
    stamps_from_text(&made_labels, &p);
    assert_int_equal(p.n_marks, 1);
    assert_int_equal(p.marks[0].n_lines, 3);
    assert_int_equal(p.n_lines, 1);
    assert_int_equal(p.lines[0].n_words, 10);
    page_clear(&p);
}

static void words_of_the_text_stay(void **state)
{
    static const struct made_row rows[] = {
        {FROM_LEFT, 400, "ĐẾN NĂM 2025 HỎA TỐC GIẢM MỘT NỬA"},
        {FROM_LEFT, 500, "Số: 512"},
        {LEFT, 700, "ĐẾN"},
        {LEFT, 1500, "HỎA TỐC"},
    };
    struct page p = made_page(rows, (int)ARRAY_LEN(rows));

    (void)state;
    stamps_from_text(&made_labels, &p);
    assert_int_equal(p.n_lines, 4);
    assert_int_equal(p.n_marks, 0);
    page_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_seal_with_two_rings),
        cmocka_unit_test(black_and_grey_are_no_stamps),
        cmocka_unit_test(tinted_paper_is_no_ink),
        cmocka_unit_test(framed_stamp_and_strokes),
        cmocka_unit_test(lines_without_a_frame),
        cmocka_unit_test(arrival_stamp_in_black),
        cmocka_unit_test(arrival_box_beside_a_title),
        cmocka_unit_test(arrival_in_one_line),
        cmocka_unit_test(words_of_the_text_stay),
    };
    return cmocka_run_group_tests(tests, made_labels_setup,
                                  made_labels_teardown);
}
