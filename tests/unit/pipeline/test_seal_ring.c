/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seals without colour: rings among print, and what is none. */
#include "pipeline/leptonica.h"
#include "pipeline/seal_ring.h"
#include "unit/unit.h"

#include <math.h>
#include <stdlib.h>

#define DPI 200.0
#define PX(mm) ((int)((mm)*DPI / 25.4))

/* Words of print as bars, three millimetres high, from row `top` mm on. */
static void print_lines(PIX *pix, int top, int bottom, int left, int right)
{
    srand(1);
    for (int y = top; y + 3 < bottom; y += 6)
        for (int x = left; x < right; x += 3)
            for (int i = 0; i < 14; i++)
                pixRasterop(pix, PX(x) + rand() % PX(3),
                            PX(y) + rand() % PX(3), 4, 4, PIX_SET, NULL, 0, 0);
}

/* A ring of `wide` mm about a middle, `whole` of 100 parts of it. */
static void draw_ring(PIX *pix, double x, double y, double radius, double wide,
                      int whole)
{
    for (int a = 0; a < 36 * whole; a++) {
        double angle = a / 3600.0 * 2 * M_PI;

        for (double r = radius - wide; r <= radius; r += 0.1)
            pixSetPixel(pix, PX(x + cos(angle) * r), PX(y + sin(angle) * r),
                        1);
    }
}

static PIX *new_page(void)
{
    PIX *pix = pixCreate(PX(210), PX(297), 1);

    print_lines(pix, 20, 180, 25, 190);
    print_lines(pix, 190, 202, 120, 160); /* who signs, and the name */
    print_lines(pix, 225, 231, 120, 160);
    return pix;
}

static void a_ring_over_print(void **state)
{
    PIX *pix = new_page(), *grey;
    struct box b;

    (void)state;
    draw_ring(pix, 120, 212, 18, 1, 100);
    draw_ring(pix, 120, 212, 11, 0.5, 100);
    assert_int_equal(seal_rings_find(pix, DPI, &b, 1), 1);
    assert_true(abs(b.x - PX(102)) < PX(1.5));
    assert_true(abs(b.y - PX(194)) < PX(1.5));
    assert_true(abs(b.w - PX(36)) < PX(2.5));
    grey = pixConvert1To8(NULL, pix, 220, 90); /* pale ink on dull paper */
    assert_int_equal(seal_rings_find(grey, DPI, &b, 1), 1);
    pixDestroy(&grey);
    pixDestroy(&pix);
}

static void two_seals_are_two(void **state)
{
    PIX *pix = new_page();
    struct box b[4];

    (void)state;
    draw_ring(pix, 60, 240, 17, 1, 100);
    draw_ring(pix, 120, 212, 18, 1, 100);
    assert_int_equal(seal_rings_find(pix, DPI, b, 4), 2);
    pixDestroy(&pix);
}

static void print_is_no_seal(void **state)
{
    PIX *pix = new_page();
    struct box b;

    (void)state;
    assert_int_equal(seal_rings_find(pix, DPI, &b, 1), 0);
    draw_ring(pix, 120, 212, 18, 1, 60); /* an arc */
    draw_ring(pix, 60, 250, 8, 1, 100);  /* small */
    draw_ring(pix, 60, 250, 30, 1, 100); /* large */
    assert_int_equal(seal_rings_find(pix, DPI, &b, 1), 0);
    pixDestroy(&pix);
}

static void red_ink_is_left_to_others(void **state)
{
    PIX *bits = pixCreate(PX(210), PX(297), 1), *colour;
    struct box b;

    (void)state;
    draw_ring(bits, 120, 212, 18, 1, 100);
    colour = pixConvert1To32(NULL, bits, 0xe6e3da00, 0xe0303000);
    assert_int_equal(seal_rings_find(colour, DPI, &b, 1), 0);
    pixDestroy(&colour);
    colour = pixConvert1To32(NULL, bits, 0xe6e3da00, 0x2030a000);
    assert_int_equal(seal_rings_find(colour, DPI, &b, 1), 1);
    pixDestroy(&colour);
    pixDestroy(&bits);
}

static void pages_too_small_for_seals(void **state)
{
    PIX *pix = pixCreate(60, 60, 1);
    struct box b;

    (void)state;
    assert_int_equal(seal_rings_find(pix, DPI, &b, 1), 0);
    assert_int_equal(seal_rings_find(pix, 1, &b, 1), 0);
    pixDestroy(&pix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ring_over_print),
        cmocka_unit_test(two_seals_are_two),
        cmocka_unit_test(print_is_no_seal),
        cmocka_unit_test(red_ink_is_left_to_others),
        cmocka_unit_test(pages_too_small_for_seals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
