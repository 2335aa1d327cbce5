/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words read weakly are read again, the first reading is kept; numbers in
 * dispute are sure to nobody; sure lines and missing models change nothing. */
#include "base/alloc.h"
#include "pipeline/second_look.h"
#include "unit/pipeline/read_sheet.h"

#include <stdlib.h>
#include <string.h>

/* What looks a second time, and the page it looks at. */
struct looking {
    struct sheet sheet;
    struct language *language;
    struct second_look *second;
};

static void looking_make(struct looking *l)
{
    sheet_make(&l->sheet, OWN_MODEL);
    assert_non_null(recogniser_second_sha256());
    assert_ok(language_load(NULL, &l->language));
    l->second = second_look_new();
}

static void looking_clear(struct looking *l)
{
    second_look_free(l->second);
    language_free(l->language);
    sheet_clear(&l->sheet);
}

static void look(struct looking *l)
{
    assert_ok(
        second_look(l->second, l->language, l->sheet.pix, DPI, &l->sheet.page));
}

/* A word of letters, as if it had been read as `text`. */
static struct word *read_as(struct looking *l, const char *text, int conf_pct)
{
    struct line *line = &l->sheet.page.lines[2];
    struct word *w = &line->words[line->n_words / 2];

    free(w->text);
    w->text = xstrdup(text);
    w->conf_pct = conf_pct;
    return w;
}

static void a_weak_word_is_read_again(void **state)
{
    struct looking s;
    char *right;
    struct word *w;

    (void)state;
    looking_make(&s);
    w = &s.sheet.page.lines[2].words[s.sheet.page.lines[2].n_words / 2];
    right = xstrdup(w->text);
    w = read_as(&s, "qvyng", 30);
    look(&s);
    assert_string_equal(w->text, right);
    assert_string_equal(w->raw, "qvyng");
    assert_true(w->conf_pct > 30);
    free(right);
    looking_clear(&s);
}

static void a_sure_word_stays(void **state)
{
    struct looking s;
    struct word *w;

    (void)state;
    looking_make(&s);
    w = read_as(&s, "khác", 95);
    look(&s);
    assert_string_equal(w->text, "khác");
    assert_null(w->raw);
    looking_clear(&s);
}

static void a_number_in_dispute_is_sure_to_nobody(void **state)
{
    struct looking s;
    struct word *w;

    (void)state;
    looking_make(&s);
    for (int conf_pct = 80; conf_pct <= 95; conf_pct += 15) {
        w = read_as(&s, "1975", conf_pct);
        look(&s);
        assert_string_equal(w->text, "1975"); /* nothing is guessed */
        assert_true(w->conf_pct <= 40);
    }
    w = read_as(&s, "1969", 96); /* a 6 may be an 8 in italics */
    look(&s);
    assert_true(w->conf_pct <= 40);
    w = read_as(&s, "1975", 96);
    look(&s);
    assert_int_equal(w->conf_pct, 96);
    w = read_as(&s, "VII", 94); /* of the year: a quarter, a chapter */
    look(&s);
    assert_true(w->conf_pct <= 40);
    w = read_as(&s, "VII", 96);
    look(&s);
    assert_int_equal(w->conf_pct, 96);
    looking_clear(&s);
}

/* Print a number under the text and give it to the page as two words. */
static struct line *print_in_pieces(struct looking *l, const char *number,
                                    size_t first)
{
    PIX *pix = l->sheet.pix, *grey = pixCreate(900, 500, 8), *bilevel;
    L_BMF *font = bmfCreate(NULL, 8);
    struct word a = {.text = xstrndup(number, first)};
    struct word b = {.text = xstrdup(number + first)};
    struct line line = {.block = 9};
    int width, overflow, split;

    pixSetAll(grey);
    pixSetTextline(grey, font, number, 0, 90, 400, &width, &overflow);
    bilevel = pixThresholdToBinary(grey, 128);
    pixOr(pix, pix, bilevel);
    split = width * (int)first / (int)strlen(number);
    a.box = (struct box){90, 372, split - 2, 36};
    b.box = (struct box){90 + split, 372, width - split, 36};
    line.box = (struct box){90, 372, width, 36};
    line_take_word(&line, &a);
    line_take_word(&line, &b);
    page_take_line(&l->sheet.page, &line);
    pixDestroy(&grey);
    pixDestroy(&bilevel);
    bmfDestroy(&font);
    return &l->sheet.page.lines[l->sheet.page.n_lines - 1];
}

/* Both models read the same digits, one of them in two pieces. */
static void a_number_in_pieces_is_joined(void **state)
{
    struct looking s;
    struct line *line;

    (void)state;
    looking_make(&s);
    line = print_in_pieces(&s, "358035347", 8);
    for (int i = 0; i < 2; i++)
        line->words[i].conf_pct = 60;
    look(&s);
    assert_int_equal(line->n_words, 1);
    assert_string_equal(line->words[0].text, "358035347");
    assert_true(line->words[0].conf_pct >= 85);
    looking_clear(&s);
}

static void a_name_in_dispute_is_sure_to_nobody(void **state)
{
    struct looking s;
    struct word *w;

    (void)state;
    looking_make(&s);
    w = read_as(&s, "Hằng", 80);
    look(&s);
    assert_string_equal(w->text, "Hằng"); /* nothing is guessed */
    assert_true(w->conf_pct <= 40);
    looking_clear(&s);
}

/* Capitals and small letters are no names: they are the language's to mend. */
static void another_word_is_not_disputed(void **state)
{
    static const char *const words[] = {"hằng", "HẰNG", "HẰng"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        struct looking s;
        struct word *w;

        looking_make(&s);
        w = read_as(&s, words[i], 80);
        look(&s);
        assert_string_equal(w->text, words[i]);
        assert_int_equal(w->conf_pct, 80);
        looking_clear(&s);
    }
}

/* What the second model saw only as a neighbour, or not at all, is not judged
 * by it: it may have been cut. */
static void a_sure_number_beside_a_weak_word_stays_sure(void **state)
{
    struct looking s;
    struct line *line;

    (void)state;
    looking_make(&s);
    (void)read_as(&s, "qvyng", 30);
    line = &s.sheet.page.lines[2];
    for (int i = 0; i < line->n_words; i++) {
        if (i == line->n_words / 2)
            continue;
        free(line->words[i].text);
        line->words[i].text = xstrdup("2019");
        line->words[i].conf_pct = 97;
    }
    look(&s);
    for (int i = 0; i < line->n_words; i++)
        assert_true(line->words[i].conf_pct > 40);
    assert_string_not_equal(line->words[line->n_words / 2].text, "qvyng");
    looking_clear(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_weak_word_is_read_again),
        cmocka_unit_test(a_sure_word_stays),
        cmocka_unit_test(a_number_in_dispute_is_sure_to_nobody),
        cmocka_unit_test(a_number_in_pieces_is_joined),
        cmocka_unit_test(a_name_in_dispute_is_sure_to_nobody),
        cmocka_unit_test(another_word_is_not_disputed),
        cmocka_unit_test(a_sure_number_beside_a_weak_word_stays_sure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
