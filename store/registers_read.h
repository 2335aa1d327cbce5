/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the bytes of a file to a sheet whose columns are known. */
#ifndef HOSO_STORE_REGISTERS_READ_H
#define HOSO_STORE_REGISTERS_READ_H

#include "store/columns.h"

struct read_table {
    struct sheet sheet;
    struct columns columns;
    char *csv; /* taken out of a workbook; NULL if it was text already */
    size_t n_csv;
    char *sheet_name;   /* its name in the workbook; NULL */
    char *other_sheets; /* names of others that would do as well; NULL */
};

void read_table_clear(struct read_table *t);

/*
 * Read a table and find the columns that the aliases name.
 * whole  all of them must be there
 * sheet  name or number of that sheet of a workbook; NULL: the one whose
 *        headings are understood best, of these the first that is not hidden
 * fails  INVALID, UNSUPPORTED, LIMIT, MISSING, TIMEOUT
 */
NODISCARD enum status read_table(const char *bytes, size_t n, const char *what,
                                 enum register_kind kind,
                                 const struct alias_table *aliases, bool whole,
                                 const char *sheet, struct read_table *out);

#endif
