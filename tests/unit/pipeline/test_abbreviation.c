/* SPDX-License-Identifier: GPL-3.0-or-later */
/* QU before a consonant is QL; before a vowel it is itself. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "pipeline/abbreviation.h"
#include <string.h>

static void qu_before_a_consonant_is_ql(void **state)
{
    static const struct {
        const char *read, *want;
    } cases[] = {
        {"QUCN.", "QLCN."},       {"VT,QUNN", "VT,QLNN"},
        {"12/QUKH-TTr", "12/QLKH-TTr"}, {"QUANG", "QUANG"},
        {"QUẢN", "QUẢN"},         {"QUY", "QUY"},
        {"QU", "QU"},             {"QUcn", "QUcn"},
        {"XQUB", "XQUB"},         {"ĐQUB", "ĐQUB"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct page p = {0};
        struct line l = {0};
        struct word w = {.text = xstrdup(cases[i].read), .conf_pct = 93};
        bool changes = strcmp(cases[i].read, cases[i].want) != 0;

        line_take_word(&l, &w);
        page_take_line(&p, &l);
        assert_int_equal(abbreviations_mend(&p), changes);
        assert_string_equal(p.lines[0].words[0].text, cases[i].want);
        if (changes)
            assert_string_equal(p.lines[0].words[0].raw, cases[i].read);
        else
            assert_null(p.lines[0].words[0].raw);
        page_clear(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(qu_before_a_consonant_is_ql),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
