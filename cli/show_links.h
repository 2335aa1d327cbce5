/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a document cites and what cites it, on its card and as JSON. */
#ifndef HOSO_CLI_SHOW_LINKS_H
#define HOSO_CLI_SHOW_LINKS_H

#include "cli/command.h"

/* What it cites and what cites it, under headings; nothing if there is none. */
void links_print(struct printer *p, const struct citations *c);

/* Put "cites", "cited_by" and "cited_by_more" into the object of `show`. */
void links_json(const struct citations *c, json_t *card);

#endif
