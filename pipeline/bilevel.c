/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Paper covers most of a page, so the median grey is the paper's. Print is
 * much darker than that; the other side's print, seen through it, is not.
 */
#include "pipeline/bilevel.h"

#include "pipeline/leptonica.h"
#include <stdint.h>

#define PRINT_PART_PCT 62 /* of the paper's grey: below is writing */
#define RULE_PART_PCT 78  /* the same for rules, which may be hair lines */
#define THRESHOLD_MIN 50
#define THRESHOLD_MAX 170
#define SAMPLE_ROWS 4

static int median_grey(PIX *grey)
{
    uint64_t count[256] = {0}, total = 0, sum = 0;
    int w = pixGetWidth(grey), h = pixGetHeight(grey), level = 0;

    for (int y = 0; y < h; y += SAMPLE_ROWS) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * pixGetWpl(grey);

        for (int x = 0; x < w; x++)
            count[GET_DATA_BYTE(line, x)]++;
        total += (uint64_t)w;
    }
    while (level < 255 && (sum += count[level]) * 2 < total)
        level++;
    return level;
}

PIX *bilevel_make(PIX *pix)
{
    int threshold;

    if (pixGetDepth(pix) == 1)
        return pixClone(pix);
    threshold = median_grey(pix) * PRINT_PART_PCT / 100;
    if (threshold < THRESHOLD_MIN)
        threshold = THRESHOLD_MIN;
    if (threshold > THRESHOLD_MAX)
        threshold = THRESHOLD_MAX;
    return pixThresholdToBinary(pix, threshold);
}

PIX *bilevel_rules(PIX *pix)
{
    if (pixGetDepth(pix) == 1)
        return pixClone(pix);
    return pixThresholdToBinary(pix, median_grey(pix) * RULE_PART_PCT / 100);
}
