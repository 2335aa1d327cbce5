/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pool against workers that do everything wrong. The worker is this very
 * program, started by the pool with one argument; what it does is said in the
 * task's sha256.
 */
#include "base/alloc.h"
#include "pipeline/protocol.h"
#include "unit/unit.h"
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the puppet: the worker's side ---- */

static int open_fds(void)
{
    int n = 0;
    DIR *d = opendir("/proc/self/fd");
    while (d && readdir(d))
        n++;
    if (d)
        closedir(d);
    return n - 3; /* ".", ".." and the directory itself */
}

static void say(const char *text)
{
    if (frame_send(WORKER_SOCKET, text, strlen(text), NULL, 0) != STATUS_OK)
        _exit(0);
}

static void say_result(struct task_result *r)
{
    json_t *j = result_to_json(r);
    char *text = json_text(j, false);
    say(text);
    free(text);
    json_decref(j);
    task_result_clear(r);
}

static void misbehave(const char *what)
{
    if (strcmp(what, "crash") == 0) {
        signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
    } else if (strcmp(what, "hang") == 0) {
        for (;;)
            pause();
    } else if (strcmp(what, "memory") == 0) {
        _exit(WORKER_EXIT_MEMORY);
    } else if (strcmp(what, "exit") == 0) {
        _exit(5);
    } else if (strcmp(what, "garbage") == 0) {
        send(WORKER_SOCKET, "garbage, garbage", 16, 0);
        pause();
    } else if (strcmp(what, "half") == 0) {
        struct frame_head head = {0x6F736F68u, 1000, 0};
        send(WORKER_SOCKET, &head, sizeof(head), 0);
        _exit(0);
    } else if (strcmp(what, "huge") == 0) {
        struct frame_head head = {0x6F736F68u, UINT32_MAX, 0};
        send(WORKER_SOCKET, &head, sizeof(head), 0);
        pause();
    } else if (strcmp(what, "closed") == 0) {
        close(WORKER_SOCKET);
        for (;;)
            pause();
    } else if (strcmp(what, "not-json") == 0) {
        say("{\"kind\":");
        pause();
    } else if (strcmp(what, "bad-page") == 0) {
        say("{\"kind\":2,\"status\":\"ok\",\"message\":null,\"pages\":0,"
            "\"page\":{}}");
        pause();
    }
}

static void play(const struct wire_task *t, const int *fds, int n_fds)
{
    struct task_result r = {.kind = t->kind};
    char what[65];
    strcpy(what, t->sha256);
    char *once = strstr(what, "-once");
    if (once)
        *once = '\0';
    if (!once || t->attempt == 1)
        misbehave(what);
    if (strcmp(what, "other-kind") == 0)
        r.kind = TASK_HELLO;
    if (strcmp(what, "encrypted") == 0) {
        r.status = STATUS_ENCRYPTED;
        r.message = xstrdup("locked");
    }
    r.page = (struct page){.width_px = 10,
                           .height_px = 10,
                           .dpi_x = 300,
                           .dpi_y = 300,
                           .source_page = t->source_page};
    struct stat_like {
        int read;
        char bytes[8];
    } got = {0};
    if (n_fds > 0)
        got.read = (int)pread(fds[0], got.bytes, 4, 0);
    r.pages = n_fds;
    r.info = json_pack(
        "{s:i,s:i,s:s,s:s}", "pid", (int)getpid(), "fds", open_fds() - n_fds,
        "omp", getenv("OMP_THREAD_LIMIT") ? getenv("OMP_THREAD_LIMIT") : "",
        "bytes", got.read > 0 ? got.bytes : "");
    say_result(&r);
    if (strcmp(what, "twice") == 0)
        say(READY_FRAME);
}

static int puppet(void)
{
    struct strbuf text;
    bool end = false;
    strbuf_init(&text);
    say(READY_FRAME);
    for (;;) {
        int *fds = NULL;
        int n_fds = 0;
        json_t *j = NULL;
        struct wire_task t;
        if (frame_receive(WORKER_SOCKET, &text, &fds, &n_fds, &end) !=
                STATUS_OK ||
            end)
            break;
        if (json_parse(text.s, text.len, "task", &j) != STATUS_OK ||
            wire_task_from_json(j, &t) != STATUS_OK)
            return 9;
        play(&t, fds, n_fds);
        json_decref(j);
        for (int i = 0; i < n_fds; i++)
            close(fds[i]);
        free(fds);
    }
    strbuf_clear(&text);
    return 0;
}

/* ---- the tests: the parent's side ---- */

static struct pool *open_pool(int jobs)
{
    struct pool_options o = {.jobs = jobs, .model = "vie", .page_seconds = 1};
    struct pool *p = NULL;
    assert_ok(pool_open(&o, &p));
    return p;
}

static void submit(struct pool *p, const char *what, int page)
{
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    struct task t = {.kind = TASK_READ,
                     .user = (void *)(intptr_t)(page + 1),
                     .fds = &fd,
                     .n_fds = 1,
                     .media = MEDIA_PNG,
                     .sha256 = what,
                     .source_page = page};
    assert_true(fd >= 0);
    assert_ok(pool_submit(p, &t));
    close(fd);
}

static struct task_result wait_one(struct pool *p)
{
    struct task_result r = {0};
    bool got = false;
    assert_ok(pool_wait(p, 20000, &got, &r));
    assert_true(got);
    return r;
}

static bool has_zombie(void)
{
    siginfo_t info = {0};
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid != 0;
}

/* The task fails twice with that status, the next one is done all the same,
 * and nothing of the dead workers is left. */
static void survives(const char *what, enum status want, const char *cause)
{
    int before = open_fds();
    struct pool *p = open_pool(1);
    submit(p, what, 0);
    submit(p, "ok", 1);
    struct task_result r = wait_one(p);
    assert_int_equal(r.status, want);
    assert_non_null(r.message);
    if (!strstr(r.message, cause))
        fail_msg("'%s' does not speak of '%s'", r.message, cause);
    assert_ptr_equal(r.user, (void *)1);
    task_result_clear(&r);
    r = wait_one(p);
    assert_int_equal(r.status, STATUS_OK);
    assert_int_equal(r.page.source_page, 1);
    task_result_clear(&r);
    assert_int_equal(pool_pending(p), 0);
    assert_false(has_zombie());
    pool_close(p);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(open_fds(), before);
}

static void survives_a_crash(void **state)
{
    (void)state;
    survives("crash", STATUS_CHILD, "SEGV");
}

static void survives_a_hang(void **state)
{
    (void)state;
    survives("hang", STATUS_TIMEOUT, "1");
}

static void survives_want_of_memory(void **state)
{
    (void)state;
    survives("memory", STATUS_CHILD, "memory");
}

static void survives_an_exit(void **state)
{
    (void)state;
    survives("exit", STATUS_CHILD, "5");
}

static void survives_nonsense(void **state)
{
    static const char *const kinds[] = {"garbage",  "half",     "huge",
                                        "not-json", "bad-page", "other-kind"};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        survives(kinds[i], STATUS_CHILD, "answer");
}

static void survives_a_closed_socket_that_lives_on(void **state)
{
    (void)state;
    survives("closed", STATUS_CHILD, "answer");
}

static void an_answer_too_many_costs_nothing(void **state)
{
    (void)state;
    struct pool *p = open_pool(1);
    submit(p, "twice", 0);
    submit(p, "ok", 1);
    for (int i = 0; i < 2; i++) {
        struct task_result r = wait_one(p);
        task_result_clear(&r);
    }
    pool_close(p);
}

static void a_second_attempt_may_succeed(void **state)
{
    (void)state;
    struct pool *p = open_pool(2);
    submit(p, "crash-once", 3);
    struct task_result r = wait_one(p);
    assert_int_equal(r.status, STATUS_OK);
    assert_int_equal(r.page.source_page, 3);
    task_result_clear(&r);
    pool_close(p);
}

static void a_failure_of_the_input_is_not_tried_again(void **state)
{
    (void)state;
    struct pool *p = open_pool(1);
    submit(p, "encrypted", 0);
    struct task_result r = wait_one(p);
    assert_int_equal(r.status, STATUS_ENCRYPTED);
    assert_string_equal(r.message, "locked");
    task_result_clear(&r);
    pool_close(p);
}

static void a_worker_gets_its_socket_and_the_file_only(void **state)
{
    (void)state;
    int leak = open("/dev/null", O_RDONLY); /* not close-on-exec */
    struct pool *p = open_pool(2);
    for (int i = 0; i < 8; i++)
        submit(p, "ok", i);
    for (int i = 0; i < 8; i++) {
        struct task_result r = wait_one(p);
        assert_int_equal(r.status, STATUS_OK);
        assert_int_equal(r.pages, 1);
        assert_int_equal(json_integer_value(json_object_get(r.info, "fds")), 4);
        assert_string_equal(json_string_or(r.info, "omp", ""), "1");
        assert_string_equal(json_string_or(r.info, "bytes", ""), "\x7f"
                                                                 "ELF");
        task_result_clear(&r);
    }
    pool_close(p);
    close(leak);
}

static void many_pages_come_back_each_once(void **state)
{
    (void)state;
    bool seen[1000] = {false};
    int before = open_fds();
    struct pool *p = open_pool(3);
    for (int i = 0; i < 1000; i++)
        submit(p, i % 100 == 7 ? "crash-once" : "ok", i);
    assert_int_equal(pool_pending(p), 1000);
    for (int i = 0; i < 1000; i++) {
        struct task_result r = wait_one(p);
        int page = r.page.source_page;
        assert_int_equal(r.status, STATUS_OK);
        assert_ptr_equal(r.user, (void *)(intptr_t)(page + 1));
        assert_false(seen[page]);
        seen[page] = true;
        task_result_clear(&r);
    }
    pool_close(p);
    assert_int_equal(open_fds(), before);
}

static void a_worker_is_replaced_after_many_pages(void **state)
{
    (void)state;
    json_int_t first = 0;
    int changes = 0;
    struct pool *p = open_pool(1);
    for (int i = 0; i < 900; i++)
        submit(p, "ok", i);
    for (int i = 0; i < 900; i++) {
        struct task_result r = wait_one(p);
        json_int_t pid = json_integer_value(json_object_get(r.info, "pid"));
        changes += pid != first;
        first = pid;
        task_result_clear(&r);
    }
    assert_true(changes >= 2 && changes <= 4);
    pool_close(p);
}

static void a_record_goes_with_all_its_sources(void **state)
{
    (void)state;
    enum { N = 300 }; /* more than one message can carry */
    int fds[N];
    struct record *rec = record_new();
    for (int i = 0; i < N; i++)
        fds[i] = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    struct pool *p = open_pool(1);
    struct task t = {.kind = TASK_ASSEMBLE,
                     .fds = fds,
                     .n_fds = N,
                     .record = rec,
                     .sha256 = "ok"};
    assert_ok(pool_submit(p, &t));
    struct task_result r = wait_one(p);
    assert_int_equal(r.status, STATUS_OK);
    assert_int_equal(r.pages, N + 1);
    task_result_clear(&r);
    pool_close(p);
    record_free(rec);
    for (int i = 0; i < N; i++)
        close(fds[i]);
}

static void waiting_ends_with_the_time(void **state)
{
    (void)state;
    struct pool *p = open_pool(1);
    struct task_result r;
    bool got = true;
    assert_ok(pool_wait(p, -1, &got, &r)); /* nothing to wait for */
    assert_false(got);
    submit(p, "hang", 0);
    assert_ok(pool_wait(p, 50, &got, &r));
    assert_false(got);
    assert_int_equal(pool_pending(p), 1);
    pool_close(p); /* with a worker in the middle of it */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void an_idle_worker_that_dies_costs_no_attempt(void **state)
{
    (void)state;
    struct pool *p = open_pool(1);
    submit(p, "ok", 0);
    struct task_result r = wait_one(p);
    pid_t pid = (pid_t)json_integer_value(json_object_get(r.info, "pid"));
    task_result_clear(&r);
    siginfo_t info;
    kill(pid, SIGKILL);
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    submit(p, "crash-once", 1);
    r = wait_one(p);
    assert_int_equal(r.status, STATUS_OK);
    task_result_clear(&r);
    pool_close(p);
}

static void workers_may_be_started_before_there_is_work(void **state)
{
    (void)state;
    struct pool *p = open_pool(3);
    pool_warm(p, 2);
    submit(p, "ok", 0);
    struct task_result r = wait_one(p);
    assert_int_equal(r.status, STATUS_OK);
    task_result_clear(&r);
    pool_close(p);
    assert_false(has_zombie());
}

static void no_worker_program_is_said_at_once(void **state)
{
    (void)state;
    struct pool_options o = {.jobs = 1, .model = "vie"};
    struct pool *p = NULL;
    char *old = xstrdup(getenv("HOSO_WORKER"));
    setenv("HOSO_WORKER", "/nowhere/hoso-worker", 1);
    assert_fails(STATUS_MISSING, pool_open(&o, &p));
    assert_non_null(strstr(status_message(), "/nowhere/hoso-worker"));
    setenv("HOSO_WORKER", old, 1);
    free(old);
}

static void a_program_that_cannot_run_is_no_endless_loop(void **state)
{
    (void)state;
    struct pool_options o = {.jobs = 2, .model = "vie", .page_seconds = 1};
    struct pool *p = NULL;
    struct task_result r;
    bool got = false;
    char path[] = "/tmp/hoso-test-XXXXXX";
    char *old = xstrdup(getenv("HOSO_WORKER"));
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    static const char elf[] = "\177ELF?"; /* and nothing behind it */
    assert_int_equal(write(fd, elf, 5), 5);
    assert_int_equal(fchmod(fd, 0700), 0);
    close(fd);
    setenv("HOSO_WORKER", path, 1);
    assert_ok(pool_open(&o, &p));
    setenv("HOSO_WORKER", old, 1);
    free(old);
    pool_warm(p, 2);
    submit(p, "ok", 0);
    assert_fails(STATUS_MISSING, pool_wait(p, -1, &got, &r));
    pool_close(p);
    unlink(path);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survives_a_crash),
        cmocka_unit_test(survives_a_hang),
        cmocka_unit_test(survives_want_of_memory),
        cmocka_unit_test(survives_an_exit),
        cmocka_unit_test(survives_nonsense),
        cmocka_unit_test(survives_a_closed_socket_that_lives_on),
        cmocka_unit_test(an_answer_too_many_costs_nothing),
        cmocka_unit_test(a_second_attempt_may_succeed),
        cmocka_unit_test(a_failure_of_the_input_is_not_tried_again),
        cmocka_unit_test(a_worker_gets_its_socket_and_the_file_only),
        cmocka_unit_test(many_pages_come_back_each_once),
        cmocka_unit_test(a_worker_is_replaced_after_many_pages),
        cmocka_unit_test(a_record_goes_with_all_its_sources),
        cmocka_unit_test(waiting_ends_with_the_time),
        cmocka_unit_test(an_idle_worker_that_dies_costs_no_attempt),
        cmocka_unit_test(workers_may_be_started_before_there_is_work),
        cmocka_unit_test(no_worker_program_is_said_at_once),
        cmocka_unit_test(a_program_that_cannot_run_is_no_endless_loop),
    };
    char exe[PATH_MAX];
    if (argc == 2 && argv[1][0] == '{')
        return puppet();
    ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
    if (n <= 0)
        return 1;
    exe[n] = '\0';
    setenv("HOSO_WORKER", exe, 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
