/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words read weakly are read again, the first reading is kept; numbers in
 * dispute are sure to nobody; sure lines and missing models change nothing. */
#include "base/alloc.h"
#include "pipeline/recognise.h"
#include "pipeline/second_look.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#define DPI 150

struct sheet {
    struct recogniser *r;
    struct language *language;
    struct second_look *second;
    PIX *pix;
    struct page page;
};

static void sheet_make(struct sheet *s)
{
    int turn_deg;

    *s = (struct sheet){0};
    if (recogniser_new(OWN_MODEL, &s->r) != STATUS_OK) {
        print_message("%s\n", status_message());
        skip();
    }
    assert_non_null(recogniser_second_sha256());
    assert_ok(language_load(NULL, &s->language));
    s->second = second_look_new();
    s->pix = sample_print(900, 500, 6);
    assert_ok(recognise(s->r, s->pix, DPI, &s->page, &turn_deg));
    assert_true(s->page.n_lines >= 6);
}

static void sheet_clear(struct sheet *s)
{
    page_clear(&s->page);
    pixDestroy(&s->pix);
    second_look_free(s->second);
    language_free(s->language);
    recogniser_free(s->r);
}

/* A word of letters, as if it had been read as `text`. */
static struct word *read_as(struct sheet *s, const char *text, int conf_pct)
{
    struct line *line = &s->page.lines[2];
    struct word *w = &line->words[line->n_words / 2];

    free(w->text);
    w->text = xstrdup(text);
    w->conf_pct = conf_pct;
    return w;
}

static void a_weak_word_is_read_again(void **state)
{
    struct sheet s;
    char *right;
    struct word *w;

    (void)state;
    sheet_make(&s);
    w = &s.page.lines[2].words[s.page.lines[2].n_words / 2];
    right = xstrdup(w->text);
    w = read_as(&s, "qvyng", 30);
    assert_ok(second_look(s.second, s.language, s.pix, DPI, &s.page));
    assert_string_equal(w->text, right);
    assert_string_equal(w->raw, "qvyng");
    assert_true(w->conf_pct > 30);
    free(right);
    sheet_clear(&s);
}

static void a_sure_word_stays(void **state)
{
    struct sheet s;
    struct word *w;

    (void)state;
    sheet_make(&s);
    w = read_as(&s, "khác", 95);
    assert_ok(second_look(s.second, s.language, s.pix, DPI, &s.page));
    assert_string_equal(w->text, "khác");
    assert_null(w->raw);
    sheet_clear(&s);
}

static void a_number_in_dispute_is_sure_to_nobody(void **state)
{
    struct sheet s;
    struct word *w;

    (void)state;
    sheet_make(&s);
    w = read_as(&s, "1969", 80);
    assert_ok(second_look(s.second, s.language, s.pix, DPI, &s.page));
    assert_string_equal(w->text, "1969"); /* nothing is guessed */
    assert_true(w->conf_pct <= 40);
    sheet_clear(&s);
}

static void a_name_in_dispute_is_sure_to_nobody(void **state)
{
    struct sheet s;
    struct word *w;

    (void)state;
    sheet_make(&s);
    w = read_as(&s, "Hằng", 80);
    assert_ok(second_look(s.second, s.language, s.pix, DPI, &s.page));
    assert_string_equal(w->text, "Hằng"); /* nothing is guessed */
    assert_true(w->conf_pct <= 40);
    sheet_clear(&s);
}

/* Capitals and small letters are no names: they are the language's to mend. */
static void another_word_is_not_disputed(void **state)
{
    static const char *const words[] = {"hằng", "HẰNG", "HẰng"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        struct sheet s;
        struct word *w;

        sheet_make(&s);
        w = read_as(&s, words[i], 80);
        assert_ok(second_look(s.second, s.language, s.pix, DPI, &s.page));
        assert_string_equal(w->text, words[i]);
        assert_int_equal(w->conf_pct, 80);
        sheet_clear(&s);
    }
}

/* What the second model saw only as a neighbour, or not at all, is not judged
 * by it: it may have been cut. */
static void a_sure_number_beside_a_weak_word_stays_sure(void **state)
{
    struct sheet s;
    struct line *line;

    (void)state;
    sheet_make(&s);
    (void)read_as(&s, "qvyng", 30);
    line = &s.page.lines[2];
    for (int i = 0; i < line->n_words; i++) {
        if (i == line->n_words / 2)
            continue;
        free(line->words[i].text);
        line->words[i].text = xstrdup("2019");
        line->words[i].conf_pct = 95;
    }
    assert_ok(second_look(s.second, s.language, s.pix, DPI, &s.page));
    for (int i = 0; i < line->n_words; i++)
        assert_true(line->words[i].conf_pct > 40);
    assert_string_not_equal(line->words[line->n_words / 2].text, "qvyng");
    sheet_clear(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_weak_word_is_read_again),
        cmocka_unit_test(a_sure_word_stays),
        cmocka_unit_test(a_number_in_dispute_is_sure_to_nobody),
        cmocka_unit_test(a_name_in_dispute_is_sure_to_nobody),
        cmocka_unit_test(another_word_is_not_disputed),
        cmocka_unit_test(a_sure_number_beside_a_weak_word_stays_sure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
