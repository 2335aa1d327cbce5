/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ten thousand queries nobody should type (HOSO_QUERIES says how many instead,
 * HOSO_INDEX in which index instead of a small one): an answer or an
 * explanation in two seconds, never an error of SQL and never a crash. */
#include "sample.h"

#include "base/strbuf.h"
#include "base/text.h"
#include <time.h>

static const char *const pieces[] = {
    "\"",          "'",
    "*",           "^",
    "(",           ")",
    "{",           "}",
    ":",           "-",
    "+",           "~",
    ";",           "--",
    "/*",          "*/",
    " AND ",       " OR ",
    " NOT ",       " NEAR ",
    "NEAR(",       ",2)",
    "title:",      "{title body}:",
    "rowid",       "fulltext",
    "' OR 1=1 --", "\"\"",
    "\\",          "%",
    "_",           "\n",
    "\t",          "\x01",
    "\x7F",        "\xFF",
    "\xC3",        "\xED\xA0\x80",
    "\u0301",      "\u200B",
    "\u202E",      "\uFEFF",
    "“",           "”",
    "«",           "»",
    "đắk",         "lắk",
    "dak",         "quyết",
    "0",           "01",
    "15/QĐ",       "a",
    "NULL",        "x'00'",
    "?1",          "$a",
    "@b",          "{}",
    "\U0001F600",  "漢字",
    " ",           " ",
    " ",           "của ",
    "quy định",    "th",
    "ng*",         "loại:",
    "ngày:20",     "số:1",
    "người ký:",   "cơ quan:\"",
};

static void make_query(unsigned *seed, struct strbuf *b)
{
    strbuf_reset(b);
    int n = rand_r(seed) % 12;
    for (int i = 0; i < n; i++) {
        if (rand_r(seed) % 8 == 0)
            strbuf_addc(b, (char)(1 + rand_r(seed) % 255));
        else
            strbuf_adds(b, pieces[(size_t)rand_r(seed) % ARRAY_LEN(pieces)]);
    }
}

static void check_answer(const struct hits *h)
{
    for (int i = 0; i < h->n; i++) {
        const struct hit *hit = &h->items[i];
        assert_true(text_valid(hit->snippet, strlen(hit->snippet)));
        assert_null(strchr(hit->snippet, '\n'));
        for (int k = 0; k < hit->n_marks; k++)
            assert_true(hit->marks[k].start + hit->marks[k].length <=
                        (int)strlen(hit->snippet));
    }
}

static double cpu_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void ask(struct fulltext *f, const char *text, int counts[2])
{
    static double longest;
    struct hits h;
    double begun = cpu_s();
    enum status st = fulltext_search(f, &(struct query){.text = text}, &h);
    double took = cpu_s() - begun;
    if (took > 2)
        fail_msg("[%s] took %.1f s", text, took);
    if (took > longest && getenv("HOSO_INDEX"))
        printf("%.4f s: %s\n", took, text);
    longest = took > longest ? took : longest;
    if (st == STATUS_OK) {
        check_answer(&h);
        hits_clear(&h);
    } else if (st != STATUS_USAGE || strstr(status_message(), "fts5") ||
               strstr(status_message(), "SQL") ||
               !text_valid(status_message(), strlen(status_message()))) {
        fail_msg("[%s]: %s", text, status_message());
    }
    counts[st == STATUS_OK]++;
}

static void hostile_queries_are_answered_or_explained(void **state)
{
    struct sample *s = *state;
    struct strbuf b;
    unsigned seed = 20220105;
    int counts[2] = {0};
    const char *path = getenv("HOSO_INDEX");
    AUTO(fulltext_closep) struct fulltext *other = NULL;
    const char *more = getenv("HOSO_QUERIES");
    int n = more ? atoi(more) : 10000;
    put_text(s, "1", "Đắk Lắk quyết định 15/QĐ and or not near a 0 null");
    put_text(s, "2", "dak lak 漢字 \xF0\x9F\x98\x80 01");
    if (path)
        assert_ok(fulltext_open(path, FULLTEXT_READ, 0, &other));
    strbuf_init(&b);
    for (int i = 0; i < n; i++) {
        make_query(&seed, &b);
        ask(other ? other : s->index, b.s, counts);
    }
    strbuf_clear(&b);
    assert_true(counts[0] > 1000);
    assert_true(counts[1] > 1000);
}

static void single_bytes_are_answered_or_explained(void **state)
{
    struct sample *s = *state;
    int counts[2] = {0};
    for (int c = 1; c < 256; c++) {
        char text[3] = {(char)c, 0, 0};
        ask(s->index, text, counts);
        text[1] = '"';
        ask(s->index, text, counts);
    }
}

static void hundred_words_are_answered(void **state)
{
    struct sample *s = *state;
    struct strbuf b;
    struct hits h;
    strbuf_init(&b);
    for (int i = 0; i < 100; i++)
        strbuf_addf(&b, "từ%d ", i);
    put_text(s, "1", b.s);
    assert_ok(fulltext_search(s->index, &(struct query){.text = b.s}, &h));
    assert_int_equal(h.n, 1);
    hits_clear(&h);
    strbuf_clear(&b);
}

static void page_of_one_word_a_thousand_times_is_answered(void **state)
{
    struct sample *s = *state;
    struct strbuf b;
    struct hits h;
    strbuf_init(&b);
    for (int i = 0; i < 5000; i++)
        strbuf_adds(&b, "a ");
    put_text(s, "1", b.s);
    assert_ok(fulltext_search(
        s->index, &(struct query){.text = "\"a a a a a a\" a"}, &h));
    assert_int_equal(h.n, 1);
    assert_true(h.items[0].n_boxes > 0 && h.items[0].n_boxes <= 500);
    hits_clear(&h);
    strbuf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sample_test(hostile_queries_are_answered_or_explained),
        sample_test(single_bytes_are_answered_or_explained),
        sample_test(hundred_words_are_answered),
        sample_test(page_of_one_word_a_thousand_times_is_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
