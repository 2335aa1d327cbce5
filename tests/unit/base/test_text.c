/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unicode at the door: base/text.c. Each vector is a test of its own. */
#include "unit/unit.h"

#include "base/text.h"
#include <stdlib.h>
#include <string.h>

struct vector {
    const char *name, *in, *out;
};

static void expect(char *got, const char *want)
{
    assert_string_equal(got, want);
    free(got);
}

static void nfc_gives(void **state)
{
    const struct vector *v = *state;
    expect(text_nfc(v->in, strlen(v->in)), v->out);
}

static void shows(void **state)
{
    const struct vector *v = *state;
    expect(text_show_name(v->in), v->out);
}

static void is_valid(void **state)
{
    const struct vector *v = *state;
    assert_true(text_valid(v->in, strlen(v->in)));
}

static void is_invalid(void **state)
{
    const struct vector *v = *state;
    assert_false(text_valid(v->in, strlen(v->in)));
}

static void width_is(void **state)
{
    const struct vector *v = *state;
    assert_int_equal(text_width(v->in), atoi(v->out));
}

#define V(name, in, out) \
    {                    \
        name, in, out    \
    }

static struct vector nfc[] = {
    V("nfc_keeps_ascii", "So 15/QD", "So 15/QD"),
    V("nfc_keeps_nothing", "", ""),
    V("nfc_keeps_nfc", "Đắk Lắk", "Đắk Lắk"),
    V("nfc_composes_two_marks", "quye\u0302\u0301t", "quyết"),
    V("nfc_composes_marks_in_any_order", "ho\u0323\u0302p", "hộp"),
    V("nfc_orders_marks", "ho\u0302\u0323p", "hộp"),
    V("nfc_composes_horn", "u\u031B\u0300", "ừ"),
    V("nfc_mends_a_stray_byte", "a\x80z", "a\uFFFDz"),
    V("nfc_mends_a_cut_letter", "a\xE1\xBA", "a\uFFFD\uFFFD"),
    V("nfc_mends_surrogates", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"),
    V("nfc_mends_overlong", "\xC0\xAF", "\uFFFD\uFFFD"),
    V("nfc_keeps_layout", "a\n\tb\fc", "a\n\tb\fc"),
    V("nfc_drops_control", "a\x01\r\x1B[1mb\x7F", "a[1mb"),
    V("nfc_drops_c1_control",
      "a\xC2\x85"
      "b",
      "ab"),
};

static struct vector shown[] = {
    V("shows_plain_name", "scan 001.jpg", "scan 001.jpg"),
    V("shows_vietnamese_name", "Quyết định.pdf", "Quyết định.pdf"),
    V("shows_nfd_as_nfc", "Quye\u0302\u0301t.pdf", "Quyết.pdf"),
    V("shows_newline_escaped", "a\nb", "a\\x0Ab"),
    V("shows_bytes_escaped", "a\xFF\xFEz", "a\\xFF\\xFEz"),
    V("shows_backslash_doubled", "a\\x0A", "a\\\\x0A"),
    V("shows_escape_of_terminals", "\x1B[31m", "\\x1B[31m"),
    V("shows_bidi_override_escaped", "a\u202Egpj", "a\\xE2\\x80\\xAEgpj"),
    V("shows_line_separator_escaped", "a\u2028b", "a\\xE2\\x80\\xA8b"),
    V("shows_mark_behind_escape_apart", "\n\u0301", "\\x0A\\xCC\\x81"),
    V("shows_latin1_name", "r\xE9sum\xE9", "r\\xE9sum\\xE9"),
};

static struct vector valid[] = {
    V("valid_ascii", "abc", NULL),
    V("valid_vietnamese", "năng lượng nguyên tử", NULL),
    V("valid_four_bytes", "\U0001F600", NULL),
    V("valid_empty", "", NULL),
};

static struct vector invalid[] = {
    V("invalid_stray_byte", "a\x80", NULL),
    V("invalid_cut_letter", "\xE1\xBA", NULL),
    V("invalid_overlong", "\xC0\x80", NULL),
    V("invalid_surrogate", "\xED\xBF\xBF", NULL),
    V("invalid_beyond_unicode", "\xF4\x90\x80\x80", NULL),
};

static struct vector width[] = {
    V("width_of_ascii", "abc", "3"),
    V("width_of_nfc", "Đắk Lắk", "7"),
    V("width_of_nfd", "Đa\u0306\u0301k", "3"),
    V("width_of_wide_letters", "漢字", "4"),
    V("width_of_nothing", "", "0"),
};

static void nul_is_not_valid_text(void **state)
{
    (void)state;
    assert_false(text_valid("a\0b", 3));
}

static void nfc_drops_nul(void **state)
{
    (void)state;
    expect(text_nfc("a\0b", 3), "ab");
}

static void every_code_point_goes_round(void **state)
{
    (void)state;
    for (int32_t cp = 1; cp <= 0x10FFFF; cp++) {
        char bytes[4];
        size_t pos = 0, n = text_put(cp, bytes);
        int32_t back = text_next(bytes, n, &pos);
        assert_int_equal(pos, n);
        assert_int_equal(back, cp >= 0xD800 && cp < 0xE000 ? 0xFFFD : cp);
    }
}

static void beginnings_are_capitals(void **state)
{
    (void)state;
    expect(text_begun("về việc"), "Về việc");
    expect(text_begun("ứng dụng"), "Ứng dụng");
    expect(text_begun("7 ngày"), "7 ngày");
    expect(text_begun(""), "");
}

static void next_ends_with_minus_one(void **state)
{
    (void)state;
    size_t pos = 0;
    assert_int_equal(text_next("a", 1, &pos), 'a');
    assert_int_equal(text_next("a", 1, &pos), -1);
    assert_int_equal(pos, 1);
}

static void next_does_not_read_past_the_end(void **state)
{
    (void)state;
    char *two = malloc(2); /* the first two bytes of ế, and nothing behind */
    memcpy(two, "\xE1\xBA", 2);
    size_t pos = 0;
    assert_int_equal(text_next(two, 2, &pos), 0xFFFD);
    assert_int_equal(pos, 1);
    free(two);
}

static void word_letters_are_told_from_signs(void **state)
{
    (void)state;
    assert_true(text_is_word('a'));
    assert_true(text_is_word('0'));
    assert_true(text_is_word(0x1EBF)); /* ế */
    assert_true(text_is_word(0x301));  /* combining acute */
    assert_false(text_is_word('/'));
    assert_false(text_is_word('_'));
    assert_false(text_is_word(' '));
    assert_false(text_is_word(0x2013)); /* en dash */
    assert_false(text_is_word(0xFFFD));
}

#define ADD(list, fn)                                              \
    for (size_t i_ = 0; i_ < sizeof(list) / sizeof(list[0]); i_++) \
        tests[n++] = (struct CMUnitTest)                           \
        {                                                          \
            list[i_].name, fn, NULL, NULL, &list[i_]               \
        }

static void what_a_text_is_made_of(void **state)
{
    struct text_counts c = text_count("Đặng SỐ 12/ế, ơ");

    (void)state;
    assert_int_equal(c.capitals, 3);
    assert_int_equal(c.smalls, 5);
    assert_int_equal(c.digits, 2);
    assert_int_equal(c.others, 5);
    assert_int_equal(text_word_length("Đặng SỐ 12/ế, ơ"), 10);
    assert_int_equal(text_word_length("- / …"), 0);
    assert_int_equal(text_word_length(""), 0);
}

int main(void)
{
    struct CMUnitTest tests[64] = {
        cmocka_unit_test(nul_is_not_valid_text),
        cmocka_unit_test(nfc_drops_nul),
        cmocka_unit_test(every_code_point_goes_round),
        cmocka_unit_test(beginnings_are_capitals),
        cmocka_unit_test(next_ends_with_minus_one),
        cmocka_unit_test(next_does_not_read_past_the_end),
        cmocka_unit_test(word_letters_are_told_from_signs),
        cmocka_unit_test(what_a_text_is_made_of),
    };
    size_t n = 6;
    ADD(nfc, nfc_gives);
    ADD(shown, shows);
    ADD(valid, is_valid);
    ADD(invalid, is_invalid);
    ADD(width, width_is);
    return _cmocka_run_group_tests("text", tests, n, NULL, NULL);
}
