/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long runs are what an opening by a line leaves, whatever the page. */
#include "pipeline/long_runs.h"

#include "pipeline/leptonica.h"
#include "pipeline/open_shortcut.h"
#include "pipeline/recognise.h"
#include "unit/sample_print.h"
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

static PIX *opened(PIX *pix, int w, int h)
{
    SEL *line = selCreateBrick(h, w, h / 2, w / 2, SEL_HIT);
    PIX *out = pixOpen(NULL, pix, line);

    selDestroy(&line);
    return out;
}

static void they_are_an_opening(void **state)
{
    static const int lengths[] = {1, 2, 3, 7, 8, 25, 50, 64, 100, 333};

    (void)state;
    for (unsigned seed = 1; seed <= 8; seed++) {
        PIX *pix = scatter(seed, 201 + (int)seed * 13, 150 + (int)seed);

        for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
            assert_same(long_runs_across(pix, lengths[i]),
                        opened(pix, lengths[i], 1));
            assert_same(long_runs_down(pix, lengths[i]),
                        opened(pix, 1, lengths[i]));
        }
        pixDestroy(&pix);
    }
}

static void gaps_are_filled_as_a_closing_fills_them(void **state)
{
    static const int lengths[] = {1, 3, 7, 45, 61, 101};

    (void)state;
    for (unsigned seed = 1; seed <= 8; seed++) {
        PIX *pix = scatter(seed, 201 + (int)seed * 13, 150 + (int)seed);

        for (size_t i = 0; i < ARRAY_LEN(lengths); i++)
            assert_same(gaps_closed_across(pix, lengths[i]),
                        pixCloseSafeBrick(NULL, pix, lengths[i], 1));
        pixDestroy(&pix);
    }
}

/* Leptonica's callers get the same, by the short way where there is one. */
static void whoever_opens_gets_the_same(void **state)
{
    static const int sizes[][2] = {{1, 1},  {7, 1},  {1, 7},  {8, 1}, {1, 8},
                                   {61, 1}, {1, 61}, {30, 2}, {3, 3}};
    PIX *pix = scatter(9, 300, 200);
    unsigned long before = open_shortcut_taken();

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++)
        assert_same(pixOpenBrick(NULL, pix, sizes[i][0], sizes[i][1]),
                    opened(pix, sizes[i][0], sizes[i][1]));
    assert_int_equal(open_shortcut_taken(), before + 4);
    pixDestroy(&pix);
}

/* What Tesseract's library calls: the definition the dynamic linker finds. */
static void tesseract_takes_it(void **state)
{
    unsigned long before = open_shortcut_taken();
    struct recogniser *r = NULL;
    struct page page = {0};
    PIX *pix;
    int turn_deg;

    (void)state;
    if (recogniser_new(OWN_MODEL, &r) != STATUS_OK) {
        print_message("%s\n", status_message());
        skip();
    }
    pix = sample_print(900, 500, 4);
    assert_ok(recognise(r, pix, 150, &page, &turn_deg));
    assert_true(open_shortcut_taken() > before);
    page_clear(&page);
    pixDestroy(&pix);
    recogniser_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_are_an_opening),
        cmocka_unit_test(gaps_are_filled_as_a_closing_fills_them),
        cmocka_unit_test(whoever_opens_gets_the_same),
        cmocka_unit_test(tesseract_takes_it),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
