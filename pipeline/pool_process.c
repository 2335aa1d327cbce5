/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Worker processes by fork and exec. A worker inherits nothing but its socket
 * and the environment with OMP_THREAD_LIMIT=1, which the OpenMP runtime reads
 * only when it is loaded: with more threads recognition is up to five times
 * slower.
 */
#include "pipeline/pool_process.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "pipeline/protocol.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* A worker that does not even read its task for so long is broken. */
#define SEND_SECONDS 10

/* A worker whose socket closed has this long to be gone by itself; an idle
 * one that is sent away this long to put its things in order. */
#define GRACE_MS 300
#define DISMISS_MS 2000

/* Behind what people wait for; see nice(2). */
#define WORKER_NICE 5

extern char **environ;

/* ---- the program ---- */

static char *beside_this_program(const char *relative)
{
    char exe[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
    if (n <= 0)
        return NULL;
    exe[n] = '\0';
    char *slash = strrchr(exe, '/');
    if (!slash)
        return NULL;
    slash[1] = '\0';
    return xasprintf("%s%s", exe, relative);
}

enum status worker_program_find(const struct pool_options *o,
                                struct worker_program *out)
{
    static const char *const places[] = {"hoso-worker",
                                         "../libexec/hoso/hoso-worker"};
    const char *said = getenv("HOSO_WORKER");
    AUTO(free_char) char *path = NULL;
    if (said && *said) {
        path = xstrdup(said);
    } else {
        for (size_t i = 0; i < ARRAY_LEN(places); i++) {
            free(path);
            path = beside_this_program(places[i]);
            if (path && access(path, X_OK) == 0)
                break;
        }
    }
    if (!path || access(path, X_OK) != 0) {
        return fail(STATUS_MISSING,
                    _("the program 'hoso-worker' is not where it should be "
                      "('%s'): install hoso again"),
                    path ? path : "hoso-worker");
    }
    json_t *options = options_to_json(o);
    out->options = json_text(options, false);
    out->path = STEAL(path);
    json_decref(options);
    return STATUS_OK;
}

void worker_program_clear(struct worker_program *p)
{
    free(p->path);
    free(p->options);
    memset(p, 0, sizeof(*p));
}

/* ---- starting ---- */

/* environ with OMP_THREAD_LIMIT=1; only the array is to be freed. */
static char **worker_environment(void)
{
    static char omp[] = "OMP_THREAD_LIMIT=1";
    size_t n = 0;
    size_t kept = 0;
    while (environ && environ[n])
        n++;
    char **env = xcalloc(n + 2, sizeof(*env));
    for (size_t i = 0; i < n; i++) {
        if (strncmp(environ[i], omp, sizeof("OMP_THREAD_LIMIT=") - 1) != 0)
            env[kept++] = environ[i];
    }
    env[kept] = omp;
    return env;
}

/* Whether the libraries' own complaints shall be seen. */
static bool keeps_stderr(void)
{
#ifdef __SANITIZE_ADDRESS__
    return true;
#else
    const char *trace = getenv("HOSO_TRACE");
    return trace && *trace;
#endif
}

struct launch {
    const char *path;
    char *const *argv;
    char *const *env;
    int socket; /* the worker's end */
    int report; /* pipe, close-on-exec: errno if exec fails */
    bool quiet;
    pid_t parent;
};

/*
 * In the child: only calls that are safe after fork in a threaded program.
 * Ctrl-C in a terminal goes to every process of the group; the parent alone
 * decides what it means, so workers ignore it.
 */
static NORETURN void become_worker(const struct launch *l)
{
    static const int ignored[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE};
    /* Both out of the way of the numbers that are given away below. */
    int sock = fcntl(l->socket, F_DUPFD_CLOEXEC, 10);
    int report = fcntl(l->report, F_DUPFD_CLOEXEC, 11);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    sigset_t none;
    for (size_t i = 0; i < ARRAY_LEN(ignored); i++)
        signal(ignored[i], SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    signal(SIGXFSZ, SIG_IGN);
    /* A worker dies with the thread that started it: no parent, no use. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != l->parent)
        _exit(0);
    /* Who searches or reviews meanwhile goes first; if it cannot be said, all
     * are alike. */
    (void)!nice(WORKER_NICE);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (sock >= 0 && report >= 0 && null >= 0 && dup2(null, 0) == 0 &&
        dup2(null, 1) == 1 && (!l->quiet || dup2(null, 2) == 2) &&
        dup2(sock, WORKER_SOCKET) == WORKER_SOCKET) {
        close_range(WORKER_SOCKET + 1, ~0U, CLOSE_RANGE_CLOEXEC);
        execve(l->path, l->argv, l->env);
    }
    int err = errno;
    if (report >= 0 && write(report, &err, sizeof(err)) < 0)
        _exit(126);
    _exit(127);
}

/* fork with every signal held back, so that none reaches the child before it
 * has set what to do with them. */
static pid_t launch(const struct launch *l)
{
    sigset_t all;
    sigset_t old;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &old);
    pid_t pid = fork();
    if (pid == 0)
        become_worker(l);
    int err = errno;
    sigprocmask(SIG_SETMASK, &old, NULL);
    errno = err;
    return pid;
}

static pid_t wait_for(pid_t pid, int *how, int flags)
{
    pid_t got;
    do {
        got = waitpid(pid, how, flags);
    } while (got < 0 && errno == EINTR);
    return got;
}

/* The errno with which exec failed, or 0. */
static int exec_error(int report)
{
    int err = 0;
    ssize_t n;
    do {
        n = read(report, &err, sizeof(err));
    } while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof(err) ? err : 0;
}

static enum status start_process(struct worker *w,
                                 const struct worker_program *p,
                                 const int ends[2], const int report[2])
{
    char *argv[] = {p->path, p->options, NULL};
    AUTO(free_void) char **env = worker_environment();
    struct launch l = {p->path,         argv,    env, ends[1], report[1],
                       !keeps_stderr(), getpid()};
    pid_t pid = launch(&l);
    int err = errno;
    close(report[1]);
    if (pid < 0)
        return fail_errno(STATUS_IO, err, _("cannot start a worker"));
    err = exec_error(report[0]);
    if (err) {
        wait_for(pid, NULL, 0);
        fail_errno(STATUS_MISSING, err, _("cannot run '%s'"), p->path);
        return STATUS_MISSING;
    }
    w->pid = pid;
    w->fd = ends[0];
    w->tasks = 0;
    w->ready = false;
    strbuf_init(&w->in);
    return STATUS_OK;
}

enum status worker_start(struct worker *w, const struct worker_program *p)
{
    int ends[2];
    int report[2];
    struct timeval patience = {.tv_sec = SEND_SECONDS};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return fail_errno(STATUS_IO, errno, _("cannot start a worker"));
    if (pipe2(report, O_CLOEXEC) != 0) {
        int err = errno;
        close(ends[0]);
        close(ends[1]);
        return fail_errno(STATUS_IO, err, _("cannot start a worker"));
    }
    setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    enum status st = start_process(w, p, ends, report);
    close(ends[1]);
    close(report[0]);
    if (st != STATUS_OK)
        close(ends[0]);
    return st;
}

/* ---- talking ---- */

enum status worker_ask(struct worker *w, json_t *task, const int *fds,
                       int n_fds)
{
    AUTO(free_char) char *text = json_text(task, false);
    w->tasks++;
    return frame_send(w->fd, text, strlen(text), fds, n_fds);
}

/* Whether the socket is still open; what is there goes behind w->in. */
static bool take_bytes(struct worker *w)
{
    char bytes[65536];
    for (;;) {
        ssize_t n = recv(w->fd, bytes, sizeof(bytes), MSG_DONTWAIT);
        if (n > 0) {
            strbuf_add(&w->in, bytes, (size_t)n);
            if (w->in.len > FRAME_BYTES_MAX + sizeof(struct frame_head))
                return false;
            continue;
        }
        if (n < 0 && errno == EINTR)
            continue;
        return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }
}

/* The first whole frame of w->in as JSON; NULL if there is none or it is none
 * (*nonsense). */
static json_t *next_frame(struct worker *w, bool *nonsense)
{
    const size_t head = sizeof(struct frame_head);
    size_t used = 0;
    json_t *j = NULL;
    *nonsense = frame_find(&w->in, &used) != STATUS_OK;
    if (*nonsense || used == 0)
        return NULL;
    *nonsense =
        json_parse(w->in.s + head, used - head, "hoso-worker", &j) != STATUS_OK;
    struct strbuf rest;
    strbuf_init(&rest);
    strbuf_add(&rest, w->in.s + used, w->in.len - used);
    strbuf_clear(&w->in);
    w->in = rest;
    return j;
}

enum worker_word worker_hear(struct worker *w, struct task_result *out)
{
    bool open = take_bytes(w);
    bool nonsense = false;
    AUTO(json_decrefp) json_t *j = next_frame(w, &nonsense);
    if (nonsense)
        return WORKER_CONFUSED;
    if (!j)
        return open ? WORKER_SILENT : WORKER_GONE;
    if (!w->ready) {
        w->ready = json_is_true(json_object_get(j, "ready"));
        return w->ready ? WORKER_READY : WORKER_CONFUSED;
    }
    /* One question, one answer: more than that is nonsense. */
    if (w->in.len > 0 || result_from_json(j, out) != STATUS_OK)
        return WORKER_CONFUSED;
    return WORKER_ANSWERED;
}

/* ---- ending ---- */

static const char *signal_name(int number)
{
    const char *name = sigabbrev_np(number);
    return name ? name : "?";
}

static enum status how_it_ended(int how)
{
    if (WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL) {
        return fail(STATUS_CHILD, _("the worker was killed: perhaps the "
                                    "machine ran out of memory"));
    }
    if (WIFSIGNALED(how)) {
        return fail(STATUS_CHILD, _("the worker crashed: signal %d (%s)"),
                    WTERMSIG(how), signal_name(WTERMSIG(how)));
    }
    if (WIFEXITED(how) && WEXITSTATUS(how) == WORKER_EXIT_MEMORY) {
        return fail(STATUS_CHILD, _("the worker needed more memory than a "
                                    "worker may have"));
    }
    return fail(STATUS_CHILD, _("the worker ended unasked with exit code %d"),
                WIFEXITED(how) ? WEXITSTATUS(how) : -1);
}

/* Wait at most ms for the end of pid. */
static bool ended_within(pid_t pid, int *how, int ms)
{
    int64_t end = clock_ms() + ms;
    for (;;) {
        if (wait_for(pid, how, WNOHANG) != 0)
            return true;
        if (clock_ms() >= end)
            return false;
        usleep(2000);
    }
}

static enum status bury(struct worker *w, int patience_ms)
{
    int how = 0;
    bool ended = true;
    if (w->fd >= 0)
        close(w->fd);
    w->fd = -1;
    if (w->pid > 0)
        ended = ended_within(w->pid, &how, patience_ms);
    if (!ended) {
        kill(w->pid, SIGKILL);
        wait_for(w->pid, &how, 0);
    }
    w->pid = 0;
    strbuf_clear(&w->in);
    if (!ended || (WIFEXITED(how) && WEXITSTATUS(how) == 0)) {
        return fail(STATUS_CHILD, _("the worker did not answer as it should"));
    }
    return how_it_ended(how);
}

enum status worker_bury(struct worker *w, bool was_alive)
{
    return bury(w, was_alive ? 0 : GRACE_MS);
}

void worker_let_go(const struct worker *w)
{
    if (w->fd >= 0)
        shutdown(w->fd, SHUT_WR);
}

void worker_dismiss(struct worker *w)
{
    if (w->pid > 0)
        bury(w, DISMISS_MS);
}
