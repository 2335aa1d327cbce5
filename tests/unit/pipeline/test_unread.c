/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line that layout analysis left out is read; what is no line of print, and
 * what stands where stamps stand, is left alone. */
#include "base/alloc.h"
#include "pipeline/unread.h"
#include "unit/pipeline/known_language.h"
#include "unit/pipeline/read_sheet.h"

#include <stdlib.h>
#include <string.h>

/* Take line number i off the page; its text. */
static char *leave_out(struct page *page, int i)
{
    struct page one = {.lines = xcalloc(1, sizeof(struct line)), .n_lines = 1};
    char *text;

    one.lines[0] = page->lines[i];
    page->n_lines--;
    memmove(page->lines + i, page->lines + i + 1,
            (size_t)(page->n_lines - i) * sizeof(*page->lines));
    text = page_text(&one);
    page_clear(&one);
    return text;
}

static void a_line_left_out_is_read(void **state)
{
    struct sheet s;
    char *line, *again, *there;

    (void)state;
    sheet_make(&s, "vie");
    line = leave_out(&s.page, 4);
    assert_ok(unread_fill(s.r, NULL, s.pix, DPI, &s.page));
    again = page_text(&s.page);
    line[strcspn(line, "\n")] = '\0';
    assert_non_null(strstr(again, line));
    there = strstr(again, line);
    assert_null(strstr(there + 1, line));
    free(line);
    free(again);
    sheet_clear(&s);
}

static void what_was_read_is_not_read_again(void **state)
{
    struct sheet s;
    char *before, *after;

    (void)state;
    sheet_make(&s, "vie");
    before = page_text(&s.page);
    assert_ok(unread_fill(s.r, NULL, s.pix, DPI, &s.page));
    after = page_text(&s.page);
    assert_string_equal(before, after);
    free(before);
    free(after);
    sheet_clear(&s);
}

static void the_top_is_left_to_stamps(void **state)
{
    struct sheet s;
    char *line, *after;

    (void)state;
    sheet_make(&s, "vie");
    line = leave_out(&s.page, 0);
    assert_ok(unread_fill(s.r, NULL, s.pix, DPI, &s.page));
    after = page_text(&s.page);
    line[strcspn(line, "\n")] = '\0';
    assert_null(strstr(after, line));
    free(line);
    free(after);
    sheet_clear(&s);
}

/* "- Lưu: VT." has one word of the language only. */
static void short_lines_are_text_if_sure(void **state)
{
    static const struct {
        const char *words[3];
        int conf_pct[3];
        bool text;
    } cases[] = {
        {{"-", "Lưu:", "VT."}, {93, 93, 82}, true},
        {{"-", "Lưu:", "VT."}, {93, 93, 60}, false},
        {{"LUA", "MTQ", "-"}, {40, 47, 90}, false},
        {{"TƯỚNG", "", ""}, {95, 0, 0}, false},
        {{"1", "2", "3"}, {95, 95, 95}, false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct page p = {0};
        struct line l = {0};

        for (int k = 0; k < 3 && cases[i].words[k][0] != '\0'; k++) {
            struct word w = {.text = xstrdup(cases[i].words[k]),
                             .conf_pct = cases[i].conf_pct[k]};

            line_take_word(&l, &w);
        }
        assert_int_equal(unread_is_text(language, &l), cases[i].text);
        page_take_line(&p, &l);
        page_clear(&p);
    }
}

/* Beside and below who receives the paper no stamp of arrival stands. */
static void beside_the_recipients_the_top_is_read(void **state)
{
    struct sheet s;
    struct line recipients = {.box = {60, 1, 80, 20}};
    struct word words[] = {{.conf_pct = 95, .box = {60, 1, 35, 20}},
                           {.conf_pct = 95, .box = {100, 1, 40, 20}}};
    char *line, *after;

    (void)state;
    sheet_make(&s, "vie");
    words[0].text = xstrdup("Nơi");
    words[1].text = xstrdup("nhận:");
    line = leave_out(&s.page, 1);
    line_take_word(&recipients, &words[0]);
    line_take_word(&recipients, &words[1]);
    page_take_line(&s.page, &recipients);
    assert_ok(unread_fill(s.r, NULL, s.pix, DPI, &s.page));
    after = page_text(&s.page);
    line[strcspn(line, "\n")] = '\0';
    assert_non_null(strstr(after, line));
    free(line);
    free(after);
    sheet_clear(&s);
}

/* A page of which layout analysis made nothing is read as one block. */
static void a_page_without_lines_is_read_as_a_block(void **state)
{
    struct sheet s;
    char *before, *after;

    (void)state;
    sheet_make(&s, "vie");
    before = page_text(&s.page);
    before[strcspn(before, "\n")] = '\0';
    page_clear(&s.page);
    assert_ok(unread_fill(s.r, NULL, s.pix, DPI, &s.page));
    after = page_text(&s.page);
    assert_non_null(strstr(after, before));
    assert_true(s.page.confidence_pct > 0);
    free(before);
    free(after);
    sheet_clear(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_left_out_is_read),
        cmocka_unit_test(what_was_read_is_not_read_again),
        cmocka_unit_test(the_top_is_left_to_stamps),
        cmocka_unit_test(short_lines_are_text_if_sure),
        cmocka_unit_test(beside_the_recipients_the_top_is_read),
        cmocka_unit_test(a_page_without_lines_is_read_as_a_block),
    };

    return cmocka_run_group_tests(tests, language_set_up, language_tear_down);
}
