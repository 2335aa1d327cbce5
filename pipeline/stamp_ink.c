/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stamps are paler than print: what is darker than the paper by a quarter may
 * be one. Of a scan in colours that holds for what is grey; of red and blue
 * ink, which is looked for elsewhere, only what the red of it leaves black.
 */
#include "pipeline/stamp_ink.h"

#include "pipeline/leptonica.h"
#include <stdbool.h>

#define COARSE_DPI 140.0 /* fine enough for thin lines */
#define BLACK 128
#define INK_PCT 78   /* of the grey of the paper */
#define PAPER_STEP 8 /* pixels between those that tell it */
#define GREY 40      /* at most, between red, green and blue */

/* What is darker than this may be ink of a stamp. */
static int ink_below(PIX *grey)
{
    NUMA *counts = pixGetGrayHistogram(grey, PAPER_STEP);
    l_float32 most;
    l_int32 paper = 0;

    if (counts != NULL)
        numaGetMax(counts, &most, &paper);
    numaDestroy(&counts);
    return paper * INK_PCT / 100 > BLACK ? paper * INK_PCT / 100 : BLACK;
}

static bool is_ink(l_uint32 pixel, int below)
{
    int red = (int)(pixel >> 24), green = (int)(pixel >> 16 & 255);
    int blue = (int)(pixel >> 8 & 255);

    if (red < BLACK || red >= below)
        return red < BLACK;
    return red - green < GREY && green - red < GREY && red - blue < GREY &&
           blue - red < GREY;
}

/* Ink among n pixels, 32 at most, the first in the highest bit. Most have none,
 * which is told first and at once. */
static l_uint32 ink_bits(const l_uint32 *from, int n, int below)
{
    l_uint32 limit = (l_uint32)below << 24, bits = 0, kept = 0;

    for (int i = 0; i < n; i++)
        bits |= (l_uint32)(from[i] < limit) << (31 - i);
    for (int i = 0; bits != 0 && i < n; i++)
        if (bits >> (31 - i) & 1 && is_ink(from[i], below))
            kept |= 1u << (31 - i);
    return kept;
}

/* What is grey and dark, or has no red. */
static PIX *ink_of_colours(PIX *pix)
{
    PIX *red = pixScaleRGBToGrayFast(pix, PAPER_STEP, COLOR_RED);
    PIX *made = pixCreate(pixGetWidth(pix), pixGetHeight(pix), 1);
    int below = red != NULL ? ink_below(red) : BLACK, w = pixGetWidth(pix);

    pixDestroy(&red);
    for (int y = 0; made != NULL && y < pixGetHeight(pix); y++) {
        const l_uint32 *from =
            pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        l_uint32 *to = pixGetData(made) + (size_t)y * (size_t)pixGetWpl(made);

        for (int x = 0; x < w; x += 32)
            to[x / 32] = ink_bits(from + x, w - x < 32 ? w - x : 32, below);
    }
    return made;
}

PIX *stamp_ink_coarse(PIX *pix, double *dpi)
{
    int depth = pixGetDepth(pix);
    PIX *made = depth == 32  ? ink_of_colours(pix)
                : depth == 8 ? pixThresholdToBinary(pix, ink_below(pix))
                             : pixClone(pix);

    while (made != NULL && *dpi > COARSE_DPI) {
        PIX *half = pixReduceRankBinary2(made, 1, NULL);

        pixDestroy(&made);
        made = half;
        *dpi /= 2;
    }
    return made;
}
