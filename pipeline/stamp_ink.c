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
#include <stdint.h>

#define COARSE_DPI 140.0 /* fine enough for thin lines */
#define BLACK 128
#define WORD_BITS 32
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

/* Ink among n pixels in colours, 32 at most, the first in the highest bit: what
 * is grey and dark, or has no red. Most have none, which is told first and at
 * once. */
static l_uint32 colour_bits(const l_uint32 *from, int n, int below)
{
    l_uint32 bits = 0;
    int over = 0; /* below 0: something is darker */

    for (int i = 0; i < n; i++)
        over |= (int)(from[i] >> 24) - below;
    for (int i = 0; over < 0 && i < n; i++)
        bits |= (l_uint32)is_ink(from[i], below) << (31 - i);
    return bits;
}

/* The same of grey ones. */
static l_uint32 grey_bits(const l_uint32 *from, int n, int below)
{
    const uint8_t *bytes = (const uint8_t *)from;
    l_uint32 bits = 0;
    uint8_t least = n < WORD_BITS ? 0 : 255; /* of whole words, whose bytes
                                                stand in any order */

    for (int i = 0; i < WORD_BITS && n == WORD_BITS; i++)
        least = bytes[i] < least ? bytes[i] : least;
    for (int i = 0; least < below && i < n; i++)
        bits |= (l_uint32)(GET_DATA_BYTE(from, i) < below) << (31 - i);
    return bits;
}

static PIX *ink_of(PIX *pix)
{
    PIX *made = pixCreate(pixGetWidth(pix), pixGetHeight(pix), 1);
    int below = ink_level_stamp_on_page(pix), w = pixGetWidth(pix);
    bool grey = pixGetDepth(pix) == 8;

    for (int y = 0; made != NULL && y < pixGetHeight(pix); y++) {
        const l_uint32 *from =
            pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        l_uint32 *to = pixGetData(made) + (size_t)y * (size_t)pixGetWpl(made);

        for (int x = 0; x < w; x += WORD_BITS) {
            int n = w - x < WORD_BITS ? w - x : WORD_BITS;

            to[x / WORD_BITS] = grey ? grey_bits(from + x / 4, n, below)
                                     : colour_bits(from + x, n, below);
        }
    }
    return made;
}

PIX *stamp_ink(PIX *grey)
{
    return pixThresholdToBinary(grey, ink_level_stamp_alone(grey));
}

PIX *stamp_ink_coarse(PIX *pix, double *dpi)
{
    PIX *made = pixGetDepth(pix) == 1 ? pixClone(pix) : ink_of(pix);

    while (made != NULL && *dpi > COARSE_DPI) {
        PIX *half = pixReduceRankBinary2(made, 1, NULL);

        pixDestroy(&made);
        made = half;
        *dpi /= 2;
    }
    return made;
}
