/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that have no name and vanish with their descriptor. */
#ifndef HOSO_SERVICE_SCRATCH_H
#define HOSO_SERVICE_SCRATCH_H

#include "base/status.h"

/* Open a nameless file in folder dir for reading and writing; the caller
 * closes it.  fails  NO_SPACE, DENIED, IO */
NODISCARD enum status scratch_open(const char *dir, int *fd);

#endif
