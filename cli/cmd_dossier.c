/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso dossier: papers that belong together, and the forms printed of them. */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/report.h"

#include <string.h>

enum { KIND, TITLE, MAINTENANCE, NOTE, HTML, FORM, FORCE, OPTION_COUNT };

static const struct option_def options[OPTION_COUNT] = {
    [KIND] = {"kind", 'k', OPTION_CHOICE, "case|staff|work", N_("KIND"),
              N_("list: only this kind; staff dossiers are listed only with "
                 "'staff'")},
    [TITLE] = {"title", 't', OPTION_TEXT, "", N_("TITLE"),
               N_("add: title of a new dossier")},
    [MAINTENANCE] = {"maintenance", 0, OPTION_TEXT, "", N_("HOW LONG"),
                     N_("close: how long it is to be kept")},
    [NOTE] = {"note", 0, OPTION_TEXT, "", N_("TEXT"),
              N_("close: what is to be said of its papers")},
    [HTML] = {"html", 0, OPTION_TEXT, "", N_("FILE"),
              N_("show: write its forms for printing: cover, list of papers, "
                 "closing note")},
    [FORM] = {"form", 0, OPTION_CHOICE, "all|cover|contents|closing",
              N_("FORM"), N_("show: only this form")},
    [FORCE] = {"force", 'f', OPTION_FLAG, "", NULL,
               N_("overwrite a file that is there")},
};

/* ---- as JSON and as text ---- */

static json_t *time_json(time_t t)
{
    char iso[CLOCK_ISO_BYTES];
    clock_iso(t, iso);
    return t == 0 ? json_null() : json_string(iso);
}

static json_t *paper_json(const struct dossier_paper *p)
{
    json_t *j = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o}", "document",
        json_text_value(p->document), "number", json_text_value(p->number),
        "date", json_text_value(p->date), "title", json_text_value(p->title),
        "type", json_text_value(p->type), "issuer",
        json_text_value(p->issuer));
    json_object_set_new(j, "pages", json_integer(p->pages));
    json_object_set_new(j, "first_sheet", json_integer(p->first_sheet));
    json_object_set_new(j, "late", json_boolean(p->late));
    return j;
}

static json_t *dossier_json(const struct dossier *d, bool papers)
{
    json_t *j = json_pack(
        "{s:o, s:s, s:o, s:i, s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
        json_text_value(d->id), "kind", d->kind, "title",
        json_text_value(d->title), "documents", d->n_papers, "pages",
        (json_int_t)d->pages, "opened_at", time_json(d->opened_at),
        "opened_by", json_text_value(d->opened_by), "closed_at",
        time_json(d->closed_at), "closed_by", json_text_value(d->closed_by),
        "maintenance", json_text_value(d->maintenance), "note",
        json_text_value(d->note));
    if (!papers)
        return j;
    json_t *list = json_array();
    for (int i = 0; i < d->n_papers; i++)
        json_array_append_new(list, paper_json(&d->papers[i]));
    json_object_set_new(j, "papers", list);
    return j;
}

struct listing {
    struct printer *out;
    int64_t n;
};

#define ID_COLUMNS 28

static enum status list_one(void *user, const struct dossier *d)
{
    struct listing *l = user;
    struct printer *p = l->out;
    l->n++;
    if (p->json) {
        print_json(p, dossier_json(d, false));
    } else {
        print_style(p, STYLE_GREEN);
        print_column(p, d->id, ID_COLUMNS);
        print_style(p, STYLE_PLAIN);
        print(p, "  %-5s  %4d  %5d  ", d->kind, d->n_papers, (int)d->pages);
        print_column(p, d->closed_at != 0 ? _("closed") : _("open"), 7);
        print(p, "  %s\n", d->title);
    }
    return p->error == 0 ? STATUS_OK : printer_flush(p);
}

static enum status list(struct run *r)
{
    struct listing l = {.out = r->out};
    char number[NUMBER_BYTES];
    if (r->n_args > 1)
        return fail(STATUS_USAGE, _("'hoso dossier list' needs no '%s'"),
                    r->args[1]);
    enum status st =
        archive_dossiers(r->archive, r->values[KIND], list_one, &l);
    if (st == STATUS_OK)
        print_note(
            r->out,
            ngettext("%s dossier.\n", "%s dossiers.\n", (unsigned long)l.n),
            number_text(l.n, number));
    return st;
}

static void print_dossier(struct printer *p, const struct dossier *d)
{
    struct table t;
    table_start(&t, d->title);
    if (d->closed_at != 0) {
        char iso[CLOCK_ISO_BYTES], day[DAY_BYTES];
        clock_iso(d->closed_at, iso);
        iso[strlen("2022-03-01")] = '\0';
        table_note(&t, _("%s, closed on %s by %s"), d->id, day_text(iso, day),
                   d->closed_by);
    } else {
        table_note(&t, _("%s, open"), d->id);
    }
    table_column(&t, CELL_CODE, _("Document"));
    table_column(&t, CELL_CODE, _("Number"));
    table_column(&t, CELL_DAY, _("Date"));
    table_column(&t, CELL_TEXT, _("Title"));
    table_column(&t, CELL_COUNT, _("Pages"));
    table_column(&t, CELL_TEXT, _("Note"));
    for (int i = 0; i < d->n_papers; i++) {
        table_text(&t, d->papers[i].document);
        table_text(&t, d->papers[i].number);
        table_text(&t, d->papers[i].date);
        table_text(&t, d->papers[i].title);
        table_number(&t, (double)d->papers[i].pages);
        table_text(&t, d->papers[i].late ? _("came after it was closed") : "");
    }
    table_print(p, &t, -1);
    table_clear(&t);
}

/* ---- forms ---- */

static enum status write_forms(struct run *r, const struct dossier *d)
{
    const struct config *c = archive_config(r->archive);
    const char *form = r->values[FORM] ? r->values[FORM] : "all";
    bool all = strcmp(form, "all") == 0;
    struct strbuf b;
    strbuf_init(&b);
    html_start(&b, HTML_FORM, d->title);
    if (all || strcmp(form, "cover") == 0)
        form_cover(&b, c, d);
    if (all || strcmp(form, "contents") == 0)
        form_contents(&b, c, d);
    if (all || strcmp(form, "closing") == 0)
        form_closing(&b, c, d);
    html_end(&b);
    enum status st = output_write(r->values[HTML], &b,
                                  r->values[FORCE] != NULL,
                                  strcmp(d->kind, "staff") == 0);
    strbuf_clear(&b);
    if (st == STATUS_OK) {
        AUTO(free_char) char *shown = text_show_name(r->values[HTML]);
        print_note(r->out, _("The forms are in '%s'.\n"), shown);
    }
    return st;
}

static enum status show(struct run *r)
{
    struct dossier d;
    enum status st = archive_dossier(r->archive, r->args[1], &d);
    if (st != STATUS_OK)
        return st;
    if (r->values[HTML])
        st = write_forms(r, &d);
    else if (r->out->json)
        print_json(r->out, dossier_json(&d, true));
    else
        print_dossier(r->out, &d);
    dossier_clear(&d);
    return st;
}

static enum status close(struct run *r)
{
    enum status st =
        archive_dossier_close(r->archive, r->args[1], r->values[MAINTENANCE],
                              r->values[NOTE]);
    if (st != STATUS_OK)
        return st;
    if (!r->out->json)
        print_note(r->out, _("The dossier '%s' is closed.\n"), r->args[1]);
    return show(r);
}

static enum status add(struct run *r)
{
    enum status st =
        archive_dossier_add(r->archive, r->args[1], r->values[TITLE],
                            r->args + 2, r->n_args - 2);
    return st == STATUS_OK ? show(r) : st;
}

static enum status dossier(struct run *r)
{
    static const struct {
        const char *name;
        int min_args;
        enum status (*run)(struct run *r);
    } verbs[] = {
        {"list", 1, list}, {"show", 2, show}, {"close", 2, close},
        {"add", 3, add}};
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        if (strcmp(verbs[i].name, r->args[0]) != 0)
            continue;
        if (r->n_args < verbs[i].min_args)
            return fail(STATUS_USAGE,
                        _("'hoso dossier %s' needs the id of a dossier"
                          "; see 'hoso dossier --help'"),
                        verbs[i].name);
        return verbs[i].run(r);
    }
    return fail(STATUS_USAGE,
                _("'hoso dossier' cannot '%s'; it can list, show, close and "
                  "add"),
                r->args[0]);
}

const struct command command_dossier = {
    .name = "dossier",
    .arguments = N_("list | show ID | close ID | add ID DOCUMENT…"),
    .summary = N_("papers that belong together, and their forms"),
    .about = N_("Dossiers follow from the case codes of results and from the "
                "persons of staff papers; files of work are put together with "
                "'add'. 'show --html' writes cover, list of papers and "
                "closing note for printing. 'close' writes down what is in "
                "it; what comes later is shown as late."),
    .example = "hoso dossier show 000.00.28.H40-201213-6290 --html ho-so.html",
    OPTIONS_OF(options),
    .needs = NEEDS_FRESH,
    .min_args = 1,
    .max_args = -1,
    .run = dossier,
};
