/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of an index: made, filled, read by many, damaged. */
#include "sample.h"

#include "base/sql.h"
#include "base/strbuf.h"
#include <fcntl.h>
#include <sys/stat.h>

static enum status add_id(void *user, const struct indexed *d)
{
    struct strbuf *b = user;
    strbuf_addf(b, "%s%s", b->len ? " " : "", d->id);
    return STATUS_OK;
}

static void expect_all(struct sample *s, const char *want)
{
    struct strbuf b;
    strbuf_init(&b);
    assert_ok(fulltext_ids(s->index, add_id, &b));
    assert_string_equal(b.s, want);
    strbuf_clear(&b);
}

static void missing_index_is_not_found(void **state)
{
    struct sample *s = *state;
    struct fulltext *f = NULL;
    AUTO(free_char) char *path = xasprintf("%s-no", s->path);
    assert_fails(STATUS_NOT_FOUND, fulltext_open(path, FULLTEXT_READ, 0, &f));
    assert_null(f);
    assert_int_equal(access(path, F_OK), -1);
}

static void mode_is_kept(void **state)
{
    struct sample *s = *state;
    struct fulltext *f = NULL;
    struct stat sb;
    AUTO(free_char) char *path = xasprintf("%s/staff.db", s->dir);
    AUTO(free_char) char *wal = xasprintf("%s-wal", path);
    AUTO(free_char) char *shm = xasprintf("%s-shm", path);
    struct record *r = make_record("1", "", "lý lịch");
    assert_ok(fulltext_open(path, FULLTEXT_WRITE, 0600, &f));
    assert_ok(fulltext_put(f, r));
    const char *const files[] = {path, wal, shm};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(stat(files[i], &sb), 0);
        assert_int_equal(sb.st_mode & 0777, 0600);
    }
    record_free(r);
    fulltext_close(f);
    for (int i = 0; i < 3; i++)
        unlink(files[i]);
}

static void ids_come_in_order(void **state)
{
    struct sample *s = *state;
    expect_all(s, "");
    put_text(s, "2022-000010", "mười");
    put_text(s, "2022-000002", "hai");
    put_text(s, "2022-000001", "");
    expect_all(s, "2022-000001 2022-000002 2022-000010");
}

static void document_without_pages_is_listed(void **state)
{
    struct sample *s = *state;
    put(s, make_record("1", "tên", NULL));
    expect_all(s, "1");
    assert_ok(fulltext_remove(s->index, "1"));
    expect_all(s, "");
}

static enum status stop_at_once(void *user, const struct indexed *d)
{
    (void)d;
    ++*(int *)user;
    return fail(STATUS_CANCELLED, "stop");
}

static void ids_stop_when_told(void **state)
{
    struct sample *s = *state;
    int calls = 0;
    put_text(s, "1", "một");
    put_text(s, "2", "hai");
    assert_fails(STATUS_CANCELLED,
                 fulltext_ids(s->index, stop_at_once, &calls));
    assert_int_equal(calls, 1);
    put_text(s, "3", "ba");
}

static void put_again_replaces(void **state)
{
    struct sample *s = *state;
    struct record *r = make_record("1", "tên cũ", "trang một");
    add_page(r, "trang hai");
    put(s, r);
    put(s, make_record("1", "tên mới", "bản khác"));
    expect_all(s, "1");
    expect_ids(s, "trang", "");
    expect_ids(s, "cũ", "");
    expect_ids(s, "mới", "1");
    expect_ids(s, "bản khác", "1");
}

static void put_twice_is_put_once(void **state)
{
    struct sample *s = *state;
    for (int i = 0; i < 3; i++)
        put_text(s, "1", "một trang");
    struct hits h;
    assert_ok(fulltext_search(s->index, &(struct query){.text = "trang"}, &h));
    assert_int_equal(h.total, 1);
    hits_clear(&h);
}

static void removed_is_not_found(void **state)
{
    struct sample *s = *state;
    put_text(s, "1", "chung riêng");
    put_text(s, "2", "chung khác");
    assert_ok(fulltext_remove(s->index, "1"));
    expect_all(s, "2");
    expect_ids(s, "chung", "2");
    expect_ids(s, "riêng", "");
    assert_ok(fulltext_remove(s->index, "1"));
}

/* How many parts the lists of words are in: FTS5's note of its structure is
 * four bytes, then how many levels and how many parts there are. */
static int parts_of(struct sample *s)
{
    AUTO(sql_closep) struct sql *db = NULL;
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    bool row = false;
    int n = 0;
    assert_ok(sql_open(s->path, SQL_READ, 0, &db));
    assert_ok(sql_prepare(db, &q, "SELECT block FROM fulltext_data WHERE id=10",
                          ""));
    assert_ok(sql_step(q, &row));
    assert_true(row);
    const unsigned char *note = sql_blob(q, 0, &n);
    assert_true(n > 5);
    return note[5];
}

static void tidying_brings_lists_together(void **state)
{
    struct sample *s = *state;
    bool more = true;
    int rounds = 0;
    for (int i = 10; i < 35; i++) {
        AUTO(free_char) char *id = xasprintf("%d", i);
        AUTO(free_char) char *text = xasprintf("chung riêng%d", i);
        put_text(s, id, text);
    }
    int before = parts_of(s);
    for (; more && rounds < 100; rounds++)
        assert_ok(fulltext_tidy(s->index, 16, &more));
    assert_false(more);
    if (before < 4 || parts_of(s) > before / 2)
        fail_msg("%d parts before, %d after", before, parts_of(s));
    expect_ids(s, "riêng17", "17");
    struct hits h;
    assert_ok(fulltext_search(s->index, &(struct query){.text = "chung"}, &h));
    assert_int_equal(h.total, 25);
    hits_clear(&h);
}

static void reader_sees_what_is_committed(void **state)
{
    struct sample *s = *state;
    struct fulltext *f = NULL;
    struct hits h;
    put_text(s, "1", "một");
    assert_ok(fulltext_open(s->path, FULLTEXT_READ, 0, &f));
    for (int i = 2; i < 20; i++) {
        char id[16];
        snprintf(id, sizeof(id), "%d", i);
        put_text(s, id, "một");
        assert_ok(fulltext_search(f, &(struct query){.text = "một"}, &h));
        assert_int_equal(h.total, i);
        hits_clear(&h);
    }
    fulltext_close(f);
}

static void reader_cannot_write(void **state)
{
    struct sample *s = *state;
    struct fulltext *f = NULL;
    struct record *r = make_record("1", "", "một");
    assert_ok(fulltext_open(s->path, FULLTEXT_READ, 0, &f));
    assert_fails(STATUS_DENIED, fulltext_put(f, r));
    fulltext_close(f);
    record_free(r);
    expect_all(s, "");
}

static void failed_put_leaves_nothing(void **state)
{
    struct sample *s = *state;
    put_text(s, "1", "một");
    struct sql *db = NULL;
    assert_ok(sql_open(s->path, SQL_WRITE, 0, &db));
    assert_ok(sql_exec(db, "CREATE TRIGGER stop BEFORE INSERT ON page "
                           "WHEN EXISTS (SELECT 1 FROM page) BEGIN "
                           "SELECT RAISE(ABORT, 'stop'); END"));
    struct record *r = make_record("1", "", "hai");
    add_page(r, "ba");
    assert_int_not_equal(fulltext_put(s->index, r), STATUS_OK);
    record_free(r);
    assert_ok(sql_exec(db, "DROP TRIGGER stop"));
    sql_close(db);
    expect_ids(s, "hai", "");
    expect_ids(s, "một", "1");
}

static void reopen(struct sample *s)
{
    fulltext_close(s->index);
    s->index = NULL;
    assert_ok(fulltext_open(s->path, FULLTEXT_WRITE, 0640, &s->index));
}

static void set_version(struct sample *s, int version)
{
    struct sql *db = NULL;
    assert_ok(sql_open(s->path, SQL_WRITE, 0, &db));
    assert_ok(sql_set_version(db, version));
    sql_close(db);
}

static void older_schema_is_made_anew(void **state)
{
    struct sample *s = *state;
    struct fulltext *f = NULL;
    put_text(s, "1", "một");
    reopen(s);
    expect_all(s, "1");
    set_version(s, INDEX_SCHEMA - 1);
    assert_fails(STATUS_UNSUPPORTED,
                 fulltext_open(s->path, FULLTEXT_READ, 0, &f));
    assert_non_null(strstr(status_message(), "hoso reindex"));
    reopen(s);
    expect_all(s, "");
    put_text(s, "1", "một");
    expect_ids(s, "một", "1");
}

static void newer_schema_is_left_alone(void **state)
{
    struct sample *s = *state;
    struct fulltext *f = NULL;
    put_text(s, "1", "một");
    set_version(s, INDEX_SCHEMA + 1);
    assert_fails(STATUS_UNSUPPORTED,
                 fulltext_open(s->path, FULLTEXT_WRITE, 0640, &f));
    assert_fails(STATUS_UNSUPPORTED,
                 fulltext_open(s->path, FULLTEXT_READ, 0, &f));
    set_version(s, INDEX_SCHEMA);
    expect_all(s, "1");
}

static void other_database_is_left_alone(void **state)
{
    struct sample *s = *state;
    struct fulltext *f = NULL;
    struct sql *db = NULL;
    AUTO(free_char) char *path = xasprintf("%s/other.db", s->dir);
    assert_ok(sql_open(path, SQL_CREATE, 0600, &db));
    assert_ok(sql_exec(db, "CREATE TABLE page(x); INSERT INTO page VALUES(1)"));
    assert_fails(STATUS_DAMAGED, fulltext_open(path, FULLTEXT_WRITE, 0600, &f));
    int64_t n = 0;
    assert_ok(sql_int_of(db, &n, "SELECT count(*) FROM page", ""));
    assert_int_equal(n, 1);
    sql_close(db);
    static const char *const tails[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        AUTO(free_char) char *part = xasprintf("%s%s", path, tails[i]);
        unlink(part);
    }
}

static void file_that_is_no_database_is_damaged(void **state)
{
    struct sample *s = *state;
    struct fulltext *f = NULL;
    assert_ok(fulltext_checkpoint(s->index));
    fulltext_close(s->index);
    s->index = NULL;
    int fd = open(s->path, O_WRONLY | O_TRUNC);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(write(fd, "no database\n", 12), 12);
    close(fd);
    for (int how = 0; how < 2; how++) {
        assert_fails(STATUS_DAMAGED, fulltext_open(s->path, how, 0640, &f));
        assert_non_null(strstr(status_message(), "hoso reindex"));
    }
}

/* Whatever bytes are changed: an answer or a failure, no crash. */
static void damaged_pages_are_borne(void **state)
{
    struct sample *s = *state;
    for (int i = 0; i < 40; i++) {
        char id[16];
        snprintf(id, sizeof(id), "%02d", i);
        put_text(s, id, "những trang giấy với nhiều chữ khác nhau ở tỉnh");
    }
    assert_ok(fulltext_checkpoint(s->index));
    struct stat sb;
    assert_int_equal(stat(s->path, &sb), 0);
    unsigned seed = 1;
    int damaged = 0;
    for (int round = 0; round < 60; round++) {
        int fd = open(s->path, O_RDWR);
        off_t at = 4096 + (off_t)(rand_r(&seed) % (sb.st_size - 4200));
        char was[64], now[64];
        assert_int_equal(pread(fd, was, sizeof(was), at), sizeof(was));
        for (size_t i = 0; i < sizeof(now); i++)
            now[i] = (char)rand_r(&seed);
        assert_int_equal(pwrite(fd, now, sizeof(now), at), sizeof(now));
        struct fulltext *f = NULL;
        struct hits h;
        struct query q = {.text = "trang giấy"};
        enum status st = fulltext_open(s->path, FULLTEXT_READ, 0, &f);
        if (st == STATUS_OK)
            st = fulltext_search(f, &q, &h);
        if (st == STATUS_OK)
            hits_clear(&h);
        else
            assert_non_null(strstr(status_message(), "hoso reindex"));
        damaged += st == STATUS_DAMAGED;
        fulltext_close(f);
        assert_int_equal(pwrite(fd, was, sizeof(was), at), sizeof(was));
        close(fd);
    }
    assert_true(damaged > 0);
}

static void many_pages_are_refused(void **state)
{
    struct sample *s = *state;
    struct record *r = make_record("1", "", NULL);
    r->n_pages = 70000; /* refused before any of them is looked at */
    assert_fails(STATUS_LIMIT, fulltext_put(s->index, r));
    r->n_pages = 0;
    record_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sample_test(missing_index_is_not_found),
        sample_test(mode_is_kept),
        sample_test(ids_come_in_order),
        sample_test(document_without_pages_is_listed),
        sample_test(ids_stop_when_told),
        sample_test(put_again_replaces),
        sample_test(put_twice_is_put_once),
        sample_test(removed_is_not_found),
        sample_test(tidying_brings_lists_together),
        sample_test(reader_sees_what_is_committed),
        sample_test(reader_cannot_write),
        sample_test(failed_put_leaves_nothing),
        sample_test(older_schema_is_made_anew),
        sample_test(newer_schema_is_left_alone),
        sample_test(other_database_is_left_alone),
        sample_test(file_that_is_no_database_is_damaged),
        sample_test(damaged_pages_are_borne),
        sample_test(many_pages_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
