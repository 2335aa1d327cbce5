/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso register: what was issued, and which document is which result. */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/register_import.h"
#include "cli/register_review.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAP, SHEET, DRY_RUN, KIND, OPTION_COUNT };

static const struct option_def options[OPTION_COUNT] = {
    [MAP] = {"map", 0, OPTION_TEXT, "", N_("FILE"),
             N_("import: lines 'field = heading' that say which column is "
                "which; kept for the next import")},
    [SHEET] = {"sheet", 0, OPTION_TEXT, "", N_("SHEET"),
               N_("import: which sheet of a workbook, by its name or number")},
    [DRY_RUN] = {"dry-run", 0, OPTION_FLAG, "", NULL,
                 N_("import: say what would change, change nothing")},
    [KIND] = {"kind", 'k', OPTION_CHOICE, "result|staff", N_("KIND"),
              N_("import: a register of results (default) or a list of "
                 "staff")},
};

/* ---- import, revert ---- */

static enum status import_file(struct run *r)
{
    const char *kind = r->values[KIND];
    return register_import_run(r,
                               kind != NULL && strcmp(kind, "staff") == 0
                                   ? REGISTER_STAFF
                                   : REGISTER_RESULT,
                               r->args[1], r->values[MAP], r->values[SHEET],
                               r->values[DRY_RUN] != NULL);
}

static enum status revert(struct run *r)
{
    char *end;
    errno = 0;
    long number = strtol(r->args[1], &end, 10);
    if (errno != 0 || *end != '\0' || number < 1)
        return fail(STATUS_USAGE,
                    _("'%s' is no number of an import; 'hoso register list' "
                      "shows them"),
                    r->args[1]);
    enum status st = archive_register_revert(r->archive, number);
    if (st != STATUS_OK)
        return st;
    if (r->out->json)
        print_json(r->out, json_pack("{s:I, s:b}", "import",
                                     (json_int_t)number, "reverted", 1));
    else
        print(r->out, _("Import %d is undone; its file is kept.\n"),
              (int)number);
    return STATUS_OK;
}

/* ---- list ---- */

static json_t *import_json(const struct register_import_row *i)
{
    char at[CLOCK_ISO_BYTES];
    clock_iso(i->at, at);
    return json_pack("{s:I, s:s, s:o, s:s, s:s, s:o, s:I, s:I, s:I, s:I, s:b}",
                     "import", (json_int_t)i->number, "kind",
                     register_kind_text(i->kind), "name",
                     json_text_value(i->name), "sha256", i->sha256, "at", at,
                     "who", json_text_value(i->who), "rows",
                     (json_int_t)i->rows, "good", (json_int_t)i->good, "wrong",
                     (json_int_t)i->wrong, "in_force", (json_int_t)i->current,
                     "reverted", i->reverted);
}

static enum status print_import(void *user, const struct register_import_row *i)
{
    struct printer *p = user;
    char at[CLOCK_ISO_BYTES], good[NUMBER_BYTES], now[NUMBER_BYTES];
    if (p->json) {
        print_json(p, import_json(i));
        return STATUS_OK;
    }
    clock_iso(i->at, at);
    at[strlen("2022-03-01")] = '\0';
    print(p, "%4d  %s  ", (int)i->number, at);
    print_column(p, i->kind == REGISTER_STAFF ? _("staff") : _("results"), 8);
    print(p, "  %8s  %8s  ", number_text(i->good, good),
          number_text(i->current, now));
    print_column(p, i->who, 12);
    print(p, "  %s%s\n", i->name, i->reverted ? _(" (undone)") : "");
    return STATUS_OK;
}

static enum status list(struct run *r)
{
    if (!r->out->json) {
        print_style(r->out, STYLE_BOLD);
        print(r->out, _("  No  Day         Kind          Rows  In force  By"
                        "            File\n"));
        print_style(r->out, STYLE_PLAIN);
    }
    return archive_register_list(r->archive, print_import, r->out);
}

/* ---- match ---- */

static enum status match(struct run *r)
{
    struct match_summary s;
    enum status st = archive_match(r->archive, &s);
    if (st == STATUS_OK)
        register_print_summary(r->out, &s);
    return st;
}

static enum status print_unknown(void *user, const char *document,
                                 const char *title)
{
    struct printer *p = user;
    if (p->json)
        print_json(p, json_pack("{s:s, s:o}", "id", document, "title",
                                json_text_value(title)));
    else
        print(p, "%s  %s\n", document, title);
    return STATUS_OK;
}

static enum status unknown(struct run *r)
{
    return archive_match_unknown(r->archive, print_unknown, r->out);
}

/* ---- the verbs ---- */

static const struct verb {
    const char *name;
    int min_args, max_args; /* with the verb itself */
    bool writes;
    enum status (*run)(struct run *r);
} verbs[] = {
    {"import", 2, 2, true, import_file}, {"list", 1, 1, false, list},
    {"revert", 2, 2, true, revert},      {"match", 1, 1, true, match},
    {"review", 1, 4, true, register_review},      {"unknown", 1, 1, false, unknown},
};

/* Who only looks needs no permission to write. */
static enum status run_verb(struct run *r, const struct verb *v)
{
    AUTO(archive_closep) struct archive *archive = NULL;
    struct run own = *r;
    if (r->n_args < v->min_args || r->n_args > v->max_args)
        return fail(STATUS_USAGE,
                    _("'hoso register %s' is not called so; see 'hoso "
                      "register --help'"),
                    v->name);
    if (v->writes && !register_review_looks(r)) {
        enum status st = archive_open(r->dir, STORE_WRITE, &archive);
        if (st != STATUS_OK)
            return st;
        own.archive = archive;
    }
    return v->run(&own);
}

static enum status run(struct run *r)
{
    const char *names[ARRAY_LEN(verbs)];
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        names[i] = verbs[i].name;
        if (strcmp(verbs[i].name, r->args[0]) == 0)
            return run_verb(r, &verbs[i]);
    }
    const char *near = nearest_name(r->args[0], names, ARRAY_LEN(verbs));
    if (near != NULL)
        return fail(STATUS_USAGE,
                    _("'hoso register' has no '%s'; did you mean '%s'?"),
                    r->args[0], near);
    return fail(STATUS_USAGE,
                _("'hoso register' has no '%s'; see 'hoso register --help'"),
                r->args[0]);
}

const struct command command_register = {
    .name = "register",
    .arguments = N_("import FILE | list | revert N | match | review "
                    "[show ID | accept ID [RESULT] | reject ID [RESULT]] | "
                    "unknown"),
    .summary = N_("the registers of results, and which document is which"),
    .about = N_("Take in the one-stop system's list of issued results (CSV or "
                "XLSX), and match the documents to it by case code, number, "
                "date and applicant. What is sure is matched; what is "
                "doubtful waits in 'review' for a person, whose decision "
                "stays. Every import is kept and can be undone."),
    .example = "hoso register import ket-qua-tthc.csv --dry-run",
    OPTIONS_OF(options),
    .needs = NEEDS_READ,
    .min_args = 1,
    .max_args = 4,
    .run = run,
};
