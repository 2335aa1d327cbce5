/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words that were read are wiped off the page. Of what is left, marks of
 * the size of letters that stand side by side are a line; it is read as one
 * and taken if it reads well, as words of the language.
 */
#include "pipeline/unread.h"

#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/bilevel.h"
#include "pipeline/folio.h"
#include "pipeline/language.h"
#include "pipeline/leptonica.h"
#include "pipeline/long_runs.h"
#include "pipeline/recognise.h"
#include "pipeline/tables.h"
#include "pipeline/word_runs.h"
#include <stdlib.h>
#include <string.h>

#define WORDS_MIN 20       /* fewer do not tell the size of print … */
#define HEIGHT_PARTS 3 / 20 /* … which then is that of 13 pt, of an inch */
#define SURE_PCT 80        /* words that tell the size of print */
#define KEPT_PCT 40        /* words below do not hide what lies under them, … */
#define KEPT_LINE_PCT 50   /* … nor do lines, but for their sure words */
#define LETTER_HEIGHTS 3   /* of a word: higher or … */
#define LETTER_WIDTHS 6    /* … wider is a drawing */
#define GAP_HEIGHTS 1.5    /* between the words of a line */
#define LINE_HEIGHTS_MIN 3 /* shorter is no line */
#define REACH_HEIGHTS 5    /* beyond both ends: letters a stroke touches */
#define WORD_PCT 50        /* words at the ends below are strokes, … */
#define KNOWN_WORD_PCT 25  /* … unless the language knows them */
#define TOP_PART_PCT 40    /* of the page: stamps stand there, not signatures */
#define LINES_MAX 24       /* more is no text but a picture */
#define LINE_PCT 70        /* mean confidence of a line that is text, … */
#define TOP_LINE_PCT 88    /* … where stamps stand, … */
#define TOP_WORDS 3        /* … with so many words of the language */
#define SURE_LETTERS 5     /* in two words, all read surely: "Lưu: VT." */
#define PAD_PART 3         /* of a height: white round a line */

static int compare_ints(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* The usual height of a word. */
static int word_height(const struct page *page, int dpi)
{
    int *heights = NULL, n = 0, cap = 0;
    int middle = dpi * HEIGHT_PARTS;

    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            const struct word *w = &page->lines[i].words[k];

            if (w->conf_pct < SURE_PCT)
                continue;
            GROW(heights, n, cap);
            heights[n++] = w->box.h;
        }
    }
    if (n >= WORDS_MIN) {
        qsort(heights, (size_t)n, sizeof(*heights), compare_ints);
        middle = heights[n / 2];
    }
    free(heights);
    return middle;
}

static void wipe(PIX *bilevel, const struct box *b, int pad)
{
    BOX *box =
        boxCreate(b->x - pad, b->y - pad, b->w + 2 * pad, b->h + 2 * pad);

    pixClearInRect(bilevel, box);
    boxDestroy(&box);
}

/* How surely a word of a line must be read to be kept: a line of which most is
 * a riddle is read again. */
static int kept_pct(const struct line *line)
{
    int sum = 0;

    for (int k = 0; k < line->n_words; k++)
        sum += line->words[k].conf_pct;
    return sum < line->n_words * KEPT_LINE_PCT ? SURE_PCT : KEPT_PCT;
}

static void wipe_words(PIX *bilevel, const struct page *page, int height)
{
    for (int i = 0; i < page->n_lines; i++) {
        const struct line *line = &page->lines[i];
        int pct = kept_pct(line);

        for (int k = 0; k < line->n_words; k++)
            if (line->words[k].conf_pct >= pct)
                wipe(bilevel, &line->words[k].box, height / 6);
    }
}

/* Boxes of what may be lines. */
static BOXA *find_lines(PIX *pix, const struct page *page, int height)
{
    AUTO(pixDestroy) PIX *made = bilevel_make(pix);
    AUTO(pixDestroy) PIX *rest = made ? pixCopy(NULL, made) : NULL;
    AUTO(pixDestroy) PIX *letters = NULL;
    AUTO(pixDestroy) PIX *marks = NULL;
    AUTO(pixDestroy) PIX *joined = NULL;

    if (rest == NULL)
        return NULL;
    wipe_words(rest, page, height);
    letters =
        pixSelectBySize(rest, height * LETTER_WIDTHS, height * LETTER_HEIGHTS,
                        8, L_SELECT_IF_BOTH, L_SELECT_IF_LTE, NULL);
    if (letters != NULL)
        marks = pixSelectBySize(letters, 2, height / 3, 8, L_SELECT_IF_BOTH,
                                L_SELECT_IF_GTE, NULL);
    if (marks != NULL)
        joined = gaps_closed_across(marks, (int)(height * GAP_HEIGHTS) | 1);
    return joined != NULL ? pixConnCompBB(joined, 8) : NULL;
}

static bool same_row(const struct box *a, const struct box *b)
{
    int top = a->y > b->y ? a->y : b->y;
    int bottom = a->y + a->h < b->y + b->h ? a->y + a->h : b->y + b->h;

    return (bottom - top) * 2 > (a->h < b->h ? a->h : b->h);
}

/* A letter that a stroke of the pen touches is not among the marks: look
 * beyond both ends, but not into words that were read. */
static struct box reach_out(const struct box *b, const struct page *page,
                            int reach, int width)
{
    int left = b->x > reach ? b->x - reach : 0;
    int right = b->x + b->w + reach < width ? b->x + b->w + reach : width;

    for (int i = 0; i < page->n_lines; i++) {
        int pct = kept_pct(&page->lines[i]);

        for (int k = 0; k < page->lines[i].n_words; k++) {
            const struct word *w = &page->lines[i].words[k];
            int end = w->box.x + w->box.w;

            if (w->conf_pct < pct || !same_row(b, &w->box))
                continue;
            if (end <= b->x + b->w / 2 && end > left)
                left = end < b->x ? end : b->x;
            if (w->box.x >= b->x + b->w / 2 && w->box.x < right)
                right = w->box.x > b->x + b->w ? w->box.x : b->x + b->w;
        }
    }
    return (struct box){left, b->y, right - left, b->h};
}

/* Join b to one of the n boxes of its row that it overlaps. */
static bool join_row(struct box *boxes, int n, const struct box *b)
{
    for (int i = 0; i < n; i++) {
        struct box *o = &boxes[i];

        if (!same_row(o, b) || b->x > o->x + o->w || o->x > b->x + b->w)
            continue;
        *o = box_union(*o, *b);
        return true;
    }
    return false;
}

static bool begins(const struct word *w, const char *folded)
{
    AUTO(free_char) char *fold = text_fold(w->text);

    return strncmp(fold, folded, strlen(folded)) == 0;
}

/* How far down stamps of arrival may stand, in pixels: not beside or below who
 * receives the paper. */
static int stamps_end(const struct page *page, int height)
{
    int end = height * TOP_PART_PCT / 100;

    for (int i = 0; i < page->n_lines; i++) {
        const struct line *l = &page->lines[i];

        if (l->n_words > 1 && l->box.y < end && begins(&l->words[0], "noi") &&
            begins(&l->words[1], "nhan"))
            end = l->box.y;
    }
    return end;
}

static int choose(BOXA *found, PIX *pix, const struct page *page, int height,
                  struct box *boxes)
{
    int n = 0, pad = height / PAD_PART;

    for (int i = 0; i < boxaGetCount(found); i++) {
        struct box b;

        boxaGetBoxGeometry(found, i, &b.x, &b.y, &b.w, &b.h);
        if (b.w < height * LINE_HEIGHTS_MIN || b.h < height / 2 ||
            b.h > height * LETTER_HEIGHTS)
            continue;
        b.y = b.y > pad ? b.y - pad : 0;
        b.h += 2 * pad;
        if (b.y + b.h > pixGetHeight(pix))
            b.h = pixGetHeight(pix) - b.y;
        b = reach_out(&b, page, height * REACH_HEIGHTS, pixGetWidth(pix));
        if (join_row(boxes, n, &b))
            continue;
        if (n == LINES_MAX)
            return 0;
        boxes[n++] = b;
    }
    return n;
}

/* Whether a word at the end of a line is no stroke of a pen. */
static bool stands(const struct language *l, const struct word *w)
{
    return w->conf_pct >= WORD_PCT || (w->conf_pct >= KNOWN_WORD_PCT &&
                                       l != NULL && language_knows(l, w->text));
}

/* Strokes at both ends that were read as letters. */
static void trim(const struct language *l, struct line *line)
{
    int from = 0, end = line->n_words, kept = 0;

    while (from < end && !stands(l, &line->words[from]))
        from++;
    while (end > from && !stands(l, &line->words[end - 1]))
        end--;
    for (int i = 0; i < line->n_words; i++) {
        if (i >= from && i < end) {
            line->words[kept++] = line->words[i];
        } else {
            free(line->words[i].text);
            free(line->words[i].raw);
        }
    }
    line->n_words = kept;
    line->box = kept > 0 ? words_box(line, 0, kept) : (struct box){0};
}

/* Whether the words of a line with letters were read surely, none with doubt,
 * and are no scrap. */
static bool is_sure(const struct line *line)
{
    int letters = 0, words = 0, sum = 0;

    for (int i = 0; i < line->n_words; i++) {
        const struct word *w = &line->words[i];
        struct text_counts c = text_count(w->text);

        if (c.capitals + c.smalls == 0)
            continue;
        if (w->conf_pct < LINE_PCT)
            return false;
        letters += c.capitals + c.smalls;
        sum += w->conf_pct;
        words++;
    }
    return words > 1 && letters >= SURE_LETTERS && sum >= words * SURE_PCT;
}

/* Whether a line reads as text of the language: so many words of it at least,
 * read so well on average. */
static bool is_language(const struct language *l, const struct line *line,
                        int words, int pct)
{
    int sum = 0, known = 0;

    for (int i = 0; i < line->n_words; i++) {
        sum += line->words[i].conf_pct;
        known += l == NULL || language_knows(l, line->words[i].text);
    }
    return known >= words && known * 2 >= line->n_words &&
           sum >= line->n_words * pct;
}

bool unread_is_text(const struct language *l, struct line *line)
{
    trim(l, line);
    return line->n_words > 0 &&
           (is_language(l, line, 2, LINE_PCT) || is_sure(line));
}

/* Among stamps more is asked of a line, unless it is of a list. */
static bool is_text_at(const struct language *l, struct line *line, int top)
{
    bool item = line->n_words > 0 && begins(&line->words[0], "-");

    if (item || line->box.y + line->box.h >= top)
        return unread_is_text(l, line);
    trim(l, line);
    return is_language(l, line, TOP_WORDS, TOP_LINE_PCT) && is_sure(line);
}

/* The number of the first line that is to follow one at b. */
static int place_of(const struct page *page, const struct box *b)
{
    for (int i = 0; i < page->n_lines; i++) {
        const struct box *o = &page->lines[i].box;

        if (o->y > b->y + b->h / 2 && o->x < b->x + b->w && b->x < o->x + o->w)
            return i;
    }
    return page->n_lines;
}

void unread_add(struct page *read, struct page *page)
{
    page_insert_lines(page, place_of(page, &read->lines[0].box), read);
}

/* A page on which no line was found: all of it is one block, a name beside a
 * seal or a line that is alone. */
static enum status read_as_block(struct recogniser *r, const struct language *l,
                                 PIX *pix, int dpi, struct page *page)
{
    struct box all = {0, 0, pixGetWidth(pix), pixGetHeight(pix)};
    struct page read = {0};
    enum status st =
        recognise_areas(r, pix, dpi, AREA_BLOCK, &all, 1, &read);

    for (int i = 0; st == STATUS_OK && i < read.n_lines; i++)
        if (unread_is_text(l, &read.lines[i]))
            page_take_line(page, &read.lines[i]);
    page_keep_mean(page);
    page_clear(&read);
    return st;
}

enum status unread_fill(struct recogniser *r, const struct language *l,
                        PIX *pix, int dpi, struct page *page)
{
    struct box boxes[LINES_MAX];
    struct page read[LINES_MAX] = {0};
    int height = word_height(page, dpi), n = 0;
    int top = stamps_end(page, pixGetHeight(pix));
    BOXA *found = height > 0 ? find_lines(pix, page, height) : NULL;
    enum status st = STATUS_OK;

    if (page->n_lines == 0)
        st = read_as_block(r, l, pix, dpi, page);
    if (found != NULL)
        n = choose(found, pix, page, height, boxes);
    if (found != NULL && st == STATUS_OK)
        st = folio_read(r, pix, dpi, height, found, page);
    boxaDestroy(&found);
    if (n > 0 && st == STATUS_OK)
        st = recognise_areas(r, pix, dpi, AREA_LINE, boxes, n, read);
    for (int i = 0; i < n; i++) {
        if (st == STATUS_OK && read[i].n_lines == 1 &&
            is_text_at(l, &read[i].lines[0], top))
            unread_add(&read[i], page);
        page_clear(&read[i]);
    }
    return st;
}
