/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two looks of repair share: the page as a row of places. */
#ifndef HOSO_PIPELINE_REPAIR_INNER_H
#define HOSO_PIPELINE_REPAIR_INNER_H

#include "pipeline/repair.h"

#define CANDIDATES_MAX 32

/* One syllable of the page. */
struct place {
    struct word *word;
    size_t from, to;      /* bytes of word->text */
    struct syllable read;
    bool joined;          /* to the place before: their pair counts */
    bool fixed;           /* no other candidates are wanted */
    bool sure_name;       /* nor here, if there is such a syllable: another
                             name may be the same but for one mark */
    bool may_be_name;     /* a change is dearer */
    double distance_cost;
    int id; /* of what it reads in the end */
    int n;
    struct {
        int id; /* in the language; -1 not in it */
        double here, best;
        int from;
    } candidates[CANDIDATES_MAX];
};

struct places {
    struct place *items;
    int n, cap;
};

/* Respell what is read at a place. */
void place_mend(const struct language *l, struct place *p, int id);

/*
 * Look again at what was left as it was read. Where both neighbours know only
 * another spelling ("ảnh hướng đến": ảnh hưởng, hưởng đến), it is mended
 * however surely it was read; where one does ("tuyên dụng"), it is doubted.
 * result  how many words were mended
 */
int repair_sure_words(const struct language *l, struct places *p);

#endif
