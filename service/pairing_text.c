/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a row says, looked for in the text of the document. It is asked only
 * where the fields of the document say nothing of it: what they do say was
 * read with more care, and in its own place.
 */
#include "service/pairing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_MAX 160
#define SHORT_KEY 8 /* a shorter name stands in any text by chance */

/* "ngày 05 tháng 4 năm 2022" as register_key() writes it: the month with and
 * without its zero. */
static int errors_of_day(const char *text, int date, int most)
{
    int best = most + 1;

    for (int zero = 0; zero < 2 && best > 0; zero++) {
        char key[KEY_MAX];
        int errors;

        snprintf(key, sizeof(key), "ngay%02dthang%0*dnam%04d", date % 100,
                 1 + zero, date / 100 % 100, date / 10000);
        errors = key_errors_in(text, key, most);
        best = errors < best ? errors : best;
    }
    return best;
}

static int look_for_number(const char *text, const struct side *row,
                           struct evidence_of_pair *e)
{
    char key[KEY_MAX];
    int errors;

    if (!*row->number || !*row->notation)
        return 0;
    snprintf(key, sizeof(key), "50%.20s%.80s", row->number, row->notation);
    errors = key_errors_in(text, key, 1);
    if (errors > 1)
        return 0;
    e->number = errors == 0 ? LIKE_TEXT : LIKE_NEAR;
    e->notation = LIKE_TEXT;
    return errors == 0 ? 28 : 10;
}

static int look_for_applicant(const char *text, const struct side *row,
                              struct evidence_of_pair *e)
{
    int n = (int)strlen(row->applicant);
    int most = n < SHORT_KEY ? 0 : (n < 64 ? n : 64) / 8;

    if (n == 0 || key_errors_in(text, row->applicant, most) > most)
        return 0;
    e->applicant = LIKE_TEXT;
    return 20;
}

static int look_for_day(const char *text, const struct side *row,
                        struct evidence_of_pair *e)
{
    int errors = row->date ? errors_of_day(text, row->date, 1) : 2;

    if (errors > 1)
        return 0;
    e->date = errors == 0 ? LIKE_TEXT : LIKE_NEAR;
    return errors == 0 ? 18 : 6;
}

void pairing_look_in_text(const struct side *document, const struct side *row,
                          struct evidence_of_pair *e)
{
    if (!document->text || e->score < SCORE_TEXT)
        return;
    if (e->number == LIKE_UNKNOWN)
        e->score += look_for_number(document->text, row, e);
    if (e->applicant == LIKE_UNKNOWN)
        e->score += look_for_applicant(document->text, row, e);
    if (e->date == LIKE_UNKNOWN)
        e->score += look_for_day(document->text, row, e);
}

size_t pairing_days_in_text(const char *text, int *out, size_t max)
{
    size_t n = 0;

    for (const char *c = text; n < max && (c = strstr(c, "ngay"));) {
        int day = 0, month = 0, year = 0;

        c += strlen("ngay");
        if (sscanf(c, "%2dthang%2dnam%4d", &day, &month, &year) != 3 ||
            day < 1 || day > 31 || month < 1 || month > 12 || year < 1900)
            continue;
        out[n++] = year * 10000 + month * 100 + day;
    }
    return n;
}
