/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso review: what waits for a person, and what a person says of it. */
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/review.h"

#include <stdlib.h>
#include <string.h>

enum { KIND, BATCH, LIMIT, CROPS, BY, SECONDS, OPTION_COUNT };

static const struct option_def options[OPTION_COUNT] = {
    [KIND] = {"kind", 'k', OPTION_CHOICE, "result|staff|work", N_("KIND"),
              N_("list, next: only this kind; staff dossiers come only with "
                 "'staff'")},
    [BATCH] = {"batch", 'b', OPTION_TEXT, "", N_("NAME"),
               N_("list, next: only this batch")},
    [LIMIT] = {"limit", 'n', OPTION_INT, "0..1000000000", N_("N"),
               N_("list, next: at most so many documents")},
    [CROPS] = {"crops", 0, OPTION_TEXT, "", N_("DIR"),
               N_("show, next: put the place of each field as a picture into "
                  "DIR")},
    [BY] = {"by", 0, OPTION_TEXT, "", N_("NAME"),
            N_("who says so (default: $USER)")},
    [SECONDS] = {"seconds", 0, OPTION_INT, "0..86400", N_("N"),
                 N_("set, accept: how long it took")},
};

#define ID_COLUMNS 12
#define COUNT_COLUMNS 10

enum status review_require_who(const struct review_run *v)
{
    if (v->who != NULL && *v->who != '\0')
        return STATUS_OK;
    return fail(STATUS_USAGE,
                _("it is not known who is at work; say it with --by NAME"));
}

/* ---- list ---- */

struct listing {
    struct printer *out;
    int64_t shown;
};

static json_t *row_json(const struct review_row *d)
{
    json_t *worst = d->worst_pct > 100 ? json_null()
                                       : json_integer(d->worst_pct);
    return json_pack("{s:s, s:s, s:o, s:o, s:i, s:i, s:i, s:i, s:o}", "id",
                     d->id, "kind", d->kind, "batch", json_text_value(d->batch),
                     "title", json_text_value(d->title), "pages", d->pages,
                     "version", d->version, "fields", d->fields,
                     "doubtful_pages", d->doubtful_pages, "worst", worst);
}

/* "  1 field", "  2 fields": as wide as the other, with room behind. */
static void print_counted(struct printer *p, char *take_text)
{
    print_column(p, take_text, COUNT_COLUMNS);
    print(p, "  ");
    free(take_text);
}

static enum status print_row(void *user, const struct review_row *d)
{
    struct listing *l = user;
    struct printer *p = l->out;
    l->shown++;
    if (p->json) {
        print_json(p, row_json(d));
        return p->error == 0 ? STATUS_OK : printer_flush(p);
    }
    print_style(p, STYLE_GREEN);
    print_column(p, d->id, ID_COLUMNS);
    print_style(p, STYLE_PLAIN);
    print(p, "  %-6s  ", d->kind);
    print_counted(p, xasprintf(ngettext("%3d field", "%3d fields",
                                        (unsigned long)d->fields),
                               d->fields));
    print_counted(p, xasprintf(ngettext("%3d page", "%3d pages",
                                        (unsigned long)d->doubtful_pages),
                               d->doubtful_pages));
    if (d->worst_pct <= 100)
        print(p, "%3d %%", d->worst_pct);
    else
        print(p, "     ");
    print(p, "  %s\n", d->title);
    return p->error == 0 ? STATUS_OK : printer_flush(p);
}

static enum status list(struct review_run *v)
{
    struct printer *p = v->r->out;
    struct listing l = {.out = p};
    char shown[NUMBER_BYTES], all[NUMBER_BYTES];
    int64_t total = 0;
    enum status st = archive_review_list(v->archive, v->kind, v->batch,
                                         v->limit, print_row, &l, &total);
    if (st != STATUS_OK)
        return st;
    if (total == 0)
        print_note(p, _("Nothing waits for review.\n"));
    else
        print_note(p, _("%s of %s documents that wait for review.\n"),
                   number_text(l.shown, shown), number_text(total, all));
    return STATUS_OK;
}

/* ---- set, accept ---- */

void review_print_outcome(struct printer *p, const char *id,
                          const struct review_outcome *o)
{
    if (p->json) {
        print_json(p, json_pack("{s:s, s:o, s:i, s:i, s:i, s:i}", "id", id,
                                "version",
                                o->version > 0 ? json_integer(o->version)
                                               : json_null(),
                                "set", o->set, "accepted", o->accepted, "pages",
                                o->pages, "left", o->left));
        return;
    }
    if (o->version == 0)
        print(p, _("%s: nothing to change.\n"), id);
    else
        print(p, _("%s: version %d: %d set, %d accepted.\n"), id, o->version,
              o->set, o->accepted);
    if (o->left > 0)
        print_note(p,
                   ngettext("%d field of it still waits: 'hoso review show "
                            "%s'.\n",
                            "%d fields of it still wait: 'hoso review show "
                            "%s'.\n",
                            (unsigned long)o->left),
                   o->left, id);
}

static enum status decide(struct review_run *v, struct review_decision *d)
{
    struct review_outcome outcome;
    enum status st = review_require_who(v);
    d->id = v->r->args[1];
    d->who = v->who;
    d->seconds = v->seconds;
    if (st == STATUS_OK)
        st = archive_review(v->archive, d, &outcome);
    if (st == STATUS_OK)
        review_print_outcome(v->r->out, d->id, &outcome);
    return st;
}

/* "number=247/GP": the name is written over in a copy. */
static enum status set(struct review_run *v)
{
    int n = v->r->n_args - 2;
    if (n < 1)
        return fail(STATUS_USAGE,
                    _("say what to set: hoso review set ID field=value"));
    struct review_change *changes = xcalloc((size_t)n, sizeof(*changes));
    char **copies = xcalloc((size_t)n, sizeof(*copies));
    enum status st = STATUS_OK;
    for (int i = 0; i < n && st == STATUS_OK; i++) {
        copies[i] = xstrdup(v->r->args[i + 2]);
        char *equals = strchr(copies[i], '=');
        if (equals == NULL || equals == copies[i]) {
            AUTO(free_char) char *shown = text_show_name(copies[i]);
            st = fail(STATUS_USAGE, _("'%s' is not of the form field=value"),
                      shown);
            break;
        }
        *equals = '\0';
        changes[i] = (struct review_change){copies[i], equals + 1};
    }
    if (st == STATUS_OK)
        st = decide(v, &(struct review_decision){.changes = changes,
                                                 .n_changes = n});
    for (int i = 0; i < n; i++)
        free(copies[i]);
    free(copies);
    free(changes);
    return st;
}

static enum status accept(struct review_run *v)
{
    int n = v->r->n_args - 2;
    struct review_change *changes = xcalloc((size_t)n + 1, sizeof(*changes));
    for (int i = 0; i < n; i++)
        changes[i].name = v->r->args[i + 2];
    enum status st = decide(
        v, &(struct review_decision){
               .changes = changes, .n_changes = n, .all = n == 0});
    free(changes);
    return st;
}

static enum status show(struct review_run *v)
{
    return review_show(v, v->r->args[1]);
}

/* ---- which of them ---- */

struct action {
    const char *name;
    int min_args, max_args; /* behind the name; max < 0: any number */
    enum store_mode mode;
    enum status (*run)(struct review_run *v);
};

static const struct action actions[] = {
    {"list", 0, 0, STORE_READ, list},  {"show", 1, 1, STORE_READ, show},
    {"set", 1, -1, STORE_WRITE, set},  {"accept", 1, -1, STORE_WRITE, accept},
    {"next", 0, 0, STORE_WRITE, review_next},
};

static enum status find_action(const struct run *r, const struct action **out)
{
    const char *name = r->n_args > 0 ? r->args[0] : "list";
    int n = r->n_args > 0 ? r->n_args - 1 : 0;
    for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
        const struct action *a = &actions[i];
        if (strcmp(a->name, name) != 0)
            continue;
        *out = a;
        if (n >= a->min_args && (a->max_args < 0 || n <= a->max_args))
            return STATUS_OK;
        return fail(STATUS_USAGE,
                    n < a->min_args
                        ? _("'hoso review %s' needs the id of a document")
                        : _("'hoso review %s' was given too many arguments"),
                    name);
    }
    AUTO(free_char) char *shown = text_show_name(name);
    return fail(STATUS_USAGE,
                _("'hoso review' knows list, show, set, accept and next, not "
                  "'%s'"),
                shown);
}

static enum status review(struct run *r)
{
    const struct action *action = NULL;
    AUTO(archive_closep) struct archive *archive = NULL;
    enum status st = find_action(r, &action);
    if (st == STATUS_OK)
        st = archive_open(r->dir, action->mode, &archive);
    if (st != STATUS_OK)
        return st;
    struct review_run v = {
        .r = r,
        .archive = archive,
        .kind = r->values[KIND],
        .batch = r->values[BATCH],
        .crops = r->values[CROPS],
        .limit = option_int(r->values[LIMIT], -1),
        .who = r->values[BY] != NULL ? r->values[BY] : getenv("USER"),
        .seconds = (int)option_int(r->values[SECONDS], 0),
    };
    return action->run(&v);
}

const struct command command_review = {
    .name = "review",
    .arguments = N_("[list | show ID | set ID FIELD=VALUE... | accept ID "
                    "[FIELD...] | next]"),
    .summary = N_("confirm or correct what was read with doubt"),
    .about = N_("List what waits for a person, the worst first; show the "
                "fields of a document, with --crops as pictures too; set a "
                "field to a value, or accept what was found; or go through "
                "all of it with 'next'. FIELD= without a value says that the "
                "document has no such thing. Each decision is kept as a new "
                "version of the record with who and when; what was there "
                "before stays in the archive ('hoso show ID --history')."),
    .example = "hoso review set 2022-000123 number=247/GP-SKHCN",
    OPTIONS_OF(options),
    .needs = NEEDS_LANGUAGE,
    .min_args = 0,
    .max_args = -1,
    .run = review,
};
