/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days as administrative papers write them: what stands after "ngày", "tháng",
 * "năm" is a number. */
#ifndef HOSO_PIPELINE_DIGITS_H
#define HOSO_PIPELINE_DIGITS_H

#include "base/record.h"

/*
 * Mend numbers after those words: "ngày 1]" → "ngày 11", "ngày23" →
 * "ngày 23", "năm 201 5" → "năm 2015". What was recognised is kept in
 * word.raw.
 * result  how many words were mended
 */
int digits_mend(struct page *page);

#endif
