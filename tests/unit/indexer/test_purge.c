/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was taken out is gone: from answers, from lists, from the file. */
#include "sample.h"

#include "base/sql.h"
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>

/* Whether the bytes of word are in the database or its log. */
static bool is_in_file(const struct sample *s, const char *word)
{
    static const char *const tails[] = {"", "-wal"};
    bool found = false;
    for (int i = 0; i < 2; i++) {
        AUTO(free_char) char *path = xasprintf("%s%s", s->path, tails[i]);
        int fd = open(path, O_RDONLY);
        struct stat sb;
        if (fd < 0)
            continue;
        assert_int_equal(fstat(fd, &sb), 0);
        char *bytes = xcalloc((size_t)sb.st_size + 1, 1);
        assert_int_equal(read(fd, bytes, (size_t)sb.st_size), sb.st_size);
        close(fd);
        found |= memmem(bytes, (size_t)sb.st_size, word, strlen(word)) != NULL;
        free(bytes);
    }
    return found;
}

static void removed_words_leave_the_file(void **state)
{
    struct sample *s = *state;
    for (int i = 0; i < 30; i++) {
        char id[16];
        snprintf(id, sizeof(id), "%02d", i);
        put(s, make_record(id, i == 7 ? "Xylophon" : "tên",
                           i == 7 ? "Quockhanh zebrafisch bí mật"
                                  : "những lời khác, quock zeb"));
        if (i % 10 == 9)
            assert_ok(fulltext_checkpoint(s->index));
    }
    assert_true(is_in_file(s, "Quockhanh"));
    assert_true(is_in_file(s, "Xylophon"));
    assert_ok(fulltext_remove(s->index, "07"));
    /* prefixes too: FTS5 stores what a word shares with the one before once */
    static const char *const gone[] = {"Quockhanh", "quockhanh", "khanh",
                                       "Zebra",     "zebraf",    "rafisch",
                                       "Xylophon",  "xylophon",  "ylopho"};
    for (size_t i = 0; i < ARRAY_LEN(gone); i++)
        if (is_in_file(s, gone[i]))
            fail_msg("%s is still in the file", gone[i]);
    assert_true(is_in_file(s, "quock"));
    expect_ids(s, "khác",
               "29 28 27 26 25 24 23 22 21 20 19 18 17 16 15 14 13 "
               "12 11 10");
}

static void replaced_words_leave_the_file_with_the_next_purge(void **state)
{
    struct sample *s = *state;
    put_text(s, "1", "Quockhanh");
    put_text(s, "1", "khác");
    put_text(s, "2", "hai");
    assert_ok(fulltext_remove(s->index, "2"));
    assert_false(is_in_file(s, "uockhanh"));
}

/* Whether the index lists a word among those of the archive. */
static bool is_listed(const struct sample *s, const char *folded)
{
    AUTO(sql_closep) struct sql *db = NULL;
    int64_t n = 0;
    assert_ok(sql_open(s->path, SQL_READ, 0, &db));
    assert_ok(sql_int_of(db, &n, "SELECT count(*) FROM word WHERE folded = ?1",
                         "s", folded));
    return n > 0;
}

static void words_that_come_back_stay_listed(void **state)
{
    struct sample *s = *state;
    struct record *texts[] = {
        make_record("1", "", "chung giu lai"),
        make_record("1", "", "giu lai roi"),
        make_record("1", "", "lai moi"),
        make_record("2", "", "giu"),
    };
    put_text(s, "1", "chung giu");
    assert_ok(fulltext_begin(s->index, 4));
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        assert_ok(fulltext_put(s->index, texts[i]));
        record_free(texts[i]);
    }
    assert_ok(fulltext_commit(s->index));
    assert_true(is_listed(s, "lai"));
    assert_true(is_listed(s, "moi"));
    assert_true(is_listed(s, "giu"));
    assert_false(is_listed(s, "chung"));
    assert_false(is_listed(s, "roi"));
    put_text(s, "2", "khac");
    assert_false(is_listed(s, "giu"));
    assert_true(is_listed(s, "lai"));
}

/* Reads for a moment; the address of its status is the thread's result. */
static void *read_a_while(void *path)
{
    static enum status st;
    AUTO(sql_closep) struct sql *reader = NULL;
    int64_t n = 0;
    st = sql_open(path, SQL_READ, 0, &reader);
    if (st == STATUS_OK)
        st = sql_exec(reader, "BEGIN");
    if (st == STATUS_OK)
        st = sql_int_of(reader, &n, "SELECT count(*) FROM document", "");
    usleep(400 * 1000);
    return &st;
}

static void purge_waits_for_readers(void **state)
{
    struct sample *s = *state;
    pthread_t reader;
    void *st = NULL;
    put_text(s, "1", "Quockhanh");
    assert_int_equal(pthread_create(&reader, NULL, read_a_while, s->path), 0);
    usleep(100 * 1000);
    assert_ok(fulltext_remove(s->index, "1"));
    assert_false(is_in_file(s, "uockhanh"));
    assert_int_equal(pthread_join(reader, &st), 0);
    assert_int_equal(*(enum status *)st, STATUS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sample_test(removed_words_leave_the_file),
        sample_test(replaced_words_leave_the_file_with_the_next_purge),
        sample_test(words_that_come_back_stay_listed),
        sample_test(purge_waits_for_readers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
