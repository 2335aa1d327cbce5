/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small steps of Tesseract's network, done faster; see network_steps.c. */
#ifndef HOSO_PIPELINE_NETWORK_STEPS_H
#define HOSO_PIPELINE_NETWORK_STEPS_H

#include <stdbool.h>

/* Call once before Tesseract is used: brings the file into the executable and
 * turns it on if the library is of the version whose insides it knows. */
void network_steps_use(const char *version);

/* Keep it off whatever network_steps_use() says, to compare. */
void network_steps_forbid(bool yes);

/* How many layers were done here in this process: 0 after a page with text
 * means that it is not reached and everything goes the slow way. */
unsigned long network_steps_layers(void);

#endif
