/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the terms of a query are on a page: the line to show, the boxes to
 * light up. */
#ifndef HOSO_INDEXER_SNIPPET_H
#define HOSO_INDEXER_SNIPPET_H

#include "indexer/codes.h"
#include "indexer/indexer.h"
#include "indexer/match.h"
#include "indexer/words.h"

#define SNIPPET_COLUMNS 120 /* about; on a terminal */
#define SNIPPET_BOXES_MAX 500

/* A page as the index keeps it; borrowed. */
struct packed_page {
    const void *text, *boxes; /* indexer/codes.h, indexer/words.h */
    int n_text, n_boxes;
};

/* Fill snippet, marks and boxes of hit: the stretch of the page where most of
 * the terms stand closest together; the beginning of the page if none is in
 * its text. The matcher looks at the page again.  fails  DAMAGED */
NODISCARD enum status snippet_make(struct spellings *s,
                                   const struct packed_page *p,
                                   struct matcher *m, enum closeness how,
                                   struct hit *hit);

#endif
