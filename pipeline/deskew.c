/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Leptonica's skew search: at the right angle the sums of pixel rows differ
 * most from row to row. A coarse sweep at a quarter of the size, then a
 * binary search at half of it; good to about 0.05 degrees on a full page. A
 * line alone is searched at twice that size: good to about 0.15 degrees.
 */
#include "pipeline/deskew.h"

#include "pipeline/leptonica.h"
#include <math.h>

#define SWEEP_REDUCTION 4
#define SEARCH_REDUCTION 2
#define SWEEP_STEP_DEG 1.0f
#define SEARCH_STEP_DEG 0.02f
#define SPARSE_SCORE 40000 /* of a few words; a page has 100 times that */

static struct skew search(PIX *bilevel, int sweep, int reduction)
{
    float angle = 0, ratio = 0, score = 0;

    if (pixFindSkewSweepAndSearchScore(
            bilevel, &angle, &ratio, &score, sweep, reduction, 0,
            SKEW_MAX_DEG, SWEEP_STEP_DEG, SEARCH_STEP_DEG) != 0)
        return (struct skew){0};
    return (struct skew){.deg = angle, .score = score, .ratio = ratio};
}

struct skew skew_find(PIX *bilevel)
{
    struct skew found = search(bilevel, SWEEP_REDUCTION, SEARCH_REDUCTION);

    /* a name or a line alone: its angle from all of its pixels, scores stay
     * comparable to those of other pages */
    if (found.score > 0 && found.score < SPARSE_SCORE)
        found.deg = search(bilevel, SEARCH_REDUCTION, 1).deg;
    return found;
}

PIX *skew_straighten(PIX *pix, double deg)
{
    int type = pixGetDepth(pix) == 1 ? L_ROTATE_SHEAR : L_ROTATE_AREA_MAP;

    return pixRotate(pix, (float)(deg * M_PI / 180), type, L_BRING_IN_WHITE,
                     0, 0);
}
