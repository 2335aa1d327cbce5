/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which page lends its turn to one without words, and which takes it. */
#include "base/alloc.h"
#include "service/page_turn.h"
#include "unit/unit.h"

/* A letter a page: 'n' upright and 'u' upside down with words, '?' nothing
 * read and in doubt, '!' in doubt but with words, ' ' blank. */
static void assert_turns(const char *pages, const char *want)
{
    struct record *r = record_new();

    for (const char *p = pages; *p; p++) {
        struct page page = {.origin = TEXT_OCR};
        struct line line = {0};
        struct word word = {.text = xstrdup("Điều"), .conf_pct = 90};

        page.turn_deg = *p == 'u' ? 180 : 0;
        page.doubts = *p == '?' || *p == '!' ? DOUBT_TURN : 0;
        line_take_word(&line, &word);
        if (*p == '?' || *p == ' ')
            page.origin = TEXT_NONE;
        page_take_line(&page, &line);
        if (page.origin == TEXT_NONE) {
            struct page words = {.lines = page.lines, .n_lines = 1};

            page.lines = NULL;
            page.n_lines = 0;
            page_clear(&words);
        }
        record_take_page(r, &page);
    }
    record_inherit_turns(r);
    for (int i = 0; i < r->n_pages; i++) {
        assert_int_equal(r->pages[i].turn_deg, want[i] == 'u' ? 180 : 0);
        if (pages[i] == '?')
            assert_true(r->pages[i].doubts & DOUBT_TURN);
    }
    record_free(r);
}

static void the_nearest_lends_its_turn(void **state)
{
    (void)state;
    assert_turns("u?", "uu");
    assert_turns("?u", "uu");
    assert_turns("u?n", "uun");
    assert_turns("n?u", "nnu");
    assert_turns("n??u", "nnuu");
}

static void pages_with_words_stay_as_they_are(void **state)
{
    (void)state;
    assert_turns("u!", "un");
    assert_turns("u n", "unn");
    assert_turns("!?", "nn");
    assert_turns("?", "n");
    assert_turns("", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_lends_its_turn),
        cmocka_unit_test(pages_with_words_stay_as_they_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
