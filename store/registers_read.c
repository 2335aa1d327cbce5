/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A register out of a file: text or workbook, its separator, its headings.
 * The right separator is the one under which the headings are found.
 */
#include "store/registers_read.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "store/workbook.h"

#include <stdlib.h>
#include <string.h>

#define LOOK_ROWS 160 /* titles and headings stand in these */

void read_table_clear(struct read_table *t)
{
    sheet_clear(&t->sheet);
    free(t->csv);
    free(t->sheet_name);
    free(t->other_sheets);
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

static enum status read_bytes(const char *bytes, size_t n, const char *what,
                              enum register_kind kind,
                              const struct alias_table *aliases, bool whole,
                              struct read_table *out)
{
    const char *encoding = "";
    char *text = NULL;
    size_t len = 0;
    enum status st = n == 0 ? fail(STATUS_INVALID, _("'%s' is empty"), what)
                            : sheet_decode(bytes, n, what, &text, &len,
                                           &encoding);

    if (st == STATUS_OK)
        st = read_text(text, len, what, kind, aliases, whole, out);
    if (st == STATUS_OK)
        out->sheet.encoding = encoding;
    else
        read_table_clear(out);
    return st;
}

/* ---- workbooks ---- */

struct wanted {
    const char *what;
    enum register_kind kind;
    const struct alias_table *aliases;
    bool whole;
};

static enum status read_sheet(const struct workbook *w, int i,
                              const struct wanted *x, struct read_table *out)
{
    char *csv = NULL;
    size_t n = 0;
    enum status st =
        sheet_from_xlsx(w->bytes, w->n, i + 1, x->what, &csv, &n);

    memset(out, 0, sizeof(*out));
    if (st == STATUS_OK)
        st = read_bytes(csv, n, x->what, x->kind, x->aliases, x->whole, out);
    if (st != STATUS_OK) {
        free(csv);
        return st;
    }
    out->csv = csv;
    out->n_csv = n;
    out->sheet.separator = "sheet";
    if (i < w->n_sheets)
        out->sheet_name = xstrdup(w->sheets[i].name);
    return STATUS_OK;
}

static int sheet_called(const struct workbook *w, const char *called)
{
    char *end = NULL;
    long number = strtol(called, &end, 10);

    for (int i = 0; i < w->n_sheets; i++)
        if (strcmp(w->sheets[i].name, called) == 0)
            return i;
    return *called && !*end && number >= 1 && number <= w->n_sheets
               ? (int)number - 1
               : -1;
}

static enum status no_such_sheet(const struct workbook *w, const char *called,
                                 const char *what)
{
    struct strbuf names;

    strbuf_init(&names);
    for (int i = 0; i < w->n_sheets; i++)
        strbuf_addf(&names, "%s'%s'", i ? ", " : "", w->sheets[i].name);
    enum status st =
        fail(STATUS_NOT_FOUND, _("'%s' has no sheet '%s'; it has %s"), what,
             called, names.s);
    strbuf_clear(&names);
    return st;
}

static bool has_rows(const struct read_table *t)
{
    for (size_t r = t->columns.first; r < t->sheet.n_rows; r++)
        if (!sheet_row_empty(&t->sheet, r))
            return true;
    return false;
}

/* By what a sheet is the better table: rows at all, then known headings. */
static int worth(const struct read_table *t)
{
    int found = 0;

    for (int i = 0; i < columns_count(t->columns.kind); i++)
        found += t->columns.at[i] >= 0;
    return found + (has_rows(t) ? COLUMNS_FIELDS_MAX : 0);
}

/* Take t for the table if it is better than what was found so far. */
static void prefer(struct read_table *best, struct read_table *t)
{
    int more = best->csv ? worth(t) - worth(best) : 1;

    if (more == 0) {
        char *names = best->other_sheets
                          ? xasprintf("%s, %s", best->other_sheets,
                                      t->sheet_name)
                          : xstrdup(t->sheet_name);

        free(best->other_sheets);
        best->other_sheets = names;
    }
    if (more <= 0) {
        read_table_clear(t);
        return;
    }
    read_table_clear(best);
    *best = *t;
}

/* Look at all sheets, the hidden ones only if no other is a table. */
static enum status read_best(const struct workbook *w, const struct wanted *x,
                             struct read_table *out)
{
    AUTO(free_char) char *why = NULL;
    enum status st = STATUS_INVALID;

    for (int hidden = 0; hidden < 2 && !out->csv; hidden++)
        for (int i = 0; i < w->n_sheets; i++) {
            struct read_table t;

            if (w->sheets[i].hidden != hidden)
                continue;
            st = read_sheet(w, i, x, &t);
            if (st == STATUS_OK)
                prefer(out, &t);
            else if (st != STATUS_INVALID)
                return st; /* not a matter of this sheet alone */
            else if (!why)
                why = xstrdup(status_message());
        }
    return out->csv ? STATUS_OK
                    : fail(STATUS_INVALID, "%s", why ? why : x->what);
}

static enum status read_workbook(const char *bytes, size_t n,
                                 const struct wanted *x, const char *sheet,
                                 struct read_table *out)
{
    struct workbook w;
    enum status st = workbook_read(bytes, n, x->what, &w);
    int i = 0;

    if (st != STATUS_OK)
        return st;
    if (sheet)
        i = sheet_called(&w, sheet);
    if (i < 0)
        st = no_such_sheet(&w, sheet, x->what);
    else if (sheet || w.n_sheets < 2)
        st = read_sheet(&w, i, x, out);
    else
        st = read_best(&w, x, out);
    workbook_clear(&w);
    if (st != STATUS_OK)
        read_table_clear(out);
    return st;
}

enum status read_table(const char *bytes, size_t n, const char *what,
                       enum register_kind kind,
                       const struct alias_table *aliases, bool whole,
                       const char *sheet, struct read_table *out)
{
    const struct wanted x = {what, kind, aliases, whole};
    enum status st = refuse_others(bytes, n, what);

    memset(out, 0, sizeof(*out));
    if (st == STATUS_OK && sheet && !sheet_is_xlsx(bytes, n))
        st = fail(STATUS_NOT_FOUND, _("'%s' is no workbook; it has no sheets"),
                  what);
    if (st != STATUS_OK)
        return st;
    return sheet_is_xlsx(bytes, n)
               ? read_workbook(bytes, n, &x, sheet, out)
               : read_bytes(bytes, n, what, kind, aliases, whole, out);
}
