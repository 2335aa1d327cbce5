/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Snippets. The terms are looked for in the page's words, and a window moves over what was found: it is best
 * where it holds the most different terms, then the most that stand side by
 * side as in the query, then the most of all.
 */
#include "indexer/snippet.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include <stdlib.h>
#include <string.h>

enum {
    WINDOW_WORDS = 20, /* from the first to the last find of a cluster */
    FINDS_MAX = 2000,
    WORD_BYTES_MAX = 80, /* a longer word is cut in the snippet */
};

/* A syllable of the page: where it is, and which words of the query it is. */
struct spot {
    int word;                          /* of the page */
    int start, end;                    /* bytes of that word */
    uint64_t is[QUERY_WORDS_MAX / 64]; /* bit k: word k of the query */
};

/* A term found: places first .. last. */
struct find {
    int term, first, last;
    bool joined; /* the term before it in the query is right before it */
};

struct finding {
    struct spot *places;
    int n_places;
    struct find *finds;
    int n, cap;
};

static bool is_word(const struct spot *p, int k)
{
    return p->is[k / 64] >> (k % 64) & 1;
}

/* Words of the page in text order, and those of its places in the same. */
static void find_places(const struct page_words *page,
                        const struct places *places, const struct matcher *m,
                        enum closeness how, struct finding *f)
{
    int word = 0;
    f->places = xcalloc((size_t)places->n + 1, sizeof(*f->places));
    for (int i = 0; i < places->n && page->n > 0; i++) {
        const struct place *p = &places->items[i];
        while (word + 1 < page->n && page->items[word + 1].start <= p->start)
            word++;
        struct spot *spot = &f->places[f->n_places++];
        const struct wanted *w = matcher_wanted(m, p->id);
        *spot = (struct spot){.word = word,
                              .start = p->start - page->items[word].start,
                              .end = p->end - page->items[word].start};
        if (w)
            memcpy(spot->is, how == EXACT ? w->exact : w->folded,
                   sizeof(spot->is));
    }
}

static bool is_any(const struct spot *p)
{
    uint64_t any = 0;
    for (size_t i = 0; i < ARRAY_LEN(p->is); i++)
        any |= p->is[i];
    return any;
}

static bool is_term_at(const struct finding *f, const struct term *term, int at)
{
    if (at < 0 || at + term->n > f->n_places)
        return false;
    for (int k = 0; k < term->n; k++) {
        if (!is_word(&f->places[at + k], term->first + k))
            return false;
    }
    return true;
}

static bool is_joined(const struct terms *t, const struct finding *f, int term,
                      int at)
{
    if (term == 0 || t->items[term - 1].n == 0)
        return false;
    const struct term *before = &t->items[term - 1];
    return is_term_at(f, before, at - before->n);
}

static void find_terms(const struct terms *t, struct finding *f)
{
    for (int at = 0; at < f->n_places; at++) {
        if (!is_any(&f->places[at]))
            continue;
        for (int i = 0; i < t->n && f->n < FINDS_MAX; i++) {
            if (t->items[i].negated || t->items[i].key != KEY_NONE ||
                !is_term_at(f, &t->items[i], at))
                continue;
            GROW(f->finds, f->n, f->cap);
            f->finds[f->n++] = (struct find){i, at, at + t->items[i].n - 1,
                                             is_joined(t, f, i, at)};
        }
    }
}

/* What a window over the finds holds. */
struct window {
    int different, joined, n;
};

static bool is_better(const struct window *a, const struct window *b)
{
    if (a->different != b->different)
        return a->different > b->different;
    if (a->joined != b->joined)
        return a->joined > b->joined;
    return a->n > b->n;
}

/* The finds that make the best cluster: from *from up to before *to. */
static void best_cluster(const struct finding *f, int n_terms, int *from,
                         int *to)
{
    int *inside = xcalloc((size_t)n_terms, sizeof(*inside));
    struct window now = {0}, best = {0};
    for (int right = 0, left = 0; right < f->n; right++) {
        const struct find *add = &f->finds[right];
        now.different += inside[add->term]++ == 0;
        now.joined += add->joined;
        now.n++;
        while (add->first - f->finds[left].first > WINDOW_WORDS) {
            const struct find *leave = &f->finds[left++];
            now.different -= --inside[leave->term] == 0;
            now.joined -= leave->joined;
            now.n--;
        }
        if (is_better(&now, &best)) {
            best = now;
            *from = left;
            *to = right + 1;
        }
    }
    free(inside);
}

/* Bytes of a page's word that are shown. */
static int shown_length(const struct page_word *w)
{
    if (w->length <= WORD_BYTES_MAX)
        return w->length;
    int n = WORD_BYTES_MAX;
    while (n > 0 && ((unsigned char)w->text[n] & 0xC0) == 0x80)
        n--;
    return n;
}

/* About: a letter a column. */
static int columns_of(const struct page_word *w)
{
    int columns = 1;
    for (int i = shown_length(w) - 1; i >= 0; i--)
        columns += ((unsigned char)w->text[i] & 0xC0) != 0x80;
    return columns;
}

/* Widen words *first .. *last of the page on both sides while there is room. */
static void widen(const struct page_words *page, int *first, int *last)
{
    int room = SNIPPET_COLUMNS;
    for (int i = *first; i <= *last; i++)
        room -= columns_of(&page->items[i]);
    for (bool grown = true; grown && room > 0;) {
        grown = false;
        if (*first > 0 && room > 0) {
            room -= columns_of(&page->items[--*first]);
            grown = true;
        }
        if (*last + 1 < page->n && room > 0) {
            room -= columns_of(&page->items[++*last]);
            grown = true;
        }
    }
}

static void add_mark(struct hit *hit, int *cap, int start, int length)
{
    if (length <= 0)
        return;
    if (hit->n_marks > 0) {
        struct span *before = &hit->marks[hit->n_marks - 1];
        if (start < before->start + before->length)
            return;
    }
    GROW(hit->marks, hit->n_marks, *cap);
    hit->marks[hit->n_marks++] = (struct span){start, length};
}

/* lit[i]: place i is part of a find. A word that is lit from one syllable to
 * another gets one mark, the signs between them included. */
static void mark_word(const struct finding *f, const bool *lit, int *place,
                      int word, int at, int shown, struct hit *hit, int *cap)
{
    int start = -1, end = -1;
    for (; *place < f->n_places && f->places[*place].word <= word; ++*place) {
        const struct spot *p = &f->places[*place];
        if (p->word < word)
            continue;
        if (lit[*place]) {
            start = start < 0 ? p->start : start;
            end = p->end < shown ? p->end : shown;
        } else if (start >= 0) {
            add_mark(hit, cap, at + start, end - start);
            start = -1;
        }
    }
    if (start >= 0)
        add_mark(hit, cap, at + start, end - start);
}

static void add_word(struct strbuf *b, const struct page_word *w, int shown)
{
    for (int i = 0; i < shown; i++) {
        unsigned char c = (unsigned char)w->text[i];
        strbuf_addc(b, c < 0x20 || c == 0x7F ? ' ' : (char)c);
    }
    if (shown < w->length)
        strbuf_adds(b, "…");
}

static void write_line(const struct page_words *page, const struct finding *f,
                       const bool *lit, int first, int last, struct hit *hit)
{
    struct strbuf b;
    strbuf_init(&b);
    int place = 0, cap = 0;
    if (first > 0)
        strbuf_adds(&b, "… ");
    for (int i = first; i <= last; i++) {
        const struct page_word *w = &page->items[i];
        int shown = shown_length(w);
        if (i > first)
            strbuf_addc(&b, ' ');
        mark_word(f, lit, &place, i, (int)b.len, shown, hit, &cap);
        add_word(&b, w, shown);
    }
    if (last + 1 < page->n)
        strbuf_adds(&b, " …");
    hit->snippet = strbuf_take(&b);
}

static void add_boxes(const struct page_words *page, const struct finding *f,
                      const bool *lit, struct hit *hit)
{
    int cap = 0, before = -1;
    for (int i = 0; i < f->n_places && hit->n_boxes < SNIPPET_BOXES_MAX; i++) {
        int word = f->places[i].word;
        if (!lit[i] || word == before)
            continue;
        GROW(hit->boxes, hit->n_boxes, cap);
        hit->boxes[hit->n_boxes++] = page->items[word].box;
        before = word;
    }
}

void snippet_make(const struct page_words *page, const struct places *places,
                  const struct matcher *m, enum closeness how, struct hit *hit)
{
    const struct terms *t = m->t;
    struct finding f = {0};
    find_places(page, places, m, how, &f);
    find_terms(t, &f);
    bool *lit = xcalloc((size_t)f.n_places + 1, sizeof(*lit));
    for (int i = 0; i < f.n; i++)
        for (int k = f.finds[i].first; k <= f.finds[i].last; k++)
            lit[k] = true;
    int from = 0, to = 0, first = 0, last = 0;
    best_cluster(&f, t->n, &from, &to);
    if (to > from) {
        first = last = f.places[f.finds[from].first].word;
        for (int i = from; i < to; i++) {
            int end = f.places[f.finds[i].last].word;
            last = end > last ? end : last;
        }
    }
    if (page->n > 0) {
        widen(page, &first, &last);
        write_line(page, &f, lit, first, last, hit);
    } else {
        hit->snippet = xstrdup("");
    }
    add_boxes(page, &f, lit, hit);
    free(lit);
    free(f.finds);
    free(f.places);
}
