/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The name of the state and its motto, which stand over every paper in the
 * same words (Decree 30/2020/NĐ-CP, Annex I, part I, II.1).
 */
#ifndef HOSO_PIPELINE_MOTTO_H
#define HOSO_PIPELINE_MOTTO_H

#include "base/record.h"

/*
 * Put the marks of these words right where all their letters were read:
 * "Độc lập - Tụ do - Hạnh phúc". What was recognised is kept in word.raw.
 * result  how many words were mended
 */
int motto_mend(struct page *page);

#endif
