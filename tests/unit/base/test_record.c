/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record: its text, its state, and JSON there and back. */
#include "base/alloc.h"
#include "base/compiler.h"
#include "base/record.h"
#include "base/record_lines.h"
#include "base/strbuf.h"
#include "unit/unit.h"
#include <stdlib.h>
#include <string.h>

static void add_line(struct page *p, int block, const char *words)
{
    struct line l = {.box = {10, 10 + 40 * p->n_lines, 400, 30},
                     .block = block};
    char *copy = xstrdup(words);
    int x = 10;
    for (char *w = strtok(copy, " "); w; w = strtok(NULL, " ")) {
        struct word word = {
            .text = xstrdup(w), .box = {x, l.box.y, 40, 30}, .conf_pct = 91};
        line_take_word(&l, &word);
        x += 50;
    }
    free(copy);
    page_take_line(p, &l);
}

static struct page sample_page(void)
{
    struct page p = {.width_px = 2480,
                     .height_px = 3508,
                     .dpi_x = 300,
                     .dpi_y = 299.999,
                     .turn_deg = 90,
                     .skew_deg = -0.1,
                     .confidence_pct = 91,
                     .state = PAGE_LOW,
                     .doubts = DOUBT_TURN | DOUBT_NO_DPI,
                     .dpi_assumed = true,
                     .origin = TEXT_OCR};
    add_line(&p, 0, "QUYẾT ĐỊNH");
    add_line(&p, 0, "số 247");
    add_line(&p, 1, "Nơi nhận:");
    return p;
}

static struct record *sample(void)
{
    struct record *r = record_new();
    r->id = xstrdup("2022-000123");
    r->kind = xstrdup("result");
    r->batch = xstrdup("Đợt 1");
    r->title = xstrdup("Quyết định");
    r->stored_at = 1646121600;
    r->recogniser = xstrdup("tesseract 5.3.0 vie");
    r->access_note = xstrdup("PDF/A-2u");
    struct source s = {.name = xstrdup("qđ.jpg"),
                       .sha256 = xstrdup("0123456789abcdef0123456789abcdef"
                                         "0123456789abcdef0123456789abcdef"),
                       .bytes = 5000000000ULL,
                       .media_type = xstrdup("image/jpeg"),
                       .path = xstrdup("data/original/0001.jpg"),
                       .pages = 1};
    record_take_source(r, &s);
    struct page p = sample_page();
    record_take_page(r, &p);
    struct page failed = {.state = PAGE_FAILED, .cause = xstrdup("crashed")};
    record_take_page(r, &failed);
    struct field f = {.name = xstrdup("number"),
                      .page = 1,
                      .box = {1, 2, 3, 4},
                      .conf_pct = 40,
                      .rule = xstrdup("header"),
                      .state = xstrdup("review")};
    record_take_field(r, &f);
    struct version v = {.number = 1,
                        .at = 1646121600,
                        .agent = xstrdup("hoso 0.1.0"),
                        .note = xstrdup("ingested")};
    record_take_version(r, &v);
    return r;
}

static void text_has_blocks_lines_and_form_feeds(void **state)
{
    (void)state;
    struct record *r = sample();
    char *text = record_text(r);
    assert_string_equal(text, "QUYẾT ĐỊNH\nsố 247\n\nNơi nhận:\n\f");
    free(text);
    text = page_text(&r->pages[1]);
    assert_string_equal(text, "");
    free(text);
    record_free(r);
}

static void json_there_and_back_is_the_same(void **state)
{
    (void)state;
    struct record *r = sample();
    struct record *back = NULL;
    json_t *j = record_to_json(r);
    char *text = json_text(j, false);
    assert_ok(record_from_json(j, &back));
    json_t *again = record_to_json(back);
    char *text_again = json_text(again, false);
    char *text_by_page = record_json_text(r);
    assert_string_equal(text, text_again);
    assert_string_equal(text, text_by_page);
    assert_int_equal(back->sources[0].bytes, 5000000000ULL);
    assert_int_equal(back->pages[0].doubts, DOUBT_TURN | DOUBT_NO_DPI);
    assert_int_equal(back->pages[0].turn_deg, 90);
    assert_string_equal(back->pages[0].lines[0].words[1].text, "ĐỊNH");
    assert_int_equal(back->pages[0].lines[2].block, 1);
    assert_string_equal(back->pages[1].cause, "crashed");
    assert_null(back->fields[0].value);
    assert_int_equal(back->stored_at, r->stored_at);
    free(text);
    free(text_again);
    free(text_by_page);
    json_decref(j);
    json_decref(again);
    record_free(r);
    record_free(back);
}

static enum status add_text(void *user, const char *line, size_t n)
{
    strbuf_add(user, line, n);
    strbuf_addc(user, '\n');
    return STATUS_OK;
}

static enum status take_no_line(void *user, const char *line, size_t n)
{
    (void)user;
    (void)line;
    (void)n;
    return fail(STATUS_NO_SPACE, "full");
}

static void lines_there_and_back_are_the_same(void **state)
{
    (void)state;
    struct record *r = sample();
    struct record *back = NULL;
    struct strbuf lines, again;
    strbuf_init(&lines);
    strbuf_init(&again);
    assert_ok(record_lines(r, add_text, &lines));
    assert_ok(record_from_lines(lines.s, lines.len, &back));
    assert_int_equal(back->n_pages, 2);
    assert_ok(record_lines(back, add_text, &again));
    assert_string_equal(lines.s, again.s);
    record_free(back);
    back = NULL;
    assert_ok(record_from_lines(lines.s, lines.len - 1, &back));
    assert_fails(STATUS_NO_SPACE, record_lines(r, take_no_line, NULL));
    record_free(r);
    record_free(back);
    strbuf_clear(&lines);
    strbuf_clear(&again);
}

static void damaged_lines_are_told(void **state)
{
    (void)state;
    struct record *r = sample();
    struct record *back = NULL;
    struct strbuf lines;
    strbuf_init(&lines);
    assert_ok(record_lines(r, add_text, &lines));
    assert_fails(STATUS_INVALID, record_from_lines("", 0, &back));
    assert_fails(STATUS_INVALID,
                 record_from_lines(lines.s, lines.len - 9, &back));
    assert_non_null(strstr(status_message(), "page 2"));
    strbuf_reset(&lines);
    r->pages[1].source = 7;
    assert_ok(record_lines(r, add_text, &lines));
    assert_fails(STATUS_INVALID, record_from_lines(lines.s, lines.len, &back));
    assert_null(back);
    record_free(r);
    strbuf_clear(&lines);
}

static void state_is_the_worst_of_the_pages(void **state)
{
    (void)state;
    struct record *r = sample();
    assert_string_equal(record_state(r), "partial");
    r->pages[1].state = PAGE_OK;
    assert_string_equal(record_state(r), "doubtful");
    r->pages[0].state = PAGE_BLANK;
    assert_string_equal(record_state(r), "doubtful");
    r->pages[0].state = PAGE_OK;
    assert_string_equal(record_state(r), "ok");
    r->pages[0].state = PAGE_TIMEOUT;
    assert_string_equal(record_state(r), "partial");
    record_free(r);
}

/* Change one member of the sample's first page and read it: must fail. */
static void page_with(const char *name, json_t *value)
{
    struct page p = sample_page();
    struct page out = {0};
    json_t *j = page_to_json(&p);
    json_object_set_new(j, name, value);
    assert_fails(STATUS_INVALID, page_from_json(j, &out));
    assert_int_equal(out.n_lines, 0);
    json_decref(j);
    page_clear(&p);
}

static json_t *one_line(const char *text)
{
    return json_loads(text, 0, NULL);
}

static void a_page_with_a_bad_value_is_refused(void **state)
{
    (void)state;
    page_with("width", json_integer(0));
    page_with("height", json_string("3508"));
    page_with("turn", json_integer(45));
    page_with("dpi", json_pack("[f,f]", 0.0, 300.0));
    page_with("dpi", json_pack("[f]", 300.0));
    page_with("confidence", json_integer(101));
    page_with("state", json_string("fine"));
    page_with("doubts", json_pack("[s]", "none"));
    page_with("origin", json_null());
    page_with("lines", json_object());
    page_with("source_page", json_integer(-1));
}

static void a_bad_word_or_line_is_refused(void **state)
{
    static const char *const lines[] = {
        "[{\"block\":0,\"box\":[0,0,2481,10],\"words\":[]}]",
        "[{\"block\":0,\"box\":[0,0,10],\"words\":[]}]",
        "[{\"block\":1,\"box\":[0,0,1,1],\"words\":[]},"
        "{\"block\":0,\"box\":[0,0,1,1],\"words\":[]}]",
        "[{\"block\":0,\"box\":[0,0,9,9],\"words\":[[\"\",0,0,1,1,9]]}]",
        "[{\"block\":0,\"box\":[0,0,9,9],\"words\":[[\"a b\",0,0,1,1,9]]}]",
        "[{\"block\":0,\"box\":[0,0,9,9],\"words\":[[\"a\",0,0,1,1,101]]}]",
        "[{\"block\":0,\"box\":[0,0,9,9],\"words\":[[\"a\",0,3500,1,9,90]]}]",
        "[{\"block\":0,\"box\":[0,0,9,9],\"words\":[[\"a\",0,0,-1,9,90]]}]",
        "[{\"block\":0,\"box\":[0,0,9,9],\"words\":[[\"a\",0,0,1,9]]}]",
        "[{\"block\":0,\"box\":[0,0,9,9],\"words\":[\"a\"]}]",
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(lines); i++)
        page_with("lines", one_line(lines[i]));
}

/* Change one member of the sample record and read it: must fail. */
static void record_with(const char *name, json_t *value)
{
    struct record *r = sample();
    struct record *out = NULL;
    json_t *j = record_to_json(r);
    json_object_set_new(j, name, value);
    assert_fails(STATUS_INVALID, record_from_json(j, &out));
    assert_null(out);
    json_decref(j);
    record_free(r);
}

static void a_record_with_a_bad_value_is_refused(void **state)
{
    (void)state;
    record_with("schema", json_integer(2));
    record_with("kind", json_string("other"));
    record_with("stored_at", json_string("yesterday"));
    record_with("sources", json_array()); /* pages point to source 0 */
    record_with("pages", json_null());
    record_with("id", json_integer(7));
    record_with("versions", json_pack("[{s:i}]", "number", 0));
}

static void a_path_out_of_the_package_is_refused(void **state)
{
    static const char *const paths[] = {"/etc/passwd", "data/../../x", "data/",
                                        "bagit.txt", "data//x"};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        struct record *r = sample();
        struct record *out = NULL;
        free(r->sources[0].path);
        r->sources[0].path = xstrdup(paths[i]);
        json_t *j = record_to_json(r);
        assert_fails(STATUS_INVALID, record_from_json(j, &out));
        json_decref(j);
        record_free(r);
    }
}

/* Whether a word has a digit or stands behind "rác"; *asked counts. */
static bool is_scrap(void *user, const struct line *l, int k)
{
    int *asked = user;

    ++*asked;
    return strpbrk(l->words[k].text, "0123456789") != NULL ||
           (k + 1 < l->n_words && strcmp(l->words[k + 1].text, "rác") == 0);
}

static void words_that_are_none_are_dropped_in_order(void **state)
{
    struct page p = {0};
    struct word before = {.text = xstrdup("trước")};
    int asked = 0;

    (void)state;
    p.dropped = xrealloc(NULL, 1, sizeof(*p.dropped));
    p.dropped[p.n_dropped++] = before;
    add_line(&p, 0, "số 247 của 2022 huyện");
    add_line(&p, 0, "1 22 333");
    add_line(&p, 1, "một rác Nơi nhận:");
    for (int i = 0; i < 20; i++)
        add_line(&p, 2, "44");
    assert_int_equal(page_drop_words(&p, is_scrap, &asked), 26);
    assert_int_equal(asked, 5 + 3 + 4 + 20);
    AUTO(free_char) char *text = page_text(&p);
    assert_string_equal(text, "số của huyện\n\nrác Nơi nhận:\n");
    assert_int_equal(p.n_dropped, 27);
    assert_string_equal(p.dropped[0].text, "trước");
    assert_string_equal(p.dropped[1].text, "247");
    assert_int_equal(p.dropped[1].box.x, 60);
    assert_string_equal(p.dropped[2].text, "2022");
    assert_string_equal(p.dropped[5].text, "333");
    assert_string_equal(p.dropped[6].text, "một");
    assert_string_equal(p.dropped[26].text, "44");
    page_clear(&p);
}

static bool is_never(void *user, const struct line *l, int k)
{
    (void)user;
    (void)l;
    (void)k;
    return false;
}

static void lines_without_words_go_and_the_others_stay(void **state)
{
    struct page p = {0};

    (void)state;
    add_line(&p, 0, "");
    add_line(&p, 0, "một");
    add_line(&p, 1, "");
    add_line(&p, 1, "hai ba");
    assert_int_equal(page_drop_words(&p, is_never, NULL), 0);
    assert_null(p.dropped);
    assert_int_equal(p.n_lines, 2);
    assert_string_equal(p.lines[0].words[0].text, "một");
    assert_int_equal(p.lines[1].n_words, 2);
    page_clear(&p);
    page_drop_empty_lines(&p);
    assert_int_equal(p.n_lines, 0);
}

static void codes_are_stable(void **state)
{
    (void)state;
    assert_string_equal(page_state_json(PAGE_TIMEOUT), "timeout");
    assert_string_equal(doubt_json(DOUBT_LOW_DPI), "low-dpi");
    assert_string_equal(doubt_text(DOUBT_BLANK), "blank page");
    assert_string_equal(text_origin_json(TEXT_DIGITAL), "born-digital");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_has_blocks_lines_and_form_feeds),
        cmocka_unit_test(json_there_and_back_is_the_same),
        cmocka_unit_test(lines_there_and_back_are_the_same),
        cmocka_unit_test(damaged_lines_are_told),
        cmocka_unit_test(state_is_the_worst_of_the_pages),
        cmocka_unit_test(a_page_with_a_bad_value_is_refused),
        cmocka_unit_test(a_bad_word_or_line_is_refused),
        cmocka_unit_test(a_record_with_a_bad_value_is_refused),
        cmocka_unit_test(a_path_out_of_the_package_is_refused),
        cmocka_unit_test(words_that_are_none_are_dropped_in_order),
        cmocka_unit_test(lines_without_words_go_and_the_others_stay),
        cmocka_unit_test(codes_are_stable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
