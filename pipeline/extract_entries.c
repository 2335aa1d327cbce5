/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which cells of a CV's table belong together. Ruling lines are gone when
 * words get here; what is left is where the words stand. Between two keys the
 * widest gap that goes through all columns parts their entries; columns are
 * what no row of words reaches across. Where two gaps are alike, both entries
 * are left to a person.
 */
#include "base/alloc.h"
#include "pipeline/extract_table.h"
#include "pipeline/match.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHRINK 0.2     /* of a box, where letters rarely reach */
#define PLAIN_GAP 1.25 /* the widest gap is so much wider than the next */
#define BESIDE 0.5     /* of their height two rows of one line share */

bool is_table_head(const char *fold)
{
    static const char *const words[] = {
        "tu thang",  "thang, nam", "thang/nam",  "den",         "chuc danh",
        "don vi",    "chuc vu",    "ten truong", "nganh",       "hinh thuc",
        "van bang",  "thoi gian",  "quan he",    "moi quan",    "ho va ten",
        "nam sinh",  "sinh",       "que quan",   "nghe nghiep", "ma ngach",
        "bac",       "he so",      "dao tao",    "boi duong",   "trinh do",
        "chung chi", "doan the",   "cong tac",   "hoc tap",     "noi o",
        "nghiep vu", "chuyen mon", "co so",      "to chuc",     "dien bien"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strstr(fold, words[i]))
            return true;
    AUTO(free_char) char *letters = match_letters(fold);
    return strlen(letters) <= 4;
}

/* ---- gaps ---- */

struct stretch {
    double y0, y1;
};

static int by_start(const void *a, const void *b)
{
    const struct stretch *p = a, *q = b;
    return (p->y0 > q->y0) - (p->y0 < q->y0);
}

/* What of a region has words, in y between two heights; sorted. */
static int stretches_in(const struct region *g, double from, double to,
                        struct stretch *out)
{
    int n = 0;
    for (int i = 0; i < g->n_cells + g->n_keys; i++) {
        double y0 =
            i < g->n_cells ? g->cells[i]->y0 : g->keys[i - g->n_cells].y0;
        double y1 =
            i < g->n_cells ? g->cells[i]->y1 : g->keys[i - g->n_cells].y1;
        double rim = (y1 - y0) * SHRINK;
        if (y1 > from && y0 < to)
            out[n++] = (struct stretch){y0 + rim, y1 - rim};
    }
    if (n > 1)
        qsort(out, (size_t)n, sizeof(out[0]), by_start);
    return n;
}

/* The middle of the widest gap between two heights; *plain: no other is like
 * it. The first height if there is none. */
static double widest_gap(const struct region *g, double from, double to,
                         bool *plain)
{
    struct stretch s[CELLS_MAX + ENTRIES_MAX];
    int n = stretches_in(g, from, to, s);
    double widest = 0, next = 0, at = from, reached = n ? s[0].y1 : from;
    for (int i = 1; i < n; i++) {
        double gap = s[i].y0 - reached;
        if (gap > widest) {
            next = widest;
            widest = gap;
            at = (s[i].y0 + reached) / 2;
        } else if (gap > next) {
            next = gap;
        }
        reached = fmax(reached, s[i].y1);
    }
    *plain = widest > 0 && widest > next * PLAIN_GAP;
    return at;
}

static double middle(const struct key *k)
{
    return (k->y0 + k->y1) / 2;
}

/* Where the head of a table ends: above are only its words. */
static double head_end(const struct region *g)
{
    double key = middle(&g->keys[0]), first = key;
    for (int i = 0; i < g->n_cells; i++)
        if (row_middle_y(g->cells[i]) < key &&
            is_table_head(g->cells[i]->p.fold))
            first = fmin(first, g->cells[i]->y0);
    bool plain;
    return first < key ? widest_gap(g, first, key, &plain) : g->top;
}

/* ---- columns ---- */

static bool on_one_line(double a0, double a1, double b0, double b1)
{
    double shared = fmin(a1, b1) - fmax(a0, b0);
    return shared > BESIDE * fmin(a1 - a0, b1 - b0);
}

static bool reaches(const struct row *a, const struct row *b)
{
    return a != b && a->x0 < b->x1 && a->x1 > b->x0;
}

/* Whether a row has the words of two columns that ran together: elsewhere
 * two rows stand side by side where it reaches. */
static bool spans_columns(const struct region *g, const struct row *r)
{
    for (int i = 0; i < g->n_cells; i++) {
        const struct row *a = g->cells[i];
        for (int k = 0; k < i && reaches(r, a); k++) {
            const struct row *b = g->cells[k];
            if (reaches(r, b) && !reaches(a, b) &&
                on_one_line(a->y0, a->y1, b->y0, b->y1))
                return true;
        }
    }
    return false;
}

struct column {
    double x0, x1;
};

static int by_left(const void *a, const void *b)
{
    const struct column *p = a, *q = b;
    return (p->x0 > q->x0) - (p->x0 < q->x0);
}

/* The columns of the cells below `top`: runs of x that some row fills. */
static int columns_of(const struct region *g, double top, struct column *out)
{
    struct column all[CELLS_MAX];
    int n = 0, kept = 0;
    for (int i = 0; i < g->n_cells; i++)
        if (row_middle_y(g->cells[i]) > top && !spans_columns(g, g->cells[i]))
            all[n++] = (struct column){g->cells[i]->x0, g->cells[i]->x1};
    if (n > 1)
        qsort(all, (size_t)n, sizeof(all[0]), by_left);
    for (int i = 0; i < n; i++) {
        if (kept > 0 && all[i].x0 < out[kept - 1].x1)
            out[kept - 1].x1 = fmax(out[kept - 1].x1, all[i].x1);
        else
            out[kept++] = all[i];
    }
    return kept;
}

static int column_at(const struct column *c, int n, const struct row *r)
{
    for (int i = 0; i < n; i++)
        if (row_middle_x(r) < c[i].x1)
            return i;
    return n > 0 ? n - 1 : 0;
}

static void add_cell(struct entry *e, const struct row *r, int column)
{
    int at = e->n_cells++;
    /* Columns ascend; within one, rows come from the top already. */
    for (; at > 0 && e->columns[at - 1] > column; at--) {
        e->cells[at] = e->cells[at - 1];
        e->columns[at] = e->columns[at - 1];
    }
    e->cells[at] = r;
    e->columns[at] = column;
}

/* ---- entries below each other ---- */

/* Whether a row stands where keys do, and is none. */
static bool is_in_key_column(const struct region *g, const struct row *r)
{
    for (int i = 0; i < g->n_keys; i++)
        if (r->x0 < g->keys[i].x1 && r->x1 > g->keys[i].x0)
            return true;
    return false;
}

/* A row that no entry can be said to have. */
static void give_odd(const struct row *r, entry_fn *each, void *user)
{
    AUTO(free_void) struct entry *odd = xcalloc(1, sizeof(*odd));
    odd->doubt = true;
    add_cell(odd, r, 0);
    each(odd, user);
}

void entries_below(const struct region *g, entry_fn *each, void *user)
{
    AUTO(free_void) struct entry *e = xcalloc(1, sizeof(*e));
    struct column columns[CELLS_MAX];
    double top = head_end(g), from = top;
    bool plain = true, plain_before = true;
    int n_columns = columns_of(g, top, columns);
    for (int i = 0; i < g->n_cells; i++) {
        const struct row *r = g->cells[i];
        if (row_middle_y(r) <= top && r->y0 > g->top &&
            !is_table_head(r->p.fold)) {
            give_odd(r, each, user);
            plain_before = false;
        }
    }
    for (int k = 0; k < g->n_keys; k++) {
        double to = g->bottom;
        if (k + 1 < g->n_keys)
            to = widest_gap(g, middle(&g->keys[k]), middle(&g->keys[k + 1]),
                            &plain);
        memset(e, 0, sizeof(*e));
        e->key = &g->keys[k];
        e->doubt = !plain || !plain_before;
        for (int i = 0; i < g->n_cells; i++) {
            const struct row *r = g->cells[i];
            if (row_middle_y(r) <= from || row_middle_y(r) > to)
                continue;
            if (is_in_key_column(g, r)) {
                e->doubt = true;
                give_odd(r, each, user);
            } else {
                e->doubt = e->doubt || spans_columns(g, r);
                add_cell(e, r, column_at(columns, n_columns, r));
            }
        }
        e->doubt = e->doubt || e->n_cells == 0;
        each(e, user);
        plain_before = plain;
        from = to;
    }
}

/* ---- entries beside each other ---- */

bool keys_are_beside(const struct region *g)
{
    for (int i = 1; i < g->n_keys; i++)
        if (on_one_line(g->keys[i].y0, g->keys[i].y1, g->keys[i - 1].y0,
                        g->keys[i - 1].y1))
            return true;
    return false;
}

/* The key of keys from..to-1 under which a row stands; -1 none. */
static int key_over(const struct region *g, int from, int to,
                    const struct row *r)
{
    int best = -1, found = 0;
    for (int i = from; i < to; i++) {
        if (r->x0 < g->keys[i].x1 && r->x1 > g->keys[i].x0) {
            best = i;
            found++;
        }
    }
    return found == 1 ? best : -1;
}

/* Entries of the keys from..to-1, which stand on one line. */
static void give_line(const struct region *g, int from, int to, double bottom,
                      entry_fn *each, void *user)
{
    AUTO(free_void) struct entry *e = xcalloc(1, sizeof(*e));
    double left = g->keys[from].x0;
    int cells = -1;
    bool same = true;
    for (int pass = 0; pass < 2; pass++) {
        for (int k = from; k < to; k++) {
            memset(e, 0, sizeof(*e));
            e->key = &g->keys[k];
            for (int i = 0; i < g->n_cells; i++) {
                const struct row *r = g->cells[i];
                if (r->y0 < e->key->y1 - row_height(r) * BESIDE ||
                    row_middle_y(r) > bottom || r->x1 < left)
                    continue;
                int over = key_over(g, from, to, r);
                same = same && over >= 0;
                if (over == k)
                    add_cell(e, r, e->n_cells);
            }
            same = same && (cells < 0 || cells == e->n_cells);
            cells = e->n_cells;
            e->doubt = !same || e->n_cells == 0;
            if (pass == 1) /* what is amiss in one shifts the others, too */
                each(e, user);
        }
    }
}

static int by_line(const void *a, const void *b)
{
    const struct key *p = a, *q = b;
    if (on_one_line(p->y0, p->y1, q->y0, q->y1))
        return (p->x0 > q->x0) - (p->x0 < q->x0);
    return (p->y0 > q->y0) - (p->y0 < q->y0);
}

void entries_beside(const struct region *g, entry_fn *each, void *user)
{
    AUTO(free_void) struct region *sorted = xcalloc(1, sizeof(*sorted));
    *sorted = *g;
    if (g->n_keys > 1)
        qsort(sorted->keys, (size_t)g->n_keys, sizeof(g->keys[0]), by_line);
    for (int from = 0, to; from < g->n_keys; from = to) {
        const struct key *first = &sorted->keys[from];
        for (to = from + 1; to < g->n_keys; to++)
            if (!on_one_line(first->y0, first->y1, sorted->keys[to].y0,
                             sorted->keys[to].y1))
                break;
        double bottom = to < g->n_keys ? sorted->keys[to].y0 : g->bottom;
        give_line(sorted, from, to, bottom, each, user);
    }
}
