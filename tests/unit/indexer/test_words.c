/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and boxes, packed and unpacked. */
#include "sample.h"

#include "base/strbuf.h"
#include "indexer/words.h"
#include <limits.h>

static void pack(const char *text, struct strbuf *out)
{
    struct record *r = make_record("x", "", text);
    strbuf_init(out);
    words_pack(&r->pages[0], out);
    record_free(r);
}

static void go_round(void **state)
{
    (void)state;
    struct strbuf packed;
    struct page_words w;
    pack("Số: 15\nĐắk Lắk", &packed);
    assert_ok(words_unpack(packed.s, (int)packed.len, &w));
    assert_int_equal(w.n, 4);
    assert_memory_equal(w.items[2].text, "Đắk", 6);
    assert_int_equal(w.items[1].box.x, 100 + 50 + 10);
    assert_int_equal(w.items[1].box.y, 100);
    assert_int_equal(w.items[2].box.x, 100);
    assert_int_equal(w.items[2].box.y, 150);
    assert_int_equal(w.items[2].box.h, 40);
    words_clear(&w);
    strbuf_clear(&packed);
}

static void page_without_words_goes_round(void **state)
{
    (void)state;
    struct strbuf packed;
    struct page_words w;
    pack("", &packed);
    assert_ok(words_unpack(packed.s, (int)packed.len, &w));
    assert_int_equal(w.n, 0);
    words_clear(&w);
    strbuf_clear(&packed);
}

static void extreme_boxes_go_round(void **state)
{
    (void)state;
    struct record *r = make_record("x", "", "a b");
    struct strbuf packed;
    struct page_words w;
    struct box far = {INT_MAX, INT_MIN, INT_MAX, 0};
    r->pages[0].lines[0].words[0].box = far;
    strbuf_init(&packed);
    words_pack(&r->pages[0], &packed);
    assert_ok(words_unpack(packed.s, (int)packed.len, &w));
    assert_memory_equal(&w.items[0].box, &far, sizeof(far));
    assert_memory_equal(&w.items[1].box, &r->pages[0].lines[0].words[1].box,
                        sizeof(far));
    words_clear(&w);
    strbuf_clear(&packed);
    record_free(r);
}

static void text_has_spaces_between_words(void **state)
{
    (void)state;
    struct strbuf packed, text;
    struct page_words w;
    pack("a b\nc", &packed);
    strbuf_init(&text);
    assert_ok(words_unpack(packed.s, (int)packed.len, &w));
    words_text(&w, &text);
    assert_string_equal(text.s, "a b c");
    words_clear(&w);
    strbuf_clear(&packed);
    strbuf_clear(&text);
}

static void nothing_is_damaged(void **state)
{
    (void)state;
    struct page_words w;
    assert_fails(STATUS_DAMAGED, words_unpack("", 0, &w));
}

static void other_form_is_damaged(void **state)
{
    (void)state;
    struct page_words w;
    assert_fails(STATUS_DAMAGED, words_unpack("\x02", 1, &w));
}

/* Cut short anywhere but between lines, it does not add up; whatever it says,
 * reading stays inside. */
static void every_cut_and_flip_is_borne(void **state)
{
    (void)state;
    struct strbuf packed;
    struct page_words w;
    pack("Số: 15 Đắk Lắk", &packed);
    for (size_t n = 2; n < packed.len; n++) {
        char *copy = malloc(n);
        memcpy(copy, packed.s, n);
        assert_fails(STATUS_DAMAGED, words_unpack(copy, (int)n, &w));
        free(copy);
    }
    for (size_t bit = 0; bit < packed.len * 8; bit++) {
        char *copy = malloc(packed.len);
        memcpy(copy, packed.s, packed.len);
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
        if (words_unpack(copy, (int)packed.len, &w) == STATUS_OK)
            words_clear(&w);
        free(copy);
    }
    strbuf_clear(&packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(go_round),
        cmocka_unit_test(page_without_words_goes_round),
        cmocka_unit_test(extreme_boxes_go_round),
        cmocka_unit_test(text_has_spaces_between_words),
        cmocka_unit_test(nothing_is_damaged),
        cmocka_unit_test(other_form_is_damaged),
        cmocka_unit_test(every_cut_and_flip_is_borne),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
