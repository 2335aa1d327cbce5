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

#define PARTS_MAX 12000
#define PARTS_PER_MEGAPIXEL 3000 /* of a sheet larger than A4 at 200 dpi */
#define SPECK_PX 3               /* no longer */
#define LEFT_PART 2              /* of the parts, at most, are no specks */
#define SPECK_INCH 0.016 /* the same on any page: less than a mark of 6 pt */
#define MANY_PARTS 4000
#define FEW_PART 3 /* of so many, at most, are no specks */

static PIX *without_specks(PIX *black, int speck_px)
{
    return pixSelectBySize(black, speck_px + 1, speck_px + 1, 8,
                           L_SELECT_IF_EITHER, L_SELECT_IF_GTE, NULL);
}

int grain_parts(PIX *black)
{
    l_int32 parts = 0;

    return pixCountConnComp(black, 8, &parts) == 0 ? parts : 0;
}

PIX *grain_removed(PIX *black, int parts)
{
    double area = (double)pixGetWidth(black) * pixGetHeight(black);
    AUTO(pixDestroy) PIX *clean = NULL;
    l_int32 left = 0;

    if (parts <= PARTS_MAX || parts <= area / 1e6 * PARTS_PER_MEGAPIXEL)
        return NULL;
    clean = without_specks(black, SPECK_PX);
    if (clean == NULL || pixCountConnComp(clean, 8, &left) != 0 ||
        left > parts / LEFT_PART)
        return NULL;
    return pixClone(clean);
}

bool grain_outnumbers(PIX *black, int parts, int dpi)
{
    AUTO(pixDestroy) PIX *clean = NULL;
    l_int32 left = 0;

    if (parts <= MANY_PARTS)
        return false;
    clean = without_specks(black, (int)lround(SPECK_INCH * dpi));
    return clean != NULL && pixCountConnComp(clean, 8, &left) == 0 &&
           left <= parts / FEW_PART;
}
