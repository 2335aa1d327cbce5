/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time a process has for a task: what it computed counts. */
#include "unit/unit.h"

#include "base/clock.h"
#include "pipeline/deadline.h"
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LIMIT_MS 200

static int64_t cpu_ms(clockid_t clock)
{
    struct timespec t;
    assert_int_equal(clock_gettime(clock, &t), 0);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A child that computes a part of the time, or not at all. */
static pid_t start_child(int busy_pct)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    while (pid == 0) {
        int64_t until = clock_ms() + 20 * busy_pct / 100;
        while (clock_ms() < until)
            ;
        usleep((useconds_t)(20000 - 200 * busy_pct));
    }
    return pid;
}

static void end_child(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static void wait_for(const struct deadline *d)
{
    while (deadline_left(d) > 0)
        usleep((useconds_t)deadline_left(d) * 1000);
}

static void time_that_was_not_given_is_given_later(void **state)
{
    (void)state;
    struct deadline d;
    clockid_t clock;
    pid_t pid = start_child(50);
    assert_int_equal(clock_getcpuclockid(pid, &clock), 0);
    int64_t begun = clock_ms(), begun_cpu = cpu_ms(clock);
    deadline_set(&d, pid, LIMIT_MS);
    assert_false(deadline_passed(&d, pid));
    wait_for(&d);
    assert_true(clock_ms() - begun >= LIMIT_MS);
    assert_false(deadline_passed(&d, pid));
    while (!deadline_passed(&d, pid))
        wait_for(&d);
    if (cpu_ms(clock) - begun_cpu < LIMIT_MS * 9 / 10 &&
        clock_ms() - begun < LIMIT_MS * 9)
        fail_msg("it computed %lld ms only",
                 (long long)(cpu_ms(clock) - begun_cpu));
    end_child(pid);
}

static void who_does_not_compute_has_hung(void **state)
{
    (void)state;
    struct deadline d;
    pid_t pid = fork();
    assert_true(pid >= 0);
    while (pid == 0)
        pause();
    usleep(20000);
    deadline_set(&d, pid, LIMIT_MS);
    wait_for(&d);
    assert_true(deadline_passed(&d, pid));
    end_child(pid);
}

static void who_is_gone_is_late(void **state)
{
    (void)state;
    struct deadline d;
    pid_t pid = start_child(50);
    deadline_set(&d, pid, 50);
    end_child(pid);
    wait_for(&d);
    assert_true(deadline_passed(&d, pid));
}

static void standing_still_is_forgiven(void **state)
{
    (void)state;
    struct deadline d;
    deadline_set(&d, getpid(), 0);
    deadline_forgive(&d, 10000);
    assert_true(deadline_left(&d) > 5000);
    assert_false(deadline_passed(&d, getpid()));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_that_was_not_given_is_given_later),
        cmocka_unit_test(who_does_not_compute_has_hung),
        cmocka_unit_test(who_is_gone_is_late),
        cmocka_unit_test(standing_still_is_forgiven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
