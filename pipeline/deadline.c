/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time of a process; see pipeline/deadline.h. */
#include "pipeline/deadline.h"

#include "base/clock.h"
#include <time.h>

#define PATIENCE 10     /* times the limit, in the time of the clock */
#define HUNG_PART 100   /* computing less than one part of so many is hanging */
#define LOOK_MS 500     /* not sooner again */
#define CLOSE_TO_PCT 95 /* of the limit: it had its time */

/* What the process has computed so far; -1: it can not be told. */
static int64_t cpu_ms(pid_t pid)
{
    clockid_t clock;
    struct timespec t;
    if (pid <= 0 || clock_getcpuclockid(pid, &clock) != 0 ||
        clock_gettime(clock, &t) != 0)
        return -1;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void deadline_set(struct deadline *d, pid_t pid, int64_t limit_ms)
{
    int64_t now = clock_ms(), cpu = cpu_ms(pid);
    *d = (struct deadline){.at_ms = now + limit_ms,
                           .last_ms = now + PATIENCE * limit_ms,
                           .limit_ms = limit_ms,
                           .begun_cpu_ms = cpu,
                           .seen_cpu_ms = cpu};
}

void deadline_forgive(struct deadline *d, int64_t late_ms)
{
    d->at_ms += late_ms;
    d->last_ms += late_ms;
}

int64_t deadline_left(const struct deadline *d)
{
    int64_t left = d->at_ms - clock_ms();
    return left > 0 ? left : 0;
}

bool deadline_passed(struct deadline *d, pid_t pid)
{
    int64_t now = clock_ms();
    if (now < d->at_ms)
        return false;
    int64_t cpu = cpu_ms(pid), used = cpu - d->begun_cpu_ms;
    if (cpu < 0 || d->begun_cpu_ms < 0 || now >= d->last_ms ||
        used * 100 >= d->limit_ms * CLOSE_TO_PCT ||
        (cpu - d->seen_cpu_ms) * HUNG_PART < d->limit_ms)
        return true;
    int64_t more = d->limit_ms - used;
    d->seen_cpu_ms = cpu;
    d->at_ms = now + (more > LOOK_MS ? more : LOOK_MS);
    if (d->at_ms > d->last_ms)
        d->at_ms = d->last_ms;
    return false;
}
