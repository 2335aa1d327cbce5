/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number of a page is read where it stands alone, at its head or foot; what
 * stands beside something, or is no number, is left alone. */
#include "base/alloc.h"
#include "pipeline/unread.h"
#include "unit/pipeline/read_sheet.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH 900
#define HEIGHT 500

/* A sheet on which text is printed afterwards, at x, with its foot at y. */
static void sheet_with(struct sheet *s, const char *text, int x, int y)
{
    L_BMF *font = bmfCreate(NULL, 8);
    PIX *grey;
    int width, overflow;

    sheet_make(s, "vie");
    grey = pixConvert1To8(NULL, s->pix, 255, 0);
    pixSetTextline(grey, font, text, 0, x, y, &width, &overflow);
    pixDestroy(&s->pix);
    s->pix = pixThresholdToBinary(grey, 128);
    pixDestroy(&grey);
    bmfDestroy(&font);
}

/* The text of the page, read again where nothing was read. Caller frees. */
static char *filled(struct sheet *s)
{
    assert_ok(unread_fill(s->r, NULL, s->pix, DPI, &s->page));
    return page_text(&s->page);
}

static void assert_left_alone(const char *text, int x, int y)
{
    struct sheet s;
    AUTO(free_char) char *before = NULL;
    AUTO(free_char) char *after = NULL;

    sheet_with(&s, text, x, y);
    before = page_text(&s.page);
    after = filled(&s);
    assert_string_equal(after, before);
    sheet_clear(&s);
}

static void a_number_at_the_head_comes_first(void **state)
{
    struct sheet s;
    AUTO(free_char) char *text = NULL;

    (void)state;
    sheet_with(&s, "3", WIDTH / 2, 40);
    text = filled(&s);
    assert_int_equal(strncmp(text, "3\n", 2), 0);
    sheet_clear(&s);
}

static void a_number_at_the_foot_comes_last(void **state)
{
    struct sheet s;
    AUTO(free_char) char *text = NULL;

    (void)state;
    sheet_with(&s, "12", WIDTH / 2, HEIGHT - 12);
    text = filled(&s);
    assert_non_null(strstr(text, "\n12\n"));
    assert_string_equal(strstr(text, "\n12\n"), "\n12\n");
    sheet_clear(&s);
}

static void a_word_is_no_number(void **state)
{
    (void)state;
    assert_left_alone("by", WIDTH / 2, 40);
}

static void a_number_at_the_side_is_none_of_the_page(void **state)
{
    (void)state;
    assert_left_alone("3", 20, 40);
}

static void a_number_beside_a_line_is_none_of_the_page(void **state)
{
    (void)state;
    assert_left_alone("3", WIDTH - 120, HEIGHT / 10 + 42 * 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_at_the_head_comes_first),
        cmocka_unit_test(a_number_at_the_foot_comes_last),
        cmocka_unit_test(a_word_is_no_number),
        cmocka_unit_test(a_number_at_the_side_is_none_of_the_page),
        cmocka_unit_test(a_number_beside_a_line_is_none_of_the_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
