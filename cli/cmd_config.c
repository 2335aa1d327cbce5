/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso config: the settings in effect and where each came from. */
#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/command.h"

#include <stdlib.h>

static json_t *value_json(const struct config *c, enum config_id id)
{
    switch (config_type_of(id)) {
    case CONFIG_INT:
        return json_integer(config_int(c, id));
    case CONFIG_BOOL:
        return json_boolean(config_bool(c, id));
    default:
        return json_text_value(config_text(c, id));
    }
}

static void print_setting(struct printer *p, const struct config *c,
                          enum config_id id)
{
    const char *comment = config_comment(id, i18n_vietnamese());
    if (p->json) {
        print_json(p, json_pack("{s:s, s:s, s:o, s:o, s:o}", "section",
                                config_section(id), "key", config_key(id),
                                "value", value_json(c, id), "origin",
                                json_text_value(config_origin(c, id)),
                                "comment", json_text_value(comment)));
        return;
    }
    AUTO(free_char)
    char *name = xasprintf("%s.%s", config_section(id), config_key(id));
    print_column(p, name, 30);
    print(p, " =%s", *config_text(c, id) != '\0' ? " " : "");
    print_style(p, STYLE_BOLD);
    print(p, "%s", config_text(c, id));
    print_style(p, STYLE_PLAIN);
    print(p, "  (%s)\n", config_origin(c, id));
}

/* Outside of an archive defaults and environment are shown. */
static enum status config(struct run *r)
{
    AUTO(archive_closep) struct archive *archive = NULL;
    AUTO(config_freep) struct config *own = NULL;
    const struct config *c;
    enum status st = archive_open(r->dir, STORE_READ, &archive);
    if (st == STATUS_OK) {
        c = archive_config(archive);
        print_note(r->out, _("Settings of the archive in '%s':\n"),
                   archive_dir(archive));
    } else if (st == STATUS_NOT_FOUND && r->dir == NULL &&
               getenv("HOSO_ARCHIVE") == NULL) {
        st = config_new(&own);
        c = own;
        print_note(r->out, _("No archive here: defaults and environment.\n"));
    }
    if (st != STATUS_OK)
        return st;
    for (int id = 0; id < CONFIG_COUNT; id++)
        print_setting(r->out, c, (enum config_id)id);
    return STATUS_OK;
}

const struct command command_config = {
    .name = "config",
    .arguments = "",
    .summary = N_("show the settings and where each comes from"),
    .about = N_("Show every setting in effect and where it comes from: the "
                "default, hoso.ini with the line, or the environment. "
                "Settings are changed in hoso.ini, or for one run with "
                "HOSO_SECTION_KEY."),
    .example = "HOSO_INGEST_JOBS=1 hoso config",
    .needs = NEEDS_LANGUAGE,
    .min_args = 0,
    .max_args = 0,
    .run = config,
};
