/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the indexer share of an open index. */
#ifndef HOSO_INDEXER_FULLTEXT_H
#define HOSO_INDEXER_FULLTEXT_H

#include "base/sql.h"
#include "indexer/indexer.h"

struct fulltext {
    struct sql *db;
    enum fulltext_mode mode;
};

/* Pass st on; if it says DAMAGED, say what to do about it. */
NODISCARD enum status fulltext_advise(const struct fulltext *f, enum status st);

#endif
