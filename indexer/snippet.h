/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the terms of a query are on a page: the line to show, the boxes to
 * light up. */
#ifndef HOSO_INDEXER_SNIPPET_H
#define HOSO_INDEXER_SNIPPET_H

#include "indexer/indexer.h"
#include "indexer/codes.h"
#include "indexer/match.h"
#include "indexer/words.h"

#define SNIPPET_COLUMNS 120 /* about; on a terminal */
#define SNIPPET_BOXES_MAX 500

/* Fill snippet, marks and boxes of hit: the stretch of the page where most of
 * the terms stand closest together; the beginning of the page if none is in
 * its text. */
void snippet_make(const struct page_words *page, const struct places *places,
                  const struct matcher *m, enum closeness how, struct hit *hit);

#endif
