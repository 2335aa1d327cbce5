/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the command line by table. */
#include "unit/unit.h"

#include "cli/options.h"

#include <string.h>

enum { FLAG, TEXT, NUMBER, CHOICE, DAY, COUNT };

static const struct option_def defs[COUNT] = {
    [FLAG] = {"force", 'f', OPTION_FLAG, "", NULL, ""},
    [TEXT] = {"batch", 'b', OPTION_TEXT, "", "NAME", ""},
    [NUMBER] = {"jobs", 'j', OPTION_INT, "1..64", "N", ""},
    [CHOICE] = {"kind", 'k', OPTION_CHOICE, "result|staff|work", "KIND", ""},
    [DAY] = {"from", 0, OPTION_DAY, "", "DAY", ""},
};

static const struct option_def others[] = {
    {"json", 0, OPTION_FLAG, "", NULL, ""},
    {"quiet", 'q', OPTION_FLAG, "", NULL, ""},
};

#define ARGS_MAX 8

struct given {
    struct option_set sets[2];
    const char *items[ARGS_MAX];
    struct words words;
};

static enum status parse(struct given *g, bool stop, ...)
{
    char *argv[ARGS_MAX];
    int argc = 0;
    va_list args;
    va_start(args, stop);
    while ((argv[argc] = va_arg(args, char *)) != NULL)
        argc++;
    va_end(args);
    *g = (struct given){
        .sets = {{.defs = others, .n = 2}, {.defs = defs, .n = COUNT}}};
    g->words.items = g->items;
    return options_parse(g->sets, 2, argc, argv, stop, &g->words);
}

static void assert_says(const char *part)
{
    if (strstr(status_message(), part) == NULL)
        fail_msg("'%s' is not in '%s'", part, status_message());
}

static void reads_values_in_all_four_forms(void **state)
{
    (void)state;
    struct given g;
    assert_ok(
        parse(&g, false, "--batch", "A", "--jobs=3", "-kstaff", "x", NULL));
    assert_string_equal(g.sets[1].values[TEXT], "A");
    assert_int_equal(option_int(g.sets[1].values[NUMBER], 0), 3);
    assert_string_equal(g.sets[1].values[CHOICE], "staff");
    assert_null(g.sets[1].values[FLAG]);
    assert_int_equal(g.words.n, 1);
    assert_string_equal(g.words.items[0], "x");
    assert_ok(parse(&g, false, "-b", "B", NULL));
    assert_string_equal(g.sets[1].values[TEXT], "B");
}

static void options_may_follow_arguments(void **state)
{
    (void)state;
    struct given g;
    assert_ok(parse(&g, false, "a", "--force", "b", "--json", NULL));
    assert_int_equal(g.words.n, 2);
    assert_non_null(g.sets[1].values[FLAG]);
    assert_non_null(g.sets[0].values[0]);
}

static void letters_stand_together(void **state)
{
    (void)state;
    struct given g;
    assert_ok(parse(&g, false, "-qfj", "7", NULL));
    assert_non_null(g.sets[0].values[1]);
    assert_non_null(g.sets[1].values[FLAG]);
    assert_string_equal(g.sets[1].values[NUMBER], "7");
}

static void two_dashes_end_the_options(void **state)
{
    (void)state;
    struct given g;
    assert_ok(parse(&g, false, "--", "--force", "-", NULL));
    assert_int_equal(g.words.n, 2);
    assert_string_equal(g.words.items[0], "--force");
    assert_null(g.sets[1].values[FLAG]);
}

static void a_dash_alone_is_an_argument(void **state)
{
    (void)state;
    struct given g;
    assert_ok(parse(&g, false, "-", NULL));
    assert_string_equal(g.words.items[0], "-");
}

static void stops_at_the_first_word_when_asked(void **state)
{
    (void)state;
    struct given g;
    assert_ok(parse(&g, true, "-q", "search", "--unknown", NULL));
    assert_int_equal(g.words.used, 1);
    assert_int_equal(g.words.n, 0);
}

static void names_the_nearest_option(void **state)
{
    (void)state;
    struct given g;
    assert_fails(STATUS_USAGE, parse(&g, false, "--bacth=A", NULL));
    assert_says("'--bacth'");
    assert_says("did you mean '--batch'?");
    assert_fails(STATUS_USAGE, parse(&g, false, "--jsn", NULL));
    assert_says("did you mean '--json'?");
    assert_fails(STATUS_USAGE, parse(&g, false, "--zzzzzzzz", NULL));
    assert_says("'--help' lists the options");
}

static void does_not_guess_abbreviations(void **state)
{
    (void)state;
    struct given g;
    assert_fails(STATUS_USAGE, parse(&g, false, "--forc", NULL));
    assert_fails(STATUS_USAGE, parse(&g, false, "-x", NULL));
    assert_says("unknown option '-x'");
}

static void refuses_wrong_values(void **state)
{
    (void)state;
    static const struct {
        const char *argument, *says;
    } cases[] = {
        {"--jobs=0", "whole number from 1 to 64"},
        {"--jobs=65", "whole number from 1 to 64"},
        {"--jobs=3x", "'3x'"},
        {"--jobs=", "whole number"},
        {"--jobs=99999999999999999999", "whole number"},
        {"--kind=staf", "did you mean 'staff'?"},
        {"--kind=", "one of result|staff|work"},
        {"--kind=result|staff", "one of"},
        {"--batch=", "not empty"},
        {"--batch", "needs a value"},
        {"-b", "needs a value"},
        {"--force=yes", "takes no value"},
        {"--from=32/01/2022", "takes a day"},
        {"--from=yesterday", "takes a day"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct given g;
        assert_fails(STATUS_USAGE, parse(&g, false, cases[i].argument, NULL));
        assert_says(cases[i].says);
    }
}

static void a_later_value_wins(void **state)
{
    (void)state;
    struct given g;
    assert_ok(parse(&g, false, "-j1", "-j2", NULL));
    assert_string_equal(g.sets[1].values[NUMBER], "2");
}

static void bytes_of_a_hostile_option_are_shown_safely(void **state)
{
    (void)state;
    struct given g;
    assert_fails(STATUS_USAGE, parse(&g, false, "--\033[31m", NULL));
    assert_null(strchr(status_message(), '\033'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_values_in_all_four_forms),
        cmocka_unit_test(options_may_follow_arguments),
        cmocka_unit_test(letters_stand_together),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(a_dash_alone_is_an_argument),
        cmocka_unit_test(stops_at_the_first_word_when_asked),
        cmocka_unit_test(names_the_nearest_option),
        cmocka_unit_test(does_not_guess_abbreviations),
        cmocka_unit_test(refuses_wrong_values),
        cmocka_unit_test(a_later_value_wins),
        cmocka_unit_test(bytes_of_a_hostile_option_are_shown_safely),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
