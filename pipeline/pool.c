/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pool: tasks wait in a queue, each worker has one at a time, answers
 * come in order of completion. Nothing a worker does harms the parent: a task
 * whose worker dies, hangs or talks nonsense is given to a new worker once
 * more, and failed with the cause if that one goes too.
 */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "pipeline/deadline.h"
#include "pipeline/job.h"
#include "pipeline/pool_process.h"
#include "pipeline/protocol.h"
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define ATTEMPTS 2
#define RECYCLE_TASKS 400  /* a worker is replaced after so many */
#define START_SECONDS 60   /* loading the model, on a busy machine */
#define ASSEMBLE_SECONDS 2 /* for each page of an access PDF */
#define STOPPED_MS 2000    /* poll() late by more: the machine stood still */

struct slot {
    struct worker worker;
    struct job *job; /* what it works at; NULL: idle */
    struct deadline deadline;
};

struct done {
    struct task_result result;
    struct done *next;
};

struct pool {
    struct pool_options options;
    char *model;
    struct worker_program program;
    struct slot *slots;
    struct pollfd *polls;
    struct job *first, *last; /* waiting */
    struct done *done, *done_last;
    struct job_fd *recent; /* descriptor of the last task, likely used again */
    int pending;
};

/* Sources stay open while their tasks wait: allow as many as there may be. */
static void allow_many_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
        limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

enum status pool_open(const struct pool_options *o, struct pool **out)
{
    struct worker_program program = {0};
    enum status st = worker_program_find(o, &program);
    if (st != STATUS_OK)
        return st;
    allow_many_files();
    struct pool *p = xcalloc(1, sizeof(*p));
    p->options = *o;
    p->model = xstrdup(o->model);
    p->options.model = p->model;
    p->program = program;
    if (p->options.jobs < 1)
        p->options.jobs = 1;
    p->slots = xcalloc((size_t)p->options.jobs, sizeof(*p->slots));
    p->polls = xcalloc((size_t)p->options.jobs, sizeof(*p->polls));
    for (int i = 0; i < p->options.jobs; i++)
        p->slots[i].worker.fd = -1;
    *out = p;
    return STATUS_OK;
}

void pool_close(struct pool *p)
{
    if (!p)
        return;
    for (int i = 0; i < p->options.jobs; i++) {
        struct slot *s = &p->slots[i];
        if (s->job && s->worker.pid > 0)
            worker_bury(&s->worker, true);
        job_free(s->job);
        worker_let_go(&s->worker);
    }
    for (int i = 0; i < p->options.jobs; i++)
        worker_dismiss(&p->slots[i].worker);
    while (p->first) {
        struct job *j = p->first;
        p->first = j->next;
        job_free(j);
    }
    while (p->done) {
        struct done *d = p->done;
        p->done = d->next;
        task_result_clear(&d->result);
        free(d);
    }
    job_fd_release(p->recent);
    worker_program_clear(&p->program);
    free(p->slots);
    free(p->polls);
    free(p->model);
    free(p);
}

int pool_pending(const struct pool *p)
{
    return p->pending;
}

enum status pool_submit(struct pool *p, const struct task *t)
{
    struct job *j = NULL;
    enum status st = job_new(t, &p->recent, &j);
    if (st != STATUS_OK)
        return st;
    if (p->last)
        p->last->next = j;
    else
        p->first = j;
    p->last = j;
    p->pending++;
    return STATUS_OK;
}

/* ---- results ---- */

/* The job is over with this result, which is taken. */
static void finish(struct pool *p, struct job *j, struct task_result *result)
{
    struct done *d = xcalloc(1, sizeof(*d));
    d->result = *result;
    d->result.user = j->user;
    if (p->done_last)
        p->done_last->next = d;
    else
        p->done = d;
    p->done_last = d;
    job_free(j);
}

static void finish_failed(struct pool *p, struct job *j, enum status st)
{
    struct task_result r = {.kind = j->wire.kind,
                            .status = st,
                            .message = xstrdup(status_message())};
    finish(p, j, &r);
}

static bool give_result(struct pool *p, struct task_result *out)
{
    struct done *d = p->done;
    if (!d)
        return false;
    p->done = d->next;
    if (!p->done)
        p->done_last = NULL;
    *out = d->result;
    free(d);
    p->pending--;
    return true;
}

/* ---- giving out work ---- */

static int64_t time_for(const struct pool *p, const struct slot *s)
{
    int64_t seconds = p->options.page_seconds;
    if (!s->worker.ready)
        seconds = START_SECONDS;
    else if (s->job->wire.kind == TASK_ASSEMBLE)
        seconds += (int64_t)s->job->n_pages * ASSEMBLE_SECONDS;
    return seconds * 1000;
}

/*
 * Give s->job to the slot's worker, which is started if there is none or an
 * idle one turns out to be gone.
 * fails  MISSING, IO: no worker can be had
 */
static enum status ask(struct pool *p, struct slot *s)
{
    struct job *j = s->job;
    enum status st = STATUS_OK;
    for (int round = 0; round < 2; round++) {
        if (s->worker.pid == 0)
            st = worker_start(&s->worker, &p->program);
        if (st != STATUS_OK)
            return st;
        json_t *task = wire_task_to_json(&j->wire);
        st = worker_ask(&s->worker, task, j->raw_fds, j->n_fds);
        json_decref(task);
        if (st == STATUS_OK) {
            deadline_set(&s->deadline, s->worker.pid, time_for(p, s));
            return STATUS_OK;
        }
        worker_bury(&s->worker, false);
        st = STATUS_OK;
    }
    return fail(STATUS_IO, _("workers start but do not listen"));
}

/* A new attempt is always made by a new worker. */
static void lose_worker(struct pool *p, struct slot *s, enum status cause)
{
    struct job *j = s->job;
    if (!j)
        return;
    if (j->wire.attempt < ATTEMPTS) {
        j->wire.attempt++;
        cause = ask(p, s);
        if (cause == STATUS_OK)
            return;
    }
    s->job = NULL;
    finish_failed(p, j, cause);
}

static bool any_worker(const struct pool *p)
{
    for (int i = 0; i < p->options.jobs; i++) {
        if (p->slots[i].worker.pid > 0)
            return true;
    }
    return false;
}

void pool_warm(struct pool *p, int most)
{
    for (int i = 0; i < p->options.jobs && i < most; i++)
        if (p->slots[i].worker.pid == 0 &&
            worker_start(&p->slots[i].worker, &p->program) != STATUS_OK)
            return;
}

/* Give waiting jobs to idle slots. As long as one worker lives, failing to
 * start another is no failure: the job waits its turn. */
static enum status dispatch(struct pool *p)
{
    for (int i = 0; i < p->options.jobs && p->first; i++) {
        struct slot *s = &p->slots[i];
        if (s->job)
            continue;
        if (s->worker.tasks >= RECYCLE_TASKS)
            worker_dismiss(&s->worker);
        s->job = p->first;
        enum status st = ask(p, s);
        if (st != STATUS_OK) {
            s->job = NULL;
            return any_worker(p) ? STATUS_OK : st;
        }
        p->first = p->first->next;
        if (!p->first)
            p->last = NULL;
        s->job->next = NULL;
    }
    return STATUS_OK;
}

/* ---- waiting ---- */

static void hear(struct pool *p, struct slot *s)
{
    struct task_result r;
    enum worker_word word = worker_hear(&s->worker, &r);
    if (word == WORKER_READY) {
        if (s->job)
            deadline_set(&s->deadline, s->worker.pid, time_for(p, s));
        word = worker_hear(&s->worker, &r);
    }
    if (word == WORKER_SILENT)
        return;
    if (word != WORKER_ANSWERED) {
        lose_worker(p, s, worker_bury(&s->worker, word == WORKER_CONFUSED));
        return;
    }
    struct job *j = s->job;
    if (j && r.kind == j->wire.kind) {
        s->job = NULL;
        finish(p, j, &r);
        return;
    }
    /* An answer to what was not asked. */
    task_result_clear(&r);
    lose_worker(p, s, worker_bury(&s->worker, true));
}

static void check_deadline(struct pool *p, struct slot *s)
{
    if (!s->job || !deadline_passed(&s->deadline, s->worker.pid))
        return;
    int64_t seconds = time_for(p, s) / 1000;
    worker_bury(&s->worker, true);
    lose_worker(p, s,
                fail(STATUS_TIMEOUT,
                     _("the worker was not done within %lld seconds; try again "
                       "when the machine is less busy, or set "
                       "limits.page_seconds in hoso.ini higher"),
                     (long long)seconds));
}

/* Milliseconds to the next deadline, at most limit_ms (-1: no limit). */
static int next_wake(const struct pool *p, int64_t limit_ms)
{
    int64_t wait = limit_ms;
    for (int i = 0; i < p->options.jobs; i++) {
        if (!p->slots[i].job)
            continue;
        int64_t left = deadline_left(&p->slots[i].deadline);
        if (wait < 0 || left < wait)
            wait = left;
    }
    return wait > 60000 ? 60000 : (int)wait;
}

/* A process that was stopped (Ctrl-Z), a machine that slept: the workers did
 * not run either, so their time has not been used up. */
static void forgive(struct pool *p, int64_t late_ms)
{
    for (int i = 0; i < p->options.jobs; i++)
        deadline_forgive(&p->slots[i].deadline, late_ms);
}

/* One round: wait for any worker or deadline. *interrupted: a signal came. */
static enum status watch(struct pool *p, int64_t limit_ms, bool *interrupted)
{
    int jobs = p->options.jobs;
    for (int i = 0; i < jobs; i++) {
        p->polls[i] =
            (struct pollfd){.fd = p->slots[i].worker.fd, .events = POLLIN};
    }
    int wait = next_wake(p, limit_ms);
    int64_t before = clock_ms();
    int n = poll(p->polls, (nfds_t)jobs, wait);
    int64_t took = clock_ms() - before;
    if (n < 0 && errno == EINTR) {
        *interrupted = true;
        return STATUS_OK;
    }
    if (n < 0)
        return fail_errno(STATUS_IO, errno, _("cannot wait for the workers"));
    if (wait >= 0 && took > wait + STOPPED_MS)
        forgive(p, took - wait);
    for (int i = 0; i < jobs; i++) {
        if (p->polls[i].revents && p->slots[i].worker.pid > 0)
            hear(p, &p->slots[i]);
    }
    for (int i = 0; i < jobs; i++)
        check_deadline(p, &p->slots[i]);
    return STATUS_OK;
}

enum status pool_wait(struct pool *p, int timeout_ms, bool *got,
                      struct task_result *out)
{
    int64_t end = clock_ms() + timeout_ms;
    bool interrupted = false;
    *got = false;
    for (;;) {
        enum status st = dispatch(p);
        if (st != STATUS_OK && !p->done)
            return st;
        if (give_result(p, out)) {
            *got = true;
            return STATUS_OK;
        }
        int64_t left = timeout_ms < 0 ? -1 : end - clock_ms();
        if (interrupted || p->pending == 0 || (timeout_ms >= 0 && left < 0))
            return STATUS_OK;
        st = watch(p, left, &interrupted);
        if (st != STATUS_OK)
            return st;
    }
}
