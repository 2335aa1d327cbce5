/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run of `hoso ingest`: the plan, the documents in hand, the workers, and
 * what came of it so far. Documents are read ahead of the one whose turn it
 * is, but settled (stored, refused, quarantined) strictly in order of the
 * plan, so that ids do not depend on how many workers there are.
 */
#ifndef HOSO_SERVICE_INGEST_BATCH_H
#define HOSO_SERVICE_INGEST_BATCH_H

#include "service/ingest_document.h"

struct ingest_batch {
    struct archive *archive;
    const struct ingest_options *options;
    struct ingest_summary *summary;
    struct input_plan plan;
    struct pool *pool;
    struct extract_rules *rules;
    int jobs; /* workers */
    const char *kind;
    char *confirmed;  /* file of words that people confirmed; NULL */
    char *recogniser; /* for the record, if a page was recognised */
    struct ingest_document **documents; /* as many as planned; NULL: not
                                           opened, or settled */
    int head;   /* whose turn it is */
    int opened; /* the first that is not opened yet */
    int next_problem;
    int in_flight; /* tasks with the pool */
    int pages_done, pages_known;
    int64_t started_ms;
    bool cancelled;
    bool worker_failed; /* a page or document was lost by a worker */
};

/* Tell the caller: fills the counters of e. */
void batch_tell(struct ingest_batch *b, struct ingest_event *e);

/* Tell of the problems that come before document number b->head. */
void batch_tell_problems(struct ingest_batch *b);

/*
 * Store, refuse or quarantine the document whose turn it is, tell of it and
 * free it.
 * fails  NO_SPACE, IO, DENIED, DAMAGED, BAD_OUTPUT …: the run must stop
 */
NODISCARD enum status batch_settle_head(struct ingest_batch *b);

#endif
