/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that dirt on a scanner's glass draws down the page. */
#ifndef HOSO_PIPELINE_STREAKS_H
#define HOSO_PIPELINE_STREAKS_H

struct Pix;

/*
 * Take streaks out of an 8-bit or 1-bit page as it was scanned (not turned,
 * not straightened); what crosses them stays. Returns how many there were.
 */
int streaks_remove(struct Pix *page);

#endif
