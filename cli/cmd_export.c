/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso export: documents as bags, to hand over. */
#include "base/i18n.h"
#include "cli/command.h"

enum { TO, OPTION_COUNT };

static const struct option_def options[OPTION_COUNT] = {
    [TO] = {"to", 'o', OPTION_TEXT, "", N_("TARGET"),
            N_("a folder, or a file that ends in .tar or .zip")},
};

static enum status export(struct run *r) {
    int64_t files = 0; uint64_t bytes = 0;
    char n_documents[NUMBER_BYTES], n_files[NUMBER_BYTES];
    char n_bytes[NUMBER_BYTES];
    const char *to = r->values[TO];
    if (to ==
        NULL) return fail(STATUS_USAGE,
                          _("say where to: --to FOLDER, --to FILE.tar or --to "
                            "FILE.zip"));
    enum status st = archive_export(r->archive, r->args, r->n_args, to, &files,
                                    &bytes);
    if (st != STATUS_OK) return st;
    if (r->out->json)
        print_json(r->out,
                   json_pack("{s:o, s:i, s:I, s:I}", "to", json_text_value(to),
                             "documents", r->n_args, "files", (json_int_t)files,
                             "bytes", (json_int_t)bytes));
    else print(r->out,
               _("Exported to '%s' and read back: %s documents, %s files, "
                 "%s.\n"),
               to, number_text(r->n_args, n_documents),
               number_text(files, n_files), bytes_text(bytes, n_bytes));
    return STATUS_OK;
}

const struct command command_export = {
    .name = "export",
    .arguments = N_("ID…"),
    .summary = N_("write documents out as bags (BagIt)"),
    .about = N_("Write documents out, each a BagIt bag with its originals, "
                "PDF, text and metadata, and read all of it back before it "
                "is called done. What is there already is not overwritten."),
    .example = "hoso export 2022-000123 2022-000124 --to handover.zip",
    OPTIONS_OF(options),
    .needs = NEEDS_READ,
    .min_args = 1,
    .max_args = -1,
    .run = export,
};
