/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is dropped: signs that no print has standing alone, rules, and words
 * read with so little confidence that only being a word of the language could
 * vouch for them, but they are none. Numbers and codes can be vouched for by
 * no list: they stay, but for what lies around the paper.
 */
#include "pipeline/junk.h"

#include "base/text.h"
#include "pipeline/word_runs.h"
#include <string.h>

#define DOUBTFUL_PCT 40 /* below: only known words and numbers stay */
#define SMUDGE_PCT 10   /* below: words of a letter or two go as well */
#define RUN_MIN 3       /* words side by side … */
#define RUN_PCT 60      /* … all below this, … */
#define RUN_MEAN_PCT 40 /* … and below this on average: no text */
#define SIGN_PCT 50     /* below: a sign standing alone is dust */
#define FLAT 3          /* times as wide as high is no letter */
#define RULE_PCT 50     /* below: nor are … */
#define WIDE_PCT 90     /* … two or more small ones so wide, of their height */
#define EDGE_MM 2.0     /* from the edge of a page: what surrounds the paper … */
#define EDGE_MEAN_PCT 45 /* … if its line was read no better */

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

/* A page while its lines are gone through. */
struct sifting {
    const struct language *language;
    bool on_side; /* lines run up or down the page */
    int width_px, height_px, edge_px;
    int run_end; /* of a smudged run in the line */
};

/*
 * The grain of what lies around the paper, which is read as numbers most: a
 * row of words that begins or ends at the edge of the page, of which hardly one
 * was read with any confidence.
 */
static bool is_around_paper(const struct sifting *s, const struct line *l)
{
    struct box b = words_box(l, 0, l->n_words);
    int sum = 0;

    for (int i = 0; i < l->n_words; i++)
        sum += l->words[i].conf_pct;
    return s->edge_px > 0 && l->n_words >= RUN_MIN &&
           sum < l->n_words * EDGE_MEAN_PCT &&
           (b.x < s->edge_px || b.y < s->edge_px ||
            b.x + b.w > s->width_px - s->edge_px ||
            b.y + b.h > s->height_px - s->edge_px);
}

/*
 * A rule under an agency's name or the motto, which is read as a letter or two:
 * they are far flatter than letters are, or, in a box as high as the line,
 * wider than small letters are high.
 */
static bool is_rule(const struct sifting *s, const struct word *w)
{
    struct contents c = look_at(w->text);
    int letters = c.letters + c.digits;
    long wide = s->on_side ? w->box.h : w->box.w;
    long high = s->on_side ? w->box.w : w->box.h;

    return (letters > 0 &&
            w->conf_pct < (c.digits > 0 ? SMUDGE_PCT : RUN_PCT) &&
            wide > letters * high * FLAT) ||
           (letters > 1 && c.small == letters && w->conf_pct < RULE_PCT &&
            wide * 100 > letters * high * WIDE_PCT);
}

static bool is_none(void *user, const struct line *line, int k)
{
    struct sifting *s = user;

    if (k == 0)
        s->run_end = is_around_paper(s, line) ? line->n_words : 0;
    if (k >= s->run_end)
        s->run_end = k + smudged_run(line, k);
    return k < s->run_end || is_junk(s->language, &line->words[k]) ||
           is_rule(s, &line->words[k]);
}

int junk_drop(const struct language *l, struct page *page)
{
    struct sifting s = {.language = l,
                        .on_side = page->turn_deg % 180 != 0,
                        .width_px = page->width_px,
                        .height_px = page->height_px,
                        .edge_px = (int)(page->dpi_x * EDGE_MM / 25.4)};
    int n = page_drop_words(page, is_none, &s);

    if (n > 0)
        page_keep_mean(page);
    return n;
}
