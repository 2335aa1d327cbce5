/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is left of the room of a signature once words that were read well, the
 * seal and ruled lines are taken away is looked at part by part. Strokes of a
 * pen hang together over more than a line of print is high, are thin, neither
 * level nor upright, and part of no ring. Inside a seal nothing can be told:
 * what reaches out of it counts. A seal often hides the title: beside one,
 * strokes are looked for without. Of 27 signed papers, most in black and white
 * and sealed across signature and title, 22 are found; of 85 made pages without
 * a signature, half of them sealed, none.
 */
#include "pipeline/pen_strokes.h"

#include "pipeline/bilevel.h"
#include "pipeline/leptonica.h"
#include "pipeline/seal_ring.h"
#include "pipeline/signing.h"
#include "pipeline/stamp.h"
#include <math.h>

#define MM_PER_INCH 25.4
#define LEFT_MM 28.0      /* of the block: seals stand there */
#define AROUND_MM 20.0    /* of it, at the other sides */
#define ABOVE_MM 4.0      /* the title's end, where strokes have their middle */
#define RIGHT_MM 45.0     /* of a seal: how far names reach */
#define SEAL_FROM 0.3     /* of the width: where the middle of a seal … */
#define SEAL_TO 0.85      /* … is that belongs to a signature */
#define ALONE_MIN_MM 12.0 /* from corner to corner, without a title */
#define READ_WELL_PCT 75
#define SEAL_RIM_MM 3.0  /* the ring that was found may be its inner one */
#define RULE_MM 10.0     /* a level or upright line */
#define SPAN_MIN_MM 8.0  /* of a stroke, from corner to corner */
#define HIGH_MIN_MM 6.0  /* of a stroke: no letter is so high */
#define LOW_MIN_MM 4.0   /* of one that is wide and hardly full: … */
#define LOW_WIDE_MM 10.0 /* … letters that touch are fuller */
#define LOW_FULL_PCT 15
#define WIDE_MIN_MM 3.0 /* less: a rule that is not quite upright */
#define LONG_PART 12    /* so many times longer than high: not quite level */
#define THICK_MIN_MM 0.15
#define THICK_MAX_MM 1.4
#define FULL_MAX_PCT 40 /* of its box */
#define ARC_MIN_MM 7.0  /* radius of a seal's rings */
#define ARC_MAX_MM 24.0
#define ARC_SPREAD_MM 0.6
#define RUN_MM 4.0  /* a level or upright run: of pens rarely … */
#define RUN_PCT 40  /* … so much of a part: it is what is left of a table */
#define EDGE_MM 3.0 /* of the page: shadows */

/* One part of what is left, measured in millimetres. */
struct part {
    double w, h;
    double thick, full_pct;
    double runs_pct;               /* level or upright */
    double arc_radius, arc_spread; /* of the circle through it */
};

/* Where to look, in pixels of the page. */
struct room {
    struct box area;
    struct box middles;     /* of strokes */
    const struct box *seal; /* strokes must be beside it; NULL: need not */
    int titles_end;
};

static struct box clip_to(PIX *pix, struct box b)
{
    int right = b.x + b.w, bottom = b.y + b.h;

    b.x = b.x < 0 ? 0 : b.x;
    b.y = b.y < 0 ? 0 : b.y;
    right = right > pixGetWidth(pix) ? pixGetWidth(pix) : right;
    bottom = bottom > pixGetHeight(pix) ? pixGetHeight(pix) : bottom;
    b.w = right - b.x;
    b.h = bottom - b.y;
    return b;
}

static bool room_by_title(PIX *pix, double mm, const struct page *page,
                          struct room *out)
{
    struct box b;
    int left = (int)(LEFT_MM * mm), around = (int)(AROUND_MM * mm);
    int top;

    if (!signing_find(page, pixGetWidth(pix), pixGetHeight(pix), &b,
                      &out->titles_end))
        return false;
    top = out->titles_end - (int)(ABOVE_MM * mm);
    out->middles = (struct box){b.x, top, b.w, b.y + b.h - top};
    out->area = clip_to(pix, (struct box){b.x - left, b.y - around,
                                          b.w + left + around, b.h + around});
    return true;
}

/* Where the seal lies over the title: right of it, where the name is. */
static bool room_by_seal(PIX *pix, double mm, const struct pen_strokes *known,
                         struct room *out)
{
    for (int i = 0; i < known->n_seals; i++) {
        const struct box *b = &known->seals[i];
        int middle = b->x + b->w / 2;

        if (middle < pixGetWidth(pix) * SEAL_FROM ||
            middle > pixGetWidth(pix) * SEAL_TO)
            continue;
        out->seal = b;
        out->titles_end = b->y + b->h / 2;
        out->middles = (struct box){middle, b->y - (int)(ABOVE_MM * mm),
                                    b->w / 2 + (int)(RIGHT_MM * mm),
                                    b->h + (int)(2 * ABOVE_MM * mm)};
        out->area =
            clip_to(pix, (struct box){b->x - (int)(AROUND_MM * mm),
                                      b->y - (int)(AROUND_MM * mm),
                                      b->w + (int)(2 * RIGHT_MM * mm),
                                      b->h + (int)(2 * AROUND_MM * mm)});
        return true;
    }
    return false;
}

static void wipe_words(PIX *bits, const struct page *page,
                       const struct box *area)
{
    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            const struct word *w = &page->lines[i].words[k];

            if (w->conf_pct >= READ_WELL_PCT)
                pixRasterop(bits, w->box.x - area->x, w->box.y - area->y,
                            w->box.w, w->box.h, PIX_CLR, NULL, 0, 0);
        }
    }
}

static void wipe_disc(PIX *bits, const struct box *b, double rim)
{
    double x0 = b->x + b->w / 2.0, y0 = b->y + b->h / 2.0;
    double radius = b->w / 2.0 + rim;

    for (int y = (int)(y0 - radius); y <= (int)(y0 + radius); y++) {
        double half = radius * radius - (y - y0) * (y - y0);
        int reach = half > 0 ? (int)sqrt(half) : 0;

        pixRasterop(bits, (int)x0 - reach, y, 2 * reach + 1, 1, PIX_CLR, NULL,
                    0, 0);
    }
}

static void wipe_rules(PIX *bits, double mm)
{
    int length = (int)(RULE_MM * mm);

    for (int i = 0; i < 2; i++) {
        AUTO(pixDestroy)
        PIX *rules = pixOpenBrick(NULL, bits, i ? 1 : length, i ? length : 1);

        if (rules != NULL && pixDilateBrick(rules, rules, 3, 3) != NULL)
            pixSubtract(bits, bits, rules);
    }
}

static PIX *ink_of(PIX *pix, const struct box *area)
{
    AUTO(boxDestroy) BOX *b = boxCreate(area->x, area->y, area->w, area->h);
    AUTO(pixDestroy) PIX *clip = pixClipRectangle(pix, b, NULL);
    AUTO(pixDestroy) PIX *made = clip != NULL ? bilevel_make(clip) : NULL;

    /* of one bit it may be the same picture */
    return made != NULL ? pixCopy(NULL, made) : NULL;
}

static void find_seals(PIX *bits, double dpi, const struct box *area,
                       struct pen_strokes *out)
{
    out->n_seals = seal_rings_find(bits, dpi, out->seals, PEN_SEALS_MAX);
    for (int i = 0; i < out->n_seals; i++) {
        out->seals[i].x += area->x;
        out->seals[i].y += area->y;
    }
}

/* The ink of an area that is neither of words nor of a seal nor a rule. Rings
 * that are hardly whole are looked for once print is gone. */
static PIX *what_is_left(PIX *pix, double dpi, const struct page *page,
                         const struct box *area, struct pen_strokes *out)
{
    double mm = dpi / MM_PER_INCH;
    PIX *bits = ink_of(pix, area);
    struct box seals[PEN_SEALS_MAX];
    int n;

    if (bits == NULL)
        return NULL;
    if (out->n_seals == 0)
        find_seals(bits, dpi, area, out);
    for (int i = 0; i < out->n_seals; i++) {
        struct box b = out->seals[i];

        b.x -= area->x;
        b.y -= area->y;
        wipe_disc(bits, &b, SEAL_RIM_MM * mm);
    }
    wipe_words(bits, page, area);
    wipe_rules(bits, mm);
    n = seal_rings_guess(bits, dpi, seals, PEN_SEALS_MAX);
    for (int i = 0; i < n; i++)
        wipe_disc(bits, &seals[i], SEAL_RIM_MM * mm);
    return bits;
}

/* Sums over the pixels of a part; z is x² + y². */
struct sums {
    double n, x, y, z, xx, yy, xy, xz, yz;
    int rim; /* pixels with white beside them */
};

static bool is_ink(PIX *p, int x, int y)
{
    return x >= 0 && y >= 0 && x < pixGetWidth(p) && y < pixGetHeight(p) &&
           GET_DATA_BIT(pixGetData(p) + (size_t)y * pixGetWpl(p), x);
}

static struct sums sum_up(PIX *p)
{
    struct sums s = {0};

    for (int y = 0; y < pixGetHeight(p); y++) {
        for (int x = 0; x < pixGetWidth(p); x++) {
            double z = (double)x * x + (double)y * y;

            if (!is_ink(p, x, y))
                continue;
            s.n++;
            s.x += x;
            s.y += y;
            s.z += z;
            s.xx += (double)x * x;
            s.yy += (double)y * y;
            s.xy += (double)x * y;
            s.xz += x * z;
            s.yz += y * z;
            s.rim += !is_ink(p, x - 1, y) || !is_ink(p, x + 1, y) ||
                     !is_ink(p, x, y - 1) || !is_ink(p, x, y + 1);
        }
    }
    return s;
}

/* The circle that lies nearest to all pixels of a part (Kåsa): its radius, and
 * how far from it they are, in pixels. */
static void fit_circle(PIX *p, const struct sums *s, double *radius,
                       double *spread)
{
    double x = s->x / s->n, y = s->y / s->n;
    double a = s->xx - s->n * x * x, b = s->xy - s->n * x * y;
    double c = s->yy - s->n * y * y, det = a * c - b * b;
    double d = (s->xz - x * s->z) / 2, e = (s->yz - y * s->z) / 2;
    double x0, y0, sum = 0;

    *radius = *spread = HUGE_VAL; /* a straight line */
    if (det < 1e-6)
        return;
    x0 = (d * c - b * e) / det;
    y0 = (a * e - b * d) / det;
    *radius =
        sqrt(fmax(0, s->z / s->n - 2 * (x0 * x + y0 * y) + x0 * x0 + y0 * y0));
    for (int i = 0; i < pixGetHeight(p); i++)
        for (int k = 0; k < pixGetWidth(p); k++)
            if (is_ink(p, k, i))
                sum += pow(hypot(k - x0, i - y0) - *radius, 2);
    *spread = sqrt(sum / s->n);
}

/* How much of a part are level or upright runs, in percent. */
static double runs_pct(PIX *p, double mm, double all)
{
    int length = (int)(RUN_MM * mm), n = 0;
    AUTO(pixDestroy) PIX *level = pixOpenBrick(NULL, p, length, 1);
    AUTO(pixDestroy) PIX *upright = pixOpenBrick(NULL, p, 1, length);

    if (level != NULL && upright != NULL && pixOr(level, level, upright))
        pixCountPixels(level, &n, NULL);
    return n * 100 / all;
}

static struct part measure(PIX *p, double mm)
{
    struct sums s = sum_up(p);
    int w = pixGetWidth(p), h = pixGetHeight(p);
    struct part part = {.w = w / mm,
                        .h = h / mm,
                        .thick = 2 * s.n / s.rim / mm,
                        .full_pct = 100 * s.n / w / h,
                        .runs_pct = runs_pct(p, mm, s.n)};

    fit_circle(p, &s, &part.arc_radius, &part.arc_spread);
    part.arc_radius /= mm;
    part.arc_spread /= mm;
    return part;
}

static bool is_stroke(const struct part *p)
{
    bool high =
        p->h >= HIGH_MIN_MM || (p->h >= LOW_MIN_MM && p->w >= LOW_WIDE_MM &&
                                p->full_pct <= LOW_FULL_PCT);
    bool ring = p->arc_radius > ARC_MIN_MM && p->arc_radius < ARC_MAX_MM &&
                p->arc_spread < ARC_SPREAD_MM;

    return high && hypot(p->w, p->h) >= SPAN_MIN_MM && p->w >= WIDE_MIN_MM &&
           p->w < p->h * LONG_PART && p->thick >= THICK_MIN_MM &&
           p->thick <= THICK_MAX_MM && p->full_pct <= FULL_MAX_PCT &&
           p->runs_pct <= RUN_PCT && !ring;
}

static bool has_place(const struct box *b, const struct room *room, PIX *page,
                      double mm)
{
    int x = room->area.x + b->x, y = room->area.y + b->y;
    int middle_x = x + b->w / 2, middle_y = y + b->h / 2;
    int edge = (int)(EDGE_MM * mm);
    const struct box *m = &room->middles;

    return middle_x >= m->x && middle_x < m->x + m->w && middle_y >= m->y &&
           middle_y < m->y + m->h && y >= edge &&
           y + b->h <= pixGetHeight(page) - edge && x >= edge &&
           x + b->w <= pixGetWidth(page) - edge;
}

/* Whether a stroke without a title above it is large and comes out of the seal.
 */
static bool is_beside(const struct part *p, const struct box *b,
                      const struct room *room, double mm)
{
    return hypot(p->w, p->h) >= ALONE_MIN_MM &&
           boxes_near(b, room->seal, (int)((SEAL_RIM_MM + 1) * mm));
}

static void find_strokes(PIX *page, PIX *bits, const struct room *room,
                         double mm, struct pen_strokes *out)
{
    PIXA *parts = NULL;
    BOXA *boxes = pixConnComp(bits, &parts, 8);

    for (int i = 0; i < boxaGetCount(boxes); i++) {
        AUTO(pixDestroy) PIX *part = NULL;
        struct part p;
        struct box b;

        boxaGetBoxGeometry(boxes, i, &b.x, &b.y, &b.w, &b.h);
        if (b.h < LOW_MIN_MM * mm || !has_place(&b, room, page, mm))
            continue;
        part = pixaGetPix(parts, i, L_CLONE);
        p = measure(part, mm);
        b.x += room->area.x;
        b.y += room->area.y;
        if (!is_stroke(&p) ||
            (room->seal != NULL && !is_beside(&p, &b, room, mm)))
            continue;
        out->box = out->found ? box_union(out->box, b) : b;
        out->found = true;
    }
    boxaDestroy(&boxes);
    pixaDestroy(&parts);
}

void pen_strokes_find(PIX *pix, double dpi, const struct page *page,
                      struct pen_strokes *out)
{
    double mm = dpi / MM_PER_INCH;
    struct room room = {0};
    AUTO(pixDestroy) PIX *bits = NULL;

    if (!room_by_title(pix, mm, page, &room) &&
        !room_by_seal(pix, mm, out, &room))
        return;
    out->top = room.titles_end;
    bits = what_is_left(pix, dpi, page, &room.area, out);
    if (bits != NULL)
        find_strokes(pix, bits, &room, mm, out);
}
