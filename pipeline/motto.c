/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines are compared by base letters: six or eight syllables of them on end
 * are these words and nothing else, whatever marks were read. Repair by context
 * would leave a mark that was read surely; here there is nothing to weigh.
 */
#include "pipeline/motto.h"

#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/letters.h"
#include "pipeline/repair.h"
#include <string.h>

#define WORDS_MAX 8

static const char *const phrases[][WORDS_MAX] = {
    {"cộng", "hòa", "xã", "hội", "chủ", "nghĩa", "việt", "nam"},
    {"độc", "lập", "tự", "do", "hạnh", "phúc"},
};

/* A word with a syllable, and where that stands in it. */
struct place {
    struct word *word;
    struct syllable read;
    size_t from, to;
};

/* The words of a line from number *k on that have a syllable, at most max;
 * signs between them do not count. *k: behind the first of them. */
static int take_places(struct line *l, int *k, struct place *p, int max)
{
    int n = 0, next = *k + 1;

    for (int i = *k; i < l->n_words && n < max; i++) {
        struct place one = {.word = &l->words[i]};

        if (syllable_in_word(one.word->text, &one.from, &one.to, &one.read)) {
            p[n++] = one;
            next = n == 1 ? i + 1 : next;
        } else if (text_word_length(one.word->text) > 0) {
            break; /* a word of another kind */
        }
    }
    *k = next;
    return n;
}

static bool same_letters(const struct syllable *a, const struct syllable *b)
{
    char of_a[SYLLABLE_LETTERS_MAX + 1], of_b[SYLLABLE_LETTERS_MAX + 1];

    syllable_base(a, of_a);
    syllable_base(b, of_b);
    return strcmp(of_a, of_b) == 0;
}

/* How many words were mended if the n places say a phrase. */
static int mend_phrase(const char *const *phrase, const struct place *p, int n)
{
    struct syllable right[WORDS_MAX];
    int words = 0, mended = 0;

    for (; words < WORDS_MAX && phrase[words] != NULL; words++)
        if (words >= n ||
            !syllable_parse(phrase[words], strlen(phrase[words]),
                            &right[words]) ||
            !same_letters(&p[words].read, &right[words]))
            return 0;
    for (int i = 0; i < words; i++) {
        if (syllable_distance(&p[i].read, &right[i]) == 0)
            continue;
        right[i] = syllable_respell(&p[i].read, &right[i]);
        word_respell(p[i].word, p[i].from, p[i].to, &right[i]);
        mended++;
    }
    return mended;
}

int motto_mend(struct page *page)
{
    int mended = 0;

    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words;) {
            struct place places[WORDS_MAX];
            int n = take_places(&page->lines[i], &k, places, WORDS_MAX);

            for (size_t j = 0; j < ARRAY_LEN(phrases); j++)
                mended += mend_phrase(phrases[j], places, n);
        }
    }
    return mended;
}
