/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages that should be looked at or scanned again. */
#ifndef HOSO_CLI_DOUBTFUL_H
#define HOSO_CLI_DOUBTFUL_H

#include "cli/command.h"

/* A page with its reasons and what was measured. New. */
json_t *doubtful_page_json(const struct doubtful_page *d);

/* The same as a line of text. */
void print_doubtful_page(struct printer *p, const struct doubtful_page *d);

/* Its doubts, but for what scanning again does not mend. */
unsigned doubtful_for_scanner(const struct doubtful_page *d);

/* What to do at the scanner, for each of these reasons.
 * unread  a page could not be read at all */
void print_scan_again(struct printer *p, unsigned doubts, bool unread);

#endif
