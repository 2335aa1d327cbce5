/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames of stamps in black: by their four sides, and by what they say. */
#include "pipeline/stamp_frame.h"
#include "unit/pipeline/made_stamp.h"

#define DPI 200.0
#define PX(mm) ((int)((mm)*DPI / 25.4))

/* A page with a box of so many mm, leaning. */
static PIX *page_with(double w, double h, double lean)
{
    PIX *pix = pixCreate(PX(210), PX(297), 1);
    const struct made_frame f = {
        PX(20), PX(40), PX(w), PX(h), atan(lean) * 180 / M_PI, 4, 3};

    made_outline(pix, &f);
    return pix;
}

static int frames_on(PIX *pix)
{
    struct stamps s = {.dpi = DPI};

    frames_find(pix, DPI, &s);
    int n = s.n_frames;
    stamps_clear(&s);
    return n;
}

static void frame_that_leans(void **state)
{
    PIX *pix = page_with(48, 18, 0.03);
    struct stamps s = {.dpi = DPI};

    (void)state;
    frames_find(pix, DPI, &s);
    assert_int_equal(s.n_frames, 1);
    const struct outline *o = &s.frames[0].outline;
    assert_true(s.frames[0].outlined);
    assert_true(fabs(o->x[0] - PX(20)) < PX(1.5));
    assert_true(fabs(o->y[0] - PX(40)) < PX(1.5));
    assert_true(fabs(o->x[1] - o->x[0] - PX(48)) < PX(2));
    assert_true(fabs(o->y[3] - o->y[0] - PX(18)) < PX(1.5));
    assert_true(fabs(outline_slope(o) - 0.03) < 0.02);
    /* what was cut out has all that is about it */
    assert_true(s.frames[0].box.w > PX(48 + 8));
    assert_true(s.frames[0].box.x < PX(20) - PX(4));
    stamps_clear(&s);
    pixDestroy(&pix);
}

static void print_that_touches_a_frame(void **state)
{
    PIX *pix = page_with(48, 18, 0.12);
    struct stamps s = {.dpi = DPI};

    (void)state;
    for (int row = 0; row < 2; row++) /* words across its right side */
        for (int i = 0; i < 12; i++)
            made_bar(pix, PX(50) + i * PX(2.5), PX(50 + 5 * row), 3, PX(3));
    made_bar(pix, PX(50), PX(52), PX(30), 3);
    frames_find(pix, DPI, &s);
    assert_int_equal(s.n_frames, 1);
    assert_true(s.frames[0].outlined);
    assert_true(fabs(outline_slope(&s.frames[0].outline) - 0.12) < 0.02);
    stamps_clear(&s);
    pixDestroy(&pix);
}

static void pen_that_hangs_from_a_frame(void **state)
{
    PIX *pix = page_with(48, 18, 0.0);
    struct stamps s = {.dpi = DPI};

    (void)state;
    made_bar(pix, PX(60), PX(50), 3, PX(14));
    frames_find(pix, DPI, &s);
    assert_int_equal(s.n_frames, 1);
    const struct outline *o = &s.frames[0].outline;
    assert_true(fabs(o->y[3] - o->y[0] - PX(18)) < PX(1.5));
    stamps_clear(&s);
    pixDestroy(&pix);
}

static void what_is_no_frame(void **state)
{
    PIX *table = page_with(170, 60, 0), *speck = page_with(8, 4, 0);
    PIX *corner = pixCreate(PX(210), PX(297), 1);

    (void)state;
    made_bar(corner, PX(20), PX(40), PX(48), 3);
    made_bar(corner, PX(20), PX(40), 3, PX(18));
    assert_int_equal(frames_on(table), 0);
    assert_int_equal(frames_on(speck), 0);
    assert_int_equal(frames_on(corner), 0);
    pixDestroy(&table);
    pixDestroy(&speck);
    pixDestroy(&corner);
}

static void what_stamps_say(void **state)
{
    (void)state;
    assert_true(frame_is_stamp(&made_labels, "SỞ Y TẾ ĐẾN Số: 12 Ngày: 3/4/2020"));
    assert_true(frame_is_stamp(&made_labels, "ỗ Giờ:.... Ngày.... Chuyển"));
    assert_true(frame_is_stamp(&made_labels, "HỎA TỐC"));
    assert_false(frame_is_stamp(&made_labels, "Ảnh 4 x 6"));
    assert_false(frame_is_stamp(&made_labels, "Mẫu số 01 ngày 3 tháng 4 năm 2020"));
    assert_false(frame_is_stamp(&made_labels, "Khoản chi từ ngày 1 đến ngày 3 tháng 4 của "
                                "đơn vị và các cơ quan được giao"));
    assert_false(frame_is_stamp(&made_labels, ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frame_that_leans),
        cmocka_unit_test(print_that_touches_a_frame),
        cmocka_unit_test(pen_that_hangs_from_a_frame),
        cmocka_unit_test(what_is_no_frame),
        cmocka_unit_test(what_stamps_say),
    };
    return cmocka_run_group_tests(tests, made_labels_setup,
                                  made_labels_teardown);
}
