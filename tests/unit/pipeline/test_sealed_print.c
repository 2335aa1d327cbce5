/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Print under a red seal: mixtures drawn here pixel by pixel. */
#include "pipeline/ink.h"
#include "pipeline/leptonica.h"
#include "pipeline/sealed_print.h"
#include "unit/unit.h"

#include <stdlib.h>

#define SIDE 300
#define PAPER 244
#define PRINT 20

static const struct box seal = {60, 60, 180, 180};

struct ink {
    int red, green, blue;
    int cover_pct; /* of what is below */
};

static const struct ink red_ink = {208, 32, 42, 85};
static const struct ink blue_ink = {30, 50, 160, 85};

static void set(PIX *pix, int x, int y, int below, const struct ink *ink)
{
    int c = ink != NULL ? ink->cover_pct : 0, grain = (x * 7 + y * 13) % 5 - 2;
    int r = below, g = below, b = below;

    if (ink != NULL) {
        r = (below * (100 - c) + ink->red * c) / 100;
        g = (below * (100 - c) + ink->green * c) / 100;
        b = (below * (100 - c) + ink->blue * c) / 100;
    }
    pixSetRGBPixel(pix, x, y, r + grain, g + grain, b + grain);
}

static bool is_print(int x, int y)
{
    return x >= 20 && x < 280 && y >= 130 && y < 140;
}

static bool is_ink(int x, int y)
{
    return x >= 100 && x < 200 && y >= 100 && y < 200;
}

/* A patch of ink over a bar of print that runs on beside it. */
static PIX *page(const struct ink *ink)
{
    PIX *pix = pixCreate(SIDE, SIDE, 32);

    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            set(pix, x, y, is_print(x, y) ? PRINT : PAPER,
                is_ink(x, y) ? ink : NULL);
    return pix;
}

static int read_at(PIX *pix, int x, int y)
{
    int r, g, b;

    pixGetRGBPixel(pix, x, y, &r, &g, &b);
    return ink_value((uint8_t)r, (uint8_t)g, (uint8_t)b);
}

static void print_under_a_seal_is_dark(void **state)
{
    AUTO(pixDestroy) PIX *pix = page(&red_ink);
    AUTO(pixDestroy) PIX *before = pixCopy(NULL, pix);
    struct sealed_print kept = {0};

    (void)state;
    assert_true(read_at(pix, 150, 135) > 170); /* hardly to be read */
    sealed_print_darken(pix, &seal, 1, 4, &kept);
    assert_int_equal(kept.n, 1);
    assert_true(read_at(pix, 150, 135) < 80);
    assert_true(read_at(pix, 150, 160) > 190); /* ink alone: no print */
    assert_true(read_at(pix, 80, 135) < 40);   /* print alone, in the box */
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            assert_true(read_at(pix, x, y) <= read_at(before, x, y));
    sealed_print_put_back(pix, &kept);
}

static void what_was_darkened_is_put_back(void **state)
{
    AUTO(pixDestroy) PIX *pix = page(&red_ink);
    AUTO(pixDestroy) PIX *before = pixCopy(NULL, pix);
    /* overlapping, over the edge, and one that is not on the page */
    const struct box boxes[] = {
        {60, 60, 80, 180}, {120, 90, 400, 120}, {SIDE + 9, 10, 40, 40}};
    struct sealed_print kept = {0};
    l_int32 same = 0;

    (void)state;
    sealed_print_darken(pix, boxes, 3, 4, &kept);
    assert_int_equal(kept.n, 2);
    assert_int_equal(pixEqual(pix, before, &same), 0);
    assert_false(same);
    sealed_print_put_back(pix, &kept);
    assert_int_equal(pixEqual(pix, before, &same), 0);
    assert_true(same);
}

static void without_red_ink_nothing_is_done(void **state)
{
    AUTO(pixDestroy) PIX *none = page(NULL);
    AUTO(pixDestroy) PIX *blue = page(&blue_ink);
    struct sealed_print kept = {0};

    (void)state;
    sealed_print_darken(none, &seal, 1, 4, &kept);
    sealed_print_darken(blue, &seal, 1, 4, &kept);
    assert_int_equal(kept.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(print_under_a_seal_is_dark),
        cmocka_unit_test(what_was_darkened_is_put_back),
        cmocka_unit_test(without_red_ink_nothing_is_done),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
