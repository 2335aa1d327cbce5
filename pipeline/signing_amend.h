/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the block where somebody signs says of the page's own lines there. */
#ifndef HOSO_PIPELINE_SIGNING_AMEND_H
#define HOSO_PIPELINE_SIGNING_AMEND_H

#include "base/record.h"

/*
 * Titles and names beside a seal are left out by layout analysis, or put into
 * one line with the recipients at the left and cut. Words that were read
 * surely when the block was read on its own are added to the page where it has
 * none, and stand for words there that were read less surely; those are kept
 * among the page's dropped words.
 * mark  the block, its first reading with number 0; boxes as in the page
 */
void signing_amend(const struct mark *mark, struct page *page);

#endif
