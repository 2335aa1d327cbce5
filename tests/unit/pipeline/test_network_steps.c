/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of Tesseract's network: reached, the same words, boxes and
 * confidences with and without, whatever the size of the print. Skipped where
 * the model is not installed. */
#include "pipeline/network_steps.h"

#include "pipeline/lstm_steps.h"
#include "pipeline/recognise.h"
#include "unit/pipeline/same_words.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

static struct recogniser *recogniser_or_skip(void)
{
    struct recogniser *r = NULL;

    if (recogniser_new(OWN_MODEL, &r) != STATUS_OK) {
        print_message("%s\n", status_message());
        skip();
    }
    return r;
}

static void read_page(struct recogniser *r, PIX *pix, struct page *page)
{
    int turn_deg;

    assert_ok(recognise(r, pix, 150, page, &turn_deg));
}

/* What Tesseract's library calls: the definition the dynamic linker finds. */
static void tesseract_takes_them(void **state)
{
    struct recogniser *r = recogniser_or_skip();
    unsigned long before = network_steps_layers();
    unsigned long lstm_before = lstm_steps_layers();
    PIX *pix = sample_print(900, 500, 4);
    struct page page = {0};

    (void)state;
    read_page(r, pix, &page);
    if (strcmp(recogniser_version(), "5.3.0") != 0) {
        print_message("Tesseract %s: its own steps\n", recogniser_version());
        assert_int_equal(network_steps_layers(), before);
        assert_int_equal(lstm_steps_layers(), lstm_before);
        skip();
    }
    assert_true(network_steps_layers() > before);
    assert_true(lstm_steps_layers() > lstm_before);
    page_clear(&page);
    pixDestroy(&pix);
    recogniser_free(r);
}

static void the_words_are_the_same_without_them(void **state)
{
    static const float scales[] = {0.61F, 1.0F, 1.37F};
    struct recogniser *r = recogniser_or_skip();
    PIX *pix = sample_print(900, 500, 6);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(scales); i++) {
        PIX *scaled = pixScale(pix, scales[i], scales[i]);
        struct page with = {0}, without = {0};
        unsigned long layers, lstm_layers;

        read_page(r, scaled, &with);
        network_steps_forbid(true);
        layers = network_steps_layers();
        lstm_layers = lstm_steps_layers();
        read_page(r, scaled, &without);
        network_steps_forbid(false);
        assert_int_equal(network_steps_layers(), layers);
        assert_int_equal(lstm_steps_layers(), lstm_layers);
        assert_true(with.n_lines > 3);
        assert_same_words(&with, &without);
        page_clear(&with);
        page_clear(&without);
        pixDestroy(&scaled);
    }
    pixDestroy(&pix);
    recogniser_free(r);
}

/* Numbers one by one, as on an older processor. */
static void one_by_one_they_are_the_same(void **state)
{
    struct recogniser *r = recogniser_or_skip();
    PIX *pix = sample_print(900, 500, 6);
    struct page eight = {0}, one = {0};

    (void)state;
    read_page(r, pix, &eight);
    lstm_steps_one_by_one(true);
    read_page(r, pix, &one);
    lstm_steps_one_by_one(false);
    assert_true(one.n_lines > 3);
    assert_same_words(&eight, &one);
    page_clear(&eight);
    page_clear(&one);
    pixDestroy(&pix);
    recogniser_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tesseract_takes_them),
        cmocka_unit_test(the_words_are_the_same_without_them),
        cmocka_unit_test(one_by_one_they_are_the_same),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
