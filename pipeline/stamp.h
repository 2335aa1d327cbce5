/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is stamped and signed on a page: round seals, rubber stamps with their
 * words, strokes of a pen. Reading takes coloured ink away, so all of it is
 * looked for in the colours of the page, before they are gone; stamps in black
 * are told by their words.
 */
#ifndef HOSO_PIPELINE_STAMP_H
#define HOSO_PIPELINE_STAMP_H

#include "pipeline/colour_map.h"
#include "pipeline/stamp_outline.h"

struct Pix;
struct language;
struct page_geometry;
struct recogniser;
struct table;

#define STAMPS_MAX 8
#define SEALS_MAX 4
#define STAMP_DPI 200.0  /* of what is cut out, at most a little more */
#define SEAL_RED_PCT 90  /* how surely a red ring is a seal … */
#define SEAL_DARK_PCT 88 /* … and one in black or blue */

/* Something stamped, in pixels of the image it was found in. */
struct stamped {
    struct box box;
    struct Pix *ink; /* grey: the coloured ink dark, all else white */
    bool vague;      /* nothing but its words can tell that it is a stamp */
    bool outlined;   /* the picture has all that is in its box and leans … */
    struct outline outline; /* … as this does, in pixels of that image */
};

struct stamps {
    int width_px, height_px; /* of that image */
    double dpi;
    struct box seals[SEALS_MAX];
    int n_seals;
    bool seals_dark;                   /* black or blue ones */
    bool seals_faded[SEALS_MAX];       /* of the copy that is read */
    struct stamped stamps[STAMPS_MAX]; /* perhaps with words */
    int n_stamps;
    struct box strokes[STAMPS_MAX]; /* perhaps of a signature */
    int n_strokes;
    struct stamped frames[STAMPS_MAX]; /* in black, perhaps of stamps */
    int n_frames;
};

/* Look for coloured ink on a decoded page with 32 bit, and for black frames. */
void stamps_find(struct Pix *pix, double dpi, struct stamps *out);
void stamps_clear(struct stamps *s);

/*
 * Add what was found to the page as marks, words of stamps read.
 * labels of stamps (stamp_labels.h)
 * page  as it was read: boxes on the original, turn and skew set
 * fails INTERNAL
 */
NODISCARD enum status stamps_read(struct recogniser *r,
                                  const struct table *labels,
                                  const struct stamps *s, struct page *page);

/*
 * What was cut out, turned as its page and straightened.
 * page    its size on the original and its turn are known
 * g       how the picture lies on its place; where  the place on the page
 * result  the caller's to destroy; NULL: no memory
 */
struct Pix *stamp_straighten(const struct stamps *s, const struct stamped *cut,
                             double skew_deg, const struct page *page,
                             struct page_geometry *g, struct box *where);

/* Take lines away from what has been set straight, in place: all that runs on
 * for longer than letters do. */
void stamp_wipe_lines(struct Pix *ink);

/* Whether what was read of a frame alone, or of place b in the page, says that
 * it is a stamp. labels  of stamps (stamp_labels.h) */
bool stamp_is_told(const struct table *labels, const struct page *read,
                   const struct page *page, const struct box *b);

/*
 * Read what was cut out, turned as its page and, where the picture leans with
 * the page or on its own, straightened.
 * read   its words, in pixels of the upright picture
 * g      how they lie on it; where  the picture on the page
 */
NODISCARD enum status stamp_read_cut(struct recogniser *r,
                                     const struct stamps *s,
                                     const struct stamped *cut, double skew_deg,
                                     const struct page *page, struct page *read,
                                     struct page_geometry *g,
                                     struct box *where);

/* Its words as a mark of the page, whose box is b. */
void stamp_keep_words(struct page *read, const struct page_geometry *g,
                      struct box b, struct page *page);

/*
 * Add stamps of arrival in black that lean, or whose frame is broken, faint or
 * missing, and take their words out of the lines.
 * labels of stamps (stamp_labels.h)
 * l      NULL: any word in doubt may be a scrap of a stamp
 * grey   the copy that was read, as it lay on the scanner
 * fails  INTERNAL
 */
NODISCARD enum status stamps_leaning(struct recogniser *r,
                                     const struct table *labels,
                                     const struct language *l, struct Pix *grey,
                                     struct page *page);

/* Whether a word is "ĐẾN" or what is read for it, in capitals: not "từ ngày …
 * đến ngày". */
bool stamp_says_arrival(const char *word);

/* Move the words of stamps in black from the lines to marks. labels  of stamps
 * (stamp_labels.h) */
void stamps_from_text(const struct table *labels, struct page *page);

#endif
