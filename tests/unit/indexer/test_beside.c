/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching while another process puts documents in, makes all of them again
 * and merges the lists: every answer is right, whenever it is asked for. */
#include "sample.h"

#include <sys/wait.h>

enum { OLD = 60, NEW = 60 };

static char *text_of(int i)
{
    return xasprintf("quyết định số %d về việc chung, riêng%d", i, i);
}

static struct record *document(int i)
{
    AUTO(free_char) char *id = xasprintf("%04d", i);
    AUTO(free_char) char *text = text_of(i);
    return make_record(id, "", text);
}

static enum status put_all(struct fulltext *f, int from, int to, bool batch)
{
    enum status st = batch ? fulltext_begin(f, to - from) : STATUS_OK;
    for (int i = from; i < to && st == STATUS_OK; i++) {
        AUTO(record_freep) struct record *r = document(i);
        st = fulltext_put(f, r);
    }
    return st == STATUS_OK && batch ? fulltext_commit(f) : st;
}

/* All that writers do, in a process of their own. */
static int write_beside(const char *path)
{
    struct fulltext *f = NULL;
    bool resumed;
    enum status st = fulltext_open(path, FULLTEXT_WRITE, 0640, &f);
    if (st == STATUS_OK)
        st = put_all(f, OLD, OLD + NEW, false);
    for (int round = 0; round < 3 && st == STATUS_OK; round++) {
        st = fulltext_renew(f, &resumed);
        for (int i = 0; i < OLD + NEW && st == STATUS_OK; i += 20) {
            st = put_all(f, i, i + 20, true);
            if (st == STATUS_OK)
                st = fulltext_checkpoint(f);
        }
        if (st == STATUS_OK)
            st = fulltext_optimize(f);
        if (st == STATUS_OK)
            st = fulltext_renewed(f);
    }
    fulltext_close(f);
    return st == STATUS_OK ? 0 : 1;
}

/* Pages found; what was found once is found again. */
static int64_t expect_right(struct fulltext *f, int64_t before, int i)
{
    struct hits h;
    AUTO(free_char) char *own = xasprintf("rieng%d", i);
    struct query common = {.text = "\"quyết định\" chung", .limit = 500};
    assert_ok(fulltext_search(f, &common, &h));
    assert_true(h.total >= before && h.total <= OLD + NEW);
    assert_int_equal(h.n, h.total);
    for (int k = 0; k < h.n; k++)
        assert_non_null(strstr(h.items[k].snippet, "quyết định"));
    int64_t total = h.total;
    hits_clear(&h);
    assert_ok(fulltext_search(f, &(struct query){.text = own}, &h));
    assert_int_equal(h.total, 1);
    assert_int_equal(atoi(h.items[0].id), i);
    hits_clear(&h);
    return total;
}

static void answers_are_right_all_the_time(void **state)
{
    struct sample *s = *state;
    struct fulltext *reader = NULL;
    int64_t total = OLD;
    int asked = 0, status = 0;
    assert_ok(put_all(s->index, 0, OLD, true));
    fulltext_close(s->index);
    s->index = NULL;
    pid_t writer = fork();
    if (writer == 0)
        _exit(write_beside(s->path));
    assert_ok(fulltext_open(s->path, FULLTEXT_READ, 0, &reader));
    for (; waitpid(writer, &status, WNOHANG) == 0; asked++)
        total = expect_right(reader, total, asked % OLD);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(expect_right(reader, total, OLD + NEW - 1), OLD + NEW);
    assert_true(asked > 5);
    fulltext_close(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sample_test(answers_are_right_all_the_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
