/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the registers know of one another; for store/ alone. */
#ifndef HOSO_STORE_REGISTERS_INNER_H
#define HOSO_STORE_REGISTERS_INNER_H

#include "base/sql.h"
#include "store/columns.h"
#include "store/inner.h"
#include "store/sheet.h"

/* ---- registers_schema.c ---- */

/* The tables, in an empty database. */
NODISCARD enum status registers_schema_make(struct sql *db);

/* ---- registers_files.c: what lies in registers/ ---- */

/* An import as its .json says it. */
struct kept_import {
    int64_t number;
    enum register_kind kind;
    char *name, *sha256, *who;
    char *file;  /* name in registers/ of the bytes as they came */
    char *sheet; /* of the table taken out of a workbook, or NULL */
    char *sheet_sha256;
    time_t at;
    json_t *columns; /* field -> heading */
    bool mapped;     /* columns were said by a person */
    int64_t rows, good, wrong;
};

void kept_import_clear(struct kept_import *k);

/* Highest number of an import that is there; 0 if there is none. */
NODISCARD enum status kept_last(struct store *s, int64_t *out);

/* fails  NOT_FOUND, DAMAGED */
NODISCARD enum status kept_read(struct store *s, int64_t number,
                                struct kept_import *out);

/* Keep bytes and, for a workbook, the table taken out of it; then the .json,
 * with which the import counts. sha256, file, sheet, sheet_sha256 are filled. */
NODISCARD enum status kept_write(struct store *s, struct kept_import *k,
                                 const char *bytes, size_t n,
                                 const char *table, size_t n_table);

/* "registers/NAME" of the archive; caller frees. */
char *registers_path(const struct store *s, const char *name);

/* ---- registers_rows.c: rows in the database ---- */

/* Put the rows of a table in as import k->number. out: what they change.
 * In a transaction. */
NODISCARD enum status rows_put(struct sql *db, const struct kept_import *k,
                               const struct sheet *sheet,
                               const struct columns *columns,
                               struct register_report *out);

/* Take the rows of an import away; what they replaced is current again. */
NODISCARD enum status rows_revert(struct sql *db, int64_t number);

/* All documents that may be results are to be matched again. */
NODISCARD enum status unmatch_all(struct sql *db);

/* A register again from what was kept of it. */
NODISCARD enum status rows_replay(struct store *s, struct sql *db,
                                  int64_t number);

/* ---- registers_text.c ---- */

/* Keep what stands on a document for a closer look when it is matched. */
NODISCARD enum status put_document_text(struct sql *db,
                                        const struct record *r);

/* ---- registers_decide.c: decisions.jsonl ---- */

/* Lines that are there. */
NODISCARD enum status decisions_count(struct store *s, int64_t *out);

/* Call each() for every decision in order: its number, the imports that there
 * were, and itself.  fails  DAMAGED */
NODISCARD enum status
decisions_read(struct store *s,
               enum status (*each)(void *user, int64_t number, int64_t imports,
                                   const json_t *line),
               void *user);

/* The decision of a code.  fails  DAMAGED */
NODISCARD enum status decision_code(const char *code, enum decision *out);

/* ---- registers_apply.c ---- */

/* Put a decision in force in the database. */
NODISCARD enum status decision_apply(struct sql *db, int64_t number,
                                     const json_t *line);

/* The database without a look whether it is up to date. */
NODISCARD enum status registers_open_raw(struct store *s);

#endif
