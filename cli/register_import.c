/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import of a register has to say to a clerk. */
#include "cli/register_import.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <string.h>

/* Of many wrong rows these are shown; --json has all. */
#define WRONG_SHOWN 20

static json_t *rows_json(const struct register_wrong *rows, int64_t n,
                         const char *text)
{
    json_t *list = json_array();
    for (int64_t i = 0; i < n; i++)
        json_array_append_new(
            list, json_pack("{s:I, s:o}", "row", (json_int_t)rows[i].row, text,
                            json_text_value(rows[i].reason)));
    return list;
}

static json_t *report_json(enum register_kind kind, bool dry_run,
                           const struct register_report *o)
{
    json_t *j = json_pack(
        "{s:s, s:o, s:b, s:b, s:I, s:I, s:I, s:I, s:I, s:o, s:o}", "kind",
        register_kind_text(kind), "import",
        o->number > 0 ? json_integer(o->number) : json_null(), "dry_run",
        dry_run, "known", o->known, "rows", (json_int_t)o->rows, "added",
        (json_int_t)o->added, "changed", (json_int_t)o->changed, "same",
        (json_int_t)o->same, "repeated", (json_int_t)o->repeated, "wrong",
        rows_json(o->wrong, o->n_wrong, "reason"), "changes",
        rows_json(o->changes, o->n_changes, "change"));
    json_object_set_new(j, "encoding", json_text_or_null(o->encoding));
    json_object_set_new(j, "separator", json_text_or_null(o->separator));
    json_object_set_new(j, "sheet", json_text_or_null(o->sheet));
    json_object_set_new(j, "other_sheets",
                        json_text_or_null(o->other_sheets));
    json_object_set_new(j, "header_row", json_integer(o->header_row));
    if (o->columns != NULL)
        json_object_set(j, "columns", o->columns);
    if (o->unused != NULL)
        json_object_set(j, "unused", o->unused);
    return j;
}

static void print_columns(struct printer *p, const struct register_report *o)
{
    const char *field;
    json_t *heading;
    size_t i;
    if (o->sheet != NULL)
        print(p, _("Sheet '%s', headings in row %d.\n"), o->sheet,
              (int)o->header_row);
    else
        print(p, _("Headings in row %d; encoding %s, separator %s.\n"),
              (int)o->header_row, o->encoding, o->separator);
    if (o->other_sheets != NULL)
        print(p, _("Other sheets look like a register too: %s; '--sheet NAME' "
                   "takes one of them.\n"),
              o->other_sheets);
    json_object_foreach(o->columns, field, heading) {
        print(p, "  ");
        print_column(p, field, 15);
        print(p, " <- %s\n", json_string_value(heading));
    }
    json_array_foreach(o->unused, i, heading)
        print(p, _("  not used: %s\n"), json_string_value(heading));
}

static void print_rows(struct printer *p, const struct register_wrong *rows,
                       int64_t n)
{
    char number[NUMBER_BYTES];
    for (int64_t i = 0; i < n && i < WRONG_SHOWN; i++) {
        print(p, _("  row %s: "), number_text(rows[i].row, number));
        print(p, "%s\n", rows[i].reason);
    }
    if (n > WRONG_SHOWN)
        print(p, _("  and %s more\n"), number_text(n - WRONG_SHOWN, number));
}

static void print_counts(struct printer *p, const struct register_report *o)
{
    const struct {
        const char *text;
        int64_t n;
    } counts[] = {
        {_("rows"), o->rows},       {_("new"), o->added},
        {_("changed"), o->changed}, {_("the same"), o->same},
        {_("said twice"), o->repeated}, {_("wrong"), o->n_wrong},
    };
    char number[NUMBER_BYTES];
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        print(p, "  ");
        print_column(p, counts[i].text, 15);
        print(p, " %9s\n", number_text(counts[i].n, number));
    }
}

static void print_report(struct printer *p, bool dry_run,
                         const struct register_report *o)
{
    if (o->known) {
        print(p, _("These very bytes were imported before, as number %d; "
                   "nothing is changed.\n"),
              (int)o->number);
        return;
    }
    print_columns(p, o);
    print_counts(p, o);
    if (o->n_changes > 0) {
        print(p, _("Changed:\n"));
        print_rows(p, o->changes, o->n_changes);
    }
    if (o->n_wrong > 0) {
        print_style(p, STYLE_YELLOW);
        print(p, _("Not taken in:\n"));
        print_style(p, STYLE_PLAIN);
        print_rows(p, o->wrong, o->n_wrong);
    }
    if (dry_run)
        print(p, _("A dry run: nothing was changed.\n"));
    else
        print(p,
              _("Import %d is in; 'hoso register revert %d' undoes it.\n"),
              (int)o->number, (int)o->number);
}

enum status register_import_run(struct run *r, enum register_kind kind,
                                const char *path, const char *map,
                                const char *sheet, bool dry_run)
{
    struct register_report report = {0};
    struct register_input in = {.kind = kind,
                                .path = path,
                                .map = map,
                                .sheet = sheet,
                                .dry_run = dry_run};
    char number[NUMBER_BYTES];
    enum status st = archive_register_import(r->archive, &in, &report);
    if (st != STATUS_OK) {
        register_report_clear(&report);
        return st;
    }
    if (r->out->json)
        print_json(r->out, report_json(kind, dry_run, &report));
    else
        print_report(r->out, dry_run, &report);
    int64_t wrong = report.n_wrong;
    register_report_clear(&report);
    if (wrong > 0)
        return fail(STATUS_PARTIAL,
                    ngettext("%s row was not taken in; put it right in the "
                             "register and import it again",
                             "%s rows were not taken in; put them right in "
                             "the register and import it again",
                             (unsigned long)wrong),
                    number_text(wrong, number));
    return STATUS_OK;
}
