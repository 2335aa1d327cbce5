/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long straight strokes of a bilevel page, rules, and short gaps. */
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

/*
 * A 1-bit page with all gaps of less than n_px pixels across filled between
 * black and black: a closing by a line of that length, as pixCloseSafeBrick()
 * makes, in log n_px steps. NULL if memory is short; caller destroys.
 */
struct Pix *gaps_closed_across(struct Pix *bilevel, int n_px);

#endif
