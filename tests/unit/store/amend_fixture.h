/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of amendments share: amending, looking, forgetting. */
#ifndef HOSO_TESTS_AMEND_FIXTURE_H
#define HOSO_TESTS_AMEND_FIXTURE_H

#include "archive_fixture.h"

#define ID "2022-000001"
#define FIRST "packages/2022/000/2022-000001.tar"
#define SECOND "packages/2022/000/2022-000001.2.tar"

/* Give the record a number that a person has confirmed. */
static inline void set_number(struct record *r, const char *value)
{
    struct field number = {.name = xstrdup("number"),
                           .value = xstrdup(value),
                           .page = 1,
                           .conf_pct = 100,
                           .rule = xstrdup("person:Lan"),
                           .state = xstrdup("confirmed")};

    if (r->n_fields == 0) {
        record_take_field(r, &number);
        return;
    }
    free(r->fields[0].value);
    r->fields[0].value = STEAL(number.value);
    free(number.name);
    free(number.rule);
    free(number.state);
}

static inline enum status amend(struct store *s, const char *id,
                                const char *value)
{
    AUTO(record_freep) struct record *r = NULL;
    struct amendment a = {
        .agent = "Lan", .note = "number", .seconds = 42, .access_fd = -1};
    enum status st = store_read_record(s, id, &r);

    if (st != STATUS_OK)
        return st;
    set_number(r, value);
    a.record = r;
    return store_amend(s, &a);
}

/* A process of its own, as it were, amends the first document. */
static inline void amend_once(const struct fixture *f, const char *value)
{
    AUTO(store_closep) struct store *s = NULL;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(amend(s, ID, value));
}

static inline void expect_sound(const struct fixture *f, int64_t packages)
{
    AUTO(store_closep) struct store *s = NULL;
    struct verify_result r;

    assert_ok(store_open(f->archive, STORE_READ, &s));
    assert_ok(store_verify(s, NULL, 0, 1, NULL, NULL, &r));
    for (int i = 0; i < r.n_findings; i++)
        fail_msg("%s: %s", r.findings[i].where, r.findings[i].text);
    assert_int_equal(r.packages, packages);
    verify_result_clear(&r);
}

/* The catalogue's dump without what waits for the index. */
static inline char *dump(const struct fixture *f)
{
    AUTO(store_closep) struct store *s = NULL;
    AUTO(free_char) char *out = path_join(f->dir, "dump");
    AUTO(free_char)
    char *command = xasprintf("sqlite3 '%s/state/catalogue.db' .dump >'%s'",
                              f->archive, out);
    char **ids = NULL;
    char *text = NULL;
    int n = 0;

    assert_ok(store_open(f->archive, STORE_WRITE, &s));
    assert_ok(store_outbox(s, 100, &ids, &n));
    for (int i = 0; i < n; i++) {
        assert_ok(store_outbox_done(s, ids[i]));
        free(ids[i]);
    }
    free(ids);
    assert_int_equal(shell(command), 0);
    assert_ok(file_read(out, 1 << 20, &text, NULL));
    return text;
}

#endif
