/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso rebuild: catalogue and index again from the packages alone. */
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/document.h"

static void print_result(struct printer *p, const struct rebuild_result *b)
{
    char documents[NUMBER_BYTES], pages[NUMBER_BYTES];
    if (p->json) {
        json_t *found = verify_json(&b->found);
        print_json(p, json_pack("{s:I, s:I, s:O, s:b}", "documents",
                                (json_int_t)b->documents, "pages",
                                (json_int_t)b->pages, "findings",
                                json_object_get(found, "findings"), "ok",
                                b->found.n_findings == 0));
        json_decref(found);
        return;
    }
    print_findings(p, &b->found);
    print(p,
          _("Made again: %s documents in the catalogue, %s pages in the "
            "index.\n"),
          number_text(b->documents, documents), number_text(b->pages, pages));
}

static enum status rebuild(struct run *r)
{
    struct rebuild_result b = {0};
    print_note(r->out, _("Reading all packages…\n"));
    enum status st = archive_rebuild(r->dir, &b);
    if (st == STATUS_OK || st == STATUS_UNVERIFIED)
        print_result(r->out, &b);
    rebuild_result_clear(&b);
    return st;
}

const struct command command_rebuild = {
    .name = "rebuild",
    .arguments = "",
    .summary = N_("make catalogue and index again from the packages"),
    .about = N_("Make the catalogue and the index again from the packages "
                "alone, when they are damaged or lost. Packages that cannot "
                "be read are named; all others are in."),
    .example = "hoso rebuild",
    .needs = NEEDS_LANGUAGE,
    .min_args = 0,
    .max_args = 0,
    .run = rebuild,
};
