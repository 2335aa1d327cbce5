/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Doubts are told, never hidden: each rule adds one bit, and a page with a
 * bit that matters is "low". A page is blank only if nothing was read on it
 * and hardly anything is on it; a page with handwriting alone is not.
 */
#include "pipeline/assess.h"

#include "base/text.h"
#include "pipeline/leptonica.h"
#include <string.h>

#define BLANK_INK_PPM 150       /* a name has 500 and more, dust has less */
#define BLANK_CONFIDENCE_PCT 60 /* words below are dust read as letters */
#define EDGE_PART 40            /* of the width: where scanners leave frames */
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

void assess_page(struct page *page, unsigned ink_ppm,
                 const struct pool_options *options)
{
    double dpi = page->dpi_x < page->dpi_y ? page->dpi_x : page->dpi_y;
    unsigned matters;

    if (page->dpi_assumed)
        page->doubts |= DOUBT_NO_DPI;
    if (dpi < options->min_dpi * DPI_TOLERANCE)
        page->doubts |= DOUBT_LOW_DPI;
    if (ink_ppm < BLANK_INK_PPM && !page_has_words(page)) {
        drop_lines(page); /* dust that was read as letters */
        page->doubts &= ~(unsigned)DOUBT_TURN;
        page->doubts |= DOUBT_BLANK;
        page->state = PAGE_BLANK;
        return;
    }
    if (page->confidence_pct < options->min_confidence_pct)
        page->doubts |= DOUBT_LOW_CONFIDENCE;
    matters = page->doubts & ~(unsigned)DOUBT_NO_DPI;
    page->state = matters ? PAGE_LOW : PAGE_OK;
}
