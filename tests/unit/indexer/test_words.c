/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and boxes, packed and unpacked. */
#include "sample.h"

#include "base/strbuf.h"
#include "indexer/words.h"
#include <limits.h>

/* The text and the boxes of a page, as the index keeps them. */
struct packed {
    struct strbuf text, boxes;
};

static void pack_record(const struct record *r, struct packed *out)
{
    strbuf_init(&out->text);
    strbuf_init(&out->boxes);
    words_pack(&r->pages[0], &out->text, &out->boxes);
}

static void pack(const char *text, struct packed *out)
{
    struct record *r = make_record("x", "", text);
    pack_record(r, out);
    record_free(r);
}

static enum status unpack(const struct packed *p, struct page_words *out)
{
    return words_unpack(p->text.s, p->text.len, p->boxes.s,
                        (int)p->boxes.len, out);
}

static void packed_clear(struct packed *p)
{
    strbuf_clear(&p->text);
    strbuf_clear(&p->boxes);
}

static void go_round(void **state)
{
    (void)state;
    struct packed packed;
    struct page_words w;
    pack("Số: 15\nĐắk Lắk", &packed);
    assert_ok(unpack(&packed, &w));
    assert_int_equal(w.n, 4);
    assert_memory_equal(w.items[2].text, "Đắk", 6);
    assert_int_equal(w.items[1].box.x, 100 + 50 + 10);
    assert_int_equal(w.items[1].box.y, 100);
    assert_int_equal(w.items[2].box.x, 100);
    assert_int_equal(w.items[2].box.y, 150);
    assert_int_equal(w.items[2].box.h, 40);
    words_clear(&w);
    packed_clear(&packed);
}

static void page_without_words_goes_round(void **state)
{
    (void)state;
    struct packed packed;
    struct page_words w;
    pack("", &packed);
    assert_ok(unpack(&packed, &w));
    assert_int_equal(w.n, 0);
    words_clear(&w);
    packed_clear(&packed);
}

static void extreme_boxes_go_round(void **state)
{
    (void)state;
    struct record *r = make_record("x", "", "a b");
    struct packed packed;
    struct page_words w;
    struct box far = {INT_MAX, INT_MIN, INT_MAX, 0};
    r->pages[0].lines[0].words[0].box = far;
    pack_record(r, &packed);
    assert_ok(unpack(&packed, &w));
    assert_memory_equal(&w.items[0].box, &far, sizeof(far));
    assert_memory_equal(&w.items[1].box, &r->pages[0].lines[0].words[1].box,
                        sizeof(far));
    words_clear(&w);
    packed_clear(&packed);
    record_free(r);
}

static void text_keeps_words_and_lines(void **state)
{
    (void)state;
    struct packed packed;
    pack("a b\nc", &packed);
    assert_string_equal(packed.text.s, "a b\nc\n");
    packed_clear(&packed);
}

static void word_with_a_space_is_two_with_one_box(void **state)
{
    (void)state;
    struct record *r = make_record("x", "", "a b");
    struct packed packed;
    struct page_words w;
    free(r->pages[0].lines[0].words[0].text);
    r->pages[0].lines[0].words[0].text = xstrdup(" m n ");
    pack_record(r, &packed);
    assert_ok(unpack(&packed, &w));
    assert_int_equal(w.n, 3);
    assert_memory_equal(&w.items[0].box, &w.items[1].box, sizeof(struct box));
    assert_memory_equal(w.items[2].text, "b", 1);
    words_clear(&w);
    packed_clear(&packed);
    record_free(r);
}

static void nothing_is_damaged(void **state)
{
    (void)state;
    struct page_words w;
    assert_fails(STATUS_DAMAGED, words_unpack("a", 1, "", 0, &w));
}

static void other_form_is_damaged(void **state)
{
    (void)state;
    struct page_words w;
    assert_fails(STATUS_DAMAGED, words_unpack("", 0, "\x01", 1, &w));
}

static void more_boxes_than_words_are_damaged(void **state)
{
    (void)state;
    struct packed packed;
    struct page_words w;
    pack("a b", &packed);
    assert_fails(STATUS_DAMAGED,
                 words_unpack("a", 1, packed.boxes.s, (int)packed.boxes.len,
                              &w));
    packed_clear(&packed);
}

/* Cut short anywhere, it does not add up; whatever it says, reading stays
 * inside. */
static void every_cut_and_flip_is_borne(void **state)
{
    (void)state;
    struct packed packed;
    struct page_words w;
    pack("Số: 15 Đắk Lắk", &packed);
    const struct strbuf *b = &packed.boxes;
    for (size_t n = 1; n < b->len; n++) {
        char *copy = malloc(n);
        memcpy(copy, b->s, n);
        assert_fails(STATUS_DAMAGED,
                     words_unpack(packed.text.s, packed.text.len, copy, (int)n,
                                  &w));
        free(copy);
    }
    for (size_t bit = 0; bit < b->len * 8; bit++) {
        char *copy = malloc(b->len);
        memcpy(copy, b->s, b->len);
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
        if (words_unpack(packed.text.s, packed.text.len, copy, (int)b->len,
                         &w) == STATUS_OK)
            words_clear(&w);
        free(copy);
    }
    packed_clear(&packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(go_round),
        cmocka_unit_test(page_without_words_goes_round),
        cmocka_unit_test(extreme_boxes_go_round),
        cmocka_unit_test(text_keeps_words_and_lines),
        cmocka_unit_test(word_with_a_space_is_two_with_one_box),
        cmocka_unit_test(more_boxes_than_words_are_damaged),
        cmocka_unit_test(nothing_is_damaged),
        cmocka_unit_test(other_form_is_damaged),
        cmocka_unit_test(every_cut_and_flip_is_borne),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
