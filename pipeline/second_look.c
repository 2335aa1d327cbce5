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
#include "pipeline/word_runs.h"
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
#define LINE_PCT 40     /* a line read worse than that is no print */
#define PAD_PART 5      /* of a line's height: white round it */
#define PARTS_MAX 128   /* more weak parts than that: it is no text */

/* Words from … to of a line: weak ones and a neighbour at both ends, because
 * words at the edge of a picture are read worse. */
struct part {
    struct line *line;
    int from, to;
};

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

static bool is_weak(const struct word *w)
{
    if (is_number(w->text))
        return w->conf_pct < (strchr(w->text, '6') ? SIX_PCT : NUMBER_PCT);
    if (is_roman(w->text))
        return w->conf_pct < NUMBER_PCT;
    return is_vital(w->text) ? w->conf_pct < VITAL_PCT
                             : w->conf_pct < WEAK_PCT && like_word(w->text);
}

/* Whether the line is print at all, and lies. */
static bool is_print(const struct line *line)
{
    int sum = 0;

    for (int i = 0; i < line->n_words; i++)
        sum += line->words[i].conf_pct;
    return line->n_words > 0 && line->box.h <= 2 * line->box.w &&
           sum >= line->n_words * LINE_PCT;
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

static void take_text(struct word *w, struct word *o)
{
    if (w->raw == NULL)
        w->raw = STEAL(w->text);
    free(w->text);
    w->text = STEAL(o->text);
    o->text = xstrdup(w->text);
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
static int pieces_of(const struct part *part, int i, const struct word *o)
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

/* Make one word of n, which both models read with the same signs; those that
 * went into it are left without text. */
static void join(struct word *w, int n, const struct word *o)
{
    free(w->text);
    w->text = xstrdup(o->text);
    w->conf_pct = o->conf_pct;
    for (int i = 1; i < n; i++) {
        w->box = box_union(w->box, w[i].box);
        free(w[i].text);
        w[i].text = xstrdup("");
    }
}

/* Take the words without text out of a line. */
static void drop_empty_words(struct line *line)
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

static void judge(const struct language *l, const struct part *part,
                  struct page *again)
{
    if (again->n_lines != 1)
        return; /* not one line for the second model: nothing to compare */
    for (int i = part->from; i <= part->to; i++) {
        struct word *w = &part->line->words[i];
        struct word *o = is_weak(w) ? other_of(&again->lines[0], w) : NULL;
        int pieces = o != NULL ? pieces_of(part, i, o) : 0;

        if (o == NULL)
            continue;
        if (pieces > 0 && o->conf_pct >= VITAL_PCT) {
            join(w, pieces, o);
            i += pieces - 1;
            continue;
        }
        mend(l, w, o);
        dispute(w, o);
    }
}

/* The part of the page where the part of the line is, with white round it. */
static struct box box_of(const struct part *part, PIX *pix)
{
    struct box b = words_box(part->line, part->from, part->to + 1), out;
    int pad = part->line->box.h / PAD_PART, right, bottom;

    b.y = part->line->box.y;
    b.h = part->line->box.h;
    right = b.x + b.w + pad;
    bottom = b.y + b.h + pad;
    right = right > pixGetWidth(pix) ? pixGetWidth(pix) : right;
    bottom = bottom > pixGetHeight(pix) ? pixGetHeight(pix) : bottom;
    out.x = b.x > pad ? b.x - pad : 0;
    out.y = b.y > pad ? b.y - pad : 0;
    out.w = right - out.x;
    out.h = bottom - out.y;
    return out;
}

/* Add the weak parts of a line to n others; how many there are then. */
static int add_parts(struct line *line, struct part *parts, int n)
{
    int last = -1; /* part of this line */

    for (int i = 0; i < line->n_words && n < PARTS_MAX; i++) {
        int from = i > 0 ? i - 1 : 0;

        if (!is_weak(&line->words[i]))
            continue;
        if (last < 0 || parts[last].to < from) {
            last = n++;
            parts[last] = (struct part){.line = line, .from = from};
        }
        parts[last].to = i + 1 < line->n_words ? i + 1 : i;
    }
    return n;
}

struct recogniser *second_look_recogniser(struct second_look *s)
{
    if (!s->tried && recogniser_new(SECOND_MODEL, &s->recogniser) != STATUS_OK)
        s->recogniser = NULL;
    s->tried = true;
    return s->recogniser;
}

enum status second_look(struct second_look *s, const struct language *l,
                        PIX *pix, int dpi, struct page *page)
{
    struct page again[PARTS_MAX] = {0};
    struct box boxes[PARTS_MAX];
    struct part parts[PARTS_MAX];
    int n = 0;
    enum status st;

    for (int i = 0; i < page->n_lines; i++)
        if (is_print(&page->lines[i]))
            n = add_parts(&page->lines[i], parts, n);
    if (n == 0 || n == PARTS_MAX || second_look_recogniser(s) == NULL)
        return STATUS_OK;
    for (int i = 0; i < n; i++)
        boxes[i] = box_of(&parts[i], pix);
    st = recognise_areas(s->recogniser, pix, dpi, AREA_LINE, boxes, n, again);
    for (int i = 0; i < n; i++) {
        if (st == STATUS_OK)
            judge(l, &parts[i], &again[i]);
        page_clear(&again[i]);
    }
    for (int i = 0; i < page->n_lines; i++)
        drop_empty_words(&page->lines[i]);
    page_keep_mean(page);
    return st;
}
