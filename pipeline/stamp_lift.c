/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What has an outline is set straight and read alone, without the outline. If
 * it is a stamp, its lines are taken off the page, and the rows that are surely
 * its own: with no print beside them, beyond its sides. Of a stamp that stands
 * free all goes.
 */
#include "pipeline/stamp_lift.h"

#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/language.h"
#include "pipeline/leptonica.h"
#include "pipeline/recognise.h"
#include "pipeline/stamp_frame.h"
#include "pipeline/stamp_ink.h"
#include "pipeline/stamp_rim.h"
#include "pipeline/stamp_words.h"
#include "pipeline/word_runs.h"
#include <math.h>
#include <stdlib.h>

#define MM (STAMP_DPI / 25.4)
#define SURE_PCT 60 /* words of a stamp that are taken off */
#define WORD_PAD_PX 2
#define BESIDE_FROM_MM 1.0 /* from a side: where print beside it is */
#define BESIDE_TO_MM 4.5
#define BESIDE_DARK_PX 8 /* of it: a letter */
#define EDGE_MM 0.8      /* inside a side: what it cuts through ends there */
#define INNER_RIM_MM 0.6 /* what is left of lines within */
#define AGENCY_HEIGHT_MAX_MM 3.4 /* the print of a title is larger */
#define DRAWN_PCT 40      /* of the sides of an outline: else it is none */
#define DRAWN_WELL_PCT 95 /* of an outline whose words tell nothing */
#define CROSSED_MIN 2     /* letters across the sides */
#define LEAN_DEG 2.5      /* against the page: what is printed does not */
#define LABELS_MIN 3
#define LETTERS_MIN 4  /* read surely where words tell nothing more */
#define UPRIGHT_PCT 80 /* mean confidence of what stands upright */
#define UPRIGHT_LETTERS 12
#define CROSSED_LABELS_MIN 2
#define RIM_MM 1.8          /* a second line is no further out */
#define CROSSED_FROM_MM 0.5 /* from a side: print that crosses it is there */
#define CROSSED_TO_MM 1.3
#define CROSSED_DARK_PX 5
#define CROSSED_REACH_MM 4.0 /* how far a line of print reaches in */
#define CROSSED_PCT 30       /* at most, what is read where print crosses */
#define FREE_MM 2.5          /* about a stamp without print */

static void clear(struct lifted *l)
{
    page_clear(&l->read);
    pixDestroy(&l->gone);
    *l = (struct lifted){0};
}

void lifted_clear(struct lifted_stamps *l)
{
    for (int i = 0; i < l->n; i++)
        clear(&l->v[i]);
    l->n = 0;
}

/* Where a point of the image that stamps were found in lies on the straight
 * picture of one. */
static void to_straight(const struct stamps *s, const struct lifted *l,
                        const struct page_geometry *g, double *x, double *y)
{
    *x = *x * g->width_px / s->width_px - l->where.x;
    *y = *y * g->height_px / s->height_px - l->where.y;
    geometry_from_original(&l->geometry, x, y);
}

static struct box straight_outline(const struct stamps *s,
                                   const struct outline *o,
                                   const struct lifted *l,
                                   const struct page_geometry *g)
{
    double x[4], y[4], left, top, right, bottom;

    for (int i = 0; i < 4; i++) {
        x[i] = o->x[i];
        y[i] = o->y[i];
        to_straight(s, l, g, &x[i], &y[i]);
    }
    left = fmin(fmin(x[0], x[1]), fmin(x[2], x[3]));
    top = fmin(fmin(y[0], y[1]), fmin(y[2], y[3]));
    right = fmax(fmax(x[0], x[1]), fmax(x[2], x[3]));
    bottom = fmax(fmax(y[0], y[1]), fmax(y[2], y[3]));
    return (struct box){(int)lround(left), (int)lround(top),
                        (int)lround(right - left), (int)lround(bottom - top)};
}

/* The box around an outline on the original. */
static struct box outline_on_page(const struct stamps *s,
                                  const struct outline *o,
                                  const struct page_geometry *g)
{
    double fx = (double)g->width_px / s->width_px;
    double fy = (double)g->height_px / s->height_px;
    double left = fmax(0, fmin(o->x[0], o->x[3]) * fx);
    double top = fmax(0, fmin(o->y[0], o->y[1]) * fy);
    double right = fmin(g->width_px, fmax(o->x[1], o->x[2]) * fx);
    double bottom = fmin(g->height_px, fmax(o->y[2], o->y[3]) * fy);

    return (struct box){(int)left, (int)top, (int)(right - left),
                        (int)(bottom - top)};
}

static int dark_in(PIX *bits, int x, int y, int w, int h)
{
    int right = x + w, bottom = y + h;
    BOX *b;
    PIX *part;
    l_int32 n = 0;

    x = x > 0 ? x : 0;
    y = y > 0 ? y : 0;
    if (right <= x || bottom <= y || x >= pixGetWidth(bits) ||
        y >= pixGetHeight(bits))
        return 0;
    b = boxCreate(x, y, right - x, bottom - y);
    part = b != NULL ? pixClipRectangle(bits, b, NULL) : NULL;
    if (part != NULL)
        pixCountPixels(part, &n, NULL);
    pixDestroy(&part);
    boxDestroy(&b);
    return n;
}

/* Whether print stands beside the stamp at the height of a row. */
static bool has_print_beside(PIX *bits, const struct box *in,
                             const struct box *row)
{
    int from = (int)(BESIDE_FROM_MM * MM), to = (int)(BESIDE_TO_MM * MM);

    return dark_in(bits, in->x - to, row->y, to - from, row->h) >=
               BESIDE_DARK_PX ||
           dark_in(bits, in->x + in->w + from, row->y, to - from, row->h) >=
               BESIDE_DARK_PX;
}

/* Whether nothing is printed close about a stamp. */
static bool is_free(PIX *bits, const struct box *in)
{
    int rim = (int)(FREE_MM * MM), gap = (int)MM;
    int all = dark_in(bits, in->x - rim, in->y - rim, in->w + 2 * rim,
                      in->h + 2 * rim);
    int inner = dark_in(bits, in->x - gap, in->y - gap, in->w + 2 * gap,
                        in->h + 2 * gap);

    return all - inner < BESIDE_DARK_PX;
}

/* Whether print crosses a side where it would run into a row. */
static bool is_crossed(PIX *bits, const struct lifted *l, const struct box *row)
{
    const struct box *in = &l->inside;
    int from = (int)(CROSSED_FROM_MM * MM), to = (int)(CROSSED_TO_MM * MM);
    int reach = (int)(CROSSED_REACH_MM * MM + l->lean * in->w), h = to - from;
    int right = in->x + in->w, bottom = in->y + in->h;

    return dark_in(bits, in->x - to, row->y, h, row->h) >= CROSSED_DARK_PX ||
           dark_in(bits, right + from, row->y, h, row->h) >= CROSSED_DARK_PX ||
           (row->y < in->y + reach &&
            dark_in(bits, in->x, in->y - to, in->w, h) >= CROSSED_DARK_PX) ||
           (row->y + row->h > bottom - reach &&
            dark_in(bits, in->x, bottom + from, in->w, h) >= CROSSED_DARK_PX);
}

/* What is read where print crosses is unsure, whatever it looks like. */
static void doubt_crossed(PIX *bits, struct lifted *l)
{
    for (int i = 0; i < l->read.n_lines; i++) {
        struct line *row = &l->read.lines[i];
        bool crossed = is_crossed(bits, l, &row->box);

        for (int k = 0; k < row->n_words && crossed; k++)
            if (text_count(row->words[k].text).digits > 0 &&
                row->words[k].conf_pct > CROSSED_PCT)
                row->words[k].conf_pct = CROSSED_PCT;
    }
}

static void take_words(const struct line *row, int from, int end, PIX *gone)
{
    for (int k = from; k < end; k++) {
        const struct box *b = &row->words[k].box;

        if (row->words[k].conf_pct >= SURE_PCT)
            pixRasterop(gone, b->x - WORD_PAD_PX, b->y - WORD_PAD_PX,
                        b->w + 2 * WORD_PAD_PX, b->h + 2 * WORD_PAD_PX, PIX_SET,
                        NULL, 0, 0);
    }
}

/* Whether words that stand side by side are cut through by the outline. */
static bool is_cut(const struct box *in, const struct box *run)
{
    int edge = (int)(EDGE_MM * MM);

    return run->x <= in->x + edge || run->x + run->w >= in->x + in->w - edge;
}

/* Whether a row above those with labels is in the small print of an agency. */
static bool is_small(const struct line *row)
{
    return row->box.h <= AGENCY_HEIGHT_MAX_MM * MM;
}

/* What is read of the print that runs across a stamp is none of its words. */
static void drop_print(PIX *bits, struct lifted *l)
{
    bool labelled = false;

    for (int i = 0; i < l->read.n_lines; i++) {
        struct line *row = &l->read.lines[i];
        bool label = stamp_has_label(l->labels, row, 0, row->n_words);
        int kept = 0;

        labelled = labelled || label;
        if (l->free || !has_print_beside(bits, &l->inside, &row->box))
            continue;
        for (int from = 0, end; from < row->n_words; from = end) {
            struct box run;
            bool own;

            end = word_run_end(row, from);
            run = words_box(row, from, end);
            own = stamp_has_label(l->labels, row, from, end) ||
                  (!is_cut(&l->inside, &run) &&
                   (label || (!labelled && is_small(row))));
            for (int k = from; k < end; k++) {
                if (own) {
                    row->words[kept++] = row->words[k];
                } else {
                    free(row->words[k].text);
                    free(row->words[k].raw);
                }
            }
        }
        row->n_words = kept;
    }
    page_drop_empty_lines(&l->read);
}

/* The words of a row that are a stamp's own, print beside it or not: not those
 * that the outline cuts through. all: not only those behind a label */
static void take_runs(const struct lifted *l, const struct line *row, bool all,
                      PIX *gone)
{
    for (int from = 0, end; from < row->n_words; from = end) {
        struct box run;

        end = word_run_end(row, from);
        run = words_box(row, from, end);
        if (!is_cut(&l->inside, &run) &&
            (all || stamp_has_label(l->labels, row, from, end)))
            take_words(row, from, end, gone);
    }
}

/* Set in `gone` what is a stamp's own and no print: rows with labels, the
 * agency in small print above them. */
static void take_rows(PIX *bits, const struct lifted *l, PIX *gone)
{
    const struct box *in = &l->inside;
    int rim = (int)(RIM_MM * MM);
    bool labelled = false;

    if (l->free) {
        pixRasterop(gone, in->x - rim, in->y - rim, in->w + 2 * rim,
                    in->h + 2 * rim, PIX_SET, NULL, 0, 0);
        return;
    }
    for (int i = 0; i < l->read.n_lines; i++) {
        const struct line *row = &l->read.lines[i];
        const struct box *b = &row->box;
        bool label = stamp_has_label(l->labels, row, 0, row->n_words);
        bool beside = has_print_beside(bits, in, b);

        labelled = labelled || label;
        if (label && !beside && !is_crossed(bits, l, b))
            pixRasterop(gone, in->x, b->y - WORD_PAD_PX, in->w,
                        b->h + 2 * WORD_PAD_PX, PIX_SET, NULL, 0, 0);
        else if (label)
            take_runs(l, row, !beside, gone);
        else if (!labelled && is_small(row))
            take_runs(l, row, true, gone);
    }
}

/* From the copy that is read to the straight picture, as a linear map. */
struct map {
    double x0, y0, xx, xy, yx, yy;
};

static struct map map_of(const struct lifted *l, const struct page_geometry *g)
{
    double x[3] = {0, 1000, 0}, y[3] = {0, 0, 1000};

    for (int i = 0; i < 3; i++) {
        geometry_point_to_original(g, &x[i], &y[i]);
        x[i] -= l->where.x;
        y[i] -= l->where.y;
        geometry_from_original(&l->geometry, &x[i], &y[i]);
    }
    return (struct map){x[0],
                        y[0],
                        (x[1] - x[0]) / 1000,
                        (y[1] - y[0]) / 1000,
                        (x[2] - x[0]) / 1000,
                        (y[2] - y[0]) / 1000};
}

/* The part of the copy that the original's place is on. */
static struct box place_on_copy(const struct box *where,
                                const struct page_geometry *g, PIX *copy)
{
    double left = INFINITY, top = INFINITY, right = 0, bottom = 0;

    for (int i = 0; i < 4; i++) {
        double x = where->x + (i & 1 ? where->w : 0);
        double y = where->y + (i & 2 ? where->h : 0);

        geometry_from_original(g, &x, &y);
        left = fmin(left, x);
        top = fmin(top, y);
        right = fmax(right, x);
        bottom = fmax(bottom, y);
    }
    left = fmax(left, 0);
    top = fmax(top, 0);
    right = fmin(right, pixGetWidth(copy));
    bottom = fmin(bottom, pixGetHeight(copy));
    return (struct box){(int)left, (int)top, (int)(right - left),
                        (int)(bottom - top)};
}

/* Make white on the copy what is gone of a stamp. */
static void take_off(PIX **upright, const struct lifted *l,
                     const struct page_geometry *g)
{
    PIX *copy = pixCopy(NULL, *upright);
    struct map m = map_of(l, g);
    struct box b;
    l_uint32 white = pixGetDepth(*upright) == 1 ? 0 : 255;

    if (copy == NULL)
        return;
    pixDestroy(upright);
    *upright = copy;
    b = place_on_copy(&l->where, g, copy);

    for (int y = b.y; y < b.y + b.h; y++) {
        for (int x = b.x; x < b.x + b.w; x++) {
            double px = x + 0.5, py = y + 0.5;
            int sx = (int)(m.x0 + px * m.xx + py * m.yx);
            int sy = (int)(m.y0 + px * m.xy + py * m.yy);
            l_uint32 set = 0;

            if (pixGetPixel(l->gone, sx, sy, &set) == 0 && set)
                pixSetPixel(copy, x, y, white);
        }
    }
}

/* The straight picture without its outline and what is beyond. */
static PIX *only_inside(PIX *straight, const struct box *in, PIX *lines)
{
    PIX *made = pixCreate(pixGetWidth(straight), pixGetHeight(straight), 8);
    int rim = (int)(INNER_RIM_MM * MM);

    if (made == NULL)
        return NULL;
    pixSetAll(made);
    pixRasterop(made, in->x + rim, in->y + rim, in->w - 2 * rim,
                in->h - 2 * rim, PIX_SRC, straight, in->x + rim, in->y + rim);
    pixSetMasked(made, lines, 255);
    stamp_wipe_lines(made);
    return made;
}

static enum status read_inside(struct recogniser *r, PIX *straight, PIX *lines,
                               struct lifted *l)
{
    AUTO(pixDestroy) PIX *alone = only_inside(straight, &l->inside, lines);

    if (alone == NULL)
        return STATUS_OK; /* a stamp less */
    return recognise_areas(r, alone, (int)STAMP_DPI, AREA_BLOCK, &l->inside, 1,
                           &l->read);
}

/* How many letters were read surely: of strokes of a pen none are. */
static int sure_letters(const struct page *read)
{
    int letters = 0;

    for (int i = 0; i < read->n_lines; i++)
        for (int k = 0; k < read->lines[i].n_words; k++)
            if (read->lines[i].words[k].conf_pct >= SURE_PCT)
                letters += text_word_length(read->lines[i].words[k].text);
    return letters;
}

/* Whether what was read is so well read that it stands upright. */
static bool is_upright(const struct page *read)
{
    return read->confidence_pct >= UPRIGHT_PCT &&
           sure_letters(read) >= UPRIGHT_LETTERS;
}

static enum status read_frame(struct recogniser *r, const struct stamps *s,
                              const struct stamped *cut,
                              const struct page_geometry *g, struct lifted *l)
{
    struct page on = {.width_px = g->width_px,
                      .height_px = g->height_px,
                      .turn_deg = g->turn_deg};
    double lean_deg = -atan(outline_slope(&cut->outline)) * 180 / M_PI;
    AUTO(pixDestroy)
    PIX *straight =
        stamp_straighten(s, cut, lean_deg, &on, &l->geometry, &l->where);
    AUTO(pixDestroy) PIX *bits = straight ? stamp_ink(straight) : NULL;
    AUTO(pixDestroy) PIX *gone = NULL;
    int drawn_pct;
    enum status st;
    bool leans, crossed;

    if (bits == NULL)
        return STATUS_OK;
    l->inside = straight_outline(s, &cut->outline, l, g);
    l->box = outline_on_page(s, &cut->outline, g);
    gone = stamp_rim(bits, &l->inside, &drawn_pct);
    l->settled = drawn_pct < DRAWN_PCT;
    if (gone == NULL || l->settled)
        return STATUS_OK;
    st = read_inside(r, straight, gone, l);
    if (st != STATUS_OK)
        return st;
    l->lean = fabs(tan((lean_deg - g->skew_deg) * M_PI / 180));
    pixSubtract(bits, bits, gone);
    crossed = stamp_rim_crossings(bits, &l->inside) >= CROSSED_MIN;
    l->free = is_free(bits, &l->inside);
    leans = fabs(lean_deg - g->skew_deg) >= LEAN_DEG;
    l->told = stamp_is_told(l->labels, &l->read, &on, &l->where) ||
              stamp_says_urgent(l->labels, &l->read) ||
              stamp_count_labels(l->labels, &l->read) >=
                  (leans     ? 1
                   : crossed ? CROSSED_LABELS_MIN
                             : LABELS_MIN);
    l->settled = l->told || is_upright(&l->read);
    if (l->told) {
        drop_print(bits, l);
        take_rows(bits, l, gone);
        doubt_crossed(bits, l);
    }
    if (l->told ? leans || !l->free
                : (leans || crossed) && sure_letters(&l->read) >= LETTERS_MIN &&
                      drawn_pct >= DRAWN_WELL_PCT)
        l->gone = pixClone(gone);
    return STATUS_OK;
}

enum status stamps_lift(struct recogniser *r, const struct stamps *s,
                        PIX **upright, const struct page_geometry *g,
                        struct lifted_stamps *out)
{
    enum status st = STATUS_OK;
    int n = 0;

    for (int i = 0; i < s->n_frames && st == STATUS_OK; i++) {
        struct lifted *l = &out->v[n];

        if (!s->frames[i].outlined)
            continue;
        if (!l->settled) {
            clear(l);
            l->labels = out->labels;
            st = read_frame(r, s, &s->frames[i], g, l);
        }
        if (st == STATUS_OK && l->gone != NULL)
            take_off(upright, l, g);
        n++;
        out->n = n > out->n ? n : out->n;
    }
    return st;
}
