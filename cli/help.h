/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help, at most 80 columns wide, and words for completion, from the tables. */
#ifndef HOSO_CLI_HELP_H
#define HOSO_CLI_HELP_H

#include "cli/command.h"

/* c NULL: the whole command. */
void help_print(struct printer *p, const struct command *c);

/* What may be typed next, one a line: commands, or the options of a command;
 * after an option with choices, these. For the shell's completion. */
void help_words(struct printer *p, const char *command, const char *option);

#endif
