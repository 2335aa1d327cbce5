/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where on a page there is coloured ink: a map of small cells, one for red and
 * one for blue, and the round seals in it.
 */
#ifndef HOSO_PIPELINE_COLOUR_MAP_H
#define HOSO_PIPELINE_COLOUR_MAP_H

#include "base/record.h"
#include "pipeline/cell_samples.h"
#include <stdint.h>

struct Pix;

struct colour_map {
    int w, h;            /* cells */
    double cell_px;      /* width of a cell on the image */
    uint8_t *red, *blue; /* w × h, 1 where there is ink */
};

/* The map of a 32-bit image; empty (w 0) if it is small or its paper or all
 * its print is coloured. */
void colour_map_make(struct Pix *pix, double dpi, struct colour_map *out);
void colour_map_clear(struct colour_map *m);

/* Find round seals, at most n_max, and wipe them from the red map.
 * boxes  in cells
 * result how many */
int colour_map_take_seals(struct colour_map *m, struct box *boxes, int n_max);

/* Boxes, in cells, of what hangs together in a map, gaps of gap_x × gap_y
 * cells closed; largest first. */
int colour_map_parts(const struct colour_map *m, const uint8_t *ink, int gap_x,
                     int gap_y, struct box *boxes, int n_max);

/* Whether the ink in a box is a frame: at least three sides are ruled. */
bool colour_map_framed(const struct colour_map *m, const uint8_t *ink,
                       const struct box *b);

/* How many cells of a box have ink. */
int colour_map_count(const struct colour_map *m, const uint8_t *ink,
                     const struct box *b);

#endif
