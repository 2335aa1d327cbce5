/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be a stamp in black, by its ink. */
#include "pipeline/stamp_ink.h"
#include "unit/pipeline/made_stamp.h"

static void pale_grey_is_ink_pale_red_is_none(void **state)
{
    PIX *pix = pixCreate(100, 100, 32), *bits;
    double dpi = 100;

    (void)state;
    pixSetAllArbitrary(pix, 0xf0eee800);
    pixSetPixel(pix, 10, 10, 0xa0a09c00); /* of a stamp in black */
    pixSetPixel(pix, 20, 20, 0xb01c2800); /* of one in red */
    pixSetPixel(pix, 30, 30, 0x20206000); /* of one in blue, deep */
    pixSetPixel(pix, 40, 40, 0xd0d0cc00); /* a shade of the paper */
    bits = stamp_ink_coarse(pix, &dpi);
    assert_true(dpi > 99 && dpi < 101);
    assert_true(made_is_set(bits, 10, 10));
    assert_false(made_is_set(bits, 20, 20));
    assert_true(made_is_set(bits, 30, 30));
    assert_false(made_is_set(bits, 40, 40));
    pixDestroy(&pix);
    pixDestroy(&bits);
}

static void thin_lines_thicken(void **state)
{
    PIX *pix = pixCreate(400, 400, 8), *bits;
    double dpi = 300;

    (void)state;
    pixSetAllArbitrary(pix, 230);
    for (int x = 0; x < 400; x++)
        pixSetPixel(pix, x, 101, 150);
    bits = stamp_ink_coarse(pix, &dpi);
    assert_true(dpi > 74 && dpi < 76);
    assert_int_equal(pixGetWidth(bits), 100);
    assert_true(made_is_set(bits, 50, 25));
    assert_false(made_is_set(bits, 50, 27));
    pixDestroy(&pix);
    pixDestroy(&bits);
}

static void ink_is_darker_than_the_paper(void **state)
{
    PIX *grey = pixCreate(40, 40, 8), *bits;

    (void)state;
    pixSetAllArbitrary(grey, 200);
    pixSetPixel(grey, 10, 10, 130); /* pale ink */
    pixSetPixel(grey, 20, 20, 180); /* a shade */
    bits = stamp_ink(grey);
    assert_true(made_is_set(bits, 10, 10));
    assert_false(made_is_set(bits, 20, 20));
    assert_false(made_is_set(bits, 30, 30));
    pixDestroy(&grey);
    pixDestroy(&bits);
}

/* Grey or in grey colours, in words of pixels that are whole or not. */
static void each_pixel_is_told_by_itself(void **state)
{
    PIX *grey = pixCreate(75, 60, 8), *colours;

    (void)state;
    pixSetAllArbitrary(grey, 230);
    for (int i = 0; i < 300; i++) /* ink is darker than 179 */
        pixSetPixel(grey, i * 53 % 75, i * 31 % 60, (l_uint32)(170 + i % 20));
    colours = pixConvertTo32(grey);
    for (int deep = 0; deep < 2; deep++) {
        double dpi = 100;
        PIX *bits = stamp_ink_coarse(deep ? colours : grey, &dpi);

        for (int y = 0; y < 60; y++)
            for (int x = 0; x < 75; x++) {
                l_uint32 v = 0;

                pixGetPixel(grey, x, y, &v);
                assert_int_equal(made_is_set(bits, x, y), v < 179);
            }
        pixDestroy(&bits);
    }
    pixDestroy(&grey);
    pixDestroy(&colours);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pale_grey_is_ink_pale_red_is_none),
        cmocka_unit_test(thin_lines_thicken),
        cmocka_unit_test(each_pixel_is_told_by_itself),
        cmocka_unit_test(ink_is_darker_than_the_paper),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
