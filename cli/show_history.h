/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HOSO_CLI_SHOW_HISTORY_H
#define HOSO_CLI_SHOW_HISTORY_H

#include "cli/command.h"

/* Print the versions of a document, oldest first. */
NODISCARD enum status show_history(struct run *r, const struct record *rec);

#endif
