/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso ingest: take documents in. */
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/ingest_report.h"
#include "cli/interrupt.h"

#include <string.h>

enum { KIND, BATCH, SPLIT, JOBS, DUPLICATES, OPTION_COUNT };

static const struct option_def options[OPTION_COUNT] = {
    [KIND] = {"kind", 'k', OPTION_CHOICE, "result|staff|work", N_("KIND"),
              N_("what they are: result (of a procedure), staff (dossier of "
                 "a person) or work (file of a task)")},
    [BATCH] = {"batch", 'b', OPTION_TEXT, "", N_("NAME"),
               N_("name of the batch (default: the folder's, or the day)")},
    [SPLIT] = {"split", 0, OPTION_CHOICE, "file|folder|name", N_("HOW"),
               N_("what is one document: each file; the images of a folder; "
                  "or by name, X-p1 and X-p2 (or X_0001, X_0002) are pages "
                  "of X. Default: name for images, file for PDF and "
                  "multi-page TIFF")},
    [JOBS] = {"jobs", 'j', OPTION_INT, "1..64", N_("N"),
              N_("pages read at the same time (default: one a core)")},
    [DUPLICATES] = {"allow-duplicates", 0, OPTION_FLAG, "", NULL,
                    N_("store again what the archive has already")},
};

static enum split split_of(const char *value)
{
    if (value == NULL)
        return SPLIT_DEFAULT;
    if (strcmp(value, "file") == 0)
        return SPLIT_FILE;
    return strcmp(value, "folder") == 0 ? SPLIT_FOLDER : SPLIT_NAME;
}

/* Asked for between pages. Also the end of a reader of our output stops the
 * run: events that nobody gets would make it look forgotten. */
static bool cancelled(void *user)
{
    struct ingest_report *report = user;
    if (!interrupted())
        return report->out->error != 0;
    if (!report->told_stop) {
        report->told_stop = true;
        progress_clear(&report->progress);
        print_note(report->out,
                   _("Stopping after the pages in hand; Ctrl-C again stops "
                     "at once.\n"));
    }
    return true;
}

static enum status configure(struct run *r)
{
    struct config *c = archive_config(r->archive);
    if (r->values[DUPLICATES] == NULL)
        return STATUS_OK;
    return config_set(c, CONFIG_DUPLICATES, "true", "command line");
}

static enum status ingest(struct run *r)
{
    struct ingest_report report;
    struct ingest_summary summary = {0};
    enum status st = configure(r);
    if (st != STATUS_OK)
        return st;
    struct ingest_options o = {
        .kind = r->values[KIND],
        .batch = r->values[BATCH],
        .split = split_of(r->values[SPLIT]),
        .jobs = (int)option_int(r->values[JOBS], 0),
        .paths = r->args,
        .n_paths = r->n_args,
        .cancelled = cancelled,
        .event = ingest_report_event,
        .user = &report,
    };
    ingest_report_start(&report, r->out);
    interrupt_catch();
    st = archive_ingest(r->archive, &o, &summary);
    if (report.began || st == STATUS_OK || st == STATUS_CANCELLED)
        ingest_report_end(&report, &summary);
    ingest_report_clear(&report);
    ingest_summary_clear(&summary);
    return st;
}

const struct command command_ingest = {
    .name = "ingest",
    .arguments = N_("PATH…"),
    .summary = N_("take scans in: read, seal, store, index"),
    .about = N_("Take files and folders in, in natural order of their names "
                "(1, 2, … 10): JPEG, PNG, TIFF, WebP, JPEG 2000 and PDF. "
                "What is stored already is not stored again, so the same "
                "command goes on where a run was stopped. What cannot be "
                "read goes to quarantine/ with the reason; the rest goes "
                "on."),
    .example = "hoso ingest --kind result --batch 2022-Q1 scans/",
    OPTIONS_OF(options),
    .needs = NEEDS_WRITE,
    .min_args = 1,
    .max_args = -1,
    .run = ingest,
};
