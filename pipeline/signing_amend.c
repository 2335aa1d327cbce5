/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See signing_amend.h. */
#include "pipeline/signing_amend.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/unread.h"
#include "pipeline/word_runs.h"
#include <stdlib.h>
#include <string.h>

#define SURE_PCT 80   /* words of the block that are taken */
#define LETTERS_MIN 5 /* in two words or more: a title, a name */
#define LEAD_PCT 5    /* that they are read better by, to stand for others */
#define BESIDE_PCT 50 /* of a word's width is in the stretch … */
#define BELOW_PCT 40  /* … and of its height: it is the same print */

/* Words of the block side by side, and what the page has there. */
struct stretch {
    const struct line *line;
    int from, end;
    struct box box;
};

static int letters_of(const struct stretch *s)
{
    int n = 0;

    for (int i = s->from; i < s->end; i++)
        n += text_word_length(s->line->words[i].text);
    return n;
}

/* The next words that were read surely, from number `from` on; false if there
 * are none. */
static bool next_stretch(const struct line *l, int from, struct stretch *out)
{
    while (from < l->n_words && l->words[from].conf_pct < SURE_PCT)
        from++;
    *out = (struct stretch){.line = l, .from = from, .end = from};
    while (out->end < l->n_words && l->words[out->end].conf_pct >= SURE_PCT)
        out->end++;
    if (out->end == from)
        return false;
    out->box = words_box(l, out->from, out->end);
    return true;
}

/* Whether a word is the same print as the stretch, or a part of it: lines are
 * cut across, too. */
static bool is_same_print(const struct stretch *s, const struct line *l, int k)
{
    const struct box *b = &l->words[k].box;
    int lower = b->h < s->box.h ? b->h : s->box.h;

    return span_overlap(b->x, b->w, s->box.x, s->box.w) * 100 >=
               b->w * BESIDE_PCT &&
           span_overlap(b->y, b->h, s->box.y, s->box.h) * 100 >=
               lower * BELOW_PCT;
}

static bool is_rival(void *user, const struct line *l, int k)
{
    return is_same_print(user, l, k);
}

/* Sums over words, weighed by their letters. */
struct reading {
    struct strbuf text;
    long conf, letters;
    int n;
};

static void add_word(struct reading *r, const struct word *w)
{
    int letters = text_word_length(w->text);

    strbuf_adds(&r->text, w->text);
    strbuf_addc(&r->text, ' ');
    r->conf += (long)w->conf_pct * letters;
    r->letters += letters;
    r->n++;
}

static void read_rivals(const struct page *page, const struct stretch *s,
                        struct reading *out)
{
    strbuf_init(&out->text);
    for (int i = 0; i < page->n_lines; i++)
        for (int k = 0; k < page->lines[i].n_words; k++)
            if (is_same_print(s, &page->lines[i], k))
                add_word(out, &page->lines[i].words[k]);
}

static void read_stretch(const struct stretch *s, struct reading *out)
{
    strbuf_init(&out->text);
    for (int i = s->from; i < s->end; i++)
        add_word(out, &s->line->words[i]);
}

/* Whether another reading of the block has these words one after the other. */
static bool is_said_again(const struct mark *mark, const char *words)
{
    bool again = false;

    for (int i = 0; i < mark->n_lines && !again; i++) {
        const struct line *l = &mark->lines[i];
        struct stretch all = {.line = l, .end = l->n_words};
        struct reading r = {0};

        read_stretch(&all, &r);
        again = l->block != 0 && strstr(r.text.s, words) != NULL;
        strbuf_clear(&r.text);
    }
    return again;
}

static bool is_better(const struct mark *mark, const struct stretch *s,
                      const struct page *page)
{
    struct reading mine = {0}, theirs = {0};
    bool better;

    read_stretch(s, &mine);
    read_rivals(page, s, &theirs);
    better = theirs.letters == 0 ||
             (strcmp(mine.text.s, theirs.text.s) != 0 &&
              mine.conf * theirs.letters >=
                  (theirs.conf + LEAD_PCT * theirs.letters) * mine.letters &&
              (strstr(mine.text.s, theirs.text.s) != NULL ||
               !is_said_again(mark, theirs.text.s)));
    strbuf_clear(&mine.text);
    strbuf_clear(&theirs.text);
    return better;
}

static void put(struct stretch *s, struct page *page)
{
    struct page one = {0};
    struct line line = {.box = s->box};

    for (int i = s->from; i < s->end; i++) {
        struct word w = s->line->words[i];

        w.text = xstrdup(w.text);
        w.raw = NULL;
        line_take_word(&line, &w);
    }
    page_take_line(&one, &line);
    (void)page_drop_words(page, is_rival, s);
    unread_add(&one, page);
    page_clear(&one);
}

void signing_amend(const struct mark *mark, struct page *page)
{
    bool changed = false;

    for (int i = 0; i < mark->n_lines; i++) {
        const struct line *l = &mark->lines[i];
        struct stretch s;

        for (int from = 0; l->block == 0 && next_stretch(l, from, &s);
             from = s.end) {
            if (s.end - s.from < 2 || letters_of(&s) < LETTERS_MIN ||
                !is_better(mark, &s, page))
                continue;
            put(&s, page);
            changed = true;
        }
    }
    if (changed)
        page_keep_mean(page);
}
