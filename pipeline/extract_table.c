/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of a CV: work, training, pay, family. Ruling lines are gone when
 * words get here; what is left is where the words stand. Each row of a table
 * has one cell that is known by its form (a period, a month, a relation); the
 * text beside falls into as many groups, with wider gaps between them, or the
 * table is left to a person.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "pipeline/extract_inner.h"
#include "pipeline/match.h"
#include <stdlib.h>
#include <string.h>

#define ENTRIES_MAX 40
#define CELLS_MAX 200

struct region {
    const struct sheet *sheet;
    enum pattern_id start; /* how the key cell of a row begins */
    double top, bottom;
    int keys[ENTRIES_MAX]; /* rows of the sheet */
    int n_keys;
    int cells[CELLS_MAX]; /* the others, from the top */
    int n_cells;
    bool doubt; /* there may be rows that were not seen as such */
};

static bool matches(const struct extraction *x, enum pattern_id id,
                    const struct row *r)
{
    struct span g[PATTERN_GROUPS];
    return pattern_find(x->rules->patterns[id], r->p.fold, 0, r->p.fold_len,
                        g) &&
           g[0].from == 0;
}

/* Whether a row is the heading of a table; *table is its row in the rules. */
static bool is_heading(const struct extraction *x, const struct row *r,
                       int *table)
{
    const struct table *t = &x->rules->tables[TABLE_STAFF_TABLES];
    const char *fold = r->p.fold;
    size_t at = strcspn(fold, "abcdefghijklmnopqrstuvwxyz"), end;
    for (int i = 0; i < t->n_rows; i++) {
        if (at < 8 && match_begins(fold + at, table_fold(t, i, 2), &end)) {
            *table = i;
            return true;
        }
    }
    return false;
}

/* Where the table that begins under `heading` ends: at the next item, heading
 * or signature. */
static double bottom_of(const struct extraction *x, const struct sheet *s,
                        const struct row *heading)
{
    size_t end;
    int other;
    for (int i = 0; i < s->n_rows; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        if (row_middle_y(r) < heading->y1)
            continue;
        if (matches(x, PATTERN_ITEM_NUMBER, r) || is_heading(x, r, &other) ||
            match_begins(r->p.fold, "nguoi khai", &end) ||
            (r->x0 > s->width * 0.4 && strstr(r->p.fold, "ngay ") &&
             strstr(r->p.fold, " thang ")))
            return r->y0;
    }
    return s->height;
}

/* Whether these are words of the head of such a table. */
static bool is_head(const char *fold)
{
    static const char *const words[] = {
        "tu thang", "thang, nam", "thang/nam", "den", "chuc danh", "don vi",
        "chuc vu",  "ten truong", "nganh",     "hinh thuc", "van bang",
        "thoi gian", "quan he",   "ho va ten", "nam sinh",  "que quan",
        "nghe nghiep", "ma ngach", "bac",      "he so"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strstr(fold, words[i]))
            return true;
    AUTO(free_char) char *letters = match_letters(fold);
    return strlen(letters) <= 4; /* a mark torn off a letter */
}

/* Keep the cells beside the keys; what else there is should be the head of the
 * table, or else a row was not known by its key. */
static void leave_out_head(struct region *g)
{
    const struct row *rows = g->sheet->rows;
    const struct row *first = &rows[g->keys[0]];
    int kept = 0;
    for (int i = 0; i < g->n_cells; i++) {
        const struct row *r = &rows[g->cells[i]];
        bool above = row_middle_y(r) < first->y0 - row_height(first) * 1.2;
        if (r->x0 > first->x1 && !above)
            g->cells[kept++] = g->cells[i];
        else if (!above || !is_head(r->p.fold))
            g->doubt = true;
    }
    g->n_cells = kept;
}

static void collect(const struct extraction *x, struct region *g)
{
    const struct sheet *s = g->sheet;
    for (int i = 0; i < s->n_rows; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        double y = row_middle_y(r);
        if (y < g->top || y > g->bottom)
            continue;
        if (matches(x, g->start, r) && g->n_keys < ENTRIES_MAX)
            g->keys[g->n_keys++] = s->by_y[i];
        else if (row_evidence(r).min_pct >= 30 && g->n_cells < CELLS_MAX)
            g->cells[g->n_cells++] = s->by_y[i];
    }
    if (g->n_keys > 0)
        leave_out_head(g);
}

/* Part the cells into groups at the n - 1 widest steps; starts[i] is the
 * first of group i. False if the steps do not tell. */
static bool part_cells(const struct region *g, int starts[ENTRIES_MAX + 1])
{
    double steps[CELLS_MAX] = {0};
    const struct row *rows = g->sheet->rows;
    if (g->n_cells < g->n_keys)
        return false;
    for (int i = 1; i < g->n_cells; i++)
        steps[i] = row_middle_y(&rows[g->cells[i]]) -
                   row_middle_y(&rows[g->cells[i - 1]]);
    bool cut[CELLS_MAX] = {false};
    double least_cut = 1e9, most_kept = 0;
    for (int n = 1; n < g->n_keys; n++) {
        int widest = 0;
        for (int i = 1; i < g->n_cells; i++)
            if (!cut[i] && (widest == 0 || steps[i] > steps[widest]))
                widest = i;
        cut[widest] = true;
        least_cut = steps[widest];
    }
    int n = 0;
    starts[n++] = 0;
    for (int i = 1; i < g->n_cells; i++) {
        if (cut[i])
            starts[n++] = i;
        else if (steps[i] > most_kept)
            most_kept = steps[i];
    }
    starts[n] = g->n_cells;
    return n == g->n_keys && (n == 1 || least_cut > most_kept * 1.05);
}

/* Whether the cells from..to stand beside their key cell. */
static bool is_beside(const struct region *g, const struct row *key, int from,
                      int to)
{
    const struct row *rows = g->sheet->rows;
    return rows[g->cells[from]].y0 < key->y1 &&
           rows[g->cells[to]].y1 > key->y0;
}

static void put_table(struct extraction *x, const struct region *g,
                      const char *name)
{
    int starts[ENTRIES_MAX + 1];
    bool told = part_cells(g, starts) && !g->doubt;
    struct strbuf b;
    strbuf_init(&b);
    struct evidence e = {0};
    const struct row *rows = g->sheet->rows;
    for (int i = 0; i < g->n_keys; i++) {
        const struct row *key = &rows[g->keys[i]];
        e = evidence_join(e, row_evidence(key));
        strbuf_addf(&b, "%s%s:", i ? "; " : "", key->p.text);
        for (int k = told ? starts[i] : 0; told && k < starts[i + 1]; k++) {
            const struct row *cell = &rows[g->cells[k]];
            strbuf_addf(&b, " %s", cell->p.text);
            e = evidence_join(e, row_evidence(cell));
        }
        told = told && is_beside(g, key, starts[i], starts[i + 1] - 1);
    }
    put_field(x, name, "staff.table", strbuf_take(&b), e, told, "tables");
}

void find_tables(struct extraction *x)
{
    const struct table *t = &x->rules->tables[TABLE_STAFF_TABLES];
    for (int i = 0; i < x->n_sheets; i++) {
        const struct sheet *s = &x->sheets[i];
        for (int k = 0; k < s->n_rows; k++) {
            const struct row *r = &s->rows[s->by_y[k]];
            int table = 0;
            if (!is_heading(x, r, &table))
                continue;
            const char *kind = table_cell(t, table, 1);
            struct region g = {.sheet = s,
                               .top = r->y1,
                               .bottom = bottom_of(x, s, r),
                               .start = strcmp(kind, "period") == 0
                                            ? PATTERN_PERIOD
                                        : strcmp(kind, "month") == 0
                                            ? PATTERN_MONTH
                                            : PATTERN_RELATION};
            collect(x, &g);
            if (g.n_keys > 0 && g.n_cells > 0)
                put_table(x, &g, table_cell(t, table, 0));
        }
    }
}
