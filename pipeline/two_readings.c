/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two models that learned from different beginnings err at different places.
 * A reading of a word is worth its confidence, and more if the language knows
 * it; the second is taken only if it is clearly worth more.
 */
#include "pipeline/two_readings.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/language.h"
#include "pipeline/match.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define WEAK_PCT 50     /* a word below makes its line weak */
#define VITAL_PCT 85    /* names and codes below are compared */
#define NUMBER_PCT 96   /* numbers alone below are compared: few are … */
#define SIX_PCT 97      /* … and those below with a 6 in them */
#define DISPUTED_PCT 40 /* what two models read differently; never filled */
#define KNOWN_WORTH 8.0 /* of a word that the language knows */
#define GAIN_MIN 4.0    /* in confidence, for the second reading */

static bool has_digit(const char *text)
{
    while (*text != '\0' && !isdigit((unsigned char)*text))
        text++;
    return *text != '\0';
}

/* Whether it could be a syllable: two letters or more. */
static bool like_word(const char *text)
{
    return text_word_length(text) >= 2;
}

/* Whether it could be part of a name: a capital and small letters. */
static bool like_name(const char *text)
{
    struct text_counts l = text_count(text);

    return l.capitals == 1 && l.smalls > 0 && l.digits + l.others == 0;
}

/* Whether it is a Roman number of two letters or more: a stroke more or less
 * is another quarter or chapter. */
static bool is_roman(const char *text)
{
    size_t n = strspn(text, "IVX");

    return n >= 2 && text_word_length(text + n) == 0;
}

/* What must be right if it is filled: two models are asked. */
static bool is_vital(const char *text)
{
    return has_digit(text) || like_name(text) || is_roman(text);
}

/* Whether it is a number alone: digits and signs, two or more of them. An 8 in
 * italics is a 6 to a model that is nearly sure of it, and no word says that
 * it is not. */
static bool is_number(const char *text)
{
    struct text_counts l = text_count(text);

    return l.digits >= 2 && l.capitals + l.smalls == 0;
}

bool word_is_weak(const struct word *w)
{
    if (is_number(w->text))
        return w->conf_pct < (strchr(w->text, '6') ? SIX_PCT : NUMBER_PCT);
    if (is_roman(w->text))
        return w->conf_pct < NUMBER_PCT;
    return is_vital(w->text) ? w->conf_pct < VITAL_PCT
                             : w->conf_pct < WEAK_PCT && like_word(w->text);
}

static double worth(const struct language *l, const struct word *w)
{
    return w->conf_pct +
           (l == NULL || language_knows(l, w->text) ? KNOWN_WORTH : 0);
}

/* Whether the middle of a word stands under another. */
static bool lies_over(const struct word *over, const struct word *w)
{
    int middle = w->box.x + w->box.w / 2;

    return middle >= over->box.x && middle < over->box.x + over->box.w;
}

/* The other reading of a word; NULL: it is not one word there. */
static struct word *other_of(const struct line *other, const struct word *w)
{
    for (int i = 0; i < other->n_words; i++)
        if (lies_over(&other->words[i], w) && lies_over(w, &other->words[i]))
            return &other->words[i];
    return NULL;
}

static void take_text(struct word *w, struct word *o)
{
    if (w->raw == NULL)
        w->raw = STEAL(w->text);
    free(w->text);
    w->text = STEAL(o->text);
    o->text = xstrdup(w->text);
}

/* Where lines run askew, the boxes of one reach into the next: what they say of
 * rows is left alone. */
static void widen(struct box *b, const struct box *o)
{
    int x = b->x < o->x ? b->x : o->x;
    int end = b->x + b->w > o->x + o->w ? b->x + b->w : o->x + o->w;

    b->x = x;
    b->w = end - x;
}

/* A weak word for which the second model has a better one. Numbers are left to
 * dispute(): which of two readings of one is right, no language knows. */
static void mend(const struct language *l, struct word *w, struct word *o)
{
    if (w->conf_pct >= WEAK_PCT || has_digit(w->text) || has_digit(o->text) ||
        !like_word(o->text) || strcmp(o->text, w->text) == 0 ||
        worth(l, o) <= worth(l, w) + GAIN_MIN)
        return;
    take_text(w, o);
    w->conf_pct = o->conf_pct;
    widen(&w->box, &o->box); /* it may have more letters */
}

static int digits_apart(const char *a, const char *b)
{
    int apart = 0;

    for (; *a != '\0' && *b != '\0'; a++, b++)
        apart += *a != *b;
    return *a == *b ? apart : 1000;
}

/* A number or name that the other reading has otherwise. Of two numbers in
 * print, one digit apart, the one that was read more surely stands in the
 * text; neither is sure enough for a field. What the other model itself hardly
 * believes is no objection. */
static void dispute(struct word *w, struct word *o)
{
    if (!is_vital(w->text) || strcmp(o->text, w->text) == 0 ||
        (w->conf_pct >= VITAL_PCT && o->conf_pct < DISPUTED_PCT))
        return;
    if (is_number(w->text) && is_number(o->text) && w->conf_pct >= VITAL_PCT &&
        o->conf_pct > w->conf_pct && digits_apart(w->text, o->text) == 1)
        take_text(w, o);
    if (w->conf_pct > DISPUTED_PCT)
        w->conf_pct = DISPUTED_PCT;
}

/* How many words from number i of a part on are pieces of one number that the
 * other model read as a whole ("35.803.534", "7"); 0 if they are not. */
static int pieces_of(const struct line_part *part, int i, const struct word *o)
{
    size_t at = 0;
    int n = 0;

    for (; i + n <= part->to && o->text[at] != '\0'; n++) {
        const char *piece = part->line->words[i + n].text;

        if (strncmp(o->text + at, piece, strlen(piece)) != 0)
            return 0;
        at += strlen(piece);
    }
    return n > 1 && o->text[at] == '\0' && is_number(o->text) ? n : 0;
}

/* Whether a word says what a part of another between strokes does, but for
 * signs before and behind it. */
static bool says(const struct word *w, const char *part, size_t n)
{
    static const char signs[] = "/|()[]{}.,;:";
    const char *text = w->text + strspn(w->text, signs);
    size_t len = strlen(text);

    while (len > 0 && strchr(signs, text[len - 1]) != NULL)
        len--;
    while (n > 0 && strchr(signs, part[n - 1]) != NULL)
        n--;
    return len > 0 && len == n && strncmp(text, part, n) == 0;
}

/* Whether o says what n words do, with strokes between them: "xã/phường" where
 * one model sees "xã (phường". */
static bool joins_by_strokes(const struct word *w, int n, const struct word *o)
{
    const char *part = o->text;

    for (int i = 0; i < n; i++) {
        size_t len = strcspn(part, "/");

        if (!says(&w[i], part, len) || (part[len] == '/') != (i + 1 < n))
            return false;
        part += len + (part[len] == '/');
    }
    return n > 1;
}

/* What n words were read as, without the spaces. Caller frees. */
static char *as_read(const struct word *w, int n)
{
    struct strbuf text;

    strbuf_init(&text);
    for (int i = 0; i < n; i++)
        strbuf_adds(&text, w[i].raw != NULL ? w[i].raw : w[i].text);
    return strbuf_take(&text);
}

/* Make n words one that says what o does; those that went into it are left
 * without text, and what they were is kept if it was anything else. */
static void join(struct word *w, int n, const struct word *o)
{
    char *read = as_read(w, n);

    if (strcmp(read, o->text) != 0) {
        free(w->raw);
        w->raw = STEAL(read);
    }
    free(read);
    free(w->text);
    w->text = xstrdup(o->text);
    w->conf_pct = o->conf_pct;
    for (int i = 1; i < n; i++) {
        w->box = box_union(w->box, w[i].box);
        free(w[i].text);
        w[i].text = xstrdup("");
    }
}

/* Whether o is the word that n pieces are of: a letter more or less, and one
 * of them is too short for a word. */
static bool is_whole_of(const struct language *l, const struct word *w, int n,
                        const struct word *o)
{
    AUTO(free_char) char *read = as_read(w, n);
    AUTO(free_char) char *pieces = text_fold(read);
    AUTO(free_char) char *fold = text_fold(o->text);
    bool fragment = false, letters = true;

    for (int i = 0; i < n; i++) {
        letters = letters && text_word_length(w[i].text) > 0;
        fragment = fragment || !like_word(w[i].text);
    }
    return n > 1 && fragment && letters && like_word(o->text) &&
           !has_digit(o->text) && (l == NULL || language_knows(l, o->text)) &&
           match_distance(pieces, fold) <= 1;
}

/* Whether all of n words but number k of them are signs alone. */
static bool is_alone(const struct word *w, int n, int k)
{
    for (int i = 0; i < n; i++) {
        struct text_counts c = text_count(w[i].text);

        if (i != k && c.capitals + c.smalls + c.digits > 0)
            return false;
    }
    return true;
}

/* Compare word number i of a part with the other reading of it; the number of
 * the last word that was settled with it. */
static int judge_word(const struct language *l, const struct line_part *part,
                      int i, struct word *o)
{
    struct word *words = part->line->words;
    int pieces = pieces_of(part, i, o), first = i, end = i + 1, covered;

    if (pieces > 0 && o->conf_pct >= VITAL_PCT) {
        join(&words[i], pieces, o);
        return i + pieces - 1;
    }
    while (first > part->from && lies_over(o, &words[first - 1]))
        first--;
    while (end <= part->to && lies_over(o, &words[end]))
        end++;
    covered = end - first;
    if ((joins_by_strokes(&words[first], covered, o) &&
         o->conf_pct >= WEAK_PCT) ||
        (is_whole_of(l, &words[first], covered, o) &&
         o->conf_pct >= VITAL_PCT)) {
        join(&words[first], covered, o);
        return end - 1;
    }
    if (is_alone(&words[first], covered, i - first)) /* it is read otherwise */
        mend(l, &words[i], o);
    dispute(&words[i], o);
    return i;
}

void two_readings_settle(const struct language *l, const struct line_part *part,
                         struct line *other)
{
    for (int i = part->from; i <= part->to; i++) {
        struct word *w = &part->line->words[i];
        struct word *o = word_is_weak(w) ? other_of(other, w) : NULL;

        if (o != NULL)
            i = judge_word(l, part, i, o);
    }
}

void two_readings_tidy(struct line *line)
{
    int kept = 0;

    for (int i = 0; i < line->n_words; i++) {
        if (line->words[i].text[0] != '\0') {
            line->words[kept++] = line->words[i];
        } else {
            free(line->words[i].text);
            free(line->words[i].raw);
        }
    }
    line->n_words = kept;
}
