/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and boxes, packed and unpacked. */
#include "coding.h"
#include "sample.h"

#include "indexer/words.h"
#include <limits.h>

/* A page as the index keeps it, and what comes out of that. */
struct packed {
    struct strbuf text, codes, boxes;
    struct page_words words;
    struct box box[16];
};

static void pack_record(struct coding *c, const struct record *r,
                        struct packed *out)
{
    strbuf_init(&out->text);
    strbuf_init(&out->boxes);
    words_pack(&r->pages[0], &out->text, &out->boxes);
    encode(c, out->text.s, &out->codes);
    assert_ok(
        words_read(&c->words, out->codes.s, (int)out->codes.len, &out->words));
}

static void pack(struct coding *c, const char *text, struct packed *out)
{
    struct record *r = make_record("x", "", text);
    pack_record(c, r, out);
    record_free(r);
}

static enum status unpack(struct packed *p)
{
    assert_true(p->words.n <= (int)ARRAY_LEN(p->box));
    return words_boxes(&p->words, p->boxes.s, (int)p->boxes.len, p->words.n,
                       p->box);
}

static void packed_clear(struct packed *p)
{
    words_clear(&p->words);
    strbuf_clear(&p->text);
    strbuf_clear(&p->codes);
    strbuf_clear(&p->boxes);
}

static void go_round(void **state)
{
    struct packed p;
    pack(*state, "Số: 15\nĐắk Lắk", &p);
    assert_ok(unpack(&p));
    assert_int_equal(p.words.n, 4);
    assert_int_equal(p.words.items[2].letters, 3);
    assert_int_equal(p.words.items[2].first, 2);
    assert_int_equal(p.box[1].x, 100 + 50 + 10);
    assert_int_equal(p.box[1].y, 100);
    assert_int_equal(p.box[2].x, 100);
    assert_int_equal(p.box[2].y, 150);
    assert_int_equal(p.box[2].h, 40);
    packed_clear(&p);
}

static void words_are_told_by_gaps_alone(void **state)
{
    struct packed p;
    pack(*state, "15/QĐ-UBND, (—) ... “Lắk”.", &p);
    assert_int_equal(p.words.n, 4);
    assert_int_equal(p.words.items[0].letters, 11);
    assert_int_equal(p.words.items[1].first, 3);
    assert_int_equal(p.words.items[2].first, 3);
    assert_int_equal(p.words.items[3].letters, 6);
    packed_clear(&p);
}

static void first_boxes_may_be_read_alone(void **state)
{
    struct packed p;
    struct box two[2];
    pack(*state, "a b c", &p);
    assert_ok(unpack(&p));
    assert_ok(words_boxes(&p.words, p.boxes.s, (int)p.boxes.len, 2, two));
    assert_memory_equal(two, p.box, sizeof(two));
    packed_clear(&p);
}

static void page_without_words_goes_round(void **state)
{
    struct packed p;
    pack(*state, "", &p);
    assert_ok(unpack(&p));
    assert_int_equal(p.words.n, 0);
    packed_clear(&p);
}

static void extreme_boxes_go_round(void **state)
{
    struct record *r = make_record("x", "", "a b");
    struct packed p;
    struct box far = {INT_MAX, INT_MIN, INT_MAX, 0};
    r->pages[0].lines[0].words[0].box = far;
    pack_record(*state, r, &p);
    assert_ok(unpack(&p));
    assert_memory_equal(&p.box[0], &far, sizeof(far));
    assert_memory_equal(&p.box[1], &r->pages[0].lines[0].words[1].box,
                        sizeof(far));
    packed_clear(&p);
    record_free(r);
}

static void text_keeps_words_and_lines(void **state)
{
    struct packed p;
    pack(*state, "a b\nc", &p);
    assert_string_equal(p.text.s, "a b\nc\n");
    packed_clear(&p);
}

static void word_with_a_space_is_two_with_one_box(void **state)
{
    struct record *r = make_record("x", "", "a b");
    struct packed p;
    free(r->pages[0].lines[0].words[0].text);
    r->pages[0].lines[0].words[0].text = xstrdup(" m n ");
    pack_record(*state, r, &p);
    assert_ok(unpack(&p));
    assert_int_equal(p.words.n, 3);
    assert_memory_equal(&p.box[0], &p.box[1], sizeof(struct box));
    packed_clear(&p);
    record_free(r);
}

static void nothing_is_damaged(void **state)
{
    struct packed p;
    pack(*state, "a", &p);
    assert_fails(STATUS_DAMAGED, words_boxes(&p.words, "", 0, 1, p.box));
    packed_clear(&p);
}

static void other_form_is_damaged(void **state)
{
    struct packed p;
    pack(*state, "", &p);
    assert_fails(STATUS_DAMAGED, words_boxes(&p.words, "\x01", 1, 0, p.box));
    packed_clear(&p);
}

static void more_boxes_than_words_are_damaged(void **state)
{
    struct packed p, one;
    pack(*state, "a b", &p);
    pack(*state, "a", &one);
    assert_fails(STATUS_DAMAGED,
                 words_boxes(&one.words, p.boxes.s, (int)p.boxes.len,
                             one.words.n, one.box));
    packed_clear(&p);
    packed_clear(&one);
}

/* Cut short anywhere, it does not add up; whatever it says, reading stays
 * inside. */
static void every_cut_and_flip_is_borne(void **state)
{
    struct packed p;
    pack(*state, "Số: 15 Đắk Lắk", &p);
    const struct strbuf *b = &p.boxes;
    for (size_t n = 1; n < b->len; n++) {
        char *copy = malloc(n);
        memcpy(copy, b->s, n);
        assert_fails(STATUS_DAMAGED,
                     words_boxes(&p.words, copy, (int)n, p.words.n, p.box));
        free(copy);
    }
    for (size_t bit = 0; bit < b->len * 8; bit++) {
        char *copy = malloc(b->len);
        memcpy(copy, b->s, b->len);
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
        (void)!words_boxes(&p.words, copy, (int)b->len, p.words.n, p.box);
        free(copy);
    }
    packed_clear(&p);
}

static void every_cut_of_the_text_is_borne(void **state)
{
    struct coding *c = *state;
    struct packed p;
    struct page_words words;
    pack(c, "Số: 15/QĐ, “hồ sơ”", &p);
    for (size_t n = 1; n < p.codes.len; n++)
        for (int bit = 0; bit < 8; bit++) {
            char *copy = malloc(n);
            memcpy(copy, p.codes.s, n);
            copy[n - 1] = (char)(copy[n - 1] ^ 1 << bit);
            if (words_read(&c->words, copy, (int)n, &words) == STATUS_OK)
                words_clear(&words);
            free(copy);
        }
    packed_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        coding_test(go_round),
        coding_test(words_are_told_by_gaps_alone),
        coding_test(first_boxes_may_be_read_alone),
        coding_test(page_without_words_goes_round),
        coding_test(extreme_boxes_go_round),
        coding_test(text_keeps_words_and_lines),
        coding_test(word_with_a_space_is_two_with_one_box),
        coding_test(more_boxes_than_words_are_damaged),
        coding_test(nothing_is_damaged),
        coding_test(other_form_is_damaged),
        coding_test(every_cut_and_flip_is_borne),
        coding_test(every_cut_of_the_text_is_borne),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
