/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long runs are what an opening by a line leaves, whatever the page. */
#include "pipeline/long_runs.h"

#include "pipeline/leptonica.h"
#include "unit/unit.h"

#include <stdlib.h>

/* Strokes of all lengths at all places, some up to the edges. */
static PIX *scatter(unsigned seed, int w, int h)
{
    PIX *pix = pixCreate(w, h, 1);

    for (int i = 0; i < 60; i++) {
        unsigned r[4];

        for (int k = 0; k < 4; k++)
            r[k] = seed = seed * 1664525U + 1013904223U;
        pixRasterop(pix, (int)(r[0] >> 8) % w - 5, (int)(r[1] >> 8) % h - 5,
                    i % 2 ? (int)(r[2] >> 8) % 90 + 1 : 2,
                    i % 2 ? 2 : (int)(r[3] >> 8) % 90 + 1, PIX_SET, NULL, 0, 0);
    }
    return pix;
}

static void assert_same(PIX *a, PIX *b)
{
    l_int32 same = 0;

    assert_non_null(a);
    assert_int_equal(pixEqual(a, b, &same), 0);
    assert_true(same);
    pixDestroy(&a);
    pixDestroy(&b);
}

static void they_are_an_opening(void **state)
{
    static const int lengths[] = {1, 2, 3, 7, 8, 25, 50, 64, 100, 333};

    (void)state;
    for (unsigned seed = 1; seed <= 8; seed++) {
        PIX *pix = scatter(seed, 201 + (int)seed * 13, 150 + (int)seed);

        for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
            assert_same(long_runs_across(pix, lengths[i]),
                        pixOpenBrick(NULL, pix, lengths[i], 1));
            assert_same(long_runs_down(pix, lengths[i]),
                        pixOpenBrick(NULL, pix, 1, lengths[i]));
        }
        pixDestroy(&pix);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_are_an_opening),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
