/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/table.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/rules_dir.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

#define TABLE_BYTES_MAX (4u << 20)
#define COLUMNS_MAX 8

const char *table_cell(const struct table *t, int row, int column)
{
    return t->cell[row * t->n_columns + column];
}

const char *table_fold(const struct table *t, int row, int column)
{
    return t->fold[row * t->n_columns + column];
}

int table_find_fold(const struct table *t, int column, const char *folded)
{
    for (int i = 0; i < t->n_rows; i++)
        if (strcmp(table_fold(t, i, column), folded) == 0)
            return i;
    return -1;
}

/* Split one line at tabs into the table's next row; false if it has another
 * number of cells. */
static bool add_row(struct table *t, char *line, int number)
{
    char *cells[COLUMNS_MAX];
    int n = 0;
    for (char *cell; n < COLUMNS_MAX && (cell = strsep(&line, "\t")) != NULL;)
        cells[n++] = cell;
    if (n != t->n_columns)
        return false;
    size_t total = (size_t)(t->n_rows + 1) * (size_t)t->n_columns;
    t->cell = xrealloc(t->cell, total, sizeof(*t->cell));
    t->fold = xrealloc(t->fold, total, sizeof(*t->fold));
    t->line = xrealloc(t->line, (size_t)(t->n_rows + 1), sizeof(*t->line));
    t->line[t->n_rows] = number;
    for (int i = 0; i < n; i++) {
        char *nfc = text_nfc(cells[i], strlen(cells[i]));
        t->cell[t->n_rows * n + i] = nfc;
        t->fold[t->n_rows * n + i] = text_fold(nfc);
    }
    t->n_rows++;
    return true;
}

enum status table_load(const char *dir, const char *file, int n_columns,
                       struct table *out)
{
    AUTO(free_char) char *found = dir ? xstrdup(dir) : rules_dir();
    AUTO(free_char) char *bytes = NULL;
    size_t n = 0;
    out->path = path_join(found, file);
    enum status st = file_read(out->path, TABLE_BYTES_MAX, &bytes, &n);
    if (st != STATUS_OK)
        return st;
    out->n_columns = n_columns;
    int number = 0;
    char *rest = bytes;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        number++;
        size_t len = strlen(line);
        if (len > 0 && line[len - 1] == '\r')
            line[len - 1] = '\0';
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (!add_row(out, line, number))
            return fail(STATUS_CONFIG,
                        _("'%s' line %d: %d columns parted by tabs are "
                          "needed"),
                        out->path, number, out->n_columns);
    }
    return STATUS_OK;
}

void table_free_rows(struct table *t)
{
    for (int i = 0; i < t->n_rows * t->n_columns; i++) {
        free(t->cell[i]);
        free(t->fold[i]);
    }
    free(t->cell);
    free(t->fold);
    free(t->line);
    free(t->path);
    *t = (struct table){0};
}
