/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two pages of small print, set as one, have twelve thousand letters and
 * marks. Where there are more and most of them are specks, what is as small as
 * they are is lost among them.
 */
#include "pipeline/grain.h"

#include "base/compiler.h"
#include "pipeline/leptonica.h"

#define PARTS_MAX 12000
#define PARTS_PER_MEGAPIXEL 3000 /* of a sheet larger than A4 at 200 dpi */
#define SPECK_PX 3               /* no longer */
#define LEFT_PART 2              /* of the parts, at most, are no specks */

PIX *grain_removed(PIX *black)
{
    double area = (double)pixGetWidth(black) * pixGetHeight(black);
    AUTO(pixDestroy) PIX *clean = NULL;
    l_int32 parts = 0, left = 0;

    if (pixCountConnComp(black, 8, &parts) != 0 || parts <= PARTS_MAX ||
        parts <= area / 1e6 * PARTS_PER_MEGAPIXEL)
        return NULL;
    clean = pixSelectBySize(black, SPECK_PX + 1, SPECK_PX + 1, 8,
                            L_SELECT_IF_EITHER, L_SELECT_IF_GTE, NULL);
    if (clean == NULL || pixCountConnComp(clean, 8, &left) != 0 ||
        left > parts / LEFT_PART)
        return NULL;
    return pixClone(clean);
}
