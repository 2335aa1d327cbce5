/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso staff: the dossiers of persons, what they lack, letters about it. */
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/register_import.h"
#include "cli/report.h"

#include <string.h>

enum {
    STAFF_YEAR, STAFF_UNIT, STAFF_COMPONENT, STAFF_HTML, STAFF_FORCE,
    STAFF_MAP, STAFF_SHEET, STAFF_DRY_RUN, STAFF_OPTION_COUNT
};

static const struct option_def options[STAFF_OPTION_COUNT] = {
    [STAFF_YEAR] = {"year", 'y', OPTION_INT, "1900..2999", N_("YEAR"),
                    N_("for which year yearly papers are asked (this year)")},
    [STAFF_UNIT] = {"unit", 'u', OPTION_TEXT, "", N_("UNIT"),
                    N_("only units with these words in their name")},
    [STAFF_COMPONENT] = {"component", 0, OPTION_TEXT, "", N_("COMPONENT"),
                         N_("file: what the paper is, such as khai-sinh")},
    [STAFF_HTML] = {"html", 0, OPTION_TEXT, "", N_("FILE"),
                    N_("missing: write a letter for each person, for "
                       "printing")},
    [STAFF_FORCE] = {"force", 'f', OPTION_FLAG, "", NULL,
                     N_("overwrite a file that is there")},
    [STAFF_MAP] = {"map", 0, OPTION_TEXT, "", N_("FILE"),
                   N_("import: lines 'field = heading' that say which column "
                      "is which; kept for the next import")},
    [STAFF_SHEET] = {"sheet", 0, OPTION_TEXT, "", N_("SHEET"),
                     N_("import: which sheet of a workbook, by its name or "
                        "number")},
    [STAFF_DRY_RUN] = {"dry-run", 0, OPTION_FLAG, "", NULL,
                       N_("import: say what would change, change nothing")},
};

static enum status import(struct run *r)
{
    return register_import_run(r, REGISTER_STAFF, r->args[1],
                               r->values[STAFF_MAP], r->values[STAFF_SHEET],
                               r->values[STAFF_DRY_RUN] != NULL);
}

static enum status read_staff(struct run *r, struct staff_report *out)
{
    return archive_staff(r->archive,
                         (int)option_int(r->values[STAFF_YEAR], 0),
                         r->values[STAFF_UNIT], out);
}

/* ---- list ---- */

static enum status list(struct run *r)
{
    struct staff_report s;
    struct table t;
    enum status st = read_staff(r, &s);
    if (st != STATUS_OK)
        return st;
    if (r->out->json) {
        for (int i = 0; i < s.n_persons; i++)
            print_json(r->out, staff_person_json(&s.persons[i]));
    } else {
        staff_persons_table(&s, &t);
        table_print(r->out, &t, -1);
        table_clear(&t);
        staff_nobody_table(&s, &t);
        if (table_rows(&t) > 0)
            table_print(r->out, &t, -1);
        table_clear(&t);
    }
    staff_report_clear(&s);
    return st;
}

/* ---- show ---- */

static void print_entries(struct printer *p, const struct staff_person *who)
{
    struct table t;
    char day[DAY_BYTES];
    AUTO(free_char)
    char *title = xasprintf("%s · %s", who->name, who->code);
    table_start(&t, title);
    table_note(&t, "%s · %s · %s", day_text(who->birth_date, day), who->unit,
               staff_kind_text(who->kind));
    table_column(&t, CELL_TEXT, _("Paper"));
    table_column(&t, CELL_TEXT, _("Year"));
    table_column(&t, CELL_COUNT, _("Pages"));
    table_column(&t, CELL_COUNT, _("Needed"));
    table_column(&t, CELL_TEXT, _("State"));
    for (int i = 0; i < who->n_entries; i++) {
        const struct staff_entry *e = &who->entries[i];
        table_text(&t, e->name);
        table_text(&t, e->year);
        table_number(&t, (double)e->pages);
        if (e->pages_expected > 0)
            table_number(&t, e->pages_expected);
        else
            table_empty(&t);
        table_text(&t, staff_state_text(e->state));
    }
    table_print(p, &t, -1);
    table_clear(&t);
}

static void print_papers(struct printer *p, const struct staff_person *who)
{
    struct table t;
    table_start(&t, _("Papers in the dossier"));
    table_column(&t, CELL_TEXT, _("Document"));
    table_column(&t, CELL_TEXT, _("Component"));
    table_column(&t, CELL_TEXT, _("Year"));
    table_column(&t, CELL_COUNT, _("Pages"));
    table_column(&t, CELL_TEXT, _("Title"));
    table_column(&t, CELL_TEXT, _("Note"));
    for (int i = 0; i < who->papers.n; i++) {
        const struct staff_paper *k = &who->papers.items[i];
        table_text(&t, k->document);
        table_text(&t, *k->component ? k->component : _("(not said)"));
        table_text(&t, k->year);
        table_number(&t, (double)k->pages);
        table_text(&t, k->title);
        table_text(&t, !k->sure      ? _("perhaps another person's")
                       : k->duplicate ? _("the same paper again")
                                      : "");
    }
    table_print(p, &t, -1);
    table_clear(&t);
}

static enum status show(struct run *r)
{
    struct staff_report s;
    const struct staff_person *who = NULL;
    enum status st = read_staff(r, &s);
    if (st != STATUS_OK)
        return st;
    st = staff_find(&s, r->args[1], &who);
    if (st == STATUS_OK && r->out->json) {
        print_json(r->out, staff_person_json(who));
    } else if (st == STATUS_OK) {
        print_entries(r->out, who);
        if (who->papers.n > 0)
            print_papers(r->out, who);
    }
    staff_report_clear(&s);
    return st;
}

/* ---- missing, and letters ---- */

static enum status write_letters(struct run *r, const struct staff_report *s,
                                 const struct staff_person *only)
{
    struct strbuf b;
    int64_t n = 0;
    char number[NUMBER_BYTES];
    strbuf_init(&b);
    html_start(&b, HTML_FORM, "Bổ sung thành phần hồ sơ");
    for (int i = 0; i < s->n_persons; i++) {
        const struct staff_person *p = &s->persons[i];
        if (p->complete || (only && only != p))
            continue;
        staff_letter(&b, archive_config(r->archive), s, p);
        n++;
    }
    html_end(&b);
    enum status st = STATUS_OK;
    if (n > 0)
        st = output_write(r->values[STAFF_HTML], &b,
                          r->values[STAFF_FORCE] != NULL, true);
    strbuf_clear(&b);
    if (st != STATUS_OK)
        return st;
    AUTO(free_char) char *shown = text_show_name(r->values[STAFF_HTML]);
    if (n == 0)
        print_note(r->out, "%s", _("Nothing is missing; no letter is written.\n"));
    else
        print_note(r->out,
                   ngettext("%s letter is in '%s'.\n",
                            "%s letters are in '%s'.\n", (unsigned long)n),
                   number_text(n, number), shown);
    return st;
}

/* The table of one person is that of a report with this one alone. */
static void print_missing(struct printer *p, struct staff_report *s,
                          const struct staff_person *only)
{
    struct table t;
    struct staff_report one = *s;
    if (only) {
        one.persons = s->persons + (only - s->persons);
        one.n_persons = 1;
    }
    staff_missing_table(&one, &t);
    if (!p->json) {
        table_print(p, &t, -1);
    } else {
        for (int i = 0; i < one.n_persons; i++)
            print_json(p, staff_person_json(&one.persons[i]));
    }
    table_clear(&t);
}

static enum status missing(struct run *r)
{
    struct staff_report s;
    const struct staff_person *only = NULL;
    enum status st = read_staff(r, &s);
    if (st != STATUS_OK)
        return st;
    if (r->n_args > 1)
        st = staff_find(&s, r->args[1], &only);
    if (st == STATUS_OK && r->values[STAFF_HTML])
        st = write_letters(r, &s, only);
    else if (st == STATUS_OK)
        print_missing(r->out, &s, only);
    staff_report_clear(&s);
    return st;
}

/* ---- filing by hand ---- */

/* Put a document into somebody's dossier, or take it out. */
static enum status refile(struct run *r, bool in)
{
    struct staff_report s;
    const struct staff_person *who = NULL;
    enum status st = read_staff(r, &s);
    if (st != STATUS_OK)
        return st;
    st = staff_find(&s, r->args[2], &who);
    if (st == STATUS_OK)
        st = archive_staff_file(r->archive, r->args[1], who->key,
                                in ? r->values[STAFF_COMPONENT] : NULL,
                                in ? r->values[STAFF_YEAR] : NULL, in);
    if (st == STATUS_OK)
        print_note(r->out,
                   in ? _("'%s' is in the dossier of %s.\n")
                      : _("'%s' is not in the dossier of %s.\n"),
                   r->args[1], who->name);
    staff_report_clear(&s);
    return st;
}

static enum status file(struct run *r)
{
    return refile(r, true);
}

static enum status unfile(struct run *r)
{
    return refile(r, false);
}

static const struct {
    const char *name;
    int min_args, max_args;
    enum status (*run)(struct run *r);
} verbs[] = {
    {"import", 2, 2, import}, {"list", 1, 1, list},
    {"show", 2, 2, show},           {"missing", 1, 2, missing},
    {"file", 3, 3, file},           {"unfile", 3, 3, unfile},
};

static enum status staff(struct run *r)
{
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        if (strcmp(verbs[i].name, r->args[0]) != 0)
            continue;
        if (r->n_args < verbs[i].min_args || r->n_args > verbs[i].max_args)
            return fail(STATUS_USAGE,
                        _("'hoso staff %s' takes other arguments; see 'hoso "
                          "staff --help'"),
                        verbs[i].name);
        return verbs[i].run(r);
    }
    return fail(STATUS_USAGE,
                _("'hoso staff' cannot '%s'; it can import, list, show, "
                  "missing, file and unfile"),
                r->args[0]);
}

const struct command command_staff = {
    .name = "staff",
    .arguments = N_("import FILE | list | show WHO | missing [WHO] | file "
                    "DOCUMENT WHO | unfile DOCUMENT WHO"),
    .summary = N_("dossiers of staff: who they are of, and what they lack"),
    .about = N_("Take in the register of staff, and hold the papers of every "
                "person against what a dossier must have "
                "(staff-components.tsv). WHO is a staff code or a whole name. "
                "'missing --html' writes a letter to each person whose "
                "dossier lacks something."),
    .example = "hoso staff missing --html thu.html",
    OPTIONS_OF(options),
    .needs = NEEDS_FRESH,
    .min_args = 1,
    .max_args = 3,
    .run = staff,
};
