/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to any sheet is none of its writing, though a scan in black and
 * white shows it in pieces. */
#include "pipeline/leptonica.h"
#include "pipeline/traces.h"
#include "unit/unit.h"

#include <math.h>

#define W 1654
#define H 2338
#define HOLE 23 /* radius */

static void bit(PIX *pix, int x, int y, int w, int h)
{
    pixRasterop(pix, x, y, w, h, PIX_SET, NULL, 0, 0);
}

/* Dark parts of a page, which is freed. */
static int dark_of(PIX *pix)
{
    struct traces found;
    int dark;

    traces_find(pix, 200, &found);
    assert_true(found.looked);
    dark = found.dark;
    traces_clear(&found);
    pixDestroy(&pix);
    return dark;
}

/* Dashes along a line, each as long as a letter is high. */
static PIX *dashes(int from, int to, double lean, bool upright)
{
    PIX *pix = pixCreate(W, H, 1);

    for (int at = from; at < to; at += 26) {
        int across = 700 + (int)lround(at * lean);

        bit(pix, upright ? across : at, upright ? at : across,
            upright ? 3 : 14, upright ? 14 : 3);
    }
    return pix;
}

static void a_broken_line_is_no_trace(void **state)
{
    (void)state;
    assert_int_equal(dark_of(dashes(0, W, 0, false)), 0);
    assert_int_equal(dark_of(dashes(0, W, 0.006, false)), 0);
    assert_int_equal(dark_of(dashes(0, H, 0, true)), 0);
}

/* Dashes between the margins, a line that leans more, and a stroke on one. */
static void what_is_drawn_is_a_trace(void **state)
{
    PIX *crossed = dashes(0, W, 0, false);

    (void)state;
    bit(crossed, 800, 690, 4, 24);
    assert_in_range(dark_of(dashes(W / 8, W * 7 / 8, 0, false)), 30, 60);
    assert_true(dark_of(dashes(0, W, 0.03, false)) > 40);
    assert_int_equal(dark_of(crossed), 1);
}

/* Bits that do not touch, in a disc or a square. */
static PIX *bits(int x0, int y0, bool round)
{
    PIX *pix = pixCreate(W, H, 1);

    for (int y = -HOLE; y <= HOLE; y++) {
        int half = round ? (int)sqrt((double)(HOLE * HOLE - y * y)) : HOLE;

        for (int x = -half; x <= half; x++)
            if ((y + HOLE) % 5 < 3 && (x + HOLE) % 18 < 15)
                bit(pix, x0 + x, y0 + y, 1, 1);
    }
    return pix;
}

static void a_hole_in_bits_is_no_trace(void **state)
{
    (void)state;
    assert_int_equal(dark_of(bits(90, 850, true)), 0);
    assert_int_equal(dark_of(bits(W / 2, 2290, true)), 0);
    /* but not away from the edges, nor what is square */
    assert_true(dark_of(bits(W / 2, 850, true)) > 5);
    assert_true(dark_of(bits(90, 850, false)) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_broken_line_is_no_trace),
        cmocka_unit_test(what_is_drawn_is_a_trace),
        cmocka_unit_test(a_hole_in_bits_is_no_trace),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
