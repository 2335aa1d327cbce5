/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evening out the shade of the paper: shadows of a binding, yellowed sheets,
 * light falling from one side. */
#ifndef HOSO_PIPELINE_PAPER_H
#define HOSO_PIPELINE_PAPER_H

struct Pix;

enum paper_care {
    PAPER_IF_UNEVEN, /* only where the shade differs over the page */
    PAPER_EMPTY,     /* always, and smooth the grain of the paper too (as
                        elsewhere on uneven pages with a line or two): a
                        threshold for the whole page would part grain from
                        grain there, not ink from paper */
};

/*
 * Lighten an 8-bit page in place so that its paper is white everywhere and
 * writing keeps its contrast to the paper around it. A 1-bit page is left as
 * it is.
 */
void paper_whiten(struct Pix *grey, enum paper_care care);

#endif
