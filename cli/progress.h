/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far a long command is: a bar on a terminal, a line every ten seconds
 * elsewhere, nothing with --quiet; all on standard error.
 */
#ifndef HOSO_CLI_PROGRESS_H
#define HOSO_CLI_PROGRESS_H

#include "cli/command.h"

struct progress {
    struct printer *out;
    bool drawn; /* a bar is on the screen */
    int64_t started_ms;
    int64_t last_ms; /* of the last drawing */
};

void progress_start(struct progress *g, struct printer *out);

/* Where an ingest stands. */
void progress_ingest(struct progress *g, const struct ingest_event *e);

/* Bytes done and in all; user is the struct progress. */
void progress_bytes(void *user, uint64_t done, uint64_t all);

/* Documents done and in all; user is the struct progress. */
void progress_documents(void *user, int64_t done, int64_t all);

/* Take the bar off the screen, before other text is printed. */
void progress_clear(struct progress *g);

/*
 * Milliseconds an ingest still takes, or -1 if that cannot be said yet. Pages
 * of documents that are not open yet are counted as the mean of those done.
 */
int64_t progress_left_ms(const struct ingest_event *e);

#endif
