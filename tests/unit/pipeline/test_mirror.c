/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Print of the other side, which the mirror image of a page reads. */
#include "pipeline/deskew.h"
#include "pipeline/mirror.h"
#include "pipeline/orient.h"
#include "pipeline/reading_copy.h"
#include "unit/pipeline/read_sheet.h"

/* The copy of a back on which a sheet, askew by deg, shows through. */
static void make_back(const struct sheet *s, double deg,
                      struct reading_copy *back)
{
    AUTO(pixDestroy) PIX *askew = skew_straighten(s->pix, -deg);

    *back = (struct reading_copy){.dpi = DPI};
    back->grey = pixFlipLR(NULL, askew);
    back->geometry = (struct page_geometry){
        .width_px = pixGetWidth(back->grey),
        .height_px = pixGetHeight(back->grey),
        .read_width_px = pixGetWidth(back->grey),
        .read_height_px = pixGetHeight(back->grey),
    };
}

static void a_back_is_read_askew_and_turned(void **state)
{
    static const struct orientation ways[] = {
        {.axis_sure = true},
        {.axis_sure = true, .turn_deg = 180},
        {.axis_sure = false, .turn_deg = 90},
    };
    struct sheet s;

    (void)state;
    sheet_make(&s, "vie");
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        struct orientation o = ways[i];
        struct reading_copy back;

        make_back(&s, 3, &back);
        o.skew_deg = o.other_skew_deg = -3;
        assert_ok(mirror_read(&back, s.r, &o));
        assert_true(back.surface.mirrored > 0);
        reading_copy_clear(&back);
    }
    sheet_clear(&s);
}

static void a_front_has_no_mirror_image(void **state)
{
    struct orientation o = {.axis_sure = true};
    struct sheet s;
    struct reading_copy front, back;

    (void)state;
    sheet_make(&s, "vie");
    make_back(&s, 0, &back);
    assert_ok(mirror_read(&back, s.r, &o));
    make_back(&s, 0, &front);
    assert_non_null(pixFlipLR(front.grey, front.grey));
    assert_ok(mirror_read(&front, s.r, &o));
    assert_true(front.surface.mirrored * 2 < back.surface.mirrored);
    reading_copy_clear(&front);
    reading_copy_clear(&back);
    sheet_clear(&s);
}

/* Parts in a line that reads as syllables, and one at the foot of the page. */
static void what_stands_in_no_line_is_counted(void **state)
{
    struct orientation o = {.axis_sure = true};
    struct trace parts[] = {{.letters = 1}, {{3, 480, 10, 15}, 2}};
    struct sheet s;
    struct reading_copy back;

    (void)state;
    sheet_make(&s, "vie");
    make_back(&s, 0, &back);
    for (int i = 0; i < s.page.n_lines && parts[0].box.w == 0; i++) {
        const struct line *line = &s.page.lines[i];

        if (assess_line_syllables(line) * 4 >= line->n_words)
            parts[0].box = (struct box){900 - line->box.x - line->box.w / 2,
                                        line->box.y + 2, 10, 10};
    }
    assert_true(parts[0].box.w > 0);
    back.surface.strokes = (struct traces){.medium = 3, .of = parts, .n = 2};
    assert_ok(mirror_read(&back, s.r, &o));
    assert_int_equal(back.surface.outside, 2);
    back.surface.strokes = (struct traces){0};
    reading_copy_clear(&back);
    sheet_clear(&s);
}

/* Every fifth row and column left out, as where too little of print came
 * through to be black. */
static void make_gaps(PIX *pix)
{
    for (int x = 0; x < pixGetWidth(pix); x += 5)
        pixRasterop(pix, x, 0, 1, pixGetHeight(pix), PIX_CLR, NULL, 0, 0);
    for (int y = 0; y < pixGetHeight(pix); y += 5)
        pixRasterop(pix, 0, y, pixGetWidth(pix), 1, PIX_CLR, NULL, 0, 0);
}

/* A stroke of the print and one beside it. */
static void print_full_of_gaps_is_closed_to_be_read(void **state)
{
    struct trace parts[] = {{{420, 120, 5, 5}, 1}, {{20, 450, 10, 15}, 2}};
    struct sheet s;
    struct reading_copy back;

    (void)state;
    sheet_make(&s, "vie");
    make_back(&s, 0, &back);
    make_gaps(back.grey);
    back.surface.strokes = (struct traces){.medium = 3, .of = parts, .n = 2};
    assert_ok(mirror_read_closed(&back, s.r));
    assert_true(back.surface.closed_mirrored >
                3 * back.surface.closed_straight);
    assert_int_equal(back.surface.closed_outside, 2);
    back.surface.strokes = (struct traces){0};
    reading_copy_clear(&back);
    sheet_clear(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_back_is_read_askew_and_turned),
        cmocka_unit_test(a_front_has_no_mirror_image),
        cmocka_unit_test(what_stands_in_no_line_is_counted),
        cmocka_unit_test(print_full_of_gaps_is_closed_to_be_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
