/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our words (indexer/syllable.h) as a tokenizer of FTS5, named "hoso", and our
 * ranking (indexer/rank.h) as a function of it: hoso_rank(table). */
#ifndef HOSO_INDEXER_TOKENIZER_H
#define HOSO_INDEXER_TOKENIZER_H

#include "base/sql.h"
#include "base/status.h"

/* Make both known to db; before its full-text table is touched.
 * fails  MISSING (SQLite without FTS5), INTERNAL */
NODISCARD enum status tokenizer_register(struct sql *db);

#endif
