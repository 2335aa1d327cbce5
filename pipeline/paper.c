/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The paper's shade is found tile by tile (most of any tile is paper, so a
 * high percentile is its shade), smoothed, interpolated between the centres
 * of tiles, and each pixel is divided by it. Without this a threshold for the
 * whole page takes a shadow for ink and loses the text in it.
 */
#include "pipeline/paper.h"

#include "base/alloc.h"
#include "pipeline/leptonica.h"
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define TILE_PX 32        /* 4 mm at 200 dpi: more than a letter */
#define PAPER_PCT 80      /* of a tile's pixels are darker than its shade */
#define GRAIN_PCT 88      /* of the shade counts as white on an empty page */
#define SHADE_MIN_PCT 50  /* of the page's: darker is a picture or a frame */
#define EVEN_PCT 88       /* of the lightest shade: all above is left alone */
#define INK_PCT 50        /* of a tile's shade: what is as dark is ink … */
#define INK_SHARE_PCT 2   /* … if so much of the tile is */
#define EMPTY_PCT 3       /* fewer tiles with ink: a page with a line or two */

/* Shades of tiles, row by row. */
struct shades {
    uint8_t *of;
    int across, down;
};

static uint8_t percentile(const uint32_t *count, uint32_t total, unsigned pct)
{
    uint32_t sum = 0;
    int level = 0;

    while (level < 255 && (sum += count[level]) * 100 < total * pct)
        level++;
    return (uint8_t)level;
}

/* The shade of a tile; *inked counts on if there is ink on it. */
static uint8_t tile_shade(PIX *grey, int tx, int ty, int *inked)
{
    uint32_t count[256] = {0}, total = 0;
    int left = tx * TILE_PX, top = ty * TILE_PX;

    for (int y = top; y < top + TILE_PX && y < pixGetHeight(grey); y += 2) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * pixGetWpl(grey);

        for (int x = left; x < left + TILE_PX && x < pixGetWidth(grey);
             x++, total++)
            count[GET_DATA_BYTE(line, x)]++;
    }
    uint8_t shade = percentile(count, total, PAPER_PCT);
    *inked += percentile(count, total, INK_SHARE_PCT) * 100 < shade * INK_PCT;
    return shade;
}

/* Tiles darker than half the page's paper are pictures or the lid of the
 * scanner: dividing by their own shade would whiten them. */
static void lift_dark_tiles(struct shades *s)
{
    uint32_t count[256] = {0};
    uint32_t n = (uint32_t)(s->across * s->down);
    unsigned least;

    for (uint32_t i = 0; i < n; i++)
        count[s->of[i]]++;
    least = percentile(count, n, 50) * SHADE_MIN_PCT / 100u;
    for (uint32_t i = 0; i < n; i++)
        if (s->of[i] < least)
            s->of[i] = (uint8_t)least;
}

enum neighbours { NEIGHBOURS_MAX, NEIGHBOURS_MEAN };

/* Each tile from the 3 × 3 around it: the lightest, or their mean. */
static void spread(struct shades *s, enum neighbours how)
{
    AUTO(free_void) uint8_t *old =
        xcalloc((size_t)s->across, (size_t)s->down);

    memcpy(old, s->of, (size_t)s->across * (size_t)s->down);
    for (int y = 0; y < s->down; y++) {
        for (int x = 0; x < s->across; x++) {
            unsigned sum = 0, n = 0, max = 0;

            for (int v = y > 0 ? y - 1 : 0; v <= y + 1 && v < s->down; v++) {
                for (int u = x > 0 ? x - 1 : 0; u <= x + 1 && u < s->across;
                     u++, n++) {
                    unsigned shade = old[v * s->across + u];

                    sum += shade;
                    max = shade > max ? shade : max;
                }
            }
            s->of[y * s->across + x] =
                (uint8_t)(how == NEIGHBOURS_MAX ? max : sum / n);
        }
    }
}

/* Whether the shade differs over the page by more than a threshold bears. */
static bool is_uneven(const struct shades *s)
{
    unsigned darkest = 255, lightest = 0;

    for (int i = 0; i < s->across * s->down; i++) {
        darkest = s->of[i] < darkest ? s->of[i] : darkest;
        lightest = s->of[i] > lightest ? s->of[i] : lightest;
    }
    return darkest * 100 < lightest * EVEN_PCT;
}

/* Tile before position p and the weight (of 2 × TILE_PX) of the one after. */
static int tile_before(int p, int tiles, unsigned *weight)
{
    int twice = 2 * p + 1 - TILE_PX; /* from the centre of tile 0 */
    int tile = twice < 0 ? 0 : twice / (2 * TILE_PX);

    *weight = twice < 0 ? 0 : (unsigned)(twice % (2 * TILE_PX));
    if (tile >= tiles - 1) {
        tile = tiles - 1;
        *weight = 0;
    }
    return tile;
}

static void whiten_row(PIX *grey, const struct shades *s, int y,
                       const uint32_t *factor, unsigned *column)
{
    l_uint32 *line = pixGetData(grey) + (size_t)y * pixGetWpl(grey);
    unsigned below;
    int ty = tile_before(y, s->down, &below);
    const uint8_t *upper = s->of + (size_t)ty * (size_t)s->across;
    const uint8_t *lower = below ? upper + s->across : upper;

    for (int i = 0; i < s->across; i++)
        column[i] = upper[i] * (2 * TILE_PX - below) + lower[i] * below;
    for (int x = 0; x < pixGetWidth(grey); x++) {
        unsigned right;
        int tx = tile_before(x, s->across, &right);
        unsigned next = right ? column[tx + 1] : column[tx];
        unsigned shade = (column[tx] * (2 * TILE_PX - right) + next * right) /
                         (4 * TILE_PX * TILE_PX);
        uint32_t v = GET_DATA_BYTE(line, x) * factor[shade] >> 16;

        SET_DATA_BYTE(line, x, v > 255 ? 255 : v);
    }
}

void paper_whiten(PIX *grey, enum paper_care care)
{
    struct shades s = {0};
    AUTO(free_void) uint8_t *of = NULL;
    AUTO(free_void) unsigned *column = NULL;
    uint32_t factor[256];
    int inked = 0;

    if (pixGetDepth(grey) != 8)
        return;
    s.across = (pixGetWidth(grey) + TILE_PX - 1) / TILE_PX;
    s.down = (pixGetHeight(grey) + TILE_PX - 1) / TILE_PX;
    s.of = of = xcalloc((size_t)s.across, (size_t)s.down);
    column = xcalloc((size_t)s.across, sizeof(*column));
    for (int ty = 0; ty < s.down; ty++)
        for (int tx = 0; tx < s.across; tx++)
            s.of[ty * s.across + tx] = tile_shade(grey, tx, ty, &inked);
    lift_dark_tiles(&s);
    spread(&s, NEIGHBOURS_MAX);
    spread(&s, NEIGHBOURS_MEAN);
    if (care == PAPER_IF_UNEVEN && !is_uneven(&s))
        return;
    bool empty = inked * 100 < s.across * s.down * EMPTY_PCT;
    unsigned grain_pct = care == PAPER_EMPTY || empty ? GRAIN_PCT : 100;
    for (unsigned i = 0; i < 256; i++)
        factor[i] = (uint32_t)((255ull << 16) * 100 /
                               ((i ? i : 1) * grain_pct));
    for (int y = 0; y < pixGetHeight(grey); y++)
        whiten_row(grey, &s, y, factor, column);
}
