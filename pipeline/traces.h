/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a pen, a stamp or a printer left on a sheet that looks empty. */
#ifndef HOSO_PIPELINE_TRACES_H
#define HOSO_PIPELINE_TRACES_H

#include "base/record.h"

#include <stdbool.h>
#include <stddef.h>

struct Pix;

struct trace {
    struct box box;
    int letters; /* that it has ink for */
};

struct traces {
    bool looked; /* false: the page is full, nobody has to look so closely */
    int dark;    /* parts as large as a letter, darker than anything that
                    shows through paper: they are on this side */
    int medium;  /* letters of the same, paler: hardly shows through */
    int pale;    /* parts of any darkness */
    bool bled;   /* the dark ones are a seal whose ink came through; its paler
                    blots are not among the medium ones */
    int spotted; /* the pale ones with a spot that is as dark as medium */
    struct trace *of; /* the medium ones */
    int n;
    size_t room;
};

/*
 * Look at a decoded page in its colours: what is neither paper nor dust nor a
 * hole, a fold, a streak, an edge. Writes to nothing but out; traces_clear().
 * pix  1, 8 or 32 bit; the boxes are pixels of it
 */
void traces_find(struct Pix *pix, double dpi, struct traces *out);

/* To pixels of a page so many times as wide and as high. */
void traces_scale(struct traces *t, double x, double y);
void traces_clear(struct traces *t);

#endif
