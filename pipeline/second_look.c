/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two models that learned from different beginnings err at different places.
 * A reading of a word is worth its confidence, and more if the language knows
 * it; the second is taken only if it is clearly worth more.
 */
#include "pipeline/second_look.h"

#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/leptonica.h"
#include "pipeline/recognise.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define WEAK_PCT 50     /* a word below makes its line weak */
#define NUMBER_PCT 85   /* numbers below are compared */
#define DISPUTED_PCT 40 /* what two models read differently; never filled */
#define KNOWN_WORTH 8.0 /* of a word that the language knows */
#define GAIN_MIN 4.0    /* in confidence, for the second reading */
#define LINE_PCT 40     /* a line read worse than that is no print */
#define PAD_PART 5      /* of a line's height: white round it */
#define LINES_MAX 64    /* more weak lines than that: it is no text */

struct second_look {
    struct recogniser *recogniser;
    bool tried;
};

struct second_look *second_look_new(void)
{
    return xcalloc(1, sizeof(struct second_look));
}

void second_look_free(struct second_look *s)
{
    if (s == NULL)
        return;
    recogniser_free(s->recogniser);
    free(s);
}

static bool has_digit(const char *text)
{
    while (*text != '\0' && !isdigit((unsigned char)*text))
        text++;
    return *text != '\0';
}

/* Whether it could be a syllable: two letters or more. */
static bool like_word(const char *text)
{
    size_t n = strlen(text), at = 0;
    int letters = 0;

    while (at < n)
        letters += text_is_word(text_next(text, n, &at));
    return letters >= 2;
}

static bool wants_look(const struct line *line)
{
    int sum = 0;
    bool wanted = false;

    if (line->n_words == 0 || line->box.h > 2 * line->box.w)
        return false;
    for (int i = 0; i < line->n_words; i++) {
        const struct word *w = &line->words[i];
        bool number = has_digit(w->text);

        sum += w->conf_pct;
        wanted |= (number && w->conf_pct < NUMBER_PCT) ||
                  (!number && w->conf_pct < WEAK_PCT && like_word(w->text));
    }
    return wanted && sum >= line->n_words * LINE_PCT;
}

static double worth(const struct language *l, const struct word *w)
{
    return w->conf_pct +
           (l == NULL || language_knows(l, w->text) ? KNOWN_WORTH : 0);
}

static bool overlap(const struct word *a, const struct word *b)
{
    int middle_a = a->box.x + a->box.w / 2, middle_b = b->box.x + b->box.w / 2;

    return middle_a >= b->box.x && middle_a < b->box.x + b->box.w &&
           middle_b >= a->box.x && middle_b < a->box.x + a->box.w;
}

/* The other reading of a word; NULL: it is not one word there. */
static struct word *other_of(const struct line *other, const struct word *w)
{
    for (int i = 0; i < other->n_words; i++)
        if (overlap(&other->words[i], w))
            return &other->words[i];
    return NULL;
}

/* Weak words that the second model reads better. Numbers are left: which of
 * two readings of one is right, no language knows. */
static void mend_words(const struct language *l, struct line *line,
                       const struct line *second)
{
    for (int i = 0; i < line->n_words; i++) {
        struct word *w = &line->words[i];
        struct word *o = w->conf_pct < WEAK_PCT ? other_of(second, w) : NULL;

        if (o == NULL || has_digit(w->text) || has_digit(o->text) ||
            !like_word(o->text) || strcmp(o->text, w->text) == 0 ||
            worth(l, o) <= worth(l, w) + GAIN_MIN)
            continue;
        if (w->raw == NULL)
            w->raw = STEAL(w->text);
        free(w->text);
        w->text = STEAL(o->text);
        w->conf_pct = o->conf_pct;
        o->text = xstrdup(w->text);
    }
}

/* Numbers of the line that the other reading has otherwise. */
static void dispute(struct line *line, const struct line *other)
{
    for (int i = 0; i < line->n_words; i++) {
        struct word *w = &line->words[i];
        const struct word *o = has_digit(w->text) ? other_of(other, w) : NULL;

        if (o != NULL && strcmp(o->text, w->text) != 0 &&
            w->conf_pct > DISPUTED_PCT)
            w->conf_pct = DISPUTED_PCT;
    }
}

static void judge(const struct language *l, struct line *line,
                  struct page *again)
{
    struct line *second;

    if (again->n_lines != 1)
        return; /* not one line for the second model: nothing to compare */
    second = &again->lines[0];
    mend_words(l, line, second);
    dispute(line, second);
}

static struct box padded(const struct box *b, PIX *pix)
{
    int pad = b->h / PAD_PART;
    struct box out = {b->x > pad ? b->x - pad : 0, b->y > pad ? b->y - pad : 0,
                      0, 0};

    out.w = b->x + b->w + pad - out.x;
    out.h = b->y + b->h + pad - out.y;
    if (out.x + out.w > pixGetWidth(pix))
        out.w = pixGetWidth(pix) - out.x;
    if (out.y + out.h > pixGetHeight(pix))
        out.h = pixGetHeight(pix) - out.y;
    return out;
}

static bool ready(struct second_look *s)
{
    if (!s->tried && recogniser_new(SECOND_MODEL, &s->recogniser) != STATUS_OK)
        s->recogniser = NULL;
    s->tried = true;
    return s->recogniser != NULL;
}

enum status second_look(struct second_look *s, const struct language *l,
                        PIX *pix, int dpi, struct page *page)
{
    struct page again[LINES_MAX] = {0};
    struct box boxes[LINES_MAX];
    int at[LINES_MAX], n = 0;
    enum status st;

    for (int i = 0; i < page->n_lines; i++) {
        if (!wants_look(&page->lines[i]))
            continue;
        if (n == LINES_MAX)
            return STATUS_OK;
        boxes[n] = padded(&page->lines[i].box, pix);
        at[n++] = i;
    }
    if (n == 0 || !ready(s))
        return STATUS_OK;
    st = recognise_areas(s->recogniser, pix, dpi, AREA_LINE, boxes, n, again);
    for (int i = 0; i < n; i++) {
        if (st == STATUS_OK)
            judge(l, &page->lines[at[i]], &again[i]);
        page_clear(&again[i]);
    }
    page_keep_mean(page);
    return st;
}
