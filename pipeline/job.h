/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A task in the pool's keeping: its descriptors, its record, its attempts. */
#ifndef HOSO_PIPELINE_JOB_H
#define HOSO_PIPELINE_JOB_H

#include "pipeline/protocol.h"
#include <sys/types.h>

/* A descriptor of our own, shared by the tasks of one file. */
struct job_fd {
    int fd;
    int mode; /* O_ACCMODE of it */
    dev_t dev;
    ino_t ino;
    int users;
};

struct job {
    struct wire_task wire;
    void *user;
    struct job_fd **fds; /* n_fds of them */
    int *raw_fds;        /* the same, as they are sent */
    int n_fds;
    int n_pages; /* of the record to assemble */
    struct job *next;
};

/*
 * Make a job of a task. recent is the descriptor of the task before, used
 * again if it is the same file (the pages of a long PDF need one descriptor,
 * not hundreds), and is set to the last of this task.
 * fails  IO (no more descriptors)
 */
NODISCARD enum status job_new(const struct task *t, struct job_fd **recent,
                              struct job **out);
void job_free(struct job *j); /* NULL allowed */

void job_fd_release(struct job_fd *f); /* NULL allowed */

#endif
