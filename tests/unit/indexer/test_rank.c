/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of what is found, and which part of it is given. */
#include "sample.h"

#include "indexer/rank.h"

static void put_at(struct sample *s, const char *id, const char *text,
                   time_t stored_at)
{
    struct record *r = make_record(id, "", text);
    r->stored_at = stored_at;
    put(s, r);
}

static void exact_marks_come_first(void **state)
{
    struct sample *s = *state;
    put_text(s, "1", "bạn bạn bạn bạn");
    put_text(s, "2", "giấy bán nhà đất ở tỉnh");
    put_text(s, "3", "ban ban ban");
    put_text(s, "4", "một trang khác");
    expect_ids(s, "bán", "2 1 3");
    expect_ids(s, "bạn", "1 3 2");
}

static void exact_marks_come_before_words_in_a_row(void **state)
{
    struct sample *s = *state;
    put_text(s, "1", "dieu dong can bo");
    put_text(s, "2", "động viên được điều tra");
    expect_ids(s, "điều động", "2 1");
    expect_ids(s, "dieu dong", "1 2");
}

static void words_in_a_row_come_before_scattered(void **state)
{
    struct sample *s = *state;
    put_text(s, "1", "nguyên lượng tử năng nguyên năng tử lượng");
    put_text(s, "2", "về năng lượng nguyên tử của tỉnh");
    expect_ids(s, "năng lượng nguyên tử", "2 1");
    expect_ids(s, "nang luong nguyen tu", "2 1");
}

static void neighbours_come_before_scattered(void **state)
{
    struct sample *s = *state;
    put_text(s, "1", "năng lượng nào là nguyên tử đây");
    put_text(s, "2", "lượng nào là năng và nguyên của tử");
    expect_ids(s, "nang luong nguyen tu", "1 2");
}

static void title_counts_more_than_text(void **state)
{
    struct sample *s = *state;
    put(s, make_record("1", "khác", "giấy phép và giấy tờ"));
    put(s, make_record("2", "giấy phép", "nội dung nào đó"));
    expect_ids(s, "giấy", "2 1");
}

static void more_occurrences_count_more(void **state)
{
    struct sample *s = *state;
    put_text(s, "1", "đất đai và nhà");
    put_text(s, "2", "đất này đất kia đất nọ");
    expect_ids(s, "đất", "2 1");
}

static void rare_terms_count_more(void **state)
{
    struct sample *s = *state;
    put_text(s, "1", "hạt nhân hạt nhân của tỉnh");
    put_text(s, "2", "tỉnh tỉnh tỉnh hạt khác nhân");
    put_text(s, "3", "tỉnh");
    put_text(s, "4", "tỉnh");
    expect_ids(s, "nhân tỉnh", "1 2");
}

static void newest_comes_first_on_ties(void **state)
{
    struct sample *s = *state;
    put_at(s, "1", "cùng một câu", 1000);
    put_at(s, "2", "cùng một câu", 3000);
    put_at(s, "3", "cùng một câu", 2000);
    put_at(s, "4", "cùng một câu", 2000);
    expect_ids(s, "câu", "2 4 3 1");
}

static void pages_of_a_tie_come_in_order(void **state)
{
    struct sample *s = *state;
    struct hits h;
    struct record *r = make_record("1", "", "cùng câu");
    add_page(r, "cùng câu");
    add_page(r, "cùng câu");
    put(s, r);
    assert_ok(fulltext_search(s->index, &(struct query){.text = "câu"}, &h));
    assert_int_equal(h.n, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(h.items[i].page, i + 1);
    hits_clear(&h);
}

static void scores_fall(void **state)
{
    struct sample *s = *state;
    struct hits h;
    put_text(s, "1", "bán nhà");
    put_text(s, "2", "bán cái nhà");
    put_text(s, "3", "bạn nhá");
    put_text(s, "4", "nhạ bàn");
    assert_ok(
        fulltext_search(s->index, &(struct query){.text = "bán nhà"}, &h));
    assert_int_equal(h.n, 4);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(atoi(h.items[i].id), i + 1);
        if (i > 0)
            assert_true(h.items[i - 1].score > h.items[i].score);
    }
    hits_clear(&h);
}

/* A mixed bag of pages: some with marks, some without, some in a row. */
static void put_bag(struct sample *s, int n)
{
    static const char *const texts[] = {"bán nhà đất", "ban nha dat",
                                        "nhà này bán", "nha nay ban",
                                        "bạn nhá đạt", "nhà, bán"};
    for (int i = 0; i < n; i++) {
        char id[16];
        snprintf(id, sizeof(id), "%03d", i);
        put_text(s, id, texts[i % 6]);
    }
}

static void pages_of_an_answer_make_up_the_whole(void **state)
{
    struct sample *s = *state;
    put_bag(s, 40);
    struct query all = {.text = "bán nhà", .limit = 100};
    char *whole = ids_of(s, &all);
    char *parts = xstrdup("");
    for (int offset = 0; offset < 42; offset += 7) {
        struct query some = {.text = "bán nhà", .limit = 7, .offset = offset};
        char *ids = ids_of(s, &some);
        char *longer = xasprintf("%s%s%s", parts, *parts ? " " : "", ids);
        free(parts);
        free(ids);
        parts = longer;
    }
    assert_string_equal(parts, whole);
    free(parts);
    free(whole);
}

static void total_does_not_depend_on_the_part(void **state)
{
    struct sample *s = *state;
    put_bag(s, 40);
    for (int offset = 0; offset < 60; offset += 10) {
        struct query q = {.text = "bán nhà", .limit = 3, .offset = offset};
        struct hits h;
        assert_ok(fulltext_search(s->index, &q, &h));
        assert_int_equal(h.total, 40);
        assert_false(h.capped);
        assert_int_equal(h.n, offset < 40 ? 3 : 0);
        hits_clear(&h);
    }
}

static void limit_is_twenty_if_not_given(void **state)
{
    struct sample *s = *state;
    struct hits h;
    put_bag(s, 30);
    assert_ok(fulltext_search(s->index, &(struct query){.text = "ban"}, &h));
    assert_int_equal(h.n, 20);
    assert_int_equal(h.total, 30);
    hits_clear(&h);
}

static void odd_limits_do_no_harm(void **state)
{
    struct sample *s = *state;
    struct hits h;
    put_bag(s, 6);
    struct query q = {.text = "ban", .limit = 2147483647, .offset = 2147483647};
    assert_ok(fulltext_search(s->index, &q, &h));
    assert_int_equal(h.n, 0);
    assert_int_equal(h.total, 6);
    hits_clear(&h);
    q.limit = q.offset = -2147483647;
    assert_ok(fulltext_search(s->index, &q, &h));
    assert_int_equal(h.n, 6);
    hits_clear(&h);
}

static void many_hits_are_capped(void **state)
{
    struct sample *s = *state;
    struct hits h;
    for (int d = 0; d < 3; d++) {
        char id[16];
        snprintf(id, sizeof(id), "%d", d);
        struct record *r = make_record(id, "", NULL);
        for (int i = 0; i < 3334; i++)
            add_page(r, i % 2 ? "đất" : "dat");
        put(s, r);
    }
    assert_ok(fulltext_search(s->index, &(struct query){.text = "đất"}, &h));
    assert_true(h.capped);
    assert_int_equal(h.total, HITS_TOTAL_MAX);
    hits_clear(&h);
    assert_ok(fulltext_search(s->index, &(struct query){.text = "dat"}, &h));
    assert_true(h.capped);
    assert_int_equal(h.total, HITS_TOTAL_MAX);
    hits_clear(&h);
}

static void filters_narrow(void **state)
{
    struct sample *s = *state;
    struct record *r = make_record("1", "", "đất đai");
    r->stored_at = 1000;
    put(s, r);
    r = make_record("2", "", "đất đai");
    r->stored_at = 2000;
    free(r->kind);
    r->kind = xstrdup("work");
    put(s, r);
    r = make_record("3", "", "đất đai");
    r->stored_at = 3000;
    free(r->batch);
    r->batch = xstrdup("Hộp 2");
    put(s, r);
    const struct {
        struct query q;
        const char *ids;
    } cases[] = {
        {{.kind = "work"}, "2"},
        {{.kind = "result"}, "3 1"},
        {{.kind = "staff"}, ""},
        {{.batch = "Hộp 2"}, "3"},
        {{.batch = "Ho\u0323\u0302p 2"}, "3"},
        {{.batch = "Hộp 1", .kind = "result"}, "1"},
        {{.from = 2000}, "3 2"},
        {{.to = 2000}, "2 1"},
        {{.from = 2000, .to = 2000}, "2"},
        {{.from = 2001, .to = 2999}, ""},
        {{.batch = "' OR 1=1 --"}, ""},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct query q = cases[i].q;
        q.text = "đất";
        char *ids = ids_of(s, &q);
        assert_string_equal(ids, cases[i].ids);
        free(ids);
    }
}

static void worth_is_limited(void **state)
{
    (void)state;
    assert_true(rank_worth(0, 1, 1) == 0.0);
    assert_true(rank_worth(1, 1, 1) < rank_worth(2, 1, 1));
    assert_true(rank_worth(1e9, 1, 1) < 2.2001);
}

static void tiers_are_apart(void **state)
{
    (void)state;
    /* the best a page can get for 128 terms and their neighbours */
    double best = 128 * 3 * rank_idf(100 * 1000 * 1000, 1) * rank_worth(1e9, 1, 350);
    assert_true(best < RANK_EXACT);
    assert_true(rank_idf(10, 10) > 0);
    assert_true(rank_idf(0, 0) >= 0);
}

/* Rows that a batch kept free and did not need are no pages. */
static void what_is_about_is_near(void **state)
{
    enum { PAGES = 3000, SAID = 2990 };
    struct sample *s = *state;
    struct hits h;
    assert_ok(fulltext_begin(s->index, SAID));
    for (int i = 0; i < PAGES; i++) {
        char id[16];
        snprintf(id, sizeof(id), "%05d", i);
        put_text(s, id, i % 2 ? "chung" : "chung riêng");
    }
    assert_ok(fulltext_commit(s->index));
    put_text(s, "newest", "chung");
    assert_ok(fulltext_search(s->index, &(struct query){.text = "chung"}, &h));
    assert_true(h.about);
    assert_in_range(h.total, PAGES * 9 / 10, PAGES * 11 / 10);
    hits_clear(&h);
    assert_ok(fulltext_search(s->index, &(struct query){.text = "rieng"}, &h));
    assert_in_range(h.total, PAGES * 9 / 20, PAGES * 11 / 20);
    hits_clear(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sample_test(exact_marks_come_first),
        sample_test(exact_marks_come_before_words_in_a_row),
        sample_test(words_in_a_row_come_before_scattered),
        sample_test(neighbours_come_before_scattered),
        sample_test(title_counts_more_than_text),
        sample_test(more_occurrences_count_more),
        sample_test(rare_terms_count_more),
        sample_test(newest_comes_first_on_ties),
        sample_test(pages_of_a_tie_come_in_order),
        sample_test(scores_fall),
        sample_test(pages_of_an_answer_make_up_the_whole),
        sample_test(total_does_not_depend_on_the_part),
        sample_test(limit_is_twenty_if_not_given),
        sample_test(odd_limits_do_no_harm),
        sample_test(many_hits_are_capped),
        sample_test(filters_narrow),
        cmocka_unit_test(worth_is_limited),
        cmocka_unit_test(tiers_are_apart),
        sample_test(what_is_about_is_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
