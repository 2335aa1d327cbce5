/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets that nobody wrote on, however they look, and those with hardly
 * anything on them, which are never taken for such. */
#include "base/alloc.h"
#include "pipeline/assess.h"
#include "pipeline/traces.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

#include <math.h>
#include <stdlib.h>

#define W 1654
#define H 2338
#define PAPER 236

static PIX *sheet(void)
{
    PIX *pix = pixCreate(W, H, 8);

    pixSetAllArbitrary(pix, PAPER);
    return pix;
}

static void fill(PIX *pix, int x, int y, int w, int h, unsigned value)
{
    BOX *box = boxCreate(x, y, w, h);

    pixSetInRectArbitrary(pix, box, value);
    boxDestroy(&box);
}

static void disc(PIX *pix, int x, int y, int r, unsigned value)
{
    for (int dy = -r; dy <= r; dy++) {
        int half = (int)sqrt((double)(r * r - dy * dy));

        fill(pix, x - half, y + dy, 2 * half + 1, 1, value);
    }
}

static struct traces traces_of(PIX *pix)
{
    struct traces found;

    traces_find(pix, 200, &found);
    pixDestroy(&pix);
    assert_true(found.looked);
    free(found.of);
    found.of = NULL;
    return found;
}

/* Print of so much grey. */
static PIX *printed(int ink)
{
    PIX *bilevel = sample_print(W, H, 40);
    PIX *grey = pixConvert1To8(NULL, bilevel, PAPER, (l_uint8)ink);

    pixDestroy(&bilevel);
    return grey;
}

static void what_happens_to_any_sheet_is_no_trace(void **state)
{
    PIX *pix = sheet();
    struct traces t;

    (void)state;
    for (int i = 0; i < 40; i++) /* dust */
        fill(pix, 90 + i * 37, 100 + i * i % 2000, 3 + i % 5, 4, 20);
    disc(pix, 90, 850, 23, 10); /* holes, one in a grey sheet below */
    disc(pix, 90, 1480, 23, 90);
    fill(pix, 700, 0, 2, H, 60);   /* a streak */
    fill(pix, 0, 1169, W, 2, 150); /* a fold */
    fill(pix, 0, 0, 60, H, 5);     /* the lid */
    for (int i = 0; i < 70; i++)   /* a staple */
        fill(pix, 90 + i, 80 + i / 2, 3, 3, 70);
    t = traces_of(pix);
    assert_int_equal(t.dark, 0);
    assert_int_equal(t.medium, 0);
    assert_int_equal(t.pale, 0);
}

static void print_is_told_by_how_dark_it_is(void **state)
{
    struct traces black = traces_of(printed(40));
    struct traces pencil = traces_of(printed(156));
    struct traces behind = traces_of(printed(192));

    (void)state;
    assert_true(black.dark > 300);
    assert_int_equal(pencil.dark, 0);
    assert_true(pencil.medium > 300);
    assert_int_equal(behind.medium, 0);
    assert_true(behind.pale > 300);
}

static void dust_on_print_from_behind_does_not_darken_it(void **state)
{
    PIX *pix = printed(192);
    struct traces t;

    (void)state;
    for (int i = 0; i < 400; i++)
        disc(pix, 180 + i % 10 * 55, H / 10 + 38 + 42 * (i / 10), 2, 30);
    t = traces_of(pix);
    assert_true(t.pale > 300);
    assert_int_equal(t.dark, 0);
    assert_int_equal(t.medium, 0);
}

/* A disc of a shade, as a scanner gives it that knows black and white. */
static void a_hole_in_black_and_white_is_no_trace(void **state)
{
    PIX *pix = sheet();
    unsigned seed = 1;

    (void)state;
    disc(pix, 90, 850, 23, 10);
    for (int y = 827; y <= 873; y++)
        for (int x = 67; x <= 113; x++)
            if ((seed = seed * 1103515245u + 12345u) >> 16 & 1)
                fill(pix, x, y, 1, 1, PAPER);
    assert_int_equal(traces_of(pix).dark, 0);
}

/* A round letter as large as a hole, near the edge. */
static void a_ring_is_no_hole(void **state)
{
    PIX *pix = sheet();

    (void)state;
    disc(pix, 90, 850, 23, 10);
    disc(pix, 90, 850, 17, PAPER);
    assert_int_equal(traces_of(pix).dark, 1);
}

static void crossed(PIX *pix, unsigned stroke, unsigned crossing)
{
    fill(pix, 600, 1000, 300, 20, stroke);
    fill(pix, 700, 900, 20, 200, stroke);
    fill(pix, 700, 1000, 20, 20, crossing);
}

/* Print under a seal, both of the other side. */
static void where_pale_strokes_cross_is_not_dark(void **state)
{
    PIX *behind = sheet(), *here = sheet();

    (void)state;
    crossed(behind, PAPER * 75 / 100, PAPER * 56 / 100);
    crossed(here, PAPER * 75 / 100, PAPER * 20 / 100);
    struct traces t = traces_of(behind);
    assert_int_equal(t.dark, 0);
    assert_int_equal(t.spotted, 0);
    assert_int_equal(t.pale, 1);
    assert_int_equal(traces_of(here).dark, 1);
}

static void a_name_in_pencil_counts_as_letters(void **state)
{
    PIX *pix = sheet();
    struct traces t;

    (void)state;
    for (int i = 0; i < 400; i++)
        fill(pix, 560 + i, 1500 + (int)(40 * sin(i / 17.0)), 4, 5,
             PAPER * 65 / 100);
    t = traces_of(pix);
    assert_int_equal(t.dark, 0);
    assert_int_equal(t.pale, 1);
    assert_true(t.medium > 10);
}

static void one_digit_is_a_trace(void **state)
{
    PIX *pix = sheet();

    (void)state;
    fill(pix, 820, 100, 4, 20, 40); /* a one, with its flag and foot */
    fill(pix, 816, 103, 4, 4, 40);
    fill(pix, 815, 120, 13, 3, 40);
    assert_int_equal(traces_of(pix).dark, 1);
}

static void a_signature_over_a_streak_stays(void **state)
{
    PIX *pix = sheet();

    (void)state;
    fill(pix, 700, 0, 2, H, 60);
    for (int i = 0; i < 300; i++)
        fill(pix, 560 + i, 1500 + (int)(40 * sin(i / 17.0)), 4, 5, 50);
    assert_true(traces_of(pix).dark > 0);
}

/* A ring of dots of red ink; every so many are missing. */
static PIX *seal(int missing)
{
    PIX *pix = pixCreate(W, H, 32);

    pixSetAllArbitrary(pix, 0xf0f0f000);
    for (int i = 0; i < 240; i++) {
        double a = i * M_PI / 120;

        if (missing == 0 || i / 4 % missing != 0)
            disc(pix, 800 + (int)(130 * cos(a)), 1700 + (int)(130 * sin(a)), 4,
                 0xd0203000);
        if (missing == 0 || i / 4 % missing != 0)
            disc(pix, 800 + (int)(80 * cos(a)), 1700 + (int)(80 * sin(a)), 3,
                 0xd0203000);
    }
    return pix;
}

static void a_seal_is_a_trace_its_blots_are_told(void **state)
{
    struct traces stamped = traces_of(seal(0)), bled = traces_of(seal(3));

    (void)state;
    assert_true(stamped.dark > 0);
    assert_false(stamped.bled);
    assert_true(bled.dark > 0);
    assert_true(bled.bled);
}

/* Of a ring three quarters came through, palely; a few blots are dark. */
static void a_part_of_a_ring_is_enough(void **state)
{
    PIX *pix = pixCreate(W, H, 32);
    struct traces t;

    (void)state;
    pixSetAllArbitrary(pix, 0xf0f0f000);
    for (int i = 0; i < 200; i++) {
        double a = M_PI / 4 + i * 1.5 * M_PI / 200;

        disc(pix, 800 + (int)(130 * cos(a)), 1700 + (int)(130 * sin(a)), 2,
             0xf0b8c000);
        if (i > 80 && i < 140 && i % 8 == 0)
            disc(pix, 800 + (int)(110 * cos(a)), 1700 + (int)(110 * sin(a)), 7,
                 0xd0203000);
    }
    t = traces_of(pixCopy(NULL, pix));
    assert_in_range(t.dark, 5, 9);
    assert_true(t.bled);
    assert_int_equal(t.medium, 0);
    for (int i = 0; i < 400; i++) /* a note in pencil far from it */
        fill(pix, 560 + i, 500 + (int)(40 * sin(i / 17.0)), 4, 5, 0x9a9a9a00);
    t = traces_of(pix);
    assert_true(t.bled);
    assert_true(t.medium > 10);
}

/* Letters of a note in red, as wide as a seal: not round. */
static void a_note_in_red_is_no_seal(void **state)
{
    PIX *pix = pixCreate(W, H, 32);
    struct traces t;

    (void)state;
    pixSetAllArbitrary(pix, 0xf0f0f000);
    for (int i = 0; i < 40; i++) {
        int x = 700 + i % 10 * 28, y = 1600 + i / 10 * 60;

        disc(pix, x, y, 9, 0xd0203000);
        disc(pix, x + 4, y + 4, 9, 0xd0203000);
    }
    t = traces_of(pix);
    assert_int_equal(t.dark, 40);
    assert_false(t.bled);
}

static void two_colours_and_maps_are_looked_at(void **state)
{
    PIX *grey = printed(40), *bilevel = pixThresholdToBinary(grey, 128);
    PIX *map = pixConvertTo4(grey);

    (void)state;
    pixDestroy(&grey);
    assert_true(traces_of(bilevel).dark > 300);
    assert_true(traces_of(map).dark > 300);
}

/* The state of a page with n times a word on it. */
static enum page_state state_of(const struct surface *s, const char *word,
                                int n, int confidence)
{
    static const struct pool_options limits = {.min_dpi = 200,
                                               .min_confidence_pct = 75};
    struct page page = {.width_px = W,
                        .height_px = H,
                        .dpi_x = 200,
                        .dpi_y = 200,
                        .confidence_pct = n > 0 ? confidence : 0};
    struct line line = {0};
    enum page_state state;

    for (int i = 0; i < n; i++) {
        struct word w = {.text = xstrdup(word),
                         .box = {400, 400, 80, 30},
                         .conf_pct = confidence};

        line_take_word(&line, &w);
    }
    if (n > 0)
        page_take_line(&page, &line);
    assess_page(&page, s, &limits);
    state = page.state;
    assert_true(state != PAGE_BLANK || page.n_lines == 0);
    page_clear(&page);
    return state;
}

#define SURFACE(...) (&(struct surface){.traces = {true, __VA_ARGS__}})

static void a_sheet_without_traces_is_blank(void **state)
{
    (void)state;
    assert_int_equal(state_of(SURFACE(0, 0, 0, false), "", 0, 0), PAGE_BLANK);
    assert_int_equal(state_of(SURFACE(0, 0, 2, false), "xgw", 9, 60),
                     PAGE_BLANK);
    assert_int_equal(state_of(SURFACE(26, 0, 9, true), "", 0, 0), PAGE_BLANK);
    assert_int_equal(state_of(SURFACE(26, 9, 9, true), "", 0, 0), PAGE_LOW);
    /* but not if nobody looked, or if words read well */
    assert_int_equal(state_of(&(struct surface){0}, "", 0, 0), PAGE_LOW);
    assert_int_equal(state_of(SURFACE(0, 0, 2, false), "quyết", 2, 93),
                     PAGE_OK);
}

static void what_is_dark_or_pencil_is_not_blank(void **state)
{
    (void)state;
    assert_int_equal(state_of(SURFACE(1, 1, 1, false), "", 0, 0), PAGE_LOW);
    assert_int_equal(state_of(SURFACE(0, 9, 60, false), "", 0, 0), PAGE_LOW);
}

static void the_mirror_tells_the_other_side(void **state)
{
    struct surface behind = {
        .traces = {.looked = true, .medium = 2, .pale = 1500, .spotted = 400},
        .mirrored = 300};
    struct surface unread = behind, here = behind;

    (void)state;
    unread.mirrored = 0;
    here.mirrored = 30;
    assert_int_equal(state_of(&behind, "en", 2, 55), PAGE_BLANK);
    assert_int_equal(state_of(&unread, "en", 2, 55), PAGE_LOW);
    assert_int_equal(state_of(&here, "quyết", 300, 92), PAGE_OK);
}

/* Print of the other side may be as dark as pencil, then all of it is; what
 * was written in pencil over paler print is not. */
static void pencil_is_told_from_dark_print_behind(void **state)
{
    struct surface behind = {
        .traces = {.looked = true,
                   .medium = 1400,
                   .pale = 1500,
                   .spotted = 1450},
        .mirrored = 300,
        .medium_behind = 1399};
    struct surface between = behind, over = behind;

    (void)state;
    between.medium_behind = 1390;
    over.traces.medium = over.traces.spotted = over.medium_behind = 20;
    assert_int_equal(state_of(&behind, "en", 2, 55), PAGE_BLANK);
    assert_int_equal(state_of(&between, "en", 2, 55), PAGE_LOW);
    assert_int_equal(state_of(&over, "en", 2, 55), PAGE_LOW);
}

/* In black and white all is dark: thin print whose every line reads in the
 * mirror image, and hardly a word of it otherwise, is of the other side. */
static void thin_print_that_reads_mirrored_is_of_the_other_side(void **state)
{
    struct surface behind = {
        .ink_ppm = 16000, .two_tone = true, .thin = true, .mirrored = 90};
    struct surface thick = behind, beside = behind, few = behind;

    (void)state;
    thick.thin = false;
    beside.outside = 1;
    few.mirrored = 20;
    assert_int_equal(state_of(&behind, "quyết", 2, 70), PAGE_BLANK);
    assert_int_equal(state_of(&thick, "quyết", 2, 70), PAGE_LOW);
    assert_int_equal(state_of(&beside, "quyết", 2, 70), PAGE_LOW);
    assert_int_equal(state_of(&few, "quyết", 2, 70), PAGE_LOW);
    assert_int_equal(state_of(&behind, "quyết", 5, 80), PAGE_OK);
}

/* The same once gaps were closed, which makes some syllables either way. */
static void thin_print_may_be_closed_first(void **state)
{
    struct surface behind = {.ink_ppm = 2000,
                             .two_tone = true,
                             .thin = true,
                             .outside = 200,
                             .closed_mirrored = 18,
                             .closed_straight = 5};
    struct surface thick = behind, beside = behind, few = behind;
    struct surface either = behind;

    (void)state;
    thick.thin = false;
    beside.closed_outside = 1;
    few.closed_mirrored = 10;
    few.closed_straight = 0;
    either.closed_straight = 6;
    assert_int_equal(state_of(&behind, "quyết", 2, 70), PAGE_BLANK);
    assert_int_equal(state_of(&thick, "quyết", 2, 70), PAGE_LOW);
    assert_int_equal(state_of(&beside, "quyết", 2, 70), PAGE_LOW);
    assert_int_equal(state_of(&few, "", 0, 0), PAGE_LOW);
    assert_int_equal(state_of(&either, "quyết", 2, 70), PAGE_LOW);
    assert_int_equal(state_of(&behind, "quyết", 5, 80), PAGE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_happens_to_any_sheet_is_no_trace),
        cmocka_unit_test(print_is_told_by_how_dark_it_is),
        cmocka_unit_test(dust_on_print_from_behind_does_not_darken_it),
        cmocka_unit_test(a_hole_in_black_and_white_is_no_trace),
        cmocka_unit_test(a_ring_is_no_hole),
        cmocka_unit_test(where_pale_strokes_cross_is_not_dark),
        cmocka_unit_test(a_name_in_pencil_counts_as_letters),
        cmocka_unit_test(one_digit_is_a_trace),
        cmocka_unit_test(a_signature_over_a_streak_stays),
        cmocka_unit_test(a_seal_is_a_trace_its_blots_are_told),
        cmocka_unit_test(a_part_of_a_ring_is_enough),
        cmocka_unit_test(a_note_in_red_is_no_seal),
        cmocka_unit_test(two_colours_and_maps_are_looked_at),
        cmocka_unit_test(a_sheet_without_traces_is_blank),
        cmocka_unit_test(what_is_dark_or_pencil_is_not_blank),
        cmocka_unit_test(the_mirror_tells_the_other_side),
        cmocka_unit_test(pencil_is_told_from_dark_print_behind),
        cmocka_unit_test(thin_print_that_reads_mirrored_is_of_the_other_side),
        cmocka_unit_test(thin_print_may_be_closed_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
