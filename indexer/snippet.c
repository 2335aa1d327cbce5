/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Snippets. The terms are looked for among the syllables of the page that are
 * words of the query, and a window moves over what was found: it is best where
 * it holds the most different terms, then the most that stand side by side as
 * in the query, then the most of all. Only the words that are shown are turned
 * back into text.
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

/* A term found: syllables first .. last of the page. */
struct find {
    int term, first, last;
    bool joined; /* the term before it in the query is right before it */
};

struct finding {
    struct find *finds;
    int n, cap;
    bool *lit; /* of syllables: part of a find */
};

static bool is_joined(const struct matcher *m, int term, int i,
                      enum closeness how)
{
    if (term == 0 || m->t->items[term - 1].n == 0)
        return false;
    const struct term *before = &m->t->items[term - 1];
    return match_at(m, before, i - before->n, how) &&
           m->items[i - before->n].at == m->items[i].at - before->n;
}

static void find_terms(const struct matcher *m, enum closeness how,
                       struct finding *f)
{
    const struct terms *t = m->t;
    f->lit = xcalloc((size_t)m->read + 1, sizeof(*f->lit));
    for (int i = 0; i < m->n; i++) {
        for (int k = 0; k < t->n && f->n < FINDS_MAX; k++) {
            const struct term *term = &t->items[k];
            if (term->negated || term->key != KEY_NONE ||
                !match_at(m, term, i, how))
                continue;
            int at = m->items[i].at;
            GROW(f->finds, f->n, f->cap);
            f->finds[f->n++] =
                (struct find){k, at, at + term->n - 1, is_joined(m, k, i, how)};
            memset(f->lit + at, true, (size_t)term->n);
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

/* The word of the page that syllable `at` is of. */
static int word_of(const struct page_words *page, int at)
{
    int low = 0, high = page->n - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (page->items[middle].first <= at)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* About: a letter a column. */
static int columns_of(const struct page_word *w)
{
    return 1 + (w->letters < WORD_BYTES_MAX ? w->letters : WORD_BYTES_MAX);
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

/* The syllables of a word that are lit, as stretches of its text: from one to
 * the next it is one stretch, the signs between them included. */
struct stretches {
    struct span *items;
    int n, cap;
};

static void light(struct stretches *l, bool joins, size_t start, size_t end)
{
    if (!joins) {
        GROW(l->items, l->n, l->cap);
        l->items[l->n++].start = (int)start;
    }
    struct span *last = &l->items[l->n - 1];
    last->length = (int)end - last->start;
}

/* The text of a word, as far as it is shown, and what of it is lit. */
static enum status read_word(struct spellings *s, const struct page_word *w,
                             const bool *lit, struct strbuf *out,
                             struct stretches *l)
{
    struct codes c = w->codes;
    struct code one;
    bool ends = false, before = false;
    int at = w->first, own = 0;
    strbuf_reset(out);
    l->n = 0;
    while (!ends && out->len <= WORD_BYTES_MAX && codes_next(&c, &one)) {
        size_t start = out->len;
        enum status st = codes_word(s, &one, out);
        if (st != STATUS_OK)
            return st;
        if (one.id) {
            if (lit[at])
                light(l, before, start, out->len);
            before = lit[at++];
        }
        at += one.ends;
        ends = code_ends_word(&one, &own);
        strbuf_add(out, one.glue, (size_t)own);
    }
    return STATUS_OK;
}

/* Bytes of a word that are shown. */
static int shown_length(const struct strbuf *word)
{
    size_t n = word->len;
    if (n <= WORD_BYTES_MAX)
        return (int)n;
    for (n = WORD_BYTES_MAX;
         n > 0 && ((unsigned char)word->s[n] & 0xC0) == 0x80;)
        n--;
    return (int)n;
}

static void add_word(const struct strbuf *word, const struct stretches *l,
                     struct strbuf *b, struct hit *hit, int *cap)
{
    int shown = shown_length(word);
    for (int i = 0; i < l->n && l->items[i].start < shown; i++) {
        struct span mark = l->items[i];
        if (mark.start + mark.length > shown)
            mark.length = shown - mark.start;
        mark.start += (int)b->len;
        GROW(hit->marks, hit->n_marks, *cap);
        hit->marks[hit->n_marks++] = mark;
    }
    for (int i = 0; i < shown; i++) {
        unsigned char c = (unsigned char)word->s[i];
        strbuf_addc(b, c < 0x20 || c == 0x7F ? ' ' : (char)c);
    }
    if ((size_t)shown < word->len)
        strbuf_adds(b, "…");
}

static enum status write_line(struct spellings *s,
                              const struct page_words *page, const bool *lit,
                              int first, int last, struct hit *hit)
{
    AUTO(strbuf_clear) struct strbuf b = {0}, word = {0};
    struct stretches l = {0};
    enum status st = STATUS_OK;
    int cap = 0;
    strbuf_init(&b);
    strbuf_init(&word);
    if (first > 0)
        strbuf_adds(&b, "… ");
    for (int i = first; i <= last && st == STATUS_OK; i++) {
        if (i > first)
            strbuf_addc(&b, ' ');
        st = read_word(s, &page->items[i], lit, &word, &l);
        if (st == STATUS_OK)
            add_word(&word, &l, &b, hit, &cap);
    }
    if (last + 1 < page->n)
        strbuf_adds(&b, " …");
    hit->snippet = strbuf_take(&b);
    free(l.items);
    return st;
}

/* Whether syllables of a word are lit. */
static bool is_lit(const struct page_words *page, int word, const bool *lit,
                   int syllables)
{
    int end = word + 1 < page->n ? page->items[word + 1].first : syllables;
    return memchr(lit + page->items[word].first, true,
                  (size_t)(end - page->items[word].first)) != NULL;
}

/* The boxes of words that are lit. */
static enum status add_boxes(const struct page_words *page,
                             const struct packed_page *p,
                             const struct matcher *m, const struct finding *f,
                             struct hit *hit)
{
    int cap = 0, end = 0;
    for (int i = 0; i < f->n; i++)
        end = f->finds[i].last >= end ? f->finds[i].last + 1 : end;
    if (end == 0)
        return STATUS_OK;
    int n = word_of(page, end - 1) + 1;
    struct box *boxes = xcalloc((size_t)n, sizeof(*boxes));
    enum status st = words_boxes(page, p->boxes, p->n_boxes, n, boxes);
    for (int i = 0; i < n && st == STATUS_OK; i++) {
        if (hit->n_boxes >= SNIPPET_BOXES_MAX ||
            !is_lit(page, i, f->lit, m->read))
            continue;
        GROW(hit->boxes, hit->n_boxes, cap);
        hit->boxes[hit->n_boxes++] = boxes[i];
    }
    free(boxes);
    return st;
}

static enum status show(struct spellings *s, const struct page_words *page,
                        const struct packed_page *p, const struct matcher *m,
                        const struct finding *f, struct hit *hit)
{
    int from = 0, to = 0, first = 0, last = 0;
    best_cluster(f, m->t->n, &from, &to);
    if (to > from) {
        first = last = word_of(page, f->finds[from].first);
        for (int i = from; i < to; i++) {
            int end = word_of(page, f->finds[i].last);
            last = end > last ? end : last;
        }
    }
    if (page->n == 0) {
        hit->snippet = xstrdup("");
        return STATUS_OK;
    }
    widen(page, &first, &last);
    enum status st = write_line(s, page, f->lit, first, last, hit);
    return st == STATUS_OK ? add_boxes(page, p, m, f, hit) : st;
}

enum status snippet_make(struct spellings *s, const struct packed_page *p,
                         struct matcher *m, enum closeness how, struct hit *hit)
{
    struct finding f = {0};
    struct page_words words;
    enum status st = words_read(s, p->text, p->n_text, &words);
    if (st != STATUS_OK)
        return st;
    matcher_look(m, NULL, 0, p->text, p->n_text);
    find_terms(m, how, &f);
    st = show(s, &words, p, m, &f, hit);
    free(f.lit);
    free(f.finds);
    words_clear(&words);
    return st;
}
