/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a register: what it says, or why it cannot go in. */
#ifndef HOSO_STORE_REGISTERS_ROW_H
#define HOSO_STORE_REGISTERS_ROW_H

#include "store/columns.h"

struct register_row {
    enum register_kind kind;
    char *v[COLUMNS_FIELDS_MAX]; /* by field, cleaned; never NULL */
    char *key;                   /* who or what it is about */
    char *key_one; /* of a result: the key if its case has one result only */
    char *folded[3]; /* result: case, number, applicant; person: name, code */
};

void register_row_clear(struct register_row *r);

/* Read a row. *reason is NULL, or why it does not go in (caller frees). */
void register_row_read(const struct sheet *s, const struct columns *c,
                       size_t row, struct register_row *out, char **reason);

/* Whether the row is no data: empty, the headings once more, "(1) (2) (3)". */
bool register_row_skip(const struct sheet *s, const struct columns *c,
                       size_t row);

/* Columns of the table of a kind that hold what a row says, "a,b,c", and how
 * many they are; static. */
const char *register_row_columns(enum register_kind kind);
int register_row_count(enum register_kind kind);

#endif
