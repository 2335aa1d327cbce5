/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a person, what a person may say, and what becomes of it. */
#include "unit/store/archive_fixture.h"

#include "service/archive.h"
#include "service/service.h"

#define ID "2022-000001"

static void add_field(struct record *r, const char *name, const char *value,
                      int conf_pct, const char *state)
{
    struct field f = {.name = xstrdup(name),
                      .value = value ? xstrdup(value) : NULL,
                      .page = 1,
                      .box = {1, 2, 60, 10},
                      .conf_pct = conf_pct,
                      .rule = xstrdup("head.test"),
                      .state = xstrdup(state)};

    record_take_field(r, &f);
}

/* An archive with one document: number in review without a value, date in
 * review with one, type sure; its page is doubtful. */
static struct archive *archive_of(const struct fixture *f, const char *kind)
{
    struct archive *a = NULL;
    AUTO(record_freep) struct record *r = fixture_record(kind, "original");

    add_field(r, "number", NULL, 40, "review");
    add_field(r, "date", "2022-03-01", 60, "review");
    add_field(r, "type", "Giấy phép", 80, "sure");
    free(r->access_note);
    r->access_note = xstrdup("no access PDF: none here");
    r->pages[0].state = PAGE_LOW;
    r->pages[0].doubts = DOUBT_LOW_DPI;
    assert_ok(archive_open(f->archive, STORE_WRITE, &a));
    assert_ok(fixture_commit(a->store, r, "original", false));
    assert_ok(archive_index_waiting(a, NULL));
    return a;
}

static void decide(struct archive *a, const struct review_change *changes,
                   int n, struct review_outcome *out)
{
    const struct review_decision d = {.id = ID,
                                      .who = "Lan",
                                      .seconds = 12,
                                      .changes = changes,
                                      .n_changes = n,
                                      .all = n == 0};

    assert_ok(archive_review(a, &d, out));
}

static enum status say(struct archive *a, const char *name, const char *value)
{
    const struct review_change c = {name, value};
    const struct review_decision d = {
        .id = ID, .who = "Lan", .changes = &c, .n_changes = 1};
    struct review_outcome out;

    return archive_review(a, &d, &out);
}

static struct record *record_of(struct archive *a)
{
    struct record *r = NULL;
    struct doc_row row;

    assert_ok(archive_show(a, ID, &row, &r));
    doc_row_clear(&row);
    return r;
}

static const struct field *field_of(const struct record *r, const char *name)
{
    for (int i = 0; i < r->n_fields; i++)
        if (strcmp(r->fields[i].name, name) == 0)
            return &r->fields[i];
    return NULL;
}

static enum status keep_row(void *user, const struct review_row *r)
{
    int *n = user;

    n[0]++;
    n[1] = r->fields;
    n[2] = r->doubtful_pages;
    n[3] = r->worst_pct;
    return STATUS_OK;
}

static void expect_list(struct archive *a, const char *kind, int rows)
{
    int n[4] = {0};
    int64_t total = 0;

    assert_ok(archive_review_list(a, kind, NULL, -1, keep_row, n, &total));
    assert_int_equal(n[0], rows);
    assert_int_equal(total, rows);
}

/* ---- tests ---- */

static void what_waits_is_counted(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");
    int n[4] = {0};

    assert_ok(archive_review_list(a, NULL, NULL, -1, keep_row, n, NULL));
    assert_int_equal(n[1], 2);
    assert_int_equal(n[2], 1);
    assert_int_equal(n[3], 40);
}

static void staff_dossiers_wait_only_where_they_are_asked_for(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "staff");

    expect_list(a, NULL, 0);
    expect_list(a, "staff", 1);
}

static void a_setting_makes_more_wait(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");
    AUTO(record_freep) struct record *r = record_of(a);
    const struct field *type = field_of(r, "type");

    assert_false(archive_field_waits(a, type));
    assert_ok(config_set(a->config, CONFIG_REVIEW_CONFIDENCE, "90", "test"));
    assert_true(archive_field_waits(a, type));
}

static void a_value_that_is_set_is_confirmed(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");
    const struct review_change c = {"number", " 247/GP-SKHCN "};
    struct review_outcome out;

    decide(a, &c, 1, &out);
    assert_int_equal(out.version, 2);
    assert_int_equal(out.set, 1);
    assert_int_equal(out.left, 1);
    AUTO(record_freep) struct record *r = record_of(a);
    const struct field *f = field_of(r, "number");
    assert_string_equal(f->value, "247/GP-SKHCN");
    assert_string_equal(f->state, "confirmed");
    assert_string_equal(f->rule, "person:Lan");
    assert_int_equal(f->page, 1);
    assert_int_equal(f->box.w, 60);
}

static void who_and_how_long_are_kept(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");
    const struct review_change c = {"number", "247/GP"};
    struct review_outcome out;

    decide(a, &c, 1, &out);
    AUTO(record_freep) struct record *r = record_of(a);
    assert_string_equal(r->versions[1].agent, "Lan");
    assert_int_equal(r->versions[1].seconds, 12);
    assert_string_equal(r->versions[1].note, "review: set number");
}

static void a_field_the_document_had_not_can_be_added(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");

    assert_ok(say(a, "applicant", "Nguyễn Văn A"));
    AUTO(record_freep) struct record *r = record_of(a);
    assert_string_equal(field_of(r, "applicant")->value, "Nguyễn Văn A");
    assert_int_equal(field_of(r, "applicant")->page, 0);
}

/* Fields of one name are rows: each can be said, and one more added. */
static void rows_are_set_by_their_number(void **state)
{
    struct fixture *f = *state;
    struct archive *a = archive_of(f, "staff");
    AUTO(record_freep) struct record *r = NULL;
    int n = 0;

    assert_ok(say(a, "degree", "Đại học"));
    assert_ok(say(a, "degree.2", "Thạc sĩ"));
    assert_ok(say(a, "degree.2", "Tiến sĩ"));
    assert_fails(STATUS_USAGE, say(a, "degree.4", "Cao đẳng"));
    assert_fails(STATUS_USAGE, say(a, "degre.2", "Cao đẳng"));
    r = record_of(a);
    for (int i = 0; i < r->n_fields; i++) {
        if (strcmp(r->fields[i].name, "degree") == 0)
            assert_string_equal(r->fields[i].value,
                                n++ == 0 ? "Đại học" : "Tiến sĩ");
        assert_null(strchr(r->fields[i].name, '.'));
    }
    assert_int_equal(n, 2);
    archive_close(a);
}

static void nothing_can_be_confirmed_too(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");

    assert_ok(say(a, "number", ""));
    AUTO(record_freep) struct record *r = record_of(a);
    assert_null(field_of(r, "number")->value);
    assert_string_equal(field_of(r, "number")->state, "confirmed");
}

static void an_unknown_field_is_refused_with_the_nearest(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");

    assert_fails(STATUS_USAGE, say(a, "numbr", "1"));
    assert_non_null(strstr(status_message(), "'number'"));
    assert_fails(STATUS_USAGE, say(a, "xyzzy_plugh", "1"));
}

static void a_refused_value_changes_nothing(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");
    const struct review_change c[] = {{"number", "1/GP"}, {"date", "31/02/2022"}};
    const struct review_decision d = {
        .id = ID, .who = "Lan", .changes = c, .n_changes = 2};
    struct review_outcome out;

    assert_fails(STATUS_USAGE, archive_review(a, &d, &out));
    AUTO(record_freep) struct record *r = record_of(a);
    assert_int_equal(r->n_versions, 1);
}

static void accepting_keeps_the_value(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");
    const struct review_change c = {"date", NULL};
    struct review_outcome out;

    decide(a, &c, 1, &out);
    assert_int_equal(out.accepted, 1);
    AUTO(record_freep) struct record *r = record_of(a);
    assert_string_equal(field_of(r, "date")->value, "2022-03-01");
    assert_string_equal(field_of(r, "date")->state, "confirmed");
}

static void what_has_no_value_cannot_be_accepted(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");

    assert_fails(STATUS_USAGE, say(a, "number", NULL));
    assert_fails(STATUS_USAGE, say(a, "signer", NULL));
}

static void accepting_all_leaves_what_has_no_value(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");
    struct review_outcome out;

    decide(a, NULL, 0, &out);
    assert_int_equal(out.accepted, 1);
    assert_int_equal(out.pages, 1);
    assert_int_equal(out.left, 1);
    AUTO(record_freep) struct record *r = record_of(a);
    assert_int_equal(r->pages[0].state, PAGE_OK);
    assert_int_equal(r->pages[0].doubts, DOUBT_LOW_DPI);
    expect_list(a, NULL, 1);
    assert_ok(say(a, "number", "1/GP"));
    expect_list(a, NULL, 0);
}

static void deciding_nothing_makes_no_version(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");
    struct review_outcome out;

    decide(a, NULL, 0, &out);
    decide(a, NULL, 0, &out);
    assert_int_equal(out.version, 0);
    AUTO(record_freep) struct record *r = record_of(a);
    assert_int_equal(r->n_versions, 2);
}

static void the_title_reaches_list_and_index(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");
    const struct query q = {.text = "giấy phép", .limit = 10};
    struct doc_row row;
    struct hits hits;

    assert_ok(say(a, "title", "Giấy phép số 1"));
    assert_ok(store_get(a->store, ID, &row));
    assert_string_equal(row.title, "Giấy phép số 1");
    doc_row_clear(&row);
    assert_ok(archive_search(a, &q, &hits));
    assert_int_equal(hits.n, 1);
    assert_string_equal(hits.items[0].title, "Giấy phép số 1");
    hits_clear(&hits);
    assert_fails(STATUS_USAGE, say(a, "title", " "));
}

static void history_says_what_changed(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");
    struct history h;
    struct review_outcome out;

    assert_ok(say(a, "number", "1/GP"));
    assert_ok(say(a, "number", "2/GP"));
    decide(a, NULL, 0, &out);
    AUTO(record_freep) struct record *r = record_of(a);
    assert_ok(archive_history(a, r, &h));
    assert_int_equal(h.n, 4);
    assert_int_equal(h.items[0].n_changes, 0);
    assert_string_equal(h.items[2].changes[0].name, "number");
    assert_string_equal(h.items[2].changes[0].from, "1/GP");
    assert_string_equal(h.items[2].changes[0].to, "2/GP");
    assert_int_equal(h.items[3].n_changes, 2);
    assert_string_equal(h.items[3].changes[1].name, "page 1");
    history_clear(&h);
}

static void a_document_that_is_not_there_is_said(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");
    const struct review_decision d = {
        .id = "2022-000099", .who = "Lan", .all = true};
    struct review_outcome out;

    assert_fails(STATUS_NOT_FOUND, archive_review(a, &d, &out));
}

static void the_lines_around_a_field_are_told(void **state)
{
    AUTO(archive_closep) struct archive *a = archive_of(*state, "result");
    AUTO(record_freep) struct record *r = record_of(a);
    AUTO(free_char) char *text = review_context(r, &r->fields[0]);

    assert_string_equal(text, "Giấy phép\n");
}

/* ---- values ---- */

static void must_be(const char *name, const char *typed, const char *want)
{
    AUTO(free_char) char *value = NULL;

    assert_ok(review_value(name, typed, &value));
    assert_string_equal(value, want);
}

static void must_not_be(const char *name, const char *typed)
{
    AUTO(free_char) char *value = NULL;

    assert_fails(STATUS_USAGE, review_value(name, typed, &value));
    assert_null(value);
}

static void days_are_kept_in_one_form(void **state)
{
    (void)state;
    must_be("date", "1/3/2022", "2022-03-01");
    must_be("date", "2022-03-01", "2022-03-01");
    must_be("expires", "29/02/2024", "2024-02-29");
    must_be("birth_date", "1975", "1975");
    must_be("birth_date", "02/09/1975", "1975-09-02");
}

static void what_is_no_day_is_refused(void **state)
{
    (void)state;
    must_not_be("date", "29/02/2023");
    must_not_be("date", "2022");
    must_not_be("date", "ngày 1 tháng 3");
    must_not_be("birth_date", "75");
}

static void numbers_have_a_form(void **state)
{
    (void)state;
    must_be("number", "247/GP-SKHCN", "247/GP-SKHCN");
    must_be("number", "01-NQ/TW", "01-NQ/TW");
    must_be("number", "12a/QĐ-UBND", "12a/QĐ-UBND");
    must_not_be("number", "247 / GP");
    must_not_be("number", "GP-SKHCN");
    must_not_be("number", "1;2");
}

static void names_and_ids_have_a_form(void **state)
{
    (void)state;
    must_be("signer", " Lê  Thị Hoa ", "Lê Thị Hoa");
    must_not_be("signer", "Lê Thị Hoa 2");
    must_be("citizen_id", "079123456789", "079123456789");
    must_not_be("citizen_id", "0791234");
}

static void text_is_put_right(void **state)
{
    (void)state;
    must_be("subject", "Ve\xcc\x82\tviệc\x01\ncấp", "Vê việc cấp");
    must_not_be("subject", "\xff\xfe");
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_waits_is_counted),
        TEST(staff_dossiers_wait_only_where_they_are_asked_for),
        TEST(a_setting_makes_more_wait),
        TEST(a_value_that_is_set_is_confirmed),
        TEST(who_and_how_long_are_kept),
        TEST(a_field_the_document_had_not_can_be_added),
        TEST(rows_are_set_by_their_number),
        TEST(nothing_can_be_confirmed_too),
        TEST(an_unknown_field_is_refused_with_the_nearest),
        TEST(a_refused_value_changes_nothing),
        TEST(accepting_keeps_the_value),
        TEST(what_has_no_value_cannot_be_accepted),
        TEST(accepting_all_leaves_what_has_no_value),
        TEST(deciding_nothing_makes_no_version),
        TEST(the_title_reaches_list_and_index),
        TEST(history_says_what_changed),
        TEST(a_document_that_is_not_there_is_said),
        TEST(the_lines_around_a_field_are_told),
        TEST(days_are_kept_in_one_form),
        TEST(what_is_no_day_is_refused),
        TEST(numbers_have_a_form),
        TEST(names_and_ids_have_a_form),
        TEST(text_is_put_right),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
