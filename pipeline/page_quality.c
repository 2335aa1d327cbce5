/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Paper is the median grey, ink what is clearly darker than paper inside the
 * page. Contrast is their distance; sharpness how much of it an edge of
 * writing crosses from one pixel to the next: print at 200 dpi crosses half,
 * out of focus it takes many pixels. Every fourth row is enough.
 */
#include "pipeline/page_quality.h"

#include "pipeline/grain.h"
#include "pipeline/leptonica.h"
#include <stdbool.h>
#include <stdint.h>

#define ROWS_STEP 4
#define EDGE_PART 25       /* of a side is left out: frames, shadows */
#define INK_BELOW_PCT 85   /* of the paper's grey */
#define INK_RANK_PCT 20    /* of the ink is darker than its level */
#define LIGHT_RANK_PCT 98  /* of the pixels is darker than the light ones */
#define INK_MIN_PPM 300    /* less says nothing */
#define CROSSINGS_MIN 200  /* the same for edges */
#define CONTRAST_MIN_PCT 8 /* to tell edges from grain */
#define GRAIN_PCT 25       /* of dark pixels stand alone: most are grain */
#define FAINT_PCT 50       /* below: is read with its contrast stretched */
#define DARK_PCT 45        /* of the paper's grey: no paper */
#define DARK_ROW_PCT 60    /* of a row or column of a dark frame */
#define FRAME_PART 6       /* of a side is looked at for a frame */
#define FRAME_GAP_PART 100 /* of a side may be lighter before it begins */

struct levels {
    unsigned paper, ink;
    uint64_t pixels, ink_pixels;
};

static unsigned rank_of(const uint64_t *count, unsigned end, uint64_t rank)
{
    uint64_t sum = 0;
    unsigned level = 0;

    while (level < end && (sum += count[level]) <= rank)
        level++;
    return level;
}

/* The median; but where most of the page is black, as under an open lid, that
 * of what is light. */
static unsigned find_paper(const uint64_t *count, uint64_t pixels)
{
    unsigned median = rank_of(count, 255, pixels / 2);
    unsigned half = rank_of(count, 255, pixels * LIGHT_RANK_PCT / 100) / 2;
    uint64_t dark = 0;

    if (median >= half)
        return median;
    for (unsigned i = 0; i < half; i++)
        dark += count[i];
    return rank_of(count, 255, dark + (pixels - dark) / 2);
}

static struct levels find_levels(PIX *grey)
{
    struct levels found = {0};
    uint64_t count[256] = {0};
    int w = pixGetWidth(grey), h = pixGetHeight(grey);
    int left = w / EDGE_PART, top = h / EDGE_PART;

    for (int y = top; y < h - top; y += ROWS_STEP) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * pixGetWpl(grey);

        for (int x = left; x < w - left; x++)
            count[GET_DATA_BYTE(line, x)]++;
        found.pixels += (uint64_t)(w - 2 * left);
    }
    found.paper = find_paper(count, found.pixels);
    for (unsigned i = 0; i < found.paper * INK_BELOW_PCT / 100; i++)
        found.ink_pixels += count[i];
    found.ink =
        rank_of(count, 255, found.ink_pixels * INK_RANK_PCT / 100);
    return found;
}

/* Mean step at edges of writing, in per cent of the contrast; -1 if there are
 * too few. */
static int find_sharpness(PIX *grey, const struct levels *l)
{
    int w = pixGetWidth(grey), h = pixGetHeight(grey);
    unsigned middle = (l->paper + l->ink) / 2;
    uint64_t steps = 0, crossings = 0, share;

    for (int y = h / EDGE_PART; y < h - h / EDGE_PART; y += ROWS_STEP) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * pixGetWpl(grey);
        int x = w / EDGE_PART;
        unsigned before = GET_DATA_BYTE(line, x);

        for (x++; x < w - w / EDGE_PART; x++) {
            unsigned v = GET_DATA_BYTE(line, x);

            if ((v > middle) != (before > middle)) {
                steps += v > before ? v - before : before - v;
                crossings++;
            }
            before = v;
        }
    }
    if (crossings < CROSSINGS_MIN)
        return -1;
    /* a step may be higher than from ink to paper, as at a torn edge */
    share = steps * 100 / (crossings * (l->paper - l->ink));
    return share > 100 ? 100 : (int)share;
}

static unsigned grey_at(PIX *pix, int x, int y)
{
    const l_uint32 *line = pixGetData(pix) + (size_t)y * pixGetWpl(pix);

    return pixGetDepth(pix) == 1 ? (GET_DATA_BIT(line, x) ? 0 : 255)
                                 : GET_DATA_BYTE(line, x);
}

/* Whether row (or column) number i from a side is dark. */
static bool is_dark(PIX *pix, bool row, int i, unsigned below)
{
    int n = row ? pixGetWidth(pix) : pixGetHeight(pix), dark = 0, all = 0;

    for (int k = 0; k < n; k += ROWS_STEP, all++)
        dark += (row ? grey_at(pix, k, i) : grey_at(pix, i, k)) < below;
    return dark * 100 >= all * DARK_ROW_PCT;
}

/* How much of the page its dark frame takes, in tenths of a per cent. */
static int find_frame(PIX *pix, unsigned paper)
{
    int w = pixGetWidth(pix), h = pixGetHeight(pix);
    unsigned below = paper * DARK_PCT / 100;
    double frame = 0;

    for (int side = 0; side < 4; side++) {
        bool row = side < 2;
        int n = row ? h : w, depth = 0;

        for (int i = 0; i < n / FRAME_PART; i++) {
            if (is_dark(pix, row, side % 2 ? n - 1 - i : i, below))
                depth = i + 1;
            else if (depth > 0 || i > n / FRAME_GAP_PART)
                break;
        }
        frame += (double)depth / n;
    }
    return (int)(frame * 1000);
}

void page_quality_stretch(PIX *grey, const struct page_quality *q)
{
    uint8_t to[256];

    if (!page_quality_is_faint(q) || pixGetDepth(grey) != 8)
        return;
    for (int i = 0; i < 256; i++) {
        int v = (i - q->ink) * 255 / (q->paper - q->ink);

        to[i] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
    }
    for (int y = 0; y < pixGetHeight(grey); y++) {
        l_uint32 *line = pixGetData(grey) + (size_t)y * pixGetWpl(grey);

        for (int x = 0; x < pixGetWidth(grey); x++)
            SET_DATA_BYTE(line, x, to[GET_DATA_BYTE(line, x)]);
    }
}

bool page_quality_is_faint(const struct page_quality *q)
{
    return q->measured && q->contrast_pct >= CONTRAST_MIN_PCT &&
           q->contrast_pct < FAINT_PCT;
}

bool page_quality_is_grainy(PIX *grey, const struct page_quality *q)
{
    unsigned below = q->paper * (unsigned)INK_BELOW_PCT / 100;
    int w = pixGetWidth(grey), h = pixGetHeight(grey);
    uint64_t dark = 0, alone = 0;

    if (pixGetDepth(grey) != 8 || !page_quality_is_faint(q))
        return false;
    for (int y = h / EDGE_PART + 1; y < h - h / EDGE_PART - 1; y += ROWS_STEP) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * pixGetWpl(grey);
        const l_uint32 *above = line - pixGetWpl(grey);
        const l_uint32 *under = line + pixGetWpl(grey);

        for (int x = w / EDGE_PART + 1; x < w - w / EDGE_PART - 1; x++) {
            if (GET_DATA_BYTE(line, x) >= below)
                continue;
            dark++;
            alone += GET_DATA_BYTE(line, x - 1) >= below &&
                     GET_DATA_BYTE(line, x + 1) >= below &&
                     GET_DATA_BYTE(above, x) >= below &&
                     GET_DATA_BYTE(under, x) >= below;
        }
    }
    return alone * 100 > dark * GRAIN_PCT;
}

bool page_quality_is_speckled(PIX *grey, const struct page_quality *q, int dpi)
{
    AUTO(pixDestroy) PIX *dark = NULL;
    struct grain grain;

    if (pixGetDepth(grey) != 8 || !page_quality_is_faint(q))
        return false;
    dark = pixThresholdToBinary(grey, (q->paper + q->ink) / 2);
    if (dark == NULL)
        return false;
    grain = grain_count(dark, dpi);
    return grain_outnumbers(&grain);
}

struct page_quality page_quality_measure(PIX *grey)
{
    struct page_quality q = {.contrast_pct = -1, .sharpness_pct = -1};
    struct levels l;

    if (pixGetDepth(grey) == 1) {
        q.measured = true;
        q.frame_permille = find_frame(grey, 255);
        return q;
    }
    if (pixGetDepth(grey) != 8)
        return q;
    l = find_levels(grey);
    if (l.pixels == 0 || l.paper == 0)
        return q;
    q.measured = true;
    q.frame_permille = find_frame(grey, l.paper);
    if (l.ink_pixels * 1000000 < l.pixels * INK_MIN_PPM)
        return q;
    q.paper = (uint8_t)l.paper;
    q.ink = (uint8_t)l.ink;
    q.contrast_pct = (int)((l.paper - l.ink) * 100 / l.paper);
    if (q.contrast_pct >= CONTRAST_MIN_PCT)
        q.sharpness_pct = find_sharpness(grey, &l);
    return q;
}
