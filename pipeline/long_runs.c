/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A pixel and the n - 1 after it are black if the first half and the second
 * half of them are: each step doubles the length that is known. What is left
 * then are the starts of long runs; the same steps with "or" in the other
 * direction give the runs back. Gaps are runs of white.
 */
#include "pipeline/long_runs.h"

#include "pipeline/leptonica.h"
#include <stdbool.h>

/* Combine pix with itself, moved back (by > 0) or forth; what comes from
 * beyond the edge is white. */
static PIX *combine(PIX *pix, int by, bool across, int op)
{
    PIX *moved = pixCreateTemplate(pix);
    int w = pixGetWidth(pix), h = pixGetHeight(pix);

    if (moved == NULL)
        return NULL;
    pixRasterop(moved, across ? -by : 0, across ? 0 : -by, w, h, PIX_SRC, pix,
                0, 0);
    pixRasterop(moved, 0, 0, w, h, op, pix, 0, 0);
    return moved;
}

/* `direction` 1: from here on; -1: up to here. */
static PIX *doubled(PIX *pix, int n_px, bool across, int op, int direction)
{
    PIX *now = pixClone(pix);

    for (int known = 1; now != NULL && known < n_px;) {
        int by = known * 2 <= n_px ? known : n_px - known;
        PIX *next = combine(now, direction * by, across, op);

        pixDestroy(&now);
        now = next;
        known += by;
    }
    return now;
}

static PIX *long_runs(PIX *bilevel, int n_px, bool across)
{
    AUTO(pixDestroy)
    PIX *starts = doubled(bilevel, n_px, across, PIX_SRC & PIX_DST, 1);

    if (starts == NULL)
        return NULL;
    return doubled(starts, n_px, across, PIX_SRC | PIX_DST, -1);
}

PIX *long_runs_across(PIX *bilevel, int n_px)
{
    return long_runs(bilevel, n_px, true);
}

PIX *long_runs_down(PIX *bilevel, int n_px)
{
    return long_runs(bilevel, n_px, false);
}

PIX *gaps_closed_across(PIX *bilevel, int n_px)
{
    AUTO(pixDestroy)
    PIX *wide = pixAddBorderGeneral(bilevel, n_px, n_px, 0, 0, 0);
    AUTO(pixDestroy) PIX *grown = NULL;
    AUTO(pixDestroy) PIX *closed = NULL;

    if (wide != NULL)
        grown = doubled(wide, n_px, true, PIX_SRC | PIX_DST, -1);
    if (grown != NULL)
        closed = doubled(grown, n_px, true, PIX_SRC & PIX_DST, 1);
    return closed != NULL ? pixRemoveBorderGeneral(closed, n_px, n_px, 0, 0)
                          : NULL;
}
