/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The junk filter: marks, rules, seals and smudges that were taken for
 * letters leave the text, but stay in the record. */
#ifndef HOSO_PIPELINE_JUNK_H
#define HOSO_PIPELINE_JUNK_H

#include "base/record.h"
#include "pipeline/language.h"

/*
 * Move what is no text from the lines to page->dropped, in reading order;
 * lines that are empty then go too, and the mean confidence is that of what
 * stays.
 * result  how many words were dropped
 */
int junk_drop(const struct language *l, struct page *page);

#endif
