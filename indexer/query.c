/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's query into terms. */
#include "indexer/query.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

/* A query while it is read. */
struct reader {
    const char *text;
    size_t n, pos;
    struct terms *t;
    bool after_or, negated;
};

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

static bool is_space(int32_t cp)
{
    return cp == ' ' || (cp >= 0x09 && cp <= 0x0D) || cp == 0xA0 ||
           cp == 0x3000 || cp == 0x202F;
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

/* Whether plain term a says no more than an earlier one. */
static bool is_repeated(const struct terms *t, const struct term *a)
{
    for (int i = 0; i < t->n; i++) {
        const struct term *b = &t->items[i];
        bool same =
            a->n == b->n && b->key == KEY_NONE && !b->negated && !b->prefix;
        for (int k = 0; k < a->n && same; k++)
            same =
                is_same_word(&t->words[a->first + k], &t->words[b->first + k]);
        if (same)
            return true;
    }
    return false;
}

static enum status too_many(void)
{
    return fail(STATUS_USAGE,
                _("the query has too many words: at most %d can be "
                  "searched for at once"),
                QUERY_WORDS_MAX);
}

/* Words from `from` on, if any, become a term as made says. */
static enum status end_term(struct reader *r, int from, struct term made)
{
    struct terms *t = r->t;
    made.first = from;
    made.n = t->n_words - from;
    if (made.n == 0 && made.key != KEY_DATE)
        return STATUS_OK;
    if (t->n == QUERY_WORDS_MAX)
        return too_many();
    if (!r->after_or && !r->negated && made.key == KEY_NONE && !made.prefix &&
        is_repeated(t, &made)) {
        t->n_words = from;
        return STATUS_OK;
    }
    if (r->negated && r->after_or)
        return fail(STATUS_USAGE,
                    _("a word to leave out cannot stand beside OR: put it "
                      "at the end of the query"));
    made.negated = r->negated;
    made.clause = r->negated ? -1 : t->n_clauses - (r->after_or ? 1 : 0);
    t->n_clauses += !r->negated && !r->after_or;
    r->after_or = false;
    for (int i = from; i < t->n_words; i++) {
        t->begins[i] = made.prefix;
        t->marked |= made.key == KEY_NONE && !made.negated && !made.prefix &&
                     t->words[i].exact[0];
    }
    t->items[t->n++] = made;
    return STATUS_OK;
}

/* The words of one stretch of text; one term of all if together. A star right
 * behind the last word makes it a beginning. */
static enum status add_stretch(struct reader *r, size_t from_byte, size_t to,
                               bool together, struct term made)
{
    struct terms *t = r->t;
    const char *text = r->text + from_byte;
    size_t n = to - from_byte;
    int from = t->n_words;
    enum status st = STATUS_OK;
    struct syllable s, before = {.end = 0};
    for (size_t pos = 0; syllable_next(text, n, &pos, &s); before = s) {
        if (t->n_words > from && !together && !is_joined(text, &before, &s)) {
            st = end_term(r, from, made);
            from = t->n_words;
        }
        if (st != STATUS_OK)
            return st;
        if (t->n_words == QUERY_WORDS_MAX)
            return too_many();
        t->words[t->n_words++] = s;
    }
    if (!together && t->n_words == from + 1 && before.end < n &&
        text[before.end] == '*')
        made.prefix = true;
    if (made.prefix && strlen(t->words[from].folded) < PREFIX_LETTERS_MIN)
        return fail(STATUS_USAGE,
                    _("'%s*' begins too many words: type %d letters or more "
                      "before the star"),
                    t->words[from].folded, PREFIX_LETTERS_MIN);
    return end_term(r, from, made);
}

static enum status open_quote(const char *text)
{
    AUTO(free_char) char *shown = text_show_name(text);
    return fail(STATUS_USAGE,
                _("a quotation mark has no partner in the query '%s': put "
                  "one on each side of the phrase, or leave it out"),
                shown);
}

/* The end of the phrase whose quote was just read; pos moves behind it. */
static enum status close_quote(struct reader *r, size_t *end)
{
    while (r->pos < r->n) {
        *end = r->pos;
        if (is_quote(text_next(r->text, r->n, &r->pos)))
            return STATUS_OK;
    }
    return open_quote(r->text);
}

/* Where the stretch that begins at pos ends: at a space or a quote. */
static size_t stretch_end(const struct reader *r)
{
    for (size_t pos = r->pos, at; pos < r->n;) {
        at = pos;
        int32_t cp = text_next(r->text, r->n, &pos);
        if (is_space(cp) || is_quote(cp))
            return at;
    }
    return r->n;
}

static enum status bad_days(const char *text, size_t n)
{
    AUTO(free_char) char *part = xstrndup(text, n);
    AUTO(free_char) char *shown = text_show_name(part);
    return fail(STATUS_USAGE,
                _("'%s' is no day, month or year: write ngày:05/03/2022, "
                  "ngày:3/2022, ngày:2022 or from..to, ngày:2021..2022"),
                shown);
}

static enum status read_days(const char *text, size_t n, struct term *made)
{
    const char *dots = memmem(text, n, "..", 2);
    int other;
    made->from = DAY_FIRST;
    made->to = DAY_LAST;
    if (!dots)
        return n > 0 && field_days(text, n, &made->from, &made->to)
                   ? STATUS_OK
                   : bad_days(text, n);
    size_t before = (size_t)(dots - text), after = n - before - 2;
    if (before + after == 0 ||
        (before && !field_days(text, before, &made->from, &other)) ||
        (after && !field_days(dots + 2, after, &other, &made->to)))
        return bad_days(text, n);
    if (made->from > made->to)
        return fail(STATUS_USAGE,
                    _("'%.*s' ends before it begins: write the earlier day "
                      "first"),
                    (int)n, text);
    return STATUS_OK;
}

/* A number is found where it was read as one, and where it stands in the text
 * behind the word for it. */
static enum status add_number(struct reader *r, int from)
{
    struct terms *t = r->t;
    int n = t->n_words - from;
    struct syllable word = {.folded = "so"};
    if (t->n_words + n + 1 > QUERY_WORDS_MAX)
        return too_many();
    t->words[t->n_words++] = word;
    for (int i = 0; i < n; i++) {
        t->words[t->n_words] = t->words[from + i];
        t->words[t->n_words++].exact[0] = '\0';
    }
    r->after_or = !r->negated;
    return end_term(r, from + n, (struct term){0});
}

/* What stands behind the colon of a field. */
static enum status read_value(struct reader *r, enum field_key key)
{
    struct term made = {.key = key};
    size_t from, end;
    enum status st = STATUS_OK;
    while (r->pos < r->n && is_space((unsigned char)r->text[r->pos]))
        r->pos++;
    from = r->pos;
    if (r->pos < r->n && is_quote(text_next(r->text, r->n, &r->pos))) {
        from = r->pos;
        st = close_quote(r, &end);
    } else {
        r->pos = from;
        r->pos = end = stretch_end(r);
    }
    if (st == STATUS_OK && key == KEY_DATE)
        st = read_days(r->text + from, end - from, &made);
    if (st != STATUS_OK)
        return st;
    int first = r->t->n_words, items = r->t->n;
    if (key == KEY_DATE)
        return end_term(r, first, made);
    st = add_stretch(r, from, end, true, made);
    if (st == STATUS_OK && r->t->n == items)
        return fail(STATUS_USAGE,
                    _("nothing stands behind '%s': write what to look for "
                      "there, in quotes if it has several words"),
                    field_shown(key));
    if (st == STATUS_OK && key == KEY_NUMBER)
        st = add_number(r, first);
    return st;
}

/* The field that is named at pos, which moves behind its colon then. */
static enum field_key read_name(struct reader *r)
{
    size_t to = r->pos;
    int spaces = 0;
    while (to < r->n && r->text[to] != ':' && to - r->pos < 40) {
        spaces += r->text[to] == ' ';
        if (spaces > 1 || r->text[to] == '"')
            return KEY_NONE;
        to++;
    }
    if (to >= r->n || r->text[to] != ':')
        return KEY_NONE;
    enum field_key key = field_named(r->text + r->pos, to - r->pos);
    if (key != KEY_NONE)
        r->pos = to + 1;
    return key;
}

/* OR between spaces. */
static bool read_or(struct reader *r)
{
    if (r->n - r->pos < 2 || memcmp(r->text + r->pos, "OR", 2) != 0)
        return false;
    if (r->pos + 2 < r->n && !is_space((unsigned char)r->text[r->pos + 2]) &&
        r->text[r->pos + 2] != '"')
        return false;
    r->pos += 2;
    return true;
}

static enum status lonely_or(void)
{
    return fail(STATUS_USAGE,
                _("OR needs a word on each side: write it in small letters "
                  "to search for the word itself"));
}

/* A minus that leaves a word out. */
static bool read_minus(struct reader *r)
{
    size_t pos = r->pos + 1, after = pos;
    if (r->text[r->pos] != '-' || pos >= r->n)
        return false;
    int32_t cp = text_next(r->text, r->n, &after);
    if (!text_is_word(cp) && !is_quote(cp))
        return false;
    r->pos = pos;
    return true;
}

/* What begins at pos, which is no space. */
static enum status read_one(struct reader *r)
{
    size_t from = r->pos, end;
    enum status st;
    if (read_or(r)) {
        const struct terms *t = r->t;
        if (r->after_or || !t->n || t->items[t->n - 1].negated)
            return lonely_or();
        r->after_or = true;
        return STATUS_OK;
    }
    r->negated = read_minus(r);
    enum field_key key = read_name(r);
    if (key != KEY_NONE)
        return read_value(r, key);
    from = r->pos;
    if (is_quote(text_next(r->text, r->n, &r->pos))) {
        from = r->pos;
        st = close_quote(r, &end);
        return st != STATUS_OK
                   ? st
                   : add_stretch(r, from, end, true, (struct term){0});
    }
    r->pos = from;
    r->pos = end = stretch_end(r);
    return add_stretch(r, from, end, false, (struct term){0});
}

static enum status parse(struct reader *r)
{
    enum status st = STATUS_OK;
    while (r->pos < r->n && st == STATUS_OK) {
        size_t at = r->pos;
        if (is_space(text_next(r->text, r->n, &r->pos)))
            continue;
        r->pos = at;
        st = read_one(r);
    }
    return st == STATUS_OK && r->after_or ? lonely_or() : st;
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
    struct reader r = {.text = clean, .n = strlen(clean), .t = out};
    enum status st = parse(&r);
    if (st != STATUS_OK)
        return st;
    if (out->n == 0)
        return fail(STATUS_USAGE,
                    _("there is nothing to search for: type a word, a number "
                      "or a \"phrase in quotes\""));
    if (out->n_clauses == 0)
        return fail(STATUS_USAGE,
                    _("the query only says what to leave out: type a word to "
                      "search for as well"));
    return STATUS_OK;
}
