/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was read surely, and yet no neighbour knows it, while the corpus has
 * another spelling beside them.
 */
#include "pipeline/repair_inner.h"

/* What the other spelling would spare the neighbours, and how often it stands
 * there, or is a word with one of them. */
#define DOUBT_GAIN 6.0
#define AGAINST_GAIN 12.0
#define PAIRS_MIN 30
#define WORD_PCT 12
#define DOUBTED_PCT 50 /* the most that a doubted reading is worth */

/* The places before and behind place i that stand right beside it, no sign
 * between them; NULL for none. */
struct neighbours {
    const struct place *before, *behind;
};

static bool is_beside(const struct place *a, const struct place *b)
{
    return b->joined && a->word->text[a->to] == '\0';
}

static struct neighbours neighbours_of(const struct places *p, int i)
{
    const struct place *at = &p->items[i];
    struct neighbours n = {NULL, NULL};

    if (i > 0 && is_beside(at - 1, at))
        n.before = at - 1;
    if (i + 1 < p->n && is_beside(at, at + 1))
        n.behind = at + 1;
    return n;
}

static double cost_beside(const struct language *l, const struct neighbours *n,
                          int id)
{
    return language_cost(l, n->before ? n->before->id : -1, id) +
           (n->behind ? language_cost(l, id, n->behind->id) : 0);
}

/* How often a syllable stands behind the one, and before the other. */
static void count_beside(const struct language *l, const struct neighbours *n,
                         int id, int *before, int *behind)
{
    *before = n->before ? language_pair_count(l, n->before->id, id) : 0;
    *behind = n->behind ? language_pair_count(l, id, n->behind->id) : 0;
}

/* A capital, and one beside it: names follow no rule. */
static bool is_in_name(const struct place *p, const struct neighbours *n)
{
    return p->may_be_name &&
           ((n->before && n->before->read.letters[0].capital) ||
            (n->behind && n->behind->read.letters[0].capital));
}

/* Whether the neighbours know a syllable: both of them do, or it is a word with
 * one of them. */
static bool is_known_beside(const struct language *l,
                            const struct neighbours *n, int id)
{
    int before, behind;

    count_beside(l, n, id, &before, &behind);
    return (before > 0 && behind > 0) ||
           (before >= PAIRS_MIN &&
            language_is_word(l, n->before->id, id, WORD_PCT)) ||
           (behind >= PAIRS_MIN &&
            language_is_word(l, id, n->behind->id, WORD_PCT));
}

/* The spelling that spares the neighbours most; -1: they know the reading, or
 * do not know another. */
static int better_spelling(const struct language *l, const struct place *p,
                           const struct neighbours *n, double *gain)
{
    char base[SYLLABLE_LETTERS_MAX + 1];
    int first, before, behind, best = -1;
    double stays;

    *gain = 0;
    count_beside(l, n, p->id, &before, &behind);
    if (before > 0 || behind > 0)
        return -1;
    stays = cost_beside(l, n, p->id);
    syllable_base(&p->read, base);
    for (int id = 0, k = language_same_base(l, base, &first); id < k; id++) {
        double spared = stays - cost_beside(l, n, first + id);

        if (first + id == p->id || spared <= *gain ||
            !is_known_beside(l, n, first + id))
            continue;
        best = first + id;
        *gain = spared;
    }
    return best;
}

int repair_sure_words(const struct language *l, struct places *p)
{
    int mended = 0;

    for (int i = 0; i < p->n; i++) {
        struct place *place = &p->items[i];
        struct neighbours n = neighbours_of(p, i);
        int before, behind, id;
        double gain;

        if (place->word->raw != NULL || place->read.n < 2 ||
            syllable_has_odd_capitals(&place->read) || is_in_name(place, &n))
            continue;
        id = better_spelling(l, place, &n, &gain);
        if (id < 0 || gain < DOUBT_GAIN)
            continue;
        count_beside(l, &n, id, &before, &behind);
        if (before > 0 && behind > 0 && before + behind >= PAIRS_MIN &&
            gain >= AGAINST_GAIN) {
            place_mend(l, place, id);
            mended++;
        } else if (place->word->conf_pct > DOUBTED_PCT) {
            place->word->conf_pct = DOUBTED_PCT;
        }
    }
    return mended;
}
