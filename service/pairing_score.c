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

#define LENGTH_MAX 160
#define CASE_OTHER (-40)

/* Edit distance, at most `most` + 1. */
static int distance(const char *a, const char *b, int most)
{
    int row[LENGTH_MAX + 1];
    int n = (int)strlen(a), m = (int)strlen(b);

    n = n > LENGTH_MAX ? LENGTH_MAX : n;
    m = m > LENGTH_MAX ? LENGTH_MAX : m;
    if (abs(n - m) > most)
        return most + 1;
    for (int j = 0; j <= m; j++)
        row[j] = j;
    for (int i = 1; i <= n; i++) {
        int corner = row[0], best;

        row[0] = best = i;
        for (int j = 1; j <= m; j++) {
            int up = row[j];
            int d = corner + (a[i - 1] != b[j - 1]);

            d = d < up + 1 ? d : up + 1;
            row[j] = d < row[j - 1] + 1 ? d : row[j - 1] + 1;
            corner = up;
            best = best < row[j] ? best : row[j];
        }
        if (best > most)
            return most + 1;
    }
    return row[m];
}

/* ---- case code ---- */

static int score_case(const struct side *d, const struct side *r,
                      enum likeness *like)
{
    size_t n = strlen(r->case_key);
    int apart;

    if (!*d->case_key || !*r->case_key)
        return 0;
    apart = distance(d->case_key, r->case_key, 3);
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
    apart = distance(d->notation, r->notation, 2);
    *like = apart == 0                                           ? LIKE_SAME
            : apart * 3 <= (int)strlen(r->notation) && apart < 3 ? LIKE_NEAR
                                                                 : LIKE_OTHER;
    if (*like == LIKE_SAME)
        return 10;
    return *like == LIKE_OTHER ? -8 : apart == 1 ? 8 : 6;
}

static int score_number(const struct side *d, const struct side *r,
                        struct evidence_of_pair *e)
{
    int apart, notation;

    if (!*d->number || !*r->number)
        return 0;
    apart = distance(d->number, r->number, 1);
    notation = score_notation(d, r, &e->notation);
    e->number = apart == 0                          ? LIKE_SAME
                : apart == 1 && strlen(r->number) > 1 ? LIKE_NEAR
                                                      : LIKE_OTHER;
    if (e->number == LIKE_SAME)
        return 20 + notation;
    if (e->number == LIKE_NEAR)
        return 8 + (notation > 4 ? 4 : notation);
    return -30;
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
    longer = longer > LENGTH_MAX ? LENGTH_MAX : longer;
    return 100 - 100 * distance(a, b, longer) / longer;
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
    /* Number and applicant agree: then it is the day that was read wrongly. */
    if (out->date == LIKE_OTHER && out->number == LIKE_SAME &&
        out->notation == LIKE_SAME && out->applicant == LIKE_SAME) {
        out->date = LIKE_NEAR;
        out->score += 11;
    }
}

void pairing_foreign_case(struct evidence_of_pair *e)
{
    if (e->case_code != LIKE_OTHER)
        return;
    e->case_code = LIKE_FOREIGN;
    e->score -= CASE_OTHER;
}

bool pairing_conflict(const struct evidence_of_pair *e)
{
    return e->case_code == LIKE_OTHER || e->number == LIKE_OTHER ||
           (e->date == LIKE_OTHER && e->case_code != LIKE_SAME) ||
           (e->notation == LIKE_OTHER && e->case_code != LIKE_SAME) ||
           (e->applicant == LIKE_OTHER && e->case_code != LIKE_SAME &&
            e->number != LIKE_SAME);
}

char *pairing_evidence(const struct evidence_of_pair *e)
{
    static const char *const words[] = {"unknown", "same", "near", "other",
                                        "foreign"};
    const struct {
        const char *name;
        enum likeness like;
    } parts[] = {{"case", e->case_code},     {"number", e->number},
                 {"notation", e->notation},  {"date", e->date},
                 {"applicant", e->applicant}, {"procedure", e->procedure}};
    AUTO(json_decrefp) json_t *j = json_object();

    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (parts[i].like != LIKE_UNKNOWN)
            json_object_set_new(j, parts[i].name,
                                json_string(words[parts[i].like]));
    return json_text(j, false);
}
