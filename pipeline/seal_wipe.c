/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A seal on white is paler than print alone, and print under a seal is darker
 * than either: in between there is a level. Circles are walked along in steps
 * of half a pixel.
 */
#include "pipeline/seal_wipe.h"

#include "base/alloc.h"
#include "pipeline/ink_level.h"
#include "pipeline/leptonica.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define OFF_SHARE 0.04     /* of the radius: how far off the box may be */
#define INNER_SHARE 0.5    /* of it: no circle is smaller */
#define ANGLES 240
#define FEW_ANGLES 48 /* are enough to find the middle */
#define CIRCLE_PCT 72      /* of a circle is ink */
#define CIRCLES_MAX 4
#define NEAR_PX 3          /* worn rings and scanners are not quite round */
#define THICK_SHARE 0.09   /* of the radius: no ring is thicker */
#define PALER 36           /* of 255: the least that tells a seal's ink */
#define GRAIN 4            /* of a seal's ink, in levels */
#define COVERED_PCT 30     /* of what is between seal and print */
#define ALONE_PX 1.5       /* thicker than the ring: print lies on it */

struct disc {
    PIX *pix;
    double x, y; /* of the middle */
    int level;   /* darker is ink */
};

static bool is_ink(const struct disc *d, double angle, double radius)
{
    int x = (int)lround(d->x + cos(angle) * radius);
    int y = (int)lround(d->y + sin(angle) * radius);
    const l_uint32 *line;

    if (x < 0 || y < 0 || x >= pixGetWidth(d->pix) ||
        y >= pixGetHeight(d->pix))
        return false;
    line = pixGetData(d->pix) + (size_t)y * (size_t)pixGetWpl(d->pix);
    return pixGetDepth(d->pix) == 1 ? GET_DATA_BIT(line, x)
                                    : GET_DATA_BYTE(line, x) < d->level;
}

static int circle_pct(const struct disc *d, double radius, int angles)
{
    int full = 0;

    for (int i = 0; i < angles; i++)
        full += is_ink(d, i * 2 * M_PI / angles, radius);
    return full * 100 / angles;
}

/* Put the middle where most of a circle about as large is ink; its radius. */
static double centre(struct disc *d, double radius)
{
    struct disc best = *d;
    double best_radius = radius;
    int most = 0, off = (int)(radius * OFF_SHARE + 1);

    for (int y = -off; y <= off; y++) {
        for (int x = -off; x <= off; x++) {
            struct disc at = *d;

            at.x += x;
            at.y += y;
            for (double r = radius - off; r <= radius + off; r++) {
                int pct = circle_pct(&at, r, FEW_ANGLES) +
                          circle_pct(&at, r + 1, FEW_ANGLES);

                if (pct > most) {
                    most = pct;
                    best = at;
                    best_radius = r + 0.5;
                }
            }
        }
    }
    *d = best;
    return best_radius;
}

/* The ink along a ray at about a radius; false if there is none. */
static bool run_at(const struct disc *d, double angle, double radius,
                   double most, double *from, double *to)
{
    double at = -1;

    for (double off = 0; off <= NEAR_PX && at < 0; off += 0.5) {
        if (is_ink(d, angle, radius + off))
            at = radius + off;
        else if (is_ink(d, angle, radius - off))
            at = radius - off;
    }
    if (at < 0)
        return false;
    for (*from = at; at - *from <= most && is_ink(d, angle, *from - 0.5);)
        *from -= 0.5;
    for (*to = at; *to - at <= most && is_ink(d, angle, *to + 0.5);)
        *to += 0.5;
    return true;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* How thick a circle is; 0 if it is none. */
static double thickness(const struct disc *d, double radius, double most)
{
    double runs[ANGLES], from, to;
    int n = 0;

    for (int i = 0; i < ANGLES; i++)
        if (run_at(d, i * 2 * M_PI / ANGLES, radius, most, &from, &to))
            runs[n++] = to - from;
    qsort(runs, (size_t)n, sizeof(*runs), by_size);
    return n * 100 >= ANGLES * CIRCLE_PCT && runs[n / 2] < most ? runs[n / 2]
                                                                : 0;
}

static void wipe_circle(const struct disc *d, double radius, double most)
{
    double thick = thickness(d, radius, most);
    l_uint32 white = pixGetDepth(d->pix) == 1 ? 0 : 255;
    int steps = (int)(radius * 2 * M_PI * 2);
    AUTO(free_void) double *ends = xcalloc((size_t)steps * 2, sizeof(*ends));

    for (int i = 0; i < steps && thick > 0; i++) {
        double *e = ends + 2 * (size_t)i;

        if (!run_at(d, i * 2 * M_PI / steps, radius, most, &e[0], &e[1]) ||
            e[1] - e[0] > thick + ALONE_PX)
            e[1] = e[0] - 1;
    }
    for (int i = 0; i < steps && thick > 0; i++) {
        double angle = i * 2 * M_PI / steps;

        for (double r = ends[2 * i] - 1; r <= ends[2 * i + 1] + 1 &&
                                         ends[2 * i + 1] >= ends[2 * i];
             r += 0.5)
            pixSetPixel(d->pix, (int)lround(d->x + cos(angle) * r),
                        (int)lround(d->y + sin(angle) * r), white);
    }
}

static struct disc disc_of(PIX *pix, const struct box *seal)
{
    return (struct disc){pix, seal->x + seal->w / 2.0,
                         seal->y + seal->h / 2.0,
                         pixGetDepth(pix) == 1 ? 0 : ink_level_in(pix, seal)};
}

void seal_wipe_rings(PIX *pix, const struct box *seal)
{
    struct disc d = disc_of(pix, seal);
    double outer = centre(&d, seal->w / 2.0), most = outer * THICK_SHARE;
    int n = 0;

    for (double r = outer; r > outer * INNER_SHARE && n < CIRCLES_MAX; r--) {
        if (circle_pct(&d, r, ANGLES) < CIRCLE_PCT)
            continue;
        wipe_circle(&d, r, most);
        r -= NEAR_PX;
        n++;
    }
}

/* ---- fading ---- */

static int value_at(const struct disc *d, double angle, double radius)
{
    l_uint32 v = 255;

    pixGetPixel(d->pix, (int)lround(d->x + cos(angle) * radius),
                (int)lround(d->y + sin(angle) * radius), &v);
    return (int)v;
}

/* How dark the ring is: the middle of its darkest along many rays. */
static int ring_tone(const struct disc *d, double radius)
{
    double tones[ANGLES];

    for (int i = 0; i < ANGLES; i++) {
        tones[i] = 255;
        for (double off = -NEAR_PX; off <= NEAR_PX; off++)
            tones[i] = fmin(tones[i], value_at(d, i * 2 * M_PI / ANGLES,
                                               radius + off));
    }
    qsort(tones, ANGLES, sizeof(*tones), by_size);
    return (int)tones[ANGLES / 2];
}

/* A square twice as wide as a seal: there is print about it. */
static struct box about(const struct box *b)
{
    return (struct box){b->x - b->w / 2, b->y - b->h / 2, b->w * 2, b->h * 2};
}

/* From `pale` on there is seal alone, from `dark` down print: where a seal
 * covers print that is hardly darker than the seal. */
static int faded(int v, int print, int dark, int pale, int paper)
{
    if (v >= pale)
        return paper;
    return v <= dark ? print
                     : print + (v - dark) * (paper - print) / (pale - dark);
}

bool seal_fade(PIX *pix, const struct box *seal)
{
    struct disc d;
    struct box around;
    double radius;
    int print, paper, pale, dark;

    if (pixGetDepth(pix) != 8)
        return false;
    d = disc_of(pix, seal);
    radius = centre(&d, seal->w / 2.0);
    around = about(seal);
    ink_and_paper(pix, &around, &print, &paper);
    pale = ring_tone(&d, radius);
    if (pale - print < PALER)
        return false;
    pale -= GRAIN;
    dark = pale - (pale - print) * COVERED_PCT / 100;
    radius = radius * (1 + OFF_SHARE) + NEAR_PX;
    for (int y = (int)-radius; y <= radius; y++) {
        for (int x = (int)-radius; x <= radius; x++) {
            int u = (int)d.x + x, w = (int)d.y + y;
            l_uint32 v;

            if (x * x + y * y > radius * radius ||
                pixGetPixel(pix, u, w, &v) != 0 || (int)v <= print)
                continue;
            pixSetPixel(pix, u, w,
                        (l_uint32)faded((int)v, print, dark, pale, paper));
        }
    }
    return true;
}
