/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms for comparing: base/text_fold.c. Each vector is a test of its own. */
#include "unit/unit.h"

#include "base/text.h"
#include <stdlib.h>
#include <string.h>

struct vector {
    const char *name, *a, *b;
    int want;
};

static void folds(void **state)
{
    const struct vector *v = *state;
    char *got = text_fold(v->a);
    assert_string_equal(got, v->b);
    free(got);
}

static void lowers(void **state)
{
    const struct vector *v = *state;
    char *got = text_lower(v->a);
    assert_string_equal(got, v->b);
    free(got);
}

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

static void orders(void **state)
{
    const struct vector *v = *state;
    assert_int_equal(sign(text_natural_compare(v->a, v->b)), v->want);
    assert_int_equal(sign(text_natural_compare(v->b, v->a)), -v->want);
}

static void is_apart(void **state)
{
    const struct vector *v = *state;
    assert_int_equal(text_distance(v->a, v->b), v->want);
    assert_int_equal(text_distance(v->b, v->a), v->want);
}

static void marked_is(void **state)
{
    const struct vector *v = *state;
    assert_int_equal(text_marked(v->a), v->want);
}

#define V(name, a, b) \
    {                 \
        name, a, b, 0 \
    }
#define N(name, a, b, want) \
    {                       \
        name, a, b, want    \
    }

static struct vector fold[] = {
    V("folds_dak_lak", "Đắk Lắk", "dak lak"),
    V("folds_quyet_dinh_nfd", "QUYE\u0302\u0301T ĐI\u0323NH", "quyet dinh"),
    V("folds_dieu_dong", "điều động", "dieu dong"),
    V("folds_horns", "ƯỚC NƯỢC ở", "uoc nuoc o"),
    V("folds_all_a", "aàảãáạăằẳẵắặâầẩẫấậ", "aaaaaaaaaaaaaaaaaa"),
    V("folds_all_e", "eèẻẽéẹêềểễếệ", "eeeeeeeeeeee"),
    V("folds_all_i", "iìỉĩíị", "iiiiii"),
    V("folds_all_o", "oòỏõóọôồổỗốộơờởỡớợ", "oooooooooooooooooo"),
    V("folds_all_u", "uùủũúụưừửữứự", "uuuuuuuuuuuu"),
    V("folds_all_y", "yỳỷỹýỵ", "yyyyyy"),
    V("folds_capitals", "ÀẢÃÁẠĂẰÂẦÊỀÔỒƠỜƯỪỲĐ", "aaaaaaaaaeeoooouuyd"),
    V("folds_eth_as_dj", "Ðà Nẵng", "da nang"),
    V("folds_number", "15/QĐ-SKHCN", "15/qd-skhcn"),
    V("folds_ascii", "UBND 2022", "ubnd 2022"),
    V("folds_nothing", "", ""),
    V("folds_lone_mark_away", "\u0301", ""),
    V("folds_name", "Nguyễn Thị Ánh", "nguyen thi anh"),
    V("folds_bad_bytes_without_harm", "a\xFF", "a\uFFFD"),
};

static struct vector lower[] = {
    V("lowers_with_marks_kept", "ĐẮK LẮK", "đắk lắk"),
    V("lowers_nfd_to_nfc", "QUYE\u0302\u0301T", "quyết"),
    V("lowers_ascii", "UBND", "ubnd"),
    V("lowers_mixed_marks", "Ê\u0301", "ế"),
};

static struct vector order[] = {
    N("orders_numbers_by_value", "trang 2", "trang 10", -1),
    N("orders_case_blind", "B1", "a2", 1),
    N("orders_leading_zeros_by_value", "p002", "p10", -1),
    N("orders_equal_values_by_bytes", "p02", "p2", -1),
    N("orders_same_as_same", "p2.jpg", "p2.jpg", 0),
    N("orders_shorter_first", "a", "a1", -1),
    N("orders_nothing_first", "", "a", -1),
    N("orders_huge_numbers", "99999999999999999999998",
      "99999999999999999999999", -1),
    N("orders_zero_before_one", "a0", "a1", -1),
    N("orders_inner_numbers", "b1-p9", "b1-p11", -1),
    N("orders_bytes_that_are_no_text", "\xFE", "\xFF", -1),
    N("orders_vietnamese_case_blind", "Ở 1", "ở 2", -1),
    N("orders_case_at_last", "A", "a", -1),
};

static struct vector distance[] = {
    N("no_distance", "nang", "nang", 0),
    N("one_letter_changed", "nang", "nanq", 1),
    N("one_letter_lost", "nguyen", "nguyn", 1),
    N("two_letters_swapped", "nguyen", "ngueyn", 1),
    N("all_letters_lost", "abc", "", 3),
    N("nothing_from_nothing", "", "", 0),
    N("kitten_from_sitting", "kitten", "sitting", 3),
    N("too_long_is_far",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a",
      1000),
    N("longest_is_counted",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a",
      62),
};

static struct vector marked[] = {
    N("ascii_has_no_marks", "UBND", NULL, 0),
    N("tone_is_a_mark", "bán", NULL, 1),
    N("dj_is_a_mark", "đi", NULL, 1),
    N("nfd_is_marked", "ba\u0301n", NULL, 1),
    N("capital_is_no_mark", "ABC", NULL, 0),
};

static void order_is_total(void **state)
{
    (void)state;
    static const char *names[] = {"",
                                  "0",
                                  "00",
                                  "1",
                                  "01",
                                  "a",
                                  "A",
                                  "a1",
                                  "a01",
                                  "a10",
                                  "a1b",
                                  "ab",
                                  "Ab",
                                  "ă",
                                  "Ă",
                                  "a\u0306",
                                  "\xFF",
                                  "\xFE"
                                  "1",
                                  "a ",
                                  "a-",
                                  "10",
                                  "9",
                                  "9a",
                                  "9 a"};
    size_t n = sizeof(names) / sizeof(names[0]);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            int ij = sign(text_natural_compare(names[i], names[j]));
            assert_int_equal(ij == 0, i == j);
            for (size_t k = 0; k < n; k++)
                if (ij < 0 && text_natural_compare(names[j], names[k]) < 0)
                    assert_true(text_natural_compare(names[i], names[k]) < 0);
        }
}

#define ADD(list, fn)                                              \
    for (size_t i_ = 0; i_ < sizeof(list) / sizeof(list[0]); i_++) \
        tests[n++] = (struct CMUnitTest)                           \
        {                                                          \
            list[i_].name, fn, NULL, NULL, &list[i_]               \
        }

int main(void)
{
    struct CMUnitTest tests[64] = {cmocka_unit_test(order_is_total)};
    size_t n = 1;
    ADD(fold, folds);
    ADD(lower, lowers);
    ADD(order, orders);
    ADD(distance, is_apart);
    ADD(marked, marked_is);
    return _cmocka_run_group_tests("text_fold", tests, n, NULL, NULL);
}
