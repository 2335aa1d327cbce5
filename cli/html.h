/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages for a browser and a printer: one file with all it needs, nothing
 * fetched, nothing run. Two looks: a report, and a form as an office types it.
 */
#ifndef HOSO_CLI_HTML_H
#define HOSO_CLI_HTML_H

#include "base/status.h"
#include "base/strbuf.h"
#include <stdbool.h>

enum html_look {
    HTML_REPORT, /* A4 across the screen, sans serif */
    HTML_FORM,   /* sheets of A4 by Decree 30/2020 */
};

void html_start(struct strbuf *b, enum html_look look, const char *title);
void html_end(struct strbuf *b);

/* Text with what HTML takes for itself made harmless; no control character
 * passes. */
void html_text(struct strbuf *b, const char *text);

/* <tag class="…">text</tag>; class may be NULL. */
void html_leaf(struct strbuf *b, const char *tag, const char *class,
               const char *text);

/* Write a file of the user's: a new one, or over an old one if force.
 * private: for its owner alone.  fails  EXISTS, IO, NO_SPACE, DENIED */
NODISCARD enum status output_write(const char *path, const struct strbuf *b,
                                   bool force, bool private);

/* Look that path may be written: it is not there, or force.  fails  EXISTS */
NODISCARD enum status output_allowed(const char *path, bool force);

#endif
