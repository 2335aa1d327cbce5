/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How exactly a few short lines tell the angle of a page. */
#include "pipeline/baselines.h"

#include "pipeline/bilevel.h"
#include "pipeline/deskew.h"
#include "pipeline/leptonica.h"
#include "unit/unit.h"

#include <math.h>
#include <stdbool.h>

#define PAGE_W 1654
#define PAGE_H 2338
#define WITHIN_DEG 15

/* Who gets a copy, on the left; who signs, on the right: as many lines as on
 * many a last page, and none level with one of the other side. */
static PIX *last_page(void)
{
    static const char *const left[] = {"Copies to:", "- as above;",
                                       "- the ministry;", "- the registry."};
    static const char *const right[] = {"THE DIRECTOR", "Thomas Cromwell"};
    L_BMF *font = bmfCreate(NULL, 12);
    PIX *page = pixCreate(PAGE_W, PAGE_H, 8);
    int width, overflow;

    pixSetAll(page);
    for (int i = 0; i < 4; i++)
        pixSetTextline(page, font, left[i], 0, 200, 300 + 44 * i, &width,
                       &overflow);
    for (int i = 0; i < 2; i++)
        pixSetTextline(page, font, right[i], 0, 1000, 318 + 170 * i, &width,
                       &overflow);
    bmfDestroy(&font);
    return page;
}

static struct baselines of_last_page(double deg, bool in_grey)
{
    PIX *page = last_page(), *askew = skew_straighten(page, deg);
    PIX *bilevel = bilevel_make(askew);
    struct baselines found =
        baselines_find(bilevel, in_grey ? askew : bilevel, WITHIN_DEG);

    pixDestroy(&page);
    pixDestroy(&askew);
    pixDestroy(&bilevel);
    return found;
}

static void a_few_short_lines_are_enough(void **state)
{
    static const double degs[] = {-9.9, -4.2, -1.3, 0.6, 2.7, 7.1, 10};

    (void)state;
    for (int i = 0; i < 7; i++) {
        struct baselines found = of_last_page(degs[i], true);

        assert_true(fabs(found.deg + degs[i]) < 0.12);
        assert_true(found.letters > 30);
        assert_true(found.on_line_pct > 75);
    }
}

static void grey_tells_parts_of_a_pixel(void **state)
{
    static const double degs[] = {-0.35, -0.2, -0.1, 0, 0.15, 0.25, 0.4};
    double grey = 0, bilevel = 0;

    (void)state;
    for (int i = 0; i < 7; i++) {
        double left = fabs(of_last_page(degs[i], true).deg + degs[i]);

        assert_true(left < 0.1);
        grey += left;
        bilevel += fabs(of_last_page(degs[i], false).deg + degs[i]);
    }
    assert_true(grey < bilevel / 2);
}

static void what_is_no_line_says_nothing(void **state)
{
    PIX *page = pixCreate(PAGE_W, PAGE_H, 1);
    struct baselines found = baselines_find(page, page, WITHIN_DEG);

    (void)state;
    assert_int_equal(found.letters, 0);
    for (int i = 0; i < 40; i++) /* letters apart from each other, and rules */
        pixRasterop(page, 100 + i * 97 % 1400, 50 + i * 53, i % 4 ? 20 : 900,
                    i % 4 ? 25 : 3, PIX_SET, NULL, 0, 0);
    found = baselines_find(page, page, WITHIN_DEG);
    assert_int_equal(found.letters, 0);
    pixDestroy(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_few_short_lines_are_enough),
        cmocka_unit_test(grey_tells_parts_of_a_pixel),
        cmocka_unit_test(what_is_no_line_says_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
