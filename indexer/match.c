/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page against a query; see indexer/match.h. */
#include "indexer/match.h"

#include "base/alloc.h"
#include "indexer/codes.h"
#include "indexer/rank.h"
#include "indexer/tokens.h"
#include <stdlib.h>
#include <string.h>

void matcher_make(const struct terms *t, struct matcher *out)
{
    memset(out, 0, sizeof(*out));
    out->t = t;
}

void matcher_clear(struct matcher *m)
{
    free(m->items);
    free(m->wanted);
    free(m->slots);
    m->items = NULL;
    m->wanted = NULL;
    m->slots = NULL;
}

/* ---- words by their numbers ---- */

static size_t slot_of(const struct matcher *m, uint32_t id)
{
    size_t mask = m->n_slots - 1, at = id * UINT32_C(0x9E3779B1) >> 7 & mask;
    while (m->slots[at] && m->wanted[m->slots[at] - 1].id != id)
        at = (at + 1) & mask;
    return at;
}

static void widen(struct matcher *m)
{
    m->n_slots = m->n_slots ? m->n_slots * 2 : 64;
    free(m->slots);
    m->slots = xcalloc(m->n_slots, sizeof(*m->slots));
    for (int i = 0; i < m->n_wanted; i++)
        m->slots[slot_of(m, m->wanted[i].id)] = i + 1;
}

void matcher_want(struct matcher *m, uint32_t id, int k, bool exact)
{
    if ((size_t)m->n_wanted * 2 >= m->n_slots)
        widen(m);
    size_t at = slot_of(m, id);
    if (!m->slots[at]) {
        GROW(m->wanted, m->n_wanted, m->cap_wanted);
        m->wanted[m->n_wanted++] = (struct wanted){.id = id};
        m->slots[at] = m->n_wanted;
        m->some[id >> 6 & 255] |= UINT64_C(1) << (id & 63);
    }
    struct wanted *w = &m->wanted[m->slots[at] - 1];
    w->folded[k / 64] |= UINT64_C(1) << (k % 64);
    if (exact)
        w->exact[k / 64] |= UINT64_C(1) << (k % 64);
}

const struct wanted *matcher_wanted(const struct matcher *m, uint32_t id)
{
    if (!(m->some[id >> 6 & 255] >> (id & 63) & 1))
        return NULL;
    size_t at = slot_of(m, id);
    return m->slots[at] ? &m->wanted[m->slots[at] - 1] : NULL;
}

static void note(struct matcher *m, const struct wanted *w, double weight)
{
    GROW(m->items, m->n, m->cap);
    struct sighting *s = &m->items[m->n++];
    s->at = m->read;
    s->weight = weight;
    memcpy(s->folded, w->folded, sizeof(s->folded));
    memcpy(s->exact, w->exact, sizeof(s->exact));
}

static void look_through(struct matcher *m, struct codes c, bool is_text)
{
    struct code one;
    int section = 0;
    double weight = is_text ? RANK_BODY : section_weight(0);
    while (codes_next(&c, &one)) {
        if (one.id) {
            const struct wanted *w = matcher_wanted(m, one.id);
            if (w)
                note(m, w, weight);
            m->read++;
        }
        if (one.ends) {
            weight = section_weight(++section);
            m->read++; /* no phrase goes from one section to the next */
        }
    }
}

void matcher_look(struct matcher *m, const void *head, int n_head,
                  const void *text, int n_text)
{
    m->n = m->read = 0;
    if (head) {
        look_through(m, codes_begin(head, n_head), false);
        m->read++;
    }
    int before = m->read;
    look_through(m, codes_begin(text, n_text), true);
    m->length = m->read - before;
}

/* ---- terms by their words ---- */

static bool is_word_at(const struct sighting *s, int k, enum closeness how)
{
    return (how == EXACT ? s->exact : s->folded)[k / 64] >> (k % 64) & 1;
}

bool match_at(const struct matcher *m, const struct term *term, int i,
              enum closeness how)
{
    if (i < 0 || i + term->n > m->n)
        return false;
    for (int k = 0; k < term->n; k++)
        if (m->items[i + k].at != m->items[i].at + k ||
            !is_word_at(&m->items[i + k], term->first + k, how))
            return false;
    return true;
}

double match_count(const struct matcher *m, int i, enum closeness how)
{
    double n = 0;
    for (int at = 0; at < m->n; at++)
        if (match_at(m, &m->t->items[i], at, how))
            n += m->items[at].weight;
    return n;
}

double match_count_near(const struct matcher *m, int i, int j,
                        enum closeness how)
{
    const struct term *a = &m->t->items[i], *b = &m->t->items[j];
    double n = 0;
    for (int at = 0; at + a->n < m->n; at++)
        if (match_at(m, a, at, how) &&
            m->items[at + a->n].at == m->items[at].at + a->n &&
            match_at(m, b, at + a->n, how))
            n += m->items[at].weight;
    return n;
}

static double idf_of(const struct terms *t, const struct weights *w, int i,
                     enum closeness how)
{
    const struct term *term = &t->items[i];
    double sum = 0;
    for (int k = term->first; k < term->first + term->n; k++)
        sum += how == EXACT ? w->exact[k] : w->folded[k];
    return sum;
}

double match_score(const struct matcher *m, const struct weights *w,
                   enum closeness how)
{
    const struct terms *t = m->t;
    bool met[QUERY_WORDS_MAX] = {0};
    double score = 0;
    int before = -1;
    for (int i = 0; i < t->n; i++) {
        const struct term *term = &t->items[i];
        if (term->key != KEY_NONE) {
            if (term->negated && m->met[i])
                return -1;
            if (!term->negated && m->met[i])
                met[term->clause] = true;
            before = -1;
            continue;
        }
        double n = match_count(m, i, how);
        if (term->negated && n > 0)
            return -1;
        if (term->negated || n <= 0) {
            before = -1;
            continue;
        }
        met[term->clause] = true;
        double idf = idf_of(t, w, i, how);
        score += idf * rank_worth(n, m->length, w->usual);
        if (before >= 0) {
            n = match_count_near(m, before, i, how);
            idf += idf_of(t, w, before, how);
            score += RANK_NEAR * idf * rank_worth(n, m->length, w->usual);
        }
        before = i;
    }
    for (int c = 0; c < t->n_clauses; c++)
        if (!met[c])
            return -1;
    return score;
}
