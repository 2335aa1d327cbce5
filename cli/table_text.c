/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table on a terminal: columns as wide as they need, cut where the screen
 * ends, percents with a bar. Anywhere else nothing is cut. */
#include "cli/table.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define GAP_COLUMNS 2
#define BAR_COLUMNS 20
#define NARROWEST 12 /* a text column is cut no further */

char *bar_text(double pct, int columns)
{
    struct strbuf b;
    int full = (int)(pct / 100 * columns + 0.5);
    strbuf_init(&b);
    for (int i = 0; i < columns; i++)
        strbuf_adds(&b, i < full ? "█" : "░");
    return strbuf_take(&b);
}

static bool is_number(enum cell_type type)
{
    return type == CELL_COUNT || type == CELL_DECIMAL || type == CELL_PERCENT;
}

static int visible_rows(const struct table *t, int rows)
{
    int all = table_rows(t);
    return rows < 0 || rows > all ? all : rows;
}

static int measure(const struct table *t, int rows, int widths[TABLE_COLUMNS])
{
    int sum = 0;
    for (int c = 0; c < t->n_columns; c++) {
        widths[c] = (int)text_width(t->columns[c].heading);
        for (int r = 0; r < rows; r++) {
            AUTO(free_char)
            char *text = cell_text(table_at(t, r, c), t->columns[c].type);
            int width = (int)text_width(text);
            if (width > widths[c])
                widths[c] = width;
        }
        sum += widths[c] + GAP_COLUMNS;
        if (t->bars && t->columns[c].type == CELL_PERCENT)
            sum += BAR_COLUMNS + 1;
    }
    return sum;
}

/* The widest text gives way first. */
static void fit(const struct table *t, int sum, int room,
                int widths[TABLE_COLUMNS])
{
    while (sum > room) {
        int widest = -1;
        for (int c = 0; c < t->n_columns; c++) {
            if (t->columns[c].type == CELL_TEXT && widths[c] > NARROWEST &&
                (widest < 0 || widths[c] > widths[widest]))
                widest = c;
        }
        if (widest < 0)
            return;
        widths[widest]--;
        sum--;
    }
}

static void print_right(struct printer *p, const char *text, int width)
{
    int used = (int)text_width(text);
    print(p, "%*s%s", used < width ? width - used : 0, "", text);
}

static void print_row(struct printer *p, const struct table *t, int row,
                      const int widths[TABLE_COLUMNS])
{
    for (int c = 0; c < t->n_columns; c++) {
        const struct table_column *column = &t->columns[c];
        const struct cell *cell = row < 0 ? NULL : table_at(t, row, c);
        AUTO(free_char)
        char *text =
            cell ? cell_text(cell, column->type) : xstrdup(column->heading);
        bool last = c + 1 == t->n_columns;
        print(p, "  ");
        if (is_number(column->type))
            print_right(p, text, widths[c]);
        else if (last && (int)text_width(text) <= widths[c])
            print(p, "%s", text);
        else
            print_column(p, text, widths[c]);
        if (!t->bars || column->type != CELL_PERCENT)
            continue;
        AUTO(free_char)
        char *bar = cell ? bar_text(cell->number, BAR_COLUMNS) : xstrdup("");
        print(p, " ");
        if (!last)
            print_column(p, bar, BAR_COLUMNS);
        else
            print(p, "%s", bar);
    }
    print(p, "\n");
}

void table_print(struct printer *p, const struct table *t, int rows)
{
    int widths[TABLE_COLUMNS];
    int n = visible_rows(t, rows), all = table_rows(t);
    int sum = measure(t, n, widths);
    char number[NUMBER_BYTES];
    if (p->out_is_terminal)
        fit(t, sum, p->columns, widths);
    print_style(p, STYLE_BOLD);
    print(p, "%s\n", t->title);
    print_style(p, STYLE_PLAIN);
    if (t->note)
        print_wrapped(p, t->note, 2, 0);
    print_style(p, STYLE_BOLD);
    print_row(p, t, -1, widths);
    print_style(p, STYLE_PLAIN);
    for (int r = 0; r < n; r++) {
        if (t->total && r + 1 == all)
            print_style(p, STYLE_BOLD);
        print_row(p, t, r, widths);
        print_style(p, STYLE_PLAIN);
    }
    if (n < all)
        print(p,
              ngettext("  … and %s more\n", "  … and %s more\n",
                       (unsigned long)(all - n)),
              number_text(all - n, number));
    print(p, "\n");
}
