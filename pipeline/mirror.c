/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line that was read for the most part in the mirror image is print of the
 * other side, and what stands in it whole belongs to it. A name written over
 * that line or a note between two reaches out of it.
 */
#include "pipeline/mirror.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "pipeline/assess.h"
#include "pipeline/leptonica.h"
#include "pipeline/orient.h"
#include "pipeline/page_geometry.h"
#include "pipeline/reading_copy.h"
#include "pipeline/recognise.h"

#include <math.h>
#include <stdlib.h>

#define LINE_WORDS_MIN 3
#define LINE_READ_PCT 50 /* of its words are syllables */
#define THIN_READ_PCT 25 /* the same of thin print, which is full of gaps */
#define SURELY_READ 30   /* syllables that no wrong direction has */
#define CLOSED_READ_MIN 10 /* less of what is full of gaps says nothing */
#define MM_PER_INCH 25.4
#define CLOSE_MM 0.25    /* as much thicker, its bits touch … */
#define CLOSE_MIN_PX 2
#define INK_BELOW 230 /* a hair of it is left, once it was made coarser */
#define PITCH_MAX 3      /* heights of a line from one to the next */
#define THIS_SIDE_MIN 2  /* syllables: a line that reads the right way */
#define SLACK_PART 5     /* of a line's height: as far do its parts reach out */

static bool is_read(const struct line *line, int syllables_pct)
{
    return line->n_words >= LINE_WORDS_MIN &&
           assess_line_syllables(line) * 100 >= line->n_words * syllables_pct;
}

/* Where a line of the mirror image stands on the page, and around it. */
static struct box on_page(const struct page_geometry *g, struct box line,
                          int width_px)
{
    int slack = line.h / SLACK_PART;

    line.x = width_px - line.x - line.w - slack;
    line.y -= slack;
    line.w += 2 * slack;
    line.h += 2 * slack;
    return geometry_to_original(g, line);
}

static bool holds(const struct box *outer, const struct box *inner)
{
    return inner->x >= outer->x && inner->y >= outer->y &&
           inner->x + inner->w <= outer->x + outer->w &&
           inner->y + inner->h <= outer->y + outer->h;
}

/* How many letters of the traces stand whole in one of the boxes. */
static int letters_in(const struct traces *t, const struct box *boxes, int n)
{
    int letters = 0;

    for (int i = 0; i < t->n; i++) {
        bool behind = false;

        for (int k = 0; k < n && !behind; k++)
            behind = holds(&boxes[k], &t->of[i].box);
        letters += behind ? t->of[i].letters : 0;
    }
    return letters;
}

/* How many letters of the traces stand in lines of the mirror image of which so
 * many words are syllables. */
static int letters_behind(const struct traces *t, const struct page *mirrored,
                          int syllables_pct, const struct page_geometry *g,
                          int width_px)
{
    AUTO(free_void)
    struct box *boxes =
        xcalloc((size_t)mirrored->n_lines + 1, sizeof(*boxes));
    int n = 0;

    for (int k = 0; k < mirrored->n_lines; k++)
        if (is_read(&mirrored->lines[k], syllables_pct))
            boxes[n++] = on_page(g, mirrored->lines[k].box, width_px);
    return letters_in(t, boxes, n);
}

/* What the words of the mirror image say of the surface. */
static void take_mirrored(struct surface *s, const struct page *mirrored,
                          const struct page_geometry *g, int width_px)
{
    s->medium_behind =
        letters_behind(&s->traces, mirrored, LINE_READ_PCT, g, width_px);
    s->outside = s->strokes.medium - letters_behind(&s->strokes, mirrored,
                                                    THIN_READ_PCT, g, width_px);
}

enum status mirror_read(struct reading_copy *c, struct recogniser *r,
                        const struct orientation *o)
{
    enum status st = STATUS_OK;

    for (int quarter = 0;
         quarter < 4 && st == STATUS_OK && c->surface.mirrored < SURELY_READ;
         quarter += o->axis_sure ? 2 : 1) {
        struct page_geometry geometry;
        struct page mirrored = {0};
        int wants_deg, syllables;
        AUTO(pixDestroy)
        PIX *image = reading_copy_turned(
            c, (o->turn_deg + 90 * quarter) % 360,
            quarter % 2 ? o->other_skew_deg : o->skew_deg, &geometry);

        if (image == NULL || pixFlipLR(image, image) == NULL)
            return fail(STATUS_LIMIT, _("no memory for turning the page"));
        st = recognise(r, image, (int)lround(c->dpi), &mirrored, &wants_deg);
        syllables = assess_syllables(&mirrored);
        if (syllables > c->surface.mirrored) {
            c->surface.mirrored = syllables;
            take_mirrored(&c->surface, &mirrored, &geometry,
                          pixGetWidth(image));
        }
        page_clear(&mirrored);
    }
    return st;
}

/* A reading of the copy with its gaps closed. */
struct closed_reading {
    struct page page; /* boxes in pixels of the image that was read */
    struct page_geometry geometry;
    int width_px; /* of that image */
    int turn_deg;
    int syllables;
};

/* Bits of black grown until those of a letter touch, without the frame. */
static PIX *close_gaps(PIX *image, double dpi)
{
    int wide_px = (int)lround(CLOSE_MM / MM_PER_INCH * dpi);
    int px = wide_px > CLOSE_MIN_PX ? wide_px : CLOSE_MIN_PX;
    AUTO(pixDestroy)
    PIX *black = pixGetDepth(image) == 1
                     ? pixClone(image)
                     : pixThresholdToBinary(image, INK_BELOW);
    AUTO(pixDestroy)
    PIX *inner = black != NULL ? pixRemoveBorderConnComps(black, 8) : NULL;

    return inner != NULL ? pixDilateBrick(NULL, inner, px, px) : NULL;
}

/* Read it as lines one below the other: layout analysis leaves such bits out
 * as dirt. out: page_clear() its page */
static enum status read_closed(const struct reading_copy *c,
                               struct recogniser *r, int turn_deg,
                               double skew_deg, bool mirror,
                               struct closed_reading *out)
{
    AUTO(pixDestroy)
    PIX *image = reading_copy_turned(c, turn_deg, skew_deg, &out->geometry);
    AUTO(pixDestroy) PIX *closed = NULL;
    struct box all;
    enum status st;

    if (image == NULL || (mirror && pixFlipLR(image, image) == NULL) ||
        (closed = close_gaps(image, c->dpi)) == NULL)
        return fail(STATUS_LIMIT, _("no memory for turning the page"));
    all = (struct box){0, 0, pixGetWidth(closed), pixGetHeight(closed)};
    st = recognise_areas(r, closed, (int)lround(c->dpi), AREA_BLOCK, &all, 1,
                         &out->page);
    out->width_px = all.w;
    out->turn_deg = turn_deg;
    out->syllables = assess_syllables(&out->page);
    return st;
}

/* The direction in which most of the mirror image reads. */
static enum status find_closed(const struct reading_copy *c,
                               struct recogniser *r,
                               const struct orientation *o,
                               struct closed_reading *best)
{
    enum status st = STATUS_OK;

    for (int quarter = 0;
         quarter < 4 && st == STATUS_OK && best->syllables < SURELY_READ;
         quarter++) {
        struct closed_reading next = {0};

        st = read_closed(c, r, (o->turn_deg + 90 * quarter) % 360,
                         quarter % 2 ? o->other_skew_deg : o->skew_deg, true,
                         &next);
        if (next.syllables > best->syllables) {
            page_clear(&best->page);
            *best = next;
        } else {
            page_clear(&next.page);
        }
    }
    return st;
}

static bool overlap(const struct box *a, const struct box *b)
{
    return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h &&
           b->y < a->y + a->h;
}

/* Lines of the mirror image, on the page. */
struct block {
    struct box *boxes;
    int n;
};

/* The lines that are read in the mirror image and those that follow on them:
 * too little may be left of one to be read, but a block of print has no line
 * of the other side in it. */
static struct block block_behind(const struct closed_reading *m)
{
    const struct page *p = &m->page;
    struct block b = {xcalloc((size_t)p->n_lines + 1, sizeof(*b.boxes)), 0};
    AUTO(free_void) bool *in = xcalloc((size_t)p->n_lines + 1, sizeof(*in));

    for (int i = 0; i < p->n_lines; i++)
        in[i] = is_read(&p->lines[i], THIN_READ_PCT);
    for (int pass = 0; pass < 2; pass++) { /* downwards, then upwards */
        int step = pass == 0 ? 1 : -1;

        for (int k = 1; k < p->n_lines; k++) {
            int i = pass == 0 ? k : p->n_lines - 1 - k;
            const struct box *near = &p->lines[i - step].box;
            const struct box *here = &p->lines[i].box;

            in[i] |= in[i - step] && p->lines[i].n_words >= LINE_WORDS_MIN &&
                     abs(here->y - near->y) <= PITCH_MAX * near->h;
        }
    }
    for (int i = 0; i < p->n_lines; i++)
        if (in[i])
            b.boxes[b.n++] = on_page(&m->geometry, p->lines[i].box,
                                     m->width_px);
    return b;
}

/* Leave out the lines where something reads the right way. straight: on the
 * page */
static void leave_read(struct block *b, const struct page *straight)
{
    int kept = 0;

    for (int i = 0; i < b->n; i++) {
        bool read = false;

        for (int k = 0; k < straight->n_lines && !read; k++)
            read = overlap(&b->boxes[i], &straight->lines[k].box) &&
                   assess_line_syllables(&straight->lines[k]) >= THIS_SIDE_MIN;
        if (!read)
            b->boxes[kept++] = b->boxes[i];
    }
    b->n = kept;
}

enum status mirror_read_closed(struct reading_copy *c, struct recogniser *r)
{
    AUTO(pixDestroy) PIX *closed = close_gaps(c->grey, c->dpi);
    struct closed_reading m = {0};
    struct surface *s = &c->surface;
    struct orientation o;
    struct block behind;
    enum status st;

    if (closed == NULL)
        return fail(STATUS_LIMIT, _("no memory for turning the page"));
    o = orient_find(closed, closed);
    st = find_closed(c, r, &o, &m);

    if (st != STATUS_OK || m.syllables < CLOSED_READ_MIN) {
        page_clear(&m.page);
        return st;
    }
    behind = block_behind(&m);
    for (int half = 0; half < 360 && st == STATUS_OK; half += 180) {
        struct closed_reading straight = {0};

        st = read_closed(c, r, (m.turn_deg + half) % 360, m.geometry.skew_deg,
                         false, &straight);
        geometry_map_page(&straight.geometry, &straight.page);
        leave_read(&behind, &straight.page);
        if (straight.syllables > s->closed_straight)
            s->closed_straight = straight.syllables;
        page_clear(&straight.page);
    }
    s->closed_mirrored = m.syllables;
    s->closed_outside =
        s->strokes.medium - letters_in(&s->strokes, behind.boxes, behind.n);
    free(behind.boxes);
    page_clear(&m.page);
    return st;
}
