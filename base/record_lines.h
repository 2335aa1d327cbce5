/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A record as lines of JSON: the record without its pages, then each page on a
 * line of its own. It says what record.json says, but whoever writes or reads
 * it holds the JSON of one page at a time, which takes five times the memory
 * of the page.
 */
#ifndef HOSO_BASE_RECORD_LINES_H
#define HOSO_BASE_RECORD_LINES_H

#include "base/record.h"
#include "base/status.h"
#include <stddef.h>

/* Hand each line, without its end, to `take` until that fails. */
NODISCARD enum status record_lines(const struct record *r,
                                   enum status (*take)(void *user,
                                                       const char *line,
                                                       size_t n),
                                   void *user);

/* The record of n bytes of lines, with \n between them.
 * fails  INVALID (names the page) */
NODISCARD enum status record_from_lines(const char *bytes, size_t n,
                                        struct record **out);

#endif
