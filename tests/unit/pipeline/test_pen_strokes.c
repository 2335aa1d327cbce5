/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signatures in black: strokes where somebody signs, and what is none. */
#include "pipeline/language.h"
#include "pipeline/leptonica.h"
#include "pipeline/pen_strokes.h"
#include "unit/pipeline/made_page.h"

#define DPI 200.0
#define PX(mm) ((int)((mm)*DPI / 25.4))
#define FOOT_RIGHT 1240
#define MIDDLE_MM 157.0 /* FOOT_RIGHT */

/* Title at 190 mm, name at 229 mm. */
static const struct made_row foot[] = {
    {FROM_LEFT, 700, "Sở Khoa học và Công nghệ thông tin để biết."},
    {FROM_LEFT, 1500, "Nơi nhận: Sở Khoa học và Công nghệ;"},
    {FOOT_RIGHT, 1500, "KT. GIÁM ĐỐC"},
    {FOOT_RIGHT, 1550, "PHÓ GIÁM ĐỐC"},
    {FOOT_RIGHT, 1800, "Lý Tuấn Hải"},
};

static void dot(PIX *pix, double x, double y, double wide)
{
    pixRasterop(pix, PX(x - wide / 2), PX(y - wide / 2), PX(wide), PX(wide),
                PIX_SET, NULL, 0, 0);
}

/* Waves of a pen, `high` mm, that rise to the right. */
static void draw_waves(PIX *pix, double x, double y, double w, double high)
{
    for (double t = 0; t <= 1; t += 0.0005)
        dot(pix, x + t * w + high * 0.3 * cos(t * 18),
            y - t * 4 + high / 2 * sin(t * 18), 0.6);
}

static void draw_ring(PIX *pix, double x, double y, double radius, double wide,
                      double whole)
{
    for (double a = 0; a < whole * 2 * M_PI; a += 0.002)
        dot(pix, x + radius * cos(a), y + radius * sin(a), wide);
}

static void draw_line(PIX *pix, double x, double y, double x1, double y1)
{
    for (double t = 0; t <= 1; t += 0.0005)
        dot(pix, x + t * (x1 - x), y + t * (y1 - y), 0.4);
}

/* Print: each word as letters of thin strokes. */
static void draw_words(PIX *pix, const struct page *page)
{
    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            const struct box *b = &page->lines[i].words[k].box;

            for (int x = b->x; x < b->x + b->w; x += MADE_LETTER) {
                pixRasterop(pix, x, b->y, 3, b->h, PIX_SET, NULL, 0, 0);
                pixRasterop(pix, x, b->y + b->h - 3, MADE_LETTER - 5, 3,
                            PIX_SET, NULL, 0, 0);
            }
        }
    }
}

struct sheet_of {
    PIX *pix;
    struct page page;
};

static struct sheet_of new_sheet(const struct made_row *rows, size_t n)
{
    struct sheet_of s = {pixCreate(MADE_WIDTH, MADE_HEIGHT, 1),
                         made_page(rows, (int)n)};

    draw_words(s.pix, &s.page);
    return s;
}

static bool found_on(struct sheet_of *s, struct box *out)
{
    struct pen_strokes found = {0};

    pen_strokes_find(s->pix, DPI, &s->page, &found);
    if (out != NULL)
        *out = found.box;
    pixDestroy(&s->pix);
    page_clear(&s->page);
    return found.found;
}

static void strokes_between_title_and_name(void **state)
{
    struct sheet_of s = new_sheet(foot, ARRAY_LEN(foot));
    struct box b;

    (void)state;
    draw_waves(s.pix, MIDDLE_MM - 15, 214, 32, 10);
    assert_true(found_on(&s, &b));
    assert_true(b.x >= PX(MIDDLE_MM - 20) && b.w < PX(45));
    assert_true(b.y > PX(198) && b.y + b.h < PX(228));
}

static void strokes_in_grey(void **state)
{
    struct sheet_of s = new_sheet(foot, ARRAY_LEN(foot));
    PIX *grey;

    (void)state;
    draw_waves(s.pix, MIDDLE_MM - 15, 214, 32, 10);
    grey = pixConvert1To8(NULL, s.pix, 225, 70); /* dull paper, pale ink */
    pixDestroy(&s.pix);
    s.pix = grey;
    assert_true(found_on(&s, NULL));
}

static void nobody_has_signed(void **state)
{
    struct sheet_of s = new_sheet(foot, ARRAY_LEN(foot));

    (void)state;
    assert_false(found_on(&s, NULL));
}

static void strokes_elsewhere_are_no_signature(void **state)
{
    struct sheet_of s = new_sheet(foot, ARRAY_LEN(foot));

    (void)state;
    draw_waves(s.pix, 120, 120, 32, 10); /* beside the text */
    draw_waves(s.pix, 35, 214, 25, 10);  /* under the recipients */
    assert_false(found_on(&s, NULL));
    s = new_sheet(foot, 2); /* there is no title */
    draw_waves(s.pix, MIDDLE_MM - 15, 214, 32, 10);
    assert_false(found_on(&s, NULL));
}

static void a_seal_is_no_signature(void **state)
{
    struct sheet_of s = new_sheet(foot, ARRAY_LEN(foot));

    (void)state;
    draw_ring(s.pix, MIDDLE_MM - 20, 212, 18, 0.8, 1);
    draw_ring(s.pix, MIDDLE_MM - 20, 212, 16.5, 0.4, 1);
    draw_ring(s.pix, MIDDLE_MM - 20, 212, 11, 0.4, 1);
    assert_false(found_on(&s, NULL));
    s = new_sheet(foot, ARRAY_LEN(foot)); /* hardly inked on one side */
    draw_ring(s.pix, MIDDLE_MM - 20, 212, 18, 0.8, 0.4);
    draw_ring(s.pix, MIDDLE_MM - 20, 212, 11, 0.4, 0.5);
    assert_false(found_on(&s, NULL));
}

static void strokes_reach_out_of_a_seal(void **state)
{
    struct sheet_of s = new_sheet(foot, ARRAY_LEN(foot));

    (void)state;
    draw_ring(s.pix, MIDDLE_MM - 20, 212, 18, 0.8, 1);
    draw_waves(s.pix, MIDDLE_MM - 15, 214, 40, 10);
    assert_true(found_on(&s, NULL));
    s = new_sheet(foot, ARRAY_LEN(foot)); /* all of it inside */
    draw_ring(s.pix, MIDDLE_MM - 20, 212, 18, 0.8, 1);
    draw_waves(s.pix, MIDDLE_MM - 30, 214, 18, 6);
    assert_false(found_on(&s, NULL));
}

/* The title under it was not read. */
static void a_seal_stands_for_the_title(void **state)
{
    struct sheet_of s = new_sheet(foot, 2);
    struct pen_strokes found = {
        .seals = {{PX(MIDDLE_MM - 38), PX(194), PX(36), PX(36)}}, .n_seals = 1};

    (void)state;
    draw_ring(s.pix, MIDDLE_MM - 20, 212, 18, 0.8, 1);
    pen_strokes_find(s.pix, DPI, &s.page, &found);
    assert_false(found.found);
    draw_waves(s.pix, MIDDLE_MM - 15, 214, 40, 10);
    pen_strokes_find(s.pix, DPI, &s.page, &found);
    assert_true(found.found);
    assert_true(found.box.x > PX(MIDDLE_MM - 4));
    pixDestroy(&s.pix);
    page_clear(&s.page);
}

static void rules_are_no_signature(void **state)
{
    struct sheet_of s = new_sheet(foot, ARRAY_LEN(foot));

    (void)state;
    draw_line(s.pix, MIDDLE_MM - 25, 212, MIDDLE_MM + 30, 214);
    draw_line(s.pix, MIDDLE_MM - 10, 198, MIDDLE_MM - 9, 240);
    for (int i = 0; i < 4; i++) { /* a table, its lines hardly straight */
        draw_line(s.pix, 120, 200 + i * 8, 190, 200.4 + i * 8);
        draw_line(s.pix, 125 + i * 18, 200, 125.3 + i * 18, 224);
    }
    assert_false(found_on(&s, NULL));
}

/* What is left of the lines, joined by spaces. */
static char *left_of(const struct page *page)
{
    char *text = xstrdup("");

    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            char *more = xasprintf("%s%s%s", text, *text ? " " : "",
                                   page->lines[i].words[k].text);

            free(text);
            text = more;
        }
    }
    return text;
}

static void what_was_read_of_marks_is_dropped(void **state)
{
    static const struct made_row rows[] = {
        {FOOT_RIGHT, 1500, "GIÁM ĐỐC"}, {FOOT_RIGHT, 1600, "ÁC{30} 7{90}"},
        {FOOT_RIGHT, 1700, "V{60} Hồ{60} Đức"}, {LEFT, 1600, "qx{30}"},
    };
    static const char *const kinds[] = {"seal", "signature"};
    struct language *l = NULL;

    (void)state;
    assert_ok(language_load(NULL, &l));
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct page page = made_page(rows, ARRAY_LEN(rows));
        struct mark stamp = {.kind = xstrdup("stamp"), .box = {0, 0, 2000, 3000}};
        struct mark mark = {.kind = xstrdup(kinds[i]),
                            .box = {1050, 1450, 400, 400}};
        char *text;

        page_take_mark(&page, &stamp); /* has its own words */
        page_take_mark(&page, &mark);
        pen_strokes_drop_marked(l, &page);
        text = left_of(&page);
        assert_string_equal(text, "GIÁM ĐỐC V Hồ Đức qx");
        free(text);
        page_clear(&page);
    }
    language_free(l);
}

static void what_was_read_of_strokes_is_dropped(void **state)
{
    static const struct made_row rows[] = {
        {FOOT_RIGHT, 1500, "GIÁM ĐỐC"}, {FOOT_RIGHT, 1600, "ÁC{30} 7{90}"},
        {FOOT_RIGHT, 1650, "Phớc{50}"}, {FOOT_RIGHT, 1700, "V{60} Hồ{60} Đức"},
        {LEFT, 1600, "qx{30}"},
    };
    struct page page = made_page(rows, ARRAY_LEN(rows));
    struct pen_strokes s = {
        .found = true, .box = {1100, 1560, 300, 200}, .top = 1540};
    struct language *l = NULL;
    char *text;

    (void)state;
    assert_ok(language_load(NULL, &l));
    pen_strokes_take(NULL, &s, &page);
    text = left_of(&page);
    assert_string_equal(text, "GIÁM ĐỐC ÁC 7 Phớc V Hồ Đức qx");
    free(text);
    assert_int_equal(page.n_marks, 1);
    assert_string_equal(page.marks[0].kind, "signature");
    pen_strokes_take(l, &s, &page);
    text = left_of(&page);
    assert_string_equal(text, "GIÁM ĐỐC Phớc V Hồ Đức qx");
    free(text);
    assert_int_equal(page.n_dropped, 2);
    page_clear(&page);
    language_free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strokes_between_title_and_name),
        cmocka_unit_test(strokes_in_grey),
        cmocka_unit_test(nobody_has_signed),
        cmocka_unit_test(strokes_elsewhere_are_no_signature),
        cmocka_unit_test(a_seal_is_no_signature),
        cmocka_unit_test(strokes_reach_out_of_a_seal),
        cmocka_unit_test(a_seal_stands_for_the_title),
        cmocka_unit_test(rules_are_no_signature),
        cmocka_unit_test(what_was_read_of_marks_is_dropped),
        cmocka_unit_test(what_was_read_of_strokes_is_dropped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
