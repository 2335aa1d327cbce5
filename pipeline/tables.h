/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ruled tables: a page reader runs words of neighbouring cells together and
 * takes rules for letters, so each cell is read by itself. */
#ifndef HOSO_PIPELINE_TABLES_H
#define HOSO_PIPELINE_TABLES_H

#include "base/record.h"
#include "base/status.h"

struct Pix;

struct cell {
    struct box box; /* inside its rules */
    int table;      /* from 0 */
    int row;        /* of its table, from 0 */
};

struct tables {
    struct cell *cells; /* table by table, row by row, from the left */
    int n, cap;
    struct Pix *around; /* the page without rules and cells */
    struct Pix *inside; /* the page without rules; 8 bit both */
};

/*
 * Find the cells that are closed by rules on all sides and have something
 * written in them. n is 0, and both images NULL, on a page without tables.
 * pix   upright, 1 or 8 bit
 * fails LIMIT
 */
NODISCARD enum status tables_find(struct Pix *pix, int dpi,
                                  struct tables *out);
void tables_clear(struct tables *t);

/* Put the lines of the cells (cell[i] holds those of t->cells[i], and gives
 * them away) among those of page: a block a row, where the table stands. */
void tables_merge(const struct tables *t, struct page *cell,
                  struct page *page);

/* Take lines, whose blocks are counted from 0, into page at line number
 * `at`, as blocks of their own. */
void page_insert_lines(struct page *page, int at, struct page *lines);

#endif
