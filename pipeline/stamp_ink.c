/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stamps are paler than print: what is darker than the paper by a quarter may
 * be one. Of a scan in colours that holds for what is grey; of red and blue
 * ink, which is looked for elsewhere, only what the red of it leaves black.
 */
#include "pipeline/stamp_ink.h"

#include "pipeline/ink_level.h"
#include "pipeline/leptonica.h"
#include <stdbool.h>

#define COARSE_DPI 140.0 /* fine enough for thin lines */
#define BLACK 128
#define GREY 40 /* at most, between red, green and blue */

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
    l_uint32 bits = 0;
    int over = 0; /* below 0: something is darker */

    for (int i = 0; i < n; i++)
        over |= (int)(from[i] >> 24) - below;
    for (int i = 0; over < 0 && i < n; i++)
        bits |= (l_uint32)is_ink(from[i], below) << (31 - i);
    return bits;
}

/* What is grey and dark, or has no red. */
static PIX *ink_of_colours(PIX *pix)
{
    PIX *made = pixCreate(pixGetWidth(pix), pixGetHeight(pix), 1);
    int below = ink_level_stamp_on_page(pix), w = pixGetWidth(pix);

    for (int y = 0; made != NULL && y < pixGetHeight(pix); y++) {
        const l_uint32 *from =
            pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        l_uint32 *to = pixGetData(made) + (size_t)y * (size_t)pixGetWpl(made);

        for (int x = 0; x < w; x += 32)
            to[x / 32] = ink_bits(from + x, w - x < 32 ? w - x : 32, below);
    }
    return made;
}

PIX *stamp_ink(PIX *grey)
{
    return pixThresholdToBinary(grey, ink_level_stamp_alone(grey));
}

PIX *stamp_ink_coarse(PIX *pix, double *dpi)
{
    int depth = pixGetDepth(pix);
    PIX *made = depth == 32 ? ink_of_colours(pix)
                : depth == 8
                    ? pixThresholdToBinary(pix, ink_level_stamp_on_page(pix))
                    : pixClone(pix);

    while (made != NULL && *dpi > COARSE_DPI) {
        PIX *half = pixReduceRankBinary2(made, 1, NULL);

        pixDestroy(&made);
        made = half;
        *dpi /= 2;
    }
    return made;
}
