/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formula of ranking; see indexer/rank.h. */
#include "indexer/rank.h"

#include <math.h>

#define SATURATION 1.2 /* how fast more occurrences stop counting */
#define LENGTH 0.6     /* how much the length of the page counts */
#define PAGE_WORDS 350.0

double rank_idf(double pages, double n)
{
    return log(1.0 + pages / (n > 1 ? n : 1));
}

double rank_worth(double n, double length, double usual)
{
    double longer = usual > 0 ? length / usual : 1;
    double k = SATURATION * (1.0 - LENGTH + LENGTH * longer);
    return n * (SATURATION + 1.0) / (n + k);
}

int rank_level(double n, double length, int words)
{
    static const double much[] = {1.78, 1.62}, some[] = {1.5, 1.32};
    double worth = rank_worth(n, length, PAGE_WORDS);
    int which = words > 1;
    if (n < 2)
        return 0;
    return worth >= much[which] ? 2 : worth >= some[which] ? 1 : 0;
}
