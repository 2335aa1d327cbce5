/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame of a page, and the one door through which text gets into it. */
#include "cli/html.h"
#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/html_style.h"
#include "cli/table.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void html_start(struct strbuf *b, enum html_look look, const char *title)
{
    bool vietnamese = look == HTML_FORM || i18n_vietnamese();
    strbuf_addf(b,
                "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
                "<meta charset=\"utf-8\">\n"
                "<meta http-equiv=\"Content-Security-Policy\""
                " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
                "<meta name=\"viewport\""
                " content=\"width=device-width, initial-scale=1\">\n",
                vietnamese ? "vi" : "en");
    html_leaf(b, "title", NULL, title);
    strbuf_adds(b, "\n<style>");
    strbuf_adds(b, look == HTML_FORM ? form_style : report_style);
    strbuf_adds(b, "</style>\n</head>\n<body>\n");
}

void html_end(struct strbuf *b)
{
    strbuf_adds(b, "</body>\n</html>\n");
}

void html_text(struct strbuf *b, const char *text)
{
    struct strbuf clean;
    strbuf_init(&clean);
    clean_text(&clean, text, strlen(text), true);
    for (size_t i = 0; i < clean.len; i++) {
        switch (clean.s[i]) {
        case '&':
            strbuf_adds(b, "&amp;");
            break;
        case '<':
            strbuf_adds(b, "&lt;");
            break;
        case '>':
            strbuf_adds(b, "&gt;");
            break;
        case '"':
            strbuf_adds(b, "&quot;");
            break;
        case '\'':
            strbuf_adds(b, "&#39;");
            break;
        default:
            strbuf_addc(b, clean.s[i]);
        }
    }
    strbuf_clear(&clean);
}

void html_leaf(struct strbuf *b, const char *tag, const char *class,
               const char *text)
{
    strbuf_addf(b, "<%s", tag);
    if (class)
        strbuf_addf(b, " class=\"%s\"", class);
    strbuf_addc(b, '>');
    html_text(b, text);
    strbuf_addf(b, "</%s>", tag);
}

/* ---- tables ---- */

static const char *class_of(enum cell_type type)
{
    switch (type) {
    case CELL_TEXT:
        return NULL;
    case CELL_CODE:
    case CELL_DAY:
        return "d";
    default:
        return "n";
    }
}

static void put_row(struct strbuf *b, const struct table *t, int row,
                    bool total)
{
    strbuf_adds(b, total ? "<tr class=\"total\">" : "<tr>");
    for (int c = 0; c < t->n_columns; c++) {
        enum cell_type type = t->columns[c].type;
        AUTO(free_char) char *text = cell_text(table_at(t, row, c), type);
        html_leaf(b, "td", class_of(type), text);
    }
    strbuf_adds(b, "</tr>\n");
}

void table_html(struct strbuf *b, const struct table *t, int rows)
{
    int all = table_rows(t), n = rows < 0 || rows > all ? all : rows;
    html_leaf(b, "h2", NULL, t->title);
    if (t->note)
        html_leaf(b, "p", "note", t->note);
    strbuf_adds(b, t->n_columns > 7 ? "\n<table class=\"wide\">\n<thead><tr>"
                                    : "\n<table>\n<thead><tr>");
    for (int c = 0; c < t->n_columns; c++)
        html_leaf(b, "th", class_of(t->columns[c].type),
                  t->columns[c].heading);
    strbuf_adds(b, "</tr></thead>\n<tbody>\n");
    for (int r = 0; r < n; r++)
        put_row(b, t, r, t->total && r + 1 == all);
    strbuf_adds(b, "</tbody>\n</table>\n");
    if (n < all) {
        char number[NUMBER_BYTES];
        AUTO(free_char)
        char *more = xasprintf(_("… and %s more; the workbook (--xlsx) and "
                                 "the CSV have them all."),
                               number_text(all - n, number));
        html_leaf(b, "p", "note", more);
    }
}

/* ---- files ---- */

enum status output_allowed(const char *path, bool force)
{
    if (force || access(path, F_OK) != 0)
        return STATUS_OK;
    AUTO(free_char) char *shown = text_show_name(path);
    return fail(STATUS_EXISTS,
                _("'%s' is there already; give another name or --force"),
                shown);
}

enum status output_write(const char *path, const struct strbuf *b, bool force,
                         bool private)
{
    enum status st = output_allowed(path, force);
    if (st != STATUS_OK)
        return st;
    return file_write_durable(path, b->s, b->len, private ? 0600 : 0640);
}
