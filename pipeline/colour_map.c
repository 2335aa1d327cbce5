/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cells are half a millimetre: a stroke of a rubber stamp is one or two of
 * them. Seals are looked for as circles: every cell with ink votes for the
 * centres it may lie around, on a grid of one millimetre. A ring that is nearly
 * whole, with a disc that is not full and little ink just outside, is a seal;
 * a name or a word stamped beside it does not matter.
 */
#include "pipeline/colour_map.h"

#include "base/alloc.h"
#include "pipeline/leptonica.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLOURED_MIN 3  /* samples of a cell with ink */
#define RED_EXCESS 45   /* of red over green and blue */
#define BLUE_EXCESS 35  /* of blue over red */
#define INK_MAX_SHARE 8 /* a page with more than one cell in 8: no ink */
#define SIDE_MIN_CELLS 40
#define RADIUS_MIN_MM 14
#define RADIUS_MAX_MM 24
#define ANGLES 120
#define RING_PCT 72     /* of the ring that must be there */
#define DISC_MAX_PCT 75 /* more is no seal but a patch */
#define AROUND_MAX_PCT 40

/* Count the coloured samples of the cells that a line runs through. at  where
 * they are */
static void sample_line(const l_uint32 *line, const int *at, int n_cells,
                        uint8_t *restrict red, uint8_t *restrict blue)
{
    for (int c = 0; c < n_cells; c++, at += CELL_SAMPLES) {
        int n_red = 0, n_blue = 0;

        for (int i = 0; i < CELL_SAMPLES; i++) {
            l_uint32 pixel = line[at[i]];
            int r = (int)(pixel >> 24), g = (int)(pixel >> 16 & 255);
            int b = (int)(pixel >> 8 & 255), cold = g > b ? g : b;

            n_red += r - cold > RED_EXCESS;
            n_blue += (b - r > BLUE_EXCESS) & (b >= g);
        }
        red[c] = (uint8_t)(red[c] + n_red);
        blue[c] = (uint8_t)(blue[c] + n_blue);
    }
}

static void sample_cells(PIX *pix, const struct colour_map *m)
{
    AUTO(free_void) int *xs = cell_samples(m->w, m->cell_px, pixGetWidth(pix));
    AUTO(free_void) int *ys = cell_samples(m->h, m->cell_px, pixGetHeight(pix));

    for (int y = 0; y < m->h * CELL_SAMPLES; y++) {
        size_t row = (size_t)(y / CELL_SAMPLES) * (size_t)m->w;

        sample_line(pixGetData(pix) + (size_t)ys[y] * (size_t)pixGetWpl(pix),
                    xs, m->w, m->red + row, m->blue + row);
    }
    for (size_t i = 0; i < (size_t)m->w * (size_t)m->h; i++) {
        m->red[i] = m->red[i] >= COLOURED_MIN;
        m->blue[i] = m->blue[i] >= COLOURED_MIN;
    }
}

/* All of a map that is tinted says nothing. */
static void drop_tint(const struct colour_map *m, uint8_t *ink)
{
    size_t n = (size_t)m->w * m->h, full = 0;

    for (size_t i = 0; i < n; i++)
        full += ink[i];
    if (full * INK_MAX_SHARE > n)
        memset(ink, 0, n);
}

void colour_map_make(PIX *pix, double dpi, struct colour_map *out)
{
    *out = (struct colour_map){.cell_px = dpi * CELL_MM / 25.4};
    if (pix == NULL || pixGetDepth(pix) != 32 || out->cell_px < 1)
        return;
    out->w = (int)(pixGetWidth(pix) / out->cell_px);
    out->h = (int)(pixGetHeight(pix) / out->cell_px);
    if (out->w < SIDE_MIN_CELLS || out->h < SIDE_MIN_CELLS || out->w > 8000 ||
        out->h > 8000) {
        out->w = out->h = 0;
        return;
    }
    out->red = xcalloc((size_t)out->w * (size_t)out->h, 1);
    out->blue = xcalloc((size_t)out->w * (size_t)out->h, 1);
    sample_cells(pix, out);
    drop_tint(out, out->red);
    drop_tint(out, out->blue);
}

void colour_map_clear(struct colour_map *m)
{
    free(m->red);
    free(m->blue);
    *m = (struct colour_map){0};
}

int colour_map_count(const struct colour_map *m, const uint8_t *ink,
                     const struct box *b)
{
    int n = 0;

    for (int y = b->y; y < b->y + b->h && y < m->h; y++)
        for (int x = b->x; x < b->x + b->w && x < m->w; x++)
            n += ink[(size_t)y * m->w + x];
    return n;
}

/* ---- seals ---- */

/* The red map at one millimetre. */
struct coarse {
    int w, h;
    uint8_t *ink;
    uint16_t *votes;
};

static bool coarse_at(const struct coarse *c, int x, int y)
{
    return x >= 0 && y >= 0 && x < c->w && y < c->h &&
           c->ink[(size_t)y * c->w + x];
}

static void coarse_make(const struct colour_map *m, struct coarse *c)
{
    c->w = m->w / 2;
    c->h = m->h / 2;
    c->ink = xcalloc((size_t)c->w * c->h + 1, 1);
    c->votes = xcalloc((size_t)c->w * c->h + 1, sizeof(*c->votes));
    for (int y = 0; y < c->h * 2; y++)
        for (int x = 0; x < c->w * 2; x++)
            if (m->red[(size_t)y * m->w + x])
                c->ink[(size_t)(y / 2) * c->w + x / 2] = 1;
}

static void coarse_clear(struct coarse *c)
{
    free(c->ink);
    free(c->votes);
}

static void ring_point(int angle, double radius, int *dx, int *dy)
{
    double a = angle * 2 * M_PI / ANGLES;

    *dx = (int)lround(cos(a) * radius);
    *dy = (int)lround(sin(a) * radius);
}

/* The centre most cells lie at this distance from. */
static int best_centre(struct coarse *c, int radius, int *cx, int *cy)
{
    int dx[ANGLES], dy[ANGLES], best = 0;

    memset(c->votes, 0, (size_t)c->w * c->h * sizeof(*c->votes));
    for (int a = 0; a < ANGLES; a++)
        ring_point(a, radius, &dx[a], &dy[a]);
    for (int y = 0; y < c->h; y++) {
        for (int x = 0; x < c->w; x++) {
            if (!c->ink[(size_t)y * c->w + x])
                continue;
            for (int a = 0; a < ANGLES; a++) {
                int u = x + dx[a], v = y + dy[a];

                if (u < 0 || v < 0 || u >= c->w || v >= c->h)
                    continue;
                if (++c->votes[(size_t)v * c->w + u] > best) {
                    best = c->votes[(size_t)v * c->w + u];
                    *cx = u;
                    *cy = v;
                }
            }
        }
    }
    return best;
}

/* How much of the ring, in percent, has ink, a cell to either side allowed;
 * of rings around it, without that allowance. */
static int ring_pct(const struct coarse *c, int cx, int cy, double radius,
                    int tolerance)
{
    int full = 0;

    for (int a = 0; a < ANGLES; a++) {
        bool any = false;

        for (int t = -tolerance; t <= tolerance; t++) {
            int dx, dy;

            ring_point(a, radius + t, &dx, &dy);
            any = any || coarse_at(c, cx + dx, cy + dy);
        }
        full += any;
    }
    return full * 100 / ANGLES;
}

static int disc_pct(const struct coarse *c, int cx, int cy, int radius)
{
    int all = 0, full = 0;

    for (int y = -radius; y <= radius; y++) {
        for (int x = -radius; x <= radius; x++) {
            if (x * x + y * y > radius * radius)
                continue;
            all++;
            full += coarse_at(c, cx + x, cy + y);
        }
    }
    return full * 100 / all;
}

static bool is_seal(const struct coarse *c, int cx, int cy, int radius)
{
    int around = (ring_pct(c, cx, cy, radius + 3, 0) +
                  ring_pct(c, cx, cy, radius + 5, 0)) /
                 2;

    return ring_pct(c, cx, cy, radius, 1) >= RING_PCT &&
           disc_pct(c, cx, cy, radius - 2) <= DISC_MAX_PCT &&
           around <= AROUND_MAX_PCT;
}

static void wipe(struct colour_map *m, struct coarse *c, int cx, int cy,
                 int radius)
{
    for (int y = cy - radius; y <= cy + radius; y++) {
        for (int x = cx - radius; x <= cx + radius; x++) {
            int dx = x - cx, dy = y - cy;

            if (x < 0 || y < 0 || x >= c->w || y >= c->h ||
                dx * dx + dy * dy > radius * radius)
                continue;
            c->ink[(size_t)y * c->w + x] = 0;
            for (int k = 0; k < 4; k++)
                m->red[(size_t)(2 * y + k / 2) * m->w + 2 * x + k % 2] = 0;
        }
    }
}

/* The best circle that is a seal; its radius, 0 if there is none. */
static int find_seal(struct coarse *c, int *cx, int *cy)
{
    int best = 0, radius = 0;

    for (int r = RADIUS_MIN_MM; r <= RADIUS_MAX_MM; r++) {
        int x = 0, y = 0, votes = best_centre(c, r, &x, &y) * 100 / r;

        if (votes > best && is_seal(c, x, y, r)) {
            best = votes;
            radius = r;
            *cx = x;
            *cy = y;
        }
    }
    return radius;
}

/* Seals have two rings; the outer one takes the place of the inner. */
static bool is_ring_of(struct box *boxes, int n, const struct box *b)
{
    for (int i = 0; i < n; i++) {
        int dx = 2 * boxes[i].x + boxes[i].w - 2 * b->x - b->w;
        int dy = 2 * boxes[i].y + boxes[i].h - 2 * b->y - b->h;

        int most = (b->w > boxes[i].w ? b->w : boxes[i].w) / 2;

        if (abs(dx) > most || abs(dy) > most)
            continue;
        if (b->w > boxes[i].w)
            boxes[i] = *b;
        return true;
    }
    return false;
}

int colour_map_take_seals(struct colour_map *m, struct box *boxes, int n_max)
{
    AUTO(coarse_clear) struct coarse c = {0};
    struct box all = {0, 0, m->w, m->h};
    int n = 0, cx = 0, cy = 0, least = RADIUS_MIN_MM * 4;

    if (m->w == 0 || colour_map_count(m, m->red, &all) < least)
        return 0;
    coarse_make(m, &c);
    for (int radius, tries = 0; n < n_max && tries < 2 * n_max &&
                                (radius = find_seal(&c, &cx, &cy)) > 0;
         tries++) {
        int left = cx > radius ? cx - radius : 0;
        int top = cy > radius ? cy - radius : 0;
        int right = cx + radius + 1 < c.w ? cx + radius + 1 : c.w;
        int bottom = cy + radius + 1 < c.h ? cy + radius + 1 : c.h;

        struct box b = {2 * left, 2 * top, 2 * (right - left),
                        2 * (bottom - top)};
        wipe(m, &c, cx, cy, radius + 1);
        if (!is_ring_of(boxes, n, &b))
            boxes[n++] = b;
    }
    return n;
}

/* ---- parts ---- */

bool colour_map_framed(const struct colour_map *m, const uint8_t *ink,
                       const struct box *b)
{
    int ruled = 0, deep = 6; /* cells: 3 mm, for a slight skew */

    for (int side = 0; side < 4; side++) {
        bool level = side < 2;
        int along = level ? b->w : b->h, full = 0;

        for (int i = 0; i < along; i++) {
            bool any = false;

            for (int k = 0; k < deep && !any; k++) {
                int at = side % 2 ? (level ? b->h : b->w) - 1 - k : k;
                int x = level ? b->x + i : b->x + at;
                int y = level ? b->y + at : b->y + i;

                any = x >= 0 && y >= 0 && x < m->w && y < m->h &&
                      ink[(size_t)y * m->w + x];
            }
            full += any;
        }
        ruled += full * 100 >= along * 80;
    }
    return ruled >= 3;
}

int colour_map_parts(const struct colour_map *m, const uint8_t *ink, int gap_x,
                     int gap_y, struct box *boxes, int n_max)
{
    AUTO(pixDestroy) PIX *pix = m->w ? pixCreate(m->w, m->h, 1) : NULL;
    AUTO(pixDestroy) PIX *closed = NULL;
    AUTO(boxaDestroy) BOXA *found = NULL;
    AUTO(boxaDestroy) BOXA *sorted = NULL;
    int n = 0;

    for (int y = 0; pix && y < m->h; y++)
        for (int x = 0; x < m->w; x++)
            if (ink[(size_t)y * m->w + x])
                SET_DATA_BIT(pixGetData(pix) + (size_t)y * pixGetWpl(pix), x);
    if (pix)
        closed = pixCloseSafeBrick(NULL, pix, gap_x + 1, gap_y + 1);
    if (closed)
        found = pixConnCompBB(closed, 8);
    if (found)
        sorted = boxaSort(found, L_SORT_BY_AREA, L_SORT_DECREASING, NULL);
    for (int i = 0; sorted && i < boxaGetCount(sorted) && n < n_max; i++) {
        int x, y, w, h;

        if (boxaGetBoxGeometry(sorted, i, &x, &y, &w, &h) == 0)
            boxes[n++] = (struct box){x, y, w, h};
    }
    return n;
}
