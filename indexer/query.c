/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's query into terms, and terms into an expression of FTS5. */
#include "indexer/query.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

static bool is_quote(int32_t cp)
{
    switch (cp) {
    case '"':
    case 0xAB:   /* « */
    case 0xBB:   /* » */
    case 0x201C: /* “ */
    case 0x201D: /* ” */
    case 0x201E: /* „ */
    case 0x201F: /* ‟ */
    case 0xFF02: /* ＂ */
        return true;
    default:
        return false;
    }
}

/* Signs that hold the parts of a number, a date or an address together. */
static bool is_joint(int32_t cp)
{
    return (cp < 0x80 && cp > 0 && strchr("/-._@:&+#'", (char)cp)) ||
           cp == 0x2010 || cp == 0x2011 || cp == 0x2013 || cp == 0x2019;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether words a and b of text are written as one. */
static bool is_joined(const char *text, const struct syllable *a,
                      const struct syllable *b)
{
    if (b->start == a->end + 1 && text[a->end] == ',')
        return is_digit(text[a->end - 1]) && is_digit(text[b->start]);
    for (size_t pos = a->end; pos < b->start;) {
        if (!is_joint(text_next(text, b->start, &pos)))
            return false;
    }
    return true;
}

static bool is_same_word(const struct syllable *a, const struct syllable *b)
{
    return strcmp(a->folded, b->folded) == 0 && strcmp(a->exact, b->exact) == 0;
}

/* Whether term a says no more than an earlier one. */
static bool is_repeated(const struct terms *t, const struct term *a)
{
    for (int i = 0; i < t->n; i++) {
        const struct term *b = &t->items[i];
        bool same = a->n == b->n;
        for (int k = 0; k < a->n && same; k++)
            same =
                is_same_word(&t->words[a->first + k], &t->words[b->first + k]);
        if (same)
            return true;
    }
    return false;
}

/* Words from `from` on become a term. */
static void end_term(struct terms *t, int from)
{
    struct term made = {from, t->n_words - from};
    if (made.n == 0)
        return;
    if (is_repeated(t, &made))
        t->n_words = from;
    else
        t->items[t->n++] = made;
}

/* The words of one stretch of text, quoted or not. */
static enum status add_stretch(struct terms *t, const char *text, size_t n,
                               bool quoted)
{
    int from = t->n_words;
    struct syllable s, before = {.end = 0};
    for (size_t pos = 0; syllable_next(text, n, &pos, &s); before = s) {
        if (t->n_words > from && !quoted && !is_joined(text, &before, &s)) {
            end_term(t, from);
            from = t->n_words;
        }
        if (t->n_words == QUERY_WORDS_MAX)
            return fail(STATUS_USAGE,
                        _("the query has too many words: at most %d can be "
                          "searched for at once"),
                        QUERY_WORDS_MAX);
        t->words[t->n_words++] = s;
    }
    end_term(t, from);
    return STATUS_OK;
}

static enum status open_quote(const char *text)
{
    AUTO(free_char) char *shown = text_show_name(text);
    return fail(STATUS_USAGE,
                _("a quotation mark has no partner in the query '%s': put "
                  "one on each side of the phrase, or leave it out"),
                shown);
}

static enum status parse(const char *text, struct terms *out)
{
    size_t n = strlen(text), from = 0;
    bool quoted = false;
    enum status st = STATUS_OK;
    for (size_t pos = 0; pos < n && st == STATUS_OK;) {
        size_t at = pos;
        if (!is_quote(text_next(text, n, &pos)))
            continue;
        st = add_stretch(out, text + from, at - from, quoted);
        from = pos;
        quoted = !quoted;
    }
    if (st != STATUS_OK)
        return st;
    if (quoted)
        return open_quote(text);
    return add_stretch(out, text + from, n - from, false);
}

enum status query_parse(const char *text, struct terms *out)
{
    *out = (struct terms){0};
    size_t n = text ? strlen(text) : 0;
    if (n > QUERY_BYTES_MAX)
        return fail(STATUS_USAGE,
                    _("the query is too long: %zu bytes, at most %d"), n,
                    QUERY_BYTES_MAX);
    AUTO(free_char) char *clean = text_nfc(text ? text : "", n);
    enum status st = parse(clean, out);
    if (st != STATUS_OK)
        return st;
    if (out->n == 0)
        return fail(STATUS_USAGE,
                    _("there is nothing to search for: type a word, a number "
                      "or a \"phrase in quotes\""));
    for (int i = 0; i < out->n_words; i++)
        out->marked |= out->words[i].exact[0] != '\0';
    return STATUS_OK;
}

const char *query_form(const struct syllable *word, enum closeness how)
{
    return how == EXACT && word->exact[0] ? word->exact : word->folded;
}

void query_expression(const struct terms *t, enum closeness how, bool together,
                      struct strbuf *out)
{
    for (int i = 0; i < t->n; i++) {
        if (i > 0)
            strbuf_adds(out, together ? " + " : " AND ");
        for (int k = 0; k < t->items[i].n; k++) {
            /* Words have letters and digits only: no quote is among them. */
            strbuf_addf(out, "%s\"%s\"", k > 0 ? " + " : "",
                        query_form(&t->words[t->items[i].first + k], how));
        }
    }
}
