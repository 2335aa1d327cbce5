/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table of a report, apart from how it is shown: on a terminal, as CSV, as a
 * sheet of a workbook, in a page. Filled row by row, cell by cell.
 */
#ifndef HOSO_CLI_TABLE_H
#define HOSO_CLI_TABLE_H

#include "cli/printer.h"

enum cell_type {
    CELL_TEXT,
    CELL_CODE, /* a short text that stands in one line */
    CELL_COUNT,
    CELL_DECIMAL, /* one digit behind the point */
    CELL_PERCENT,
    CELL_DAY, /* "2022-03-01", shown as the reader writes days */
};

struct cell {
    char *text;    /* TEXT, CODE, DAY; NULL: nothing is known */
    double number; /* of the others */
    bool empty;
};

struct table_column {
    char *heading;
    enum cell_type type;
};

#define TABLE_COLUMNS 12

struct table {
    char *title, *note; /* note: a line below the title; may be NULL */
    struct table_column columns[TABLE_COLUMNS];
    int n_columns;
    struct cell *cells; /* row by row */
    size_t n_cells, cap_cells;
    bool total; /* the last row is the sum of the others */
    bool bars;  /* percents are drawn as well */
};

/* title is copied. */
void table_start(struct table *t, const char *title);
void table_clear(struct table *t);
void table_note(struct table *t, const char *format, ...) PRINTF_LIKE(2, 3);
void table_column(struct table *t, enum cell_type type, const char *heading);

/* The next cell. */
void table_text(struct table *t, const char *text);
void table_number(struct table *t, double number);
void table_empty(struct table *t);

int table_rows(const struct table *t);
const struct cell *table_at(const struct table *t, int row, int column);

/* A cell as people write it: "1.234", "23,1%", "01/03/2022". Caller frees. */
char *cell_text(const struct cell *c, enum cell_type type);

/* "30%" in Vietnamese, "30 %" in English. */
const char *target_text(int pct, char out[NUMBER_BYTES]);

/* "23,1%" in Vietnamese, "23.1 %" in English. */
const char *percent_text(double pct, char out[NUMBER_BYTES]);
const char *decimal_text(double number, char out[NUMBER_BYTES]);

/* "01/03/2022" in Vietnamese, "2022-03-01" in English; what is no day stays
 * as it is. */
#define DAY_BYTES 32
const char *day_text(const char *iso, char out[DAY_BYTES]);

/* To standard output; at most so many rows (< 0: all), the rest is counted. */
void table_print(struct printer *p, const struct table *t, int rows);

/* A bar of so many columns, `pct` of it full. Caller frees. */
char *bar_text(double pct, int columns);

/* Appends the table as CSV (RFC 4180, UTF-8). A text that a spreadsheet would
 * take for a formula gets an apostrophe in front. */
void table_csv(struct strbuf *out, const struct table *t);

/* A workbook of these tables, a sheet each, at path.
 * fails  IO, NO_SPACE, LIMIT (a sheet holds 1,048,576 rows) */
NODISCARD enum status tables_xlsx(const char *path,
                                  const struct table *const *tables, int n);

/* Appends the table as HTML; rows as for table_print(). */
void table_html(struct strbuf *out, const struct table *t, int rows);

#endif
