/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of an index, made and checked. */
#ifndef HOSO_INDEXER_SCHEMA_H
#define HOSO_INDEXER_SCHEMA_H

#include "base/sql.h"
#include "base/status.h"

/* A row of the full-text table is a page: its number is made of the document's
 * number and the page's number from 1. */
#define PAGE_BITS 16
#define PAGES_MAX ((1 << PAGE_BITS) - 1) /* of one document */

/* Make the tables if the database is empty, anew if they are of an older
 * schema.  fails  DAMAGED (no index), UNSUPPORTED (of a newer hoso) */
NODISCARD enum status schema_prepare(struct sql *db);

/* Whether this hoso can read what is there.
 * fails  NOT_FOUND (nothing there yet), DAMAGED, UNSUPPORTED */
NODISCARD enum status schema_check(struct sql *db);

#endif
