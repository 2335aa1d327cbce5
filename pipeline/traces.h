/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pen, a stamp or a printer left on a sheet that looks empty. */
#ifndef HOSO_PIPELINE_TRACES_H
#define HOSO_PIPELINE_TRACES_H

#include <stdbool.h>

struct Pix;

struct traces {
    bool looked; /* false: the page is full, nobody has to look so closely */
    int dark;    /* parts as large as a letter, darker than anything that
                    shows through paper: they are on this side */
    int medium;  /* the same, paler: hardly shows through */
    int pale;    /* and paler: faded print, or the other side */
    bool bled;   /* the dark ones are a seal whose ink came through */
};

/*
 * Look at a decoded page in its colours: what is neither paper nor dust nor a
 * hole, a fold, a streak, an edge. Writes to nothing but out.
 * pix  1, 8 or 32 bit
 */
void traces_find(struct Pix *pix, double dpi, struct traces *out);

#endif
