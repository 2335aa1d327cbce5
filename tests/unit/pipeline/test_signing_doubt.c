/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read more often where somebody signs: lines that two readings do not
 * agree on, and strokes only while nobody knows where the name is. */
#include "unit/pipeline/made_page.h"

#include "pipeline/signing_doubt.h"

#define TITLES_END 1600
#define BLOCK_TOP 1500
#define BLOCK_HIGH 600
#define FOOT_RIGHT 1240

/* The strips of a block that reads as `again` says, on a page that reads as
 * `first` says. */
static int doubts(const struct made_row *first, int n_first,
                  const struct made_row *again, int n_again, struct box *out)
{
    struct page page = made_page(first, n_first);
    struct page other = made_page(again, n_again);
    struct mark block = {.box = {900, BLOCK_TOP, 700, BLOCK_HIGH}};
    int n;

    for (int i = 0; i < other.n_lines; i++)
        mark_take_line(&block, &other.lines[i]);
    other.n_lines = 0;
    n = signing_doubts(&page, &block, TITLES_END, out);
    mark_clear(&block);
    page_clear(&other);
    page_clear(&page);
    return n;
}

static void assert_strip(const struct box *b, int top, int bottom)
{
    int slack = BLOCK_HIGH / 20;

    assert_int_equal(b->x, 900);
    assert_int_equal(b->w, 700);
    assert_int_equal(b->y, top - slack);
    assert_int_equal(b->y + b->h, bottom + slack);
}

#define DOUBTS(first, again, out) \
    doubts(first, (int)ARRAY_LEN(first), again, (int)ARRAY_LEN(again), out)

static void a_name_that_is_read_alike_is_in_no_doubt(void **state)
{
    static const struct made_row rows[] = {
        {FOOT_RIGHT, 1510, "GIÁM ĐỐC{30}"},
        {FOOT_RIGHT, 1800, "Trần Thu Hương"},
    };
    static const struct made_row stroke[] = {
        {FOOT_RIGHT, 1700, "——{52}"},
        {FOOT_RIGHT, 1800, "Trần Thu Hương"},
    };
    struct box out[SIGNING_DOUBTS_MAX];

    (void)state;
    assert_int_equal(DOUBTS(rows, rows, out), 0);
    assert_int_equal(DOUBTS(rows, stroke, out), 0);
}

static void strokes_above_a_name_are_left(void **state)
{
    static const struct made_row first[] = {
        {FOOT_RIGHT, 1800, "Phan{62} Mạnh{62} Cường{96}"},
    };
    static const struct made_row again[] = {
        {FOOT_RIGHT, 1620, "c7{22} Số{23}"},
        {FOOT_RIGHT, 1700, "Vy{19} hà{12}"},
        {FOOT_RIGHT, 1800, "sa.{0} Phan{62} Mạnh{62} Cường{96}"},
    };
    struct box out[SIGNING_DOUBTS_MAX];

    (void)state;
    assert_int_equal(DOUBTS(first, again, out), 1);
    assert_strip(&out[0], 1800, 1800 + MADE_HIGH);
}

static void a_title_in_doubt_is_a_strip_of_its_own(void **state)
{
    static const struct made_row first[] = {
        {FOOT_RIGHT, 1620, "PHÓ THỦ TƯỚNG{70}"},
        {FOOT_RIGHT, 1900, "Hồ{40} Đức{93} Phớc{92}"},
    };
    static const struct made_row again[] = {
        {FOOT_RIGHT, 1900, "vHồ{58} Đức{93} Phớc{92}"},
        {FOOT_RIGHT, 1620, "HÓ{0} THỦ{95} TƯỚNG{92}"},
        {FOOT_RIGHT, 1760, "X{50} Ty{0}"},
    };
    struct box out[SIGNING_DOUBTS_MAX];

    (void)state;
    assert_int_equal(DOUBTS(first, again, out), 2);
    assert_strip(&out[0], 1620, 1620 + MADE_HIGH);
    assert_strip(&out[1], 1900, 1900 + MADE_HIGH);
}

static void without_a_name_all_of_it_is_one_strip(void **state)
{
    static const struct made_row again[] = {
        {FOOT_RIGHT, 1650, "NV;{19}"},
        {FOOT_RIGHT, 1900, "Minh{55} Hg{30}"},
    };
    struct box out[SIGNING_DOUBTS_MAX];

    (void)state;
    assert_int_equal(DOUBTS(again, again, out), 1);
    assert_strip(&out[0], 1650, 1900 + MADE_HIGH);
}

static void there_are_never_more_than_a_few(void **state)
{
    static const struct made_row again[] = {
        {FOOT_RIGHT, 1610, "AB{92}"},    {FOOT_RIGHT, 1710, "CD{92}"},
        {FOOT_RIGHT, 1810, "EG{92}"},    {FOOT_RIGHT, 1910, "HI{92}"},
        {FOOT_RIGHT, 2010, "Lê An{92}"},
    };
    struct box out[SIGNING_DOUBTS_MAX];

    (void)state;
    assert_int_equal(DOUBTS(again, again, out), SIGNING_DOUBTS_MAX);
    assert_int_equal(out[SIGNING_DOUBTS_MAX - 1].y, 1910 - BLOCK_HIGH / 20);
    assert_true(out[SIGNING_DOUBTS_MAX - 1].y + out[SIGNING_DOUBTS_MAX - 1].h >
                2010 + MADE_HIGH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_that_is_read_alike_is_in_no_doubt),
        cmocka_unit_test(strokes_above_a_name_are_left),
        cmocka_unit_test(a_title_in_doubt_is_a_strip_of_its_own),
        cmocka_unit_test(without_a_name_all_of_it_is_one_strip),
        cmocka_unit_test(there_are_never_more_than_a_few),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
