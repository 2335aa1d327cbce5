/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Print that came through the paper of a scan in black and white is thin;
 * what was written on this side is not. */
#include "pipeline/thin_print.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

#define W 1654
#define H 2338
#define DPI 200

/* Print of the usual strokes, or of thinner ones. */
static PIX *print_of(bool thin)
{
    PIX *print = sample_print(W, H, 40);

    if (thin)
        pixErodeBrick(print, print, 2, 2);
    return print;
}

static bool is_thin(PIX *pix, double dpi)
{
    struct traces strokes = {0};
    bool thin = thin_print_find(pix, dpi, &strokes);

    assert_true(thin ? strokes.medium > 0 : strokes.n == 0);
    traces_clear(&strokes);
    return thin;
}

static void thin_print_is_told_from_print(void **state)
{
    PIX *thin = print_of(true), *thick = print_of(false);
    PIX *grey = pixConvertTo8(thin, 0);

    (void)state;
    assert_true(is_thin(thin, DPI));
    assert_true(is_thin(grey, DPI));
    assert_false(is_thin(thick, DPI));
    pixDestroy(&thin);
    pixDestroy(&thick);
    pixDestroy(&grey);
}

/* A one written with a pen, within the print. */
static void one_thick_stroke_is_enough(void **state)
{
    PIX *pix = print_of(true);

    (void)state;
    pixRasterop(pix, 800, H / 2, 4, 24, PIX_SET, NULL, 0, 0);
    assert_false(is_thin(pix, DPI));
    pixDestroy(&pix);
}

static void a_coarse_scan_does_not_say(void **state)
{
    PIX *pix = print_of(true);

    (void)state;
    assert_false(is_thin(pix, 90));
    pixDestroy(&pix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thin_print_is_told_from_print),
        cmocka_unit_test(one_thick_stroke_is_enough),
        cmocka_unit_test(a_coarse_scan_does_not_say),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
