/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listing, counting, the outbox. */
#include "archive_fixture.h"

#include "base/strbuf.h"

static enum status add_id(void *user, const struct doc_row *d)
{
    strbuf_addf(user, "%s ", &d->id[9]);
    return STATUS_OK;
}

static enum status stop(void *user, const struct doc_row *d)
{
    (void)user;
    return fail(STATUS_CANCELLED, "stopped at %s", d->id);
}

/* Four documents: result, staff, work, result; the last a day later and in
 * another batch. */
static struct store *filled(const struct fixture *f)
{
    static const char *const kinds[] = {"result", "staff", "work", "result"};
    struct store *s = NULL;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    for (int i = 0; i < 4; i++) {
        AUTO(free_char) char *original = xasprintf("o%d", i);
        AUTO(record_freep)
        struct record *r = fixture_record(kinds[i], original);

        if (i == 3) {
            setenv("HOSO_CLOCK", "2022-03-02T08:00:00Z", 1);
            free(r->batch);
            r->batch = xstrdup("lô 2");
        }
        assert_ok(fixture_commit(s, r, original, false));
    }
    return s;
}

static void expect_list(struct store *s, const struct list_filter *f,
                        const char *want, int64_t count)
{
    struct strbuf got;
    int64_t n = -1;

    strbuf_init(&got);
    assert_ok(store_list(s, f, add_id, &got));
    assert_string_equal(got.s, want);
    strbuf_clear(&got);
    assert_ok(store_count(s, f, &n));
    assert_int_equal(n, count);
}

static void staff_is_listed_only_when_asked_for(void **state)
{
    AUTO(store_closep) struct store *s = filled(*state);

    expect_list(s, &(struct list_filter){.limit = -1}, "01 03 04 ", 3);
    expect_list(s, &(struct list_filter){.kind = "staff", .limit = -1}, "02 ",
                1);
    expect_list(s, &(struct list_filter){.kind = "result", .limit = -1},
                "01 04 ", 2);
}

static void batch_and_time_narrow_the_list(void **state)
{
    AUTO(store_closep) struct store *s = filled(*state);
    time_t from = 0;

    assert_true(clock_parse_iso("2022-03-02T00:00:00Z", &from));
    expect_list(s, &(struct list_filter){.batch = "lô 2", .limit = -1}, "04 ",
                1);
    expect_list(s, &(struct list_filter){.from = from, .limit = -1}, "04 ", 1);
    expect_list(s, &(struct list_filter){.to = from, .limit = -1}, "01 03 ", 2);
}

static void limit_and_offset_cut_a_part(void **state)
{
    AUTO(store_closep) struct store *s = filled(*state);

    expect_list(s, &(struct list_filter){.limit = 1, .offset = 1}, "03 ", 3);
    expect_list(s, &(struct list_filter){.limit = 0}, "", 3);
    expect_list(s, &(struct list_filter){.limit = 9, .offset = 5}, "", 3);
}

static void a_listing_can_be_stopped(void **state)
{
    AUTO(store_closep) struct store *s = filled(*state);
    const struct list_filter f = {.limit = -1};

    assert_fails(STATUS_CANCELLED, store_list(s, &f, stop, NULL));
    assert_string_equal(status_message(), "stopped at 2022-000001");
}

static int outbox_count(struct store *s)
{
    char **ids = NULL;
    int n = 0;

    assert_ok(store_outbox(s, 100, &ids, &n));
    for (int i = 0; i < n; i++)
        free(ids[i]);
    free(ids);
    return n;
}

static void stored_documents_wait_in_the_outbox_until_done(void **state)
{
    AUTO(store_closep) struct store *s = filled(*state);
    char **ids = NULL;
    int n = 0;

    assert_ok(store_outbox(s, 2, &ids, &n));
    assert_int_equal(n, 2);
    assert_string_equal(ids[0], "2022-000001");
    assert_string_equal(ids[1], "2022-000002");
    assert_ok(store_outbox_done(s, ids[0]));
    assert_ok(store_outbox_done(s, ids[0]));
    assert_int_equal(outbox_count(s), 3);
    assert_ok(store_outbox_all(s));
    assert_int_equal(outbox_count(s), 4);
    free(ids[0]);
    free(ids[1]);
    free(ids);
}

#define TEST(name) \
    cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(staff_is_listed_only_when_asked_for),
        TEST(batch_and_time_narrow_the_list),
        TEST(limit_and_offset_cut_a_part),
        TEST(a_listing_can_be_stopped),
        TEST(stored_documents_wait_in_the_outbox_until_done),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
