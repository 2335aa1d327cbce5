/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time of day (which tests can hold still), durations, days in ISO 8601. */
#include "base/clock.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

time_t clock_now(void)
{
    const char *held = getenv("HOSO_CLOCK");
    time_t t;
    if (held && clock_parse_iso(held, &t))
        return t;
    return time(NULL);
}

int64_t clock_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void clock_iso(time_t t, char out[CLOCK_ISO_BYTES])
{
    struct tm tm;
    if (!gmtime_r(&t, &tm) || tm.tm_year < -1900 || tm.tm_year > 8099) {
        memcpy(out, "0000-00-00T00:00:00Z", CLOCK_ISO_BYTES);
        return;
    }
    /* strftime() gives a year before 1000 fewer than four digits. */
    for (int i = 3, year = tm.tm_year + 1900; i >= 0; i--, year /= 10)
        out[i] = (char)('0' + year % 10);
    strftime(out + 4, CLOCK_ISO_BYTES - 4, "-%m-%dT%H:%M:%SZ", &tm);
}

static bool digits(const char *s, int n, int *out)
{
    *out = 0;
    for (int i = 0; i < n; i++) {
        if (!isdigit((unsigned char)s[i]))
            return false;
        *out = *out * 10 + (s[i] - '0');
    }
    return true;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool is_day(int year, int month, int day)
{
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in(year, month);
}

static time_t first_second(int year, int month, int day)
{
    struct tm tm = {
        .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    return timegm(&tm);
}

bool clock_parse_iso(const char *text, time_t *out)
{
    int y, mo, d, h, mi, s;
    if (strlen(text) != 20 || text[4] != '-' || text[7] != '-' ||
        text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
        text[19] != 'Z')
        return false;
    if (!digits(text, 4, &y) || !digits(text + 5, 2, &mo) ||
        !digits(text + 8, 2, &d) || !digits(text + 11, 2, &h) ||
        !digits(text + 14, 2, &mi) || !digits(text + 17, 2, &s))
        return false;
    if (!is_day(y, mo, d) || h > 23 || mi > 59 || s > 59)
        return false;
    *out = first_second(y, mo, d) + h * 3600 + mi * 60 + s;
    return true;
}

/* "2022", "2022-03" or "2022-03-01"; month, day are 0 where not said. */
static bool parse_big_endian(const char *text, int *y, int *m, int *d)
{
    size_t n = strlen(text);
    *m = *d = 0;
    if (n != 4 && n != 7 && n != 10)
        return false;
    if (!digits(text, 4, y))
        return false;
    if (n >= 7 && (text[4] != '-' || !digits(text + 5, 2, m) || *m == 0))
        return false;
    if (n == 10 && (text[7] != '-' || !digits(text + 8, 2, d) || *d == 0))
        return false;
    return true;
}

/* "1/3/2022" or "01/03/2022". */
static bool parse_little_endian(const char *text, int *y, int *m, int *d)
{
    char rest;
    if (!isdigit((unsigned char)text[0]) || strlen(text) > 10)
        return false;
    return sscanf(text, "%2d/%2d/%4d%c", d, m, y, &rest) == 3 &&
           *d >= 1 && *m >= 1 && *y >= 1000;
}

bool clock_parse_day(const char *text, time_t *first, time_t *last)
{
    int y, m, d;
    if (!parse_big_endian(text, &y, &m, &d) &&
        !parse_little_endian(text, &y, &m, &d))
        return false;
    int last_m = m ? m : 12;
    if (y < 1 || last_m > 12 || last_m < 1)
        return false;
    int last_d = d ? d : days_in(y, last_m);
    if (!is_day(y, m ? m : 1, d ? d : 1) || !is_day(y, last_m, last_d))
        return false;
    *first = first_second(y, m ? m : 1, d ? d : 1);
    *last = first_second(y, last_m, last_d) + 86399;
    return true;
}
