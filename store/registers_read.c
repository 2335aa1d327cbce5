/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A register out of a file: text or workbook, its separator, its headings.
 * The right separator is the one under which the headings are found.
 */
#include "store/registers_read.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

#define LOOK_ROWS 160 /* titles and headings stand in these */

void read_table_clear(struct read_table *t)
{
    sheet_clear(&t->sheet);
    free(t->csv);
    memset(t, 0, sizeof(*t));
}

/* Files that people take for tables. */
static enum status refuse_others(const char *bytes, size_t n, const char *what)
{
    static const struct {
        const char *magic;
        size_t length;
    } old[] = {{"\xd0\xcf\x11\xe0", 4}, {"%PDF", 4}, {"{\\rtf", 5}};
    size_t blank = strspn(bytes, " \t\r\n");

    if (n == 0 || (blank >= n))
        return fail(STATUS_INVALID, _("'%s' is empty"), what);
    for (size_t i = 0; i < ARRAY_LEN(old); i++)
        if (n > old[i].length &&
            memcmp(bytes, old[i].magic, old[i].length) == 0)
            return fail(STATUS_UNSUPPORTED,
                        _("'%s' is no table that hoso reads (an old .xls, a"
                          " locked workbook, a PDF or RTF); save the sheet as"
                          " .xlsx or 'CSV UTF-8'"),
                        what);
    if (n > 15 && bytes[blank] == '<')
        return fail(STATUS_UNSUPPORTED,
                    _("'%s' is a web page that is called a table; open it in"
                      " Excel or LibreOffice and save it as .xlsx"),
                    what);
    return STATUS_OK;
}

static enum status no_heading(const char *what, enum register_kind kind,
                              const struct alias_table *t, bool whole)
{
    struct strbuf fields;
    enum status st;

    strbuf_init(&fields);
    for (int i = 0; whole && i < t->n; i++)
        strbuf_addf(&fields, "%s%s", i ? ", " : "",
                    columns_code(kind, t->items[i].field));
    st = whole ? fail(STATUS_INVALID,
                      _("'%s' has no row with all the headings of the map"
                        " (for %s)"),
                      what, fields.s)
               : fail(STATUS_INVALID,
                      _("'%s' has no row of headings that is understood; say"
                        " with --map FILE which heading is which field"),
                      what);
    strbuf_clear(&fields);
    return st;
}

struct choice {
    char separator;
    int fields; /* found under it */
};

/* Look at the first rows under one separator. */
static enum status try_separator(const char *text, size_t n, char separator,
                                 const char *what, enum register_kind kind,
                                 const struct alias_table *aliases, bool whole,
                                 struct choice *best)
{
    struct sheet head;
    struct columns c;
    char *copy = xcalloc(n + 1, 1);
    int fields;
    enum status st;

    memcpy(copy, text, n);
    st = sheet_parse(copy, n, separator, what, LOOK_ROWS, &head);
    if (st != STATUS_OK)
        return st;
    fields = columns_find(&head, kind, aliases, whole, &c);
    if (fields > best->fields)
        *best = (struct choice){separator, fields};
    sheet_clear(&head);
    return STATUS_OK;
}

static enum status read_text(char *take_text, size_t n, const char *what,
                             enum register_kind kind,
                             const struct alias_table *aliases, bool whole,
                             struct read_table *out)
{
    static const char separators[] = {',', ';', '\t'};
    AUTO(free_char) char *text = take_text;
    AUTO(free_char) char *broken = NULL;
    enum status why = STATUS_OK;
    struct choice best = {0, 0};
    enum status st;

    for (size_t i = 0; i < ARRAY_LEN(separators); i++) {
        st = try_separator(text, n, separators[i], what, kind, aliases, whole,
                           &best);
        if (st == STATUS_OK || broken)
            continue;
        why = st;
        broken = xstrdup(status_message());
    }
    if (best.fields == 0 && broken)
        return fail(why, "%s", broken);
    if (best.fields == 0)
        return no_heading(what, kind, aliases, whole);
    st = sheet_parse(STEAL(text), n, best.separator, what, 0, &out->sheet);
    if (st != STATUS_OK)
        return st;
    columns_find(&out->sheet, kind, aliases, whole, &out->columns);
    return STATUS_OK;
}

enum status read_table(const char *bytes, size_t n, const char *what,
                       enum register_kind kind,
                       const struct alias_table *aliases, bool whole,
                       struct read_table *out)
{
    const char *encoding = "";
    bool workbook = sheet_is_xlsx(bytes, n);
    char *text = NULL;
    size_t len = 0;
    enum status st = refuse_others(bytes, n, what);

    memset(out, 0, sizeof(*out));
    if (st == STATUS_OK && workbook) {
        st = sheet_from_xlsx(bytes, n, what, &out->csv, &out->n_csv);
        bytes = out->csv;
        n = out->n_csv;
        if (st == STATUS_OK && n == 0)
            st = fail(STATUS_INVALID, _("'%s' is empty"), what);
    }
    if (st == STATUS_OK)
        st = sheet_decode(bytes, n, what, &text, &len, &encoding);
    if (st == STATUS_OK)
        st = read_text(text, len, what, kind, aliases, whole, out);
    if (st != STATUS_OK) {
        read_table_clear(out);
        return st;
    }
    out->sheet.encoding = encoding;
    if (workbook)
        out->sheet.separator = "sheet";
    return STATUS_OK;
}
