/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/signing_doubt.h"

#include "base/alloc.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

#define CONFIRMED_PCT 95 /* two readings of one word: enough */
#define READ_PCT 90      /* a word that can be read */
#define NAME_PCT 60      /* each word of a name, one of which can be read */
#define NAME_WORDS 2
#define BESIDE_PART 20 /* of the block's height: above and below a line */

/* Whether the page has a word where w is that says the same, both sure. */
static bool is_confirmed(const struct page *page, const struct word *w)
{
    int x = w->box.x + w->box.w / 2, y = w->box.y + w->box.h / 2;

    if (w->conf_pct < CONFIRMED_PCT)
        return false;
    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            const struct word *p = &page->lines[i].words[k];

            if (x >= p->box.x && x < p->box.x + p->box.w && y >= p->box.y &&
                y < p->box.y + p->box.h && p->conf_pct >= CONFIRMED_PCT &&
                strcmp(p->text, w->text) == 0)
                return true;
        }
    }
    return false;
}

static bool is_read_alike(const struct page *page, const struct line *l)
{
    for (int k = 0; k < l->n_words; k++)
        if (!is_confirmed(page, &l->words[k]))
            return false;
    return true;
}

static bool is_readable(const struct word *w)
{
    return w->conf_pct >= READ_PCT && text_word_length(w->text) >= 2;
}

static bool has_readable_word(const struct line *l)
{
    for (int k = 0; k < l->n_words; k++)
        if (is_readable(&l->words[k]))
            return true;
    return false;
}

/* A capital and small letters behind it. */
static bool is_of_name(const struct word *w)
{
    struct text_counts c = text_count(w->text);

    return w->conf_pct >= NAME_PCT && c.capitals == 1 && c.smalls > 0 &&
           c.capitals + c.smalls == text_word_length(w->text);
}

static bool has_name(const struct line *l)
{
    int words = 0, readable = 0;

    for (int k = 0; k < l->n_words; k++) {
        if (!is_of_name(&l->words[k]))
            continue;
        words++;
        readable += is_readable(&l->words[k]);
    }
    return words >= NAME_WORDS && readable > 0;
}

static bool is_under(const struct line *l, int titles_end)
{
    return l->box.y + l->box.h / 2 >= titles_end;
}

static bool can_tell_name(const struct mark *block, int titles_end)
{
    for (int i = 0; i < block->n_lines; i++)
        if (is_under(&block->lines[i], titles_end) &&
            has_name(&block->lines[i]))
            return true;
    return false;
}

/* The strip of the block with a line in it. */
static struct box strip_of(const struct mark *block, const struct line *l)
{
    int beside = block->box.h / BESIDE_PART;
    int y = l->box.y - beside, end = l->box.y + l->box.h + beside;
    int bottom = block->box.y + block->box.h;

    y = y < block->box.y ? block->box.y : y;
    end = end > bottom ? bottom : end;
    return (struct box){block->box.x, y, block->box.w, end - y};
}

static int compare_tops(const void *a, const void *b)
{
    return ((const struct box *)a)->y - ((const struct box *)b)->y;
}

/* Join those of n strips that overlap, and the last ones while they are more
 * than `most`; how many are left. */
static int join_strips(struct box *strips, int n, int most)
{
    int kept = 0;

    qsort(strips, (size_t)n, sizeof(*strips), compare_tops);
    for (int i = 0; i < n; i++) {
        struct box *last = kept > 0 ? &strips[kept - 1] : NULL;

        if (last != NULL && (kept == most || strips[i].y < last->y + last->h))
            *last = box_union(*last, strips[i]);
        else
            strips[kept++] = strips[i];
    }
    return kept;
}

int signing_doubts(const struct page *page, const struct mark *block,
                   int titles_end, struct box *out)
{
    bool named = can_tell_name(block, titles_end);
    AUTO(free_void)
    struct box *strips = xcalloc((size_t)block->n_lines + 1, sizeof(*strips));
    int n = 0;

    for (int i = 0; i < block->n_lines; i++) {
        const struct line *l = &block->lines[i];

        if (is_under(l, titles_end) && (!named || has_readable_word(l)) &&
            !is_read_alike(page, l))
            strips[n++] = strip_of(block, l);
    }
    /* no name: it is between them, or over all of them */
    n = join_strips(strips, n, named ? SIGNING_DOUBTS_MAX : 1);
    if (n > 0)
        memcpy(out, strips, (size_t)n * sizeof(*out));
    return n;
}
