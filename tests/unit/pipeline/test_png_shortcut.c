/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way around PNG: reached by Tesseract, the same text, and out of the way
 * of everything else. Skipped where the model is not installed. */
#include "pipeline/png_shortcut.h"
#include "pipeline/recognise.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

static void off_it_writes_png(void **state)
{
    PIX *pix = sample_print(200, 200, 2);
    l_uint8 *data = NULL;
    size_t n = 0;

    (void)state;
    assert_int_equal(pixWriteMem(&data, &n, pix, IFF_PNG), 0);
    assert_memory_equal(data, "\x89PNG", 4);
    lept_free(data);
    pixDestroy(&pix);
}

static void on_it_writes_what_leptonica_reads(void **state)
{
    PIX *pix = sample_print(200, 200, 2), *back;
    unsigned long before = png_shortcut_taken();
    l_uint8 *data = NULL;
    size_t n = 0;
    l_int32 same = 0;

    (void)state;
    png_shortcut_set(true);
    assert_int_equal(pixWriteMem(&data, &n, pix, IFF_PNG), 0);
    png_shortcut_set(false);
    assert_int_equal(png_shortcut_taken(), before + 1);
    back = pixReadMem(data, n);
    assert_non_null(back);
    pixEqual(pix, back, &same);
    assert_true(same);
    lept_free(data);
    pixDestroy(&pix);
    pixDestroy(&back);
}

static void other_formats_pass_through(void **state)
{
    PIX *pix = sample_print(200, 200, 2);
    unsigned long before = png_shortcut_taken();
    l_uint8 *data = NULL;
    size_t n = 0;

    (void)state;
    png_shortcut_set(true);
    assert_int_equal(pixWriteMem(&data, &n, pix, IFF_PNM), 0);
    png_shortcut_set(false);
    assert_int_equal(data[0], 'P');
    assert_int_equal(png_shortcut_taken(), before);
    lept_free(data);
    pixDestroy(&pix);
}

static struct recogniser *recogniser_or_skip(void)
{
    struct recogniser *r = NULL;

    if (recogniser_new("vie", &r) != STATUS_OK) {
        print_message("%s\n", status_message());
        skip();
    }
    return r;
}

static char *read_text(struct recogniser *r, PIX *pix)
{
    struct page page = {0};
    int turn_deg;
    char *text;

    assert_ok(recognise(r, pix, 150, &page, &turn_deg));
    text = page_text(&page);
    page_clear(&page);
    return text;
}

/* What Tesseract's library calls: the definition the dynamic linker finds. */
static void tesseract_takes_it(void **state)
{
    struct recogniser *r = recogniser_or_skip();
    PIX *pix = sample_print(900, 500, 4);
    unsigned long before = png_shortcut_taken();
    char *text = read_text(r, pix);

    (void)state;
    assert_true(png_shortcut_taken() > before);
    free(text);
    recogniser_free(r);
    pixDestroy(&pix);
}

static void the_text_is_the_same_without_it(void **state)
{
    struct recogniser *r = recogniser_or_skip();
    PIX *pix = sample_print(900, 500, 4);
    char *with = read_text(r, pix), *without;
    unsigned long taken;

    (void)state;
    png_shortcut_forbid(true);
    taken = png_shortcut_taken();
    without = read_text(r, pix);
    png_shortcut_forbid(false);
    assert_int_equal(png_shortcut_taken(), taken);
    assert_true(strlen(with) > 100);
    assert_string_equal(with, without);
    free(with);
    free(without);
    recogniser_free(r);
    pixDestroy(&pix);
}

static void a_page_reads_the_same_after_another(void **state)
{
    struct recogniser *r = recogniser_or_skip();
    PIX *page = sample_print(900, 500, 4);
    PIX *other = pixRotateOrth(page, 2);
    char *first = read_text(r, page), *between, *again;

    (void)state;
    between = read_text(r, other);
    again = read_text(r, page);
    assert_string_equal(first, again);
    free(first);
    free(between);
    free(again);
    recogniser_free(r);
    pixDestroy(&page);
    pixDestroy(&other);
}

static void a_missing_model_names_its_package(void **state)
{
    struct recogniser *r = NULL;

    (void)state;
    assert_fails(STATUS_MISSING, recogniser_new("tlh_old", &r));
    assert_non_null(strstr(status_message(), "tesseract-ocr-tlh-old"));
    assert_fails(STATUS_CONFIG, recogniser_new("../vie", &r));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(off_it_writes_png),
        cmocka_unit_test(on_it_writes_what_leptonica_reads),
        cmocka_unit_test(other_formats_pass_through),
        cmocka_unit_test(tesseract_takes_it),
        cmocka_unit_test(the_text_is_the_same_without_it),
        cmocka_unit_test(a_page_reads_the_same_after_another),
        cmocka_unit_test(a_missing_model_names_its_package),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
