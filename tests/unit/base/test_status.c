/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/unit.h"

#include "base/status.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

static void keeps_the_codes_of_the_manual(void **state)
{
    (void)state;
    assert_int_equal(status_exit_code(STATUS_OK), 0);
    assert_int_equal(status_exit_code(STATUS_USAGE), 1);
    assert_int_equal(status_exit_code(STATUS_MISSING), 3);
    assert_int_equal(status_exit_code(STATUS_ENCRYPTED), 8);
    assert_int_equal(status_exit_code(STATUS_PARTIAL), 20);
    assert_int_equal(status_exit_code(STATUS_UNVERIFIED), 21);
    assert_int_equal(status_exit_code(STATUS_QUARANTINED), 22);
    assert_int_equal(status_exit_code(STATUS_BELOW_TARGET), 23);
    assert_int_equal(status_exit_code(STATUS_CANCELLED), 130);
}

static void gives_every_status_its_own_json_code(void **state)
{
    (void)state;
    for (int i = 0; i < STATUS_COUNT; i++)
        for (int j = i + 1; j < STATUS_COUNT; j++)
            assert_string_not_equal(status_json(i), status_json(j));
}

static void bears_a_status_that_is_none(void **state)
{
    (void)state;
    assert_non_null(status_text((enum status)999));
    assert_int_equal(status_exit_code((enum status)999), 15);
}

static void says_what_failed(void **state)
{
    (void)state;
    assert_int_equal(fail(STATUS_INVALID, "page %d is torn", 3),
                     STATUS_INVALID);
    assert_string_equal(status_message(), "page 3 is torn");
}

static void puts_context_in_front(void **state)
{
    (void)state;
    (void)fail(STATUS_IO, "no paper");
    assert_int_equal(explain(STATUS_IO, "tray %d", 2), STATUS_IO);
    assert_string_equal(status_message(), "tray 2: no paper");
}

static void may_quote_its_own_message(void **state)
{
    (void)state;
    (void)fail(STATUS_IO, "inner");
    (void)fail(STATUS_IO, "outer (%s)", status_message());
    assert_string_equal(status_message(), "outer (inner)");
}

static void tells_a_full_disk_from_other_errors(void **state)
{
    (void)state;
    assert_int_equal(fail_errno(STATUS_IO, ENOSPC, "x"), STATUS_NO_SPACE);
    assert_int_equal(fail_errno(STATUS_IO, EDQUOT, "x"), STATUS_NO_SPACE);
    assert_int_equal(fail_errno(STATUS_IO, EACCES, "x"), STATUS_DENIED);
    assert_int_equal(fail_errno(STATUS_IO, ENOENT, "x"), STATUS_NOT_FOUND);
    assert_int_equal(fail_errno(STATUS_IO, EIO, "x"), STATUS_IO);
    assert_non_null(strstr(status_message(), "x: "));
}

static void cuts_a_long_message_between_letters(void **state)
{
    (void)state;
    char name[5000];
    for (size_t i = 0; i + 2 < sizeof(name); i += 2)
        memcpy(name + i, "đ", 2);
    name[4998] = '\0';
    (void)fail(STATUS_IO, "a%s", name);
    size_t n = strlen(status_message());
    assert_true(n > 1000 && n < 5000);
    assert_int_equal(n % 2, 1);
    (void)fail(STATUS_IO, "%s", name);
    assert_int_equal(strlen(status_message()) % 2, 0);
}

static void *fail_elsewhere(void *unused)
{
    (void)unused;
    (void)fail(STATUS_IO, "other thread");
    return NULL;
}

static void keeps_a_message_per_thread(void **state)
{
    (void)state;
    (void)fail(STATUS_IO, "mine");
    pthread_t t;
    assert_int_equal(pthread_create(&t, NULL, fail_elsewhere, NULL), 0);
    pthread_join(t, NULL);
    assert_string_equal(status_message(), "mine");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_codes_of_the_manual),
        cmocka_unit_test(gives_every_status_its_own_json_code),
        cmocka_unit_test(bears_a_status_that_is_none),
        cmocka_unit_test(says_what_failed),
        cmocka_unit_test(puts_context_in_front),
        cmocka_unit_test(may_quote_its_own_message),
        cmocka_unit_test(tells_a_full_disk_from_other_errors),
        cmocka_unit_test(cuts_a_long_message_between_letters),
        cmocka_unit_test(keeps_a_message_per_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
