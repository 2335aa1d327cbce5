/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of rules, and the helpers with which text is looked through. */
#include "pipeline/extract_inner.h"
#include "pipeline/match.h"
#include "unit/pipeline/made_page.h"
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void tables_load(void **state)
{
    (void)state;
    for (int i = 0; i < TABLE_COUNT; i++)
        assert_true(made_rules->tables[i].n_rows > 0);
    assert_int_equal(rules_threshold(made_rules, "no such field"),
                     rules_threshold(made_rules, "*"));
    assert_true(rules_threshold(made_rules, "number") >= 70);
}

/* Every abbreviation and title of the tables is found again. */
static void tables_are_sound(void **state)
{
    (void)state;
    const struct table *t = &made_rules->tables[TABLE_TYPES];
    for (int i = 0; i < t->n_rows; i++) {
        const char *abbreviation = table_cell(t, i, 1);
        if (strcmp(abbreviation, "-") == 0)
            continue;
        AUTO(free_char) char *clean =
            notation_clean(made_rules, abbreviation);
        assert_non_null(clean);
    }
    t = &made_rules->tables[TABLE_STAFF_FORMS];
    for (int i = 0; i < t->n_rows; i++) {
        const char *tells = table_cell(t, i, 3);
        assert_true(strcmp(tells, "yes") == 0 || strcmp(tells, "no") == 0);
        assert_true(strcmp(table_cell(t, i, 0), "-") != 0 ||
                    strcmp(table_cell(t, i, 4), "-") != 0);
    }
    t = &made_rules->tables[TABLE_THRESHOLDS];
    for (int i = 0; i < t->n_rows; i++) {
        int percent = atoi(table_cell(t, i, 1));
        assert_true(percent > 0 && percent <= 100);
    }
}

/* More confidence is never worth less, and every field has a worth. */
static void confidence_rises(void **state)
{
    (void)state;
    static const char *const fields[] = {"number", "signer", "no such field"};
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        int last = 0;
        for (int pct = 0; pct <= 100; pct++) {
            int right = rules_right_pct(made_rules, fields[i], pct);
            assert_true(right >= last && right <= 100);
            last = right;
        }
        assert_true(last >= 90);
    }
}

/* A setting asks for more: what is right less often is left to a person. */
static void values_must_be_right_often_enough(void **state)
{
    (void)state;
    static const struct made_row rows[] = {
        {LEFT, 150, "SỞ KHOA HỌC VÀ CÔNG NGHỆ"},
        {RIGHT, 150, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
        {RIGHT, 200, "Độc lập - Tự do - Hạnh phúc"},
        {LEFT, 260, "Số: 247/GP-SKHCN"},
    };
    struct record *r = MADE("result", rows);
    assert_field(r, "number", "247/GP-SKHCN");
    extract_rules_fill(made_rules, 100);
    assert_ok(extract_fields(made_rules, r));
    assert_review(r, "number");
    extract_rules_fill(made_rules, 0);
    record_free(r);
}

static void missing_folder(void **state)
{
    (void)state;
    struct extract_rules *rules = NULL;
    assert_fails(STATUS_NOT_FOUND, extract_rules_load("/nowhere", &rules));
    assert_non_null(strstr(status_message(), "/nowhere/types.tsv"));
    assert_null(rules);
}

static void wrong_line(void **state)
{
    (void)state;
    char dir[] = "/tmp/hoso-rules-XXXXXX";
    assert_non_null(mkdtemp(dir));
    AUTO(free_char) char *path = xasprintf("%s/types.tsv", dir);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("# types\n\nQuyết định\tQĐ\n", f);
    fclose(f);
    struct extract_rules *rules = NULL;
    assert_fails(STATUS_CONFIG, extract_rules_load(dir, &rules));
    assert_non_null(strstr(status_message(), "line 3"));
    unlink(path);
    rmdir(dir);
}

static void assert_spelled(const char *read, const char *want, bool want_known)
{
    bool known = false;
    AUTO(free_char) char *got = rules_spell(made_rules, read, &known);
    assert_string_equal(got, want);
    assert_int_equal(known, want_known);
}

static void spelling(void **state)
{
    (void)state;
    assert_spelled("SỞ Y TẺ", "SỞ Y TẾ", true);
    assert_spelled("UBND TĨNH BẤC KAN", "UBND TỈNH BẮC KẠN", true);
    assert_spelled("Thừa Thiên Hué", "Thừa Thiên Huế", true);
    assert_spelled("TRUNG TÂM CHIẾU XẠ", "TRUNG TÂM CHIẾU XẠ", false);
    assert_spelled("THỦ TƯỚNG CHÍNHPHỦ", "THỦ TƯỚNG CHÍNH PHỦ", true);
    assert_spelled("", "", false);
}

static void notations(void **state)
{
    (void)state;
    static const char *const good[][2] = {
        {"QD-UBND", "QĐ-UBND"},       {"UBND- KSTTHC", "UBND-KSTTHC"},
        {"TTr–HDND.", "TTr-HĐND"},    {"ND-CP,", "NĐ-CP"},
        {"BTC-QLGCS", "BTC-QLGCS"},   {"CTr/TU", "CTr/TU"},
        {"ÐA-SKHCN", "ĐA-SKHCN"}};
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        AUTO(free_char) char *clean =
            notation_clean(made_rules, good[i][0]);
        assert_non_null(clean);
        assert_string_equal(clean, good[i][1]);
    }
    static const char *const bad[] = {"", "-", "2021", "qđ-ubnd", "Q}-UB",
                                      "QĐ--UBND"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        AUTO(free_char) char *clean = notation_clean(made_rules, bad[i]);
        assert_null(clean);
    }
}

static void words_nearly_right(void **state)
{
    (void)state;
    size_t end = 0;
    assert_true(match_begins("noi nham: xx", "noi nhan", &end));
    assert_int_equal(end, strlen("noi nham"));
    assert_true(match_begins("— cong hoa xa hoi chu nghia vietnam",
                             "cong hoa xa hoi chu nghia viet nam", &end));
    assert_false(match_begins("luat", "lenh", &end));
    assert_false(match_begins("thong tin", "thong tu", &end));
    assert_false(match_begins("", "thong tu", &end));
    assert_true(match_close("giam doc", "giam d0c"));
    assert_false(match_close("giam doc so", "giam doc"));
}

static void words_inside_a_text(void **state)
{
    (void)state;
    size_t end = 0;
    const char *text = "ngay sinh:\nnoi  sinh: ha noi, noi\nsinh";
    assert_int_equal(match_words(text, 0, "noi sinh", &end), 11);
    assert_int_equal(end, 20);
    assert_int_equal(match_words(text, end, "noi sinh", &end), 30);
    assert_true(match_words(text, 0, "oi sinh", &end) == SIZE_MAX);
    assert_true(match_words(text, 0, "noi sin", &end) == SIZE_MAX);
}

static void passage_finds_its_words(void **state)
{
    (void)state;
    const struct token tokens[] = {
        {.text = "Số", .box = {10, 10, 20, 10}, .conf_pct = 90, .page = 1},
        {.text = "Đặng", .box = {40, 12, 30, 10}, .conf_pct = 60, .page = 1},
        {.text = "—", .box = {80, 12, 5, 10}, .conf_pct = 3, .page = 1},
        {.text = "Ầ", .box = {10, 40, 8, 10}, .conf_pct = 80, .page = 1}};
    struct passage p;
    passage_begin(&p);
    passage_add_row(&p, tokens, 3);
    passage_add_row(&p, tokens + 3, 1);
    passage_end(&p);
    assert_string_equal(p.text, "Số Đặng —\nẦ");
    assert_string_equal(p.fold, "so dang -\na");
    struct span s = passage_text_span(&p, (struct span){3, 7});
    AUTO(free_char) char *word = passage_copy(&p, s);
    assert_string_equal(word, "Đặng");
    struct evidence e = passage_evidence(&p, (struct span){0, p.len});
    assert_int_equal(e.min_pct, 60); /* the dash does not count */
    assert_int_equal(e.n_words, 4);
    assert_int_equal(e.box.x, 10);
    assert_int_equal(e.box.w, 75);
    assert_int_equal(e.box.h, 40);
    assert_ptr_equal(passage_token(&p, s.from), &tokens[1]);
    assert_null(passage_token(&p, 4));
    passage_clear(&p);
}

static void trimming(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"- Sở Y tế;", "Sở Y tế"},
                                          {"“HT”. ", "HT"},
                                          {"X (Sử dụng Y)", "X (Sử dụng Y)"},
                                          {"A).", "A"},
                                          {"—", ""}};
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct token t = {.text = rows[i][0], .page = 1};
        struct passage p;
        passage_begin(&p);
        passage_add_row(&p, &t, 1);
        passage_end(&p);
        struct span s = passage_trim(&p, (struct span){0, p.len});
        AUTO(free_char) char *got = passage_copy(&p, s);
        assert_string_equal(got, rows[i][1]);
        passage_clear(&p);
    }
}

/* Text that makes a pattern run wild is given up, not waited for. */
static void patterns_are_bounded(void **state)
{
    (void)state;
    struct pattern *p = pattern_new("^(a+)+$");
    struct span g[PATTERN_GROUPS];
    char text[64];
    memset(text, 'a', 60);
    strcpy(text + 60, "b");
    assert_false(pattern_find(p, text, 0, strlen(text), g));
    assert_true(pattern_find(p, "aaa", 0, 3, g));
    assert_int_equal(g[0].to, 3);
    pattern_free(p);
}

/* Whatever the words are, nothing breaks. */
static void odd_words(void **state)
{
    (void)state;
    static const char *const odd[] = {
        "/", "Số:", "Số:/", "ngày", "Nơi nhận", "V/v", "\xef\xbf\xbd", "𝕊",
        "((((", "QUYẾT", "ĐỊNH", "1)", "Họ và tên:", "000.00.00.H00-000000-",
        "Căn", "cứ", "ͯ", "٣/٤", "ngày 1 tháng 2 năm", "KT."};
    unsigned seed = 7;
    for (int round = 0; round < 200; round++) {
        struct record *r = made_record(round % 2 ? "staff" : "work");
        struct made_row rows[20];
        char *texts[20];
        for (int i = 0; i < 20; i++) {
            struct strbuf b;
            strbuf_init(&b);
            for (int k = 0; k < 5; k++) {
                seed = seed * 1103515245u + 12345u;
                strbuf_addf(&b, "%s%s", k ? " " : "",
                            odd[seed / 65536 % ARRAY_LEN(odd)]);
            }
            texts[i] = strbuf_take(&b);
            rows[i] = (struct made_row){i % 3 ? MIDDLE : LEFT, 100 * i,
                                        texts[i]};
        }
        made_add(r, rows, 20);
        assert_ok(extract_fields(made_rules, r));
        for (int i = 0; i < 20; i++)
            free(texts[i]);
        record_free(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_load),
        cmocka_unit_test(tables_are_sound),
        cmocka_unit_test(confidence_rises),
        cmocka_unit_test(values_must_be_right_often_enough),
        cmocka_unit_test(missing_folder),
        cmocka_unit_test(wrong_line),
        cmocka_unit_test(spelling),
        cmocka_unit_test(notations),
        cmocka_unit_test(words_nearly_right),
        cmocka_unit_test(words_inside_a_text),
        cmocka_unit_test(passage_finds_its_words),
        cmocka_unit_test(trimming),
        cmocka_unit_test(patterns_are_bounded),
        cmocka_unit_test(odd_words),
    };
    return cmocka_run_group_tests(tests, made_setup, made_teardown);
}
