/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Specks leave a page that is full of them, and no other. */
#include "pipeline/grain.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

#define W 1654
#define H 2338
#define STEP 12 /* pixels from one speck to the next */

static PIX *print_in_grain(PIX *print, int height)
{
    PIX *pix = pixCopy(NULL, print);

    for (int y = 0; y < height; y += STEP)
        for (int x = 0; x < W; x += STEP)
            pixRasterop(pix, x, y, 1 + x / STEP % 3, 1 + y / STEP % 3, PIX_SET,
                        NULL, 0, 0);
    return pix;
}

static PIX *removed(PIX *black)
{
    struct grain g = grain_count(black, 200);

    return grain_removed(black, &g, 200);
}

static bool outnumbers(PIX *black)
{
    struct grain g = grain_count(black, 200);

    return grain_outnumbers(&g);
}

static l_int32 parts_of(PIX *pix)
{
    l_int32 n = 0;

    assert_int_equal(pixCountConnComp(pix, 8, &n), 0);
    return n;
}

static void print_comes_out_of_grain(void **state)
{
    PIX *print = sample_print(W, H, 40);
    PIX *grain = print_in_grain(print, H);
    PIX *clean = removed(grain);

    (void)state;
    assert_non_null(clean);
    assert_true(parts_of(grain) > 10 * parts_of(print));
    assert_in_range(parts_of(clean), parts_of(print) * 7 / 10,
                    parts_of(print) * 11 / 10);
    pixDestroy(&print);
    pixDestroy(&grain);
    pixDestroy(&clean);
}

static void some_specks_stay(void **state)
{
    PIX *print = sample_print(W, H, 40);
    PIX *specks = print_in_grain(print, H / 4);

    (void)state;
    assert_null(removed(print));
    assert_null(removed(specks));
    pixDestroy(&print);
    pixDestroy(&specks);
}

/* Bits of letters, say, of a print head of needles. */
static void thousands_of_larger_parts_stay(void **state)
{
    PIX *bits = pixCreate(W, H, 1);

    (void)state;
    for (int y = 0; y < H; y += STEP)
        for (int x = 0; x < W; x += STEP)
            pixRasterop(bits, x, y, 2 + 4 * (x / STEP % 3 > 0), 3, PIX_SET,
                        NULL, 0, 0);
    assert_true(parts_of(bits) > 20000);
    assert_null(removed(bits));
    pixDestroy(&bits);
}

static void specks_outnumber_print_or_do_not(void **state)
{
    PIX *print = sample_print(W, H, 40);
    PIX *few = print_in_grain(print, H / 10), *many = print_in_grain(print, H);

    (void)state;
    assert_true(parts_of(few) > 4000);
    assert_false(outnumbers(print));
    assert_false(outnumbers(few));
    assert_true(outnumbers(many));
    pixDestroy(&print);
    pixDestroy(&few);
    pixDestroy(&many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(print_comes_out_of_grain),
        cmocka_unit_test(some_specks_stay),
        cmocka_unit_test(thousands_of_larger_parts_stay),
        cmocka_unit_test(specks_outnumber_print_or_do_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
