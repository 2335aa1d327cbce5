/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text that is there for readers, searchers and copying, and never painted
 * (rendering mode 3). Each word stands at its box and is stretched to its
 * width; a space follows it, so that no reader has to guess where words end.
 * The words of a line stand on one baseline, or a reader would take the line
 * apart where letters reach below it.
 */
#include "pipeline/access_text.h"

#include "base/alloc.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STRAIGHT_DEG 0.5   /* lines that lean more have no common baseline */
#define DESCENT_SHARE 0.21 /* of a word's height is below the baseline */
#define SIZE_MIN 1.0
#define SIZE_SHARE 0.9 /* of the line's height: text that stands apart */
#define GAP_SHARE 0.25 /* of the size: less between words is no gap */
#define SHRINK_MIN 0.3 /* of a word's width is left, whatever its neighbour */
#define STRETCH_MAX 3000.0

/* A word's box seen upright: from where the writing begins. */
struct run {
    double along, across; /* of its lower left corner */
    double length, height;
};

/*
 * Upright coordinates of a page that is turned clockwise by turn: `along`
 * grows with the writing, `across` downward, in pixels of the image.
 */
static struct run run_of(const struct box *b, int turn)
{
    switch (turn) {
    case 90: /* writing runs upward */
        return (struct run){-(double)(b->y + b->h), b->x + b->w, b->h, b->w};
    case 180:
        return (struct run){-(double)(b->x + b->w), -(double)b->y, b->w, b->h};
    case 270: /* writing runs downward */
        return (struct run){b->y, -(double)b->x, b->h, b->w};
    default:
        return (struct run){b->x, b->y + b->h, b->w, b->h};
    }
}

/* Back to pixels of the image. */
static void to_pixels(double along, double across, int turn, double *x,
                      double *y)
{
    switch (turn) {
    case 90:
        *x = across;
        *y = -along;
        break;
    case 180:
        *x = -along;
        *y = -across;
        break;
    case 270:
        *x = -across;
        *y = along;
        break;
    default:
        *x = along;
        *y = across;
        break;
    }
}

struct text_writer {
    const struct page *page;
    const struct page_matrix *m;
    struct pdf_font *font;
    struct strbuf *out;
    const char *font_name;
    double ux, uy; /* one pixel along the writing, in user space */
    double vx, vy; /* one pixel upward */
};

static void direction(const struct text_writer *w, double along, double across,
                      double *dx, double *dy)
{
    double x;
    double y;
    to_pixels(along, across, w->page->turn_deg, &x, &y);
    *dx = w->m->a * x + w->m->c * y;
    *dy = w->m->b * x + w->m->d * y;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof(*values), compare_doubles);
    return values[n / 2];
}

/* The lower edge and the height the words of a line have in common. */
static void measure_line(const struct line *l, int turn, double *across,
                         double *height)
{
    double *values = xcalloc((size_t)l->n_words, sizeof(*values));
    for (int i = 0; i < l->n_words; i++)
        values[i] = run_of(&l->words[i].box, turn).across;
    *across = median(values, l->n_words);
    for (int i = 0; i < l->n_words; i++)
        values[i] = run_of(&l->words[i].box, turn).height;
    *height = median(values, l->n_words);
    free(values);
}

static void add_word(struct text_writer *w, const struct word *word,
                     const struct run *run, bool last)
{
    struct strbuf codes;
    strbuf_init(&codes);
    int characters = pdf_font_encode(w->font, word->text, &codes);
    if (!last)
        pdf_font_encode(w->font, " ", &codes);
    double unit_along = hypot(w->ux, w->uy);
    double unit_up = hypot(w->vx, w->vy);
    double size = fmax(SIZE_SHARE * run->height * unit_up, SIZE_MIN);
    double natural = characters * PDF_FONT_ADVANCE * size;
    double stretch = 100 * fmax(run->length, 1) * unit_along / natural;
    double x;
    double y;
    to_pixels(run->along, run->across - run->height * DESCENT_SHARE,
              w->page->turn_deg, &x, &y);
    strbuf_addf(w->out,
                "/%s %.2f Tf %.2f Tz %.5f %.5f %.5f %.5f %.2f %.2f Tm <",
                w->font_name, size, fmin(stretch, STRETCH_MAX),
                w->ux / unit_along, w->uy / unit_along, w->vx / unit_up,
                w->vy / unit_up, w->m->a * x + w->m->c * y + w->m->e,
                w->m->b * x + w->m->d * y + w->m->f);
    strbuf_add(w->out, codes.s, codes.len);
    strbuf_adds(w->out, "> Tj\n");
    strbuf_clear(&codes);
}

/*
 * Boxes of neighbours touch where a page leans or letters overhang, and then
 * readers see one word: end this one before the next begins, and begin it
 * behind *end, where the one before ended. *end moves on.
 */
static void keep_gap(struct run *run, const struct run *next, double *end)
{
    double gap = GAP_SHARE * run->height;
    double least = SHRINK_MIN * run->length;
    if (run->along < *end + gap) {
        run->length = fmax(run->length - (*end + gap - run->along), least);
        run->along = *end + gap;
    }
    if (next && next->along > run->along)
        run->length =
            fmin(run->length, fmax(next->along - run->along - gap, least));
    *end = run->along + run->length;
}

/* after: the first word of the next line, NULL on the last; it may stand on
 * the same height, in the next column. */
static void add_line(struct text_writer *w, const struct line *l,
                     const struct word *after)
{
    int turn = w->page->turn_deg;
    double across;
    double height;
    double begin = -HUGE_VAL;
    double end = -HUGE_VAL;
    bool straight = fabs(w->page->skew_deg) <= STRAIGHT_DEG;
    measure_line(l, turn, &across, &height);
    for (int i = 0; i < l->n_words; i++) {
        struct run run = run_of(&l->words[i].box, turn);
        if (straight)
            run.across = across;
        run.height = height;
        bool last = i + 1 == l->n_words;
        const struct word *follower = last ? after : &l->words[i + 1];
        struct run next = {0};
        if (follower)
            next = run_of(&follower->box, turn);
        /* A word before the last one's beginning starts a new row. */
        if (run.along < begin)
            end = -HUGE_VAL;
        begin = run.along;
        keep_gap(&run, follower ? &next : NULL, &end);
        add_word(w, &l->words[i], &run, last);
    }
}

void access_text_add(const struct page *p, const struct page_matrix *m,
                     struct pdf_font *font, const char *font_name,
                     struct strbuf *out)
{
    struct text_writer w = {
        .page = p, .m = m, .font = font, .out = out, .font_name = font_name};
    direction(&w, 1, 0, &w.ux, &w.uy);
    direction(&w, 0, -1, &w.vx, &w.vy);
    strbuf_adds(out, "BT\n3 Tr\n");
    for (int i = 0; i < p->n_lines; i++) {
        bool more = i + 1 < p->n_lines && p->lines[i + 1].n_words > 0;
        if (p->lines[i].n_words > 0)
            add_line(&w, &p->lines[i], more ? p->lines[i + 1].words : NULL);
    }
    strbuf_adds(out, "ET\n");
}
