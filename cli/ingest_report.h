/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an ingest did, told while it goes on and summed up at its end. */
#ifndef HOSO_CLI_INGEST_REPORT_H
#define HOSO_CLI_INGEST_REPORT_H

#include "cli/command.h"
#include "cli/progress.h"

struct trouble; /* a file that was not stored, and why */

struct ingest_report {
    struct printer *out;
    struct progress progress;
    struct trouble *troubles;
    int n_troubles, cap_troubles;
    int64_t last_progress_ms; /* of the last JSON progress event */
    bool began;               /* an event has come */
    bool told_stop;           /* that Ctrl-C was seen */
};

void ingest_report_start(struct ingest_report *r, struct printer *out);
void ingest_report_clear(struct ingest_report *r);

/* For struct ingest_options; user is the struct ingest_report. */
void ingest_report_event(void *user, const struct ingest_event *e);

/* The end of it: what was stored, what not and why, what to do. */
void ingest_report_end(struct ingest_report *r, const struct ingest_summary *s);

#endif
