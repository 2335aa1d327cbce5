/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time, in one place, so that tests can hold it still (HOSO_CLOCK). */
#ifndef HOSO_BASE_CLOCK_H
#define HOSO_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* Seconds since 1970 UTC; HOSO_CLOCK="2022-03-01T08:00:00Z" sets it. */
time_t clock_now(void);

/* Milliseconds of a clock that only goes forward; for durations. */
int64_t clock_ms(void);

/* "2022-03-01T08:00:00Z" (ISO 8601, UTC); out has 21 bytes or more. */
#define CLOCK_ISO_BYTES 21
void clock_iso(time_t t, char out[CLOCK_ISO_BYTES]);

/* The other way round; false if text is not of that very form. */
bool clock_parse_iso(const char *text, time_t *out);

/* A day as a clerk types it: 2022-03-01, 01/03/2022, 1/3/2022, 2022-03, 2022.
 * first: the first second of it (UTC), last: the last. False if not a day. */
bool clock_parse_day(const char *text, time_t *first, time_t *last);

#endif
