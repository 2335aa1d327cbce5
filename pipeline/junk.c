/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is dropped: signs that no print has standing alone, and words read
 * with so little confidence that only being a word of the language could
 * vouch for them, but they are none. Numbers and codes can be vouched for by
 * no list: they stay.
 */
#include "pipeline/junk.h"

#include "base/alloc.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

#define DOUBTFUL_PCT 40 /* below: only known words and numbers stay */
#define SMUDGE_PCT 10   /* below: words of a letter or two go as well */
#define RUN_MIN 3       /* words side by side … */
#define RUN_PCT 60      /* … all below this, … */
#define RUN_MEAN_PCT 40 /* … and below this on average: no text */
#define SIGN_PCT 50     /* below: a sign standing alone is dust */

/* What is in a word. */
struct contents {
    int letters, digits, small, others;
    size_t from, to; /* bytes of the word from the first letter to the last */
};

static struct contents look_at(const char *text)
{
    struct contents c = {0};
    size_t n = strlen(text), at = 0, start;

    while ((start = at) < n) {
        struct letter letter;
        int32_t cp = text_next(text, n, &at);
        bool is_letter = letter_parse(cp, &letter);

        if (is_letter && c.letters == 0)
            c.from = start;
        if (is_letter)
            c.to = at;
        c.letters += is_letter;
        c.small += is_letter && !letter.capital;
        c.digits += !is_letter && text_is_word(cp);
        c.others += !is_letter && !text_is_word(cp);
    }
    return c;
}

static bool is_junk(const struct language *l, const struct word *w)
{
    struct contents c = look_at(w->text);
    struct syllable s;
    bool known;

    if (c.letters + c.digits == 0)
        return strspn(w->text, "-:;,.") != strlen(w->text) &&
               (w->conf_pct < SIGN_PCT ||
                strspn(w->text, "-+&%/:;,.()*") != strlen(w->text));
    if (w->conf_pct >= DOUBTFUL_PCT)
        return false;
    if (c.digits > 0)
        return c.small > 0;
    known = syllable_parse(w->text + c.from, c.to - c.from, &s) &&
            language_find(l, &s) >= 0;
    return !known || (w->conf_pct < SMUDGE_PCT && c.letters < 3);
}

/*
 * Words that stand together and were all read with doubt: a stamp or a
 * signature beside the line. What each of them says means nothing then, though
 * it may be a word; but numbers break the row. How many from number i on.
 */
static int smudged_run(const struct line *line, int i)
{
    int n = 0, sum = 0;

    while (i + n < line->n_words && line->words[i + n].conf_pct < RUN_PCT &&
           look_at(line->words[i + n].text).digits == 0)
        sum += line->words[i + n++].conf_pct;
    return n >= RUN_MIN && sum < n * RUN_MEAN_PCT ? n : 0;
}

/* Words of one line that stay close up; the others go to page->dropped. */
static void sift(const struct language *l, struct line *line,
                 struct page *page, int *cap)
{
    int kept = 0, run_end = 0;

    for (int i = 0; i < line->n_words; i++) {
        struct word w = line->words[i];

        if (i >= run_end)
            run_end = i + smudged_run(line, i);
        if (i < run_end || is_junk(l, &w)) {
            GROW(page->dropped, page->n_dropped, *cap);
            page->dropped[page->n_dropped++] = w;
        } else {
            line->words[kept++] = w;
        }
    }
    line->n_words = kept;
}

int junk_drop(const struct language *l, struct page *page)
{
    int before = page->n_dropped, cap = page->n_dropped, kept = 0;

    for (int i = 0; i < page->n_lines; i++) {
        sift(l, &page->lines[i], page, &cap);
        if (page->lines[i].n_words > 0)
            page->lines[kept++] = page->lines[i];
        else
            free(page->lines[i].words);
    }
    page->n_lines = kept;
    if (page->n_dropped > before)
        page_keep_mean(page);
    return page->n_dropped - before;
}
