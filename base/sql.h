/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SQLite, as hoso uses it: the settings of design §4 in one place, errors as
 * statuses. Only base/sql.c and indexer/tokenizer.c include <sqlite3.h>.
 *
 * Read-write connections: WAL, synchronous=FULL, no automatic checkpoint (the
 * caller checkpoints under the writer lock), foreign keys, trusted_schema off,
 * defensive, cell_size_check. Read-only ones never write to the database.
 */
#ifndef HOSO_BASE_SQL_H
#define HOSO_BASE_SQL_H

#include "base/status.h"
#include <stdbool.h>
#include <stdint.h>

struct sql;      /* a connection */
struct sql_stmt; /* a prepared statement */

enum sql_mode {
    SQL_READ,   /* must exist */
    SQL_WRITE,  /* must exist */
    SQL_CREATE, /* made if missing, with permission bits `mode` */
};

/* fails  NOT_FOUND, DENIED, DAMAGED (not a database, malformed), IO, BUSY */
NODISCARD enum status sql_open(const char *path, enum sql_mode how,
                               unsigned mode, struct sql **out);

/* An empty database that is nowhere on the disk. */
NODISCARD enum status sql_open_memory(struct sql **out);

void sql_close(struct sql *db); /* NULL allowed */
void sql_closep(struct sql **db);

/* The path it was opened with, borrowed. */
const char *sql_path(const struct sql *db);

/* The sqlite3 *, for the tokenizer only. */
void *sql_handle(struct sql *db);

/* One or more statements without parameters or rows. */
NODISCARD enum status sql_exec(struct sql *db, const char *text);

/*
 * Prepare a statement and bind its parameters in order. bind says their types,
 * a letter each: 's' const char * (NULL gives NULL), 'i' int64_t (pass as
 * (int64_t)), 'd' double, 'b' const void * and size_t.
 * Text and blobs are copied. A bind of NULL leaves it to sql_again().
 * out: sql_finish().
 */
NODISCARD enum status sql_prepare(struct sql *db, struct sql_stmt **out,
                                  const char *text, const char *bind, ...);

/* Begin a prepared statement again with other parameters; bind as above.
 * For a statement that is run many times. */
NODISCARD enum status sql_again(struct sql_stmt *s, const char *bind, ...);

/* Next row: *row is false at the end. */
NODISCARD enum status sql_step(struct sql_stmt *s, bool *row);

/* Let go of the rows that are left, and of the lock they hold. */
void sql_rest(struct sql_stmt *s);

/* Columns of the current row, from 0. Text borrowed until the next step,
 * never NULL ("" for NULL). */
const char *sql_text(struct sql_stmt *s, int column);
int64_t sql_int(struct sql_stmt *s, int column);
double sql_double(struct sql_stmt *s, int column);
const void *sql_blob(struct sql_stmt *s, int column, int *bytes);
bool sql_is_null(struct sql_stmt *s, int column);

void sql_finish(struct sql_stmt *s); /* NULL allowed */
void sql_finishp(struct sql_stmt **s);

/* Prepare, bind, run to the end, finish; rows are ignored. */
NODISCARD enum status sql_run(struct sql *db, const char *text,
                              const char *bind, ...);

/* One integer of the first row; *out stays if there is no row. */
NODISCARD enum status sql_int_of(struct sql *db, int64_t *out,
                                 const char *text, const char *bind, ...);

/* BEGIN IMMEDIATE, COMMIT, ROLLBACK. */
NODISCARD enum status sql_begin(struct sql *db);
NODISCARD enum status sql_commit(struct sql *db);
void sql_rollback(struct sql *db);

/* Move the WAL into the database; only under the writer lock. */
NODISCARD enum status sql_checkpoint(struct sql *db);

/* user_version, for numbered migrations. */
NODISCARD enum status sql_version(struct sql *db, int *out);
NODISCARD enum status sql_set_version(struct sql *db, int version);

#endif
