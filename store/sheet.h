/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table as an office program wrote it: rows of cells out of CSV or XLSX.
 * The bytes are foreign: whatever they are, they become a sheet or a refusal
 * that says where.
 */
#ifndef HOSO_STORE_SHEET_H
#define HOSO_STORE_SHEET_H

#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHEET_BYTES_MAX (256u << 20)
#define SHEET_ROWS_MAX 2000000
#define SHEET_COLUMNS_MAX 400
#define SHEET_CELL_BYTES_MAX 65536

struct sheet {
    char *text;       /* all cells, each ending with NUL */
    uint32_t *cells;  /* where each begins in text */
    size_t n_cells, cap_cells;
    uint32_t *rows;   /* row r has the cells rows[r] … rows[r + 1] - 1 */
    size_t n_rows, cap_rows;
    const char *encoding;  /* static */
    const char *separator; /* ",", ";", "tab" or "sheet"; static */
};

void sheet_clear(struct sheet *s);

/* Cells of a row, without empty ones at its end. */
size_t sheet_width(const struct sheet *s, size_t row);

/* Cell of a row, "" behind its end; borrowed. */
const char *sheet_cell(const struct sheet *s, size_t row, size_t column);

/* Whether all cells of a row are empty. */
bool sheet_row_empty(const struct sheet *s, size_t row);

/* ---- sheet_text.c ---- */

/*
 * Bytes as UTF-8 text. encoding: static.
 * fails  UNSUPPORTED (windows-1258, TCVN3, UTF-32 …: says how to save it),
 *        INVALID (NUL, half a character)
 */
NODISCARD enum status sheet_decode(const char *bytes, size_t n,
                                   const char *what, char **text, size_t *len,
                                   const char **encoding);

/* ---- sheet_csv.c ---- */

/* Cells of RFC 4180 text parted by `separator`. text is taken.
 * max_rows  stop after so many; 0: all
 * fails     INVALID (quotes: names the line), LIMIT */
NODISCARD enum status sheet_parse(char *take_text, size_t n, char separator,
                                  const char *what, size_t max_rows,
                                  struct sheet *out);

/* ---- sheet_xlsx.c ---- */

/* Whether bytes are a workbook (a ZIP); what other things there are that are
 * surely no table. */
bool sheet_is_xlsx(const char *bytes, size_t n);

/* A table of a workbook (see store/workbook.h) as CSV, by the tool xlsx2csv in
 * a process of its own. number: of the sheet, from 1. Caller frees.
 * fails  MISSING, INVALID, LIMIT, TIMEOUT, IO */
NODISCARD enum status sheet_from_xlsx(const char *bytes, size_t n, int number,
                                      const char *what, char **csv,
                                      size_t *len);

#endif
