/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing folded text as recognition leaves it. */
#include "pipeline/match.h"
#include "base/alloc.h"
#include "base/text.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS_MAX 60 /* text_distance() takes no longer words */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

char *match_letters(const char *folded)
{
    char *out = xcalloc(LETTERS_MAX + 1, 1);
    for (size_t n = 0; *folded && n < LETTERS_MAX; folded++)
        if (is_letter(*folded))
            out[n++] = *folded;
    return out;
}

static bool near_enough(const char *a, const char *b)
{
    size_t n = strlen(b);
    return text_distance(a, b) <= (n < 5 ? 0 : n / 6 + (n < 6));
}

bool match_close(const char *a, const char *b)
{
    AUTO(free_char) char *p = match_letters(a);
    AUTO(free_char) char *q = match_letters(b);
    return *p && *q && near_enough(p, q);
}

unsigned match_distance(const char *a, const char *b)
{
    AUTO(free_char) char *p = match_letters(a);
    AUTO(free_char) char *q = match_letters(b);
    return *p && *q ? text_distance(p, q) : 1000;
}

bool match_begins(const char *text, const char *words, size_t *end)
{
    AUTO(free_char) char *want = match_letters(words);
    size_t n = strlen(want);
    if (n == 0)
        return false;
    char have[LETTERS_MAX + 1] = "";
    size_t k = 0, at = 0;
    while (text[at] && k < n)
        if (is_letter(text[at++]))
            have[k++] = text[at - 1];
    /* Take the rest of a word that was read with a letter too many. */
    while (k < LETTERS_MAX && k < n + 2 && is_letter(text[at]))
        have[k++] = text[at++];
    if (is_letter(text[at]) || !near_enough(have, want))
        return false;
    *end = at;
    return true;
}

/* The byte after words at the start of text, 0 if they are not there. */
static size_t words_at(const char *text, const char *words)
{
    size_t i = 0;
    for (size_t k = 0; words[k]; k++) {
        if (words[k] != ' ') {
            if (text[i++] != words[k])
                return 0;
            continue;
        }
        size_t blank = strspn(text + i, " \n");
        bool optional = strchr(",/-(", words[k + 1] ? words[k + 1] : 'a') ||
                        (k > 0 && strchr(",/-(", words[k - 1]));
        if (blank == 0 && !optional)
            return 0;
        i += blank;
    }
    return i;
}

size_t match_words(const char *text, size_t from, const char *words,
                   size_t *end)
{
    for (const char *at = text + from; (at = strchr(at, words[0])); at++) {
        size_t n = at > text && is_letter(at[-1]) ? 0 : words_at(at, words);
        if (n > 0 && !is_letter(at[n])) {
            *end = (size_t)(at - text) + n;
            return (size_t)(at - text);
        }
    }
    return SIZE_MAX;
}
