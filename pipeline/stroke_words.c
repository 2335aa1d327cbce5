/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Strokes and seals are read as letters and digits, surely at times. Between
 * title and name there is no text, so what lies in them there goes: a letter
 * or two, or what is no syllable, read with doubt. Words that stand beside one
 * that was read well stay, and so does what may be of a name: seal and
 * signature lie across it.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/language.h"
#include "pipeline/pen_strokes.h"
#include "pipeline/seal_ring.h"
#include "pipeline/stamp.h"
#include "pipeline/word_runs.h"
#include <string.h>

#define READ_WELL_PCT 75
#define NAME_PCT 40
#define SHORT_LETTERS 2
#define NAME_LETTERS 3

static bool is_in_box(const struct box *b, double x, double y)
{
    return x >= b->x && x < b->x + b->w && y >= b->y && y < b->y + b->h;
}

static bool is_within(const struct pen_strokes *s, const struct box *b)
{
    double x = b->x + b->w / 2.0, y = b->y + b->h / 2.0;

    if (y < s->top)
        return false;
    for (int i = 0; i < s->n_seals; i++)
        if (seal_ring_holds(&s->seals[i], b))
            return true;
    return s->found && is_in_box(&s->box, x, y);
}

static bool is_name(const struct word *w)
{
    struct text_counts c = text_count(w->text);

    return w->conf_pct >= NAME_PCT && c.capitals == 1 &&
           c.capitals + c.smalls >= NAME_LETTERS && c.digits == 0;
}

static bool is_scrap(const struct language *l, const struct word *w)
{
    int length = text_word_length(w->text);

    return length <= 1 ||
           (w->conf_pct < READ_WELL_PCT && !is_name(w) &&
            (length <= SHORT_LETTERS || !language_knows(l, w->text)));
}

static bool is_good(const struct word *w)
{
    struct text_counts c = text_count(w->text);

    return w->conf_pct >= READ_WELL_PCT &&
           c.capitals + c.smalls > SHORT_LETTERS;
}

static bool any_good(const struct line *line, int from, int end)
{
    bool good = false;

    for (int i = from; i < end && !good; i++)
        good = is_good(&line->words[i]);
    return good;
}

/* A page while its lines are gone through. */
struct sifting {
    const struct language *language;
    const struct pen_strokes *strokes;
    int run_end; /* of the run in the line */
    bool good;   /* it has a word that was read well */
};

static bool is_of_strokes(void *user, const struct line *line, int k)
{
    struct sifting *s = user;
    const struct word *w = &line->words[k];

    if (k == 0)
        s->run_end = 0;
    if (k == s->run_end) {
        s->run_end = word_run_end(line, k);
        s->good = any_good(line, k, s->run_end);
    }
    return !s->good && is_within(s->strokes, &w->box) &&
           is_scrap(s->language, w);
}

static int drop_words(const struct language *l, const struct pen_strokes *s,
                      struct page *page)
{
    struct sifting sifting = {.language = l, .strokes = s};

    return page_drop_words(page, is_of_strokes, &sifting);
}

void pen_strokes_take(const struct language *l, const struct pen_strokes *s,
                      struct page *page)
{
    if (s->found) {
        struct mark m = {.kind = xstrdup("signature"),
                         .box = s->box,
                         .conf_pct = SEAL_DARK_PCT};

        page_take_mark(page, &m);
    }
    if (l != NULL && (s->found || s->n_seals > 0))
        drop_words(l, s, page);
}

void pen_strokes_drop_marked(const struct language *l, struct page *page)
{
    int n = 0;

    for (int i = 0; i < page->n_marks; i++) {
        const struct mark *m = &page->marks[i];
        struct pen_strokes s = {.found = strcmp(m->kind, "signature") == 0,
                                .box = m->box};

        if (strcmp(m->kind, "seal") == 0)
            s.seals[s.n_seals++] = m->box;
        if (s.found || s.n_seals > 0)
            n += drop_words(l, &s, page);
    }
    if (n > 0)
        page_keep_mean(page);
}
