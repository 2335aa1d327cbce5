/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stamps of arrival in black that lean, without a frame. */
#include "pipeline/leptonica.h"
#include "pipeline/page_geometry.h"
#include "pipeline/recognise.h"
#include "pipeline/stamp.h"
#include "unit/pipeline/made_stamp.h"

#define BLACK HOSO_TEST_DATA "/black/"

static bool has_word(const struct page *page, const char *text)
{
    for (int i = 0; i < page->n_lines; i++)
        for (int k = 0; k < page->lines[i].n_words; k++)
            if (strcmp(page->lines[i].words[k].text, text) == 0)
                return true;
    return false;
}

/* Whether a word of a mark has that in it. */
static bool mark_says(const struct mark *m, const char *text)
{
    for (int i = 0; i < m->n_lines; i++)
        for (int k = 0; k < m->lines[i].n_words; k++)
            if (strstr(m->lines[i].words[k].text, text) != NULL)
                return true;
    return false;
}

/* What a page had read of the stamp of signed.tif; one word of text and one
 * that says the same elsewhere. */
static const struct made_row rows[] = {
    {225, 530, "ĐẾN"},
    {420, 470, "2746{90}"},
    {400, 575, "Chuyển:"},
    {440, 540, "16/9/2O22{50} nay"},
    {340, 490, "Xqv{30}"},
    {1100, 540, "2746"},
    {FROM_LEFT, 800, "Sở Khoa học và Công nghệ thông báo"},
};

static void a_stamp_that_leans(void **state)
{
    struct recogniser *r = NULL;
    struct page page = made_page(rows, ARRAY_LEN(rows));
    PIX *pix = pixRead(BLACK "signed.tif");

    (void)state;
    if (recogniser_new("vie", &r) != STATUS_OK)
        skip();
    assert_non_null(pix);
    assert_ok(stamps_leaning(r, &made_labels, NULL, pix, &page));
    assert_int_equal(page.n_marks, 1);
    assert_string_equal(page.marks[0].kind, "stamp");
    assert_true(mark_says(&page.marks[0], "2746"));
    assert_true(mark_says(&page.marks[0], "16/9/2022"));
    assert_int_equal(page.n_dropped, 5);
    assert_false(has_word(&page, "ĐẾN"));
    assert_false(has_word(&page, "Chuyển:"));
    assert_false(has_word(&page, "Xqv"));
    assert_true(has_word(&page, "2746")); /* the other one */
    assert_true(has_word(&page, "nay"));
    assert_true(has_word(&page, "nghệ"));
    page_clear(&page);
    pixDestroy(&pix);
    recogniser_free(r);
}

static void text_is_no_stamp(void **state)
{
    static const struct made_row text[] = {
        {FROM_LEFT, 540, "ĐẾN NĂM 2030"},
        {FROM_LEFT, 710, "Chuyển: việc 1472"},
    };
    struct recogniser *r = NULL;
    struct page page = made_page(text, ARRAY_LEN(text));
    PIX *pix = pixRead(BLACK "unsigned.tif");

    (void)state;
    if (recogniser_new("vie", &r) != STATUS_OK)
        skip();
    assert_non_null(pix);
    assert_ok(stamps_leaning(r, &made_labels, NULL, pix, &page));
    assert_int_equal(page.n_marks, 0);
    assert_int_equal(page.n_dropped, 0);
    page_clear(&page);
    pixDestroy(&pix);
    recogniser_free(r);
}

static void points_go_there_and_back(void **state)
{
    (void)state;
    for (int turn = 0; turn < 360; turn += 90) {
        struct page_geometry g = {.width_px = 2480,
                                  .height_px = 3508,
                                  .read_width_px = 1654,
                                  .read_height_px = 2339,
                                  .turn_deg = turn,
                                  .skew_deg = 3};
        struct box b = geometry_to_original(&g, (struct box){700, 900, 2, 2});
        double x = b.x + b.w / 2.0, y = b.y + b.h / 2.0;

        geometry_from_original(&g, &x, &y);
        assert_true(fabs(x - 701) < 1.5 && fabs(y - 901) < 1.5);
        geometry_point_to_original(&g, &x, &y);
        assert_true(fabs(x - b.x - b.w / 2.0) < 0.01 &&
                    fabs(y - b.y - b.h / 2.0) < 0.01);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stamp_that_leans),
        cmocka_unit_test(text_is_no_stamp),
        cmocka_unit_test(points_go_there_and_back),
    };

    return cmocka_run_group_tests(tests, made_labels_setup,
                                  made_labels_teardown);
}
