/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Doubts are told, never hidden: each rule adds one bit, and a page with a
 * bit that matters is "low". A page is blank only if nothing was read on it
 * and hardly anything is on it; a page with handwriting alone is not.
 */
#include "pipeline/assess.h"

#include "base/text.h"
#include "pipeline/leptonica.h"
#include "pipeline/page_quality.h"
#include "pipeline/syllable.h"
#include <string.h>

#define BLANK_CONFIDENCE_PCT 60 /* words below are dust read as letters */
#define EDGE_PART 40            /* of the width: where scanners leave frames */
#define WELL_READ_PCT 75        /* mean confidence that only writing has */
#define MIRROR_LEAD 2           /* of what the mirror image says */
#define THIN_SYLLABLES_MIN 30   /* in the mirror image of thin print … */
#define THIN_LEAD 8             /* … for each that reads the right way */
#define CLOSED_SYLLABLES_MIN 15 /* the same where gaps were closed … */
#define CLOSED_LEAD 3           /* … which makes syllables by chance */
#define MEDIUM_MIN 3            /* so many darker letters are no accident */
#define RUN_MIN 5 /* syllables on end: written, whatever shows through */
#define SYLLABLE_CONFIDENCE_PCT 75
#define SYLLABLES_MIN 4
#define EDGE_INCH 0.012 /* from the edge: a word touches it */
#define CUT_WORDS_MIN 3
#define DPI_TOLERANCE 0.97 /* 199.9 in a file means 200 */

unsigned assess_ink_ppm(PIX *bilevel)
{
    int w = pixGetWidth(bilevel), h = pixGetHeight(bilevel);
    int margin = w / EDGE_PART;
    BOX *inner = boxCreate(margin, margin, w - 2 * margin, h - 2 * margin);
    AUTO(pixDestroy) PIX *clipped = pixClipRectangle(bilevel, inner, NULL);
    AUTO(pixDestroy) PIX *reduced = NULL;
    l_int32 count = 0;
    double area;

    boxDestroy(&inner);
    if (clipped == NULL)
        return 0;
    /* rank 3 of 4: single specks go, strokes stay */
    reduced = pixReduceRankBinaryCascade(clipped, 3, 0, 0, 0);
    if (reduced == NULL || pixCountPixels(reduced, &count, NULL) != 0)
        return 0;
    area = (double)pixGetWidth(reduced) * pixGetHeight(reduced);
    return area > 0 ? (unsigned)(count / area * 1e6) : 0;
}

unsigned assess_inner_ink_ppm(PIX *bilevel)
{
    AUTO(pixDestroy) PIX *inner = pixRemoveBorderConnComps(bilevel, 8);

    return inner != NULL ? assess_ink_ppm(inner) : 0;
}

/* A word that somebody wrote: at least two letters or digits, read surely. */
static bool word_counts(const struct word *w)
{
    return text_word_length(w->text) >= 2 &&
           w->conf_pct >= BLANK_CONFIDENCE_PCT;
}

static bool page_has_words(const struct page *page)
{
    for (int i = 0; i < page->n_lines; i++)
        for (int k = 0; k < page->lines[i].n_words; k++)
            if (word_counts(&page->lines[i].words[k]))
                return true;
    return false;
}

static void drop_read(struct page *page)
{
    struct page dropped = {.lines = page->lines,
                           .n_lines = page->n_lines,
                           .marks = page->marks,
                           .n_marks = page->n_marks};

    page->lines = NULL;
    page->n_lines = 0;
    page->marks = NULL;
    page->n_marks = 0;
    page->confidence_pct = 0;
    page_clear(&dropped);
}

/* A word that is read surely and could be Vietnamese. */
static bool is_syllable(const struct word *w)
{
    struct syllable s;

    return w->conf_pct >= SYLLABLE_CONFIDENCE_PCT &&
           syllable_parse(w->text, strlen(w->text), &s) && s.n >= 2 &&
           syllable_possible(&s);
}

int assess_line_syllables(const struct line *line)
{
    int n = 0;

    for (int k = 0; k < line->n_words; k++)
        n += is_syllable(&line->words[k]);
    return n;
}

int assess_syllables(const struct page *page)
{
    int n = 0;

    for (int i = 0; i < page->n_lines; i++)
        n += assess_line_syllables(&page->lines[i]);
    return n;
}

/* Most syllables that follow one another in a line: print of the other side
 * gives some by chance, hardly five. */
static int longest_run(const struct page *page)
{
    int longest = 0;

    for (int i = 0; i < page->n_lines; i++) {
        int run = 0;

        for (int k = 0; k < page->lines[i].n_words; k++) {
            run = is_syllable(&page->lines[i].words[k]) ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
    }
    return longest;
}

/* Whether words were read that somebody wrote: what is read of grain or of
 * the other side's print is read with doubt. */
static bool is_well_read(const struct page *page)
{
    return page->confidence_pct >= WELL_READ_PCT && page_has_words(page) &&
           longest_run(page) > 0;
}

bool assess_is_read(const struct page *page)
{
    return is_well_read(page) || longest_run(page) >= RUN_MIN;
}

bool assess_wants_mirror(const struct page *page, const struct surface *s)
{
    const struct traces *t = &s->traces;
    bool pale = t->looked && t->dark == 0 &&
                (t->medium >= MEDIUM_MIN || t->spotted >= MEDIUM_MIN);

    return (pale || s->thin) && !assess_is_read(page);
}

/* Letters as dark as pencil that do not stand in print of the other side. Such
 * print has spots as dark all over; what is darker than most of it is on this
 * side, though it stand within the lines. */
static int medium_here(const struct surface *s)
{
    const struct traces *t = &s->traces;

    return t->spotted * 2 >= t->pale ? t->medium - s->medium_behind : t->medium;
}

/* In black and white: thin strokes, and all of them in lines that read in the
 * mirror image and in no other way. */
static bool is_thin_print_behind(const struct page *page,
                                 const struct surface *s)
{
    return s->thin && s->outside == 0 && s->mirrored >= THIN_SYLLABLES_MIN &&
           s->mirrored > THIN_LEAD * assess_syllables(page) &&
           !assess_is_read(page);
}

/* The same of strokes that had to be closed first: much is misread then, in
 * either direction. */
static bool is_closed_print_behind(const struct page *page,
                                   const struct surface *s)
{
    int straight = assess_syllables(page);

    if (s->closed_straight > straight)
        straight = s->closed_straight;
    return s->thin && s->closed_outside == 0 &&
           s->closed_mirrored >= CLOSED_SYLLABLES_MIN &&
           s->closed_mirrored > CLOSED_LEAD * straight &&
           !assess_is_read(page);
}

bool assess_wants_closed(const struct page *page, const struct surface *s)
{
    return s->thin && s->mirrored < THIN_SYLLABLES_MIN && !assess_is_read(page);
}

/*
 * A page on which anything dark stands is no blank one, nor is one with words
 * that read well or with more than a stroke as dark as pencil. If lines read in
 * the mirror image, what is in them is print of the other side; if none do,
 * some dark spots are enough for doubt.
 */
bool assess_is_blank(const struct page *page, const struct surface *s)
{
    const struct traces *t = &s->traces;
    bool behind = s->mirrored >= SYLLABLES_MIN &&
                  s->mirrored > MIRROR_LEAD * assess_syllables(page) &&
                  longest_run(page) < RUN_MIN;

    if (is_thin_print_behind(page, s) || is_closed_print_behind(page, s))
        return true;
    if (!t->looked || is_well_read(page))
        return false;
    if (t->dark > 0 && !t->bled)
        return false;
    if (t->bled)
        return t->medium < MEDIUM_MIN;
    return behind ? medium_here(s) < MEDIUM_MIN
                  : t->medium < MEDIUM_MIN && t->spotted < MEDIUM_MIN;
}

/* Whether text runs over an edge of the picture: at least so many words touch
 * one of its sides. */
static bool is_cut(const struct page *page)
{
    int near_x = (int)(page->dpi_x * EDGE_INCH);
    int near_y = (int)(page->dpi_y * EDGE_INCH);
    int touch[4] = {0};

    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            const struct box *b = &page->lines[i].words[k].box;

            touch[0] += b->x <= near_x;
            touch[1] += b->y <= near_y;
            touch[2] += b->x + b->w >= page->width_px - near_x;
            touch[3] += b->y + b->h >= page->height_px - near_y;
        }
    }
    for (int side = 0; side < 4; side++)
        if (touch[side] >= CUT_WORDS_MIN)
            return true;
    return false;
}

static void judge_scan(struct page *page, const struct pool_options *options)
{
    const struct page_quality *q = &page->quality;

    if (!q->measured)
        return;
    if (q->sharpness_pct >= 0 && q->sharpness_pct < options->min_sharpness_pct)
        page->doubts |= DOUBT_BLUR;
    if (q->contrast_pct >= 0 && q->contrast_pct < options->min_contrast_pct)
        page->doubts |= DOUBT_FAINT;
    if (q->frame_permille > options->max_frame_pct * 10)
        page->doubts |= DOUBT_DARK_EDGE;
    if (is_cut(page))
        page->doubts |= DOUBT_CUT;
}

void assess_page(struct page *page, const struct surface *surface,
                 const struct pool_options *options)
{
    double dpi = page->dpi_x < page->dpi_y ? page->dpi_x : page->dpi_y;
    unsigned matters;

    if (page->dpi_assumed)
        page->doubts |= DOUBT_NO_DPI;
    if (dpi < options->min_dpi * DPI_TOLERANCE)
        page->doubts |= DOUBT_LOW_DPI;
    if (assess_is_blank(page, surface)) {
        drop_read(page); /* dust and the other side, taken for letters */
        page->doubts &= ~(unsigned)DOUBT_TURN;
        page->doubts |= DOUBT_BLANK;
        page->state = PAGE_BLANK;
        return;
    }
    judge_scan(page, options);
    if (page->confidence_pct < options->min_confidence_pct)
        page->doubts |= DOUBT_LOW_CONFIDENCE;
    matters = page->doubts & ~(unsigned)DOUBT_NO_DPI;
    page->state = matters ? PAGE_LOW : PAGE_OK;
}
