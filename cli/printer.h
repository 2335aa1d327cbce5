/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that hoso writes: results to standard output, messages to standard
 * error. Text is cleaned at this door: whatever a document, a file name or a
 * message holds, no control character of it reaches a terminal; bold and
 * colour are asked for apart from the text.
 */
#ifndef HOSO_CLI_PRINTER_H
#define HOSO_CLI_PRINTER_H

#include "base/json.h"
#include "base/status.h"
#include "base/strbuf.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct printer {
    bool json;  /* results as JSON, errors as JSON */
    bool quiet; /* no notes, no progress */
    bool out_is_terminal, err_is_terminal;
    int columns; /* of the terminal; 80 if there is none */
    int error;   /* errno of the first write to stdout that failed, or 0 */
};

void printer_start(struct printer *p);

enum style { STYLE_PLAIN, STYLE_BOLD, STYLE_GREEN, STYLE_YELLOW, STYLE_RED };

/* What is printed next looks like this; only a terminal shows it. */
void print_style(struct printer *p, enum style style);

/* Text to standard output. */
void print(struct printer *p, const char *format, ...) PRINTF_LIKE(2, 3);

/* Text in a column of so many columns: cut with "…" or filled with spaces. */
void print_column(struct printer *p, const char *text, int width);

/* Paragraph, wrapped at 80 columns, indented (not its first line if `first`
 * columns are used there already). */
void print_wrapped(struct printer *p, const char *text, int indent, int first);

/* One JSON value on a line; takes the reference. */
void print_json(struct printer *p, json_t *take_j);

/* A page's text as it is: form feeds stay unless a terminal shows it. */
void print_document(struct printer *p, const char *text);

/* A message for people, to standard error, unless quiet. */
void print_note(struct printer *p, const char *format, ...) PRINTF_LIKE(2, 3);

/* The failure st with its message: a line, or {"error":…}. */
void print_failure(struct printer *p, enum status st);

/* Flush standard output.  fails  IO, NO_SPACE (what was written is not all) */
NODISCARD enum status printer_flush(struct printer *p);

/* Whether the reader of our output has gone (EPIPE). */
bool printer_reader_gone(const struct printer *p);

/* ---- text for people, for any stream ---- */

/* Append s without control characters; lines: keep newlines. */
void clean_text(struct strbuf *out, const char *s, size_t n, bool lines);

/* "1.234" in Vietnamese, "1,234" in English. */
#define NUMBER_BYTES 40
const char *number_text(int64_t n, char out[NUMBER_BYTES]);

/* "12,3 MB"; MB = 1 000 000 bytes. */
const char *bytes_text(uint64_t n, char out[NUMBER_BYTES]);

/* "4 s", "1 min 12 s", "2 h 05 min" */
const char *duration_text(int64_t ms, char out[NUMBER_BYTES]);

#endif
