/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tesseract without its PNG round trip; see png_shortcut.c. */
#ifndef HOSO_PIPELINE_PNG_SHORTCUT_H
#define HOSO_PIPELINE_PNG_SHORTCUT_H

#include <stdbool.h>

/* While on, a request of a library to write a PNG into memory gets
 * Leptonica's own uncompressed form instead. Off at first. */
void png_shortcut_set(bool on);

/* Keep it off whatever png_shortcut_set() says, to compare. */
void png_shortcut_forbid(bool yes);

/* How often the shortcut was taken in this process: 0 after a page with text
 * means that it is not reached and everything goes the slow way. */
unsigned long png_shortcut_taken(void);

#endif
