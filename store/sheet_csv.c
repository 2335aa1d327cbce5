/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comma-separated values (RFC 4180) as office programs write them: any one
 * separator, quoted fields with separators, newlines and doubled quotes in
 * them, lines that end with CR LF, LF or CR. The rule that matters is kept
 * strictly: a quoted field ends where its quote does. Where it does not, the
 * table is refused with the line, for from there on columns would be guessed.
 *
 * Cells are cut out in place: a cell is never longer than what it was
 * written as.
 */
#include "store/sheet.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

struct csv {
    struct sheet *out;
    const char *what;
    char *text;
    size_t n, at; /* what is read */
    size_t to;    /* where the next cell is written */
    size_t line;  /* from 1 */
    size_t max_rows;
    char separator;
};

void sheet_clear(struct sheet *s)
{
    free(s->text);
    free(s->cells);
    free(s->rows);
    memset(s, 0, sizeof(*s));
}

size_t sheet_width(const struct sheet *s, size_t row)
{
    return s->rows[row + 1] - s->rows[row];
}

const char *sheet_cell(const struct sheet *s, size_t row, size_t column)
{
    if (column >= sheet_width(s, row))
        return "";
    return s->text + s->cells[s->rows[row] + column];
}

bool sheet_row_empty(const struct sheet *s, size_t row)
{
    for (size_t c = 0; c < sheet_width(s, row); c++)
        if (sheet_cell(s, row, c)[0])
            return false;
    return true;
}

static bool is_newline(char c)
{
    return c == '\n' || c == '\r';
}

/* The field in quotes at c->at, which is behind the first of them. */
static enum status quoted(struct csv *c)
{
    size_t began = c->line;

    for (; c->at < c->n; c->at++) {
        char b = c->text[c->at];

        if (b == '"' && c->at + 1 < c->n && c->text[c->at + 1] == '"') {
            c->at++;
        } else if (b == '"') {
            c->at++;
            if (c->at < c->n && c->text[c->at] != c->separator &&
                !is_newline(c->text[c->at]))
                return fail(STATUS_INVALID,
                            _("'%s' line %zu: text stands behind the quote"
                              " that ends a field; quotes inside a field must"
                              " be doubled"),
                            c->what, c->line);
            return STATUS_OK;
        }
        c->line += b == '\n';
        c->text[c->to++] = b;
    }
    return fail(STATUS_INVALID,
                _("'%s' line %zu: the field in quotes that begins here has no"
                  " end"),
                c->what, began);
}

static void plain(struct csv *c)
{
    while (c->at < c->n && c->text[c->at] != c->separator &&
           !is_newline(c->text[c->at]))
        c->text[c->to++] = c->text[c->at++];
}

/* Without the white space around; the NUL goes where the separator was. */
static void end_cell(struct csv *c, size_t from)
{
    while (c->to > from && strchr(" \t\r\n", c->text[c->to - 1]))
        c->to--;
    c->text[c->to++] = '\0';
}

static enum status cell(struct csv *c)
{
    struct sheet *s = c->out;
    enum status st = STATUS_OK;
    size_t from = c->to;
    size_t blank = c->at;

    GROW(s->cells, s->n_cells, s->cap_cells);
    s->cells[s->n_cells++] = (uint32_t)from;
    while (blank < c->n && c->text[blank] == ' ')
        blank++;
    if (blank < c->n && c->text[blank] == '"') {
        c->at = blank + 1;
        st = quoted(c);
    } else {
        c->at = blank;
        plain(c);
    }
    if (st == STATUS_OK && c->to - from > SHEET_CELL_BYTES_MAX)
        st = fail(STATUS_LIMIT, _("'%s' line %zu: a cell is too long"),
                  c->what, c->line);
    return st;
}

/* Over the separator (false) or the end of the line (true). A NUL has room:
 * it takes the place of one of the bytes that are left behind here. */
static bool end_of_row(struct csv *c)
{
    if (c->at >= c->n)
        return true;
    if (c->text[c->at] == c->separator) {
        c->at++;
        return false;
    }
    if (c->text[c->at] == '\r' && c->at + 1 < c->n &&
        c->text[c->at + 1] == '\n')
        c->at++;
    c->at++;
    c->line++;
    return true;
}

static void drop_empty_tail(struct sheet *s)
{
    size_t first = s->rows[s->n_rows];

    while (s->n_cells > first && s->text[s->cells[s->n_cells - 1]] == '\0')
        s->n_cells--;
}

static enum status row(struct csv *c)
{
    struct sheet *s = c->out;
    bool ended = false;

    GROW(s->rows, s->n_rows, s->cap_rows);
    s->rows[s->n_rows] = (uint32_t)s->n_cells;
    while (!ended) {
        size_t from = c->to;
        enum status st = cell(c);

        if (st != STATUS_OK)
            return st;
        ended = end_of_row(c);
        end_cell(c, from);
        if (s->n_cells - s->rows[s->n_rows] > 16384)
            return fail(STATUS_LIMIT, _("'%s' line %zu has too many columns"),
                        c->what, c->line);
    }
    drop_empty_tail(s);
    if (s->n_cells - s->rows[s->n_rows] > SHEET_COLUMNS_MAX)
        return fail(STATUS_LIMIT, _("'%s' line %zu has too many columns"),
                    c->what, c->line);
    s->n_rows++;
    if (s->n_rows > SHEET_ROWS_MAX)
        return fail(STATUS_LIMIT, _("'%s' has more than %d rows"), c->what,
                    SHEET_ROWS_MAX);
    return STATUS_OK;
}

static const char *separator_name(char c)
{
    return c == '\t' ? "tab" : c == ';' ? ";" : ",";
}

enum status sheet_parse(char *take_text, size_t n, char separator,
                        const char *what, size_t max_rows, struct sheet *out)
{
    struct csv c = {.out = out,
                    .what = what,
                    .text = take_text,
                    .n = n,
                    .line = 1,
                    .max_rows = max_rows,
                    .separator = separator};
    enum status st = STATUS_OK;

    memset(out, 0, sizeof(*out));
    out->text = take_text;
    out->separator = separator_name(separator);
    /* "sep=;" is Excel's note to itself, not a row of the table. */
    if (n >= 6 && strncmp(take_text, "sep=", 4) == 0 &&
        take_text[4] == separator && is_newline(take_text[5])) {
        c.at = 5;
        end_of_row(&c);
        GROW(out->rows, out->n_rows, out->cap_rows);
        out->rows[out->n_rows++] = 0;
    }
    while (st == STATUS_OK && c.at < n &&
           (max_rows == 0 || out->n_rows < max_rows))
        st = row(&c);
    GROW(out->rows, out->n_rows, out->cap_rows);
    out->rows[out->n_rows] = (uint32_t)out->n_cells;
    if (st != STATUS_OK)
        sheet_clear(out);
    return st;
}
