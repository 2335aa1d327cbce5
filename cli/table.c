/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables: filling them, and their cells as people write them. */
#include "cli/table.h"
#include "base/alloc.h"
#include "base/i18n.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void table_start(struct table *t, const char *title)
{
    *t = (struct table){.title = xstrdup(title)};
}

void table_clear(struct table *t)
{
    for (size_t i = 0; i < t->n_cells; i++)
        free(t->cells[i].text);
    for (int i = 0; i < t->n_columns; i++)
        free(t->columns[i].heading);
    free(t->cells);
    free(t->title);
    free(t->note);
    *t = (struct table){0};
}

void table_note(struct table *t, const char *format, ...)
{
    va_list args;
    free(t->note);
    va_start(args, format);
    int n = vasprintf(&t->note, format, args);
    va_end(args);
    assert(n >= 0);
}

void table_column(struct table *t, enum cell_type type, const char *heading)
{
    assert(t->n_columns < TABLE_COLUMNS && t->n_cells == 0);
    t->columns[t->n_columns++] =
        (struct table_column){.heading = xstrdup(heading), .type = type};
}

static void take_cell(struct table *t, struct cell c)
{
    GROW(t->cells, t->n_cells, t->cap_cells);
    t->cells[t->n_cells++] = c;
}

void table_text(struct table *t, const char *text)
{
    take_cell(t, (struct cell){.text = xstrdup(text), .empty = *text == '\0'});
}

void table_number(struct table *t, double number)
{
    take_cell(t, (struct cell){.number = number});
}

void table_empty(struct table *t)
{
    take_cell(t, (struct cell){.empty = true});
}

int table_rows(const struct table *t)
{
    return t->n_columns == 0 ? 0 : (int)(t->n_cells / (size_t)t->n_columns);
}

const struct cell *table_at(const struct table *t, int row, int column)
{
    return &t->cells[(size_t)row * (size_t)t->n_columns + (size_t)column];
}

/* ---- as people write ---- */

const char *decimal_text(double number, char out[NUMBER_BYTES])
{
    int64_t tenths = llround(number * 10);
    char whole[NUMBER_BYTES];
    number_text(tenths / 10, whole);
    snprintf(out, NUMBER_BYTES, "%.30s%c%d", whole,
             i18n_vietnamese() ? ',' : '.', abs((int)(tenths % 10)));
    return out;
}

const char *percent_text(double pct, char out[NUMBER_BYTES])
{
    char number[NUMBER_BYTES];
    snprintf(out, NUMBER_BYTES, "%.32s%s", decimal_text(pct, number),
             i18n_vietnamese() ? "%" : " %");
    return out;
}

const char *target_text(int pct, char out[NUMBER_BYTES])
{
    snprintf(out, NUMBER_BYTES, "%d%s", pct, i18n_vietnamese() ? "%" : " %");
    return out;
}

const char *day_text(const char *iso, char out[DAY_BYTES])
{
    if (i18n_vietnamese() && strlen(iso) == 10 && iso[4] == '-')
        snprintf(out, DAY_BYTES, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
    else if (i18n_vietnamese() && strlen(iso) == 7 && iso[4] == '-')
        snprintf(out, DAY_BYTES, "%.2s/%.4s", iso + 5, iso);
    else
        snprintf(out, DAY_BYTES, "%s", iso);
    return out;
}

char *cell_text(const struct cell *c, enum cell_type type)
{
    char out[NUMBER_BYTES];
    if (c->empty)
        return xstrdup(type <= CELL_CODE || type == CELL_DAY ? "" : "–");
    switch (type) {
    case CELL_TEXT:
    case CELL_CODE:
        return xstrdup(c->text);
    case CELL_DAY:
        return xstrdup(day_text(c->text, out));
    case CELL_COUNT:
        return xstrdup(number_text((int64_t)c->number, out));
    case CELL_DECIMAL:
        return xstrdup(decimal_text(c->number, out));
    case CELL_PERCENT:
        return xstrdup(percent_text(c->number, out));
    }
    return xstrdup("");
}
