/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formula of ranking; see indexer/rank.h. */
#include "indexer/rank.h"

#include <math.h>

/* How fast more occurrences stop counting; as usual for bm25. */
#define SATURATION 1.2

double rank_weight(int column)
{
    switch (column) {
    case RANK_TITLE_COLUMN:
        return RANK_TITLE;
    case RANK_NAMES_COLUMN:
        return RANK_NAMES;
    default:
        return RANK_BODY;
    }
}

double rank_idf(int64_t pages, int64_t n)
{
    return log(1.0 + (double)pages / (double)(n > 0 ? n : 1));
}

double rank_worth(double n)
{
    return n * (SATURATION + 1.0) / (n + SATURATION);
}
