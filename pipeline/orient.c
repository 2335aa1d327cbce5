/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two questions. Do lines run across or down: the skew search scores the page
 * and its quarter-turned copy; on a full page one score is more than twelve
 * times the other. Up or down: letters of Latin script have more ascenders
 * than descenders (Leptonica's detector; Vietnamese marks above the letters
 * help it).
 */
#include "pipeline/orient.h"

#include "pipeline/deskew.h"
#include "pipeline/leptonica.h"
#include "pipeline/long_runs.h"
#include <math.h>

#define AXIS_SURE_RATIO 4.0 /* between the scores of the two axes */
#define SKEW_SURE_RATIO 1.8 /* between the scores of the best, worst angle */
#define LINE_SCORE 2500 /* of a short line alone, whose ratio says nothing … */
#define LINE_LEAD 2.0   /* … over the score across it */
#define UP_SURE 5.0f    /* confidence of the up-down detector */
#define RULE_PX 64      /* longer than any stroke of a letter */
#define SOLID_PX 24     /* of a side: no stroke of a letter */
#define STRAIGHT_DEG 1.0 /* below: straight enough to tell up from down */

/* > 0 upright, < 0 upside down, 0 nothing to tell it by. */
static float up_confidence(PIX *bilevel, double skew_deg)
{
    AUTO(pixDestroy) PIX *straight = NULL;
    float confidence = 0;

    straight = fabs(skew_deg) > STRAIGHT_DEG
                   ? skew_straighten(bilevel, skew_deg)
                   : pixClone(bilevel);
    if (straight == NULL ||
        pixUpDownDetect(straight, &confidence, 0, 0, 0) != 0)
        return 0;
    return confidence;
}

/* Take out of rest what no letter is as solid as: the lid of a scanner, seen
 * beside a sheet that lies askew, whose edges outweigh the lines of text. */
static void drop_solid(PIX *rest)
{
    AUTO(pixDestroy) PIX *small = pixReduceRankBinaryCascade(rest, 4, 4, 0, 0);
    AUTO(pixDestroy) PIX *core = NULL;
    AUTO(pixDestroy) PIX *solid = NULL;
    AUTO(pixDestroy) PIX *full = NULL;
    l_int32 empty = 1;

    if (small != NULL)
        core = pixOpenBrick(NULL, small, SOLID_PX / 4, SOLID_PX / 4);
    if (core == NULL || pixZero(core, &empty) != 0 || empty)
        return;
    solid = pixDilateBrick(NULL, core, 5, 5);
    full = solid != NULL ? pixExpandReplicate(solid, 4) : NULL;
    if (full != NULL)
        pixSubtract(rest, rest, full);
}

/* The page without rules and frames, which run both ways in tables and say
 * nothing of the lines of text. */
static PIX *without_rules(PIX *bilevel)
{
    AUTO(pixDestroy) PIX *across = NULL;
    AUTO(pixDestroy) PIX *down = NULL;
    PIX *rest = pixCopy(NULL, bilevel);

    across = long_runs_across(bilevel, RULE_PX);
    down = long_runs_down(bilevel, RULE_PX);
    if (rest != NULL && across != NULL && down != NULL) {
        pixSubtract(rest, rest, across);
        pixSubtract(rest, rest, down);
        drop_solid(rest);
    }
    return rest;
}

/* Whether the best angle is one of text. The ratio is none where most rows are
 * empty at any angle. */
static bool skew_is_sure(const struct skew *skew, const struct skew *other)
{
    return skew->ratio >= SKEW_SURE_RATIO ||
           (skew->ratio == 0 && skew->score >= LINE_SCORE &&
            skew->score >= LINE_LEAD * other->score);
}

struct orientation orient_find(PIX *page)
{
    struct orientation found = {0};
    AUTO(pixDestroy) PIX *bilevel = without_rules(page);
    AUTO(pixDestroy)
    PIX *sideways = bilevel != NULL ? pixRotateOrth(bilevel, 1) : NULL;
    AUTO(pixDestroy) PIX *lines = NULL;
    struct skew across, down, skew;
    float up;

    if (bilevel == NULL || sideways == NULL)
        return found;
    across = skew_find(bilevel);
    down = skew_find(sideways);
    if (down.score > across.score) {
        found.turn_deg = 90;
        found.axis_sure = down.score > AXIS_SURE_RATIO * across.score;
        skew = down;
        lines = pixClone(sideways);
    } else {
        found.axis_sure = across.score > AXIS_SURE_RATIO * down.score;
        skew = across;
        lines = pixClone(bilevel);
    }
    if (skew_is_sure(&skew, found.turn_deg == 90 ? &across : &down))
        found.skew_deg = skew.deg;
    up = up_confidence(lines, found.skew_deg);
    found.up_sure = fabsf(up) >= UP_SURE;
    if (up <= -UP_SURE)
        found.turn_deg += 180;
    return found;
}
