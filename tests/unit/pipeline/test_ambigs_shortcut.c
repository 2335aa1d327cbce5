/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model without the table of the older recogniser: the table is spared, and
 * what is read is the same. Skipped where the models are not installed. */
#include "pipeline/ambigs_shortcut.h"

#include "pipeline/recognise.h"
#include "unit/pipeline/same_words.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

/* Reads a page with a model that is loaded for it. */
static void read_page(const char *model, struct page *page)
{
    struct recogniser *r = NULL;
    PIX *pix = sample_print(900, 500, 6);
    int turn_deg;

    if (recogniser_new(model, &r) != STATUS_OK) {
        print_message("%s\n", status_message());
        skip();
    }
    assert_ok(recognise(r, pix, 150, page, &turn_deg));
    assert_true(page->n_lines > 3);
    recogniser_free(r);
    pixDestroy(&pix);
}

static void expect_spared_and_same(const char *model)
{
    struct page with = {0}, without = {0};
    unsigned long before = ambigs_shortcut_taken();

    read_page(model, &without);
    assert_true(ambigs_shortcut_taken() > before);
    before = ambigs_shortcut_taken();
    ambigs_shortcut_forbid(true);
    read_page(model, &with);
    ambigs_shortcut_forbid(false);
    assert_int_equal(ambigs_shortcut_taken(), before);
    assert_same_words(&with, &without);
    page_clear(&with);
    page_clear(&without);
}

static void own_model_reads_the_same(void **state)
{
    (void)state;
    expect_spared_and_same(OWN_MODEL);
}

static void second_model_reads_the_same(void **state)
{
    (void)state;
    expect_spared_and_same(SECOND_MODEL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_model_reads_the_same),
        cmocka_unit_test(second_model_reads_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
