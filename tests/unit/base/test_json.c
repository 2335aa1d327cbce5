/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strict reading and stable writing of JSON. */
#include "base/compiler.h"
#include "base/json.h"
#include "unit/unit.h"
#include <stdlib.h>
#include <string.h>

static json_t *parsed(const char *text)
{
    json_t *j = NULL;
    assert_ok(json_parse(text, strlen(text), "test", &j));
    return j;
}

static void reads_what_is_strict(void **state)
{
    (void)state;
    json_t *j =
        parsed("{\"s\":\"Hồ sơ\",\"n\":7,\"b\":true,\"a\":[],\"o\":{}}");
    const char *s = NULL;
    long long n = 0;
    bool b = false;
    json_t *a = NULL;
    json_t *o = NULL;
    assert_ok(json_get_string(j, "s", &s));
    assert_string_equal(s, "Hồ sơ");
    assert_ok(json_get_int(j, "n", 0, 9, &n));
    assert_int_equal(n, 7);
    assert_ok(json_get_bool(j, "b", &b));
    assert_true(b);
    assert_ok(json_get_array(j, "a", &a));
    assert_ok(json_get_object(j, "o", &o));
    json_decref(j);
}

static void rejects_a_duplicate_key(void **state)
{
    (void)state;
    json_t *j = NULL;
    const char *text = "{\"a\":1,\"a\":2}";
    assert_fails(STATUS_INVALID, json_parse(text, strlen(text), "x", &j));
    assert_null(j);
}

static void rejects_what_is_cut_off(void **state)
{
    (void)state;
    json_t *j = NULL;
    assert_fails(STATUS_INVALID, json_parse("{\"a\":[1,2", 9, "x.json", &j));
    assert_non_null(strstr(status_message(), "x.json"));
}

static void rejects_text_behind_the_value(void **state)
{
    (void)state;
    json_t *j = NULL;
    assert_fails(STATUS_INVALID, json_parse("{} {}", 5, "x", &j));
}

static void a_wrong_type_is_named(void **state)
{
    (void)state;
    json_t *j = parsed("{\"number\":\"7\"}");
    long long n = 0;
    assert_fails(STATUS_INVALID, json_get_int(j, "number", 0, 9, &n));
    assert_non_null(strstr(status_message(), "number"));
    json_decref(j);
}

static void a_number_out_of_range_is_refused(void **state)
{
    (void)state;
    json_t *j = parsed("{\"n\":101,\"big\":5000000000}");
    long long n = 0;
    int i = 0;
    assert_fails(STATUS_INVALID, json_get_int(j, "n", 0, 100, &n));
    assert_fails(STATUS_INVALID, json_get_int32(j, "big", 0, 100, &i));
    json_decref(j);
}

static void null_is_no_text_and_missing_is_an_error(void **state)
{
    (void)state;
    json_t *j = parsed("{\"a\":null}");
    char *s = NULL;
    assert_ok(json_get_text_or_null(j, "a", &s));
    assert_null(s);
    assert_fails(STATUS_INVALID, json_get_text_or_null(j, "b", &s));
    json_decref(j);
}

static void a_missing_text_has_its_fallback(void **state)
{
    (void)state;
    json_t *j = parsed("{\"a\":1,\"b\":\"x\"}");
    assert_string_equal(json_string_or(j, "a", "none"), "none");
    assert_string_equal(json_string_or(j, "b", "none"), "x");
    json_decref(j);
}

static void members_keep_their_order(void **state)
{
    (void)state;
    json_t *j = parsed("{\"z\":1,\"a\":[1,2],\"m\":null}");
    char *text = json_text(j, false);
    assert_string_equal(text, "{\"z\":1,\"a\":[1,2],\"m\":null}");
    free(text);
    json_decref(j);
}

static void reals_are_written_without_noise(void **state)
{
    (void)state;
    json_t *j = json_pack("[f,f,f]", 0.1, 300.0, -1.25);
    char *text = json_text(j, false);
    assert_string_equal(text, "[0.1,300.0,-1.25]");
    free(text);
    json_decref(j);
}

static void any_bytes_become_a_text(void **state)
{
    (void)state;
    json_t *j = json_text_value("a\xff"
                                "b\xc4");
    assert_string_equal(json_string_value(j), "a\uFFFDb\uFFFD");
    json_decref(j);
    j = json_text_value("Đơn");
    assert_string_equal(json_string_value(j), "Đơn");
    json_decref(j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_is_strict),
        cmocka_unit_test(rejects_a_duplicate_key),
        cmocka_unit_test(rejects_what_is_cut_off),
        cmocka_unit_test(rejects_text_behind_the_value),
        cmocka_unit_test(a_wrong_type_is_named),
        cmocka_unit_test(a_number_out_of_range_is_refused),
        cmocka_unit_test(null_is_no_text_and_missing_is_an_error),
        cmocka_unit_test(a_missing_text_has_its_fallback),
        cmocka_unit_test(members_keep_their_order),
        cmocka_unit_test(reals_are_written_without_noise),
        cmocka_unit_test(any_bytes_become_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
