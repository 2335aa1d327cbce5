/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ring of a seal goes from a copy, what is printed across it stays. */
#include "pipeline/leptonica.h"
#include "pipeline/seal_wipe.h"
#include "unit/unit.h"

#include <math.h>
#include <stdlib.h>

#define MIDDLE_PX 300
#define RADIUS_PX 142
#define RING_PX 6

static const struct box found = {MIDDLE_PX - RADIUS_PX + 4,
                                 MIDDLE_PX - RADIUS_PX - 3, 2 * RADIUS_PX - 6,
                                 2 * RADIUS_PX - 6}; /* not quite right */

static void draw_ring(PIX *pix, double radius, double wide)
{
    for (int a = 0; a < 7200; a++)
        for (double r = radius - wide; r <= radius; r += 0.3)
            pixSetPixel(pix,
                        (int)lround(MIDDLE_PX + cos(a * M_PI / 3600) * r),
                        (int)lround(MIDDLE_PX + sin(a * M_PI / 3600) * r), 1);
}

static void bar(PIX *pix, int x, int y, int w, int h, int op)
{
    pixRasterop(pix, x, y, w, h, op, NULL, 0, 0);
}

static int ink(PIX *pix)
{
    AUTO(pixDestroy) PIX *bits = pixGetDepth(pix) == 1
                                     ? pixClone(pix)
                                     : pixThresholdToBinary(pix, 128);
    l_int32 n = 0;

    pixCountPixels(bits, &n, NULL);
    return n;
}

/* Two rings, and a bar as of a letter that lies across the outer one. */
static PIX *sealed(int *of_bar)
{
    PIX *pix = pixCreate(600, 600, 1);
    AUTO(pixDestroy) PIX *print = pixCreate(600, 600, 1);

    draw_ring(pix, RADIUS_PX, RING_PX);
    draw_ring(pix, 97, 3);
    bar(print, MIDDLE_PX + RADIUS_PX - 40, MIDDLE_PX - 5, 80, 12, PIX_SET);
    *of_bar = ink(print);
    pixOr(pix, pix, print);
    return pix;
}

static void the_rings_go_the_bar_stays(void **state)
{
    int of_bar;
    AUTO(pixDestroy) PIX *pix = sealed(&of_bar);
    AUTO(pixDestroy) PIX *grey = pixConvert1To8(NULL, pix, 225, 60);

    (void)state;
    assert_true(ink(pix) > of_bar * 5);
    seal_wipe_rings(pix, &found);
    assert_true(ink(pix) >= of_bar);
    assert_true(ink(pix) < of_bar + of_bar / 4);
    seal_wipe_rings(grey, &found);
    assert_true(ink(grey) >= of_bar);
    assert_true(ink(grey) < of_bar + of_bar / 4);
}

/* A star, letters and a signature are no circles; half of one is none. */
static void what_is_no_circle_stays(void **state)
{
    AUTO(pixDestroy) PIX *pix = pixCreate(600, 600, 1);
    int before;

    (void)state;
    bar(pix, MIDDLE_PX - 40, MIDDLE_PX - 40, 80, 80, PIX_SET);
    bar(pix, MIDDLE_PX - 140, MIDDLE_PX + 60, 280, 20, PIX_SET);
    draw_ring(pix, RADIUS_PX, RING_PX);
    bar(pix, 0, 0, 600, MIDDLE_PX, PIX_CLR);
    before = ink(pix);
    seal_wipe_rings(pix, &found);
    assert_int_equal(ink(pix), before);
}

/* A grey seal: rings, a star, and a bar half of which the seal covers, so that
 * it is hardly darker than the seal there. */
static PIX *grey_seal(int seal, int covered, int print)
{
    int of_bar;
    AUTO(pixDestroy) PIX *bits = sealed(&of_bar);
    PIX *pix = pixConvert1To8(NULL, bits, 250, (l_uint8)seal);

    for (int x = 400; x < 560; x++)
        for (int y = 380; y < 392; y++) {
            bool inside = hypot(x - MIDDLE_PX, y - MIDDLE_PX) < RADIUS_PX;

            pixSetPixel(pix, x, y, inside ? covered : print);
        }
    for (int y = 20; y < 50; y++) /* print beside it */
        for (int x = 160; x < 440; x++)
            pixSetPixel(pix, x, y, (l_uint32)print);
    return pix;
}

static unsigned at(PIX *pix, int x, int y)
{
    l_uint32 v = 0;

    assert_int_equal(pixGetPixel(pix, x, y, &v), 0);
    return v;
}

static void a_paler_seal_fades_the_print_stays(void **state)
{
    AUTO(pixDestroy) PIX *pix = grey_seal(120, 80, 25);

    (void)state;
    assert_true(seal_fade(pix, &found));
    assert_true(at(pix, MIDDLE_PX + RADIUS_PX - 2, MIDDLE_PX + 15) >= 240);
    assert_true(at(pix, MIDDLE_PX - 95, MIDDLE_PX) >= 240);
    assert_int_equal(at(pix, 403, 385), 25);
    assert_int_equal(at(pix, 540, 385), 25);
}

static void a_seal_as_dark_as_print_does_not_fade(void **state)
{
    AUTO(pixDestroy) PIX *pix = grey_seal(45, 30, 25);
    AUTO(pixDestroy) PIX *before = pixCopy(NULL, pix);
    AUTO(pixDestroy) PIX *bits = pixThresholdToBinary(pix, 128);
    l_int32 same = 0;

    (void)state;
    assert_false(seal_fade(pix, &found));
    pixEqual(pix, before, &same);
    assert_int_equal(same, 1);
    assert_false(seal_fade(bits, &found));
}

/* At the edge of the page half of the seal is not there. */
static void edges_are_kept_to(void **state)
{
    AUTO(pixDestroy) PIX *pix = pixCreate(200, 200, 1);
    struct box over = {120, -60, 150, 150};

    (void)state;
    seal_wipe_rings(pix, &over);
    assert_int_equal(ink(pix), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rings_go_the_bar_stays),
        cmocka_unit_test(what_is_no_circle_stays),
        cmocka_unit_test(a_paler_seal_fades_the_print_stays),
        cmocka_unit_test(a_seal_as_dark_as_print_does_not_fade),
        cmocka_unit_test(edges_are_kept_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
