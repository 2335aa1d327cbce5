/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page is worth: blank or not, and the reasons to look at it again. */
#ifndef HOSO_PIPELINE_ASSESS_H
#define HOSO_PIPELINE_ASSESS_H

#include "pipeline/pipeline.h"
#include "pipeline/traces.h"

struct Pix;

/* What a page's surface says of whether anybody wrote on it. */
struct surface {
    unsigned ink_ppm; /* of assess_ink_ppm() */
    struct traces traces;
    int mirrored; /* syllables read in its mirror image; 0 if nobody looked */
    int medium_behind; /* of traces.medium, in lines of that image */
    bool two_tone; /* black and white: how dark ink is says nothing */
    bool thin;    /* in two tones, and no stroke is as thick as writing is */
    bool dots;             /* if so: most of it is specks */
    struct traces strokes; /* if thin, all of them */
    int outside;           /* letters of those in no line of that image */
    int closed_mirrored; /* syllables read in that image once gaps are closed */
    int closed_straight; /* the same of this side */
    int closed_outside;  /* letters of the strokes beside that image's print */
};

/* Share of a page that is written on, in parts per million: dark specks that
 * are no part of the frame a scanner leaves at the edges. bilevel: 1-bit. */
unsigned assess_ink_ppm(struct Pix *bilevel);

/* The same of what hangs together with no edge of the page, as the lid of a
 * scanner does that is seen beside the sheet. */
unsigned assess_inner_ink_ppm(struct Pix *bilevel);

/* Words that are read surely and could be Vietnamese. */
int assess_syllables(const struct page *page);
int assess_line_syllables(const struct line *line);

/* Whether a page was read as only one is that somebody wrote. */
bool assess_is_read(const struct page *page);

/* Whether the mirror image has to say where what is on the page comes from:
 * it is neither dark nor all pale, and cannot be read. */
bool assess_wants_mirror(const struct page *page, const struct surface *s);

/* Whether it has to say so once the gaps in its thin strokes are closed, since
 * as it is too little of it can be read. */
bool assess_wants_closed(const struct page *page, const struct surface *s);

/* Whether nobody wrote on the page, as far as its surface was looked at. */
bool assess_is_blank(const struct page *page, const struct surface *s);

/* Set state and doubts of a page that has been read; doubts that are set
 * already (TURN, DAMAGED) stay. */
void assess_page(struct page *page, const struct surface *surface,
                 const struct pool_options *options);

#endif
