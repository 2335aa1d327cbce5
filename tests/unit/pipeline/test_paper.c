/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evening out paper: what becomes of its grain. */
#include "pipeline/leptonica.h"
#include "pipeline/paper.h"
#include "unit/unit.h"

#define SIDE 640

static void fill(PIX *grey, int x, int y, int w, int h, l_uint32 level)
{
    for (int v = y; v < y + h; v++)
        for (int u = x; u < x + w; u++)
            pixSetPixel(grey, u, v, level);
}

static l_uint32 at(PIX *grey, int x, int y)
{
    l_uint32 level = 0;

    pixGetPixel(grey, x, y, &level);
    return level;
}

/* Paper that darkens from left to right, with lines of print and a speck of
 * grain, a tenth darker than the paper around it. */
static PIX *shaded_page(int lines)
{
    PIX *grey = pixCreate(SIDE, SIDE, 8);

    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            pixSetPixel(grey, x, y, (l_uint32)(240 - x / 6));
    for (int i = 0; i < lines; i++)
        for (int x = 100; x < 500; x += 10)
            fill(grey, x, 40 + i * 40, 4, 20, 30);
    fill(grey, 320, 620, 2, 2, 170);
    return grey;
}

/* On a page with a line or two a threshold for the whole page would part the
 * grain from the paper; on a full one it is not touched, faint print might
 * be as light. */
static void grain_of_an_almost_empty_page_is_smoothed(void **state)
{
    PIX *empty = shaded_page(0), *full = shaded_page(14);

    (void)state;
    paper_whiten(empty, PAPER_IF_UNEVEN);
    paper_whiten(full, PAPER_IF_UNEVEN);
    assert_int_equal(at(empty, 320, 620), 255);
    assert_true(at(full, 320, 620) < 240);
    pixDestroy(&empty);
    pixDestroy(&full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grain_of_an_almost_empty_page_is_smoothed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
