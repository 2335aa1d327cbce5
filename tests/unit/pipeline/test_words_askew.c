/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The skew of a page with a name on it, crossed by a pen and beside a seal. */
#include "pipeline/words_askew.h"

#include "base/alloc.h"
#include "pipeline/deskew.h"
#include "pipeline/leptonica.h"
#include "unit/unit.h"

#include <math.h>
#include <stdlib.h>

#define W 1654
#define H 2338
#define NAME_X 900
#define NAME_Y 1170 /* near the middle, about which pages are turned */
#define NAME_W 260

static PIX *signed_page(void)
{
    L_BMF *font = bmfCreate(NULL, 14);
    PIX *page = pixCreate(W, H, 8);
    int width, overflow;

    pixSetAll(page);
    pixSetTextline(page, font, "Thomas Cromwell", 0, NAME_X, NAME_Y, &width,
                   &overflow);
    bmfDestroy(&font);
    for (int i = 0; i < 300; i++) /* a stroke, far from level */
        pixRasterop(page, NAME_X - 60 + i, NAME_Y - 340 + i, 4, 4, PIX_CLR,
                    NULL, 0, 0);
    for (int i = 0; i < 12; i++) /* teeth of a seal, on a slope */
        pixRasterop(page, NAME_X - 300 + 20 * i, NAME_Y - 180 + 9 * i, 12, 20,
                    PIX_CLR, NULL, 0, 0);
    return page;
}

/* One word read where the name is, once it was turned by deg. */
static struct page name_read(double deg, int conf_pct)
{
    double slope = tan(deg * M_PI / 180);
    double middle = NAME_X + NAME_W / 2.0 - W / 2.0;
    struct page page = {.width_px = W, .height_px = H};

    page.lines = xcalloc(1, sizeof(*page.lines));
    page.n_lines = 1;
    page.lines[0].words = xcalloc(1, sizeof(*page.lines[0].words));
    page.lines[0].n_words = 1;
    page.lines[0].words[0] = (struct word){
        .text = xstrdup("Cromwell"),
        .conf_pct = conf_pct,
        .box = {NAME_X, NAME_Y - 45 + (int)(slope * (middle - NAME_W / 2.0)),
                NAME_W + 40, 60 + (int)(slope * NAME_W)}};
    return page;
}

static void a_name_tells_how_it_stands(void **state)
{
    static const double degs[] = {0, 0.7, 3, 6};

    (void)state;
    for (int i = 0; i < 4; i++) {
        PIX *page = signed_page(), *askew = skew_straighten(page, degs[i]);
        struct page read = name_read(degs[i], 90);
        double deg = 90;

        assert_true(words_askew(askew, &read, &deg));
        assert_true(fabs(deg + degs[i]) < 0.3);
        page_clear(&read);
        pixDestroy(&page);
        pixDestroy(&askew);
    }
}

static void what_is_not_surely_a_word_says_nothing(void **state)
{
    PIX *page = signed_page();
    struct page doubtful = name_read(0, 30), none = {0};
    double deg = 90;

    (void)state;
    assert_false(words_askew(page, &doubtful, &deg));
    assert_false(words_askew(page, &none, &deg));
    assert_true(deg == 90);
    page_clear(&doubtful);
    pixDestroy(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_tells_how_it_stands),
        cmocka_unit_test(what_is_not_surely_a_word_says_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
