/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long straight strokes of a bilevel page: rules. */
#ifndef HOSO_PIPELINE_LONG_RUNS_H
#define HOSO_PIPELINE_LONG_RUNS_H

struct Pix;

/*
 * The black runs of at least n_px pixels across (or down) a 1-bit page and
 * nothing else: an opening by a line of that length, as pixOpenBrick() makes,
 * in log n_px steps instead of n_px. NULL if memory is short; caller destroys.
 */
struct Pix *long_runs_across(struct Pix *bilevel, int n_px);
struct Pix *long_runs_down(struct Pix *bilevel, int n_px);

#endif
