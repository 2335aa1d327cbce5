/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is found: every spelling of a query as a test of its own. */
#include "sample.h"

static struct sample *shared; /* one index for all of the vectors */

static const char decision[] =
    "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK\nSố: 15/QĐ-SKHCN\n"
    "ngày 05 tháng 01 năm 2022\n"
    "QUYẾT ĐỊNH về việc điều động bà Nguyễn Thị Ánh\n"
    "phụ trách an toàn năng lượng nguyên tử, thư van.thu@daklak.gov.vn\n"
    "hoà giải, thuý, kỹ sư lý, 01/01/2022 mã 000.00.12.H19-220105-0007";

struct vector {
    const char *name, *query, *ids;
};

#define FIRST "2022-000001"

static struct vector vectors[] = {
    {"with_marks", "Đắk Lắk", FIRST},
    {"without_marks", "dak lak", FIRST},
    {"in_capitals", "DAK LAK", FIRST},
    {"half_marked", "Đak lăk", FIRST},
    {"in_nfd", "QUYE\u0302\u0301T ĐI\u0323NH", FIRST},
    {"phrase", "\"điều động\"", FIRST},
    {"phrase_without_marks", "\"dieu dong\"", FIRST},
    {"phrase_in_round_quotes", "“năng lượng nguyên tử”", FIRST},
    {"phrase_in_angle_quotes", "«năng lượng»", FIRST},
    {"phrase_over_lines", "\"dak lak so\"", FIRST},
    {"number_whole", "15/QĐ-SKHCN", FIRST},
    {"number_without_marks", "15/qd-skhcn", FIRST},
    {"number_in_part", "skhcn", FIRST},
    {"number_with_other_signs", "15-QĐ.SKHCN", FIRST},
    {"number_with_spaces", "15 / QĐ - SKHCN", FIRST},
    {"case_code", "000.00.12.H19-220105-0007", FIRST},
    {"case_code_in_part", "H19-220105", FIRST},
    {"name_without_marks", "nguyen thi anh", FIRST},
    {"day_with_zeros", "01/01/2022", FIRST},
    {"day_without_zeros", "1/1/2022", FIRST},
    {"day_in_words", "\"ngày 5 tháng 1 năm 2022\"", FIRST},
    {"address", "van.thu@daklak.gov.vn", FIRST},
    {"address_in_part", "daklak.gov", FIRST},
    {"other_tone_place", "hòa thúy", FIRST},
    {"other_i", "kĩ sư lí", FIRST},
    {"scattered_words", "anh nguyên ban lak", FIRST},
    {"several_phrases", "\"bà nguyễn\" \"an toàn\"", FIRST},
    {"other_document", "giay phep", "2022-000002"},
    {"name_of_file", "GP-16-cu", "2022-000002"},
    {"title", "nhà máy điện", "2022-000002"},
    {"title_and_text_together", "điện 16/GP", "2022-000002"},
    {"second_page", "phụ lục", "2022-000002"},
    {"words_of_different_pages_apart", "phép lục", ""},
    {"words_of_different_documents_apart", "quyết giấy", ""},
    {"phrase_in_other_order_not", "\"lắk đắk\"", ""},
    {"phrase_with_gap_not", "\"điều bà\"", ""},
    {"number_in_other_order_not", "SKHCN/15", ""},
    {"part_of_a_word_not", "nguye", ""},
    {"other_operators_are_words", "lak NOT dak", ""},
    {"either", "quyết OR giấy", "2022-000002 2022-000001"},
    {"either_and_more", "quyết OR giấy lak", FIRST},
    {"one_alternative_is_enough", "quyết OR nhachua", FIRST},
    {"phrase_or_word", "\"điều bà\" OR \"phụ lục\"", "2022-000002"},
    {"left_out", "so -lak", "2022-000002"},
    {"left_out_by_phrase", "so -\"dieu dong\"", "2022-000002"},
    {"left_out_only_in_a_row", "so -\"dong dieu\"",
     "2022-000002 2022-000001"},
    {"beginning", "nguye*", FIRST},
    {"beginning_with_another_word", "phu* luc", "2022-000002"},
    {"beginning_on_another_page", "phu* lak", FIRST},
    {"beginning_of_nothing", "zzz* lak", ""},
    {"beginning_of_a_number", "2201*", FIRST},
    {"beginning_with_y_for_i", "hoà* ky", FIRST},
    {"number_in_the_text", "số:15/QĐ-SKHCN", FIRST},
    {"number_in_the_text_without_marks", "so:15/qd-skhcn", FIRST},
    {"part_of_a_number", "số:15", FIRST},
    {"other_number", "số:99", ""},
    {"column_filter_is_no_operator", "title:dieu", ""},
    {"near_is_a_word", "NEAR(dak lak)", ""},
};

static int start_shared(void **state)
{
    void *s = NULL;
    (void)state;
    sample_start(&s);
    shared = s;
    put_text(shared, FIRST, decision);
    struct record *r = make_record("2022-000002", "Nhà máy điện",
                                   "Giấy phép xây dựng số 16/GP-SXD");
    add_page(r, "Phụ lục");
    free(r->sources[0].name);
    r->sources[0].name = xstrdup("GP-16-cũ.jpg");
    put(shared, r);
    return 0;
}

static int end_shared(void **state)
{
    void *s = shared;
    (void)state;
    return sample_end(&s);
}

static void finds(void **state)
{
    const struct vector *v = *state;
    expect_ids(shared, v->query, v->ids);
}

int main(void)
{
    struct CMUnitTest tests[96];
    size_t n = 0;
    for (; n < ARRAY_LEN(vectors); n++)
        tests[n] = (struct CMUnitTest){vectors[n].name, finds, NULL, NULL,
                                       &vectors[n]};
    return _cmocka_run_group_tests("search", tests, n, start_shared,
                                   end_shared);
}
