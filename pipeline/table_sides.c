/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See table_sides.h. */
#include "pipeline/table_sides.h"

#include "base/alloc.h"
#include "base/record.h"
#include "pipeline/leptonica.h"
#include <stdlib.h>

#define RULES_MIN 3     /* fewer rules across are no table */
#define APART_PART 16   /* of an inch: ends that far apart are two */
#define ROW_PARTS 3 / 2 /* of an inch: rows are not higher */
#define ALONG_PCT 60    /* of their height that a rule down runs along */
#define EDGE_PARTS 2    /* heights of a table: a longer rule is none of its */
#define SIDE_PX 3       /* a side's width */
#define CROSSED_PCT 20  /* of its height, by writing: it is none */

/* Rules across, from the top, and rules down. */
struct rules {
    struct box *across, *down;
    int n_across, n_down;
};

static int compare_tops(const void *a, const void *b)
{
    return ((const struct box *)a)->y - ((const struct box *)b)->y;
}

static struct box *boxes_of(PIX *pix, int *n)
{
    BOXA *found = pixConnCompBB(pix, 8);
    struct box *boxes;

    *n = found ? boxaGetCount(found) : 0;
    boxes = xcalloc((size_t)*n + 1, sizeof(*boxes));
    for (int i = 0; i < *n; i++)
        boxaGetBoxGeometry(found, i, &boxes[i].x, &boxes[i].y, &boxes[i].w,
                           &boxes[i].h);
    boxaDestroy(&found);
    if (*n > 1)
        qsort(boxes, (size_t)*n, sizeof(*boxes), compare_tops);
    return boxes;
}

static int end_of(const struct box *b, bool right)
{
    return right ? b->x + b->w : b->x;
}

/* The box around rule `first` and those below it that end where it ends.
 * n: how many they are */
static struct box ending_under(const struct rules *r, int first, bool right,
                               int dpi, int *n)
{
    const struct box *top = &r->across[first], *last = top;
    struct box all = *top;

    *n = 1;
    for (int i = first + 1; i < r->n_across; i++) {
        const struct box *b = &r->across[i];

        if (abs(end_of(b, right) - end_of(top, right)) > dpi / APART_PART)
            continue;
        if (b->y - last->y > dpi * ROW_PARTS)
            break;
        all = box_union(all, *b);
        last = b;
        (*n)++;
    }
    return all;
}

/* Whether rules down run along most of the height of a box within it, and none
 * of about its height beyond the side: there the table would go on. The edge of
 * the paper is longer. */
static bool is_outermost(const struct rules *r, const struct box *all,
                         bool right)
{
    bool ruled = false, beyond = false;

    for (int i = 0; i < r->n_down; i++) {
        const struct box *b = &r->down[i];
        bool within = span_overlap(b->x, b->w, all->x, all->w) > 0;
        int along = span_overlap(b->y, b->h, all->y, all->h);

        ruled = ruled || (within && along * 100 >= all->h * ALONG_PCT);
        beyond = beyond || (!within && along > 0 &&
                            (b->x > all->x) == right &&
                            b->h < all->h * EDGE_PARTS);
    }
    return ruled && !beyond;
}

/* Whether writing lies across a side: it goes through cells. A thin rule that
 * is there in dashes lies along it. */
static bool is_crossed(PIX *dark, const struct box *side)
{
    int crossed = 0;

    for (int y = side->y; y < side->y + side->h; y++) {
        l_uint32 left = 0, right = 0;

        pixGetPixel(dark, side->x - 1, y, &left);
        pixGetPixel(dark, side->x + side->w, y, &right);
        crossed += left && right;
    }
    return crossed * 100 > side->h * CROSSED_PCT;
}

static void close_side(const struct rules *r, bool right, int dpi, PIX *dark,
                       PIX *down)
{
    for (int i = 0; i < r->n_across; i++) {
        int n, end = end_of(&r->across[i], right);
        struct box all = ending_under(r, i, right, dpi, &n);
        struct box side = {right ? end - SIDE_PX : end, all.y, SIDE_PX, all.h};

        if (n >= RULES_MIN && is_outermost(r, &all, right) &&
            !is_crossed(dark, &side))
            pixRasterop(down, side.x, side.y, side.w, side.h, PIX_SET, NULL, 0,
                        0);
    }
}

void table_sides_close(PIX *dark, PIX *across, PIX *down, int dpi)
{
    struct rules r = {0};

    r.across = boxes_of(across, &r.n_across);
    r.down = boxes_of(down, &r.n_down);
    close_side(&r, false, dpi, dark, down);
    close_side(&r, true, dpi, dark, down);
    free(r.across);
    free(r.down);
}
