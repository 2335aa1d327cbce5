/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mark of the row below is no letter; letters stay, and so do long words and
 * what was read surely. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "pipeline/hollow.h"
#include "pipeline/leptonica.h"

#define WIDTH 300
#define HEIGHT 100

static void ink(PIX *pix, int x, int y, int w, int h)
{
    BOX *box = boxCreate(x, y, w, h);

    pixSetInRectArbitrary(pix, box, pixGetDepth(pix) == 1 ? 1 : 30);
    boxDestroy(&box);
}

static struct page page_with(const char *text, int conf_pct)
{
    struct page p = {.width_px = WIDTH, .height_px = HEIGHT};
    struct line l = {.box = {20, 20, 30, 60}};
    struct word w = {.text = xstrdup(text),
                     .box = {20, 20, 30, 60},
                     .conf_pct = conf_pct};

    line_take_word(&l, &w);
    page_take_line(&p, &l);
    return p;
}

static int dropped(PIX *pix, const char *text, int conf_pct)
{
    struct page p = page_with(text, conf_pct);
    int n = hollow_words_drop(pix, &p);

    assert_int_equal(p.n_dropped, n);
    page_clear(&p);
    return n;
}

static void marks_of_the_row_below_are_dropped(void **state)
{
    (void)state;
    for (int depth = 1; depth <= 8; depth += 7) {
        PIX *mark = pixCreate(WIDTH, HEIGHT, depth);
        PIX *letter;

        if (depth == 8)
            pixSetAllArbitrary(mark, 220);
        letter = pixCopy(NULL, mark);
        ink(mark, 25, 70, 20, 8);
        ink(letter, 25, 30, 5, 40);
        assert_int_equal(dropped(mark, "Ủ", 67), 1);
        assert_int_equal(dropped(mark, "Ủ", 95), 0);
        assert_int_equal(dropped(mark, "Ủy:", 67), 1);
        assert_int_equal(dropped(mark, "Thủ", 67), 0);
        assert_int_equal(dropped(mark, "_", 67), 0);
        assert_int_equal(dropped(mark, "12", 67), 0);
        assert_int_equal(dropped(letter, "Ủ", 67), 0);
        pixDestroy(&mark);
        pixDestroy(&letter);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_of_the_row_below_are_dropped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
