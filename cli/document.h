/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents as JSON and as words for people: what several commands print. */
#ifndef HOSO_CLI_DOCUMENT_H
#define HOSO_CLI_DOCUMENT_H

#include "cli/command.h"

/* New: id, kind, batch, title, pages, stored_at, state, sources. */
json_t *document_json(const struct doc_row *d);

/* The same of a record that was just stored. */
json_t *record_brief_json(const struct record *r);

/* New: a string, or null for NULL. */
json_t *text_json(const char *s);

/* New: [x, y, w, h] */
json_t *box_json(const struct box *b);

/* New: list of codes, such as ["low-dpi", "turn"]. */
json_t *doubts_json(unsigned doubts);

/* What field i of a record is called where there are several of its name:
 * "cites.2", as `review` takes it. Caller frees. */
char *field_numbered(const struct record *r, int i);

/* New: an object of NAME: {value, page, box, confidence, rule, state}. */
json_t *fields_json(const struct record *r);

/* State of a document, of a page, in the user's language. */
const char *document_state_text(const char *state);
const char *page_state_text(enum page_state s);

/* "resolution below 200 dpi; blank page", translated; caller frees. */
char *doubts_text(unsigned doubts);

/* New: the object of `verify`. */
json_t *verify_json(const struct verify_result *v);

/* The findings, one a line, for people. */
void print_findings(struct printer *p, const struct verify_result *v);

/* A filter from the values of --from and --to (NULL: open). */
void day_range(const char *from, const char *to, time_t *first, time_t *last);

#endif
