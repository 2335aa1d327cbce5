/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of a CV: work, training, pay, family. Each entry has one cell
 * that is known by its form (a period, a month, a relation) and is a field of
 * its own: "10/2008 - 07/2011: Chuyên viên | Sở Khoa học và Công nghệ". A
 * table may go on on the next page.
 */
#include "pipeline/extract_table.h"
#include "base/alloc.h"
#include "base/strbuf.h"
#include "pipeline/match.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEADING_LETTERS 5 /* an item's text has more than a cell's "3,00" */
#define SCRAP_LETTERS 2
#define SCRAP_PCT 30
#define PLACE_LETTERS_MAX 40

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
    if (fold[at] != '\0' && fold[at + 1] == ')') /* "a) Về bản thân" */
        at += 2 + strspn(fold + at + 2, " ");
    for (int i = 0; i < t->n_rows; i++) {
        if (at < 8 && match_begins(fold + at, table_fold(t, i, 2), &end)) {
            *table = i;
            return true;
        }
    }
    return false;
}

/* Whether a row begins another item of the form, at the left margin. */
static bool is_item(const struct extraction *x, const struct sheet *s,
                    const struct row *r)
{
    AUTO(free_char) char *letters = match_letters(r->p.fold);
    return matches(x, PATTERN_ITEM_NUMBER, r) &&
           strcspn(letters, "abcdefghijklmnopqrstuvwxyz") <= 3 &&
           strlen(letters) >= HEADING_LETTERS &&
           r->x0 < s->left + row_height(r) * 3;
}

/* Whether a row is place and day of a signature: nothing follows them, as it
 * does in a cell that cites a decision. At the right the comma may be lost. */
static bool is_place_and_day(const struct sheet *s, const struct row *r)
{
    const char *fold = r->p.fold;
    const char *day = strstr(fold, "ngay "), *month;
    size_t n = strlen(fold);

    if (day == NULL || day - fold >= PLACE_LETTERS_MAX ||
        (month = strstr(day, " thang ")) == NULL ||
        (strchr("0123456789.", fold[n - 1]) == NULL &&
         (n < 4 || strcmp(fold + n - 4, " nam") != 0)))
        return false;
    return r->x0 > s->width * 0.4 ||
           (day - fold >= 2 && strncmp(day - 2, ", ", 2) == 0 &&
            strstr(month, " nam") != NULL);
}

/* Where the table that begins at height `top` ends: at the next item, heading
 * or signature. */
static double bottom_of(const struct extraction *x, const struct sheet *s,
                        double top)
{
    size_t end;
    int other;
    for (int i = 0; i < s->n_rows; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        if (row_middle_y(r) < top)
            continue;
        if (is_item(x, s, r) || is_heading(x, r, &other) ||
            match_begins(r->p.fold, "nguoi khai", &end) ||
            is_place_and_day(s, r))
            return r->y0;
    }
    return s->height;
}

/* ---- keys ---- */

static enum pattern_id key_pattern(const struct extraction *x, int table)
{
    const char *kind =
        table_cell(&x->rules->tables[TABLE_STAFF_TABLES], table, 1);
    if (strcmp(kind, "period") == 0)
        return PATTERN_PERIOD;
    return strcmp(kind, "month") == 0 ? PATTERN_MONTH : PATTERN_RELATION;
}

static void add_key(struct region *g, const struct row *a, const struct row *b)
{
    struct key k = {.parts = {a, b},
                    .n_parts = b ? 2 : 1,
                    .x0 = a->x0,
                    .y0 = a->y0,
                    .x1 = a->x1,
                    .y1 = a->y1};
    if (b) {
        k.x0 = fmin(k.x0, b->x0);
        k.y0 = fmin(k.y0, b->y0);
        k.x1 = fmax(k.x1, b->x1);
        k.y1 = fmax(k.y1, b->y1);
    }
    if (g->n_keys < ENTRIES_MAX)
        g->keys[g->n_keys++] = k;
}

/* Whether b is the second half of the period that a begins: under it, or to
 * the right of it on the same line. */
static bool is_other_half(const struct extraction *x, const struct row *a,
                          const struct row *b)
{
    double high = row_height(a), step = row_middle_y(b) - row_middle_y(a);
    bool under = step > high * 0.5 && step < high * 1.9 && b->x0 < a->x1 &&
                 b->x1 > a->x0;
    bool beside =
        fabs(step) < high * 0.5 && b->x0 > a->x1 && b->x0 < a->x1 + high * 8;
    return (under || beside) && matches(x, PATTERN_PERIOD_END, b);
}

/* The second half of the period that row i begins, of the rows that follow;
 * -1 if there is none. */
static int other_half(const struct extraction *x, const struct region *g,
                      const bool *used, int i)
{
    if (!matches(x, PATTERN_PERIOD_BEGIN, g->cells[i]))
        return -1;
    for (int k = i > 6 ? i - 6 : 0; k < g->n_cells && k < i + 12; k++)
        if (k != i && !used[k] && is_other_half(x, g->cells[i], g->cells[k]))
            return k;
    return -1;
}

/* Sort the rows of a region into keys and cells. */
static void find_keys(const struct extraction *x, enum pattern_id id,
                      struct region *g)
{
    bool used[CELLS_MAX] = {false};
    for (int i = 0; i < g->n_cells; i++) {
        if (used[i])
            continue;
        int half = id == PATTERN_PERIOD ? other_half(x, g, used, i) : -1;
        if (half >= 0)
            used[half] = true;
        else if (!matches(x, id, g->cells[i]))
            continue;
        used[i] = true;
        add_key(g, g->cells[i], half >= 0 ? g->cells[half] : NULL);
    }
    int kept = 0;
    for (int i = 0; i < g->n_cells; i++)
        if (!used[i])
            g->cells[kept++] = g->cells[i];
    g->n_cells = kept;
}

/* A row that may be left out: a stroke of a rule, a speck. */
static bool is_scrap(const struct row *r)
{
    AUTO(free_char) char *letters = match_letters(r->p.fold);
    return strlen(letters) <= SCRAP_LETTERS &&
           row_evidence(r).min_pct < SCRAP_PCT;
}

static void collect(const struct extraction *x, enum pattern_id id,
                    struct region *g)
{
    const struct sheet *s = g->sheet;
    for (int i = 0; i < s->n_rows && g->n_cells < CELLS_MAX; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        double y = row_middle_y(r);
        if (y > g->top && y < g->bottom && !is_scrap(r))
            g->cells[g->n_cells++] = r;
    }
    find_keys(x, id, g);
}

/* ---- fields ---- */

struct giving {
    struct extraction *x;
    const char *name;
};

static void put_entry(const struct entry *entry, void *user)
{
    struct giving *to = user;
    struct strbuf b;
    strbuf_init(&b);
    struct evidence e = {0};
    for (int i = 0; entry->key && i < entry->key->n_parts; i++) {
        const struct row *r = entry->key->parts[i];
        size_t n = strlen(b.s);
        bool dash = i > 0 && b.s[n - 1] != '-' && r->p.text[0] != '-';
        strbuf_addf(&b, "%s%s%s", i ? " " : "", dash ? "- " : "", r->p.text);
        e = evidence_join(e, row_evidence(r));
    }
    for (int i = 0; i < entry->n_cells; i++) {
        bool next = i > 0 && entry->columns[i] != entry->columns[i - 1];
        strbuf_addf(&b, "%s%s",
                    i == 0 ? ": "
                    : next ? " | "
                           : " ",
                    entry->cells[i]->p.text);
        e = evidence_join(e, row_evidence(entry->cells[i]));
    }
    put_one_field(to->x, to->name, "staff.table", strbuf_take(&b), e,
                  entry->key && !entry->doubt, "tables");
}

/* The part of a table on sheet s below `top`. */
static void put_part(struct extraction *x, const struct sheet *s, double top,
                     double bottom, int table)
{
    AUTO(free_void) struct region *g = xcalloc(1, sizeof(*g));
    struct giving to = {
        x, table_cell(&x->rules->tables[TABLE_STAFF_TABLES], table, 0)};
    g->sheet = s;
    g->top = top;
    g->bottom = bottom;
    collect(x, key_pattern(x, table), g);
    if (g->n_keys == 0 || g->n_cells == 0)
        return;
    if (keys_are_beside(g))
        entries_beside(g, put_entry, &to);
    else
        entries_below(g, put_entry, &to);
}

/* The end of a heading that may go on in rows below it, up to its table. */
static double heading_end(const struct extraction *x, const struct sheet *s,
                          int at, int table)
{
    const struct row *above = &s->rows[s->by_y[at]];
    double left = above->x0;
    for (int i = at + 1; i < s->n_rows; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        double high = row_height(r);
        if (r->y0 - above->y1 > high * 0.6 || fabs(r->x0 - left) > high ||
            matches(x, key_pattern(x, table), r) ||
            matches(x, PATTERN_PERIOD_BEGIN, r) || is_item(x, s, r))
            break;
        above = r;
    }
    return above->y1;
}

void find_tables(struct extraction *x)
{
    for (int i = 0; i < x->n_sheets; i++) {
        const struct sheet *s = &x->sheets[i];
        for (int k = 0; k < s->n_rows; k++) {
            const struct row *r = &s->rows[s->by_y[k]];
            int table = 0;
            if (!is_heading(x, r, &table))
                continue;
            double top = heading_end(x, s, k, table);
            double bottom = bottom_of(x, s, top);
            put_part(x, s, top, bottom, table);
            for (int next = i + 1;
                 bottom >= x->sheets[next - 1].height && next < x->n_sheets;
                 next++) {
                bottom = bottom_of(x, &x->sheets[next], 0);
                put_part(x, &x->sheets[next], 0, bottom, table);
            }
        }
    }
}
