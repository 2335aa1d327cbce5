/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table as CSV. Numbers are written for programs (a point, no groups), days
 * as ISO 8601. What a spreadsheet would run as a formula is made a text: names
 * of applicants and titles come from outside.
 */
#include "cli/table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define BOM "\xEF\xBB\xBF" /* or Excel takes UTF-8 for something else */

static void put_text(struct strbuf *out, const char *text)
{
    bool quote = strpbrk(text, ",;\"\r\n\t") != NULL || text[0] == ' ';
    bool formula = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
    if (quote)
        strbuf_addc(out, '"');
    if (formula)
        strbuf_addc(out, '\'');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"')
            strbuf_addc(out, '"');
        strbuf_addc(out, *c);
    }
    if (quote)
        strbuf_addc(out, '"');
}

static void put_cell(struct strbuf *out, const struct cell *c,
                     enum cell_type type)
{
    if (c->empty)
        return;
    switch (type) {
    case CELL_TEXT:
    case CELL_CODE:
    case CELL_DAY:
        put_text(out, c->text);
        break;
    case CELL_COUNT:
        strbuf_addf(out, "%" PRId64, (int64_t)c->number);
        break;
    case CELL_DECIMAL:
    case CELL_PERCENT:
        strbuf_addf(out, "%.1f", c->number);
        break;
    }
}

void table_csv(struct strbuf *out, const struct table *t)
{
    strbuf_adds(out, BOM);
    for (int c = 0; c < t->n_columns; c++) {
        if (c > 0)
            strbuf_addc(out, ',');
        put_text(out, t->columns[c].heading);
    }
    strbuf_adds(out, "\r\n");
    for (int r = 0; r < table_rows(t); r++) {
        for (int c = 0; c < t->n_columns; c++) {
            if (c > 0)
                strbuf_addc(out, ',');
            put_cell(out, table_at(t, r, c), t->columns[c].type);
        }
        strbuf_adds(out, "\r\n");
    }
}
