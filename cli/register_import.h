/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Importing a list: the same for registers of results and lists of staff. */
#ifndef HOSO_CLI_REGISTER_IMPORT_H
#define HOSO_CLI_REGISTER_IMPORT_H

#include "cli/command.h"

/*
 * Import r's file as that kind and print what came of it.
 * path     the file
 * map      of --map, or NULL
 * sheet    of --sheet, or NULL
 * dry_run  only say what would change
 * fails    as archive_register_import(); PARTIAL: some rows are wrong, the
 *          others are in
 */
NODISCARD enum status register_import_run(struct run *r,
                                          enum register_kind kind,
                                          const char *path, const char *map,
                                          const char *sheet, bool dry_run);

#endif
