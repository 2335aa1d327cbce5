/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Letters with ascenders, descenders and marks differ in height, and in small
 * print marks run into their letters; the lowest letters (a, c, e, m) tell. So
 * it is the height that a fifth of the ink stays below, pieces counted as often
 * as they are high: dust and loose marks are small and count little.
 */
#include "pipeline/text_height.h"

#include "pipeline/leptonica.h"

#define PIECE_PX_MIN 4
#define LOW_PART 5
#define PIECE_PX_MAX 80
#define FLAT_MAX 12            /* wider than that many heights: a rule */
#define PIECES_HEIGHT_MIN 2000 /* some two hundred letters */

int text_height_px(PIX *bilevel)
{
    long by_height[PIECE_PX_MAX + 1] = {0}, all = 0, below = 0;
    BOXA *pieces = pixConnCompBB(bilevel, 8);
    int height = PIECE_PX_MIN;

    for (int i = 0; pieces != NULL && i < boxaGetCount(pieces); i++) {
        int w, h;

        boxaGetBoxGeometry(pieces, i, NULL, NULL, &w, &h);
        if (h < PIECE_PX_MIN || h > PIECE_PX_MAX || w > FLAT_MAX * h ||
            h > FLAT_MAX * w)
            continue;
        by_height[h] += h;
        all += h;
    }
    boxaDestroy(&pieces);
    if (all < PIECES_HEIGHT_MIN)
        return 0;
    while (height < PIECE_PX_MAX &&
           (below += by_height[height]) * LOW_PART < all)
        height++;
    return height;
}
