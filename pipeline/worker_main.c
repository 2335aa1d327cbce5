/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hoso-worker: the process that touches foreign bytes. It takes one task at a
 * time from its socket, with the files as descriptors, and answers each. It
 * may crash, hang or run out of memory: that costs the parent one worker.
 *
 * HOSO_TEST_WORKER=WHAT:K makes it misbehave at page K (from 1) of any source
 * (docs/testing.md): crash, abort, hang, memory, garbage; with "-once" behind
 * it only at the first attempt.
 */
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/record_lines.h"
#include "pipeline/crop.h"
#include "pipeline/protocol.h"
#include "pipeline/reader.h"
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define RECORD_BYTES_MAX ((off_t)1 << 30)

/* If not even this much can be had, memory was the reason to crash. */
#define MEMORY_PROBE ((size_t)64 << 20)

#define KEPT_BYTES (32 << 20) /* a page at 200 dpi in colour has 16 MB */

#ifndef __SANITIZE_ADDRESS__

/* Only calls that are safe in a signal handler. */
static void say_if_memory(int number)
{
    void *p = mmap(NULL, MEMORY_PROBE, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        _exit(WORKER_EXIT_MEMORY);
    raise(number); /* once more, and now as if it had not been caught */
}

/* The limits of the process, and a last word if memory is out: Tesseract and
 * poppler abort when an allocation fails. */
static void limit_process(const struct pool_options *o)
{
    static char stack[65536];
    stack_t other = {.ss_sp = stack, .ss_size = sizeof(stack)};
    struct sigaction act = {.sa_handler = say_if_memory,
                            .sa_flags =
                                (int)(SA_RESETHAND | SA_ONSTACK | SA_NODEFER)};
    rlim_t bytes = (rlim_t)o->worker_mb << 20;
    struct rlimit data = {bytes, bytes};
    struct rlimit none = {0, 0};
    if (bytes > 0)
        setrlimit(RLIMIT_DATA, &data);
    setrlimit(RLIMIT_CORE, &none);
    /* images come and go with each page: kept rather than given back, they
     * need not be zeroed by the system each time */
    mallopt(M_MMAP_THRESHOLD, KEPT_BYTES);
    mallopt(M_TRIM_THRESHOLD, 2 * KEPT_BYTES);
    sigaltstack(&other, NULL);
    sigaction(SIGABRT, &act, NULL);
    sigaction(SIGSEGV, &act, NULL);
    sigaction(SIGBUS, &act, NULL);
}

#else

/* Fontconfig, which poppler draws with, keeps its configuration until the
 * process ends. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

/* ASan keeps far more memory than the program asks for, and its own account
 * of a crash is what a test wants to see. */
static void limit_process(const struct pool_options *o)
{
    (void)o;
}

#endif

/* ---- misbehaving on demand ---- */

static void eat_memory(int worker_mb)
{
    size_t piece = (size_t)16 << 20;
    for (size_t got = 0; got <= (size_t)worker_mb << 20; got += piece) {
        volatile char *p = malloc(piece);
        if (!p)
            abort();
        for (size_t i = 0; i < piece; i += 4096)
            p[i] = 1;
    }
    _exit(WORKER_EXIT_MEMORY); /* where no limit is set */
}

static void misbehave(const char *what, int worker_mb)
{
    if (strcmp(what, "crash") == 0) {
        signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
    } else if (strcmp(what, "abort") == 0) {
        abort();
    } else if (strcmp(what, "hang") == 0) {
        for (;;)
            pause();
    } else if (strcmp(what, "memory") == 0) {
        eat_memory(worker_mb);
    } else if (strcmp(what, "garbage") == 0) {
        static const char garbage[] = "this is not a frame at all";
        if (write(WORKER_SOCKET, garbage, sizeof(garbage)) > 0)
            pause();
    } else if (strcmp(what, "exit") == 0) {
        _exit(3);
    }
}

/* "WHAT:K" or "WHAT-once:K". */
static void test_switch(const struct wire_task *t, int worker_mb)
{
    const char *said = getenv("HOSO_TEST_WORKER");
    char what[32];
    int page = 0;
    if (!said || t->kind != TASK_READ ||
        sscanf(said, "%31[a-z-]:%d", what, &page) != 2 ||
        page != t->source_page + 1)
        return;
    char *once = strstr(what, "-once");
    if (once && t->attempt > 1)
        return;
    if (once)
        *once = '\0';
    misbehave(what, worker_mb);
}

/* ---- the tasks ---- */

struct worker_state {
    struct pool_options options;
    struct reader *reader; /* NULL: it could not be made */
    enum status reader_status;
    char *reader_message;
};

static enum status wrong_fds(void)
{
    return fail(STATUS_INTERNAL, _("a task came without its files"));
}

static enum status record_from_fd(int fd, struct record **out)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return fail_errno(STATUS_IO, errno, _("cannot read a record"));
    if (st.st_size <= 0 || st.st_size > RECORD_BYTES_MAX)
        return fail(STATUS_LIMIT, _("the record is too large"));
    size_t n = (size_t)st.st_size;
    char *bytes = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return fail_errno(STATUS_IO, errno, _("cannot read a record"));
    enum status got = record_from_lines(bytes, n, out);
    munmap(bytes, n);
    return got;
}

static enum status assemble(const struct worker_state *w, const int *fds,
                            int n_fds, struct task_result *out)
{
    AUTO(record_freep) struct record *rec = NULL;
    if (n_fds < 2)
        return wrong_fds();
    int n_sources = n_fds - 2;
    enum status st = record_from_fd(fds[n_fds - 1], &rec);
    if (st == STATUS_OK && rec->n_sources != n_sources)
        st = wrong_fds();
    if (st != STATUS_OK)
        return st;
    return access_pdf_write(&w->options, rec, fds, n_sources, fds[n_sources],
                            &out->info);
}

static enum status do_task(const struct worker_state *w,
                           const struct wire_task *t, const int *fds, int n_fds,
                           struct task_result *out)
{
    if (t->kind == TASK_ASSEMBLE)
        return assemble(w, fds, n_fds, out);
    if (t->kind == TASK_CROP)
        return n_fds == 2 ? crop_page(&w->options, fds[0], t->media,
                                      t->source_page, &t->crop, fds[1])
                          : wrong_fds();
    if (!w->reader)
        return fail(w->reader_status, "%s", w->reader_message);
    if (t->kind == TASK_HELLO) {
        out->info = reader_info(w->reader);
        return STATUS_OK;
    }
    if (n_fds != 1)
        return wrong_fds();
    if (t->kind == TASK_PROBE) {
        return reader_probe(w->reader, fds[0], t->media, &out->pages,
                            &out->info);
    }
    return reader_read(w->reader, fds[0], t->media, t->sha256, t->source_page,
                       &out->page);
}

static enum status answer(const struct worker_state *w, const char *text,
                          size_t n, const int *fds, int n_fds)
{
    json_t *j = NULL;
    struct wire_task t = {0};
    struct task_result r = {0};
    enum status st = json_parse(text, n, "task", &j);
    if (st == STATUS_OK)
        st = wire_task_from_json(j, &t);
    json_decref(j);
    if (st != STATUS_OK)
        return st;
    test_switch(&t, w->options.worker_mb);
    r.kind = t.kind;
    r.status = do_task(w, &t, fds, n_fds, &r);
    if (r.status != STATUS_OK)
        r.message = xstrdup(status_message());
    j = result_to_json(&r);
    AUTO(free_char) char *out = json_text(j, false);
    json_decref(j);
    task_result_clear(&r);
    return frame_send(WORKER_SOCKET, out, strlen(out), NULL, 0);
}

/* Until the parent closes the socket. */
static enum status serve(const struct worker_state *w)
{
    struct strbuf text;
    bool end = false;
    strbuf_init(&text);
    enum status st =
        frame_send(WORKER_SOCKET, READY_FRAME, strlen(READY_FRAME), NULL, 0);
    while (st == STATUS_OK) {
        int *fds = NULL;
        int n_fds = 0;
        st = frame_receive(WORKER_SOCKET, &text, &fds, &n_fds, &end);
        if (st != STATUS_OK || end)
            break;
        st = answer(w, text.s, text.len, fds, n_fds);
        for (int i = 0; i < n_fds; i++)
            close(fds[i]);
        free(fds);
    }
    strbuf_clear(&text);
    return st;
}

int main(int argc, char **argv)
{
    struct stat st;
    json_t *options = NULL;
    struct worker_state w = {0};
    i18n_start(NULL);
    if (argc != 2 || fstat(WORKER_SOCKET, &st) != 0 || !S_ISSOCK(st.st_mode)) {
        fputs(_("hoso-worker is started by hoso, not by hand.\n"), stderr);
        return status_exit_code(STATUS_USAGE);
    }
    if (json_parse(argv[1], strlen(argv[1]), "options", &options) !=
            STATUS_OK ||
        options_from_json(options, &w.options) != STATUS_OK) {
        fprintf(stderr, "hoso-worker: %s\n", status_message());
        return status_exit_code(STATUS_USAGE);
    }
    limit_process(&w.options);
    w.reader_status = reader_new(&w.options, &w.reader);
    if (w.reader_status != STATUS_OK)
        w.reader_message = xstrdup(status_message());
    enum status end = serve(&w);
    reader_free(w.reader);
    free(w.reader_message);
    json_decref(options);
    return end == STATUS_OK ? 0 : status_exit_code(end);
}
