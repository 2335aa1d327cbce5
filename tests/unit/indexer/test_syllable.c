/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How text becomes words: each vector is a test of its own. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "indexer/syllable.h"
#include <stdlib.h>
#include <string.h>

struct vector {
    const char *name, *a, *b;
};

/* Folded forms by spaces, or exact ones where they differ. */
static char *words_of(const char *text, bool exact)
{
    struct strbuf b;
    struct syllable s;
    strbuf_init(&b);
    for (size_t pos = 0; syllable_next(text, strlen(text), &pos, &s);) {
        if (b.len)
            strbuf_addc(&b, ' ');
        strbuf_adds(&b, exact && s.exact[0] ? s.exact : s.folded);
    }
    return strbuf_take(&b);
}

static void folds(void **state)
{
    const struct vector *v = *state;
    char *got = words_of(v->a, false);
    assert_string_equal(got, v->b);
    free(got);
}

/* a and b are one and the same, with marks and without. */
static void same(void **state)
{
    const struct vector *v = *state;
    for (int exact = 0; exact < 2; exact++) {
        char *a = words_of(v->a, exact), *b = words_of(v->b, exact);
        assert_string_equal(a, b);
        free(a);
        free(b);
    }
}

/* a and b are the same without marks, and differ with them. */
static void differ_in_marks(void **state)
{
    const struct vector *v = *state;
    for (int exact = 0; exact < 2; exact++) {
        char *a = words_of(v->a, exact), *b = words_of(v->b, exact);
        assert_int_equal(strcmp(a, b) == 0, !exact);
        free(a);
        free(b);
    }
}

static struct vector folded[] = {
    {"splits_at_spaces", "Quyết định số", "quyet dinh so"},
    {"splits_numbers_at_signs", "15/QĐ-SKHCN", "15 qd skhcn"},
    {"splits_case_codes", "000.00.12.H19-220105-0007",
     "000 00 12 h19 220105 0007"},
    {"splits_addresses", "van.thu@daklak.gov.vn", "van thu daklak gov vn"},
    {"drops_zero_of_day_and_month", "05/01/2022", "5 1 2022"},
    {"keeps_zeros_of_codes", "0007 007", "0007 007"},
    {"takes_signs_for_gaps", "(một),[hai];\"ba\"…bốn", "mot hai ba bon"},
    {"finds_nothing_in_signs", "--- ... ///", ""},
    {"finds_nothing_in_nothing", "", ""},
    {"finds_nothing_in_lone_marks", "\u0301 \u0302", ""},
    {"joins_at_soft_hyphen", "năng\u00ADlượng", "nangluong"},
    {"joins_at_zero_width_space", "a\u200Bb", "ab"},
    {"folds_foreign_letters", "Größe façade", "große facade"},
    {"folds_capitals", "ĐẮK LẮK ỦY BAN", "dak lak uy ban"},
    {"writes_i_for_wavering_y", "kỹ lý Mỹ quý", "ki li mi qui"},
    {"keeps_y_elsewhere", "ngày thủy Vy", "ngay thuy vy"},
    {"bears_bytes_that_are_no_text", "a\xFF\xFE z", "a z"},
};

static struct vector equal[] = {
    {"nfd_is_nfc", "QUYE\u0302\u0301T ĐI\u0323NH", "quyết định"},
    {"nfd_is_nfc_dot_first", "ho\u0323\u0302p", "hộp"},
    {"nfd_is_nfc_horn", "nu\u031Bo\u031B\u0301c", "nước"},
    {"half_nfd_is_nfc", "quyê\u0301t hộ\u200Bp", "quyết hộp"},
    {"breve_and_tone", "Đa\u0306\u0301k", "đắk"},
    {"case_does_not_count", "NGUYỄN THỊ ÁNH", "nguyễn thị ánh"},
    {"tone_place_oa", "hoà", "hòa"},
    {"tone_place_uy", "thuý", "thúy"},
    {"tone_place_oe", "khoẻ", "khỏe"},
    {"tone_place_wild", "thúê", "thuế"},
    {"i_and_y_in_ky", "kỹ", "kĩ"},
    {"i_and_y_in_ly", "lý", "lí"},
    {"i_and_y_in_quy", "quý", "quí"},
    {"i_and_y_unmarked", "ky thuat", "ki thuat"},
    {"eth_is_dj", "Ðắk", "Đắk"},
    {"foreign_nfd_is_nfc", "fac\u0327ade", "façade"},
};

static struct vector marks[] = {
    {"dak_lak", "Đắk Lắk", "Dak Lak"},
    {"tone_counts", "bán", "bạn"},
    {"quality_counts", "ban", "bân"},
    {"dj_counts", "15/QĐ-UBND", "15/QD-UBND"},
    {"name", "Nguyễn Thị Ánh", "nguyen thi anh"},
    {"energy", "năng lượng nguyên tử", "nang luong nguyen tu"},
    {"date_zeros", "01/01/2022", "1/1/2022"},
};

static void exact_form_is_empty_if_the_same(void **state)
{
    (void)state;
    struct syllable s;
    size_t pos = 0;
    assert_true(syllable_next("UBND", 4, &pos, &s));
    assert_string_equal(s.folded, "ubnd");
    assert_string_equal(s.exact, "");
}

static void says_where_words_are(void **state)
{
    (void)state;
    const char *text = "  Đắk, Lắk";
    struct syllable s;
    size_t pos = 0;
    assert_true(syllable_next(text, strlen(text), &pos, &s));
    assert_int_equal(s.start, 2);
    assert_int_equal(s.end, 2 + strlen("Đắk"));
    assert_true(syllable_next(text, strlen(text), &pos, &s));
    assert_memory_equal(text + s.start, "Lắk", s.end - s.start);
    assert_false(syllable_next(text, strlen(text), &pos, &s));
}

static void cuts_endless_words(void **state)
{
    (void)state;
    char text[3000];
    struct syllable s;
    size_t pos = 0;
    for (size_t i = 0; i < sizeof(text); i += 2)
        memcpy(text + i, "\u00E1", 2); /* á */
    assert_true(syllable_next(text, sizeof(text), &pos, &s));
    assert_true(strlen(s.folded) < SYLLABLE_BYTES);
    assert_true(strlen(s.exact) < SYLLABLE_BYTES);
    assert_int_equal(s.end, sizeof(text));
    assert_int_equal(pos, sizeof(text));
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
        cmocka_unit_test(exact_form_is_empty_if_the_same),
        cmocka_unit_test(says_where_words_are),
        cmocka_unit_test(cuts_endless_words),
    };
    size_t n = 3;
    ADD(folded, folds);
    ADD(equal, same);
    ADD(marks, differ_in_marks);
    return _cmocka_run_group_tests("syllable", tests, n, NULL, NULL);
}
