/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The case of a word alone in its row. */
#include "unit/pipeline/known_language.h"

#include "base/alloc.h"
#include "pipeline/lone_word.h"
#include <string.h>

static void take_row(struct page *p, const char *row, int block)
{
    char *copy = xstrdup(row), *rest = copy;
    struct line l = {.block = block};

    for (char *word; (word = strsep(&rest, " ")) != NULL;) {
        struct word w = {.text = xstrdup(word), .conf_pct = 96};

        line_take_word(&l, &w);
    }
    page_take_line(p, &l);
    free(copy);
}

static void follows_the_word_above(void **state)
{
    static const struct {
        const char *above, *read, *want;
        int block; /* of the second row */
    } cases[] = {
        {"kể từ ngày nhận đủ hồ", "SƠ.", "sơ.", 0},
        {"kể từ ngày nhận đủ hồ", "Sơ", "sơ", 0},
        {"cơ quan tuyển dụng: Sở Nội", "VỤ", "vụ", 0},
        {"cơ quan tuyển dụng: Sở Nội", "Vụ", "Vụ", 0},
        {"kể từ ngày nhận đủ hồ", "SƠ.", "SƠ.", 1},
        {"kể từ ngày nhận đủ hồ.", "SƠ", "SƠ", 0}, /* a sentence ended */
        {"NHẬN ĐỦ HỒ", "SƠ", "SƠ", 0},
        {"kể từ ngày nhận đủ hồ", "SƠ MI", "SƠ", 0}, /* not alone */
        {"theo quy", "ĐỊNH", "ĐỊNH", 0},      /* no doubt about Đ */
        {"con đường", "Cao", "Cao", 0},
        {"bị mờ", "SƠ", "SƠ", 0}, /* no pair of the corpus */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct page p = {0};
        bool changes = strncmp(cases[i].read, cases[i].want,
                               strlen(cases[i].want)) != 0;
        const struct word *w;

        take_row(&p, cases[i].above, 0);
        take_row(&p, cases[i].read, cases[i].block);
        assert_int_equal(lone_words_mend(language, &p), changes);
        w = &p.lines[1].words[0];
        assert_string_equal(w->text, cases[i].want);
        if (changes)
            assert_string_equal(w->raw, cases[i].read);
        page_clear(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_the_word_above),
    };

    return cmocka_run_group_tests(tests, language_set_up, language_tear_down);
}
