/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a document is called once it is known what it is. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "service/heading.h"

#include <string.h>

static struct record *record_of(const char *kind, const char *title)
{
    struct record *r = record_new();
    struct source s = {.name = xstrdup("scan0042.jpg"),
                       .sha256 = xstrdup(""),
                       .media_type = xstrdup("image/jpeg"),
                       .path = xstrdup("data/original/0001.jpg")};
    r->kind = xstrdup(kind);
    r->title = xstrdup(title);
    record_take_source(r, &s);
    return r;
}

static void add(struct record *r, const char *name, const char *value,
                const char *state)
{
    struct field f = {.name = xstrdup(name),
                      .value = value ? xstrdup(value) : NULL,
                      .rule = xstrdup("head.test"),
                      .state = xstrdup(state)};
    record_take_field(r, &f);
}

static struct record *decision(void)
{
    struct record *r = record_of("result", "scan0042");
    add(r, "number", "12/QĐ-SKHCN", "sure");
    add(r, "type", "Quyết định", "sure");
    add(r, "subject", "Về việc cấp giấy phép", "sure");
    add(r, "date", "2020-11-08", "sure");
    return r;
}

#define DECISION "Quyết định 12/QĐ-SKHCN ngày 08/11/2020: Về việc cấp giấy phép"

static void test_cited(void **state)
{
    AUTO(record_freep) struct record *r = decision();
    AUTO(free_char) char *h = record_heading(r);
    (void)state;
    assert_string_equal(h, DECISION);
}

static void test_unsure_is_left_out(void **state)
{
    AUTO(record_freep) struct record *r = record_of("result", "scan0042");
    (void)state;
    add(r, "number", "12/QĐ-SKHCN", "review");
    add(r, "type", "Quyết định", "sure");
    AUTO(free_char) char *nothing = record_heading(r);
    assert_null(nothing);
    add(r, "subject", "Về việc khác", "confirmed");
    AUTO(free_char) char *h = record_heading(r);
    assert_string_equal(h, "Quyết định: Về việc khác");
}

static void test_staff(void **state)
{
    AUTO(record_freep) struct record *r = record_of("staff", "cv-1");
    (void)state;
    add(r, "type", "Sơ yếu lý lịch", "sure");
    add(r, "subject", "SƠ YẾU LÝ LỊCH CÁN BỘ, CÔNG CHỨC", "sure");
    add(r, "date", "2019-11-22", "sure");
    add(r, "person", "Lê Thị Thử", "sure");
    add(r, "birth_date", "1992-11-06", "sure");
    AUTO(free_char) char *h = record_heading(r);
    assert_string_equal(h, "Sơ yếu lý lịch: Lê Thị Thử (1992)");
}

static void test_long_subject(void **state)
{
    AUTO(record_freep) struct record *r = record_of("work", "scan0042");
    char subject[2 * 256] = "";
    (void)state;
    while (strlen(subject) < 400)
        strcat(subject, "nghiệm ");
    add(r, "type", "Báo cáo", "sure");
    add(r, "subject", subject, "sure");
    AUTO(free_char) char *h = record_heading(r);
    assert_true(strlen(h) < 220);
    assert_string_equal(h + strlen(h) - strlen("nghiệm …"), "nghiệm …");
}

static void test_title_follows(void **state)
{
    AUTO(record_freep) struct record *r = decision();
    (void)state;
    assert_true(record_follow_heading(r, NULL));
    assert_string_equal(r->title, DECISION);
    assert_false(record_follow_heading(r, DECISION));
    strcpy(r->fields[0].value, "13");
    assert_true(record_follow_heading(r, DECISION));
    assert_string_equal(r->title,
                        "Quyết định 13 ngày 08/11/2020: Về việc cấp giấy phép");
}

static void test_a_persons_title_stays(void **state)
{
    AUTO(record_freep) struct record *r = record_of("result", "Hộp 12, tờ 3");
    (void)state;
    add(r, "number", "12/QĐ-SKHCN", "sure");
    add(r, "type", "Quyết định", "sure");
    assert_false(record_follow_heading(r, NULL));
    assert_string_equal(r->title, "Hộp 12, tờ 3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cited),
        cmocka_unit_test(test_unsure_is_left_out),
        cmocka_unit_test(test_staff),
        cmocka_unit_test(test_long_subject),
        cmocka_unit_test(test_title_follows),
        cmocka_unit_test(test_a_persons_title_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
