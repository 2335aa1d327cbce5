/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tesseract's parallel sections, run one after the other in a worker. */
#ifndef HOSO_PIPELINE_OPENMP_SERIAL_H
#define HOSO_PIPELINE_OPENMP_SERIAL_H

/* Call once before Tesseract is used: brings the file into the executable. */
void openmp_serial_use(void);

/* How many parallel regions were run here instead of by libgomp. */
unsigned long openmp_serial_regions(void);

#endif
