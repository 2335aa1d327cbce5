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
    seal_wipe(pix, &found);
    assert_true(ink(pix) >= of_bar);
    assert_true(ink(pix) < of_bar + of_bar / 4);
    seal_wipe(grey, &found);
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
    seal_wipe(pix, &found);
    assert_int_equal(ink(pix), before);
}

/* At the edge of the page half of the seal is not there. */
static void edges_are_kept_to(void **state)
{
    AUTO(pixDestroy) PIX *pix = pixCreate(200, 200, 1);
    struct box over = {120, -60, 150, 150};

    (void)state;
    seal_wipe(pix, &over);
    assert_int_equal(ink(pix), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rings_go_the_bar_stays),
        cmocka_unit_test(what_is_no_circle_stays),
        cmocka_unit_test(edges_are_kept_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
