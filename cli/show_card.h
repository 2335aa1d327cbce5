/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a document: what `hoso show ID` prints. */
#ifndef HOSO_CLI_SHOW_CARD_H
#define HOSO_CLI_SHOW_CARD_H

#include "cli/command.h"

/* All of it, as text. */
void card_print(struct printer *p, const struct doc_row *row,
                const struct record *rec, const struct citations *links);

/* Only the fields. */
void card_fields(struct printer *p, const struct record *rec);

/* New: the object of `show`. */
json_t *card_json(const struct doc_row *row, const struct record *rec,
                  const struct citations *links);

/* New: one page, its number, state and measures; i from 0. */
json_t *card_page_json(const struct record *rec, int i);

/* The name of a field as people say it; static or name itself. */
const char *card_field_label(const char *name);

#endif
