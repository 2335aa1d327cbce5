/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the registers know of one another; for store/ alone. */
#ifndef HOSO_STORE_REGISTERS_INNER_H
#define HOSO_STORE_REGISTERS_INNER_H

#include "base/sql.h"
#include "store/inner.h"

/* ---- registers_schema.c ---- */

/* The tables, in an empty database. */
NODISCARD enum status registers_schema_make(struct sql *db);

#endif
