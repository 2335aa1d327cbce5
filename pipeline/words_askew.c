/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See words_askew.h. What stands in no word's box is left out; then the feet of
 * the letters say it. */
#include "pipeline/words_askew.h"

#include "base/text.h"
#include "pipeline/baselines.h"
#include "pipeline/bilevel.h"
#include "pipeline/leptonica.h"

#define SURE_PCT 50     /* of a word that is asked */
#define LETTERS_MIN 6   /* read, in such words: a short name … */
#define LETTERS_MAX 120 /* … to a few lines */
#define FEET_MIN 6      /* of letters that were found in their boxes */
#define ON_LINE_PCT 60  /* so many of these, for lines of print */
#define WITHIN_DEG 12   /* words are read askew by so much */
#define MARGIN_PX 3     /* a box may be tight */

static bool is_asked(const struct word *w)
{
    return w->conf_pct >= SURE_PCT && text_word_length(w->text) >= 2;
}

static int letters_read(const struct page *page)
{
    int n = 0;

    for (int i = 0; i < page->n_lines; i++)
        for (int k = 0; k < page->lines[i].n_words; k++)
            if (is_asked(&page->lines[i].words[k]))
                n += text_word_length(page->lines[i].words[k].text);
    return n;
}

/* What of a page in black and white stands in the boxes of its words. New. */
static PIX *words_only(PIX *black, const struct page *page)
{
    PIX *out = pixCreateTemplate(black);

    for (int i = 0; i < page->n_lines && out != NULL; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            const struct word *w = &page->lines[i].words[k];
            int x = w->box.x - MARGIN_PX, y = w->box.y - MARGIN_PX;

            if (is_asked(w))
                pixRasterop(out, x, y, w->box.w + 2 * MARGIN_PX,
                            w->box.h + 2 * MARGIN_PX, PIX_SRC, black, x, y);
        }
    }
    return out;
}

bool words_askew(PIX *image, const struct page *page, double *deg)
{
    int letters = letters_read(page);
    AUTO(pixDestroy) PIX *black = NULL;
    AUTO(pixDestroy) PIX *words = NULL;
    struct baselines feet;

    if (letters < LETTERS_MIN || letters > LETTERS_MAX)
        return false;
    black = bilevel_make(image);
    words = black != NULL ? words_only(black, page) : NULL;
    if (words == NULL)
        return false;
    feet = baselines_find(words, image, WITHIN_DEG);
    if (feet.letters < FEET_MIN || feet.on_line_pct < ON_LINE_PCT)
        return false;
    *deg = feet.deg;
    return true;
}
