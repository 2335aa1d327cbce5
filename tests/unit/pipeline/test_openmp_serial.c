/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parallel sections run one after the other, each once, nested ones too; and
 * Tesseract's are run so. */
#include "pipeline/openmp_serial.h"
#include "pipeline/recognise.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

#include <string.h>

/* The interface as compilers call it. */
void GOMP_parallel(void (*)(void *), void *, unsigned, unsigned);
void GOMP_parallel_sections(void (*)(void *), void *, unsigned, unsigned,
                            unsigned);
unsigned GOMP_sections_next(void);

static char said[32];

static void inner(void *data)
{
    (void)data;
    for (unsigned n; (n = GOMP_sections_next()) != 0;)
        strcat(said, n == 1 ? "a" : "b");
}

static void outer(void *data)
{
    (void)data;
    for (unsigned n; (n = GOMP_sections_next()) != 0;) {
        strcat(said, n == 1 ? "1" : n == 2 ? "2" : "3");
        if (n == 2)
            GOMP_parallel_sections(inner, NULL, 0, 2, 0);
    }
}

static void sections_run_once_each_in_order(void **state)
{
    unsigned long before = openmp_serial_regions();

    (void)state;
    said[0] = '\0';
    GOMP_parallel_sections(outer, NULL, 4, 3, 0);
    assert_string_equal(said, "12ab3");
    assert_int_equal(openmp_serial_regions(), before + 2);
}

static void count_up(void *data)
{
    ++*(int *)data;
}

static void a_region_is_run_by_one(void **state)
{
    int times = 0;

    (void)state;
    GOMP_parallel(count_up, &times, 8, 0);
    assert_int_equal(times, 1);
}

static void tesseract_runs_here(void **state)
{
    struct recogniser *r = NULL;
    struct page page = {0};
    unsigned long before = openmp_serial_regions();
    PIX *pix;
    int turn_deg;

    (void)state;
    if (recogniser_new("vie", &r) != STATUS_OK) {
        print_message("%s\n", status_message());
        skip();
    }
    pix = sample_print(900, 500, 4);
    assert_ok(recognise(r, pix, 150, &page, &turn_deg));
    assert_true(page.n_lines > 0);
    assert_true(openmp_serial_regions() > before);
    page_clear(&page);
    pixDestroy(&pix);
    recogniser_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_run_once_each_in_order),
        cmocka_unit_test(a_region_is_run_by_one),
        cmocka_unit_test(tesseract_runs_here),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
