/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See read_twice.h. Words of one line never lie over each other. */
#include "pipeline/read_twice.h"

#include <string.h>

#define COVERED_PCT 50 /* of a word's box, by words of other lines */

/* Pixels of a word under better read words of a line, or, if the line comes
 * before its own, under words that say the same. */
static long covered_by(const struct word *w, const struct line *l, bool before)
{
    const struct box *b = &w->box;
    long all = 0;

    for (int i = 0; i < l->n_words; i++) {
        const struct box *o = &l->words[i].box;
        int lead = l->words[i].conf_pct - w->conf_pct;

        if (lead > 0 ||
            (lead == 0 && before && strcmp(l->words[i].text, w->text) == 0))
            all += (long)span_overlap(b->x, b->w, o->x, o->w) *
                   span_overlap(b->y, b->h, o->y, o->h);
    }
    return all;
}

static bool is_covered(void *user, const struct line *line, int k)
{
    const struct page *page = user;
    const struct word *w = &line->words[k];
    long all = 0, area = (long)w->box.w * w->box.h;

    for (int i = 0; i < page->n_lines; i++)
        if (&page->lines[i] != line)
            all += covered_by(w, &page->lines[i], &page->lines[i] < line);
    return all * 100 > area * COVERED_PCT;
}

int read_twice_drop(struct page *page)
{
    int n = page_drop_words(page, is_covered, page);

    if (n > 0)
        page_keep_mean(page);
    return n;
}
