/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another reading of a place is taken for what it covers: one word, pieces of
 * one, words with strokes between them; never for one of several words. */
#include "pipeline/two_readings.h"

#include "base/alloc.h"
#include "unit/pipeline/known_language.h"

#include <stdlib.h>
#include <string.h>

#define HIGH_PX 30

/* A word as one of the models has it. */
struct seen {
    const char *text;
    int x, end, conf_pct;
};

static struct line line_of(const struct seen *seen, int n)
{
    struct line line = {0};

    for (int i = 0; i < n; i++) {
        struct word w = {
            .text = xstrdup(seen[i].text),
            .box = {seen[i].x, 100, seen[i].end - seen[i].x, HIGH_PX},
            .conf_pct = seen[i].conf_pct};

        line_take_word(&line, &w);
    }
    return line;
}

static void line_clear(struct line *line)
{
    struct page page = {0};

    page_take_line(&page, line);
    page_clear(&page);
}

static struct line settle(const struct seen *first, int n_first,
                          const struct seen *second, int n_second)
{
    struct line line = line_of(first, n_first);
    struct line other = line_of(second, n_second);
    struct line_part part = {&line, 0, n_first - 1};

    two_readings_settle(language, &part, &other);
    two_readings_tidy(&line);
    line_clear(&other);
    return line;
}

#define SETTLE(first, second) \
    settle(first, (int)ARRAY_LEN(first), second, (int)ARRAY_LEN(second))

static void assert_reads(const struct line *line, const char *text)
{
    AUTO(free_char) char *all = xstrdup("");

    for (int i = 0; i < line->n_words; i++) {
        char *longer =
            xasprintf("%s%s%s", all, i ? " " : "", line->words[i].text);

        free(all);
        all = longer;
    }
    assert_string_equal(all, text);
}

static void a_weak_word_is_mended_and_kept(void **state)
{
    static const struct seen first[] = {{"các", 0, 46, 97},
                                        {"huvên", 56, 130, 30}};
    static const struct seen second[] = {{"các", 0, 46, 97},
                                         {"huyện", 52, 140, 90}};
    struct line line = SETTLE(first, second);

    (void)state;
    assert_reads(&line, "các huyện");
    assert_string_equal(line.words[1].raw, "huvên");
    assert_int_equal(line.words[1].box.x, 52); /* it has more letters */
    assert_int_equal(line.words[1].box.w, 88);
    line_clear(&line);
}

static void strokes_join_words(void **state)
{
    static const struct seen first[] = {{"các", 0, 46, 97},
                                        {"xã", 56, 86, 82},
                                        {"(phường", 90, 259, 35},
                                        {"thị", 217, 256, 79},
                                        {"trấn;", 270, 334, 96}};
    static const struct seen second[] = {{"các", 0, 46, 97},
                                         {"xã/phường/thị", 56, 256, 90},
                                         {"trấn;", 270, 334, 96}};
    struct line line = SETTLE(first, second);

    (void)state;
    assert_reads(&line, "các xã/phường/thị trấn;");
    assert_string_equal(line.words[1].raw, "xã(phườngthị");
    assert_int_equal(line.words[1].box.x, 56);
    line_clear(&line);
}

static void strokes_between_other_words_join_nothing(void **state)
{
    static const struct seen first[] = {
        {"xã", 56, 86, 82}, {"(phường", 90, 259, 35}, {"thôn", 217, 256, 79}};
    static const struct seen second[] = {{"xã/phường/thị", 56, 256, 90}};
    struct line line = SETTLE(first, second);

    (void)state;
    assert_reads(&line, "xã (phường thôn");
    line_clear(&line);
}

/* The second model took two words for one: it says nothing of the weak one. */
static void a_neighbour_is_not_said_twice(void **state)
{
    static const struct seen first[] = {{"người", 0, 80, 96},
                                        {"nhiễm", 90, 180, 96},
                                        {"HIV›", 150, 240, 40},
                                        {"biết", 250, 300, 97}};
    static const struct seen second[] = {
        {"người", 0, 80, 96}, {"nhiễm", 90, 240, 93}, {"biết", 250, 300, 97}};
    struct line line = SETTLE(first, second);

    (void)state;
    assert_reads(&line, "người nhiễm HIV› biết");
    line_clear(&line);
}

static void pieces_of_a_word_are_joined(void **state)
{
    static const struct seen first[] = {{"Luật", 0, 60, 97},
                                        {"Tt", 70, 93, 60},
                                        {"ổ", 90, 110, 93},
                                        {"chức", 122, 197, 97}};
    static const struct seen second[] = {
        {"Luật", 0, 60, 97}, {"Tổ", 70, 110, 94}, {"chức", 122, 197, 97}};
    static const struct seen doubted[] = {
        {"Luật", 0, 60, 97}, {"Tổ", 70, 110, 60}, {"chức", 122, 197, 97}};
    struct line line = SETTLE(first, second);

    (void)state;
    assert_reads(&line, "Luật Tổ chức");
    assert_string_equal(line.words[1].raw, "Ttổ");
    line_clear(&line);
    line = SETTLE(first, doubted);
    assert_reads(&line, "Luật Tt ổ chức");
    line_clear(&line);
}

static void signs_beside_a_word_do_not_hinder(void **state)
{
    static const struct seen first[] = {
        {"quy", 0, 60, 97}, {"dinh", 70, 150, 45}, {"./.", 155, 200, 30}};
    static const struct seen second[] = {{"quy", 0, 60, 97},
                                         {"định", 70, 190, 90}};
    struct line line = SETTLE(first, second);

    (void)state;
    assert_reads(&line, "quy định ./.");
    line_clear(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_weak_word_is_mended_and_kept),
        cmocka_unit_test(strokes_join_words),
        cmocka_unit_test(strokes_between_other_words_join_nothing),
        cmocka_unit_test(a_neighbour_is_not_said_twice),
        cmocka_unit_test(pieces_of_a_word_are_joined),
        cmocka_unit_test(signs_beside_a_word_do_not_hinder),
    };

    return cmocka_run_group_tests(tests, language_set_up, language_tear_down);
}
