/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much paper a page is: work on scans is counted and paid in sheets of A4
 * (an A3 is two, an A2 four, an A1 eight, an A0 sixteen).
 */
#ifndef HOSO_BASE_PAPER_H
#define HOSO_BASE_PAPER_H

#include "base/record.h"

/* The smallest size of ISO 216 from A4 up that holds a paper of so many
 * millimetres, with a tenth to spare; "A4" … "A0", static. */
const char *paper_size(double width_mm, double height_mm);

/* The same in sheets of A4: 1, 2, 4, 8, 16. A page whose size is not known
 * counts as one. */
int paper_a4(const struct page *p);

/* All pages of a document. */
int paper_a4_of(const struct record *r);

#endif
