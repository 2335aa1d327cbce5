/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line that is shown of a page, its marks, and the boxes of the words. */
#include "sample.h"

#include "base/strbuf.h"
#include "base/text.h"
#include "indexer/snippet.h"

/* The only hit of a query; hits_clear() is the caller's. */
static struct hit *only_hit(struct sample *s, const char *text, struct hits *h)
{
    assert_ok(fulltext_search(s->index, &(struct query){.text = text}, h));
    assert_int_equal(h->n, 1);
    return &h->items[0];
}

/* The snippet with its marks in brackets; the caller frees. */
static char *show(const struct hit *hit)
{
    struct strbuf b;
    int at = 0;
    strbuf_init(&b);
    for (int i = 0; i < hit->n_marks; i++) {
        const struct span *m = &hit->marks[i];
        assert_true(m->start >= at && m->length > 0);
        assert_true(m->start + m->length <= (int)strlen(hit->snippet));
        strbuf_add(&b, hit->snippet + at, (size_t)(m->start - at));
        strbuf_addc(&b, '[');
        strbuf_add(&b, hit->snippet + m->start, (size_t)m->length);
        strbuf_addc(&b, ']');
        at = m->start + m->length;
    }
    strbuf_adds(&b, hit->snippet + at);
    return strbuf_take(&b);
}

struct vector {
    const char *name, *text, *query, *want;
};

static struct vector vectors[] = {
    {"marks_words", "tỉnh Đắk Lắk", "lắk", "tỉnh Đắk [Lắk]"},
    {"marks_words_found_without_marks", "tỉnh Đắk Lắk", "dak",
     "tỉnh [Đắk] Lắk"},
    {"leaves_signs_around_words_unmarked", "ở (Đắk), \"Lắk\".", "đắk lắk",
     "ở ([Đắk]), \"[Lắk]\"."},
    {"marks_a_number_as_one", "Số: 15/QĐ-UBND, ngày", "15/QĐ-UBND",
     "Số: [15/QĐ-UBND], ngày"},
    {"marks_parts_of_a_number", "Số: 15/QĐ-UBND, ngày", "ubnd",
     "Số: 15/QĐ-[UBND], ngày"},
    {"marks_two_parts_of_a_word_apart", "Số: 15/QĐ-UBND, ngày", "15 ubnd",
     "Số: [15]/QĐ-[UBND], ngày"},
    {"marks_every_occurrence", "an ninh an toàn", "an", "[an] ninh [an] toàn"},
    {"marks_only_whole_phrases", "an ninh, an toàn", "\"an toàn\"",
     "an ninh, [an] [toàn]"},
    {"marks_only_exact_words_on_an_exact_page", "bạn bán ban", "bán",
     "bạn [bán] ban"},
    {"joins_lines", "dòng một\ndòng hai", "hai", "dòng một dòng [hai]"},
    {"marks_nothing_in_other_words", "nguyên Nguyễn", "nguyễn",
     "nguyên [Nguyễn]"},
};

static struct sample *current;

static void shows(void **state)
{
    const struct vector *v = *state;
    void *s = NULL;
    struct hits h;
    sample_start(&s);
    current = s;
    put_text(current, "1", v->text);
    char *got = show(only_hit(current, v->query, &h));
    assert_string_equal(got, v->want);
    free(got);
    hits_clear(&h);
    sample_end(&s);
}

/* A page of n filler words with text in the middle. */
static char *long_page(int n, const char *middle)
{
    struct strbuf b;
    strbuf_init(&b);
    for (int i = 0; i < n; i++)
        strbuf_addf(&b, "%s%s", i ? " " : "", i == n / 2 ? middle : "chữ");
    return strbuf_take(&b);
}

static void long_text_is_cut_on_both_sides(void **state)
{
    struct sample *s = *state;
    struct hits h;
    char *text = long_page(400, "hạt nhân");
    put_text(s, "1", text);
    struct hit *hit = only_hit(s, "hạt nhân", &h);
    char *got = show(hit);
    assert_non_null(strstr(got, "[hạt] [nhân]"));
    assert_int_equal(strncmp(got, "… chữ", strlen("… chữ")), 0);
    assert_string_equal(got + strlen(got) - strlen("chữ …"), "chữ …");
    assert_true(text_width(hit->snippet) <= SNIPPET_COLUMNS + 20);
    assert_true(text_width(hit->snippet) >= SNIPPET_COLUMNS / 2);
    free(got);
    hits_clear(&h);
    free(text);
}

static void best_cluster_is_shown(void **state)
{
    struct sample *s = *state;
    struct hits h;
    char *first = long_page(100, "hạt");
    char *second = long_page(100, "hạt của nhân lực");
    char *text = xasprintf("%s %s %s", first, second, first);
    put_text(s, "1", text);
    char *got = show(only_hit(s, "hạt nhân lực", &h));
    assert_non_null(strstr(got, "[hạt] của [nhân] [lực]"));
    free(got);
    hits_clear(&h);
    free(text);
    free(first);
    free(second);
}

/* The snippet of a page that has these stretches far from one another. */
static char *snippet_of(struct sample *s, const char *const *stretches, int n,
                        const char *query)
{
    struct hits h;
    struct strbuf b;
    strbuf_init(&b);
    for (int i = 0; i < n; i++) {
        char *stretch = long_page(100, stretches[i]);
        strbuf_addf(&b, "%s ", stretch);
        free(stretch);
    }
    put_text(s, "1", b.s);
    char *got = show(only_hit(s, query, &h));
    hits_clear(&h);
    strbuf_clear(&b);
    return got;
}

static void words_in_a_row_are_preferred(void **state)
{
    static const char *const stretches[] = {"nhân hạt ở hạt ở nhân", "hạt nhân",
                                            "nhân ở hạt ở nhân"};
    char *got = snippet_of(*state, stretches, 3, "hạt nhân");
    assert_non_null(strstr(got, "chữ [hạt] [nhân] chữ"));
    free(got);
}

static void what_left_the_window_does_not_count(void **state)
{
    static const char *const stretches[] = {
        "hạt nhân lực", "hạt nhân hạt nhân hạt nhân", "lực ở hạt của nhân"};
    char *got = snippet_of(*state, stretches, 3, "hạt nhân lực");
    assert_non_null(strstr(got, "chữ [hạt] [nhân] [lực] chữ"));
    free(got);
}

static void page_found_by_its_title_shows_its_beginning(void **state)
{
    struct sample *s = *state;
    struct hits h;
    put(s, make_record("1", "Nhà máy điện", "Giấy phép xây dựng"));
    struct hit *hit = only_hit(s, "điện", &h);
    assert_string_equal(hit->snippet, "Giấy phép xây dựng");
    assert_string_equal(hit->title, "Nhà máy điện");
    assert_int_equal(hit->n_marks, 0);
    assert_int_equal(hit->n_boxes, 0);
    hits_clear(&h);
}

static void page_without_words_shows_nothing(void **state)
{
    struct sample *s = *state;
    struct hits h;
    put(s, make_record("1", "Nhà máy điện", ""));
    struct hit *hit = only_hit(s, "điện", &h);
    assert_string_equal(hit->snippet, "");
    assert_int_equal(hit->page, 1);
    hits_clear(&h);
}

static void hit_says_what_it_is(void **state)
{
    struct sample *s = *state;
    struct hits h;
    struct record *r = make_record("2022-000123", "Giấy phép", "một");
    add_page(r, "hai");
    put(s, r);
    struct hit *hit = only_hit(s, "hai", &h);
    assert_string_equal(hit->id, "2022-000123");
    assert_string_equal(hit->kind, "result");
    assert_string_equal(hit->title, "Giấy phép");
    assert_int_equal(hit->page, 2);
    hits_clear(&h);
}

static void boxes_are_of_the_matching_words(void **state)
{
    struct sample *s = *state;
    struct hits h;
    put_text(s, "1", "một Lắk\nhai ba lắk,");
    struct hit *hit = only_hit(s, "lắk", &h);
    assert_int_equal(hit->n_boxes, 2);
    assert_int_equal(hit->boxes[0].x, 100 + 50 + 10); /* behind "một" */
    assert_int_equal(hit->boxes[0].y, 100);
    assert_int_equal(hit->boxes[0].w, 50);
    assert_int_equal(hit->boxes[0].h, 40);
    assert_int_equal(hit->boxes[1].y, 150);
    hits_clear(&h);
}

static void a_word_has_one_box(void **state)
{
    struct sample *s = *state;
    struct hits h;
    put_text(s, "1", "15/QĐ-UBND");
    struct hit *hit = only_hit(s, "15 qđ ubnd", &h);
    assert_int_equal(hit->n_boxes, 1);
    hits_clear(&h);
}

static void endless_word_is_cut_between_letters(void **state)
{
    struct sample *s = *state;
    struct hits h;
    struct strbuf b;
    strbuf_init(&b);
    strbuf_adds(&b, "x");
    for (int i = 0; i < 3000; i++)
        strbuf_adds(&b, "ế");
    put_text(s, "1", b.s);
    b.s[1 + 3 * 100] = '\0'; /* long enough to be cut as the word was */
    struct hit *hit = only_hit(s, b.s, &h);
    assert_true(text_valid(hit->snippet, strlen(hit->snippet)));
    assert_true(strlen(hit->snippet) < 200);
    assert_int_equal(hit->n_marks, 1);
    assert_true(hit->marks[0].length <= 80);
    hits_clear(&h);
    strbuf_clear(&b);
}

static void snippet_is_one_line(void **state)
{
    struct sample *s = *state;
    struct hits h;
    struct record *r = make_record("1", "", "một hai");
    free(r->pages[0].lines[0].words[0].text);
    r->pages[0].lines[0].words[0].text = xstrdup("một\n\x1B[31m");
    put(s, r);
    struct hit *hit = only_hit(s, "hai", &h);
    assert_string_equal(hit->snippet, "một  [31m hai");
    hits_clear(&h);
}

int main(void)
{
    const struct CMUnitTest own[] = {
        sample_test(long_text_is_cut_on_both_sides),
        sample_test(best_cluster_is_shown),
        sample_test(words_in_a_row_are_preferred),
        sample_test(what_left_the_window_does_not_count),
        sample_test(page_found_by_its_title_shows_its_beginning),
        sample_test(page_without_words_shows_nothing),
        sample_test(hit_says_what_it_is),
        sample_test(boxes_are_of_the_matching_words),
        sample_test(a_word_has_one_box),
        sample_test(endless_word_is_cut_between_letters),
        sample_test(snippet_is_one_line),
    };
    struct CMUnitTest tests[64];
    size_t n = 0;
    for (; n < ARRAY_LEN(own); n++)
        tests[n] = own[n];
    for (size_t i = 0; i < ARRAY_LEN(vectors); i++)
        tests[n++] = (struct CMUnitTest){vectors[i].name, shows, NULL, NULL,
                                         &vectors[i]};
    return _cmocka_run_group_tests("snippet", tests, n, NULL, NULL);
}
