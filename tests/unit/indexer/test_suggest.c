/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean": what is suggested for queries with one word wrong. */
#include "sample.h"

static const char *const texts[] = {
    "Thông báo kết quả thẩm định hồ sơ cấp giấy phép tiến hành công việc",
    "Quyết định về việc thành lập hội đồng khoa học và công nghệ tỉnh",
    "Báo cáo tình hình thực hiện quy hoạch sử dụng đất năm nay",
    "Kế hoạch kiểm tra an toàn bức xạ tại các cơ sở y tế trên địa bàn",
    "Biên bản họp hội đồng về tình hình khai thác khoáng sản",
    "Tờ trình về quy định mức thu phí thẩm định",
    "Công văn trả lời về mức hỗ trợ và cấp giấy chứng nhận",
};

static void put_all(struct sample *s)
{
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        char id[16];
        snprintf(id, sizeof(id), "%zu", i);
        put_text(s, id, texts[i]);
    }
}

/* want: NULL for none. */
static void expect_suggestion(struct sample *s, const char *text,
                              const char *want)
{
    struct hits h;
    assert_ok(fulltext_search(s->index, &(struct query){.text = text}, &h));
    if (!h.suggestion != !want || (want && strcmp(h.suggestion, want) != 0))
        fail_msg("[%s]: suggested [%s], not [%s]", text,
                 h.suggestion ? h.suggestion : "nothing",
                 want ? want : "nothing");
    hits_clear(&h);
}

static void one_error_is_put_right(void **state)
{
    static const char *const cases[][2] = {
        {"giay phap tien hanh", "giay phep tien hanh"},     /* another letter */
        {"thong bao ket qa", "thong bao ket qua"},          /* one missing */
        {"an toanf buc xa", "an toan buc xa"},              /* one too many */
        {"khoa hoc va cogn nghe", "khoa hoc va cong nghe"}, /* exchanged */
        {"tinh hinh khai thac khoang sari", NULL},          /* two letters */
        {"bien bail hop", NULL},
        {"t1nh hinh thuc hien", "tinh hinh thuc hien"}, /* 1 for i */
        {"ke hoach kiern tra", "ke hoach kiem tra"},    /* rn for m */
        {"hien qiiy hoach su", "hien quy hoach su"},    /* ii for u */
        {"ve qyu dinh muc", "ve quy dinh muc"},
    };
    struct sample *s = *state;
    put_all(s);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_suggestion(s, cases[i][0], cases[i][1]);
}

/* What stands around a word decides: "mức" and "múc" are words both. */
static void neighbours_decide(void **state)
{
    struct sample *s = *state;
    put_all(s);
    put_text(s, "many", "cong cong cong cong cong");
    put_text(s, "more", "cong cong cong");
    expect_suggestion(s, "hội đòng khoa học", NULL); /* folded, it is right */
    expect_suggestion(s, "hội đonng khoa học", "hội dong khoa học");
    expect_suggestion(s, "va coong nghe tinh", "va cong nghe tinh");
}

/* The wrong word is a word, too, and pages have all words somewhere. */
static void a_word_at_the_wrong_place_is_put_right(void **state)
{
    struct sample *s = *state;
    put_all(s);
    for (int i = 0; i < 6; i++) {
        char id[16];
        snprintf(id, sizeof(id), "x%d", i);
        put_text(s, id, "dinh, co, ho, cap, tham, so; dinh: ho");
    }
    expect_suggestion(s, "tham dinh ho co cap", "tham dinh ho so cap");
}

static void what_stands_there_is_left_as_it_is(void **state)
{
    struct sample *s = *state;
    put_all(s);
    expect_suggestion(s, "giấy phép tiến hành", NULL);
    expect_suggestion(s, "\"an toàn bức xạ\"", NULL);
    expect_suggestion(s, "hoi dong", NULL);
    expect_suggestion(s, "xyzzyx qwertyu", NULL);
}

static void spaces_are_put_right(void **state)
{
    static const char *const cases[][2] = {
        {"quyếtđịnh", "quyết định"},
        {"hoidong khoa hoc", "hoi dong khoa hoc"},
        {"\"khoáng sản quyhoạch\"", NULL}, /* they do not stand so */
        {"microsoft", "micro soft"},       /* cut by a line's end */
        {"viet namnet", "vietnamnet"},
        {"viet nam net", NULL}, /* one space is put right, not two */
    };
    struct sample *s = *state;
    put_all(s);
    put_text(s, "cut", "phần mềm Micro-\nsoft");
    put_text(s, "one", "báo VietNamNet đưa tin");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect_suggestion(s, cases[i][0], cases[i][1]);
}

/* What is suggested is asked within the same fields. */
static void fields_are_kept(void **state)
{
    struct sample *s = *state;
    struct record *r = make_record("typed", "", texts[1]);
    struct field f = {.name = xstrdup("type"),
                      .value = xstrdup("Quyết định"),
                      .page = 1,
                      .conf_pct = 95,
                      .rule = xstrdup("made"),
                      .state = xstrdup("sure")};
    put_all(s);
    record_take_field(r, &f);
    put(s, r);
    expect_suggestion(s, "loại:\"quyết định\" hoi donng khoa",
                      "loại:\"quyết định\" hoi dong khoa");
    expect_suggestion(s, "loại:\"giấy phép\" hoi donng khoa", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sample_test(one_error_is_put_right),
        sample_test(neighbours_decide),
        sample_test(a_word_at_the_wrong_place_is_put_right),
        sample_test(what_stands_there_is_left_as_it_is),
        sample_test(spaces_are_put_right),
        sample_test(fields_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
