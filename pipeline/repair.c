/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page is a row of places, one a syllable. For each the candidates are the
 * syllables with the same base letters; the cheapest way through them
 * (Viterbi) weighs how likely syllables follow one another against how far
 * they are from what was recognised, and how surely that was. Most readings
 * are right: a change must earn its price. What is left as it was read is looked
 * at once more in repair_sure.c.
 */
#include "pipeline/repair_inner.h"

#include "base/alloc.h"
#include "base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WELL_READ_PCT 90 /* a word, and the share of such words … */
#define UNSURE_PCT 90    /* … on a page where more is dearer to touch … */
#define SURE_PCT 97      /* … and this is left alone: the most there is */

/* Costs, in natural logarithms of likelihood. Found on published scans; made
 * pages that are read well set the dearer distance there. */
#define CHANGE_COST 2.0
#define CHANGE_NAME_COST 6.0 /* a word that may be a name */
#define DISTANCE_COST 3.0    /* one mark, if the reading was sure */
#define DISTANCE_COST_WELL_READ 5.0
#define DISTANCE_COST_SURE 7.0
#define CAPITALS_MIN 3 /* words in capitals on end are a row of them */
#define UNKNOWN_COST 4.0 /* a reading that the corpus lacks */

static bool in_capitals(const struct syllable *s)
{
    for (int i = 0; i < s->n; i++)
        if (!s->letters[i].capital)
            return false;
    return true;
}

/* A word with a capital is a name or begins a sentence, one in capitals among
 * small letters an abbreviation: all seldom what the corpus expects. Only in
 * rows of capitals a capital says nothing. */
static bool may_be_name(const struct syllable *s, bool row_of_capitals)
{
    return s->letters[0].capital &&
           !(row_of_capitals && s->n > 1 && in_capitals(s));
}

/* The syllable of a word, if it has just one. */
static bool find_syllable(struct word *w, struct place *out)
{
    *out = (struct place){.word = w};
    return syllable_in_word(w->text, &out->from, &out->to, &out->read);
}

/* How many words in capitals stand on end from word k on, to the left or to
 * the right. */
static int capitals_from(const struct line *line, int k, int step)
{
    struct place place;
    int n = 0;

    for (; k >= 0 && k < line->n_words; k += step, n++)
        if (!find_syllable(&line->words[k], &place) || place.read.n < 2 ||
            !in_capitals(&place.read))
            break;
    return n;
}

/* Whether word k is one of several in capitals: the name of an agency beside
 * the motto. */
static bool is_among_capitals(const struct line *line, int k)
{
    int left = capitals_from(line, k, -1);

    return left > 0 && left + capitals_from(line, k, 1) > CAPITALS_MIN;
}

static bool is_row_of_capitals(const struct line *line)
{
    int capitals = 0, words = 0;

    for (int i = 0; i < line->n_words; i++) {
        struct place place;

        if (!find_syllable(&line->words[i], &place))
            continue;
        words++;
        capitals += in_capitals(&place.read);
    }
    return capitals * 2 > words;
}

static double distance_cost(int conf_pct, bool well_read)
{
    double doubt = 0.3 + 0.7 * conf_pct / 100;

    if (!well_read)
        return DISTANCE_COST * doubt;
    return conf_pct < UNSURE_PCT ? DISTANCE_COST_WELL_READ * doubt
                                 : DISTANCE_COST_SURE;
}

static void add_places(struct places *p, struct line *line, bool new_block,
                       bool well_read)
{
    bool broken = new_block; /* between the last place and the next */
    bool capitals = is_row_of_capitals(line);

    for (int i = 0; i < line->n_words; i++) {
        struct word *w = &line->words[i];
        struct place place;

        if (!find_syllable(w, &place)) {
            broken = true;
            continue;
        }
        place.joined = p->n > 0 && !broken && place.from == 0;
        place.may_be_name = may_be_name(
            &place.read, capitals || (place.read.letters[0].capital &&
                                      is_among_capitals(line, i)));
        place.fixed = place.read.n < 2 ||
                      syllable_has_odd_capitals(&place.read) ||
                      (well_read && w->conf_pct >= SURE_PCT);
        place.sure_name = well_read && w->conf_pct >= UNSURE_PCT &&
                          place.may_be_name;
        place.distance_cost = distance_cost(w->conf_pct, well_read);
        broken = syllables_parted(w->text + place.to,
                                  strlen(w->text + place.to));
        GROW(p->items, p->n, p->cap);
        p->items[p->n++] = place;
    }
}

static void add_candidate(struct place *p, int id, double here)
{
    if (p->n == CANDIDATES_MAX)
        return;
    p->candidates[p->n].id = id;
    p->candidates[p->n++].here = here;
}

/* The reading itself comes first; it wins where others cost as much. */
static void find_candidates(const struct language *l, struct place *p)
{
    char base[SYLLABLE_LETTERS_MAX + 1];
    int first, n, itself = language_find(l, &p->read);
    double change = p->may_be_name ? CHANGE_NAME_COST : CHANGE_COST;

    add_candidate(p, itself, itself < 0 ? UNKNOWN_COST : 0);
    if (p->fixed || (p->sure_name && itself >= 0))
        return;
    syllable_base(&p->read, base);
    n = language_same_base(l, base, &first);
    for (int id = first; id < first + n; id++) {
        int distance = syllable_distance(&p->read, language_spelling(l, id));

        if (id != itself)
            add_candidate(p, id, change + p->distance_cost * distance);
    }
}

static void weigh(const struct language *l, const struct place *before,
                  struct place *p)
{
    for (int i = 0; i < p->n; i++) {
        double best = 0;
        int from = 0;

        for (int k = 0; before != NULL && k < before->n; k++) {
            double cost = before->candidates[k].best +
                          language_cost(l,
                                        p->joined ? before->candidates[k].id
                                                  : -1,
                                        p->candidates[i].id);

            if (k == 0 || cost < best) {
                best = cost;
                from = k;
            }
        }
        if (before == NULL)
            best = language_cost(l, -1, p->candidates[i].id);
        p->candidates[i].best = best + p->candidates[i].here;
        p->candidates[i].from = from;
    }
}

void word_respell(struct word *w, size_t from, size_t to,
                  const struct syllable *right)
{
    char syllable[SYLLABLE_BYTES];
    char *text;

    syllable_text(right, syllable);
    text = xasprintf("%.*s%s%s", (int)from, w->text, syllable, w->text + to);
    if (w->raw == NULL)
        w->raw = w->text;
    else
        free(w->text);
    w->text = text;
}

void place_mend(const struct language *l, struct place *p, int id)
{
    struct syllable s = syllable_respell(&p->read, language_spelling(l, id));
    char text[SYLLABLE_BYTES];

    word_respell(p->word, p->from, p->to, &s);
    syllable_text(&s, text);
    p->to = p->from + strlen(text);
    p->id = id;
}

static int follow_back(const struct language *l, struct places *p)
{
    int mended = 0, at = 0;
    const struct place *last = &p->items[p->n - 1];

    for (int i = 1; i < last->n; i++)
        if (last->candidates[i].best < last->candidates[at].best)
            at = i;
    for (int i = p->n - 1; i >= 0; i--) {
        struct place *place = &p->items[i];

        place->id = place->candidates[at].id;
        if (at > 0) {
            place_mend(l, place, place->id);
            mended++;
        }
        at = place->candidates[at].from;
    }
    return mended;
}

/* Whether nearly all words of the page were read surely. */
static bool read_well(const struct page *page)
{
    int words = 0, sure = 0;

    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            words++;
            sure += page->lines[i].words[k].conf_pct >= WELL_READ_PCT;
        }
    }
    return sure * 100 >= words * WELL_READ_PCT;
}

int repair_page(const struct language *l, struct page *page)
{
    struct places p = {0};
    bool well_read = read_well(page);
    int mended = 0, block = -1;

    for (int i = 0; i < page->n_lines; i++) {
        add_places(&p, &page->lines[i], page->lines[i].block != block,
                   well_read);
        block = page->lines[i].block;
    }
    for (int i = 0; i < p.n; i++) {
        find_candidates(l, &p.items[i]);
        weigh(l, i > 0 ? &p.items[i - 1] : NULL, &p.items[i]);
    }
    if (p.n > 0)
        mended = follow_back(l, &p);
    mended += repair_sure_words(l, &p);
    free(p.items);
    return mended;
}
