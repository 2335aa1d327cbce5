/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stems of 11 pt print are a third of a millimetre thick, and so are the lines
 * of most pens. A square of that size finds a place in them and wanders along
 * for the height of a letter.
 */
#include "pipeline/thin_print.h"

#include "pipeline/leptonica.h"
#include <math.h>

#define MM_PER_INCH 25.4
#define STROKE_MM 0.35
#define STROKE_MIN_PX 2 /* a single pixel has no thickness */
#define BLACK_BELOW 128

bool thin_print_find(PIX *copy, double dpi, struct traces *out)
{
    int thick = (int)lround(STROKE_MM / MM_PER_INCH * dpi);
    struct traces solid = {0};
    AUTO(pixDestroy) PIX *bilevel = NULL;
    AUTO(pixDestroy) PIX *opened = NULL;
    bool thin;

    if (thick < STROKE_MIN_PX)
        return false;
    bilevel = pixGetDepth(copy) == 1 ? pixClone(copy)
                                     : pixThresholdToBinary(copy, BLACK_BELOW);
    if (bilevel != NULL)
        opened = pixOpenBrick(NULL, bilevel, thick, thick);
    if (opened == NULL)
        return false;
    traces_find(opened, dpi, &solid);
    thin = solid.looked && solid.dark == 0;
    traces_clear(&solid);
    if (thin)
        traces_find(bilevel, dpi, out);
    return thin && out->looked;
}
