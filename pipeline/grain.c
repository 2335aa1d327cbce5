/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two pages of small print, set as one, have twelve thousand letters and
 * marks. Where there are more and most of them are specks, what is as small as
 * they are is lost among them.
 */
#include "pipeline/grain.h"

#include "base/compiler.h"
#include "pipeline/leptonica.h"
#include <math.h>

#define SPECK_MM 0.4 /* no longer */
#define MM_PER_INCH 25.4
#define PARTS_MAX 12000
#define PARTS_PER_MEGAPIXEL 3000 /* of a sheet larger than A4 at 200 dpi */
#define MANY_PARTS 4000          /* no page of print has as many dots */
#define LEAD 2                   /* so many specks for each larger part */

static int speck_px(int dpi)
{
    return (int)lround(SPECK_MM / MM_PER_INCH * dpi);
}

struct grain grain_count(PIX *black, int dpi)
{
    BOXA *parts = pixConnCompBB(black, 8);
    struct grain g = {0};

    for (int i = 0; i < boxaGetCount(parts); i++) {
        l_int32 w, h;

        boxaGetBoxGeometry(parts, i, NULL, NULL, &w, &h);
        if (w > speck_px(dpi) || h > speck_px(dpi))
            g.larger++;
        else
            g.specks++;
    }
    boxaDestroy(&parts);
    return g;
}

bool grain_outnumbers(const struct grain *g)
{
    return g->specks + g->larger > MANY_PARTS && g->specks >= g->larger * LEAD;
}

PIX *grain_removed(PIX *black, const struct grain *g, int dpi)
{
    double megapixels =
        (double)pixGetWidth(black) * pixGetHeight(black) / 1e6;
    int parts = g->specks + g->larger;

    if (parts <= PARTS_MAX || parts <= megapixels * PARTS_PER_MEGAPIXEL ||
        g->larger > g->specks)
        return NULL;
    return pixSelectBySize(black, speck_px(dpi) + 1, speck_px(dpi) + 1, 8,
                           L_SELECT_IF_EITHER, L_SELECT_IF_GTE, NULL);
}
