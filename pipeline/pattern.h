/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regular expressions (PCRE2) over valid UTF-8, bounded in time and memory. */
#ifndef HOSO_PIPELINE_PATTERN_H
#define HOSO_PIPELINE_PATTERN_H

#include "base/status.h"
#include "pipeline/passage.h"

struct pattern;

#define PATTERN_GROUPS 8 /* whole match and at most seven groups */

/* The patterns of the program itself: a wrong one is a fault of ours and
 * aborts. \w, \d and case know Unicode; ^ and $ are ends of rows. */
struct pattern *pattern_new(const char *expression);
void pattern_free(struct pattern *p); /* NULL allowed */

/*
 * The first match in text[from, to): groups[0] is all of it; groups that took
 * no part are {0, 0}. A match that would take too long is none: text on paper
 * that makes a pattern run wild is not worth reading.
 */
bool pattern_find(const struct pattern *p, const char *text, size_t from,
                  size_t to, struct span groups[PATTERN_GROUPS]);

#endif
