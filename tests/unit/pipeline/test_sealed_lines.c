/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines beside a seal in black that layout analysis left out. */
#include "base/alloc.h"
#include "pipeline/leptonica.h"
#include "pipeline/sealed_lines.h"
#include "unit/pipeline/read_sheet.h"

#include <stdlib.h>
#include <string.h>

/* Draw a seal with a star that is but a disc. */
static void stamp(PIX *pix, const struct box *seal)
{
    int radius = seal->w / 2;

    for (int y = -radius; y <= radius; y++) {
        for (int x = -radius; x <= radius; x++) {
            int d = x * x + y * y;

            if (d <= radius * radius &&
                (d >= (radius - 3) * (radius - 3) || d <= radius * radius / 16))
                pixSetPixel(pix, seal->x + radius + x, seal->y + radius + y, 1);
        }
    }
}

/* Take the lines from number `from` on off the page. */
static void leave_out(struct page *page, int from)
{
    struct page out = {.lines =
                           xcalloc((size_t)page->n_lines, sizeof(*out.lines))};

    while (page->n_lines > from)
        out.lines[out.n_lines++] = page->lines[--page->n_lines];
    page_clear(&out);
}

/* A seal over the beginning of the fourth line, two above and two below. */
static struct box seal_on(const struct page *page)
{
    const struct box *line = &page->lines[3].box;
    int side = line->h * 6;

    return (struct box){line->x, line->y + line->h / 2 - side / 2, side, side};
}

static void what_runs_on_beyond_the_seal_is_read(void **state)
{
    struct sheet s;
    struct box seal;
    char *text;

    (void)state;
    sheet_make(&s, "vie");
    seal = seal_on(&s.page);
    stamp(s.pix, &seal);
    leave_out(&s.page, 1);
    assert_ok(sealed_lines_fill(s.r, NULL, s.pix, DPI, &seal, 1, &s.page));
    assert_true(s.page.n_lines > 1);
    text = page_text(&s.page);
    assert_non_null(strstr(text, "upon the list")); /* of the fifth line */
    free(text);
    sheet_clear(&s);
}

static void what_was_read_is_not_read_again(void **state)
{
    struct sheet s;
    struct box seal;
    int lines;

    (void)state;
    sheet_make(&s, "vie");
    seal = seal_on(&s.page);
    stamp(s.pix, &seal);
    lines = s.page.n_lines;
    assert_ok(sealed_lines_fill(s.r, NULL, s.pix, DPI, &seal, 1, &s.page));
    assert_int_equal(s.page.n_lines, lines);
    sheet_clear(&s);
}

static void a_seal_over_the_edge_is_no_failure(void **state)
{
    const struct box seals[] = {{-30, -40, 90, 90}, {880, 480, 90, 90}};
    struct sheet s;

    (void)state;
    sheet_make(&s, "vie");
    assert_ok(sealed_lines_fill(s.r, NULL, s.pix, DPI, seals, 2, &s.page));
    sheet_clear(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_runs_on_beyond_the_seal_is_read),
        cmocka_unit_test(what_was_read_is_not_read_again),
        cmocka_unit_test(a_seal_over_the_edge_is_no_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
