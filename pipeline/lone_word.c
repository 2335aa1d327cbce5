/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See lone_word.h. */
#include "pipeline/lone_word.h"

#include "base/text.h"
#include "pipeline/letters.h"
#include "pipeline/repair.h"
#include <string.h>

#define PAIRS_MIN 10 /* how often the corpus has both words side by side */

static int capitals_in(const struct syllable *s)
{
    int capitals = 0;

    for (int i = 0; i < s->n; i++)
        capitals += s->letters[i].capital;
    return capitals;
}

static bool is_of_twins(const struct syllable *s)
{
    bool twins = true;

    for (int i = 0; i < s->n; i++)
        twins = twins && letter_is_twin(letter_compose(&s->letters[i]));
    return twins;
}

/* Whether a row in small letters goes on with what was read: its last word is,
 * or begins with a capital and all of what was read is in capitals ("Sở Nội",
 * "VỤ"). before: that word's syllable. */
static bool goes_on(const struct line *above, const struct syllable *read,
                    struct syllable *before)
{
    const struct word *w = &above->words[above->n_words - 1];
    bool all = read->n > 1 && capitals_in(read) == read->n;
    size_t from, to;

    return syllable_in_word(w->text, &from, &to, before) &&
           w->text[to] == '\0' &&
           (capitals_in(before) == 0 ||
            (all && capitals_in(before) == 1 && before->n > 1));
}

static bool mend(const struct language *l, const struct line *above,
                 struct word *w)
{
    struct syllable before, read;
    size_t from, to;

    if (!syllable_in_word(w->text, &from, &to, &read) || from > 0 ||
        capitals_in(&read) == 0 || !is_of_twins(&read) ||
        !goes_on(above, &read, &before) ||
        language_pair_count(l, language_find(l, &before),
                            language_find(l, &read)) < PAIRS_MIN)
        return false;
    for (int i = 0; i < read.n; i++)
        read.letters[i].capital = false;
    word_respell(w, from, to, &read);
    return true;
}

int lone_words_mend(const struct language *l, struct page *page)
{
    int n = 0;

    for (int i = 1; i < page->n_lines; i++) {
        struct line *line = &page->lines[i];
        const struct line *above = line - 1;

        if (line->n_words == 1 && above->n_words > 0 &&
            above->block == line->block)
            n += mend(l, above, &line->words[0]);
    }
    return n;
}
