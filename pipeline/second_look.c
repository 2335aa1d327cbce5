/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The larger model takes its time: it reads only the parts of lines that are in
 * doubt. What the two readings come to, two_readings.c says.
 */
#include "pipeline/second_look.h"

#include "base/alloc.h"
#include "pipeline/leptonica.h"
#include "pipeline/recognise.h"
#include "pipeline/two_readings.h"
#include "pipeline/word_runs.h"
#include <stdlib.h>

#define LINE_PCT 40   /* a line read worse than that is no print */
#define PAD_PART 5    /* of a line's height: white round it */
#define PARTS_MAX 128 /* more weak parts than that: it is no text */

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

/* Whether the line is print at all, and lies. */
static bool is_print(const struct line *line)
{
    int sum = 0;

    for (int i = 0; i < line->n_words; i++)
        sum += line->words[i].conf_pct;
    return line->n_words > 0 && line->box.h <= 2 * line->box.w &&
           sum >= line->n_words * LINE_PCT;
}

/* The part of the page where the part of the line is, with white round it. */
static struct box box_of(const struct line_part *part, PIX *pix)
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

/* Add the weak parts of a line to n others, with a neighbour at both ends:
 * words at the edge of a picture are read worse. How many there are then. */
static int add_parts(struct line *line, struct line_part *parts, int n)
{
    int last = -1; /* part of this line */

    for (int i = 0; i < line->n_words && n < PARTS_MAX; i++) {
        int from = i > 0 ? i - 1 : 0;

        if (!word_is_weak(&line->words[i]))
            continue;
        if (last < 0 || parts[last].to < from) {
            last = n++;
            parts[last] = (struct line_part){.line = line, .from = from};
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
    struct line_part parts[PARTS_MAX];
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
        /* more lines than one: there is nothing to compare */
        if (st == STATUS_OK && again[i].n_lines == 1)
            two_readings_settle(l, &parts[i], &again[i].lines[0]);
        page_clear(&again[i]);
    }
    for (int i = 0; i < page->n_lines; i++)
        two_readings_tidy(&page->lines[i]);
    page_keep_mean(page);
    return st;
}
