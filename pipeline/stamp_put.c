/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the page has read of a stamp that was read alone goes. Words that stand
 * by themselves within it are scraps; of a line that runs on beyond it what is
 * read well is print, and unsure.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/stamp_lift.h"
#include "pipeline/stamp_words.h"
#include "pipeline/word_runs.h"
#include <stdlib.h>

#define MM (STAMP_DPI / 25.4)
#define OUT_MM 1.0        /* beyond a side: print runs across it */
#define ALONE_SURE_PCT 88 /* words of it that its own stand between */
#define TOUCHED_PCT 55    /* at most, of words that touch it */
#define TOUCH_POINTS 4    /* of a word that may be in a stamp, and one */

/* Whether a point of the page is in a stamp or so near it; *x, *y become those
 * of its picture. */
static bool lies_in(const struct lifted *l, double rim, double *x, double *y)
{
    const struct box *in = &l->inside;

    *x -= l->where.x;
    *y -= l->where.y;
    geometry_from_original(&l->geometry, x, y);
    return *x >= in->x - rim && *y >= in->y - rim && *x < in->x + in->w + rim &&
           *y < in->y + in->h + rim;
}

/* Whether words that stand side by side run on beyond the stamp. */
static bool runs_out(const struct lifted *l, const struct box *run)
{
    double left = run->x, right = run->x + run->w;
    double y = run->y + run->h / 2.0, other = y;

    return !lies_in(l, OUT_MM * MM, &left, &y) ||
           !lies_in(l, OUT_MM * MM, &right, &other);
}

static bool is_of_stamp(const struct lifted *l, const struct language *language,
                        const struct word *w, int sure_pct)
{
    double x = w->box.x + w->box.w / 2.0, y = w->box.y + w->box.h / 2.0;

    return lies_in(l, 0, &x, &y) &&
           (l->free || w->conf_pct < sure_pct ||
            !stamp_crossed_by(&l->read, language, w, x, y));
}

/* Which words of the page go: one flag a word, in their order. */
struct flags {
    bool *v;
    int n, cap, next;
};

/* What stands alone within the stamp is of it. What is left of a line between
 * words of the stamp must be read the better. */
static void flag_words(const struct lifted *l, const struct language *language,
                       const struct page *page, struct flags *out)
{
    for (int i = 0; i < page->n_lines; i++) {
        const struct line *line = &page->lines[i];
        int alone = runs_out(l, &line->box) ? ALONE_SURE_PCT : 101;

        for (int from = 0, end; from < line->n_words; from = end) {
            struct box run;
            int sure_pct;

            end = word_run_end(line, from);
            run = words_box(line, from, end);
            sure_pct = runs_out(l, &run) ? 0 : alone;
            for (int k = from; k < end; k++) {
                GROW(out->v, out->n, out->cap);
                out->v[out->n++] =
                    is_of_stamp(l, language, &line->words[k], sure_pct);
            }
        }
    }
}

/* Words that touch a stamp are unsure, whatever they look like. */
static void doubt_touched(const struct lifted *l, struct page *page)
{
    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            struct word *w = &page->lines[i].words[k];
            bool in = false;

            for (int p = 0; p <= TOUCH_POINTS && !in; p++) {
                double x = w->box.x + w->box.w * p / (double)TOUCH_POINTS;
                double y = w->box.y + w->box.h / 2.0;

                in = lies_in(l, 0, &x, &y);
            }
            if (in && w->conf_pct > TOUCHED_PCT)
                w->conf_pct = TOUCHED_PCT;
        }
    }
}

static bool is_flagged(void *user, const struct line *l, int k)
{
    struct flags *f = user;

    (void)l;
    (void)k;
    return f->v[f->next++];
}

static void put(const struct language *language, struct lifted *l,
                struct page *page)
{
    struct flags gone = {0};

    if (!l->told && !stamp_is_told(&l->read, page, &l->where))
        return;
    flag_words(l, language, page, &gone);
    page_drop_words(page, is_flagged, &gone);
    doubt_touched(l, page);
    free(gone.v);
    page_keep_mean(&l->read);
    stamp_keep_words(&l->read, &l->geometry, l->where, page);
    page->marks[page->n_marks - 1].box = l->box;
}

void stamps_put(const struct language *l, struct lifted_stamps *lifted,
                struct page *page)
{
    for (int i = 0; i < lifted->n; i++)
        put(l, &lifted->v[i], page);
}
