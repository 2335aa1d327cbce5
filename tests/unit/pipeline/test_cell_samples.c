/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples of cells lie evenly in them, and on the page. */
#include "base/alloc.h"
#include "pipeline/cell_samples.h"
#include "unit/unit.h"

static void samples_lie_in_their_cells(void **state)
{
    static const double sizes[] = {1, 2.95, 3.937, 5.9, 23.6};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        int length = (int)(100 * sizes[i]);
        AUTO(free_void) int *at = cell_samples(100, sizes[i], length);

        for (int k = 0; k < 100 * CELL_SAMPLES; k++) {
            double cell = k / CELL_SAMPLES * sizes[i];

            assert_true(at[k] + 1 > cell && at[k] < cell + sizes[i]);
            assert_true(at[k] < length);
            assert_true(k == 0 || at[k] >= at[k - 1]);
        }
    }
}

static void none_lies_beyond_the_page(void **state)
{
    AUTO(free_void) int *at = cell_samples(3, 10, 25);

    (void)state;
    assert_int_equal(at[3 * CELL_SAMPLES - 1], 24);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_lie_in_their_cells),
        cmocka_unit_test(none_lies_beyond_the_page),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
