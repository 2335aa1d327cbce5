/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * By counting letters. Vietnamese in Unicode has a fifth of its letters from
 * U+1EA0..1EF9 and hardly any of those that TCVN3 and VNI fonts draw as
 * Vietnamese ones (µ ¸ ¶ · ¹ æ ñ ø …); in a legacy layer it is the other way
 * round. Other languages have a few of them; ä ö ü ß, which German is full
 * of, are not counted. Glyphs that a font does not map come as U+FFFD, private
 * or control characters. Words that old recognisers got wrong have symbols
 * between their letters. Where a font maps its Vietnamese letters to nothing
 * or to others, what is left of the words are no syllables: of a page of
 * Vietnamese 95 in 100 small-lettered words are, and every hundredth is
 * without a vowel (of English every twelfth).
 */
#include "pipeline/text_layer.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/syllable.h"
#include <stdlib.h>
#include <string.h>

#define UNMAPPED_MAX_PCT 5
#define LEGACY_MIN_PCT 6
#define ODD_WORDS_MAX_PCT 15
#define SIGNATURE_WORDS_MAX 60
#define CAPTION_WORDS_MAX 40
#define PICTURE_SHARE 0.5
#define RUNS_MIN 20             /* fewer say nothing of a language */
#define VOWELLESS_MAX_PCT 20    /* of runs */
#define NO_SYLLABLES_MAX_PCT 15 /* of runs with letters only Vietnamese has */
#define MARKED_MIN_PCT 15       /* of runs, where most could be syllables: */
#define MARKLESS_MAX_PCT 55

struct letters {
    unsigned all;      /* characters that are not punctuation */
    unsigned unmapped; /* U+FFFD, private use, control */
    unsigned legacy;   /* as a TCVN3 or VNI font needs them */
    unsigned words, odd_words;
    /* words in small letters, or what is left of them */
    unsigned runs, vowelless, possible, marked;
    unsigned ours, ours_possible; /* with letters that only Vietnamese has */
};

/* Latin-1 characters and look-alikes that stand for Vietnamese letters in
 * legacy fonts and are no Vietnamese letters themselves. */
static bool is_legacy(int32_t cp)
{
    static const int32_t others[] = {0x2212, 0x2219, 0xb5, 0xd7, 0xf7};

    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (cp == others[i])
            return true;
    if (cp >= 0xa8 && cp <= 0xbe)
        return cp != 0xb0 && cp != 0xb2 && cp != 0xb3;
    switch (cp) {
    case 0xc5: case 0xc6: case 0xc7: case 0xcb: case 0xce: case 0xcf:
    case 0xd1: case 0xd8: case 0xdb: case 0xde: case 0xe5: case 0xe6:
    case 0xe7: case 0xeb: case 0xee: case 0xef: case 0xf0: case 0xf1:
    case 0xf8: case 0xfb: case 0xfe: case 0xff:
        return true;
    default: return false;
    }
}

static bool is_unmapped(int32_t cp)
{
    return cp == 0xfffd || cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ||
           (cp >= 0xe000 && cp <= 0xf8ff) || cp >= 0xf0000;
}

static bool is_capital(int32_t cp)
{
    return cp >= 'A' && cp <= 'Z';
}

static bool is_small(int32_t cp)
{
    return cp >= 'a' && cp <= 'z';
}

/* A symbol inside a word, or a capital after small letters and before small
 * ones: recognition gone wrong. Addresses (with @ . / _) are not odd. */
static bool is_odd_word(const char *text)
{
    size_t n = strlen(text), at = 0;
    int32_t before = 0, cp;
    int letters = 0, changes = 0;
    bool symbol_waits = false, symbol_inside = false;

    while ((cp = text_next(text, n, &at)) >= 0) {
        if (cp == '@' || cp == '/')
            return false;
        if (cp < 128 && strchr("~$#^|\\<>{}[]()*;!'\"=", (int)cp) != NULL) {
            symbol_waits = letters > 0;
        } else if (text_is_word(cp)) {
            symbol_inside = symbol_inside || symbol_waits;
            letters++;
            changes += is_capital(cp) && is_small(before);
        }
        before = cp;
    }
    return letters >= 2 && (symbol_inside || changes > 0);
}

/* Letters no other language of these pages has: ơ ư, and those with a tone
 * on a shape, a dot below or a hook. */
static bool is_ours(int32_t cp)
{
    return (cp >= 0x1ea0 && cp <= 0x1ef9) || cp == 0x1a1 || cp == 0x1b0;
}

/* n bytes of letters and digits. */
static void count_run(const char *text, size_t n, struct letters *c)
{
    bool vowel = false, marked = false, ours = false, possible;
    struct letter l = {0};
    struct syllable s;

    for (size_t at = 0; at < n;) {
        int32_t cp = text_next(text, n, &at);

        if (!letter_parse(cp, &l))
            return;
        vowel = vowel || strchr("aeiouy", l.base) != NULL;
        marked = marked || l.shape != 0 || l.tone != 0;
        ours = ours || is_ours(cp);
    }
    if (l.capital) /* the last: an abbreviation, a heading */
        return;
    possible = syllable_parse(text, n, &s) && syllable_possible(&s);
    c->runs++;
    c->vowelless += !vowel;
    c->marked += marked;
    c->possible += possible;
    c->ours += ours;
    c->ours_possible += ours && possible;
}

static void count_runs(const char *text, struct letters *c)
{
    size_t n = strlen(text), at = 0, start = 0, end;

    while (at < n) {
        end = at;
        if (text_is_word(text_next(text, n, &at)))
            continue;
        if (end > start)
            count_run(text + start, end - start, c);
        start = at;
    }
    if (n > start)
        count_run(text + start, n - start, c);
}

/* Whether the words are what is left of Vietnamese. */
static bool has_lost_letters(const struct letters *c)
{
    unsigned wrong = c->ours - c->ours_possible;

    if (c->runs < RUNS_MIN)
        return false;
    return c->vowelless * 100 > c->runs * VOWELLESS_MAX_PCT ||
           (c->ours * 2 > c->marked &&
            wrong * 100 > c->ours * NO_SYLLABLES_MAX_PCT) ||
           (c->marked * 100 < c->runs * MARKED_MIN_PCT &&
            c->possible * 100 > c->runs * MARKLESS_MAX_PCT);
}

static void count_word(const char *text, struct letters *c)
{
    size_t n = strlen(text), at = 0;
    int32_t cp;
    unsigned letters = 0;

    while ((cp = text_next(text, n, &at)) >= 0) {
        bool unmapped = is_unmapped(cp), legacy = is_legacy(cp);

        c->unmapped += unmapped;
        c->legacy += legacy;
        c->all += unmapped || legacy || text_is_word(cp);
        letters += text_is_word(cp);
    }
    count_runs(text, c);
    if (letters >= 2) {
        c->words++;
        c->odd_words += is_odd_word(text);
    }
}

static unsigned word_count(const struct page *page)
{
    unsigned n = 0;

    for (int i = 0; i < page->n_lines; i++)
        n += (unsigned)page->lines[i].n_words;
    return n;
}

/* The banner that signing software prints: who, where, when. */
static bool is_signature(const struct page *page, unsigned words)
{
    static const char *const marks[] = {
        "nguoi ky", "thoi gian ky", "ngay ky", "ky boi", "ky ngay",
        "+07:00",   "+07'00'",      "email:",  "co quan:", "digitally signed",
        "@",        "signature",    "signed by",
    };
    AUTO(free_char) char *text = NULL;
    AUTO(free_char) char *folded = NULL;
    int found = 0;

    if (words > SIGNATURE_WORDS_MAX)
        return false;
    text = page_text(page);
    folded = text_fold(text);
    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        found += strstr(folded, marks[i]) != NULL;
    return found >= 2;
}

enum text_layer text_layer_judge(const struct page *words)
{
    struct letters c = {0};
    unsigned n = word_count(words);

    for (int i = 0; i < words->n_lines; i++)
        for (int k = 0; k < words->lines[i].n_words; k++)
            count_word(words->lines[i].words[k].text, &c);
    if (c.all == 0)
        return TEXT_LAYER_NONE;
    if (c.unmapped * 100 > c.all * UNMAPPED_MAX_PCT)
        return TEXT_LAYER_JUNK;
    if (c.legacy * 100 > c.all * LEGACY_MIN_PCT)
        return TEXT_LAYER_LEGACY;
    if (c.odd_words * 100 > c.words * ODD_WORDS_MAX_PCT ||
        has_lost_letters(&c))
        return TEXT_LAYER_JUNK;
    if (is_signature(words, n))
        return TEXT_LAYER_SIGNATURE;
    return TEXT_LAYER_DIGITAL;
}

bool text_layer_carries_page(const struct page *words, double picture_share)
{
    return picture_share < PICTURE_SHARE ||
           word_count(words) > CAPTION_WORDS_MAX;
}
