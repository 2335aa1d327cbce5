/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ink that may be words is cut out while the colours are still there, as small
 * pictures with the print under it taken away. What has a frame or is a row or
 * two is taken for words; what may lean, or has no frame, must say so itself.
 */
#include "pipeline/stamp.h"

#include "base/alloc.h"
#include "pipeline/leptonica.h"
#include "pipeline/seal_ring.h"
#include "pipeline/stamp_frame.h"

#define MM(n) ((int)((n) / CELL_MM))
#define PARTS_MAX 24
#define COLOURED 40  /* from the least to the greatest of red, green, blue */
#define FAINT 26     /* the same, of what JPEG left of a thin stroke */
#define INK_DARK 110 /* least of them in a deep stroke */
#define VAGUE_MAX 3  /* read on a page, in vain mostly */
#define MARGIN_MM 2  /* for what turning a stamp moves outward */

void stamps_clear(struct stamps *s)
{
    for (int i = 0; i < s->n_stamps; i++)
        pixDestroy(&s->stamps[i].ink);
    for (int i = 0; i < s->n_frames; i++)
        pixDestroy(&s->frames[i].ink);
    *s = (struct stamps){0};
}

static struct box on_image(const struct colour_map *m, const struct box *b,
                           PIX *pix)
{
    int x = (int)(b->x * m->cell_px), y = (int)(b->y * m->cell_px);
    int right = (int)((b->x + b->w) * m->cell_px + 1);
    int bottom = (int)((b->y + b->h) * m->cell_px + 1);

    right = right > pixGetWidth(pix) ? pixGetWidth(pix) : right;
    bottom = bottom > pixGetHeight(pix) ? pixGetHeight(pix) : bottom;
    return (struct box){x, y, right - x, bottom - y};
}

static void extremes(l_uint32 pixel, int *least, int *most)
{
    int v[3] = {(int)(pixel >> 24), (int)(pixel >> 16 & 255),
                (int)(pixel >> 8 & 255)};

    *least = *most = v[0];
    for (int i = 1; i < 3; i++) {
        *least = v[i] < *least ? v[i] : *least;
        *most = v[i] > *most ? v[i] : *most;
    }
}

/* A pixel as grey, by the darkest of its colours. */
static l_uint32 darkness_of(l_uint32 pixel)
{
    int least, most;

    extremes(pixel, &least, &most);
    least = (least - INK_DARK) * 255 / (255 - INK_DARK);
    return (l_uint32)(least < 0 ? 0 : least);
}

/* The coloured ink of a pixel as grey: the paler the stroke, the lighter. */
static l_uint32 ink_of(l_uint32 pixel)
{
    int least, most;

    extremes(pixel, &least, &most);
    return most - least < COLOURED ? 255 : darkness_of(pixel);
}

/* Fill thin strokes up: JPEG takes the colour from them and their rims. What
 * is dark beside ink with some colour is of it. */
static void fill_rims(PIX *pix, const struct box *b, PIX *ink)
{
    AUTO(pixDestroy) PIX *core = pixCreate(b->w, b->h, 1);

    for (int y = 0; core != NULL && y < b->h; y++) {
        const l_uint32 *from =
            pixGetData(pix) + (size_t)(b->y + y) * (size_t)pixGetWpl(pix);
        l_uint32 *to = pixGetData(core) + (size_t)y * (size_t)pixGetWpl(core);

        for (int x = 0; x < b->w; x++) {
            int least, most;

            extremes(from[b->x + x], &least, &most);
            if (most - least >= FAINT)
                SET_DATA_BIT(to, x);
        }
    }
    if (core == NULL || pixDilateBrick(core, core, 5, 5) == NULL)
        return;
    for (int y = 0; y < b->h; y++) {
        const l_uint32 *from =
            pixGetData(pix) + (size_t)(b->y + y) * (size_t)pixGetWpl(pix);
        const l_uint32 *near =
            pixGetData(core) + (size_t)y * (size_t)pixGetWpl(core);
        l_uint32 *to = pixGetData(ink) + (size_t)y * (size_t)pixGetWpl(ink);

        for (int x = 0; x < b->w; x++)
            if (GET_DATA_BIT(near, x))
                SET_DATA_BYTE(to, x, darkness_of(from[b->x + x]));
    }
}

/* Cut box b out of the page: its coloured ink at reading resolution. */
static PIX *cut_ink(PIX *pix, const struct box *b, bool rims, double dpi)
{
    PIX *ink = pixCreateNoInit(b->w, b->h, 8), *scaled;
    double factor = dpi > STAMP_DPI * 1.15 ? STAMP_DPI / dpi : 1;

    if (ink == NULL)
        return NULL;
    for (int y = 0; y < b->h; y++) {
        const l_uint32 *from =
            pixGetData(pix) + (size_t)(b->y + y) * (size_t)pixGetWpl(pix);
        l_uint32 *to = pixGetData(ink) + (size_t)y * (size_t)pixGetWpl(ink);

        for (int x = 0; x < b->w; x++)
            SET_DATA_BYTE(to, x, ink_of(from[b->x + x]));
    }
    if (rims)
        fill_rims(pix, b, ink);
    if (factor == 1)
        return ink;
    scaled = pixScale(ink, (float)factor, (float)factor);
    pixDestroy(&ink);
    return scaled;
}

/* Whether ink of this size may be stamped words: framed, or a row or two of
 * letters. */
static bool may_be_words(const struct colour_map *m, const uint8_t *ink,
                         const struct box *b)
{
    /* either way up */
    int longer = b->w > b->h ? b->w : b->h, shorter = b->w + b->h - longer;

    if (longer < MM(10) || shorter < MM(3) || longer > MM(95) ||
        shorter > MM(65))
        return false;
    return colour_map_framed(m, ink, b) ||
           (shorter <= MM(16) && longer >= shorter * 2);
}

/* Whether ink may be words that lean, or some without a frame. */
static bool may_lean(const struct box *b, int full_pct)
{
    int longer = b->w > b->h ? b->w : b->h, shorter = b->w + b->h - longer;

    return longer >= MM(12) && longer <= MM(95) && shorter >= MM(6) &&
           shorter <= MM(65) && full_pct >= 4 && full_pct <= 45;
}

/* The box with a margin, on the image. */
static struct box with_margin(const struct colour_map *m, const struct box *b,
                              PIX *pix)
{
    int left = b->x > MM(MARGIN_MM) ? b->x - MM(MARGIN_MM) : 0;
    int top = b->y > MM(MARGIN_MM) ? b->y - MM(MARGIN_MM) : 0;
    struct box wide = {left, top, b->x + b->w + MM(MARGIN_MM) - left,
                       b->y + b->h + MM(MARGIN_MM) - top};

    return on_image(m, &wide, pix);
}

static bool may_be_strokes(const struct colour_map *m, const uint8_t *ink,
                           const struct box *b)
{
    int full = colour_map_count(m, ink, b) * 100 / (b->w * b->h);

    return b->w >= MM(8) && b->h >= MM(4) && b->w <= MM(90) && b->h <= MM(60) &&
           full >= 2 && full <= 45;
}

static void keep_ink(PIX *pix, const struct box *b, bool vague,
                     struct stamps *out)
{
    PIX *cut = b->w >= 8 && b->h >= 8 && out->n_stamps < STAMPS_MAX
                   ? cut_ink(pix, b, vague, out->dpi)
                   : NULL;

    if (cut != NULL)
        out->stamps[out->n_stamps++] =
            (struct stamped){.box = *b, .ink = cut, .vague = vague};
}

static int full_pct(const struct colour_map *m, const uint8_t *ink,
                    const struct box *part)
{
    return colour_map_count(m, ink, part) * 100 / (part->w * part->h);
}

/* Stamps and strokes in one colour. */
static void find_parts(PIX *pix, const struct colour_map *m, const uint8_t *ink,
                       bool strokes, struct stamps *out)
{
    struct box parts[PARTS_MAX];
    int n = colour_map_parts(m, ink, MM(2.5), MM(1), parts, PARTS_MAX);

    for (int i = 0; i < n; i++) {
        struct box b = on_image(m, &parts[i], pix);

        if (strokes && may_be_strokes(m, ink, &parts[i]) &&
            out->n_strokes < STAMPS_MAX)
            out->strokes[out->n_strokes++] = b;
        if (may_be_words(m, ink, &parts[i]) && full_pct(m, ink, &parts[i]) >= 8)
            keep_ink(pix, &b, false, out);
    }
}

/* Stamps that lean or have no frame, in both colours together: clerks write
 * in blue into what is stamped in red. */
static void find_vague(PIX *pix, const struct colour_map *m, struct stamps *out)
{
    size_t n_cells = (size_t)m->w * (size_t)m->h;
    AUTO(free_void) uint8_t *ink = xcalloc(n_cells, 1);
    struct box parts[PARTS_MAX];
    int n, kept = 0;

    for (size_t i = 0; i < n_cells; i++)
        ink[i] = m->red[i] || m->blue[i];
    n = colour_map_parts(m, ink, MM(3), MM(2.5), parts, PARTS_MAX);
    for (int i = 0; i < n && kept < VAGUE_MAX; i++) {
        struct box b = with_margin(m, &parts[i], pix);
        bool sealed = false;

        for (int k = 0; k < out->n_seals; k++)
            sealed = sealed || boxes_near(&b, &out->seals[k], 0);
        if (sealed || !may_lean(&parts[i], full_pct(m, ink, &parts[i])) ||
            colour_map_framed(m, ink, &parts[i]))
            continue;
        keep_ink(pix, &b, true, out);
        kept++;
    }
}

void stamps_find(PIX *pix, double dpi, struct stamps *out)
{
    AUTO(colour_map_clear) struct colour_map m = {0};
    struct box seals[SEALS_MAX];

    *out = (struct stamps){.width_px = pixGetWidth(pix),
                           .height_px = pixGetHeight(pix),
                           .dpi = dpi};
    frames_find(pix, dpi, out);
    colour_map_make(pix, dpi, &m);
    if (m.w > 0)
        out->n_seals = colour_map_take_seals(&m, seals, SEALS_MAX);
    for (int i = 0; i < out->n_seals; i++)
        out->seals[i] = on_image(&m, &seals[i], pix);
    if (out->n_seals == 0) {
        out->n_seals = seal_rings_find(pix, dpi, out->seals, SEALS_MAX);
        out->seals_dark = out->n_seals > 0;
    }
    if (m.w == 0)
        return;
    find_vague(pix, &m, out);
    find_parts(pix, &m, m.red, false, out);
    find_parts(pix, &m, m.blue, true, out);
}
