/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a run of words ends, and the box around it. */
#include "pipeline/word_runs.h"

#include "base/alloc.h"
#include "base/compiler.h"
#include "unit/unit.h"

/* A line of an array of words. */
#define LINE(array)                                         \
    {                                                       \
        .words = (array), .n_words = (int)ARRAY_LEN(array), \
    }

static void a_gap_of_two_heights_and_a_fifth_is_none(void **state)
{
    struct word words[] = {{.box = {100, 50, 40, 30}},
                           {.box = {150, 50, 40, 30}},
                           {.box = {256, 50, 40, 30}},  /* 66 = 2.2 heights */
                           {.box = {363, 50, 40, 30}}}; /* 67 */
    struct line l = LINE(words);

    (void)state;
    assert_int_equal(word_run_end(&l, 0), 3);
    assert_int_equal(word_run_end(&l, 1), 3);
    assert_int_equal(word_run_end(&l, 2), 3);
    assert_int_equal(word_run_end(&l, 3), 4);
}

static void the_lower_of_two_words_measures_the_gap(void **state)
{
    struct word words[] = {{.box = {100, 50, 40, 90}},
                           {.box = {200, 70, 40, 20}},
                           {.box = {300, 50, 40, 90}}};
    struct line l = LINE(words);

    (void)state;
    assert_int_equal(word_run_end(&l, 0), 1);
    assert_int_equal(word_run_end(&l, 1), 2);
    words[1].box.h = 40;
    assert_int_equal(word_run_end(&l, 0), 3);
}

static void words_that_go_back_are_of_the_run(void **state)
{
    struct word words[] = {{.box = {500, 50, 40, 30}},
                           {.box = {100, 50, 40, 30}}};
    struct line l = LINE(words);

    (void)state;
    assert_int_equal(word_run_end(&l, 0), 2);
}

static void a_box_is_around_the_words_asked_for(void **state)
{
    struct word words[] = {{.box = {100, 50, 40, 30}},
                           {.box = {150, 40, 40, 30}},
                           {.box = {200, 60, 50, 50}}};
    struct line l = LINE(words);
    const struct box one = {150, 40, 40, 30}, all = {100, 40, 150, 70};
    struct box b = words_box(&l, 1, 2);

    (void)state;
    assert_memory_equal(&b, &one, sizeof(b));
    b = words_box(&l, 0, 3);
    assert_memory_equal(&b, &all, sizeof(b));
}

static void their_text_has_a_space_between(void **state)
{
    struct word words[] = {
        {.text = (char *)"Số:"}, {.text = (char *)"12"}, {.text = (char *)"x"}};
    struct line l = LINE(words);
    AUTO(free_char) char *two = words_text(&l, 0, 2);
    AUTO(free_char) char *none = words_text(&l, 1, 1);

    (void)state;
    assert_string_equal(two, "Số: 12");
    assert_string_equal(none, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_of_two_heights_and_a_fifth_is_none),
        cmocka_unit_test(the_lower_of_two_words_measures_the_gap),
        cmocka_unit_test(words_that_go_back_are_of_the_run),
        cmocka_unit_test(their_text_has_a_space_between),
        cmocka_unit_test(a_box_is_around_the_words_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
