/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scans that should be made again: out of focus, faint, cut, framed; and the
 * streaks of a scanner's glass, which are taken out without harm to print. */
#include "base/alloc.h"
#include "pipeline/assess.h"
#include "pipeline/page_quality.h"
#include "pipeline/streaks.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

#include <string.h>

#define W 1654
#define H 2338

static const struct surface full = {.ink_ppm = 40000};
static const struct pool_options limits = {.min_dpi = 200,
                                           .min_confidence_pct = 75,
                                           .min_sharpness_pct = 20,
                                           .min_contrast_pct = 45,
                                           .max_frame_pct = 8};

/* Print of ink on paper, its edges softened over `blur` pixels. */
static PIX *printed(int paper, int ink, int blur)
{
    PIX *bilevel = sample_print(W, H, 40);
    PIX *grey = pixConvert1To8(NULL, bilevel, (l_uint8)paper, (l_uint8)ink);

    pixDestroy(&bilevel);
    if (blur > 0) {
        PIX *soft = pixBlockconv(grey, blur, blur);

        pixDestroy(&grey);
        grey = soft;
    }
    return grey;
}

static void fill(PIX *pix, int x, int y, int w, int h, int grey)
{
    BOX *box = boxCreate(x, y, w, h);

    pixSetInRectArbitrary(pix, box, (l_uint32)grey);
    boxDestroy(&box);
}

/* Doubts about a page that was read well, with words at these boxes. */
static unsigned doubts_of(PIX *pix, const struct box *boxes, int n)
{
    struct page page = {.width_px = W,
                        .height_px = H,
                        .dpi_x = 200,
                        .dpi_y = 200,
                        .confidence_pct = 95};
    struct line line = {0};
    unsigned doubts;

    for (int i = 0; i < n; i++) {
        struct word word = {
            .text = xstrdup("trang"), .box = boxes[i], .conf_pct = 95};

        line_take_word(&line, &word);
    }
    page_take_line(&page, &line);
    if (pix != NULL)
        page.quality = page_quality_measure(pix);
    assess_page(&page, &full, &limits);
    doubts = page.doubts;
    assert_int_equal(page.state, doubts ? PAGE_LOW : PAGE_OK);
    page_clear(&page);
    return doubts;
}

#define INSIDE {400, 400, 80, 30}
static const struct box inside = INSIDE;

static void assert_doubts(PIX *pix, unsigned expected)
{
    assert_int_equal(doubts_of(pix, &inside, 1), expected);
    pixDestroy(&pix);
}

static void good_print_is_good(void **state)
{
    (void)state;
    assert_doubts(printed(240, 30, 0), 0);
    assert_doubts(printed(240, 30, 1), 0);
    assert_doubts(printed(170, 20, 1), 0); /* recycled paper */
}

static void out_of_focus_is_told(void **state)
{
    struct page_quality sharp, soft;
    PIX *a = printed(240, 30, 0), *b = printed(240, 30, 6);

    (void)state;
    sharp = page_quality_measure(a);
    soft = page_quality_measure(b);
    assert_true(sharp.sharpness_pct > 60);
    assert_true(soft.sharpness_pct < 20);
    pixDestroy(&a);
    assert_true(doubts_of(b, &inside, 1) & DOUBT_BLUR);
    pixDestroy(&b);
}

static void faint_print_is_told_and_stretched(void **state)
{
    const struct box words[5] = {INSIDE, INSIDE, INSIDE, INSIDE, INSIDE};
    PIX *pix = printed(240, 185, 1);
    struct page_quality q = page_quality_measure(pix);
    l_uint32 v;

    (void)state;
    assert_in_range(q.contrast_pct, 15, 30);
    assert_true(page_quality_is_faint(&q));
    assert_int_equal(doubts_of(pix, words, 5), DOUBT_FAINT);
    page_quality_stretch(pix, &q);
    pixGetPixel(pix, 5, 5, &v);
    assert_int_equal(v, 255);
    q = page_quality_measure(pix);
    assert_true(q.contrast_pct > 75);
    pixDestroy(&pix);
}

static void black_print_is_not_stretched(void **state)
{
    PIX *pix = printed(240, 30, 1), *same = pixCopy(NULL, pix);
    struct page_quality q = page_quality_measure(pix);
    l_int32 equal = 0;

    (void)state;
    page_quality_stretch(pix, &q);
    pixEqual(pix, same, &equal);
    assert_true(equal);
    pixDestroy(&pix);
    pixDestroy(&same);
}

static void an_empty_sheet_says_nothing(void **state)
{
    PIX *pix = pixCreate(W, H, 8);
    struct page_quality q;

    (void)state;
    pixSetAllArbitrary(pix, 235);
    q = page_quality_measure(pix);
    assert_int_equal(q.contrast_pct, -1);
    assert_int_equal(q.sharpness_pct, -1);
    assert_int_equal(q.frame_permille, 0);
    pixDestroy(&pix);
}

static void a_dark_frame_is_told(void **state)
{
    PIX *pix = printed(240, 30, 1);

    (void)state;
    fill(pix, 0, 0, 100, H, 20);
    fill(pix, 0, 0, W, 120, 20);
    assert_doubts(pix, DOUBT_DARK_EDGE);
    pix = printed(240, 30, 1);
    fill(pix, 0, H * 48 / 100, W, H, 20); /* more than half of the page */
    assert_doubts(pix, DOUBT_DARK_EDGE);
    pix = printed(240, 30, 1);
    fill(pix, 0, 0, 25, H, 20); /* a narrow one is usual */
    assert_doubts(pix, 0);
    pix = printed(240, 30, 1);
    fill(pix, 150, 100, 10, H - 200, 20); /* a rule is none */
    assert_doubts(pix, 0);
}

static void text_over_the_edge_is_told(void **state)
{
    const struct box left[] = {
        {0, 400, 80, 30}, {1, 450, 80, 30}, {0, 500, 80, 30}};
    const struct box right[] = {{W - 80, 400, 80, 30},
                                {W - 81, 450, 80, 30},
                                {W - 80, 500, 79, 30}};
    PIX *pix = printed(240, 30, 1);

    (void)state;
    assert_int_equal(doubts_of(pix, left, 3), DOUBT_CUT);
    assert_int_equal(doubts_of(pix, right, 3), DOUBT_CUT);
    assert_int_equal(doubts_of(pix, left, 2), 0);
    pixDestroy(&pix);
}

/* How many pixels differ by more than a shade. */
static int differ(PIX *a, PIX *b)
{
    int n = 0;

    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
            l_uint32 v, w;

            pixGetPixel(a, x, y, &v);
            pixGetPixel(b, x, y, &w);
            n += v > w + 40 || w > v + 40;
        }
    }
    return n;
}

static void streaks_go_and_print_stays(void **state)
{
    PIX *clean = printed(240, 30, 1), *streaked = pixCopy(NULL, clean);
    int before, after;

    (void)state;
    fill(streaked, 300, 0, 1, H, 90);
    fill(streaked, 701, 0, 2, H, 60);
    fill(streaked, 1203, 0, 3, H, 120);
    before = differ(clean, streaked);
    assert_int_equal(streaks_remove(streaked), 3);
    after = differ(clean, streaked);
    assert_true(before > 4 * H);
    assert_true(after < before / 3); /* where letters touch them */
    for (int y = 0; y < H; y++) {
        for (int x = 290; x < 310; x++) {
            l_uint32 was, is;

            /* no stroke of a letter is lost */
            pixGetPixel(clean, x, y, &was);
            pixGetPixel(streaked, x, y, &is);
            assert_true(was > 90 || is < was + 60 || (x >= 299 && x <= 301));
        }
    }
    pixDestroy(&clean);
    pixDestroy(&streaked);
}

static void rules_of_tables_are_no_streaks(void **state)
{
    PIX *pix = printed(240, 30, 1);

    (void)state;
    for (int x = 200; x < W; x += 300)
        fill(pix, x, 150, 3, H - 300, 30);
    assert_int_equal(streaks_remove(pix), 0);
    pixDestroy(&pix);
}

static void streaks_of_a_bilevel_page_go_too(void **state)
{
    PIX *pix = sample_print(W, H, 40), *clean = pixCopy(NULL, pix);
    l_int32 was, is;

    (void)state;
    pixRasterop(pix, 500, 0, 2, H, PIX_SET, NULL, 0, 0);
    assert_int_equal(streaks_remove(pix), 1);
    pixCountPixels(clean, &was, NULL);
    pixCountPixels(pix, &is, NULL);
    assert_in_range(is, was - 40, was + H / 2);
    pixDestroy(&pix);
    pixDestroy(&clean);
}

/* Single pixels here and there. */
static void add_grain(PIX *pix, int n, int grey)
{
    unsigned seed = 1;

    for (int i = 0; i < n; i++) {
        seed = seed * 1103515245u + 12345u;
        fill(pix, (int)(seed >> 8) % W, (int)(seed >> 4) % H, 1, 1, grey);
    }
}

static bool is_grainy(PIX *pix)
{
    struct page_quality q = page_quality_measure(pix);

    return page_quality_is_grainy(pix, &q);
}

static void grain_is_told_from_faint_print(void **state)
{
    PIX *print = printed(236, 190, 0), *black = printed(236, 30, 0);
    PIX *grain = pixCreate(W, H, 8);

    (void)state;
    pixSetAllArbitrary(grain, 236);
    add_grain(grain, 20000, 190);
    assert_true(is_grainy(grain));
    assert_false(is_grainy(print));
    assert_false(is_grainy(black));
    add_grain(print, 1000, 190);
    assert_false(is_grainy(print));
    pixDestroy(&grain);
    pixDestroy(&print);
    pixDestroy(&black);
}

static bool is_speckled(PIX *pix)
{
    struct page_quality q = page_quality_measure(pix);

    return page_quality_is_speckled(pix, &q, 200);
}

static void print_is_told_from_print_in_grain(void **state)
{
    PIX *print = printed(236, 190, 0), *black = printed(236, 30, 0);

    (void)state;
    assert_false(is_speckled(print));
    add_grain(print, 1000, 190);
    assert_false(is_speckled(print));
    add_grain(print, 20000, 190);
    assert_true(is_speckled(print));
    add_grain(black, 20000, 190); /* a threshold leaves it out */
    assert_false(is_speckled(black));
    pixDestroy(&print);
    pixDestroy(&black);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_print_is_good),
        cmocka_unit_test(out_of_focus_is_told),
        cmocka_unit_test(faint_print_is_told_and_stretched),
        cmocka_unit_test(black_print_is_not_stretched),
        cmocka_unit_test(an_empty_sheet_says_nothing),
        cmocka_unit_test(a_dark_frame_is_told),
        cmocka_unit_test(text_over_the_edge_is_told),
        cmocka_unit_test(streaks_go_and_print_stays),
        cmocka_unit_test(rules_of_tables_are_no_streaks),
        cmocka_unit_test(streaks_of_a_bilevel_page_go_too),
        cmocka_unit_test(grain_is_told_from_faint_print),
        cmocka_unit_test(print_is_told_from_print_in_grain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
