/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many results a day the target still needs, and when it is reached if
 * the work goes on as of late. Holidays are not known: work days are Monday
 * to Friday. */
#include "service/report_inner.h"

#include "base/clock.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

#define FAR_DAYS (50 * 366) /* beyond that the pace says nothing */

static bool is_work_day(time_t t)
{
    struct tm tm;
    gmtime_r(&t, &tm);
    return tm.tm_wday != 0 && tm.tm_wday != 6;
}

int work_days(time_t from, time_t to)
{
    int n = 0;
    for (time_t t = from; t <= to; t += DAY_SECONDS)
        n += is_work_day(t);
    return n;
}

static void day_text(time_t t, char out[11])
{
    char iso[CLOCK_ISO_BYTES];
    clock_iso(t, iso);
    memcpy(out, iso, 10);
    out[10] = '\0';
}

static enum status deadline_of(const struct config *c, time_t today,
                               time_t *out)
{
    const char *text = config_text(c, CONFIG_TARGET_DEADLINE);
    struct tm tm;
    char whole[64];
    time_t last;
    gmtime_r(&today, &tm);
    snprintf(whole, sizeof(whole), "%s/%04d", text, tm.tm_year + 1900);
    if (strchr(text, '/') == NULL || !clock_parse_day(whole, out, &last))
        return fail(STATUS_CONFIG,
                    _("'%s' of [targets] deadline is no day and month; write "
                      "it as 31/12"),
                    text);
    return STATUS_OK;
}

/* The day on which the last of so many results is done. */
static void reached_on(time_t today, int64_t missing, double per_day,
                       char out[11])
{
    double done = 0;
    time_t t = today;
    for (int i = 0; i < FAR_DAYS && per_day > 0; i++, t += DAY_SECONDS) {
        if (is_work_day(t))
            done += per_day;
        if (done >= (double)missing - 1e-9) {
            day_text(t, out);
            return;
        }
    }
}

enum status pace_find(const struct config *c, time_t today, int64_t recent,
                      struct coverage_report *out)
{
    struct coverage_pace *p = &out->pace;
    time_t deadline = 0;
    enum status st = deadline_of(c, today, &deadline);
    if (st != STATUS_OK)
        return st;
    p->wanted = (out->in_force * out->target_pct + 99) / 100;
    p->missing =
        p->wanted > out->digitised ? p->wanted - out->digitised : 0;
    p->work_days = work_days(today, deadline);
    p->per_day = p->missing;
    if (p->work_days > 0)
        p->per_day = (p->missing + p->work_days - 1) / p->work_days;
    int days = work_days(today - (RECENT_DAYS - 1) * DAY_SECONDS, today);
    p->recent = days > 0 ? (double)recent / days : 0;
    day_text(deadline, p->deadline);
    if (p->missing > 0)
        reached_on(today, p->missing, p->recent, p->reached);
    return STATUS_OK;
}
