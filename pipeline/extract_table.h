/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the finders of a CV's tables share: one table on one sheet. */
#ifndef HOSO_PIPELINE_EXTRACT_TABLE_H
#define HOSO_PIPELINE_EXTRACT_TABLE_H

#include "pipeline/extract_inner.h"

#define ENTRIES_MAX 60
#define CELLS_MAX 400

/* The cell by which an entry is known: "10/2008 - 07/2011", "Bố đẻ". It may
 * stand in two rows, below or beside each other. */
struct key {
    const struct row *parts[2];
    int n_parts;
    double x0, y0, x1, y1;
};

struct region {
    const struct sheet *sheet;
    double top, bottom;
    struct key keys[ENTRIES_MAX]; /* from the top */
    int n_keys;
    const struct row *cells[CELLS_MAX]; /* all other rows, from the top */
    int n_cells;
};

/* One entry: its key and its cells, column by column. */
struct entry {
    const struct key *key; /* NULL: rows of which nobody knows what they are */
    const struct row *cells[CELLS_MAX];
    int columns[CELLS_MAX]; /* which column cell k is of, ascending */
    int n_cells;
    bool doubt; /* a cell may be of another entry */
};

/* A call for each entry, from the top. */
typedef void entry_fn(const struct entry *e, void *user);

/* Divide a region whose entries stand below each other; heads are left out. */
void entries_below(const struct region *g, entry_fn *each, void *user);

/* The same where they stand side by side, as pay often does; what is left of
 * the first key are labels. */
void entries_beside(const struct region *g, entry_fn *each, void *user);

/* Whether the keys stand side by side. */
bool keys_are_beside(const struct region *g);

/* Whether these are words of the head of a table, or a mark torn off. */
bool is_table_head(const char *fold);

#endif
