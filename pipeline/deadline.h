/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long a process may take for a task. What counts is the time it was given
 * to compute: on a machine busy with other work a page takes longer and is not
 * hopeless for that. A process that neither computes nor answers has hung.
 */
#ifndef HOSO_PIPELINE_DEADLINE_H
#define HOSO_PIPELINE_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct deadline {
    int64_t at_ms;   /* clock_ms(): when to look next */
    int64_t last_ms; /* too late whatever it computes */
    int64_t limit_ms;
    int64_t begun_cpu_ms, seen_cpu_ms;
};

/* From now on process pid has limit_ms. */
void deadline_set(struct deadline *d, pid_t pid, int64_t limit_ms);

/* The machine stood still for so long. */
void deadline_forgive(struct deadline *d, int64_t late_ms);

/* Milliseconds until deadline_passed() should be asked; 0 or more. */
int64_t deadline_left(const struct deadline *d);

/* Whether the time is over; the deadline moves on if the process still
 * computes and was not given its time. */
bool deadline_passed(struct deadline *d, pid_t pid);

#endif
