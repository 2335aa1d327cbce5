/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as numbers of its words, and back byte for byte. */
#include "coding.h"
#include "sample.h"

#include "indexer/match.h"
#include "indexer/schema.h"
#include "indexer/tokens.h"

static void expect_round(struct coding *c, const char *text)
{
    struct strbuf codes, back;
    encode(c, text, &codes);
    strbuf_init(&back);
    assert_ok(codes_text(&c->words, codes.s, (int)codes.len, &back));
    assert_string_equal(back.s, text);
    strbuf_clear(&codes);
    strbuf_clear(&back);
}

static void text_comes_back_byte_for_byte(void **state)
{
    static const char *const texts[] = {
        "",
        "một",
        "Điều 5. Hồ sơ (bản sao), kèm theo:\n- Đơn; giấy tờ...\n",
        "Số: 15/QĐ-SKHCN ngày 01/02/2022\n",
        "hoà hòa HOÀ ho\xC3\xA0 hoa\xCC\x80\n",
        "  hai   dấu cách \n\n a@b.vn http://x.vn/?a=1&b=2 ",
        "tiêu đề\x1Etệp.tif\x1Egiá trị.\x1E\x1E",
        "… — “ngoặc” • 100% ☑ ́ ngoài\xC2\xADra\n",
        "\n",
        ".",
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        expect_round(*state, texts[i]);
}

static void long_signs_and_words_come_back(void **state)
{
    char *text = xcalloc(5000, 1);
    memset(text, '.', 1000);
    memset(text + 1000, 'x', 3000);
    memset(text + 4000, '-', 900);
    expect_round(*state, text);
    free(text);
}

static void spellings_of_a_word_are_one_word(void **state)
{
    struct coding *c = *state;
    int a, b, other;
    assert_ok(spellings_take(&c->words, "HÒA", 4, &a));
    assert_ok(spellings_take(&c->words, "hoà", 4, &b));
    assert_ok(spellings_take(&c->words, "hoá", 4, &other));
    assert_int_not_equal(c->words.items[a].id, c->words.items[b].id);
    assert_int_equal(c->words.items[a].word, c->words.items[b].word);
    assert_int_not_equal(c->words.items[a].word, c->words.items[other].word);
}

static void numbers_stay_when_memory_is_lost(void **state)
{
    struct coding *c = *state;
    struct strbuf before, after;
    encode(c, "một hai, ba\n", &before);
    assert_ok(spellings_write(&c->words));
    spellings_reset(&c->words);
    encode(c, "bốn", &after);
    strbuf_clear(&after);
    encode(c, "một hai, ba\n", &after);
    assert_int_equal(before.len, after.len);
    assert_memory_equal(before.s, after.s, before.len);
    strbuf_clear(&before);
    strbuf_clear(&after);
}

static void sections_are_told(void **state)
{
    struct coding *c = *state;
    struct strbuf codes;
    struct code one;
    int ends = 0, words = 0;
    encode(c,
           "a.\x1E"
           "b\x1E\x1E(c)",
           &codes);
    struct codes r = codes_begin(codes.s, (int)codes.len);
    while (codes_next(&r, &one)) {
        ends += one.ends;
        words += one.id != 0;
    }
    assert_false(r.bad);
    assert_int_equal(ends, 3);
    assert_int_equal(words, 3);
    strbuf_clear(&codes);
}

/* Words told by code_ends_word(), each in brackets. */
static void words_end_at_gaps(void **state)
{
    struct coding *c = *state;
    struct strbuf codes, words;
    struct code one;
    int own = 0;
    encode(c, "Số: 15/QĐ-SKHCN, a@b.vn;\n\n- Đơn)\n(x", &codes);
    strbuf_init(&words);
    struct codes r = codes_begin(codes.s, (int)codes.len);
    strbuf_addc(&words, '[');
    while (codes_next(&r, &one)) {
        bool ends = code_ends_word(&one, &own);
        assert_ok(codes_word(&c->words, &one, &words));
        strbuf_add(&words, one.glue, (size_t)own);
        strbuf_adds(&words, ends ? "][" : "");
    }
    assert_string_equal(words.s, "[Số:][15/QĐ-SKHCN,][a@b.vn;][][-][Đơn)][(x");
    strbuf_clear(&codes);
    strbuf_clear(&words);
}

/* Whatever the bytes say, reading stays inside and comes to an end. */
static void every_cut_and_flip_is_borne(void **state)
{
    struct coding *c = *state;
    struct strbuf codes, back;
    encode(c, "Số: 15/QĐ, “hồ sơ”\n", &codes);
    strbuf_init(&back);
    for (size_t n = 1; n < codes.len; n++)
        for (int bit = 0; bit < 8; bit++) {
            char *copy = malloc(n);
            memcpy(copy, codes.s, n);
            copy[n - 1] = (char)(copy[n - 1] ^ 1 << bit);
            strbuf_reset(&back);
            (void)!codes_text(&c->words, copy, (int)n, &back);
            free(copy);
        }
    strbuf_clear(&codes);
    strbuf_clear(&back);
}

static void unknown_number_is_damaged(void **state)
{
    struct coding *c = *state;
    struct strbuf back;
    strbuf_init(&back);
    assert_fails(STATUS_DAMAGED, codes_text(&c->words, "\x7C", 1, &back));
    strbuf_clear(&back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        coding_test(text_comes_back_byte_for_byte),
        coding_test(long_signs_and_words_come_back),
        coding_test(spellings_of_a_word_are_one_word),
        coding_test(numbers_stay_when_memory_is_lost),
        coding_test(sections_are_told),
        coding_test(words_end_at_gaps),
        coding_test(every_cut_and_flip_is_borne),
        coding_test(unknown_number_is_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
