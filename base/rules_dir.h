/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the tables (*.tsv) are that an archivist can read and change. */
#ifndef HOSO_BASE_RULES_DIR_H
#define HOSO_BASE_RULES_DIR_H

/* $HOSO_DATADIR/rules, or share/hoso/rules beside the program's folder, or
 * where it was installed, or the source tree. Caller frees. */
char *rules_dir(void);

#endif
