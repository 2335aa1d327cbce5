/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/unit.h"

#include "base/clock.h"

#include <stdlib.h>

static void writes_and_reads_iso(void **state)
{
    (void)state;
    char text[CLOCK_ISO_BYTES];
    clock_iso(1646121600, text);
    assert_string_equal(text, "2022-03-01T08:00:00Z");
    time_t t = 0;
    assert_true(clock_parse_iso(text, &t));
    assert_int_equal(t, 1646121600);
}

static void years_before_1000_have_four_digits(void **state)
{
    const char *early = "0222-03-01T08:00:00Z";
    char text[CLOCK_ISO_BYTES];
    time_t t = 0;

    (void)state;
    assert_true(clock_parse_iso(early, &t));
    clock_iso(t, text);
    assert_string_equal(text, early);
}

static void refuses_what_is_not_a_time(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "2022-03-01",
        "2022-03-01T08:00:00",
        "2022-13-01T08:00:00Z",
        "2022-02-29T08:00:00Z",
        "2022-03-01T24:00:00Z",
        "2022-03-01 08:00:00Z",
        "2022-03-0aT08:00:00Z",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        time_t t;
        if (clock_parse_iso(bad[i], &t))
            fail_msg("'%s' was taken", bad[i]);
    }
}

static void check_day(const char *text, const char *first, const char *last)
{
    time_t a, b;
    if (!clock_parse_day(text, &a, &b))
        fail_msg("'%s' was not taken", text);
    char iso[CLOCK_ISO_BYTES];
    clock_iso(a, iso);
    assert_string_equal(iso, first);
    clock_iso(b, iso);
    assert_string_equal(iso, last);
}

static void takes_days_as_people_type_them(void **state)
{
    (void)state;
    check_day("2022-03-01", "2022-03-01T00:00:00Z", "2022-03-01T23:59:59Z");
    check_day("01/03/2022", "2022-03-01T00:00:00Z", "2022-03-01T23:59:59Z");
    check_day("1/3/2022", "2022-03-01T00:00:00Z", "2022-03-01T23:59:59Z");
}

static void takes_months_and_years(void **state)
{
    (void)state;
    check_day("2024-02", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z");
    check_day("2022", "2022-01-01T00:00:00Z", "2022-12-31T23:59:59Z");
}

static void refuses_what_is_not_a_day(void **state)
{
    (void)state;
    static const char *const bad[] = {"",          "22",       "2022-00",
                                      "2022-3-1",  "31/02/22", "31/2/2022",
                                      "1/13/2022", "0/1/2022", "2022-03-01x",
                                      "hôm qua"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        time_t a, b;
        if (clock_parse_day(bad[i], &a, &b))
            fail_msg("'%s' was taken", bad[i]);
    }
}

static void holds_still_for_tests(void **state)
{
    (void)state;
    setenv("HOSO_CLOCK", "2022-03-01T08:00:00Z", 1);
    assert_int_equal(clock_now(), 1646121600);
    unsetenv("HOSO_CLOCK");
    assert_true(clock_now() > 1700000000);
}

static void only_goes_forward(void **state)
{
    (void)state;
    int64_t a = clock_ms();
    assert_true(clock_ms() >= a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_and_reads_iso),
        cmocka_unit_test(years_before_1000_have_four_digits),
        cmocka_unit_test(refuses_what_is_not_a_time),
        cmocka_unit_test(takes_days_as_people_type_them),
        cmocka_unit_test(takes_months_and_years),
        cmocka_unit_test(refuses_what_is_not_a_day),
        cmocka_unit_test(holds_still_for_tests),
        cmocka_unit_test(only_goes_forward),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
