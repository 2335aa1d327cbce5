/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A syllable is packed into a number, so that a register of a million rows is
 * counted in little memory: what comes is put behind, and from time to time
 * the same pairs are brought together.
 */
#include "pipeline/confirmed.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "pipeline/letters.h"
#include <stdlib.h>
#include <string.h>

#define PAIRS_MAX 50000
#define SYLLABLES_MAX 10000
#define COUNT_MAX 999999
#define TOGETHER_MIN (1 << 16) /* items before the same ones are counted up */
#define LETTER_BITS 7          /* five of the base, two of the shape */
#define PLACE_BITS 4           /* which letter bears the tone, from 1 */

struct pair {
    uint64_t first, then; /* then 0: the syllable alone */
    int count;
};

struct confirmed {
    struct pair *items;
    int n, cap;
    int limit; /* bring together when n gets there */
};

struct confirmed *confirmed_new(void)
{
    struct confirmed *c = xcalloc(1, sizeof(*c));

    c->limit = TOGETHER_MIN;
    return c;
}

void confirmed_free(struct confirmed *c)
{
    if (c == NULL)
        return;
    free(c->items);
    free(c);
}

void confirmed_freep(struct confirmed **c)
{
    confirmed_free(*c);
}

/* ---- syllables as numbers ---- */

/* Without case; never 0. */
static uint64_t pack(const struct syllable *read)
{
    struct syllable s = syllable_settled(read);
    int at, tone = syllable_tone(&s, &at);
    uint64_t packed = 0;

    for (int i = 0; i < s.n; i++)
        packed = packed << LETTER_BITS |
                 (uint64_t)(s.letters[i].base - 'a' + 1) << 2 |
                 s.letters[i].shape;
    packed = packed << 3 | (uint64_t)tone;
    return packed << PLACE_BITS | (uint64_t)(at + 1);
}

static void unpack(uint64_t packed, char text[SYLLABLE_BYTES])
{
    int place = (int)(packed & ((1 << PLACE_BITS) - 1)) - 1;
    int tone = (int)(packed >> PLACE_BITS & 7);
    struct syllable s = {0};

    packed >>= PLACE_BITS + 3;
    while (packed >> (LETTER_BITS * s.n) && s.n < SYLLABLE_LETTERS_MAX)
        s.n++;
    for (int i = s.n - 1; i >= 0; i--, packed >>= LETTER_BITS) {
        s.letters[i].base = (char)((packed >> 2 & 31) + 'a' - 1);
        s.letters[i].shape = packed & 3;
        s.letters[i].tone = i == place ? (uint8_t)tone : 0;
    }
    syllable_text(&s, text);
}

/* ---- counting ---- */

static int by_syllables(const void *a, const void *b)
{
    const struct pair *left = a, *right = b;

    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    if (left->then != right->then)
        return left->then < right->then ? -1 : 1;
    return 0;
}

static int by_count(const void *a, const void *b)
{
    const struct pair *left = a, *right = b;

    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return by_syllables(a, b);
}

/* In order, each pair once. */
static void bring_together(struct confirmed *c)
{
    int n = 0;

    if (c->n == 0)
        return;
    qsort(c->items, (size_t)c->n, sizeof(*c->items), by_syllables);
    for (int i = 1; i < c->n; i++) {
        struct pair *last = &c->items[n];

        if (by_syllables(last, &c->items[i]) != 0)
            c->items[++n] = c->items[i];
        else if (last->count < COUNT_MAX)
            last->count += c->items[i].count;
    }
    c->n = n + 1;
    c->limit = 2 * c->n > TOGETHER_MIN ? 2 * c->n : TOGETHER_MIN;
}

static void count(struct confirmed *c, uint64_t first, uint64_t then)
{
    if (c->n >= c->limit)
        bring_together(c);
    GROW(c->items, c->n, c->cap);
    c->items[c->n++] = (struct pair){first, then, 1};
}

static bool has_marks(const struct syllable *s)
{
    int at, shapes = 0;

    for (int i = 0; i < s->n; i++)
        shapes += s->letters[i].shape;
    return shapes > 0 || syllable_tone(s, &at) != 0;
}

/* The syllables of a value by its words; 0 stands where a pair is broken. The
 * caller frees. */
static uint64_t *syllables_of(const char *value, int *n, bool *teaches)
{
    AUTO(free_char) char *copy = xstrdup(value);
    char *rest = copy;
    uint64_t *found = xcalloc(strlen(value) + 2, sizeof(*found));
    int words = 0;
    bool marks = false;

    *n = 0;
    for (char *word; (word = strsep(&rest, " \t\n")) != NULL;) {
        struct syllable s;
        size_t from, to;

        if (*word == '\0')
            continue;
        words++;
        if (!syllable_in_word(word, &from, &to, &s) ||
            syllable_has_odd_capitals(&s)) {
            found[(*n)++] = 0;
            continue;
        }
        if (from > 0)
            found[(*n)++] = 0;
        found[(*n)++] = pack(&s);
        if (syllables_parted(word + to, strlen(word + to)))
            found[(*n)++] = 0;
        marks |= has_marks(&s);
    }
    *teaches = marks || words == 1;
    return found;
}

void confirmed_add(struct confirmed *c, const char *value)
{
    int n;
    bool teaches;
    uint64_t *found = syllables_of(value, &n, &teaches);

    for (int i = 0; i < n && teaches; i++) {
        if (found[i] != 0)
            count(c, found[i], 0);
        if (found[i] != 0 && i + 1 < n && found[i + 1] != 0)
            count(c, found[i], found[i + 1]);
    }
    free(found);
}

/* ---- the file ---- */

/* The most frequent of those alone, or of the pairs, in order of syllables.
 * Caller frees. */
static struct pair *choose(const struct confirmed *c, bool alone, int most,
                           int *n)
{
    struct pair *chosen = xcalloc((size_t)c->n + 1, sizeof(*chosen));

    *n = 0;
    for (int i = 0; i < c->n; i++)
        if ((c->items[i].then == 0) == alone)
            chosen[(*n)++] = c->items[i];
    if (*n > most) {
        qsort(chosen, (size_t)*n, sizeof(*chosen), by_count);
        *n = most;
        qsort(chosen, (size_t)*n, sizeof(*chosen), by_syllables);
    }
    return chosen;
}

static bool is_among(const struct pair *syllables, int n, uint64_t syllable)
{
    const struct pair key = {.first = syllable};

    return bsearch(&key, syllables, (size_t)n, sizeof(key), by_syllables) !=
           NULL;
}

static enum status write_chosen(const struct pair *syllables, int n_syllables,
                                const struct pair *pairs, int n_pairs,
                                const char *path, int *written)
{
    struct strbuf b;
    char text[SYLLABLE_BYTES];
    int at = 0;
    enum status st;

    strbuf_init(&b);
    for (int i = 0; i < n_syllables; i++) {
        unpack(syllables[i].first, text);
        strbuf_addf(&b, "%s\t%d\t", text, syllables[i].count);
        while (at < n_pairs && pairs[at].first < syllables[i].first)
            at++;
        for (const char *space = "";
             at < n_pairs && pairs[at].first == syllables[i].first; at++) {
            if (!is_among(syllables, n_syllables, pairs[at].then))
                continue;
            unpack(pairs[at].then, text);
            strbuf_addf(&b, "%s%s %d", space, text, pairs[at].count);
            space = " ";
            (*written)++;
        }
        strbuf_addc(&b, '\n');
    }
    st = file_write_durable(path, b.s, b.len, 0600);
    strbuf_clear(&b);
    return st;
}

enum status confirmed_write(struct confirmed *c, const char *path,
                            int *syllables, int *pairs)
{
    struct pair *alone, *two;
    int n_two;
    enum status st = STATUS_OK;

    bring_together(c);
    alone = choose(c, true, SYLLABLES_MAX, syllables);
    two = choose(c, false, PAIRS_MAX, &n_two);
    *pairs = 0;
    if (*syllables > 0)
        st = write_chosen(alone, *syllables, two, n_two, path, pairs);
    free(alone);
    free(two);
    return st;
}
