/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso list: the documents of the archive. */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/document.h"

#include <string.h>

enum { KIND, BATCH, FROM, TO, LIMIT, OFFSET, OPTION_COUNT };

static const struct option_def options[OPTION_COUNT] = {
    [KIND] = {"kind", 'k', OPTION_CHOICE, "result|staff|work", N_("KIND"),
              N_("only this kind: result, staff or work; staff dossiers are "
                 "listed only with 'staff'")},
    [BATCH] = {"batch", 'b', OPTION_TEXT, "", N_("NAME"),
               N_("only this batch")},
    [FROM] = {"from", 0, OPTION_DAY, "", N_("DAY"),
              N_("stored on this day or later")},
    [TO] = {"to", 0, OPTION_DAY, "", N_("DAY"),
            N_("stored on this day or before")},
    [LIMIT] = {"limit", 'n', OPTION_INT, "0..1000000000", N_("N"),
               N_("at most so many documents")},
    [OFFSET] = {"offset", 0, OPTION_INT, "0..1000000000", N_("N"),
                N_("leave out the first so many")},
};

struct listing {
    struct printer *out;
    int64_t shown;
};

#define ID_COLUMNS 12
#define STATE_COLUMNS 15

static enum status print_row(void *user, const struct doc_row *d)
{
    struct listing *l = user;
    struct printer *p = l->out;
    char stored_at[CLOCK_ISO_BYTES];
    l->shown++;
    if (p->json) {
        print_json(p, document_json(d));
    } else {
        clock_iso(d->stored_at, stored_at);
        stored_at[strlen("2022-03-01")] = '\0';
        print_style(p, STYLE_GREEN);
        print_column(p, d->id, ID_COLUMNS);
        print_style(p, STYLE_PLAIN);
        print(p, "  %s  %-6s  %4d  ", stored_at, d->kind, d->pages);
        print_column(p, document_state_text(d->state), STATE_COLUMNS);
        print(p, "  %s\n", d->title != NULL ? d->title : "");
    }
    return p->error == 0 ? STATUS_OK : printer_flush(p);
}

/* What a plain list leaves out is said, not hidden. */
static enum status note_staff(struct run *r, struct list_filter f)
{
    int64_t n = 0;
    char number[NUMBER_BYTES];
    f.kind = "staff";
    enum status st = archive_count(r->archive, &f, &n);
    if (st != STATUS_OK || n == 0)
        return st;
    print_note(r->out,
               ngettext("%s staff dossier is not listed; '--kind staff' "
                        "lists it.\n",
                        "%s staff dossiers are not listed; '--kind staff' "
                        "lists them.\n",
                        (unsigned long)n),
               number_text(n, number));
    return STATUS_OK;
}

static enum status list(struct run *r)
{
    struct listing l = {.out = r->out};
    char shown[NUMBER_BYTES], total[NUMBER_BYTES];
    int64_t all = 0;
    struct list_filter f = {
        .kind = r->values[KIND],
        .batch = r->values[BATCH],
        .limit = option_int(r->values[LIMIT], -1),
        .offset = option_int(r->values[OFFSET], 0),
    };
    day_range(r->values[FROM], r->values[TO], &f.from, &f.to);
    enum status st = archive_list(r->archive, &f, print_row, &l);
    if (st == STATUS_OK)
        st = archive_count(r->archive, &f, &all);
    if (st != STATUS_OK)
        return st;
    if (l.shown < all)
        print_note(r->out, _("%s of %s documents.\n"),
                   number_text(l.shown, shown), number_text(all, total));
    else
        print_note(
            r->out,
            ngettext("%s document.\n", "%s documents.\n", (unsigned long)all),
            number_text(all, total));
    return f.kind == NULL ? note_staff(r, f) : STATUS_OK;
}

const struct command command_list = {
    .name = "list",
    .arguments = "",
    .summary = N_("list the documents"),
    .about = N_("List the documents in order of their ids: id, day of "
                "storing, kind, pages, state, title. Staff dossiers are left "
                "out unless they are asked for."),
    .example = "hoso list --kind work --from 01/03/2022",
    OPTIONS_OF(options),
    .needs = NEEDS_READ,
    .min_args = 0,
    .max_args = 0,
    .run = list,
};
