/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ctrl-C: the first asks a long command to stop in good order, the second
 * ends the program at once. */
#ifndef HOSO_CLI_INTERRUPT_H
#define HOSO_CLI_INTERRUPT_H

#include <stdbool.h>

/* From now on SIGINT and SIGTERM only ask. */
void interrupt_catch(void);

bool interrupted(void);

#endif
