/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso verify: prove that the archive is whole. */
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/document.h"
#include "cli/progress.h"

enum { JOBS, OPTION_COUNT };

static const struct option_def options[OPTION_COUNT] = {
    [JOBS] = {"jobs", 'j', OPTION_INT, "1..64", N_("N"),
              N_("packages checked at the same time (default: one a core)")},
};

static void print_checked(struct printer *p, const struct verify_result *v)
{
    char packages[NUMBER_BYTES], files[NUMBER_BYTES], bytes[NUMBER_BYTES];
    print(p, _("Checked: %s packages, %s files, %s.\n"),
          number_text(v->packages, packages), number_text(v->files, files),
          bytes_text(v->bytes, bytes));
    print_style(p, v->ok ? STYLE_GREEN : STYLE_RED);
    print(p, "%s",
          v->ok ? _("All of it is whole.") : _("NOT all of it is whole."));
    print_style(p, STYLE_PLAIN);
    print(p, "\n");
}

static enum status verify(struct run *r)
{
    struct verify_result v = {0};
    struct progress progress;
    enum status st = STATUS_OK;
    progress_start(&progress, r->out);
    if (r->values[JOBS] != NULL)
        st = config_set(archive_config(r->archive), CONFIG_JOBS,
                        r->values[JOBS], "command line");
    if (st == STATUS_OK)
        st = archive_verify(r->archive, r->args, r->n_args, progress_bytes,
                            &progress, &v);
    progress_clear(&progress);
    if (st == STATUS_OK || st == STATUS_UNVERIFIED) {
        if (r->out->json) {
            print_json(r->out, verify_json(&v));
        } else {
            print_findings(r->out, &v);
            print_checked(r->out, &v);
        }
        if (st == STATUS_OK && !v.ok)
            st = fail(STATUS_UNVERIFIED,
                      _("the archive is not whole; keep it as it is and "
                        "restore what is named above from a copy"));
    }
    verify_result_clear(&v);
    return st;
}

const struct command command_verify = {
    .name = "verify",
    .arguments = N_("[ID…]"),
    .summary = N_("prove that nothing was lost or changed"),
    .about = N_("Read every file of every package (or of the documents "
                "named) again and compare its digest with manifest and "
                "catalogue; without names also look for what is missing and "
                "for what does not belong. Ends with 21 if anything is "
                "wrong, and also if there was nothing to check."),
    .example = "hoso verify",
    OPTIONS_OF(options),
    .needs = NEEDS_READ,
    .min_args = 0,
    .max_args = -1,
    .run = verify,
};
