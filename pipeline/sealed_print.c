/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pixel is taken for a mixture: a share of seal ink, as its redness says,
 * over paper or print. Paper, the redness of full ink and what full ink leaves
 * of the red channel are measured in the box. JPEG keeps colour at half of the
 * resolution, so redness is smooth anyway; grey is smoothed only as far as it
 * is stretched, because its noise is stretched with it. What may be noise, or
 * an edge of the ink of which colour and grey disagree, is no print.
 */
#include "pipeline/sealed_print.h"

#include "base/alloc.h"
#include "pipeline/ink.h"
#include "pipeline/leptonica.h"
#include <stdlib.h>

#define INK_RED 40         /* redness above that of the paper: seal ink */
#define INK_SHARE_PCT 2    /* of the box that must be, to measure the ink */
#define FULL_PCT 75        /* of the inked pixels: the redness of full ink */
#define NEARLY_FULL_PCT 90 /* of full redness: the ink's grey is measured */
#define INKED_PCT 60       /* of those pixels: ink on paper, not on print */
#define PAPER_PCT 80       /* of all pixels: paper */
#define COVERED_PCT 85     /* of what is below, that full ink hides */
#define NOISE_TIMES 2      /* the noise: hardly ever more */
#define EDGE_GREY 18       /* by which grey is wrong at an edge of the ink */
#define LEVELS 512         /* redness may be negative */
#define ZERO 256

/* Grey as it would be read and redness (red above the mean of green and blue)
 * of the pixels of a box, n = w × h each. */
struct planes {
    int w, h;
    size_t n;
    int *grey, *smooth, *red; /* smooth: of grey; red is smoothed */
};

struct inks {
    int paper, inked; /* grey of bare paper, of full ink on it */
    int noise;        /* of grey where ink is full */
    int tint, full;   /* redness of bare paper; of full ink, above that */
};

static void planes_clear(struct planes *p)
{
    free(p->grey);
    free(p->smooth);
    free(p->red);
}

/* Means of 3 × 3 pixels, weighted 1 2 1 both ways. */
static void smooth(const struct planes *p, const int *from, int *to)
{
    size_t w = (size_t)p->w;
    AUTO(free_void) int *rows = xcalloc(p->n, sizeof(*rows));

    for (size_t i = 0; i < p->n; i++) {
        size_t x = i % w;

        rows[i] =
            2 * from[i] + from[x > 0 ? i - 1 : i] + from[x + 1 < w ? i + 1 : i];
    }
    for (size_t i = 0; i < p->n; i++) {
        size_t up = i >= w ? i - w : i, down = i + w < p->n ? i + w : i;

        to[i] = (2 * rows[i] + rows[up] + rows[down]) / 16;
    }
}

static void planes_of(PIX *pix, const struct box *b, struct planes *p)
{
    AUTO(free_void) int *red = NULL;

    p->w = b->w;
    p->h = b->h;
    p->n = (size_t)b->w * (size_t)b->h;
    p->grey = xcalloc(p->n, sizeof(*p->grey));
    p->smooth = xcalloc(p->n, sizeof(*p->smooth));
    p->red = xcalloc(p->n, sizeof(*p->red));
    red = xcalloc(p->n, sizeof(*red));
    for (size_t i = 0; i < p->n; i++) {
        size_t y = (size_t)b->y + i / (size_t)b->w;
        l_uint32 v = pixGetData(
            pix)[y * (size_t)pixGetWpl(pix) + (size_t)b->x + i % (size_t)b->w];
        int r = (int)(v >> 24), g = (int)(v >> 16 & 255),
            blue = (int)(v >> 8 & 255);

        p->grey[i] = ink_value((uint8_t)r, (uint8_t)g, (uint8_t)blue);
        red[i] = r - (g + blue) / 2;
    }
    smooth(p, p->grey, p->smooth);
    smooth(p, red, p->red);
}

/* The level that pct of a histogram lie below. */
static int level_of(const size_t *counts, int pct)
{
    size_t all = 0, below = 0;
    int level = 0;

    for (int i = 0; i < LEVELS; i++)
        all += counts[i];
    while (level < LEVELS - 1 &&
           (below += counts[level]) * 100 < all * (size_t)pct)
        level++;
    return level;
}

/* false: hardly any red ink, or none that is paler in the red channel than
 * print is. */
static bool measure(const struct planes *p, struct inks *k)
{
    size_t greys[LEVELS] = {0}, bare[LEVELS] = {0}, full[LEVELS] = {0};
    size_t inked[LEVELS] = {0}, n = 0;

    for (size_t i = 0; i < p->n; i++)
        greys[p->smooth[i]]++;
    k->paper = level_of(greys, PAPER_PCT);
    for (size_t i = 0; i < p->n; i++)
        if (p->smooth[i] >= k->paper)
            bare[p->red[i] + ZERO]++;
    k->tint = level_of(bare, 50) - ZERO;
    for (size_t i = 0; i < p->n; i++) {
        if (p->red[i] - k->tint >= INK_RED) {
            full[p->red[i] - k->tint]++;
            n++;
        }
    }
    if (n * 100 < p->n * INK_SHARE_PCT)
        return false;
    k->full = level_of(full, FULL_PCT);
    for (size_t i = 0; i < p->n; i++)
        if ((p->red[i] - k->tint) * 100 >= k->full * NEARLY_FULL_PCT)
            inked[p->smooth[i]]++;
    k->inked = level_of(inked, INKED_PCT);
    return k->inked * 2 > k->paper && k->inked <= k->paper;
}

/* How much of a pixel is seal ink, in 256. */
static int share_of(const struct inks *k, int red)
{
    int share = (red - k->tint) * 256 / k->full;

    return share < 0 ? 0 : share > 256 ? 256 : share;
}

/* How the share changes around pixel i, in 256: at an edge of the ink it is
 * wrong by as much, because colour is kept coarsely. */
static int share_range(const struct planes *p, const struct inks *k, size_t i)
{
    int x = (int)(i % (size_t)p->w), y = (int)(i / (size_t)p->w);
    int least = 256, most = 0;

    for (int v = y > 1 ? y - 2 : 0; v <= y + 2 && v < p->h; v += 2) {
        for (int u = x > 1 ? x - 2 : 0; u <= x + 2 && u < p->w; u += 2) {
            int share =
                share_of(k, p->red[(size_t)v * (size_t)p->w + (size_t)u]);

            least = share < least ? share : least;
            most = share > most ? share : most;
        }
    }
    return most - least;
}

/* Grey of ink on paper, without print. */
static int bare_grey(const struct inks *k, int share)
{
    return k->paper - (k->paper - k->inked) * share / 256;
}

/* What the grey of full ink on paper differs by: half of it by more. */
static int measure_noise(const struct planes *p, const struct inks *k)
{
    size_t counts[LEVELS] = {0};

    for (size_t i = 0; i < p->n; i++) {
        int share = share_of(k, p->red[i]);

        if (share * 100 >= 256 * NEARLY_FULL_PCT)
            counts[abs(bare_grey(k, share) - p->smooth[i])]++;
    }
    return level_of(counts, 50);
}

/* Pixel i with its print as dark as if no ink lay over it. */
static int darkened(const struct planes *p, const struct inks *k, size_t i)
{
    int share = share_of(k, p->red[i]);
    int seen = (p->grey[i] * (256 - share) + p->smooth[i] * share) / 256;
    int missing = bare_grey(k, share) - seen;
    int doubt =
        (k->noise * NOISE_TIMES * share + share_range(p, k, i) * EDGE_GREY) /
        256;
    int left = 25600 - share * COVERED_PCT; /* of what is below, in 25600 */

    if (share > 0)
        missing = missing > doubt ? missing - doubt : 0;
    seen = k->paper - missing * 25600 / left;
    seen = seen < p->grey[i] ? seen : p->grey[i];
    return seen > 0 ? seen : 0;
}

/* What is read of a box; NULL if its ink cannot be told. */
static PIX *read_through(PIX *pix, const struct box *box)
{
    AUTO(planes_clear) struct planes p = {0};
    struct inks k;
    PIX *out;

    planes_of(pix, box, &p);
    if (!measure(&p, &k) || (out = pixCreate(p.w, p.h, 32)) == NULL)
        return NULL;
    k.noise = measure_noise(&p, &k);
    for (size_t i = 0; i < p.n; i++) {
        l_uint32 grey = (l_uint32)darkened(&p, &k, i);
        l_uint32 *line =
            pixGetData(out) + i / (size_t)p.w * (size_t)pixGetWpl(out);

        line[i % (size_t)p.w] = grey << 24 | grey << 16 | grey << 8;
    }
    return out;
}

static void put(PIX *on, const struct box *b, PIX *part)
{
    pixRasterop(on, b->x, b->y, b->w, b->h, PIX_SRC, part, 0, 0);
}

static void darken_one(PIX *pix, BOX *where, struct sealed_print *kept)
{
    AUTO(pixDestroy) PIX *dark = NULL;
    PIX *part;
    struct box b;

    boxGetGeometry(where, &b.x, &b.y, &b.w, &b.h);
    dark = read_through(pix, &b);
    part = dark != NULL ? pixClipRectangle(pix, where, NULL) : NULL;
    if (part == NULL)
        return;
    put(pix, &b, dark);
    kept->boxes[kept->n] = b;
    kept->as_it_was[kept->n++] = part;
}

void sealed_print_darken(PIX *pix, const struct box *boxes, int n, int rim_px,
                         struct sealed_print *kept)
{
    for (int i = 0; i < n && kept->n < SEALED_MAX; i++) {
        const struct box *b = &boxes[i];
        AUTO(boxDestroy)
        BOX *around = boxCreate(b->x - rim_px, b->y - rim_px, b->w + 2 * rim_px,
                                b->h + 2 * rim_px);
        AUTO(boxDestroy) BOX *where = NULL;

        if (around != NULL)
            where =
                boxClipToRectangle(around, pixGetWidth(pix), pixGetHeight(pix));
        if (where != NULL)
            darken_one(pix, where, kept);
    }
}

void sealed_print_put_back(PIX *pix, struct sealed_print *kept)
{
    while (kept->n > 0) { /* the last first: they may overlap */
        kept->n--;
        put(pix, &kept->boxes[kept->n], kept->as_it_was[kept->n]);
        pixDestroy(&kept->as_it_was[kept->n]);
    }
}
