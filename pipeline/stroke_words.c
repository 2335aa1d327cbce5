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
#include "pipeline/stamp.h"
#include <math.h>
#include <stdlib.h>

#define READ_WELL_PCT 75
#define NAME_PCT 40
#define SHORT_LETTERS 2
#define NAME_LETTERS 3
#define WIDE_GAP 2.2 /* heights of a line: another column begins */

static bool is_in_box(const struct box *b, double x, double y)
{
    return x >= b->x && x < b->x + b->w && y >= b->y && y < b->y + b->h;
}

static bool is_within(const struct pen_strokes *s, const struct box *b)
{
    double x = b->x + b->w / 2.0, y = b->y + b->h / 2.0;

    if (y < s->top)
        return false;
    for (int i = 0; i < s->n_seals; i++) {
        const struct box *seal = &s->seals[i];

        if (hypot(x - seal->x - seal->w / 2.0, y - seal->y - seal->h / 2.0) <
            seal->w / 2.0)
            return true;
    }
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

/* How many words from number i on stand side by side; *good: one of them was
 * read well. */
static int run_at(const struct line *line, int i, bool *good)
{
    int n = 1;

    *good = is_good(&line->words[i]);
    for (; i + n < line->n_words; n++) {
        const struct box *a = &line->words[i + n - 1].box;
        const struct box *b = &line->words[i + n].box;

        if (b->x - (a->x + a->w) > WIDE_GAP * (a->h < b->h ? a->h : b->h))
            break;
        *good = *good || is_good(&line->words[i + n]);
    }
    return n;
}

static void sift(const struct language *l, const struct pen_strokes *s,
                 struct line *line, struct page *page, int *cap)
{
    int kept = 0, run_end = 0;
    bool good = false;

    for (int i = 0; i < line->n_words; i++) {
        struct word w = line->words[i];

        if (i == run_end)
            run_end = i + run_at(line, i, &good);
        if (!good && is_within(s, &w.box) && is_scrap(l, &w)) {
            GROW(page->dropped, page->n_dropped, *cap);
            page->dropped[page->n_dropped++] = w;
        } else {
            line->words[kept++] = w;
        }
    }
    line->n_words = kept;
}

static void drop_scraps(const struct language *l, const struct pen_strokes *s,
                        struct page *page)
{
    int kept = 0, cap = page->n_dropped;

    for (int i = 0; i < page->n_lines; i++) {
        sift(l, s, &page->lines[i], page, &cap);
        if (page->lines[i].n_words > 0)
            page->lines[kept++] = page->lines[i];
        else
            free(page->lines[i].words);
    }
    page->n_lines = kept;
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
        drop_scraps(l, s, page);
}
