/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One worker process as the parent sees it: start, ask, hear, bury. */
#ifndef HOSO_PIPELINE_POOL_PROCESS_H
#define HOSO_PIPELINE_POOL_PROCESS_H

#include "pipeline/pipeline.h"
#include <sys/types.h>

struct worker {
    pid_t pid;        /* 0: there is none */
    int fd;           /* our end of its socket, or -1 */
    int tasks;        /* asked of it since it started */
    bool ready;       /* it has loaded its model */
    struct strbuf in; /* what came of an answer that is not whole yet */
};

/* All that must be found before a worker can be started. */
struct worker_program {
    char *path;    /* of hoso-worker */
    char *options; /* JSON, its only argument */
};

/* Find the program: HOSO_WORKER, beside the running program, libexec.
 * fails  MISSING */
NODISCARD enum status worker_program_find(const struct pool_options *o,
                                          struct worker_program *out);
void worker_program_clear(struct worker_program *p);

/* Start a process into w, which holds none.  fails  MISSING, IO */
NODISCARD enum status worker_start(struct worker *w,
                                   const struct worker_program *p);

/* Ask one task. A failure means that the worker is of no use any more. */
NODISCARD enum status worker_ask(struct worker *w, json_t *task, const int *fds,
                                 int n_fds);

enum worker_word {
    WORKER_SILENT,   /* nothing whole yet */
    WORKER_READY,    /* its model is loaded: the time of its task begins */
    WORKER_ANSWERED, /* *out is filled */
    WORKER_GONE,     /* it ended */
    WORKER_CONFUSED, /* what it says makes no sense */
};

/* Take what has arrived, without waiting. */
enum worker_word worker_hear(struct worker *w, struct task_result *out);

/*
 * End w and wait for it: nothing of it is left, neither process nor
 * descriptor.
 *
 * was_alive  kill it at once; else it is given a moment to be gone by itself
 *
 * Returns the failure that says how it ended: CHILD with the signal, memory
 * or exit code as its cause.
 */
enum status worker_bury(struct worker *w, bool was_alive);

/* Tell an idle worker to end; worker_dismiss() waits for it. */
void worker_let_go(const struct worker *w);

/* Let an idle worker end by itself, for a little while at most; then bury it. */
void worker_dismiss(struct worker *w);

#endif
