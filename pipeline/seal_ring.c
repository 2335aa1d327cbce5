/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The page is made a map of cells of half a millimetre. A ring is whole but
 * for what wear took, and the white just outside it is only crossed by a name
 * or a title. Of 25 pages with and without seals the 14 seals had 99 to 100 %
 * of their ring, 84 to 98 % more than of the rings outside; the best circle of
 * a page of print has 70 to 80 % of its ring, 50 to 56 % more than outside.
 */
#include "pipeline/seal_ring.h"

#include "base/alloc.h"
#include "pipeline/cell_samples.h"
#include "pipeline/ink_level.h"
#include "pipeline/leptonica.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLES_DARK 2 /* make a cell dark */
#define SIDE_MIN_CELLS 100
#define SIDE_MAX_CELLS 2000
#define RADIUS_MIN 26 /* cells */
#define RADIUS_MAX 44
#define ANGLES 120
#define FIRST_POINTS 12
#define RINGS_MAX 4
#define OUTSIDE_NEAR 4 /* cells: behind the second line of a ring */
#define OUTSIDE_FAR 6

struct map {
    int w, h;
    double cell_px;
    uint8_t *ink;
    uint8_t *wide; /* ink, and its neighbours */
};

struct ring {
    int x, y, radius; /* cells */
    int lead_pct;
};

/* How much of a ring must be there, a cell to either side, and how much more
 * than of the rings outside; how much of both at a first look. */
struct demands {
    int ring_pct, lead_pct;
    int seen_ring_pct, seen_lead_pct;
    int first_missing; /* of the first points looked at */
};

static const struct demands clear = {92, 76, 84, 62, 3};
static const struct demands likely = {60, 45, 52, 36, 6};

static void map_clear(struct map *m)
{
    free(m->ink);
    free(m->wide);
}

/* How dark the samples of a line are, in bytes; of colours red says it, in
 * which red ink is light. at  where they are */
static void sample_line(PIX *pix, int y, const int *restrict at, int n,
                        uint8_t *restrict out)
{
    const l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
    int depth = pixGetDepth(pix);

    for (int i = 0; i < n && depth == 1; i++)
        out[i] = GET_DATA_BIT(line, at[i]) ? 0 : 255;
    for (int i = 0; i < n && depth == 8; i++)
        out[i] = (uint8_t)GET_DATA_BYTE(line, at[i]);
    for (int i = 0; i < n && depth == 32; i++)
        out[i] = (uint8_t)(line[at[i]] >> 24);
}

/* How many samples of a cell of the line are dark. */
static int count_dark(const uint8_t *line, int x, int level)
{
    int n = 0;

    for (int i = x * CELL_SAMPLES; i < (x + 1) * CELL_SAMPLES; i++)
        n += line[i] < level;
    return n;
}

/* Set which cells are dark. */
static void sample_cells(PIX *pix, const struct map *m, int level)
{
    int n = m->w * CELL_SAMPLES;
    AUTO(free_void) int *xs = cell_samples(m->w, m->cell_px, pixGetWidth(pix));
    AUTO(free_void) int *ys = cell_samples(m->h, m->cell_px, pixGetHeight(pix));
    AUTO(free_void) uint8_t *line = xcalloc((size_t)n, 1);

    for (int y = 0; y < m->h * CELL_SAMPLES; y++) {
        uint8_t *row = m->ink + (size_t)(y / CELL_SAMPLES) * (size_t)m->w;

        sample_line(pix, ys[y], xs, n, line);
        for (int x = 0; x < m->w; x++)
            row[x] = (uint8_t)(row[x] + count_dark(line, x, level));
    }
    for (size_t i = 0; i < (size_t)m->w * (size_t)m->h; i++)
        m->ink[i] = m->ink[i] >= SAMPLES_DARK;
}

static void widen(struct map *m)
{
    for (int y = 1; y + 1 < m->h; y++) {
        for (int x = 1; x + 1 < m->w; x++) {
            size_t at = (size_t)y * m->w + x;

            if (!m->ink[at])
                continue;
            for (int k = -1; k <= 1; k++)
                memset(m->wide + at + k * m->w - 1, 1, 3);
        }
    }
}

/* Empty where the page is of no size for seals. */
static void map_make(PIX *pix, double dpi, struct map *m)
{
    int level;

    *m = (struct map){.cell_px = dpi * CELL_MM / 25.4};
    if (m->cell_px < 1)
        return;
    m->w = (int)(pixGetWidth(pix) / m->cell_px);
    m->h = (int)(pixGetHeight(pix) / m->cell_px);
    if (m->w < SIDE_MIN_CELLS || m->h < SIDE_MIN_CELLS ||
        m->w > SIDE_MAX_CELLS || m->h > SIDE_MAX_CELLS) {
        m->w = m->h = 0;
        return;
    }
    m->ink = xcalloc((size_t)m->w * m->h, 1);
    m->wide = xcalloc((size_t)m->w * m->h, 1);
    level = pixGetDepth(pix) == 1 ? 128 : ink_level_print(pix);
    sample_cells(pix, m, level);
    widen(m);
}

/* Offsets of the points of a circle in a map; neighbours lie far apart on it,
 * so that a few of them tell that there is none. */
static void circle(const struct map *m, int radius, int out[ANGLES])
{
    for (int i = 0; i < ANGLES; i++) {
        double a = i * 37 % ANGLES * 2 * M_PI / ANGLES;

        out[i] =
            (int)lround(sin(a) * radius) * m->w + (int)lround(cos(a) * radius);
    }
}

static int circle_pct(const uint8_t *ink, const int offsets[ANGLES])
{
    int full = 0;

    for (int i = 0; i < ANGLES; i++)
        full += ink[offsets[i]];
    return full * 100 / ANGLES;
}

/* The same of a ring, or 0 as soon as less than `least` of it is there. */
static int ring_pct(const uint8_t *wide, const int offsets[ANGLES], int least)
{
    int missing = 0, most = ANGLES * (100 - least) / 100;

    for (int i = 0; i < ANGLES; i++) {
        missing += !wide[offsets[i]];
        if (missing > most)
            return 0;
    }
    return (ANGLES - missing) * 100 / ANGLES;
}

/* How many of the first few points there are of the rings about n middles side
 * by side: enough to pass over white. */
static void count_first(const uint8_t *wide, const int offsets[ANGLES], int n,
                        uint8_t *restrict out)
{
    const uint8_t *at[FIRST_POINTS];

    for (int i = 0; i < FIRST_POINTS; i++)
        at[i] = wide + offsets[i];
    for (int x = 0; x < n; x++) {
        uint8_t have = 0;

        for (int i = 0; i < FIRST_POINTS; i++)
            have += at[i][x];
        out[x] = have;
    }
}

static bool is_taken(const struct ring *rings, int n, int x, int y)
{
    for (int i = 0; i < n; i++) {
        int dx = rings[i].x - x, dy = rings[i].y - y;

        if (dx * dx + dy * dy < RADIUS_MAX * RADIUS_MAX)
            return true;
    }
    return false;
}

/* Where rings are looked for, and how much of them must be there. */
struct search {
    int left, top, right, bottom; /* of middles */
    int step;
    int ring_pct, first_missing;
};

/* The best ring of a radius whose middle is in none of those found. */
static void best_of_radius(const struct map *m, const struct search *s,
                           int radius, const struct ring *rings, int n,
                           struct ring *best)
{
    int ring[ANGLES], near[ANGLES], far[ANGLES];
    uint8_t first[SIDE_MAX_CELLS];
    int rim = radius + OUTSIDE_FAR + 1;
    int top = s->top > rim ? s->top : rim;
    int left = s->left > rim ? s->left : rim;
    int right = s->right < m->w - rim - 1 ? s->right : m->w - rim - 1;

    circle(m, radius, ring);
    circle(m, radius + OUTSIDE_NEAR, near);
    circle(m, radius + OUTSIDE_FAR, far);
    for (int y = top; y <= s->bottom && y < m->h - rim; y += s->step) {
        if (left <= right)
            count_first(m->wide + (size_t)y * m->w + left, ring,
                        right - left + 1, first);
        for (int x = left; x <= right; x += s->step) {
            size_t at = (size_t)y * m->w + x;
            int pct, lead;

            if (first[x - left] < FIRST_POINTS - s->first_missing)
                continue;
            pct = ring_pct(m->wide + at, ring, s->ring_pct);
            if (pct == 0 || is_taken(rings, n, x, y))
                continue;
            lead = pct - (circle_pct(m->ink + at, near) +
                          circle_pct(m->ink + at, far)) /
                             2;
            if (lead > best->lead_pct)
                *best = (struct ring){x, y, radius, lead};
        }
    }
}

/* The clearest ring that is left; false if there is none. Rings are wider
 * than a cell: every second middle and radius is enough to see one. */
static bool next_ring(const struct map *m, const struct demands *d,
                      const struct ring *rings, int n, struct ring *out)
{
    struct search all = {
        0, 0, m->w, m->h, 2, d->seen_ring_pct, d->first_missing};
    struct ring seen = {.lead_pct = d->seen_lead_pct};

    for (int r = RADIUS_MIN; r <= RADIUS_MAX; r += 2)
        best_of_radius(m, &all, r, rings, n, &seen);
    if (seen.radius == 0)
        return false;
    all = (struct search){seen.x - 2, seen.y - 2,  seen.x + 2,      seen.y + 2,
                          1,          d->ring_pct, d->first_missing};
    *out = (struct ring){.lead_pct = d->lead_pct};
    for (int r = seen.radius - 2; r <= seen.radius + 2; r++)
        best_of_radius(m, &all, r, rings, n, out);
    return out->radius > 0;
}

static int find(PIX *pix, double dpi, const struct demands *d,
                struct box *boxes, int n_max)
{
    AUTO(map_clear) struct map m = {0};
    struct ring rings[RINGS_MAX];
    int n = 0, depth = pixGetDepth(pix);

    if (depth == 1 || depth == 32 ||
        (depth == 8 && pixGetColormap(pix) == NULL))
        map_make(pix, dpi, &m);
    while (m.w > 0 && n < n_max && n < RINGS_MAX &&
           next_ring(&m, d, rings, n, &rings[n]))
        n++;
    for (int i = 0; i < n; i++) {
        int side = (int)(2 * rings[i].radius * m.cell_px);

        boxes[i] = (struct box){
            (int)((rings[i].x - rings[i].radius) * m.cell_px),
            (int)((rings[i].y - rings[i].radius) * m.cell_px), side, side};
    }
    return n;
}

int seal_rings_find(PIX *pix, double dpi, struct box *boxes, int n_max)
{
    return find(pix, dpi, &clear, boxes, n_max);
}

int seal_rings_guess(PIX *pix, double dpi, struct box *boxes, int n_max)
{
    return find(pix, dpi, &likely, boxes, n_max);
}

bool seal_ring_holds(const struct box *seal, const struct box *b)
{
    double x = b->x + b->w / 2.0 - seal->x - seal->w / 2.0;
    double y = b->y + b->h / 2.0 - seal->y - seal->h / 2.0;

    return hypot(x, y) < seal->w / 2.0;
}
