/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table that is not made; see ambigs_shortcut.c. */
#ifndef HOSO_PIPELINE_AMBIGS_SHORTCUT_H
#define HOSO_PIPELINE_AMBIGS_SHORTCUT_H

#include <stdbool.h>

/* Call once before Tesseract is used: brings the file into the executable. */
void ambigs_shortcut_use(void);

/* Let the library make its table, to compare. */
void ambigs_shortcut_forbid(bool yes);

/* How many tables were spared in this process: 0 after a model was loaded means
 * that it is not reached and everything goes the slow way. */
unsigned long ambigs_shortcut_taken(void);

#endif
