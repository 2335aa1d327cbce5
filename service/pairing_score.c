/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The score of a pair: points for what is the same, fewer for what differs in
 * a letter or two, points off for what differs. The points were set so that
 * number, notation and date together are sure, a case code alone is sure, and
 * no two weak likenesses make a sure one.
 */
#include "service/pairing.h"

#include "base/alloc.h"
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

#define KEY_BYTES_MAX 160
#define CASE_OTHER (-40)

/* ---- case code ---- */

static int score_case(const struct side *d, const struct side *r,
                      enum likeness *like)
{
    size_t n = strlen(r->case_key);
    int apart;

    if (!*d->case_key || !*r->case_key)
        return 0;
    apart = key_distance(d->case_key, r->case_key, 3);
    *like = apart == 0 ? LIKE_SAME : LIKE_NEAR;
    if (apart == 0)
        return 60;
    if (apart == 1 && n >= 8)
        return 46;
    if (apart == 2 && n >= 14)
        return 38;
    if (apart == 3 && n >= 18)
        return 25;
    *like = LIKE_OTHER;
    return CASE_OTHER;
}

/* ---- number and date ---- */

static int score_notation(const struct side *d, const struct side *r,
                          enum likeness *like)
{
    int apart;

    if (!*d->notation || !*r->notation)
        return 0;
    apart = key_distance(d->notation, r->notation, 2);
    *like = apart == 0                                           ? LIKE_SAME
            : apart * 3 <= (int)strlen(r->notation) && apart < 3 ? LIKE_NEAR
                                                                 : LIKE_OTHER;
    if (*like == LIKE_SAME)
        return 10;
    return *like == LIKE_OTHER ? -8 : apart == 1 ? 8 : 6;
}

/* The number on the paper is what is left of the row's: "16" of "1640". */
static bool is_torn(const struct side *d, const struct side *r)
{
    const char *c = d->number;

    for (const char *of = r->number; *of && *c; of++)
        c += *c == *of;
    return !*c || key_distance(d->number, r->number, 2) <= 2;
}

static int score_number(const struct side *d, const struct side *r,
                        struct evidence_of_pair *e)
{
    int apart, notation;

    if (!*d->number || !*r->number)
        return 0;
    apart = key_distance(d->number, r->number, 1);
    notation = score_notation(d, r, &e->notation);
    e->number = apart == 0                            ? LIKE_SAME
                : apart == 1 && strlen(r->number) > 1 ? LIKE_NEAR
                                                      : LIKE_OTHER;
    if (e->number == LIKE_SAME)
        return 20 + notation;
    if (e->number == LIKE_NEAR)
        return 8 + (notation > 4 ? 4 : notation);
    e->misread = d->number_pct < NUMBER_SURE_PCT && is_torn(d, r);
    return e->misread ? -10 : -30;
}

static int score_date(const struct side *d, const struct side *r,
                      enum likeness *like)
{
    int differ = 0;

    if (d->date == 0 || r->date == 0)
        return 0;
    for (int a = d->date, b = r->date; a > 0 || b > 0; a /= 10, b /= 10)
        differ += a % 10 != b % 10;
    *like = differ == 0 ? LIKE_SAME : differ == 1 ? LIKE_NEAR : LIKE_OTHER;
    return differ == 0 ? 20 : differ == 1 ? 6 : -15;
}

/* ---- applicant ---- */

/* How much of the longer is in the shorter, in per cent. */
static int similar_pct(const char *a, const char *b)
{
    int n = (int)strlen(a), m = (int)strlen(b);
    int longer = n > m ? n : m, shorter = n > m ? m : n;

    if (shorter >= 10 && (strstr(a, b) || strstr(b, a)))
        return 90;
    longer = longer > KEY_BYTES_MAX ? KEY_BYTES_MAX : longer;
    int most = longer * 4 / 10; /* less alike is not alike at all */
    return 100 - 100 * key_distance(a, b, most) / longer;
}

static int score_applicant(const struct side *d, const struct side *r,
                           enum likeness *like)
{
    int pct;

    if (!*d->applicant || !*r->applicant)
        return 0;
    pct = similar_pct(d->applicant, r->applicant);
    *like = pct >= 85 ? LIKE_SAME : pct >= 72 ? LIKE_NEAR : LIKE_OTHER;
    return *like == LIKE_SAME ? 22 : *like == LIKE_NEAR ? 10 : -12;
}

static int score_procedure(const struct side *d, const struct side *r,
                           enum likeness *like)
{
    if (!*d->procedure || !*r->procedure)
        return 0;
    *like = strcmp(d->procedure, r->procedure) == 0 ? LIKE_SAME : LIKE_OTHER;
    return *like == LIKE_SAME ? 5 : -3;
}

void pairing_score(const struct side *document, const struct side *row,
                   struct evidence_of_pair *out)
{
    memset(out, 0, sizeof(*out));
    out->score = score_case(document, row, &out->case_code);
    out->score += score_number(document, row, out);
    out->score += score_date(document, row, &out->date);
    out->score += score_applicant(document, row, &out->applicant);
    out->score += score_procedure(document, row, &out->procedure);
    pairing_look_in_text(document, row, out);
    /* All of it, with a letter wrong here and there. */
    if (out->number == LIKE_NEAR && like_agrees(out->notation) &&
        out->date == LIKE_NEAR && like_agrees(out->applicant))
        out->score += 8;
    /* Number and applicant agree: then it is the day that was read wrongly. */
    if (out->date == LIKE_OTHER && out->number == LIKE_SAME &&
        (out->notation == LIKE_SAME || out->notation == LIKE_NEAR) &&
        out->applicant == LIKE_SAME) {
        out->date = LIKE_NEAR;
        out->score += out->notation == LIKE_SAME ? 11 : 13;
    }
}

void pairing_foreign_case(struct evidence_of_pair *e)
{
    if (e->case_code != LIKE_OTHER)
        return;
    e->case_code = LIKE_FOREIGN;
    e->score -= CASE_OTHER;
}

static bool is_case(const struct evidence_of_pair *e)
{
    return e->case_code == LIKE_SAME || e->case_code == LIKE_NEAR;
}

/* A notation read badly beside the right number: not of another paper. */
static bool is_other_notation(const struct evidence_of_pair *e)
{
    return e->notation == LIKE_OTHER && e->case_code != LIKE_SAME &&
           !(e->case_code == LIKE_NEAR && e->number == LIKE_SAME &&
             like_agrees(e->applicant));
}

/* A number that was read badly does not outweigh all else. */
static bool is_other_number(const struct evidence_of_pair *e)
{
    return e->number == LIKE_OTHER &&
           !(e->misread && is_case(e) && like_agrees(e->date) &&
             like_agrees(e->applicant) && e->notation != LIKE_OTHER);
}

bool pairing_conflict(const struct evidence_of_pair *e)
{
    return e->case_code == LIKE_OTHER || is_other_number(e) ||
           (e->date == LIKE_OTHER && e->case_code != LIKE_SAME) ||
           is_other_notation(e) ||
           (e->applicant == LIKE_OTHER && e->case_code != LIKE_SAME &&
            e->number != LIKE_SAME);
}

char *pairing_evidence(const struct evidence_of_pair *e)
{
    static const char *const words[] = {"unknown", "same",    "near",
                                        "other",   "foreign", "text"};
    const struct {
        const char *name;
        enum likeness like;
    } parts[] = {{"case", e->case_code},      {"number", e->number},
                 {"notation", e->notation},   {"date", e->date},
                 {"applicant", e->applicant}, {"procedure", e->procedure}};
    AUTO(json_decrefp) json_t *j = json_object();

    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (parts[i].like != LIKE_UNKNOWN)
            json_object_set_new(j, parts[i].name,
                                json_string(words[parts[i].like]));
    return json_text(j, false);
}
