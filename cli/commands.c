/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of commands and the options that all of them have. */
#include "base/i18n.h"
#include "cli/command.h"

#include <string.h>

#define COMMAND_ENTRY(name) &command_##name,
const struct command *const commands[] = {COMMAND_LIST(COMMAND_ENTRY)};
#undef COMMAND_ENTRY
const int n_commands = ARRAY_LEN(commands);

const struct option_def global_options[GLOBAL_COUNT] = {
    [GLOBAL_ARCHIVE] = {"archive", 'C', OPTION_TEXT, "", N_("DIR"),
                        N_("the archive (default: HOSO_ARCHIVE, or the "
                           "nearest one from here upward)")},
    [GLOBAL_JSON] = {"json", 0, OPTION_FLAG, "", NULL,
                     N_("results as JSON, for programs")},
    [GLOBAL_QUIET] = {"quiet", 'q', OPTION_FLAG, "", NULL,
                      N_("no progress and no notes")},
    [GLOBAL_HELP] = {"help", 'h', OPTION_FLAG, "", NULL, N_("this help")},
    [GLOBAL_VERSION] = {"version", 0, OPTION_FLAG, "", NULL,
                        N_("name and version")},
};

const struct command *command_find(const char *name)
{
    for (int i = 0; i < n_commands; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

const char *translated(const char *text)
{
    return *text == '\0' ? text : _(text);
}

void command_language(const struct config *c)
{
    const char *language = config_text(c, CONFIG_LANGUAGE);
    if (strcmp(language, "auto") != 0)
        i18n_start(language);
}
