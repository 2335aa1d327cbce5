/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recurrent layers of Tesseract's network, done faster; see lstm_steps.c.
 * network_steps_use() and network_steps_forbid() turn them on and off, too. */
#ifndef HOSO_PIPELINE_LSTM_STEPS_H
#define HOSO_PIPELINE_LSTM_STEPS_H

#include <stdbool.h>

/* Brings the file into the executable; network_steps_use() calls it. */
void lstm_steps_use(void);

/* Do without the processor's eight at a time, to compare. */
void lstm_steps_one_by_one(bool yes);

/* As network_steps_layers(), of recurrent layers. */
unsigned long lstm_steps_layers(void);

#endif
