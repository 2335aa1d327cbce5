/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stamps in black among print are lifted off before the page is read: their
 * lines join what they cross, and layout analysis takes all of it for a
 * picture and leaves it out.
 */
#ifndef HOSO_PIPELINE_STAMP_LIFT_H
#define HOSO_PIPELINE_STAMP_LIFT_H

#include "pipeline/page_geometry.h"
#include "pipeline/stamp.h"

/* The words of something with an outline. */
struct lifted {
    const struct table *labels;
    struct page read;              /* in pixels of its straight picture */
    struct page_geometry geometry; /* how that lies … */
    struct box where;              /* … on this part of the original */
    struct box box;                /* of the outline on the original */
    struct box inside;             /* the outline on the straight picture */
    double lean;                   /* against the page, per pixel */
    bool free;                     /* nothing is printed in or close about it */
    bool told;                     /* its own words say that it is a stamp */
    bool settled;                  /* whichever way the page is up */
    struct Pix *gone; /* what is taken off, on the straight picture; or NULL */
};

struct lifted_stamps {
    const struct table *labels; /* of stamps (stamp_labels.h) */
    struct lifted v[STAMPS_MAX];
    int n;
};

void lifted_clear(struct lifted_stamps *l);

/*
 * Read the outlined frames among s. Where one is a stamp, its lines and what
 * was surely read of it are taken off the copy that is going to be read; print
 * that crosses it stays. A frame that was told, or read well, with the page one
 * way up is not read again with it another way up.
 *
 * upright  that copy; replaced where something is taken off
 * g        how it lies on the original
 * out      zeroed but for its labels, or as it was left for the page the other way up;
 *          lifted_clear() even on failure
 * fails    INTERNAL
 */
NODISCARD enum status stamps_lift(struct recogniser *r, const struct stamps *s,
                                  struct Pix **upright,
                                  const struct page_geometry *g,
                                  struct lifted_stamps *out);

/*
 * Add the stamps to the page as marks; they stay what they are. What the page has read of them all the
 * same goes; words read well that they do not have stay.
 *
 * l     NULL: any word is one of the language
 * page  boxes on the original
 */
void stamps_put(const struct language *l, const struct lifted_stamps *lifted,
                struct page *page);

#endif
