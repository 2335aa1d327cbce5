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
            !stamp_crossed_by(l->labels, &l->read, language, w, x, y));
}

/* A page while its lines are gone through. */
struct sifting {
    const struct lifted *stamp;
    const struct language *language;
    int run_end;  /* of the run in the line */
    int sure_pct; /* how surely a word of it must be read to be print */
};

/* What stands alone within the stamp is of it. What is left of a line between
 * words of the stamp must be read the better. */
static int sure_pct(const struct lifted *l, const struct line *line, int from,
                    int end)
{
    struct box run = words_box(line, from, end);

    if (runs_out(l, &run))
        return 0;
    return runs_out(l, &line->box) ? ALONE_SURE_PCT : 101;
}

static bool is_gone(void *user, const struct line *line, int k)
{
    struct sifting *s = user;

    if (k == 0)
        s->run_end = 0;
    if (k == s->run_end) {
        s->run_end = word_run_end(line, k);
        s->sure_pct = sure_pct(s->stamp, line, k, s->run_end);
    }
    return is_of_stamp(s->stamp, s->language, &line->words[k], s->sure_pct);
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

/* Its words, to be given away. */
static struct page words_of(const struct lifted *l)
{
    struct page out = {0};

    for (int i = 0; i < l->read.n_lines; i++) {
        const struct line *from = &l->read.lines[i];
        struct line line = {.box = from->box, .block = from->block};

        for (int k = 0; k < from->n_words; k++) {
            struct word w = from->words[k];

            w.text = xstrdup(w.text);
            w.raw = w.raw != NULL ? xstrdup(w.raw) : NULL;
            line_take_word(&line, &w);
        }
        page_take_line(&out, &line);
    }
    page_keep_mean(&out);
    return out;
}

static void put(const struct language *language, const struct lifted *l,
                struct page *page)
{
    struct page words;
    struct sifting s = {.stamp = l, .language = language};

    if (!l->told && !stamp_is_told(l->labels, &l->read, page, &l->where))
        return;
    page_drop_words(page, is_gone, &s);
    doubt_touched(l, page);
    words = words_of(l);
    stamp_keep_words(&words, &l->geometry, l->where, page);
    page_clear(&words);
    page->marks[page->n_marks - 1].box = l->box;
}

void stamps_put(const struct language *l, const struct lifted_stamps *lifted,
                struct page *page)
{
    for (int i = 0; i < lifted->n; i++)
        put(l, &lifted->v[i], page);
}
