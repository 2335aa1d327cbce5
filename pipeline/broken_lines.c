/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line that is as dark as the threshold falls into bits and dashes. No
 * letter is as flat, and no text runs through both margins. Lines lean by no
 * more than a fold does; for each lean the pieces are counted by the place
 * where their line meets the edge.
 */
#include "pipeline/broken_lines.h"

#include "base/alloc.h"
#include "base/record.h"
#include "pipeline/leptonica.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FLAT_MM 0.6
#define LEAN_MAX 0.01 /* px per px */
#define STEPS 20      /* of lean, to either side */
#define BANDS 16      /* of the line */
#define BANDS_MIN 14  /* of them hold pieces: the first may touch the edge */
#define COVER_PCT 30  /* of a band's length, by pieces */

/* The parts as they lie along a line: x along it, y across. */
struct strip {
    struct box *parts;
    int n;
    int w, h;
    double flat;
    uint16_t *cover; /* BANDS for each y: pixels of the line that are black */
};

static double across(const struct box *b, double lean)
{
    return b->y + b->h / 2.0 - lean * (b->x + b->w / 2.0);
}

static bool is_flat(const struct strip *f, const struct box *b)
{
    return b->h <= f->flat;
}

/* Where the line of a part that leans so meets the edge; -1: not on it. */
static int place_of(const struct strip *f, const struct box *b, double lean)
{
    int y = (int)lround(across(b, lean));

    return is_flat(f, b) && y >= 1 && y < f->h - 1 ? y : -1;
}

static void count(struct strip *f, double lean)
{
    memset(f->cover, 0, (size_t)f->h * BANDS * sizeof(*f->cover));
    for (int i = 0; i < f->n; i++) {
        const struct box *b = &f->parts[i];
        int y = place_of(f, b, lean);

        for (int x = b->x; y >= 0 && x < b->x + b->w; x++)
            f->cover[(size_t)y * BANDS + (size_t)x * BANDS / (size_t)f->w]++;
    }
}

/* Whether the line that meets the edge at y is black all along, looked at with
 * its two neighbours: pieces lie a little beside it. */
static bool is_line(const struct strip *f, int y)
{
    const uint16_t *at = f->cover + (size_t)y * BANDS;
    int bands = 0;

    for (int b = 0; b < BANDS; b++) {
        int n = at[b - BANDS] + at[b] + at[b + BANDS];

        bands += n * 100 * BANDS >= f->w * COVER_PCT;
    }
    return bands >= BANDS_MIN;
}

static void mark(struct strip *f, double lean, bool *pieces)
{
    AUTO(free_void) bool *line = xcalloc((size_t)f->h, sizeof(*line));

    count(f, lean);
    for (int y = 1; y < f->h - 1; y++)
        if (is_line(f, y))
            line[y - 1] = line[y] = line[y + 1] = true;
    for (int i = 0; i < f->n; i++) {
        int y = place_of(f, &f->parts[i], lean);

        pieces[i] |= y >= 0 && line[y];
    }
}

static struct box box_of(BOXA *parts, int i, bool upright)
{
    struct box b;

    if (upright)
        boxaGetBoxGeometry(parts, i, &b.y, &b.x, &b.h, &b.w);
    else
        boxaGetBoxGeometry(parts, i, &b.x, &b.y, &b.w, &b.h);
    return b;
}

void broken_lines_mark(BOXA *parts, int width_px, int height_px, double mm,
                       bool *pieces)
{
    for (int upright = 0; upright < 2; upright++) {
        struct strip f = {.n = boxaGetCount(parts),
                          .w = upright ? height_px : width_px,
                          .h = upright ? width_px : height_px,
                          .flat = FLAT_MM * mm};

        f.parts = xcalloc((size_t)f.n + 1, sizeof(*f.parts));
        f.cover = xcalloc((size_t)f.h * BANDS, sizeof(*f.cover));
        for (int i = 0; i < f.n; i++)
            f.parts[i] = box_of(parts, i, upright);
        for (int step = -STEPS; step <= STEPS; step++)
            mark(&f, step * LEAN_MAX / STEPS, pieces);
        free(f.parts);
        free(f.cover);
    }
}
