/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user typed, understood or explained. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "indexer/query.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct vector {
    const char *name, *text, *want;
};

/* The expression without marks, which shows terms and phrases. */
static void means(void **state)
{
    const struct vector *v = *state;
    struct terms *t = xcalloc(1, sizeof(*t));
    struct strbuf b;
    strbuf_init(&b);
    assert_ok(query_parse(v->text, t));
    query_expression(t, FOLDED, false, &b);
    assert_string_equal(b.s, v->want);
    strbuf_clear(&b);
    free(t);
}

static void is_explained(void **state)
{
    const struct vector *v = *state;
    struct terms *t = xcalloc(1, sizeof(*t));
    assert_fails(STATUS_USAGE, query_parse(v->text, t));
    if (!strstr(status_message(), v->want))
        fail_msg("[%s] does not say [%s]", status_message(), v->want);
    assert_null(strchr(status_message(), '\n'));
    free(t);
}

static struct vector good[] = {
    {"words_must_all_be_there", "quyết định", "\"quyet\" AND \"dinh\""},
    {"quotes_make_a_phrase", "\"quyết định\" số",
     "\"quyet\" + \"dinh\" AND \"so\""},
    {"round_quotes_make_a_phrase", "“a b”", "\"a\" + \"b\""},
    {"numbers_are_phrases", "15/QĐ-UBND", "\"15\" + \"qd\" + \"ubnd\""},
    {"dates_are_phrases", "01/02/2022", "\"1\" + \"2\" + \"2022\""},
    {"addresses_are_phrases", "a@b.vn", "\"a\" + \"b\" + \"vn\""},
    {"decimals_are_phrases", "1,5", "\"1\" + \"5\""},
    {"a_comma_parts_words", "an,ninh", "\"an\" AND \"ninh\""},
    {"brackets_part_words", "an(ninh)", "\"an\" AND \"ninh\""},
    {"repeated_words_count_once", "an An AN ninh", "\"an\" AND \"ninh\""},
    {"repeated_phrases_count_once", "a-b \"a b\" b", "\"a\" + \"b\" AND \"b\""},
    {"an_empty_phrase_is_nothing", "\"\" an", "\"an\""},
    {"signs_are_nothing", "-- an ++ * ^", "\"an\""},
    {"operators_are_words", "a AND NOT b",
     "\"a\" AND \"and\" AND \"not\" AND \"b\""},
    {"columns_are_words", "title:a", "\"title\" + \"a\""},
    {"bad_bytes_part_words",
     "a\xFF"
     "b",
     "\"a\" AND \"b\""},
    {"quotes_need_no_space", "a\"b c\"d", "\"a\" AND \"b\" + \"c\" AND \"d\""},
};

static struct vector bad[] = {
    {"nothing_is_explained", "", "nothing to search for"},
    {"spaces_are_explained", " \t\n ", "nothing to search for"},
    {"signs_alone_are_explained", "*** -- ()", "nothing to search for"},
    {"empty_phrase_alone_is_explained", "\"\"", "nothing to search for"},
    {"stray_quote_is_explained", "\"quyết định", "no partner"},
    {"stray_quote_at_the_end_is_explained", "quyết\"", "no partner"},
    {"stray_round_quote_is_explained", "“a b", "no partner"},
    {"stray_quote_shows_the_query_in_one_line", "a\nb\"", "a\\x0Ab"},
    {"no_text_at_all_is_explained", NULL, "nothing to search for"},
};

static void long_query_is_explained(void **state)
{
    (void)state;
    char text[QUERY_BYTES_MAX + 2];
    memset(text, 'a', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    struct terms *t = xcalloc(1, sizeof(*t));
    assert_fails(STATUS_USAGE, query_parse(text, t));
    text[QUERY_BYTES_MAX] = '\0';
    assert_ok(query_parse(text, t));
    free(t);
}

static void many_words_are_explained(void **state)
{
    (void)state;
    char text[QUERY_BYTES_MAX];
    size_t n = 0;
    struct terms *t = xcalloc(1, sizeof(*t));
    for (int i = 0; i < QUERY_WORDS_MAX; i++)
        n += (size_t)sprintf(text + n, "w%d ", i);
    assert_ok(query_parse(text, t));
    assert_int_equal(t->n, QUERY_WORDS_MAX);
    strcpy(text + n, "more");
    assert_fails(STATUS_USAGE, query_parse(text, t));
    free(t);
}

static void marks_are_noticed(void **state)
{
    (void)state;
    struct terms *t = xcalloc(1, sizeof(*t));
    assert_ok(query_parse("dak lak", t));
    assert_false(t->marked);
    assert_ok(query_parse("dak lắk", t));
    assert_true(t->marked);
    free(t);
}

static void together_is_one_phrase(void **state)
{
    (void)state;
    struct terms *t = xcalloc(1, sizeof(*t));
    struct strbuf b;
    strbuf_init(&b);
    assert_ok(query_parse("số 15/QĐ", t));
    query_expression(t, FOLDED, true, &b);
    assert_string_equal(b.s, "\"so\" + \"15\" + \"qd\"");
    strbuf_clear(&b);
    free(t);
}

#define ADD(list, fn)                                              \
    for (size_t i_ = 0; i_ < sizeof(list) / sizeof(list[0]); i_++) \
        tests[n++] = (struct CMUnitTest)                           \
        {                                                          \
            list[i_].name, fn, NULL, NULL, &list[i_]               \
        }

int main(void)
{
    struct CMUnitTest tests[64] = {
        cmocka_unit_test(long_query_is_explained),
        cmocka_unit_test(many_words_are_explained),
        cmocka_unit_test(marks_are_noticed),
        cmocka_unit_test(together_is_one_phrase),
    };
    size_t n = 4;
    ADD(good, means);
    ADD(bad, is_explained);
    return _cmocka_run_group_tests("query", tests, n, NULL, NULL);
}
