/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coarse maps of a page have cells of some pixels, in which samples are taken
 * on a grid. */
#ifndef HOSO_PIPELINE_CELL_SAMPLES_H
#define HOSO_PIPELINE_CELL_SAMPLES_H

#define CELL_MM 0.5    /* a side of a cell */
#define CELL_SAMPLES 4 /* along it */

/*
 * Where the samples of n cells side by side lie, CELL_SAMPLES for each.
 *
 * cell_px  a side of a cell
 * length   of the side of the page, in pixels: none lies beyond
 * result   the caller's to free
 */
int *cell_samples(int n, double cell_px, int length);

#endif
