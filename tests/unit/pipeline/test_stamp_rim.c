/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines and dots of stamps, and the letters across them. */
#include "pipeline/stamp_rim.h"
#include "unit/pipeline/made_stamp.h"

static const struct box inside = {100, 100, 400, 200};

/* A frame of three pixels, a little off where it is looked for. */
static PIX *framed(void)
{
    PIX *pix = pixCreate(600, 400, 1);
    static const struct made_frame f = {104, 95, 400, 201, 0, 4, 3};

    made_outline(pix, &f);
    return pix;
}

static void the_lines_go(void **state)
{
    PIX *pix = framed();
    int pct = 0;
    PIX *rim = stamp_rim(pix, &inside, &pct);

    (void)state;
    assert_int_equal(pct, 100);
    pixSubtract(pix, pix, rim);
    assert_int_equal(made_ink(pix), 0);
    assert_int_equal(stamp_rim_crossings(pix, &inside), 0);
    pixDestroy(&pix);
    pixDestroy(&rim);
}

static void letters_across_them_stay(void **state)
{
    PIX *pix = framed();
    int pct = 0;
    PIX *rim;

    (void)state;
    made_bar(pix, 200, 85, 4, 24);  /* a stem across the upper side */
    made_bar(pix, 490, 200, 30, 4); /* a stroke across the right one */
    made_bar(pix, 300, 110, 3, 20); /* a letter within */
    rim = stamp_rim(pix, &inside, &pct);
    assert_false(made_is_set(rim, 201, 96));
    assert_false(made_is_set(rim, 505, 201));
    assert_true(made_is_set(rim, 300, 96));
    pixSubtract(pix, pix, rim);
    assert_true(made_is_set(pix, 301, 120));
    assert_true(made_is_set(pix, 201, 90));
    assert_int_equal(stamp_rim_crossings(pix, &inside), 2);
    pixDestroy(&pix);
    pixDestroy(&rim);
}

/* Rows to write on; the dot of a letter and a number are none of them. */
static void dots_go(void **state)
{
    PIX *pix = framed();
    int pct = 0;
    PIX *rim;

    (void)state;
    for (int i = 0; i < 14; i++)
        made_bar(pix, 200 + i * 9, 200, 3, 3);
    made_bar(pix, 200, 240, 3, 3);
    made_bar(pix, 330, 190, 4, 14);
    rim = stamp_rim(pix, &inside, &pct);
    assert_true(made_is_set(rim, 201, 201));
    assert_true(made_is_set(rim, 264, 201));
    assert_false(made_is_set(rim, 201, 241));
    assert_false(made_is_set(rim, 331, 195));
    pixDestroy(&pix);
    pixDestroy(&rim);
}

/* Strokes of a pen about a place are no frame. */
static void strokes_are_none(void **state)
{
    PIX *pix = pixCreate(600, 400, 1);
    int pct = 0;
    PIX *rim;

    (void)state;
    for (int i = 0; i < 400; i++)
        made_bar(pix, 100 + i, 90 + i / 8, 3, 3);
    rim = stamp_rim(pix, &inside, &pct);
    assert_true(pct < 40);
    pixDestroy(&pix);
    pixDestroy(&rim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lines_go),
        cmocka_unit_test(letters_across_them_stay),
        cmocka_unit_test(dots_go),
        cmocka_unit_test(strokes_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
