/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vietnamese letters from one table of the vowels. */
#include "pipeline/letters.h"

#include "base/compiler.h"
#include "base/text.h"
#include <string.h>

#define TONES 6
#define DD_SMALL 0x111
#define DD_CAPITAL 0x110

static const struct {
    char base;
    uint8_t shape;
    uint16_t small[TONES];
} vowels[] = {
    {'a', 0, {'a', 0xE0, 0x1EA3, 0xE3, 0xE1, 0x1EA1}},
    {'a', 1, {0xE2, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD}},
    {'a', 2, {0x103, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB7}},
    {'e', 0, {'e', 0xE8, 0x1EBB, 0x1EBD, 0xE9, 0x1EB9}},
    {'e', 1, {0xEA, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7}},
    {'i', 0, {'i', 0xEC, 0x1EC9, 0x129, 0xED, 0x1ECB}},
    {'o', 0, {'o', 0xF2, 0x1ECF, 0xF5, 0xF3, 0x1ECD}},
    {'o', 1, {0xF4, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9}},
    {'o', 2, {0x1A1, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3}},
    {'u', 0, {'u', 0xF9, 0x1EE7, 0x169, 0xFA, 0x1EE5}},
    {'u', 2, {0x1B0, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1}},
    {'y', 0, {'y', 0x1EF3, 0x1EF7, 0x1EF9, 0xFD, 0x1EF5}},
};

/* The small letter of a capital one; others as they are. */
static int32_t to_small(int32_t cp)
{
    if ((cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp <= 0xDE))
        return cp + 0x20;
    for (size_t i = 0; i < ARRAY_LEN(vowels) && cp >= 0x100; i++)
        for (int t = 0; t < TONES; t++)
            if (vowels[i].small[t] == cp + 1)
                return cp + 1; /* capitals stand before their small ones */
    return cp == DD_CAPITAL ? DD_SMALL : cp;
}

bool letter_parse(int32_t cp, struct letter *out)
{
    int32_t small = to_small(cp);

    *out = (struct letter){.capital = small != cp};
    if (small == DD_SMALL) {
        out->base = 'd';
        out->shape = 1;
        return true;
    }
    if (small >= 'a' && small <= 'z') {
        out->base = (char)small;
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(vowels); i++) {
        for (int t = 0; t < TONES; t++) {
            if (vowels[i].small[t] != small)
                continue;
            out->base = vowels[i].base;
            out->shape = vowels[i].shape;
            out->tone = (uint8_t)t;
            return true;
        }
    }
    return false;
}

bool letter_is_twin(int32_t cp)
{
    struct letter l;

    return letter_parse(cp, &l) && strchr("cosuvwxz", l.base) != NULL;
}

int32_t letter_compose(const struct letter *l)
{
    int32_t small = l->base;

    if (l->base == 'd' && l->shape)
        small = DD_SMALL;
    for (size_t i = 0; i < ARRAY_LEN(vowels); i++)
        if (vowels[i].base == l->base && vowels[i].shape == l->shape)
            small = vowels[i].small[l->tone < TONES ? l->tone : 0];
    if (!l->capital)
        return small;
    return small < 0x100 ? small - 0x20 : small - 1;
}

bool syllable_parse(const char *s, size_t n, struct syllable *out)
{
    int tones = 0;

    out->n = 0;
    for (size_t at = 0; at < n; out->n++) {
        if (out->n == SYLLABLE_LETTERS_MAX ||
            !letter_parse(text_next(s, n, &at), &out->letters[out->n]))
            return false;
        tones += out->letters[out->n].tone != 0;
    }
    return out->n > 0 && tones <= 1;
}

/* The run of letters of a word, if it has just one and no digits. */
static bool find_core(const char *text, size_t *from, size_t *to)
{
    size_t n = strlen(text), at = 0, start;
    bool begun = false, ended = false;

    *from = *to = 0;
    while ((start = at) < n) {
        struct letter letter;
        int32_t cp = text_next(text, n, &at);
        bool letters = letter_parse(cp, &letter);

        if (!letters && text_is_word(cp))
            return false;
        if (letters && ended)
            return false;
        if (letters && !begun)
            *from = start;
        begun |= letters;
        ended = begun && !letters;
        if (letters)
            *to = at;
    }
    return begun;
}

bool syllable_in_word(const char *word, size_t *from, size_t *to,
                      struct syllable *out)
{
    return find_core(word, from, to) &&
           syllable_parse(word + *from, *to - *from, out);
}

bool syllable_has_odd_capitals(const struct syllable *s)
{
    for (int i = 2; i < s->n; i++)
        if (s->letters[i].capital != s->letters[1].capital)
            return true;
    return s->n > 1 && s->letters[1].capital && !s->letters[0].capital;
}

bool syllables_parted(const char *s, size_t n)
{
    return n > 1 || (n == 1 && *s != ',');
}

void syllable_text(const struct syllable *s, char out[SYLLABLE_BYTES])
{
    size_t n = 0;

    for (int i = 0; i < s->n; i++)
        n += text_put(letter_compose(&s->letters[i]), out + n);
    out[n] = '\0';
}

int syllable_tone(const struct syllable *s, int *at)
{
    for (int i = 0; i < s->n; i++) {
        if (s->letters[i].tone) {
            *at = i;
            return s->letters[i].tone;
        }
    }
    *at = -1;
    return 0;
}

void syllable_base(const struct syllable *s,
                   char out[SYLLABLE_LETTERS_MAX + 1])
{
    for (int i = 0; i < s->n; i++)
        out[i] = s->letters[i].base;
    out[s->n] = '\0';
}

int syllable_distance(const struct syllable *a, const struct syllable *b)
{
    int at, distance = syllable_tone(a, &at) != syllable_tone(b, &at);

    for (int i = 0; i < a->n && i < b->n; i++)
        distance += a->letters[i].shape != b->letters[i].shape;
    return distance;
}

/* Whether the tone may stand on either letter: oa, oe, uy at the end. */
static bool tone_may_move(const struct syllable *s, int from, int to)
{
    static const char *const pairs[] = {"oa", "oe", "uy"};
    int first = s->n - 2;
    char pair[3];

    if (first < 0 || from < first || to < first || s->letters[first].shape ||
        s->letters[first + 1].shape)
        return false;
    pair[0] = s->letters[first].base;
    pair[1] = s->letters[first + 1].base;
    pair[2] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        if (strcmp(pair, pairs[i]) == 0)
            return true;
    return false;
}

struct syllable syllable_settled(const struct syllable *s)
{
    struct syllable settled = *s;
    int at, tone = syllable_tone(s, &at);
    bool qu = at > 1 && s->letters[at - 2].base == 'q'; /* quý */

    if (tone && at == s->n - 1 && !qu && tone_may_move(s, at, at - 1)) {
        settled.letters[at].tone = 0;
        settled.letters[at - 1].tone = (uint8_t)tone;
    }
    return settled;
}

struct syllable syllable_respell(const struct syllable *read,
                                 const struct syllable *spelling)
{
    struct syllable s = *spelling;
    int was, now, tone = syllable_tone(spelling, &now);

    for (int i = 0; i < s.n && i < read->n; i++)
        s.letters[i].capital = read->letters[i].capital;
    syllable_tone(read, &was);
    if (tone && was >= 0 && was != now && tone_may_move(&s, now, was)) {
        s.letters[now].tone = 0;
        s.letters[was].tone = (uint8_t)tone;
    }
    return s;
}
