/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a content stream paints, seen without painting it. */
#include "base/compiler.h"
#include "pipeline/content_scan.h"
#include "unit/unit.h"
#include <math.h>
#include <string.h>

struct seen {
    int n;
    char last[64];
    struct pdf_matrix m;
};

static void see(void *user, const char *name, const struct pdf_matrix *m)
{
    struct seen *s = user;
    s->n++;
    strncpy(s->last, name, sizeof(s->last) - 1);
    s->m = *m;
}

static struct content_scan scan(const char *text, struct seen *seen)
{
    static const struct pdf_matrix identity = {1, 0, 0, 1, 0, 0};
    struct content_scan s = {.object = see, .user = seen};
    memset(seen, 0, sizeof(*seen));
    content_scan(&s, (const unsigned char *)text, strlen(text), &identity);
    return s;
}

static void a_picture_alone_leaves_no_marks(void **state)
{
    struct seen seen;
    (void)state;
    struct content_scan s = scan("q 595 0 0 842 10 20 cm /Im0 Do Q", &seen);
    assert_int_equal(s.marks, 0);
    assert_int_equal(seen.n, 1);
    assert_string_equal(seen.last, "Im0");
    assert_true(fabs(seen.m.a - 595) < 1e-9 && fabs(seen.m.f - 20) < 1e-9);
}

static void matrices_multiply_and_are_restored(void **state)
{
    struct seen seen;
    (void)state;
    scan("q 2 0 0 2 0 0 cm q 0 1 -1 0 5 7 cm /A Do", &seen);
    assert_true(fabs(seen.m.b - 2) < 1e-9 && fabs(seen.m.c + 2) < 1e-9);
    assert_true(fabs(seen.m.e - 10) < 1e-9 && fabs(seen.m.f - 14) < 1e-9);
    scan("q 2 0 0 2 0 0 cm Q Q Q /A Do", &seen);
    assert_true(fabs(seen.m.a - 1) < 1e-9);
}

static void invisible_text_is_text_but_no_mark(void **state)
{
    struct seen seen;
    (void)state;
    struct content_scan s = scan("BT 3 Tr (a) Tj [(b) 3 (c)] TJ ET", &seen);
    assert_int_equal(s.marks, 0);
    assert_int_equal(s.texts, 2);
    s = scan("q 3 Tr Q BT (a) Tj ET", &seen);
    assert_int_equal(s.marks, 1);
}

static void everything_that_paints_is_a_mark(void **state)
{
    static const char *const painting[] = {
        "0 0 9 9 re f", "0 0 m 9 9 l S",
        "/Sh sh",       "0 0 9 9 re B*",
        "(x) Tj",       "[(x)] TJ",
        "(x) '",        "1 2 (x) \"",
        "0 0 9 9 re b", "BI /W 1 /H 1 ID x EI ",
    };
    struct seen seen;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(painting); i++)
        assert_int_equal(scan(painting[i], &seen).marks, 1);
    assert_int_equal(scan("0 0 9 9 re W n 1 0 0 rg", &seen).marks, 0);
}

static void strings_and_comments_hide_operators(void **state)
{
    struct seen seen;
    (void)state;
    struct content_scan s = scan("% f S /A Do\n(f \\) ( S ) Tj f) pop <66> "
                                 "<< /K (Do) >> BDC /B Do",
                                 &seen);
    assert_int_equal(s.marks, 0);
    assert_int_equal(seen.n, 1);
    assert_string_equal(seen.last, "B");
}

static void an_inline_image_hides_its_bytes(void **state)
{
    struct seen seen;
    (void)state;
    struct content_scan s = scan("BI /W 9 ID /X Do f S \nEI\n/Y Do", &seen);
    assert_int_equal(s.marks, 1);
    assert_int_equal(seen.n, 1);
    assert_string_equal(seen.last, "Y");
}

static void odd_bytes_end_it_without_harm(void **state)
{
    static const char *const odd[] = {"(",    "<",    "BI", "/",
                                      "((((", "<<<",  "cm", "1 2 3 cm /A Do",
                                      "Tr",   ">>])", "\\"};
    struct seen seen;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(odd); i++)
        scan(odd[i], &seen);
    char deep[400];
    for (size_t i = 0; i + 1 < sizeof(deep); i += 2)
        memcpy(deep + i, "q ", 2);
    deep[sizeof(deep) - 1] = '\0';
    assert_int_equal(scan(deep, &seen).marks, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_alone_leaves_no_marks),
        cmocka_unit_test(matrices_multiply_and_are_restored),
        cmocka_unit_test(invisible_text_is_text_but_no_mark),
        cmocka_unit_test(everything_that_paints_is_a_mark),
        cmocka_unit_test(strings_and_comments_hide_operators),
        cmocka_unit_test(an_inline_image_hides_its_bytes),
        cmocka_unit_test(odd_bytes_end_it_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
