/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See hollow.h. Where a letter stands there is ink half way up; the box of a
 * mark that was taken for one reaches from it up into nothing. */
#include "pipeline/hollow.h"

#include "base/text.h"
#include "pipeline/leptonica.h"

#define SURE_PCT 90    /* of a word that is not asked */
#define LETTERS_MAX 2
#define BAND_FROM 0.30 /* of the height of a box … */
#define BAND_TO 0.55   /* … where letters have ink */
#define INK_SHARE 0.5  /* of the way from the palest to the darkest pixel */

struct tones {
    unsigned darkest, palest;
};

static struct tones tones_of(PIX *pix, const struct box *b, int from, int end)
{
    struct tones t = {255, 0};
    bool bits = pixGetDepth(pix) == 1;

    for (int y = from; y < end; y++) {
        for (int x = b->x; x < b->x + b->w; x++) {
            l_uint32 v = bits ? 255 : 0;

            if (pixGetPixel(pix, x, y, &v) != 0)
                continue; /* outside of the page */
            if (bits)
                v = v ? 0 : 255;
            t.darkest = v < t.darkest ? v : t.darkest;
            t.palest = v > t.palest ? v : t.palest;
        }
    }
    return t;
}

/* The tones of a word and of the one beside it, which tells how dark print is
 * where of the word there is but a speck. */
static struct tones tones_about(PIX *pix, const struct line *line, int k)
{
    const struct box *b = &line->words[k].box;
    struct tones own = tones_of(pix, b, b->y, b->y + b->h), other = own;

    if (line->n_words > 1) {
        const struct box *o = &line->words[k > 0 ? k - 1 : k + 1].box;

        other = tones_of(pix, o, o->y, o->y + o->h);
    }
    return (struct tones){
        own.darkest < other.darkest ? own.darkest : other.darkest,
        own.palest > other.palest ? own.palest : other.palest};
}

static bool is_hollow(void *user, const struct line *line, int k)
{
    PIX *upright = user;
    const struct word *w = &line->words[k];
    const struct box *b = &w->box;
    int length = text_word_length(w->text);
    struct tones all, band;

    if (w->conf_pct >= SURE_PCT || length < 1 || length > LETTERS_MAX ||
        text_count(w->text).digits > 0) /* pale ones may be of a pen */
        return false;
    all = tones_about(upright, line, k);
    band = tones_of(upright, b, b->y + (int)(b->h * BAND_FROM),
                    b->y + (int)(b->h * BAND_TO));
    return all.palest > all.darkest && band.palest >= band.darkest &&
           (all.palest - band.darkest) <
               (all.palest - all.darkest) * INK_SHARE;
}

int hollow_words_drop(PIX *upright, struct page *page)
{
    int n = page_drop_words(page, is_hollow, upright);

    if (n > 0)
        page_keep_mean(page);
    return n;
}
