/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules found in fewer passes; see open_shortcut.c. */
#ifndef HOSO_PIPELINE_OPEN_SHORTCUT_H
#define HOSO_PIPELINE_OPEN_SHORTCUT_H

/* Call once before Tesseract is used: brings the file into the executable. */
void open_shortcut_use(void);

/* How often the shortcut was taken in this process: 0 after a page means that
 * it is not reached and everything goes the slow way. */
unsigned long open_shortcut_taken(void);

#endif
