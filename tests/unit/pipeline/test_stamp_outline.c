/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rectangles of the size of stamps, among print. */
#include "pipeline/stamp_outline.h"
#include "unit/pipeline/made_stamp.h"

#define DPI 100.0
#define MM (DPI / 25.4)

/* A line of two pixels from one point to another, in mm. */
static void line(PIX *pix, double x0, double y0, double x1, double y1)
{
    made_stroke(pix, x0 * MM, y0 * MM, x1 * MM, y1 * MM, 2);
}

/* Words of a row: blocks of letters with gaps between. */
static void words(PIX *pix, double x, double y, double width)
{
    for (double at = x; at < x + width; at += 2)
        if ((int)((at - x) / 2) % 4 != 3) /* each fourth is a gap */
            for (int k = 0; k < 3; k++)
                line(pix, at + k * 0.6, y, at + k * 0.6, y + 2);
}

/* 50 mm by 26 at 20, 20, falling by so many degrees; `sides` of the four. */
static PIX *part_with(double deg, int sides)
{
    PIX *pix = pixCreate((int)(100 * MM), (int)(70 * MM), 1);
    const struct made_frame f = {20 * MM, 20 * MM, 50 * MM, 26 * MM,
                                 deg,     sides,   2};

    made_outline(pix, &f);
    return pix;
}

static void lean_and_size(void **state)
{
    (void)state;
    for (double deg = -8; deg <= 8; deg += 4) {
        PIX *pix = part_with(deg, 4);
        struct outline o;

        words(pix, 5, 30, 80); /* print runs across it */
        words(pix, 5, 35, 80);
        assert_true(outline_find(pix, DPI, &o));
        assert_true(fabs(atan(outline_slope(&o)) * 180 / M_PI - deg) < 1.2);
        assert_true(fabs(o.x[0] - 20 * MM) < 2 * MM);
        assert_true(fabs(o.y[0] - 20 * MM) < 2 * MM);
        assert_true(fabs(hypot(o.x[1] - o.x[0], o.y[1] - o.y[0]) - 50 * MM) <
                    3 * MM);
        assert_true(fabs(hypot(o.x[3] - o.x[0], o.y[3] - o.y[0]) - 26 * MM) <
                    2 * MM);
        pixDestroy(&pix);
    }
}

static void one_side_may_be_missing(void **state)
{
    PIX *three = part_with(-6, 3), *two = part_with(-6, 2);
    struct outline o;

    (void)state;
    assert_true(outline_find(three, DPI, &o));
    assert_false(outline_find(two, DPI, &o));
    pixDestroy(&three);
    pixDestroy(&two);
}

/* The smallest frames there are, a seventh of whose sides is missing at one
 * place, wherever they lie and however fine the image is. */
static void sides_may_be_broken(void **state)
{
    static const double dpis[] = {70, 100, 139};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(dpis); i++) {
        for (int x = 20; x < 36; x += 3) {
            double mm = dpis[i] / 25.4;
            PIX *pix = pixCreate((int)(60 * mm), (int)(40 * mm), 1);
            const struct made_frame f = {x, 20, 18 * mm, 9 * mm, 0, 4, 2};
            struct outline o;

            made_outline(pix, &f);
            pixRasterop(pix, x + (int)(7 * mm), 0, (int)(f.w * 0.14),
                        (int)(40 * mm), PIX_CLR, NULL, 0, 0);
            assert_true(outline_find(pix, dpis[i], &o));
            assert_true(fabs(o.x[0] - x) < 2 * mm);
            assert_true(fabs(o.x[1] - o.x[0] - f.w) < 2 * mm);
            pixDestroy(&pix);
        }
    }
}

static void print_is_none(void **state)
{
    PIX *pix = pixCreate((int)(140 * MM), (int)(100 * MM), 1);
    struct outline o;

    (void)state;
    for (int row = 0; row < 12; row++)
        words(pix, 5, 5 + row * 5, 120);
    line(pix, 5, 90, 100, 90);
    assert_false(outline_find(pix, DPI, &o));
    pixDestroy(&pix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lean_and_size),
        cmocka_unit_test(one_side_may_be_missing),
        cmocka_unit_test(sides_may_be_broken),
        cmocka_unit_test(print_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
