/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which greys are ink: of print, of pale stamps, of a part alone. */
#include "pipeline/ink_level.h"
#include "pipeline/leptonica.h"
#include "unit/unit.h"

/* Paper of 230 with a block of a grey in its upper left corner. */
static PIX *paper_with(int grey)
{
    PIX *pix = pixCreate(320, 320, 8);

    pixSetAllArbitrary(pix, 230);
    for (int y = 0; y < 64; y++)
        for (int x = 0; x < 64; x++)
            pixSetPixel(pix, x, y, (l_uint32)grey);
    return pix;
}

static void stamps_may_be_paler_than_print(void **state)
{
    PIX *pix = paper_with(100), *dark = pixCreate(80, 80, 8);
    int stamp = ink_level_stamp_on_page(pix), print = ink_level_print(pix);

    (void)state;
    assert_int_equal(stamp, 230 * 78 / 100);
    assert_int_equal(ink_level_stamp_alone(pix), 230 * 72 / 100);
    assert_int_equal(print, 230 - 71);
    assert_true(print < stamp);
    /* what is black is ink, however dark the paper */
    pixSetAllArbitrary(dark, 140);
    assert_int_equal(ink_level_stamp_on_page(dark), 128);
    pixDestroy(&dark);
    pixDestroy(&pix);
}

static void of_colours_red_is_looked_at(void **state)
{
    PIX *pix = pixCreate(160, 160, 32);

    (void)state;
    pixSetAllArbitrary(pix, 0xc8402000);
    assert_int_equal(ink_level_stamp_on_page(pix), 0xc8 * 78 / 100);
    assert_int_equal(ink_level_print(pix), 0xc8 - 71);
    pixDestroy(&pix);
}

static void a_part_is_told_by_itself(void **state)
{
    PIX *pix = paper_with(180);
    struct box part = {0, 0, 120, 120}, white = {150, 150, 100, 100};
    struct box over = {-200, -200, 320, 320};
    int ink, paper;

    (void)state;
    assert_int_equal(ink_level_in(pix, &part), (180 + 230) / 2);
    assert_int_equal(ink_level_in(pix, &white), 230);
    /* beyond the edge there is neither */
    assert_int_equal(ink_level_in(pix, &over), (180 + 230) / 2);
    ink_and_paper(pix, &part, &ink, &paper);
    assert_int_equal(ink, 180);
    assert_int_equal(paper, 230);
    pixDestroy(&pix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stamps_may_be_paler_than_print),
        cmocka_unit_test(of_colours_red_is_looked_at),
        cmocka_unit_test(a_part_is_told_by_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
