/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * By counting letters. Vietnamese in Unicode has a fifth of its letters from
 * U+1EA0..1EF9 and hardly any of those that TCVN3 and VNI fonts draw as
 * Vietnamese ones (µ ¸ ¶ · ¹ æ ñ ø …); in a legacy layer it is the other way
 * round. Other languages have a few of them; ä ö ü ß, which German is full
 * of, are not counted. Glyphs that a font does not map come as U+FFFD, private
 * or control characters. Words that old recognisers got wrong have symbols
 * between their letters.
 */
#include "pipeline/text_layer.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

#define UNMAPPED_MAX_PCT 5
#define LEGACY_MIN_PCT 6
#define ODD_WORDS_MAX_PCT 15
#define SIGNATURE_WORDS_MAX 60
#define CAPTION_WORDS_MAX 40
#define PICTURE_SHARE 0.5

struct letters {
    unsigned all;      /* characters that are not punctuation */
    unsigned unmapped; /* U+FFFD, private use, control */
    unsigned legacy;   /* as a TCVN3 or VNI font needs them */
    unsigned words, odd_words;
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
    if (c.odd_words * 100 > c.words * ODD_WORDS_MAX_PCT)
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
