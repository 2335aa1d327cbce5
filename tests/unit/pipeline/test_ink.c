/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ink separation, reduction, paper shade, blackness, and what counts as
 * blank: on pages drawn here pixel by pixel. */
#include "pipeline/assess.h"
#include "pipeline/bilevel.h"
#include "pipeline/ink.h"
#include "pipeline/leptonica.h"
#include "pipeline/paper.h"
#include "unit/unit.h"

#include <stdlib.h>

#define WHITE 0xffffff00u
#define BLACK 0x10101000u
#define RED 0xd2202800u
#define BLUE 0x2030c000u

static void fill(PIX *pix, int x, int y, int w, int h, l_uint32 value)
{
    for (int v = y; v < y + h; v++)
        for (int u = x; u < x + w; u++)
            pixSetPixel(pix, u, v, value);
}

static PIX *colour_page(void)
{
    PIX *pix = pixCreate(400, 600, 32);

    pixSetAllArbitrary(pix, WHITE);
    return pix;
}

static PIX *layer_of(PIX *pix, int w, int h, bool *coloured)
{
    PIX *out = NULL;

    *coloured = ink_is_separable(pix);
    assert_ok(ink_layer(pix, w, h, *coloured, &out));
    pixDestroy(&pix);
    return out;
}

static unsigned at(PIX *pix, int x, int y)
{
    l_uint32 value = 0;

    assert_int_equal(pixGetPixel(pix, x, y, &value), 0);
    return value;
}

static void black_stays_red_and_blue_go_white(void **state)
{
    (void)state;
    assert_true(ink_value(16, 16, 16) < 40);
    assert_true(ink_value(210, 32, 40) > 200);
    assert_true(ink_value(32, 48, 192) > 180);
    assert_int_equal(ink_value(255, 255, 255), 255);
}

static void the_fade_has_no_step(void **state)
{
    (void)state;
    for (int blue = 100; blue < 255; blue++) {
        int step = ink_value(80, 80, (uint8_t)(blue + 1)) -
                   ink_value(80, 80, (uint8_t)blue);

        assert_in_range(step, 0, 8);
    }
}

static void a_seal_over_print_is_taken_off(void **state)
{
    PIX *page = colour_page(), *grey;
    bool coloured = false;

    (void)state;
    fill(page, 50, 50, 100, 40, BLACK);
    fill(page, 100, 20, 100, 100, RED);
    fill(page, 110, 60, 30, 10, BLACK); /* print over the seal */
    grey = layer_of(page, 400, 600, &coloured);
    assert_true(coloured);
    assert_int_equal(pixGetDepth(grey), 8);
    assert_true(at(grey, 60, 60) < 40);
    assert_true(at(grey, 180, 30) > 200);
    assert_true(at(grey, 120, 65) < 40);
    pixDestroy(&grey);
}

static void a_page_written_in_red_keeps_its_text(void **state)
{
    PIX *page = colour_page(), *grey;
    bool coloured = true;

    (void)state;
    for (int y = 40; y < 500; y += 40)
        fill(page, 40, y, 300, 12, RED);
    grey = layer_of(page, 400, 600, &coloured);
    assert_false(coloured);
    assert_true(at(grey, 60, 45) < 128);
    pixDestroy(&grey);
}

static void a_note_in_blue_alone_keeps_its_text(void **state)
{
    PIX *page = colour_page(), *grey;
    bool coloured = true;

    (void)state;
    fill(page, 100, 100, 60, 8, BLUE);
    grey = layer_of(page, 400, 600, &coloured);
    assert_false(coloured);
    assert_true(at(grey, 110, 104) < 128);
    pixDestroy(&grey);
}

static void a_seal_alone_leaves_a_blank_page(void **state)
{
    PIX *page = colour_page(), *grey, *bilevel;
    bool coloured;

    (void)state;
    fill(page, 300, 400, 30, 30, RED);
    grey = layer_of(page, 400, 600, &coloured);
    assert_true(coloured);
    bilevel = bilevel_make(grey);
    assert_int_equal(assess_ink_ppm(bilevel), 0);
    pixDestroy(&bilevel);
    pixDestroy(&grey);
}

static void reduction_averages(void **state)
{
    PIX *page = pixCreate(300, 300, 8), *half;
    bool coloured;

    (void)state;
    for (int y = 0; y < 300; y++)
        for (int x = 0; x < 300; x++)
            pixSetPixel(page, x, y, (x + y) & 1 ? 200 : 100);
    half = layer_of(page, 150, 150, &coloured);
    assert_int_equal(pixGetWidth(half), 150);
    assert_in_range(at(half, 75, 75), 149, 151);
    pixDestroy(&half);
}

static void reduction_by_a_fraction_keeps_flat_areas(void **state)
{
    PIX *page = pixCreate(301, 203, 8), *out;
    bool coloured;

    (void)state;
    pixSetAllArbitrary(page, 173);
    out = layer_of(page, 200, 135, &coloured);
    for (int y = 0; y < 135; y++)
        for (int x = 0; x < 200; x++)
            assert_in_range(at(out, x, y), 172, 173);
    pixDestroy(&out);
}

static void a_bilevel_page_stays_bilevel_at_its_size(void **state)
{
    PIX *page = pixCreate(200, 300, 1), *same, *reduced;
    bool coloured;

    (void)state;
    pixSetPixel(page, 20, 30, 1);
    reduced = layer_of(pixCopy(NULL, page), 100, 150, &coloured);
    same = layer_of(page, 200, 300, &coloured);
    assert_int_equal(pixGetDepth(same), 1);
    assert_int_equal(at(same, 20, 30), 1);
    assert_int_equal(pixGetDepth(reduced), 8);
    pixDestroy(&same);
    pixDestroy(&reduced);
}

static void never_larger_than_the_page(void **state)
{
    PIX *page = pixCreate(50, 60, 8), *out;
    bool coloured;

    (void)state;
    out = layer_of(page, 500, 600, &coloured);
    assert_int_equal(pixGetWidth(out), 50);
    assert_int_equal(pixGetHeight(out), 60);
    pixDestroy(&out);
}

static void colour_maps_are_resolved(void **state)
{
    PIX *page = pixCreate(40, 40, 8), *out;
    PIXCMAP *map = pixcmapCreate(8);
    bool coloured;

    (void)state;
    pixcmapAddColor(map, 255, 255, 255);
    pixcmapAddColor(map, 210, 30, 40);
    pixSetColormap(page, map);
    fill(page, 10, 10, 2, 2, 1);
    out = layer_of(page, 40, 40, &coloured);
    assert_true(at(out, 10, 10) > 200);
    pixDestroy(&out);
}

/* Paper that darkens from left to right, a line of print on the dark side. */
static PIX *shaded_page(void)
{
    PIX *grey = pixCreate(640, 640, 8);

    for (int y = 0; y < 640; y++)
        for (int x = 0; x < 640; x++)
            pixSetPixel(grey, x, y, (l_uint32)(240 - x / 6));
    for (int x = 500; x < 600; x += 10)
        fill(grey, x, 300, 4, 20, 30);
    return grey;
}

static void uneven_paper_is_evened_and_print_stays(void **state)
{
    PIX *grey = shaded_page();

    (void)state;
    paper_whiten(grey, PAPER_IF_UNEVEN);
    assert_true(at(grey, 20, 20) > 235);
    assert_true(at(grey, 620, 600) > 235);
    assert_true(at(grey, 501, 310) < 80);
    pixDestroy(&grey);
}

static void even_paper_is_left_alone(void **state)
{
    PIX *grey = pixCreate(320, 320, 8);

    (void)state;
    pixSetAllArbitrary(grey, 180);
    fill(grey, 100, 100, 50, 10, 20);
    paper_whiten(grey, PAPER_IF_UNEVEN);
    assert_int_equal(at(grey, 10, 10), 180);
    assert_int_equal(at(grey, 110, 105), 20);
    pixDestroy(&grey);
}

static void what_shows_through_is_not_black(void **state)
{
    PIX *grey = pixCreate(320, 320, 8), *bilevel;

    (void)state;
    pixSetAllArbitrary(grey, 230);
    fill(grey, 50, 50, 100, 20, 185);  /* the other side */
    fill(grey, 50, 150, 100, 20, 60);  /* this side */
    bilevel = bilevel_make(grey);
    assert_int_equal(at(bilevel, 60, 60), 0);
    assert_int_equal(at(bilevel, 60, 160), 1);
    pixDestroy(&bilevel);
    pixDestroy(&grey);
}

static struct page read_page(void)
{
    struct page page = {.width_px = 1654, .height_px = 2339, .dpi_x = 200,
                        .dpi_y = 200};

    return page;
}

static const struct surface full = {.ink_ppm = 40000};
static const struct pool_options limits = {
    .min_dpi = 200, .min_confidence_pct = 75};

static void low_resolution_is_doubtful_unknown_is_told(void **state)
{
    struct page page = read_page();

    (void)state;
    page.confidence_pct = 95;
    page.dpi_x = page.dpi_y = 199.9;
    page.dpi_assumed = true;
    assess_page(&page, &full, &limits);
    assert_int_equal(page.state, PAGE_OK);
    assert_int_equal(page.doubts, DOUBT_NO_DPI);
    page.dpi_x = page.dpi_y = 150;
    assess_page(&page, &full, &limits);
    assert_int_equal(page.state, PAGE_LOW);
    assert_true(page.doubts & DOUBT_LOW_DPI);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(black_stays_red_and_blue_go_white),
        cmocka_unit_test(the_fade_has_no_step),
        cmocka_unit_test(a_seal_over_print_is_taken_off),
        cmocka_unit_test(a_page_written_in_red_keeps_its_text),
        cmocka_unit_test(a_note_in_blue_alone_keeps_its_text),
        cmocka_unit_test(a_seal_alone_leaves_a_blank_page),
        cmocka_unit_test(reduction_averages),
        cmocka_unit_test(reduction_by_a_fraction_keeps_flat_areas),
        cmocka_unit_test(a_bilevel_page_stays_bilevel_at_its_size),
        cmocka_unit_test(never_larger_than_the_page),
        cmocka_unit_test(colour_maps_are_resolved),
        cmocka_unit_test(uneven_paper_is_evened_and_print_stays),
        cmocka_unit_test(even_paper_is_left_alone),
        cmocka_unit_test(what_shows_through_is_not_black),
        cmocka_unit_test(low_resolution_is_doubtful_unknown_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
