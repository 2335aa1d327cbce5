/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user typed, understood or explained. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "indexer/query.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct vector {
    const char *name, *text, *want;
};

/* A query as it was understood: clauses by ";", alternatives by "|", words of
 * a term by "+", what is left out behind them by "-". */
static void show_term(const struct terms *t, const struct term *a,
                      struct strbuf *b)
{
    if (a->key != KEY_NONE)
        strbuf_addf(b, "%c:", field_letter(a->key));
    if (a->key == KEY_DATE)
        strbuf_addf(b, "%d..%d", a->from, a->to);
    for (int k = 0; k < a->n; k++)
        strbuf_addf(b, "%s%s", k ? "+" : "", t->words[a->first + k].folded);
    if (a->prefix)
        strbuf_addc(b, '*');
}

static char *show(const struct terms *t)
{
    struct strbuf b;
    strbuf_init(&b);
    int before = -1;
    for (int i = 0; i < t->n; i++) {
        const struct term *a = &t->items[i];
        strbuf_adds(&b, a->negated             ? " -"
                        : before < 0           ? ""
                        : a->clause == before ? "|"
                                               : ";");
        show_term(t, a, &b);
        before = a->negated ? before : a->clause;
    }
    return strbuf_take(&b);
}

static void means(void **state)
{
    const struct vector *v = *state;
    struct terms *t = xcalloc(1, sizeof(*t));
    assert_ok(query_parse(v->text, t));
    AUTO(free_char) char *got = show(t);
    assert_string_equal(got, v->want);
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
    {"words_must_all_be_there", "quyết định", "quyet;dinh"},
    {"quotes_make_a_phrase", "\"quyết định\" số", "quyet+dinh;so"},
    {"round_quotes_make_a_phrase", "“a b”", "a+b"},
    {"numbers_are_phrases", "15/QĐ-UBND", "15+qd+ubnd"},
    {"dates_are_phrases", "01/02/2022", "1+2+2022"},
    {"addresses_are_phrases", "a@b.vn", "a+b+vn"},
    {"decimals_are_phrases", "1,5", "1+5"},
    {"a_comma_parts_words", "an,ninh", "an;ninh"},
    {"brackets_part_words", "an(ninh)", "an;ninh"},
    {"repeated_words_count_once", "an An AN ninh", "an;ninh"},
    {"repeated_phrases_count_once", "a-b \"a b\" b", "a+b;b"},
    {"an_empty_phrase_is_nothing", "\"\" an", "an"},
    {"signs_are_nothing", "-- an ++ * ^", "an"},
    {"other_operators_are_words", "a AND NOT b", "a;and;not;b"},
    {"other_columns_are_words", "title:a", "title+a"},
    {"bad_bytes_part_words",
     "a\xFF"
     "b",
     "a;b"},
    {"quotes_need_no_space", "a\"b c\"d", "a;b+c;d"},
    {"or_joins_neighbours", "a b OR c d", "a;b|c;d"},
    {"or_joins_many", "a OR b OR \"c d\"", "a|b|c+d"},
    {"or_in_small_letters_is_a_word", "a or b", "a;or;b"},
    {"or_inside_a_word_is_none", "ORB a", "orb;a"},
    {"minus_leaves_out", "a -b", "a -b"},
    {"minus_leaves_a_phrase_out", "a -\"b c\" d", "a -b+c;d"},
    {"minus_inside_a_word_joins", "a-b", "a+b"},
    {"minus_alone_is_nothing", "a - b", "a;b"},
    {"star_is_a_beginning", "ngu* a", "ngu*;a"},
    {"star_with_marks_is_a_beginning", "Nguyễ*", "nguye*"},
    {"star_inside_is_nothing", "a*b", "a;b"},
    {"number_is_also_in_the_text", "số:15/QĐ-UBND",
     "n:15+qd+ubnd|so+15+qd+ubnd"},
    {"number_without_marks", "so:15", "n:15|so+15"},
    {"number_may_be_left_out", "a -số:15", "a -n:15 -so+15"},
    {"year", "ngày:2022", "d:20220101..20221231"},
    {"years", "ngay:2021..2022", "d:20210101..20221231"},
    {"open_years", "ngay:2021..", "d:20210101..99991231"},
    {"years_until", "ngay:..2022", "d:1..20221231"},
    {"month", "ngày:3/2022", "d:20220301..20220331"},
    {"month_year_first", "ngày:2022-03", "d:20220301..20220331"},
    {"day", "ngày:05/03/2022", "d:20220305..20220305"},
    {"day_in_iso", "ngày:2022-03-05", "d:20220305..20220305"},
    {"day_in_english", "date:5.3.2022", "d:20220305..20220305"},
    {"type", "loại:\"quyết định\"", "t:quyet+dinh"},
    {"type_without_marks", "loai:\"quyet dinh\"", "t:quyet+dinh"},
    {"type_in_nfd", "loa\u0323i:a", "t:a"},
    {"signer", "người ký:\"Nguyễn Thị Ánh\"", "g:nguyen+thi+anh"},
    {"signer_without_marks", "nguoi ky:anh", "g:anh"},
    {"issuer", "cơ quan:skhcn", "i:skhcn"},
    {"issuer_without_marks", "co quan: skhcn", "i:skhcn"},
    {"dossier", "hồ sơ:H19-220105", "h:h19+220105"},
    {"dossier_without_marks", "ho so:h19", "h:h19"},
    {"code", "mã:H19", "c:h19"},
    {"code_without_marks", "ma:h19", "c:h19"},
    {"person", "nhân viên:\"Lê An\"", "p:le+an"},
    {"person_without_marks", "nhan vien:le", "p:le"},
    {"procedure", "thủ tục:\"cấp phép\"", "r:cap+phep"},
    {"field_among_words", "đất loại:a nhà", "dat;t:a;nha"},
    {"field_or_field", "loại:a OR loại:b", "t:a|t:b"},
    {"field_left_out", "đất -loại:a", "dat -t:a"},
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
    {"or_at_the_end_is_explained", "a OR", "OR needs a word"},
    {"or_at_the_beginning_is_explained", "OR a", "OR needs a word"},
    {"or_twice_is_explained", "a OR OR b", "OR needs a word"},
    {"or_beside_what_is_left_out_is_explained", "a OR -b", "leave out"},
    {"leaving_out_alone_is_explained", "-a", "only says what to leave out"},
    {"one_letter_and_a_star_is_explained", "a*", "begins too many"},
    {"no_day_is_explained", "ngày:hôm", "no day, month or year"},
    {"no_such_month_is_explained", "ngày:13/2022", "no day, month or year"},
    {"days_backwards_are_explained", "ngày:2022..2021", "earlier day first"},
    {"dots_alone_are_explained", "ngày:..", "no day, month or year"},
    {"field_of_nothing_is_explained", "loại:", "behind 'loại:'"},
    {"field_of_signs_is_explained", "người ký:\"--\"", "behind 'người ký:'"},
    {"open_quote_of_a_field_is_explained", "loại:\"a", "no partner"},
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

#define ADD(list, fn)                                              \
    for (size_t i_ = 0; i_ < sizeof(list) / sizeof(list[0]); i_++) \
        tests[n++] = (struct CMUnitTest)                           \
        {                                                          \
            list[i_].name, fn, NULL, NULL, &list[i_]               \
        }

int main(void)
{
    struct CMUnitTest tests[128] = {
        cmocka_unit_test(long_query_is_explained),
        cmocka_unit_test(many_words_are_explained),
        cmocka_unit_test(marks_are_noticed),
    };
    size_t n = 3;
    ADD(good, means);
    ADD(bad, is_explained);
    return _cmocka_run_group_tests("query", tests, n, NULL, NULL);
}
