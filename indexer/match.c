/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page against a query; see indexer/match.h. */
#include "indexer/match.h"

#include "base/alloc.h"
#include "base/text.h"
#include "indexer/rank.h"
#include "indexer/tokens.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A word with more is cut in the index; its letters do not tell where. */
#define LETTERS_MAX (SYLLABLE_BYTES / 2)

/* ---- words by their letters ---- */

static uint32_t sign_on(uint32_t sign, char letter)
{
    return sign * 16777619u + (uint32_t)(unsigned char)letter + 1;
}

static uint32_t sign_of(const char *folded)
{
    uint32_t sign = 0;
    for (; *folded; folded++)
        sign = sign_on(sign, *folded);
    return sign;
}

static void add_sign(struct matcher *m, uint32_t sign)
{
    m->signs[m->n_signs++] = sign;
    m->some[sign >> 6 & 3] |= UINT64_C(1) << (sign & 63);
}

static bool has_sign(const struct matcher *m, uint32_t sign)
{
    if (!(m->some[sign >> 6 & 3] >> (sign & 63) & 1))
        return false;
    for (int i = 0; i < m->n_signs; i++)
        if (m->signs[i] == sign)
            return true;
    return false;
}

/* The letters of a word differ from its folded form by the rules of spelling:
 * y for i at the end, and a zero before a digit. */
static void add_other_spelling(struct matcher *m, const char *folded)
{
    char other[SYLLABLE_BYTES + 1];
    size_t n = strlen(folded);
    if (n == 1 && folded[0] >= '1' && folded[0] <= '9') {
        snprintf(other, sizeof(other), "0%s", folded);
        add_sign(m, sign_of(other));
    } else if (n > 1 && folded[n - 1] == 'i') {
        memcpy(other, folded, n + 1);
        other[n - 1] = 'y';
        add_sign(m, sign_of(other));
    }
}

void matcher_make(const struct terms *t, struct matcher *out)
{
    *out = (struct matcher){.t = t};
    for (int i = 0; i < t->n; i++) {
        const struct term *term = &t->items[i];
        for (int k = term->first; k < term->first + term->n; k++) {
            if (term->key != KEY_NONE)
                continue;
            if (term->prefix)
                out->begin_lengths[out->n_begins++] =
                    (int)strlen(t->words[k].folded);
            add_sign(out, sign_of(t->words[k].folded));
            add_other_spelling(out, t->words[k].folded);
        }
    }
}

void matcher_clear(struct matcher *m)
{
    free(m->items);
    m->items = NULL;
}

bool match_is_word(const struct terms *t, int k, const struct syllable *s,
                   enum closeness how)
{
    const struct syllable *w = &t->words[k];
    if (t->begins[k])
        return strncmp(w->folded, s->folded, strlen(w->folded)) == 0;
    if (how == EXACT && w->exact[0])
        return strcmp(w->exact, s->exact) == 0;
    return strcmp(w->folded, s->folded) == 0;
}

/* Note what words of the query s is, the at-th word of the page. */
static void note(struct matcher *m, const struct syllable *s, int at,
                 double weight)
{
    struct sighting seen = {.at = at, .weight = weight};
    uint64_t any = 0;
    for (int k = 0; k < m->t->n_words; k++) {
        if (!match_is_word(m->t, k, s, FOLDED))
            continue;
        seen.folded[k / 64] |= UINT64_C(1) << (k % 64);
        any = 1;
        if (match_is_word(m->t, k, s, EXACT))
            seen.exact[k / 64] |= UINT64_C(1) << (k % 64);
    }
    if (!any)
        return;
    GROW(m->items, m->n, m->cap);
    m->items[m->n++] = seen;
}

/* A word of the page while its letters are read. */
struct reading {
    size_t start;
    uint32_t sign;
    int letters;
    bool begun, odd, wanted;
};

static void end_word(struct matcher *m, const char *text, size_t n,
                     const struct reading *r, double weight)
{
    struct syllable s;
    size_t pos = r->start;
    if (r->odd || r->wanted || has_sign(m, r->sign)) {
        if (!syllable_next(text, n, &pos, &s) || s.start != r->start)
            return; /* marks alone are no word */
        note(m, &s, m->read, weight);
    }
    m->read++;
}

/* One sign of text from *pos on into r; false if it ends a word. */
static bool read_sign(const struct matcher *m, const char *text, size_t n,
                      size_t *pos, struct reading *r)
{
    size_t at = *pos;
    int32_t cp = (unsigned char)text[at];
    if (cp < 0x80)
        ++*pos;
    else
        cp = text_next(text, n, pos);
    char letter = syllable_letter(cp);
    if (!letter) {
        bool unseen = cp == 0xAD || (cp >= 0x200B && cp <= 0x200D) ||
                      cp == 0x2060 || cp == 0xFEFF;
        if (cp < 0x80 || (!unseen && !text_is_word(cp)))
            return false;
        if (unseen && !r->begun)
            return true;
        r->odd = true;
    }
    if (!r->begun)
        r->start = at;
    r->begun = true;
    r->sign = sign_on(r->sign, letter);
    r->letters++;
    r->odd |= r->letters >= LETTERS_MAX;
    for (int i = 0; i < m->n_begins; i++)
        r->wanted |= m->begin_lengths[i] == r->letters && has_sign(m, r->sign);
    return true;
}

static void look_through(struct matcher *m, const char *text, size_t n,
                         double weight)
{
    struct reading r = {0};
    for (size_t pos = 0; pos < n;) {
        if (read_sign(m, text, n, &pos, &r))
            continue;
        if (r.begun)
            end_word(m, text, n, &r, weight);
        r = (struct reading){0};
    }
    if (r.begun)
        end_word(m, text, n, &r, weight);
}

void matcher_look(struct matcher *m, const char *head, const char *text)
{
    int section = 0;
    m->n = m->read = 0;
    for (const char *at = head; at; section++) {
        const char *end = strchr(at, SECTION_END);
        look_through(m, at, end ? (size_t)(end - at) : strlen(at),
                     section_weight(section));
        m->read++; /* no phrase goes from one section to the next */
        at = end ? end + 1 : NULL;
    }
    int before = m->read;
    look_through(m, text, strlen(text), RANK_BODY);
    m->length = m->read - before;
}

/* ---- terms by their words ---- */

static bool is_word_at(const struct sighting *s, int k, enum closeness how)
{
    return (how == EXACT ? s->exact : s->folded)[k / 64] >> (k % 64) & 1;
}

/* Whether term stands from sighting i on; *end is the one behind it. */
static bool is_term_at(const struct matcher *m, const struct term *term, int i,
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
        if (is_term_at(m, &m->t->items[i], at, how))
            n += m->items[at].weight;
    return n;
}

double match_count_near(const struct matcher *m, int i, int j,
                        enum closeness how)
{
    const struct term *a = &m->t->items[i], *b = &m->t->items[j];
    double n = 0;
    for (int at = 0; at + a->n < m->n; at++)
        if (is_term_at(m, a, at, how) &&
            m->items[at + a->n].at == m->items[at].at + a->n &&
            is_term_at(m, b, at + a->n, how))
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
