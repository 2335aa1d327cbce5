/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which way is up, how far off level, and the way back to the original's
 * pixels. */
#include "pipeline/deskew.h"
#include "pipeline/orient.h"
#include "pipeline/page_geometry.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

#include <math.h>
#include <stdlib.h>

#define PAGE_W 1100
#define PAGE_H 1500

static void check_turn(int clockwise_quarters, int want_deg)
{
    PIX *print = sample_print(PAGE_W, PAGE_H, 28);
    PIX *turned = pixRotateOrth(print, clockwise_quarters);
    struct orientation o = orient_find(turned, turned);

    pixDestroy(&print);
    pixDestroy(&turned);
    assert_int_equal(o.turn_deg, want_deg);
    assert_true(o.axis_sure);
}

static void upright_stays(void **state)
{
    (void)state;
    check_turn(0, 0);
}

static void quarter_turned_is_turned_back(void **state)
{
    (void)state;
    check_turn(1, 270);
}

static void upside_down_is_turned(void **state)
{
    (void)state;
    check_turn(2, 180);
}

static void three_quarters_turned_is_turned_back(void **state)
{
    (void)state;
    check_turn(3, 90);
}

static void an_empty_page_is_not_sure(void **state)
{
    PIX *empty = pixCreate(PAGE_W, PAGE_H, 1);
    struct orientation o = orient_find(empty, empty);

    (void)state;
    pixDestroy(&empty);
    assert_int_equal(o.turn_deg, 0);
    assert_false(o.axis_sure);
    assert_false(o.up_sure);
}

static void check_skew(double deg)
{
    PIX *print = sample_print(PAGE_W, PAGE_H, 28);
    PIX *askew = skew_straighten(print, deg);
    struct skew s = skew_find(askew);

    pixDestroy(&print);
    pixDestroy(&askew);
    assert_true(fabs(s.deg + deg) < 0.15);
    assert_true(s.ratio > 3);
}

static void finds_no_skew_on_a_level_page(void **state)
{
    (void)state;
    check_skew(0);
}

static void finds_small_skews(void **state)
{
    (void)state;
    check_skew(0.8);
    check_skew(-1.7);
}

static void finds_large_skews(void **state)
{
    (void)state;
    check_skew(5.3);
    check_skew(-8.5);
    check_skew(9.9); /* and a page's own may come on top of what is allowed */
    check_skew(-10.8);
}

/* A page with a name or a line on it, turned; `frame`: with the lid of the
 * scanner beside it. */
static struct orientation of_one_line(double deg, int frame_px)
{
    PIX *print = sample_print(1654, 2338, 1), *askew;
    struct orientation o;

    if (frame_px > 0) {
        BOX *edge = boxCreate(60, 100, frame_px, 2100);

        pixSetInRect(print, edge);
        boxDestroy(&edge);
    }
    askew = skew_straighten(print, deg);
    o = orient_find(askew, askew);
    pixDestroy(&print);
    pixDestroy(&askew);
    return o;
}

static void finds_the_skew_of_one_line(void **state)
{
    static const double degs[] = {-9.7, -5.3, -2.1, 1.4, 4.4, 8.6};

    (void)state;
    for (int i = 0; i < 6; i++)
        assert_true(fabs(of_one_line(degs[i], 0).skew_deg + degs[i]) < 0.2);
}

static void a_dark_edge_is_no_line(void **state)
{
    (void)state;
    assert_true(fabs(of_one_line(5.3, 60).skew_deg + 5.3) < 0.2);
    assert_int_equal(of_one_line(-4.4, 60).turn_deg, 0);
}

static void straightening_turns_the_way_it_was_found(void **state)
{
    PIX *print = sample_print(PAGE_W, PAGE_H, 28);
    PIX *askew = skew_straighten(print, 2.5);
    struct skew found = skew_find(askew);
    PIX *straight = skew_straighten(askew, found.deg);
    struct skew left = skew_find(straight);

    (void)state;
    assert_true(fabs(left.deg) < 0.15);
    pixDestroy(&print);
    pixDestroy(&askew);
    pixDestroy(&straight);
}

/* ---- geometry ---- */

static void boxes_of_a_reduced_page_grow_back(void **state)
{
    struct page_geometry g = {2480, 3508, 1240, 1754, 0, 0};
    struct box b = geometry_to_original(&g, (struct box){100, 200, 50, 10});

    (void)state;
    assert_int_equal(b.x, 200);
    assert_int_equal(b.y, 400);
    assert_int_equal(b.w, 100);
    assert_int_equal(b.h, 20);
}

/* A black block on a page is turned as the reader turns pages, found there,
 * and must come back to where it was. */
static void check_round_trip(int turn_deg, double skew_deg, int slack_px)
{
    PIX *page = pixCreate(600, 800, 1), *turned, *straight;
    struct page_geometry g = {600, 800, 600, 800, turn_deg, skew_deg};
    BOX *found = NULL, *block = boxCreate(120, 500, 80, 40);
    l_int32 x, y, w, h;
    struct box b;

    pixRasterop(page, 120, 500, 80, 40, PIX_SET, NULL, 0, 0);
    turned = pixRotateOrth(page, turn_deg / 90);
    straight =
        skew_deg != 0 ? skew_straighten(turned, skew_deg) : pixClone(turned);
    assert_int_equal(pixClipToForeground(straight, NULL, &found), 0);
    boxGetGeometry(found, &x, &y, &w, &h);
    b = geometry_to_original(&g, (struct box){x, y, w, h});
    assert_in_range(b.x, 120 - slack_px, 120);
    assert_in_range(b.y, 500 - slack_px, 500);
    assert_in_range(b.x + b.w, 200, 200 + slack_px);
    assert_in_range(b.y + b.h, 540, 540 + slack_px);
    boxDestroy(&found);
    boxDestroy(&block);
    pixDestroy(&page);
    pixDestroy(&turned);
    pixDestroy(&straight);
}

static void boxes_come_back_from_each_quarter(void **state)
{
    (void)state;
    check_round_trip(0, 0, 0);
    check_round_trip(90, 0, 0);
    check_round_trip(180, 0, 0);
    check_round_trip(270, 0, 0);
}

static void boxes_come_back_from_askew_pages(void **state)
{
    (void)state;
    check_round_trip(0, 3, 10);
    check_round_trip(90, -3, 10);
    check_round_trip(180, 2, 8);
    check_round_trip(270, 5, 16);
}

static void boxes_stay_on_the_page(void **state)
{
    struct page_geometry g = {100, 100, 100, 100, 0, 10};
    struct box b = geometry_to_original(&g, (struct box){90, 0, 20, 20});

    (void)state;
    assert_true(b.x >= 0 && b.y >= 0);
    assert_true(b.x + b.w <= 100 && b.y + b.h <= 100);
    assert_true(b.w >= 0 && b.h >= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(upright_stays),
        cmocka_unit_test(quarter_turned_is_turned_back),
        cmocka_unit_test(upside_down_is_turned),
        cmocka_unit_test(three_quarters_turned_is_turned_back),
        cmocka_unit_test(an_empty_page_is_not_sure),
        cmocka_unit_test(finds_no_skew_on_a_level_page),
        cmocka_unit_test(finds_small_skews),
        cmocka_unit_test(finds_large_skews),
        cmocka_unit_test(finds_the_skew_of_one_line),
        cmocka_unit_test(a_dark_edge_is_no_line),
        cmocka_unit_test(straightening_turns_the_way_it_was_found),
        cmocka_unit_test(boxes_of_a_reduced_page_grow_back),
        cmocka_unit_test(boxes_come_back_from_each_quarter),
        cmocka_unit_test(boxes_come_back_from_askew_pages),
        cmocka_unit_test(boxes_stay_on_the_page),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
