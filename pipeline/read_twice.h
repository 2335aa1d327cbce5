/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words that were read twice: layout analysis cuts a cell beside its rule, or
 * makes a line of both columns and one of each, and the same print stands in
 * two lines.
 */
#ifndef HOSO_PIPELINE_READ_TWICE_H
#define HOSO_PIPELINE_READ_TWICE_H

#include "base/record.h"

/*
 * Move words that lie for the most part under better read words of other lines
 * from the lines to page->dropped. Of two that were read as well as one
 * another both stay if they say different things.
 * result  how many were moved
 */
int read_twice_drop(struct page *page);

#endif
