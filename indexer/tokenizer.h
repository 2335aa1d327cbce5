/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tokenizer of FTS5, named "hoso": a page comes as tokens that
 * indexer/tokens.h has made, a query's strings are tokens already. */
#ifndef HOSO_INDEXER_TOKENIZER_H
#define HOSO_INDEXER_TOKENIZER_H

#include "base/sql.h"
#include "base/status.h"

/* Make it known to db; before its full-text table is touched.
 * fails  MISSING (SQLite without FTS5), INTERNAL */
NODISCARD enum status tokenizer_register(struct sql *db);

#endif
