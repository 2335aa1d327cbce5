/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters of a text layer as words, and numbers that a signature lays over the
 * room left for them. */
#include "base/alloc.h"
#include "pipeline/pdf_words.h"
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

#define PITCH 6.0
#define HEIGHT 10.0

static void add(struct pdf_letters *l, const char *text, double x, double y)
{
    size_t n = strlen(text);

    l->letters =
        xrealloc(l->letters, (size_t)l->n + n + 1, sizeof(*l->letters));
    for (size_t i = 0; i < n; i++, x += PITCH)
        l->letters[l->n++] = (struct pdf_letter){
            text[i], 0, x, y, x + PITCH, y + HEIGHT};
}

static struct pdf_letters page(void)
{
    static char name[] = "TimesNewRoman";
    static char *names[] = {name};
    struct pdf_letters l = {
        .fonts = names, .n_fonts = 1, .width_pt = 595, .height_pt = 842};

    return l;
}

/* Insert the word at x, y, then the text of the page. Frees the letters. */
static char *text_with(struct pdf_letters *l, const char *word, double x,
                       double y)
{
    struct pdf_letters w = page();
    struct page p = {0};
    char *text;

    add(&w, word, x, y);
    pdf_letters_insert(l, w.letters, w.n);
    pdf_words(l, NULL, NULL, &p);
    text = page_text(&p);
    page_clear(&p);
    free(w.letters);
    free(l->letters);
    return text;
}

static void assert_text(struct pdf_letters *l, const char *word, double x,
                        double y, const char *expected)
{
    AUTO(free_char) char *text = text_with(l, word, x, y);

    assert_string_equal(text, expected);
}

static void a_number_goes_before_its_slash(void **state)
{
    struct pdf_letters l = page();

    (void)state;
    add(&l, "So:\n", 60, 100);
    add(&l, "Other\n", 300, 100); /* the other column comes between */
    add(&l, "/TB-UBND x\n", 120, 100);
    add(&l, "Next", 60, 120);
    assert_text(&l, "11", 102, 101,
                "So: 11/TB-UBND\n\nOther\n\nx\n\nNext\n");
}

static void a_day_goes_where_it_is_seen(void **state)
{
    struct pdf_letters l = page();

    (void)state;
    add(&l, "ngay\n", 60, 100);
    add(&l, "thang 02\n", 112, 100);
    add(&l, "Next", 60, 120);
    assert_text(&l, "08", 92, 99, "ngay 08 thang 02\n\nNext\n");
}

static void a_word_beside_nothing_is_left_out(void **state)
{
    struct pdf_letters l = page();

    (void)state;
    add(&l, "Only\n", 60, 100);
    assert_text(&l, "11", 102, 400, "Only\n");
    l = page();
    assert_text(&l, "11", 102, 400, "");
}

static void lines_stay_where_nothing_follows_close(void **state)
{
    struct pdf_letters l = page();

    (void)state;
    add(&l, "So:\n", 60, 100);
    add(&l, "Far\n", 400, 100);
    assert_text(&l, "11", 90, 100, "So: 11\n\nFar\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_goes_before_its_slash),
        cmocka_unit_test(a_day_goes_where_it_is_seen),
        cmocka_unit_test(a_word_beside_nothing_is_left_out),
        cmocka_unit_test(lines_stay_where_nothing_follows_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
