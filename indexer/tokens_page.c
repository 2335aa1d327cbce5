/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words and pairs of a page; see indexer/tokens.h. They are counted by
 * their numbers: no text is looked at before it is listed. */
#include "indexer/tokens.h"

#include "base/alloc.h"
#include "indexer/codes.h"
#include "indexer/rank.h"
#include <stdlib.h>
#include <string.h>

enum { PAIR_SLOTS = 2048 };

static void count_word(struct page_tokens *t, uint32_t word, double weight)
{
    if (word >= t->n_slots_words) {
        size_t n = t->n_slots_words ? t->n_slots_words : 4096;
        while (n <= word)
            n *= 2;
        t->slots_words = xrealloc(t->slots_words, n, sizeof(*t->slots_words));
        memset(t->slots_words + t->n_slots_words, 0,
               (n - t->n_slots_words) * sizeof(*t->slots_words));
        t->n_slots_words = n;
    }
    if (!t->slots_words[word]) {
        GROW(t->words, t->n_words, t->cap_words);
        t->words[t->n_words++] = (struct counted){.a = word};
        t->slots_words[word] = t->n_words;
    }
    t->words[t->slots_words[word] - 1].n += weight;
}

static size_t slot_of(const struct page_tokens *t, uint32_t a, uint32_t b)
{
    uint64_t h = ((uint64_t)a << 32 | b) * UINT64_C(0x9E3779B97F4A7C15);
    size_t mask = t->n_slots_pairs - 1, at = (size_t)(h >> 40) & mask;
    for (; t->slots_pairs[at]; at = (at + 1) & mask) {
        const struct counted *p = &t->pairs[t->slots_pairs[at] - 1];
        if (p->a == a && p->b == b)
            break;
    }
    return at;
}

static void widen(struct page_tokens *t)
{
    size_t n = t->n_slots_pairs ? t->n_slots_pairs * 2 : PAIR_SLOTS;
    free(t->slots_pairs);
    t->slots_pairs = xcalloc(n, sizeof(*t->slots_pairs));
    t->n_slots_pairs = n;
    for (int i = 0; i < t->n_pairs; i++)
        t->slots_pairs[slot_of(t, t->pairs[i].a, t->pairs[i].b)] = i + 1;
}

static void count_pair(struct page_tokens *t, uint32_t a, uint32_t b,
                       double weight)
{
    if ((size_t)t->n_pairs * 2 >= t->n_slots_pairs)
        widen(t);
    size_t at = slot_of(t, a, b);
    if (!t->slots_pairs[at]) {
        GROW(t->pairs, t->n_pairs, t->cap_pairs);
        t->pairs[t->n_pairs++] = (struct counted){.a = a, .b = b};
        t->slots_pairs[at] = t->n_pairs;
    }
    t->pairs[t->slots_pairs[at] - 1].n += weight;
}

/* Sections of a head one after another; a text has one. */
static enum status count(struct spellings *s, const void *bytes, int n,
                         bool is_text, struct page_tokens *t)
{
    struct codes c = codes_begin(bytes, n);
    struct code one;
    int section = 0;
    int64_t before = -1;
    while (codes_next(&c, &one)) {
        double weight = is_text ? RANK_BODY : section_weight(section);
        if (one.id) {
            int item = 0;
            enum status st = spellings_item(s, one.id, &item);
            if (st != STATUS_OK)
                return st;
            uint32_t word = s->items[item].word, fold = s->fold_of[word];
            count_word(t, word, weight);
            if (before >= 0)
                count_pair(t, (uint32_t)before, fold, weight);
            before = fold;
            t->length += is_text;
        }
        if (one.ends) {
            section++;
            before = -1;
        }
    }
    return STATUS_OK;
}

enum status tokens_count(struct spellings *s, const void *head, int n_head,
                         const void *text, int n_text, struct page_tokens *t)
{
    enum status st = STATUS_OK;
    if (head)
        st = count(s, head, n_head, false, t);
    return st == STATUS_OK ? count(s, text, n_text, true, t) : st;
}

void tokens_reset(struct page_tokens *t)
{
    for (int i = 0; i < t->n_words; i++)
        t->slots_words[t->words[i].a] = 0;
    if (t->n_pairs)
        memset(t->slots_pairs, 0, t->n_slots_pairs * sizeof(*t->slots_pairs));
    t->n_words = t->n_pairs = t->length = 0;
}

void tokens_clear(struct page_tokens *t)
{
    free(t->words);
    free(t->pairs);
    free(t->slots_words);
    free(t->slots_pairs);
    *t = (struct page_tokens){0};
}

/* The token from byte `from` of out on, ended, and again for its levels. */
static void add_levels(struct strbuf *out, size_t from, int level)
{
    size_t n = out->len - from;
    char token[2 * SYLLABLE_BYTES + 2];
    memcpy(token, out->s + from, n);
    strbuf_addc(out, TOKEN_END);
    for (int l = 1; l <= level; l++) {
        strbuf_add(out, token, n);
        strbuf_addc(out, (char)l);
        strbuf_addc(out, TOKEN_END);
    }
}

void token_of_pair(const struct spellings *s, const struct counted *pair,
                   struct strbuf *out)
{
    const struct tally *f = &s->folds;
    strbuf_add(out, tally_text(f, (int)pair->a), f->items[pair->a].length);
    strbuf_addc(out, ' ');
    strbuf_add(out, tally_text(f, (int)pair->b), f->items[pair->b].length);
}

void tokens_of_page(const struct spellings *s, const struct page_tokens *t,
                    struct strbuf *out)
{
    for (int i = 0; i < t->n_words; i++) {
        const struct counted *w = &t->words[i];
        size_t from = out->len;
        strbuf_adds(out, token_form(spellings_folded(s, w->a),
                                    spellings_exact(s, w->a)));
        add_levels(out, from, rank_level(w->n, t->length, 1));
    }
    for (int i = 0; i < t->n_pairs; i++) {
        size_t from = out->len;
        token_of_pair(s, &t->pairs[i], out);
        add_levels(out, from, rank_level(t->pairs[i].n, t->length, 2));
    }
}
