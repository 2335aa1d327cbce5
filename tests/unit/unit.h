/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every unit test includes: cmocka with the headers it needs before it. */
#ifndef HOSO_TESTS_UNIT_H
#define HOSO_TESTS_UNIT_H

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

/* cmocka's fail() is a macro and would hide ours. */
#undef fail
#undef fail_msg
#define fail_msg(...)                                                          \
    do {                                                                       \
        print_error(__VA_ARGS__);                                              \
        print_error("\n");                                                     \
        _fail(__FILE__, __LINE__);                                             \
    } while (0)

#include "base/status.h"

/* The call must succeed; its message is shown if not. */
#define assert_ok(call)                                                        \
    do {                                                                       \
        enum status st_ = (call);                                              \
        if (st_ != STATUS_OK)                                                  \
            fail_msg("%s: %s: %s", #call, status_json(st_), status_message()); \
    } while (0)

/* The call must fail with that status and say why. */
#define assert_fails(want, call)                                               \
    do {                                                                       \
        enum status st_ = (call);                                              \
        if (st_ != (want))                                                     \
            fail_msg("%s: %s instead of %s", #call, status_json(st_),          \
                     status_json(want));                                       \
        assert_true(status_message()[0] != '\0');                              \
    } while (0)

#endif
