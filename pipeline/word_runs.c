/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs of words; see pipeline/word_runs.h. */
#include "pipeline/word_runs.h"

#include "base/strbuf.h"

#define WIDE_GAP 2.2 /* heights of the lower word */

static bool is_wide_between(const struct box *a, const struct box *b)
{
    return b->x - (a->x + a->w) > WIDE_GAP * (a->h < b->h ? a->h : b->h);
}

int word_run_end(const struct line *l, int from)
{
    int end = from + 1;

    while (end < l->n_words &&
           !is_wide_between(&l->words[end - 1].box, &l->words[end].box))
        end++;
    return end;
}

struct box words_box(const struct line *l, int from, int end)
{
    struct box all = l->words[from].box;

    for (int i = from + 1; i < end; i++)
        all = box_union(all, l->words[i].box);
    return all;
}

char *words_text(const struct line *l, int from, int end)
{
    struct strbuf text;

    strbuf_init(&text);
    for (int i = from; i < end; i++)
        strbuf_addf(&text, "%s%s", i > from ? " " : "", l->words[i].text);
    return strbuf_take(&text);
}
