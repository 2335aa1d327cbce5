/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso init: make an archive. */
#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/command.h"

#include <stdlib.h>

enum { FONDS_CODE, FONDS_NAME, AGENCY, AGENCY_CODE, OPTION_COUNT };

static const struct option_def options[OPTION_COUNT] = {
    [FONDS_CODE] = {"fonds-code", 0, OPTION_TEXT, "", N_("CODE"),
                    N_("code of the fonds")},
    [FONDS_NAME] = {"fonds-name", 0, OPTION_TEXT, "", N_("NAME"),
                    N_("name of the fonds")},
    [AGENCY] = {"agency", 0, OPTION_TEXT, "", N_("NAME"),
                N_("name of the agency")},
    [AGENCY_CODE] = {"agency-code", 0, OPTION_TEXT, "", N_("CODE"),
                     N_("identifier of the agency, such as H19")},
};

static const enum config_id settings[OPTION_COUNT] = {
    [FONDS_CODE] = CONFIG_FONDS_CODE,
    [FONDS_NAME] = CONFIG_FONDS_NAME,
    [AGENCY] = CONFIG_AGENCY_NAME,
    [AGENCY_CODE] = CONFIG_AGENCY_CODE,
};

static enum status init(struct run *r)
{
    AUTO(config_freep) struct config *c = NULL;
    enum status st = config_new(&c);
    for (int i = 0; st == STATUS_OK && i < OPTION_COUNT; i++) {
        if (r->values[i] != NULL)
            st = config_set(c, settings[i], r->values[i], "command line");
    }
    if (st == STATUS_OK)
        st = archive_create(r->args[0], c);
    if (st != STATUS_OK)
        return st;
    AUTO(free_char) char *dir = realpath(r->args[0], NULL);
    const char *shown = dir != NULL ? dir : r->args[0];
    if (r->out->json) {
        print_json(r->out,
                   json_pack("{s:o}", "archive", json_text_value(shown)));
        return STATUS_OK;
    }
    print(r->out, _("A new archive is in '%s'.\n"), shown);
    print_note(r->out,
               _("Look through its hoso.ini (fonds, agency, targets), then "
                 "take scans in:\n  hoso -C '%s' ingest FOLDER\n"),
               shown);
    return STATUS_OK;
}

const struct command command_init = {
    .name = "init",
    .arguments = N_("DIR"),
    .summary = N_("make a new archive"),
    .about = N_("Make a new archive in DIR, which must be empty or not there "
                "yet: its folders, an empty catalogue and hoso.ini with the "
                "settings, explained in Vietnamese and English. Network "
                "file systems are refused: a database on them is not safe."),
    .example = "hoso init --fonds-code 012 ~/archive",
    OPTIONS_OF(options),
    .needs = NEEDS_NOTHING,
    .min_args = 1,
    .max_args = 1,
    .run = init,
};
