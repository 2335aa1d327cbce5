/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/unit.h"

#include "base/alloc.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

static void grows_past_its_first_room(void **state)
{
    (void)state;
    struct strbuf b;
    strbuf_init(&b);
    for (int i = 0; i < 1000; i++)
        strbuf_addc(&b, 'x');
    assert_int_equal(b.len, 1000);
    assert_int_equal(strlen(b.s), 1000);
    strbuf_clear(&b);
    assert_null(b.s);
}

static void holds_nul_bytes(void **state)
{
    (void)state;
    struct strbuf b = {0};
    strbuf_add(&b, "a\0b", 3);
    assert_int_equal(b.len, 3);
    assert_memory_equal(b.s, "a\0b", 4);
    strbuf_clear(&b);
}

static void numbers_have_their_highest_byte_first(void **state)
{
    (void)state;
    struct strbuf b = {0};
    strbuf_add16(&b, 0x12FE);
    strbuf_add32(&b, 0x80010203);
    assert_int_equal(b.len, 6);
    assert_memory_equal(b.s, "\x12\xFE\x80\x01\x02\x03", 7);
    strbuf_clear(&b);
}

static void formats_and_hands_over(void **state)
{
    (void)state;
    struct strbuf b;
    strbuf_init(&b);
    strbuf_adds(&b, "page ");
    strbuf_addf(&b, "%d of %d", 1, 2);
    char *s = strbuf_take(&b);
    assert_string_equal(s, "page 1 of 2");
    free(s);
    s = strbuf_take(&b);
    assert_string_equal(s, "");
    free(s);
}

static void reset_keeps_memory(void **state)
{
    (void)state;
    struct strbuf b;
    strbuf_init(&b);
    strbuf_adds(&b, "text");
    size_t cap = b.cap;
    strbuf_reset(&b);
    assert_int_equal(b.len, 0);
    assert_int_equal(b.cap, cap);
    assert_string_equal(b.s, "");
    strbuf_clear(&b);
}

static void array_grows_in_place(void **state)
{
    (void)state;
    int *items = NULL;
    int n = 0, cap = 0;
    for (int i = 0; i < 100; i++) {
        GROW(items, n, cap);
        items[n++] = i;
    }
    assert_int_equal(items[99], 99);
    assert_true(cap >= 100);
    free(items);
}

static void copies_at_most_n_bytes(void **state)
{
    (void)state;
    char *s = xstrndup("hồ sơ", 3);
    assert_int_equal(strlen(s), 3);
    free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_past_its_first_room),
        cmocka_unit_test(holds_nul_bytes),
        cmocka_unit_test(numbers_have_their_highest_byte_first),
        cmocka_unit_test(formats_and_hands_over),
        cmocka_unit_test(reset_keeps_memory),
        cmocka_unit_test(array_grows_in_place),
        cmocka_unit_test(copies_at_most_n_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
