/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of Latin print for tests, set in the bitmap font that is built into
 * Leptonica, so that no font and no file is needed. */
#ifndef HOSO_TESTS_SAMPLE_PRINT_H
#define HOSO_TESTS_SAMPLE_PRINT_H

#include "pipeline/leptonica.h"

/* `lines` lines of print on a w × h page, 1 bit. */
static inline PIX *sample_print(int w, int h, int lines)
{
    static const char *const text[] = {
        "The board of the department has decided to keep",
        "all papers of the year in good order and to give",
        "each of them a number by which it may be found",
        "again. Whoever takes a paper from the shelf puts",
        "his name and the date upon the list beside it.",
        "Nothing leaves the building without a receipt.",
    };
    L_BMF *font = bmfCreate(NULL, 8);
    PIX *page = pixCreate(w, h, 8), *bilevel;
    int width, overflow;

    pixSetAll(page);
    for (int i = 0; i < lines; i++)
        /* indented in turn, so that letters do not stand in columns */
        pixSetTextline(page, font, text[i % 6], 0, w / 10 + i * 53 % 97,
                       h / 10 + 42 * (i + 1), &width, &overflow);
    bmfDestroy(&font);
    bilevel = pixThresholdToBinary(page, 128);
    pixDestroy(&page);
    return bilevel;
}

#endif
