/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The resolution a page is read at follows the size of its print; without
 * print it is what scans usually are read at. */
#include "pipeline/reading_copy.h"

#include "pipeline/scan.h"
#include "pipeline/text_height.h"
#include "pipeline/traces.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

#include <math.h>

/* A page of print of `scale` times the usual size, scanned at dpi. */
static struct scan scan_of(float scale, int dpi)
{
    PIX *print = sample_print(900, 700, 12);
    PIX *grey = pixConvertTo8(print, 0);
    struct scan s = {.pix = pixScale(grey, scale, scale)};

    s.width_px = pixGetWidth(s.pix);
    s.height_px = pixGetHeight(s.pix);
    s.dpi_x = s.dpi_y = dpi;
    pixDestroy(&print);
    pixDestroy(&grey);
    return s;
}

static void assert_read_at(struct scan s, double from_dpi, double to_dpi)
{
    struct reading_copy c = {0};

    assert_ok(reading_copy_make(&s, &c));
    assert_null(s.pix);
    assert_true(c.dpi >= from_dpi && c.dpi <= to_dpi);
    assert_int_equal(c.geometry.read_width_px, pixGetWidth(c.grey));
    assert_int_equal(c.geometry.width_px, s.width_px);
    reading_copy_clear(&c);
}

static void usual_print_is_read_at_200_dpi(void **state)
{
    (void)state;
    assert_read_at(scan_of(1.5F, 300), 199, 201);
    assert_read_at(scan_of(1.0F, 200), 200, 200);
    assert_read_at(scan_of(2.0F, 220), 220, 220); /* not for a few per cent */
}

static void small_print_is_read_at_what_the_scan_has(void **state)
{
    (void)state;
    assert_read_at(scan_of(0.75F, 300), 250, 300);
}

static void small_print_of_a_coarse_scan_is_enlarged(void **state)
{
    (void)state;
    assert_read_at(scan_of(0.5F, 100), 150, 200);
}

static struct scan white_scan(void)
{
    struct scan s = {.pix = pixCreate(800, 600, 8),
                     .width_px = 800,
                     .height_px = 600,
                     .dpi_x = 200,
                     .dpi_y = 200};

    pixSetAll(s.pix);
    return s;
}

static void without_print_nothing_is_enlarged(void **state)
{
    (void)state;
    assert_read_at(white_scan(), 200, 200);
}

/* Print of the other side that came through in dots, some of them touching. */
static void clumps_of_dots_are_not_enlarged(void **state)
{
    struct scan s = white_scan();

    (void)state;
    for (int y = 20; y < 580; y += 10)
        for (int x = 20; x < 780; x += 10)
            pixRasterop(s.pix, x, y, 2, x % 40 == 0 ? 5 : 2, PIX_CLR, NULL, 0,
                        0);
    assert_read_at(s, 200, 200);
}

/* Pale print on a shaded sheet above a strip of the scanner's lid. */
static PIX *pale_print(void)
{
    PIX *print = sample_print(1654, 2339, 40);
    PIX *pix = pixCreate(1654, 2339, 8);

    for (int y = 0; y < 2339; y++) {
        const l_uint32 *from = pixGetData(print) + (size_t)y * pixGetWpl(print);
        l_uint32 *line = pixGetData(pix) + (size_t)y * pixGetWpl(pix);

        for (int x = 0; x < 1654; x++) {
            int paper = 236 - x / 25, ink = paper * 78 / 100;

            SET_DATA_BYTE(line, x,
                          y > 2280                ? 60
                          : GET_DATA_BIT(from, x) ? ink
                                                  : paper);
        }
    }
    pixDestroy(&print);
    return pix;
}

static void traces_are_those_of_the_page_as_it_came(void **state)
{
    struct scan s = {.pix = pale_print(), .width_px = 1654, .height_px = 2339};
    PIX *page = pixCopy(NULL, s.pix);
    struct reading_copy c = {0};
    struct traces want;

    (void)state;
    s.dpi_x = s.dpi_y = 200;
    traces_find(page, 200, &want);
    assert_ok(reading_copy_make(&s, &c));
    assert_true(c.surface.traces.looked);
    assert_true(want.pale > 300);
    assert_int_equal(c.surface.traces.pale, want.pale);
    assert_int_equal(c.surface.traces.dark, want.dark);
    traces_clear(&want);
    pixDestroy(&page);
    reading_copy_clear(&c);
}

/* Single pixels here and there. */
static void add_grain(PIX *pix, int n)
{
    unsigned seed = 1;

    for (int i = 0; i < n; i++) {
        seed = seed * 1103515245u + 12345u;
        pixSetPixel(pix, (int)(seed >> 8) % 1654, (int)(seed >> 4) % 2339, 190);
    }
}

/* A back without writing: its grain would be as black as print. */
static void grain_of_a_back_is_not_made_black(void **state)
{
    struct scan s = {.pix = pixCreate(1654, 2339, 8),
                     .width_px = 1654,
                     .height_px = 2339,
                     .dpi_x = 200,
                     .dpi_y = 200};
    struct reading_copy c = {0};
    l_int32 black;

    (void)state;
    pixSetAllArbitrary(s.pix, 236);
    add_grain(s.pix, 20000);
    assert_ok(reading_copy_make(&s, &c));
    assert_int_equal(c.surface.traces.pale, 0);
    assert_int_equal(pixCountPixels(c.bilevel, &black, NULL), 0);
    assert_in_range(black, 0, 200);
    reading_copy_clear(&c);
}

/* Nor is the grain between lines of pale print, whose letters it outnumbers. */
static void grain_between_pale_print_is_not_made_black(void **state)
{
    PIX *print = sample_print(1654, 2339, 20);
    struct scan s = {.pix = pixConvert1To8(NULL, print, 236, 190),
                     .width_px = 1654,
                     .height_px = 2339,
                     .dpi_x = 200,
                     .dpi_y = 200};
    struct reading_copy c = {0};
    l_int32 letters, parts;

    (void)state;
    add_grain(s.pix, 20000);
    assert_ok(reading_copy_make(&s, &c));
    assert_true(c.grainy);
    assert_true(c.surface.traces.pale > 100);
    assert_int_equal(pixCountConnComp(print, 8, &letters), 0);
    assert_int_equal(pixCountConnComp(c.bilevel, 8, &parts), 0);
    assert_in_range(parts, letters / 2, letters * 2);
    pixDestroy(&print);
    reading_copy_clear(&c);
}

/* A copy of a page of print, higher than wide. */
static struct reading_copy copy_of_print(void)
{
    PIX *print = sample_print(700, 900, 12);
    struct reading_copy c = {.grey = pixConvertTo8(print, 0), .dpi = 200};

    c.geometry = (struct page_geometry){.width_px = 1400,
                                        .height_px = 1800,
                                        .read_width_px = 700,
                                        .read_height_px = 900};
    pixDestroy(&print);
    return c;
}

static void a_copy_is_turned_and_straightened_if_that_is_worth_it(void **state)
{
    static const struct {
        double skew_deg, want_deg;
    } cases[] = {{0, 0}, {0.4, 0}, {-0.4, 0}, {0.6, 0.6}, {-2, -2}};
    struct reading_copy c = copy_of_print();

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct page_geometry g;
        PIX *quarter = pixRotateOrth(c.grey, 1);
        PIX *turned = reading_copy_turned(&c, 90, cases[i].skew_deg, &g);
        l_int32 same;

        assert_int_equal(pixEqual(quarter, turned, &same), 0);
        assert_int_equal(same, cases[i].want_deg == 0);
        assert_int_equal(pixGetWidth(turned), 900);
        assert_int_equal(g.turn_deg, 90);
        assert_int_equal((int)(g.skew_deg * 10), (int)(cases[i].want_deg * 10));
        assert_int_equal(g.width_px, 1400);
        assert_int_equal(g.read_height_px, 900);
        pixDestroy(&quarter);
        pixDestroy(&turned);
    }
    reading_copy_clear(&c);
}

static void height_grows_with_the_print_and_needs_some(void **state)
{
    PIX *page = sample_print(900, 700, 12), *twice = pixScale(page, 2, 2);
    PIX *word = sample_print(900, 120, 0);
    int height = text_height_px(page);

    (void)state;
    assert_true(height >= 10 && height <= 20);
    assert_in_range(text_height_px(twice), height * 2 - 2, height * 2 + 2);
    assert_int_equal(text_height_px(word), 0);
    pixDestroy(&page);
    pixDestroy(&twice);
    pixDestroy(&word);
}

/* A page of print with a red seal under it. */
static struct scan sealed_scan(bool mapped)
{
    struct scan s = scan_of(1.0F, 200);
    PIX *colours = pixConvertTo32(s.pix), *map;

    for (int a = 0; a < 7200; a++)
        for (int r = 136; r <= 142; r++)
            pixSetRGBPixel(colours, 450 + (int)(cos(a * M_PI / 3600) * r),
                           500 + (int)(sin(a * M_PI / 3600) * r), 205, 30, 40);
    map = pixOctreeColorQuant(colours, 128, 0);
    pixDestroy(&s.pix);
    s.pix = pixClone(mapped ? map : colours);
    pixDestroy(&colours);
    pixDestroy(&map);
    return s;
}

static void colours_may_be_numbered(void **state)
{
    (void)state;
    for (int mapped = 0; mapped < 2; mapped++) {
        struct reading_copy c = {0};
        struct scan s = sealed_scan(mapped);

        assert_int_equal(pixGetColormap(s.pix) != NULL, mapped);
        assert_ok(reading_copy_make(&s, &c));
        assert_int_equal(c.stamps.n_seals, 1);
        assert_false(c.stamps.seals_dark);
        reading_copy_clear(&c);
    }
}

/* A seal that fades is known to have done so; one as dark as print stays. */
static void grey_seals_fade_or_are_kept(void **state)
{
    (void)state;
    for (int dark = 0; dark < 2; dark++) {
        struct reading_copy c = {0};
        struct scan s = scan_of(1.0F, 200);

        for (int a = 0; a < 7200; a++)
            for (int r = 130; r <= 142; r++)
                pixSetPixel(s.pix, 450 + (int)(cos(a * M_PI / 3600) * r),
                            520 + (int)(sin(a * M_PI / 3600) * r),
                            dark ? 10 : 130);
        for (int x = 200; x < 600; x += 12) /* a title in bold */
            pixRasterop(s.pix, x, 310, 8, 26, PIX_CLR, NULL, 0, 0);
        assert_ok(reading_copy_make(&s, &c));
        assert_true(c.stamps.seals_dark);
        assert_int_equal(c.stamps.n_seals, 1);
        assert_int_equal(c.stamps.seals_faded[0], !dark);
        reading_copy_clear(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_print_is_read_at_200_dpi),
        cmocka_unit_test(small_print_is_read_at_what_the_scan_has),
        cmocka_unit_test(small_print_of_a_coarse_scan_is_enlarged),
        cmocka_unit_test(without_print_nothing_is_enlarged),
        cmocka_unit_test(clumps_of_dots_are_not_enlarged),
        cmocka_unit_test(traces_are_those_of_the_page_as_it_came),
        cmocka_unit_test(grain_of_a_back_is_not_made_black),
        cmocka_unit_test(grain_between_pale_print_is_not_made_black),
        cmocka_unit_test(a_copy_is_turned_and_straightened_if_that_is_worth_it),
        cmocka_unit_test(colours_may_be_numbered),
        cmocka_unit_test(grey_seals_fade_or_are_kept),
        cmocka_unit_test(height_grows_with_the_print_and_needs_some),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
