/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/cell_samples.h"

#include "base/alloc.h"

int *cell_samples(int n, double cell_px, int length)
{
    int *at = xcalloc((size_t)n * CELL_SAMPLES, sizeof(*at));
    double step = cell_px / CELL_SAMPLES;

    for (int i = 0; i < n * CELL_SAMPLES; i++) {
        int cell = i / CELL_SAMPLES;

        at[i] = (int)(cell * cell_px + (i % CELL_SAMPLES + 0.5) * step);
        at[i] = at[i] < length ? at[i] : length - 1;
    }
    return at;
}
