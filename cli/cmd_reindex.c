/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso reindex: the index again from the packages, while searching goes on. */
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/progress.h"

static bool stop(void *user)
{
    (void)user;
    return interrupted();
}

static void print_result(struct printer *p, const struct reindex_result *x)
{
    char documents[NUMBER_BYTES], pages[NUMBER_BYTES];
    if (p->json) {
        print_json(p, json_pack("{s:I, s:I, s:i, s:i, s:b}", "documents",
                                (json_int_t)x->documents, "pages",
                                (json_int_t)x->pages, "removed", x->removed,
                                "unread", x->unread, "resumed", x->resumed));
        return;
    }
    if (x->resumed)
        print(p, _("Went on where an earlier run had stopped.\n"));
    print(p, _("Put into the index again: %s documents, %s pages.\n"),
          number_text(x->documents, documents), number_text(x->pages, pages));
    if (x->removed > 0)
        print(p,
              _("Taken out of the index: %s documents that the archive does "
                "not have.\n"),
              number_text(x->removed, documents));
}

static enum status reindex(struct run *r)
{
    struct reindex_result x = {0};
    struct progress progress;
    interrupt_catch();
    progress_start(&progress, r->out);
    struct reindex_options o = {.cancelled = stop,
                                .progress = progress_documents,
                                .user = &progress};
    enum status st = archive_reindex(r->archive, &o, &x);
    progress_clear(&progress);
    if (st == STATUS_OK || st == STATUS_UNVERIFIED || st == STATUS_CANCELLED)
        print_result(r->out, &x);
    return st;
}

const struct command command_reindex = {
    .name = "reindex",
    .arguments = "",
    .summary = N_("make the index again from the packages"),
    .about = N_("Put every document into the index again, when it is lost, "
                "damaged or of an older hoso. Searching and ingest go on "
                "meanwhile. What was done stays done: stopped or killed, it "
                "goes on where it was when it is run again."),
    .example = "hoso reindex",
    .needs = NEEDS_WRITE,
    .min_args = 0,
    .max_args = 0,
    .run = reindex,
};
