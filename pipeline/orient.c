/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two questions. Do lines run across or down: the skew search scores the page
 * and its quarter-turned copy; on a full page one score is more than twelve
 * times the other. Up or down: letters of Latin script have more ascenders
 * than descenders (Leptonica's detector; Vietnamese marks above the letters
 * help it). How far the lines are off level is measured twice, by rows of
 * pixels and by the feet of the letters, which are exacter; one vouches for the
 * other where little is on the page.
 */
#include "pipeline/orient.h"

#include "pipeline/baselines.h"
#include "pipeline/deskew.h"
#include "pipeline/leptonica.h"
#include "pipeline/long_runs.h"
#include <math.h>

#define AXIS_SURE_RATIO 4.0 /* between the scores of the two axes */
#define SKEW_SURE_RATIO 1.8 /* between the scores of the best, worst angle */
#define LINE_SCORE 2500 /* of a short line alone, whose ratio says nothing … */
#define LINE_LEAD 2.0   /* … over the score across it */
#define UP_LIKELY 5.0f  /* confidence of the up-down detector: a first guess */
#define UP_SURE 9.0f    /* beyond it, reading need not confirm the guess */
#define AGREE_DEG 0.5   /* by chance two angles are not as near */
#define LETTERS_FEW 8   /* whose feet say something … */
#define LETTERS_SOME 20  /* … and vouch for an angle */
#define ON_LINE_PCT 75   /* so many of them in print */
#define ON_ONE_LINE_PCT 85 /* and in a name alone */
#define RULE_PX 64       /* longer than any stroke of a letter */
#define SOLID_PX 24      /* of a side: no stroke of a letter */
#define STRAIGHT_DEG 1.0 /* below: straight enough to tell up from down */

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

/* > 0 upright, < 0 upside down, 0 nothing to tell it by. Rules that were
 * askew are known for rules once they are level. */
static float up_confidence(PIX *lines, double skew_deg)
{
    AUTO(pixDestroy) PIX *straight = NULL;
    AUTO(pixDestroy) PIX *letters = NULL;
    float confidence = 0;

    if (fabs(skew_deg) > STRAIGHT_DEG) {
        straight = skew_straighten(lines, skew_deg);
        letters = straight != NULL ? without_rules(straight) : NULL;
    } else {
        letters = pixClone(lines);
    }
    if (letters == NULL || pixUpDownDetect(letters, &confidence, 0, 0, 0) != 0)
        return 0;
    return confidence;
}

/* Whether the best angle is one of text. The ratio is none where most rows are
 * empty at any angle. */
static bool skew_is_sure(const struct skew *skew, const struct skew *other)
{
    return skew->ratio >= SKEW_SURE_RATIO ||
           (skew->ratio == 0 && skew->score >= LINE_SCORE &&
            skew->score >= LINE_LEAD * other->score);
}

/* The angle of the lines that run across turned, which is grey turned by
 * turn_deg; rows: by rows of pixels, beside: that across them. 0 if neither way
 * to measure is to be trusted. */
static double skew_of(PIX *turned, PIX *grey, int turn_deg,
                      const struct skew *rows, const struct skew *beside)
{
    AUTO(pixDestroy) PIX *turned_grey = pixRotateOrth(grey, turn_deg / 90);
    bool sure = skew_is_sure(rows, beside);
    struct baselines feet = {0};

    if (turned_grey != NULL)
        feet = baselines_find(turned, turned_grey, SKEW_MAX_DEG);
    if (fabs(feet.deg - rows->deg) <= AGREE_DEG &&
        feet.letters >= (sure ? LETTERS_FEW : LETTERS_SOME))
        return feet.deg;
    if (sure)
        return rows->deg;
    return feet.letters >= LETTERS_FEW &&
                   feet.on_line_pct >= (feet.letters >= LETTERS_SOME
                                            ? ON_LINE_PCT
                                            : ON_ONE_LINE_PCT)
               ? feet.deg
               : 0;
}

struct orientation orient_find(PIX *page, PIX *grey)
{
    struct orientation found = {0};
    AUTO(pixDestroy) PIX *bilevel = without_rules(page);
    AUTO(pixDestroy)
    PIX *sideways = bilevel != NULL ? pixRotateOrth(bilevel, 1) : NULL;
    struct skew across, down;
    double skew_across = 0, skew_down = 0;
    bool lie;
    float up;

    if (bilevel == NULL || sideways == NULL)
        return found;
    across = skew_find(bilevel);
    down = skew_find(sideways);
    lie = down.score > across.score;
    found.axis_sure = lie ? down.score > AXIS_SURE_RATIO * across.score
                          : across.score > AXIS_SURE_RATIO * down.score;
    if (!lie || !found.axis_sure)
        skew_across = skew_of(bilevel, grey, 0, &across, &down);
    if (lie || !found.axis_sure)
        skew_down = skew_of(sideways, grey, 90, &down, &across);
    found.turn_deg = lie ? 90 : 0;
    found.skew_deg = lie ? skew_down : skew_across;
    found.other_skew_deg = lie ? skew_across : skew_down;
    up = up_confidence(lie ? sideways : bilevel, found.skew_deg);
    found.up_sure = fabsf(up) >= UP_SURE;
    if (up <= -UP_LIKELY)
        found.turn_deg += 180;
    return found;
}
