/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sides that a table has not: printed without outer rules, or a rule so thin
 * that a scan in black and white made dashes of it. Rules across that end
 * under one another are the side.
 */
#ifndef HOSO_PIPELINE_TABLE_SIDES_H
#define HOSO_PIPELINE_TABLE_SIDES_H

struct Pix;

/*
 * Add to `down` a rule where three or more rules across end under one another,
 * if they have a rule down along most of their height already.
 * dark          1 bit: all that is dark on a page
 * across, down  1 bit, of one size with it: its rules
 */
void table_sides_close(struct Pix *dark, struct Pix *across, struct Pix *down,
                       int dpi);

#endif
