/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which row a document is: what is sure, what a person must say. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "service/pairing.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

/* Keys as register_key() makes them of what stands beside. */
static struct side rows[] = {
    /* 000.00.28.H40-201213-6290, 7281/GCN-SKHCN */
    {"r0", "0000028h402012136290", "7281", "gcn5khcn", "c0ngtya8cdefgh", "",
     20201209, 100, NULL},
    {"r1", "0000014h452004094644", "3496", "gp5khcn", "ph0ngkham8xyzw", "",
     20200628, 100, NULL},
    {"r2", "", "7282", "gcn5khcn", "v1ennghiencuumn0p", "", 20201209, 100,
     NULL},
    {"r3", "", "500", "qd5khcn", "", "", 20210101, 100, NULL},
    {"r4", "", "500", "qd5khcn", "", "", 20210101, 100, NULL},
};

static const struct {
    const char *what;
    struct side document;
    const char *sure; /* rows that are sure, in order of score */
    int review;       /* pairs for a person */
} cases[] = {
    {"case code alone",
     {"d", "0000028h402012136290", "", "", "", "", 0, 0, NULL},
     "r0",
     0},
    {"number, notation and date, read surely",
     {"d", "", "3496", "gp5khcn", "", "", 20200628, 80, NULL},
     "r1",
     0},
    {"a number whose neighbour is of the same day, read badly",
     {"d", "", "7281", "gcn5khcn", "", "", 20201209, 60, NULL},
     "",
     2},
    {"the same, read surely",
     {"d", "", "7281", "gcn5khcn", "", "", 20201209, 95, NULL},
     "r0",
     0},
    {"the applicant tells neighbours apart",
     {"d", "", "7281", "gcn5khcn", "v1ennghiencuumn0p", "", 20201209, 60, NULL},
     "r2",
     0},
    {"one wrong letter in the case code, and the number",
     {"d", "0000028h402012136299", "7281", "gcn5khcn", "", "", 20201209, 60,
      NULL},
     "r0",
     0},
    {"a case of another paper does not count",
     {"d", "0000099h992109154983", "3496", "gp5khcn", "", "", 20200628, 80,
      NULL},
     "r1",
     0},
    {"number without date",
     {"d", "", "3496", "gp5khcn", "", "", 0, 99, NULL},
     "",
     1},
    {"one paper of two results",
     {"d", "", "500", "qd5khcn", "", "", 20210101, 99, NULL},
     "r3 r4",
     0},
    {"its text names the applicant",
     {"d", "", "7281", "gcn5khcn", "", "", 20201209, 60,
      "50kh0ah0c507281gcn5khcncapch0c0ngtya8cdefgh"},
     "r0",
     0},
    {"its text names the applicant, two letters wrong",
     {"d", "", "7281", "gcn5khcn", "", "", 20201209, 60,
      "capch0c0ngtxa8cdefgh"},
     "r0",
     0},
    {"its text names the number, the day found there",
     {"d", "", "", "", "ph0ngkham8xyzw", "", 0, 0,
      "503496gp5khcnngay28thang6nam2020"},
     "r1",
     0},
    {"the number of another stands in its text",
     {"d", "", "3496", "gp5khcn", "", "", 0, 60, "507281gcn5khcn"},
     "",
     1},
    {"nothing of it in its text",
     {"d", "", "7281", "gcn5khcn", "", "", 20201209, 60, "88888"},
     "",
     2},
    {"a number read well is not its neighbour's",
     {"d", "", "3497", "gp5khcn", "ph0ngkham8xyzw", "", 20200628, 95, NULL},
     "",
     1},
    {"a torn number beside the very case, day and applicant",
     {"d", "0000014h452004094644", "34", "gp5khcn", "ph0ngkham8xyzw", "",
      20200628, 60, NULL},
     "r1",
     0},
    {"the same, read well",
     {"d", "0000014h452004094644", "34", "gp5khcn", "ph0ngkham8xyzw", "",
      20200628, 95, NULL},
     "",
     1},
    {"in no register",
     {"d", "", "99", "8c5khcn", "", "", 20180101, 99, NULL},
     "",
     0},
    {"nothing known", {"d", "", "", "", "", "", 0, 0, NULL}, "", 0},
};

static void each_document_has_its_rows(void **state)
{
    const struct side_set set = {.items = rows, .n = ARRAY_LEN(rows)};
    struct pairing_index *x = pairing_index_new(&set);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct pair pairs[PAIRS_MAX];
        char sure[64] = "";
        int review = 0;
        size_t n = pairing_find(x, &set, &cases[i].document, NULL, NULL, pairs,
                                PAIRS_MAX);

        for (size_t k = 0; k < n; k++) {
            review += !pairs[k].sure;
            if (!pairs[k].sure)
                continue;
            if (*sure)
                strcat(sure, " ");
            strcat(sure, rows[pairs[k].row].id);
        }
        if (strcmp(sure, cases[i].sure) != 0 || review != cases[i].review)
            fail_msg("%s: sure '%s', %d for review", cases[i].what, sure,
                     review);
    }
    pairing_index_free(x);
}

static void keys_forgive_look_alikes(void **state)
{
    AUTO(free_char) char *a = register_key("000.00.28.H40-201213-6290");
    AUTO(free_char) char *b = register_key("O00.0O.28.h4o-2Ol2I3-629O");
    AUTO(free_char) char *number = NULL;
    AUTO(free_char) char *notation = NULL;

    (void)state;
    assert_string_equal(a, b);
    register_split_number("Số: 0075 / QĐ - SKHCN", &number, &notation);
    assert_string_equal(number, "75");
    assert_string_equal(notation, "QĐ-SKHCN");
}

static void keys_differ_in_letters(void **state)
{
    char longer[200], text[400] = "";

    (void)state;
    assert_int_equal(key_distance("", "", 3), 0);
    assert_int_equal(key_distance("", "ab", 3), 2);
    assert_int_equal(key_distance("7281", "7281", 1), 0);
    assert_int_equal(key_distance("7281", "728", 1), 1);
    assert_int_equal(key_distance("7281", "7821", 3), 2);
    assert_int_equal(key_distance("7281", "1", 1), 2);
    memset(longer, 'a', 100);
    longer[100] = '\0';
    memcpy(text, longer, 100);
    text[50] = 'b';
    assert_int_equal(key_distance(longer, text, 5), 1);
    assert_int_equal(key_errors_in("xxhelloyy", "hello", 2), 0);
    assert_int_equal(key_errors_in("xxheloyy", "hello", 2), 1);
    assert_int_equal(key_errors_in("xxheyy", "hello", 2), 3);
    assert_int_equal(key_errors_in("", "hello", 2), 3);
    assert_int_equal(key_errors_in("hello", "", 2), 3);
    assert_int_equal(key_errors_in(text, longer, 3), 1);
}

static void days_of_a_text_are_found(void **state)
{
    int days[2];

    (void)state;
    assert_int_equal(
        pairing_days_in_text("ngay05thang4nam2022ngay31thang12nam2021"
                             "ngay01thang01nam2020",
                             days, 2),
        2);
    assert_int_equal(days[0], 20220405);
    assert_int_equal(days[1], 20211231);
    assert_int_equal(pairing_days_in_text("ngayxxthang4nam2022ngay", days, 2),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_document_has_its_rows),
        cmocka_unit_test(keys_forgive_look_alikes),
        cmocka_unit_test(keys_differ_in_letters),
        cmocka_unit_test(days_of_a_text_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
