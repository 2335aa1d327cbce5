/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables on made pages: cells between rules, and what is none. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "pipeline/leptonica.h"
#include "pipeline/tables.h"
#include <stdlib.h>

#define DPI 200
#define WIDTH 1654
#define HEIGHT 2339
#define LEFT 200
#define TOP 600
#define CELL_WIDTH 300
#define CELL_HEIGHT 100

static void black(PIX *pix, int x, int y, int w, int h)
{
    BOX *box = boxCreate(x, y, w, h);

    pixSetInRectArbitrary(pix, box, 0);
    boxDestroy(&box);
}

static PIX *paper(void)
{
    PIX *pix = pixCreate(WIDTH, HEIGHT, 8);

    pixSetAll(pix);
    return pix;
}

/* Something like writing at x, y. */
static void scribble(PIX *pix, int x, int y)
{
    for (int i = 0; i < 6; i++)
        black(pix, x + i * 20, y, 6, 25);
}

/* Rules of columns × rows cells; gap_px is left open at each crossing. */
static void rule(PIX *pix, int columns, int rows, int gap_px)
{
    for (int r = 0; r <= rows; r++)
        black(pix, LEFT, TOP + r * CELL_HEIGHT, columns * CELL_WIDTH, 3);
    for (int c = 0; c <= columns; c++)
        for (int r = 0; r < rows; r++)
            black(pix, LEFT + c * CELL_WIDTH, TOP + r * CELL_HEIGHT + gap_px,
                  3, CELL_HEIGHT - 2 * gap_px);
}

static int dark_at(PIX *pix, int x, int y)
{
    l_uint32 value = 0;

    pixGetPixel(pix, x, y, &value);
    return value < 128;
}

static int count_cells(PIX *pix)
{
    struct tables t = {0};
    int n;

    assert_ok(tables_find(pix, DPI, &t));
    n = t.n;
    assert_true((n > 0) == (t.around != NULL));
    tables_clear(&t);
    return n;
}

static void cells_come_row_by_row(void **state)
{
    PIX *pix = paper();
    struct tables t = {0};
    (void)state;

    rule(pix, 3, 2, 0);
    for (int i = 0; i < 6; i++)
        scribble(pix, LEFT + 50 + i % 3 * CELL_WIDTH,
                 TOP + 40 + i / 3 * CELL_HEIGHT);
    scribble(pix, LEFT, 300);
    assert_ok(tables_find(pix, DPI, &t));
    assert_int_equal(t.n, 6);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(t.cells[i].row, i / 3);
        assert_int_equal(t.cells[i].table, t.cells[0].table);
        assert_in_range(t.cells[i].box.x, LEFT + i % 3 * CELL_WIDTH,
                        LEFT + i % 3 * CELL_WIDTH + 8);
        assert_in_range(t.cells[i].box.w, CELL_WIDTH - 16, CELL_WIDTH);
    }
    /* inside: writing, no rules; around: neither, but the rest of the page */
    assert_true(dark_at(t.inside, LEFT + 52, TOP + 50));
    assert_false(dark_at(t.inside, LEFT + 20, TOP + 1));
    assert_false(dark_at(t.around, LEFT + 52, TOP + 50));
    assert_true(dark_at(t.around, LEFT + 2, 310));
    tables_clear(&t);
    pixDestroy(&pix);
}

static void empty_cells_are_not_read(void **state)
{
    PIX *pix = paper();
    (void)state;

    rule(pix, 3, 2, 0);
    scribble(pix, LEFT + 50, TOP + 40);
    assert_int_equal(count_cells(pix), 1);
    pixDestroy(&pix);
}

static void small_gaps_in_rules_are_closed(void **state)
{
    PIX *pix = paper();
    (void)state;

    rule(pix, 2, 2, 4);
    for (int i = 0; i < 4; i++)
        scribble(pix, LEFT + 50 + i % 2 * CELL_WIDTH,
                 TOP + 40 + i / 2 * CELL_HEIGHT);
    assert_int_equal(count_cells(pix), 4);
    pixDestroy(&pix);
}

/* Print has no outer rules, or the scan left dashes of one. */
static void missing_sides_are_closed(void **state)
{
    static const struct {
        int left, right; /* rules down */
    } cases[] = {{0, 3}, {0, 2}, {1, 3}, {1, 2}};
    (void)state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        PIX *pix = paper();

        for (int r = 0; r <= 2; r++)
            black(pix, LEFT, TOP + r * CELL_HEIGHT, 3 * CELL_WIDTH, 3);
        for (int c = cases[i].left; c <= cases[i].right; c++)
            black(pix, LEFT + c * CELL_WIDTH, TOP, 3, 2 * CELL_HEIGHT);
        for (int k = 0; k < 6; k++)
            scribble(pix, LEFT + 50 + k % 3 * CELL_WIDTH,
                     TOP + 40 + k / 3 * CELL_HEIGHT);
        black(pix, 10, 0, 4, HEIGHT); /* the edges of the paper */
        black(pix, WIDTH - 14, 0, 4, HEIGHT);
        assert_int_equal(count_cells(pix), 6);
        pixDestroy(&pix);
    }
}

static void writing_is_no_side(void **state)
{
    PIX *pix = paper();
    (void)state;

    for (int r = 0; r <= 2; r++)
        black(pix, LEFT, TOP + r * CELL_HEIGHT, 2 * CELL_WIDTH, 3);
    for (int c = 0; c <= 1; c++)
        black(pix, LEFT + c * CELL_WIDTH, TOP, 3, 2 * CELL_HEIGHT);
    for (int k = 0; k < 2; k++) { /* it goes on beyond their ends */
        scribble(pix, LEFT + 50, TOP + 40 + k * CELL_HEIGHT);
        black(pix, LEFT + 2 * CELL_WIDTH - 60, TOP + 20 + k * CELL_HEIGHT, 120,
              60);
    }
    assert_int_equal(count_cells(pix), 0);
    pixDestroy(&pix);
}

static void two_tables_are_two(void **state)
{
    PIX *pix = paper();
    struct tables t = {0};
    (void)state;

    rule(pix, 2, 2, 0);
    for (int i = 0; i < 4; i++)
        scribble(pix, LEFT + 50 + i % 2 * CELL_WIDTH,
                 TOP + 40 + i / 2 * CELL_HEIGHT);
    pixRasterop(pix, LEFT - 50, TOP + 500, 800, 300, PIX_SRC, pix, LEFT - 50,
                TOP - 50);
    assert_ok(tables_find(pix, DPI, &t));
    assert_int_equal(t.n, 8);
    assert_int_equal(t.cells[3].table, t.cells[0].table);
    assert_int_not_equal(t.cells[4].table, t.cells[0].table);
    assert_int_equal(t.cells[4].row, 0);
    tables_clear(&t);
    pixDestroy(&pix);
}

static void frames_and_boxes_are_no_tables(void **state)
{
    PIX *pix = paper();
    (void)state;

    assert_int_equal(count_cells(pix), 0);
    for (int i = 0; i < 2; i++) { /* a frame round the page */
        black(pix, 100, 100 + i * 2100, 1450, 4);
        black(pix, 100 + i * 1450, 100, 4, 2100);
    }
    rule(pix, 1, 2, 0); /* a box of two */
    scribble(pix, LEFT + 50, TOP + 40);
    scribble(pix, LEFT + 50, TOP + 40 + CELL_HEIGHT);
    assert_int_equal(count_cells(pix), 0);
    pixDestroy(&pix);
}

static void take_line(struct page *p, const char *text, int y, int block)
{
    struct word w = {.text = xstrdup(text), .box = {LEFT, y, 100, 40}};
    struct line l = {.box = {LEFT, y, 100, 40}, .block = block};

    line_take_word(&l, &w);
    page_take_line(p, &l);
}

static void cells_stand_where_the_table_does(void **state)
{
    struct cell cells[4];
    struct tables t = {.cells = cells, .n = 4};
    struct page in[4] = {{0}}, page = {0};
    char name[2] = "a", *text;
    (void)state;

    for (int i = 0; i < 4; i++, name[0]++) {
        cells[i] = (struct cell){
            .box = {LEFT + i % 2 * CELL_WIDTH, TOP + i / 2 * CELL_HEIGHT,
                    CELL_WIDTH, CELL_HEIGHT},
            .row = i / 2};
        take_line(&in[i], name, TOP + i / 2 * CELL_HEIGHT, 0);
    }
    take_line(&page, "above", 300, 0);
    take_line(&page, "below", 1000, 0);
    take_line(&page, "last", 1100, 1);
    tables_merge(&t, in, &page);
    text = page_text(&page);
    assert_string_equal(text, "above\n\na\nb\n\nc\nd\n\nbelow\n\nlast\n");
    free(text);
    page_clear(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_come_row_by_row),
        cmocka_unit_test(empty_cells_are_not_read),
        cmocka_unit_test(small_gaps_in_rules_are_closed),
        cmocka_unit_test(missing_sides_are_closed),
        cmocka_unit_test(writing_is_no_side),
        cmocka_unit_test(two_tables_are_two),
        cmocka_unit_test(frames_and_boxes_are_no_tables),
        cmocka_unit_test(cells_stand_where_the_table_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
