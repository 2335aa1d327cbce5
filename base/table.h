/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of data/rules: rows of cells, parted by tabs in its file. */
#ifndef HOSO_BASE_TABLE_H
#define HOSO_BASE_TABLE_H

#include "base/status.h"

/* Rows of cells in NFC, and each one folded. */
struct table {
    char *path;          /* of its file, for what is to be said of a row */
    char **cell, **fold; /* n_rows * n_columns */
    int *line;           /* of the file, by row, from 1 */
    int n_rows, n_columns;
};

/*
 * Load a table; lines that are empty or begin with # are none of its rows.
 *
 * dir    where it is; NULL: where the rules are
 * out    zeroed; table_free_rows() even on failure
 * n_columns  of each row, at most 8
 * fails  NOT_FOUND, IO, CONFIG (which line has another number of columns)
 */
NODISCARD enum status table_load(const char *dir, const char *file,
                                 int n_columns, struct table *out);
void table_free_rows(struct table *t);

const char *table_cell(const struct table *t, int row, int column);
const char *table_fold(const struct table *t, int row, int column);

/* The first row whose cell in that column folds to the same; -1 if none. */
int table_find_fold(const struct table *t, int column, const char *folded);

#endif
