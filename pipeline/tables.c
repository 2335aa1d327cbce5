/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules are what is left when everything shorter than ⅜ inch across and
 * ⅕ inch down is taken away. Where they enclose paper on all sides there is a
 * cell; a frame of four cells or more is a table. A frame round a page, a box
 * round a title, a line under a heading are none.
 */
#include "pipeline/tables.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "pipeline/bilevel.h"
#include "pipeline/leptonica.h"
#include "pipeline/long_runs.h"
#include "pipeline/table_sides.h"
#include <stdlib.h>
#include <string.h>

#define ACROSS_PART 3 / 8  /* of an inch: shortest rule across … */
#define DOWN_PART 5        /* … and down */
#define REACH_PART 20      /* of an inch: gaps that are closed */
#define GAP_PART 12        /* of an inch: between cells of one table */
#define CELLS_MIN 4        /* fewer are no table */
#define CELL_PART 12       /* of an inch: narrower or lower is no cell */
#define CELL_PAGE_PART 4   /* of the page: what is larger is a frame */
#define ROW_PART 16        /* of an inch: tops that far apart are one row */
#define INK_PX_MIN 12      /* fewer dark pixels are no writing */

void tables_clear(struct tables *t)
{
    free(t->cells);
    pixDestroy(&t->around);
    pixDestroy(&t->inside);
    memset(t, 0, sizeof(*t));
}

/*
 * Whether there is anything as long downward as a rule: at half the size,
 * where whatever is dark in four pixels is dark, and a little shorter than a
 * rule must be. Most pages have no table, and this is soon said.
 */
static bool may_have_tables(PIX *dark, int dpi)
{
    AUTO(pixDestroy) PIX *half = pixReduceRankBinary2(dark, 1, NULL);
    AUTO(pixDestroy) PIX *down = NULL;
    l_int32 none = 0;

    if (half != NULL)
        down = pixErodeCompBrick(NULL, half, 1, dpi / DOWN_PART * 3 / 8);
    return down == NULL || pixZero(down, &none) != 0 || !none;
}

/* The rules of a page, a little thicker than they are, and running on at
 * their ends so that corners which do not quite meet are closed; NULL: none. */
static PIX *find_rules(PIX *pix, int dpi)
{
    AUTO(pixDestroy) PIX *dark = bilevel_rules(pix);
    AUTO(pixDestroy) PIX *across = NULL;
    AUTO(pixDestroy) PIX *down = NULL;
    l_int32 none_across = 1, none_down = 1, reach = dpi / REACH_PART | 1;

    if (dark != NULL && may_have_tables(dark, dpi))
        across = long_runs_across(dark, dpi * ACROSS_PART);
    if (across == NULL || pixZero(across, &none_across) != 0 || none_across)
        return NULL;
    down = long_runs_down(dark, dpi / DOWN_PART);
    if (down == NULL || pixZero(down, &none_down) != 0 || none_down)
        return NULL;
    pixDilateBrick(across, across, reach, 3);
    pixDilateBrick(down, down, 3, reach);
    table_sides_close(dark, across, down, dpi);
    return pixOr(NULL, across, down);
}

static int compare_cells(const void *a, const void *b)
{
    const struct cell *left = a, *right = b;

    if (left->table != right->table)
        return left->table - right->table;
    if (left->row != right->row)
        return left->row - right->row;
    if (left->box.x != right->box.x)
        return left->box.x - right->box.x;
    return left->box.y - right->box.y;
}

static int compare_tops(const void *a, const void *b)
{
    return ((const struct cell *)a)->box.y - ((const struct cell *)b)->box.y;
}

/* Number the rows of the cells of one table and put them in order. */
static void order_cells(struct cell *cells, int n, int dpi)
{
    int row = 0, top;

    qsort(cells, (size_t)n, sizeof(*cells), compare_tops);
    top = n ? cells[0].box.y : 0;
    for (int i = 0; i < n; i++) {
        if (cells[i].box.y > top + dpi / ROW_PART) {
            row++;
            top = cells[i].box.y;
        }
        cells[i].row = row;
    }
    qsort(cells, (size_t)n, sizeof(*cells), compare_cells);
}

static bool has_size(const struct box *b, PIX *page, int dpi)
{
    double area = (double)pixGetWidth(page) * pixGetHeight(page);

    return b->w >= dpi / CELL_PART && b->h >= dpi / CELL_PART &&
           (double)b->w * b->h * CELL_PAGE_PART < area;
}

/* Number tables: cells parted by a rule alone belong to one. */
static void join_cells(struct cell *cells, int n, int dpi)
{
    for (int i = 0; i < n; i++) {
        int joined = cells[i].table = i;

        for (int k = 0; k < i; k++) {
            int from = cells[k].table, to = cells[i].table;

            if (from == to || !boxes_near(&cells[i].box, &cells[k].box,
                                          dpi / GAP_PART))
                continue;
            for (int m = 0; m <= i; m++)
                if (cells[m].table == to || cells[m].table == from)
                    cells[m].table = from < to ? from : to;
            joined = cells[i].table;
        }
        cells[i].table = joined;
    }
}

static int compare_tables(const void *a, const void *b)
{
    const struct cell *left = a, *right = b;

    if (left->table != right->table)
        return left->table - right->table;
    return compare_tops(a, b);
}

/* Keep tables of enough cells, each with its cells in order. */
static void settle(struct tables *t, int dpi)
{
    int kept = 0;

    join_cells(t->cells, t->n, dpi);
    if (t->n > 1)
        qsort(t->cells, (size_t)t->n, sizeof(*t->cells), compare_tables);
    for (int first = 0, end; first < t->n; first = end) {
        for (end = first;
             end < t->n && t->cells[end].table == t->cells[first].table;)
            end++;
        if (end - first < CELLS_MIN)
            continue;
        memmove(t->cells + kept, t->cells + first,
                (size_t)(end - first) * sizeof(*t->cells));
        order_cells(t->cells + kept, end - first, dpi);
        kept += end - first;
    }
    t->n = kept;
}

/* White that rules enclose on all sides. */
static void find_cells(PIX *rules, int dpi, struct tables *out)
{
    AUTO(pixDestroy) PIX *white = pixInvert(NULL, rules);
    BOXA *boxes = white ? pixConnCompBB(white, 4) : NULL;
    int n = boxes ? boxaGetCount(boxes) : 0;

    for (int i = 0; i < n; i++) {
        struct cell c = {0};

        boxaGetBoxGeometry(boxes, i, &c.box.x, &c.box.y, &c.box.w, &c.box.h);
        if (c.box.x == 0 || c.box.y == 0 || !has_size(&c.box, rules, dpi))
            continue;
        GROW(out->cells, out->n, out->cap);
        out->cells[out->n++] = c;
    }
    boxaDestroy(&boxes);
    settle(out, dpi);
}

static bool has_ink(PIX *writing, const struct box *b)
{
    BOX *box = boxCreate(b->x, b->y, b->w, b->h);
    AUTO(pixDestroy) PIX *part = pixClipRectangle(writing, box, NULL);
    l_int32 count = 0;

    boxDestroy(&box);
    return part != NULL && pixCountPixels(part, &count, NULL) == 0 &&
           count >= INK_PX_MIN;
}

/* The rules next to cells: elsewhere strokes of large letters may be as
 * long. */
static PIX *rules_of_cells(PIX *rules, const struct tables *t, int dpi)
{
    PIX *own = pixCreateTemplate(rules);
    int gap = dpi / GAP_PART;

    for (int i = 0; own != NULL && i < t->n; i++) {
        const struct box *b = &t->cells[i].box;

        pixRasterop(own, b->x - gap, b->y - gap, b->w + 2 * gap,
                    b->h + 2 * gap, PIX_SRC | PIX_DST, rules, b->x - gap,
                    b->y - gap);
    }
    return own;
}

/* The two images, and only the cells with writing. */
static enum status part_images(PIX *pix, PIX *bilevel, PIX *all_rules, int dpi,
                               struct tables *t)
{
    AUTO(pixDestroy) PIX *rules = rules_of_cells(all_rules, t, dpi);
    AUTO(pixDestroy) PIX *writing =
        bilevel && rules ? pixSubtract(NULL, bilevel, rules) : NULL;
    int kept = 0;

    t->inside = rules ? pixConvertTo8(pix, 0) : NULL;
    if (t->inside != NULL)
        pixSetMasked(t->inside, rules, 255);
    t->around = t->inside ? pixCopy(NULL, t->inside) : NULL;
    if (t->around == NULL || writing == NULL)
        return fail(STATUS_LIMIT, _("no memory for reading tables"));
    for (int i = 0; i < t->n; i++) {
        const struct box *b = &t->cells[i].box;
        BOX *box = boxCreate(b->x, b->y, b->w, b->h);

        pixSetInRect(t->around, box);
        boxDestroy(&box);
        if (has_ink(writing, b))
            t->cells[kept++] = t->cells[i];
    }
    t->n = kept;
    return STATUS_OK;
}

enum status tables_find(PIX *pix, int dpi, struct tables *out)
{
    AUTO(pixDestroy) PIX *rules = find_rules(pix, dpi);
    AUTO(pixDestroy) PIX *bilevel = NULL;
    struct tables t = {0};
    enum status st = STATUS_OK;

    if (rules == NULL)
        return STATUS_OK;
    find_cells(rules, dpi, &t);
    if (t.n > 0) {
        bilevel = bilevel_make(pix);
        st = part_images(pix, bilevel, rules, dpi, &t);
    }
    if (st != STATUS_OK || t.n == 0) {
        tables_clear(&t);
        return st;
    }
    *out = t;
    return STATUS_OK;
}

/* ---- putting the cells among the lines ---- */

/* The number of the first line of page that stands below the middle of the
 * table whose cells are from number `first` up to `end`. */
static int place_of(const struct tables *t, int first, int end,
                    const struct page *page)
{
    int top = t->cells[first].box.y, bottom = top;

    for (int i = first; i < end; i++) {
        int low = t->cells[i].box.y + t->cells[i].box.h;

        bottom = low > bottom ? low : bottom;
    }
    for (int i = 0; i < page->n_lines; i++) {
        const struct box *b = &page->lines[i].box;

        if (b->y + b->h / 2 > (top + bottom) / 2)
            return i;
    }
    return page->n_lines;
}

void page_insert_lines(struct page *page, int at, struct page *lines)
{
    struct page all = {0};
    int block = -1, was = -1;
    bool behind = true; /* the next line begins a block in any case */

    for (int i = 0; i < page->n_lines + lines->n_lines; i++) {
        bool inner = i >= at && i < at + lines->n_lines;
        struct line *l = inner      ? &lines->lines[i - at]
                         : i < at ? &page->lines[i]
                                  : &page->lines[i - lines->n_lines];

        if (i == at || i == at + lines->n_lines)
            behind = true;
        block += behind || l->block != was;
        was = l->block;
        behind = false;
        l->block = block;
        page_take_line(&all, l);
    }
    free(page->lines);
    free(lines->lines);
    page->lines = all.lines;
    page->n_lines = all.n_lines;
    lines->lines = NULL;
    lines->n_lines = 0;
}

void tables_merge(const struct tables *t, struct page *cell, struct page *page)
{
    for (int first = 0, end; first < t->n; first = end) {
        struct page table = {0};

        for (end = first;
             end < t->n && t->cells[end].table == t->cells[first].table;
             end++) {
            for (int k = 0; k < cell[end].n_lines; k++) {
                cell[end].lines[k].block = t->cells[end].row;
                page_take_line(&table, &cell[end].lines[k]);
            }
            cell[end].n_lines = 0;
            page_clear(&cell[end]);
        }
        if (table.n_lines > 0)
            page_insert_lines(page, place_of(t, first, end, page), &table);
    }
}
