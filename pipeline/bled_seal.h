/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A seal that was set on the other side of a sheet and bled through. */
#ifndef HOSO_PIPELINE_BLED_SEAL_H
#define HOSO_PIPELINE_BLED_SEAL_H

#include "base/record.h"
#include <stdbool.h>

struct Pix;

/* All that is dark on a sheet, in pixels of it. */
struct blots {
    int n;
    int largest;    /* longest side of any */
    struct box box; /* around them all */
};

/*
 * Whether these are blots of a seal from the other side. The ink goes through
 * thin paper where there is much of it and stays as red as it was: blots that
 * lie in what else is red about them, and that is round, as large as a seal,
 * and mostly ring. On the side that was stamped the ring hangs together; a
 * note in red is not round.
 * colours  the page as decoded; only one of 32 bit can say it
 */
bool is_bled_seal(struct Pix *colours, double dpi, const struct blots *blots);

#endif
