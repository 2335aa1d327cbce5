/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of an index, made and checked. */
#ifndef HOSO_INDEXER_SCHEMA_H
#define HOSO_INDEXER_SCHEMA_H

#include "base/sql.h"
#include "base/status.h"
#include <stdbool.h>
#include <stdint.h>

/* Rows of pages count down from here. Smaller numbers take fewer bytes in the
 * lists of FTS5; this many pages are enough. */
#define ROW_TOP ((INT64_C(1) << 28) - 1)
#define PAGES_MAX 65535 /* of one document */

/* Make the tables if the database is empty, anew if they are of an older
 * schema: *made tells.  fails  DAMAGED (no index), UNSUPPORTED (of a newer
 * hoso) */
NODISCARD enum status schema_prepare(struct sql *db, bool *made);

/* Whether this hoso can read what is there.
 * fails  NOT_FOUND (nothing there yet), DAMAGED, UNSUPPORTED (of another
 *        hoso) */
NODISCARD enum status schema_check(struct sql *db);

#endif
