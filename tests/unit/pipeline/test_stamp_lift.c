/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stamp in a thin frame that leans and lies across print. */
#include "pipeline/recognise.h"
#include "pipeline/stamp_lift.h"
#include "unit/pipeline/made_stamp.h"

#define BLACK HOSO_TEST_DATA "/black/"

/* A page of tests/data/black with its stamps lifted off. */
struct lifting {
    struct recogniser *recogniser;
    PIX *pix, *upright;
    struct stamps stamps;
    struct page_geometry geometry;
    struct lifted_stamps lifted;
};

static void lift_from(const char *file, struct lifting *l)
{
    *l = (struct lifting){0};
    if (recogniser_new("vie", &l->recogniser) != STATUS_OK)
        skip();
    l->pix = pixRead(file);
    assert_non_null(l->pix);
    l->upright = pixClone(l->pix);
    l->lifted.labels = &made_labels;
    stamps_find(l->pix, 200, &l->stamps);
    l->geometry =
        (struct page_geometry){.width_px = pixGetWidth(l->pix),
                               .height_px = pixGetHeight(l->pix),
                               .read_width_px = pixGetWidth(l->pix),
                               .read_height_px = pixGetHeight(l->pix)};
    assert_ok(stamps_lift(l->recogniser, &l->stamps, &l->upright, &l->geometry,
                          &l->lifted));
}

static void clear(struct lifting *l)
{
    lifted_clear(&l->lifted);
    stamps_clear(&l->stamps);
    pixDestroy(&l->pix);
    pixDestroy(&l->upright);
    recogniser_free(l->recogniser);
}

static bool has_word(const struct line *lines, int n, const char *text)
{
    for (int i = 0; i < n; i++)
        for (int k = 0; k < lines[i].n_words; k++)
            if (strcmp(lines[i].words[k].text, text) == 0)
                return true;
    return false;
}

static void its_ink_goes_print_stays(void **state)
{
    struct lifting l;
    int before, after;

    (void)state;
    lift_from(BLACK "across.tif", &l);
    assert_int_equal(l.lifted.n, 1);
    assert_true(l.lifted.v[0].told);
    /* the agency and the number, beside the print */
    before = made_ink_in(l.pix, 140, 650, 340, 150);
    after = made_ink_in(l.upright, 140, 650, 340, 150);
    assert_true(before > 2000 && after * 5 < before);
    /* the text beyond */
    assert_int_equal(made_ink_in(l.pix, 600, 600, 700, 400),
                     made_ink_in(l.upright, 600, 600, 700, 400));
    clear(&l);
}

static void its_words_are_a_mark(void **state)
{
    static const struct made_row rows[] = {
        {330, 745, "2746"},
        {330, 850, "Xqv{30}"},
        {FROM_LEFT, 900, "Sở Khoa học và Công nghệ thông báo"},
        {FROM_LEFT, 300, "Ngày 2746"},
    };
    struct page page = made_page(rows, ARRAY_LEN(rows));
    struct lifting l;

    (void)state;
    lift_from(BLACK "across.tif", &l);
    page.width_px = l.geometry.width_px;
    page.height_px = l.geometry.height_px;
    stamps_put(NULL, &l.lifted, &page);
    assert_int_equal(page.n_marks, 1);
    assert_string_equal(page.marks[0].kind, "stamp");
    assert_true(has_word(page.marks[0].lines, page.marks[0].n_lines, "2746"));
    assert_int_equal(page.n_dropped, 2);
    assert_false(has_word(page.lines, page.n_lines, "Xqv"));
    assert_true(has_word(page.lines, page.n_lines, "nghệ"));
    assert_true(has_word(page.lines, page.n_lines, "Ngày")); /* elsewhere */
    page_clear(&page);
    clear(&l);
}

/* With the page the other way up its words are known already. */
static void it_is_read_once(void **state)
{
    struct lifting l;
    int w, h;

    (void)state;
    lift_from(BLACK "across.tif", &l);
    w = pixGetWidth(l.pix);
    h = pixGetHeight(l.pix);
    pixDestroy(&l.upright);
    l.upright = pixRotate180(NULL, l.pix);
    l.geometry.turn_deg = 180;
    assert_ok(stamps_lift(NULL, &l.stamps, &l.upright, &l.geometry, &l.lifted));
    assert_int_equal(l.lifted.n, 1);
    assert_true(l.lifted.v[0].told);
    assert_true(made_ink_in(l.upright, w - 140 - 340, h - 650 - 150, 340, 150) *
                    5 <
                made_ink_in(l.pix, 140, 650, 340, 150));
    for (int way = 0; way < 2; way++) {
        struct page page = {.width_px = w, .height_px = h};

        stamps_put(NULL, &l.lifted, &page);
        assert_int_equal(page.n_marks, 1);
        assert_true(
            has_word(page.marks[0].lines, page.marks[0].n_lines, "2746"));
        page_clear(&page);
    }
    clear(&l);
}

static void a_page_without_keeps_its_copy(void **state)
{
    struct lifting l;

    (void)state;
    lift_from(BLACK "unsigned.tif", &l);
    assert_int_equal(l.lifted.n, 0);
    assert_ptr_equal(l.pix, l.upright);
    clear(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_ink_goes_print_stays),
        cmocka_unit_test(its_words_are_a_mark),
        cmocka_unit_test(it_is_read_once),
        cmocka_unit_test(a_page_without_keeps_its_copy),
    };

    return cmocka_run_group_tests(tests, made_labels_setup,
                                  made_labels_teardown);
}
