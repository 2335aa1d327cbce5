/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days as registers have them: 05/03/2022, 5-3-2022, 2022-03-05, "ngày 05
 * tháng 3 năm 2022", with a time of day behind. What could be meant in two
 * ways is none: a wrong day is worse than a row to look at.
 */
#include "store/columns.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define PARTS_MAX 7

struct parts {
    long value[PARTS_MAX];
    int digits[PARTS_MAX];
    char before[PARTS_MAX]; /* the mark in front of each; 'w' for words */
    int n;
};

/* The folded words that may stand in a day. */
static bool known_word(const char *word, size_t n)
{
    static const char *const known[] = {"ngay", "thang", "nam", "t", "z", "gio",
                                        "am",   "pm",    "sa",  "ch"};

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (strlen(known[i]) == n && memcmp(known[i], word, n) == 0)
            return true;
    return false;
}

/* Numbers and what parts them; false if something else stands there. */
static bool take_apart(const char *text, struct parts *p)
{
    AUTO(free_char) char *folded = text_fold(text);
    char mark = 0;

    memset(p, 0, sizeof(*p));
    for (const char *c = folded; *c;) {
        size_t n = 0;

        if (isdigit((unsigned char)*c)) {
            if (p->n == PARTS_MAX)
                return false;
            for (; isdigit((unsigned char)c[n]); n++)
                if (n < 9)
                    p->value[p->n] = p->value[p->n] * 10 + (c[n] - '0');
            p->digits[p->n] = (int)n;
            p->before[p->n++] = mark;
            mark = 0;
            c += n;
        } else if (isalpha((unsigned char)*c)) {
            while (isalpha((unsigned char)c[n]))
                n++;
            if (!known_word(c, n))
                return false;
            mark = n == 1 ? ' ' : 'w';
            c += n;
        } else if (strchr("/-.:, ", *c)) {
            if (*c != ' ' && mark != 'w')
                mark = *c;
            else if (mark == 0)
                mark = ' ';
            c++;
        } else {
            return false;
        }
    }
    return p->n > 0;
}

static int days_of(long year, long month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30,
                               31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

/* Whether the parts from `first` on may be a time of day. */
static bool is_time(const struct parts *p, int first)
{
    if (p->n == first)
        return true;
    if (p->n - first < 2 || p->value[first] > 23 || p->value[first + 1] > 59)
        return false;
    for (int i = first + 1; i < p->n; i++)
        if (p->before[i] != ':' && p->before[i] != '.')
            return false;
    return true;
}

static const char *put_day(long year, long month, long day, char out[REGISTER_DAY_BYTES])
{
    if (year < 1900 || year > 2100)
        return N_("the year is not between 1900 and 2100");
    if (month < 1 || month > 12)
        return N_("there is no such month");
    if (day < 1 || day > days_of(year, month))
        return N_("the month has no such day");
    snprintf(out, REGISTER_DAY_BYTES, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
    return NULL;
}

/* A year, or a month of a year. */
static const char *put_partial(const struct parts *p, char out[REGISTER_DAY_BYTES])
{
    long year = p->value[p->n - 1];
    long month = p->n == 2 ? p->value[0] : 0;

    if (p->n == 2 && p->digits[0] == 4) {
        year = p->value[0];
        month = p->value[1];
    }
    if (year < 1900 || year > 2100)
        return N_("the year is not between 1900 and 2100");
    if (month > 12 || (p->n == 2 && month < 1))
        return N_("there is no such month");
    if (p->n == 1)
        snprintf(out, REGISTER_DAY_BYTES, "%04d", (int)year);
    else
        snprintf(out, REGISTER_DAY_BYTES, "%04d-%02d", (int)year, (int)month);
    return NULL;
}

static const char *look(const struct parts *p, bool partial, char out[REGISTER_DAY_BYTES])
{
    if (p->n == 1 && p->digits[0] == 5)
        return N_("it is a number and not a day: give the column the format of"
                  " a date in Excel");
    if (p->n == 1 && p->digits[0] == 8) {
        long v = p->value[0];

        return put_day(v / 10000, v / 100 % 100, v % 100, out);
    }
    if (partial && (p->n == 1 || p->n == 2))
        return p->digits[p->n - 1] == 4 || p->digits[0] == 4
                   ? put_partial(p, out)
                   : N_("it is no day");
    if (p->n < 3 || !is_time(p, 3))
        return N_("it is no day");
    if (p->before[1] == ':' || p->before[2] == ':')
        return N_("it is no day");
    if (p->digits[0] == 4)
        return put_day(p->value[0], p->value[1], p->value[2], out);
    if (p->digits[2] == 2)
        return N_("the year has two digits");
    if (p->digits[2] != 4)
        return N_("it is no day");
    if (p->value[1] > 12 && p->value[0] <= 12)
        return N_("month and day are changed over; write day/month/year");
    return put_day(p->value[2], p->value[1], p->value[0], out);
}

bool register_day(const char *text, bool partial, char out[REGISTER_DAY_BYTES],
                  const char **reason)
{
    struct parts p;

    out[0] = '\0';
    if (!text[0])
        return true;
    *reason = take_apart(text, &p) ? look(&p, partial, out)
                                   : N_("it is no day");
    return *reason == NULL;
}
