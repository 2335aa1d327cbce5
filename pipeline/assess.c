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

#define BLANK_INK_PPM 150       /* a name has 500 and more, dust has less */
#define BLANK_CONFIDENCE_PCT 60 /* words below are dust read as letters */
#define EDGE_PART 40            /* of the width: where scanners leave frames */
#define SHOWS_THROUGH_PCT 28 /* contrast of what shows through paper is less */
#define SHOWS_SHARP_PCT 32      /* paper blurs what is seen through it … */
#define SHOWS_CONFIDENCE_PCT 75 /* … and mirrored letters are guessed at */
#define SYLLABLE_CONFIDENCE_PCT 75
#define SYLLABLES_MIN 4
#define EDGE_INCH 0.012 /* from the edge: a word touches it */
#define CUT_WORDS_MIN 3
#define DPI_TOLERANCE 0.97      /* 199.9 in a file means 200 */

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

/* A word that somebody wrote: at least two letters or digits, read surely. */
static bool word_counts(const struct word *w)
{
    size_t n = strlen(w->text), at = 0;
    int letters = 0;

    while (at < n)
        letters += text_is_word(text_next(w->text, n, &at));
    return letters >= 2 && w->conf_pct >= BLANK_CONFIDENCE_PCT;
}

static bool page_has_words(const struct page *page)
{
    for (int i = 0; i < page->n_lines; i++)
        for (int k = 0; k < page->lines[i].n_words; k++)
            if (word_counts(&page->lines[i].words[k]))
                return true;
    return false;
}

static void drop_lines(struct page *page)
{
    struct page dropped = {.lines = page->lines, .n_lines = page->n_lines};

    page->lines = NULL;
    page->n_lines = 0;
    page->confidence_pct = 0;
    page_clear(&dropped);
}

/* Words that are read surely and could be Vietnamese, as print seen through
 * from the other side hardly gives by chance. */
static int syllables_read(const struct page *page)
{
    int n = 0;

    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            const struct word *w = &page->lines[i].words[k];
            struct syllable s;

            n += w->conf_pct >= SYLLABLE_CONFIDENCE_PCT &&
                 syllable_parse(w->text, strlen(w->text), &s) && s.n >= 2 &&
                 syllable_possible(&s);
        }
    }
    return n;
}

static bool is_blank(const struct page *page, unsigned ink_ppm)
{
    if (ink_ppm < BLANK_INK_PPM)
        return !page_has_words(page);
    if (!page_quality_is_faint(&page->quality) ||
        page->quality.contrast_pct >= SHOWS_THROUGH_PCT)
        return false;
    return syllables_read(page) < SYLLABLES_MIN ||
           (page->quality.sharpness_pct < SHOWS_SHARP_PCT &&
            page->confidence_pct < SHOWS_CONFIDENCE_PCT);
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

void assess_page(struct page *page, unsigned ink_ppm,
                 const struct pool_options *options)
{
    double dpi = page->dpi_x < page->dpi_y ? page->dpi_x : page->dpi_y;
    unsigned matters;

    if (page->dpi_assumed)
        page->doubts |= DOUBT_NO_DPI;
    if (dpi < options->min_dpi * DPI_TOLERANCE)
        page->doubts |= DOUBT_LOW_DPI;
    if (is_blank(page, ink_ppm)) {
        drop_lines(page); /* dust that was read as letters */
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
