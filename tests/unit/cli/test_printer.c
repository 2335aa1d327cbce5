/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door for all text: clean, in columns, in the user's numbers. */
#include "unit/unit.h"

#include "base/i18n.h"
#include "base/text.h"
#include "cli/printer.h"
#include "unit/cli/capture.h"

#include <string.h>

static void control_characters_do_not_pass(void **state)
{
    (void)state;
    static const struct {
        const char *text, *clean;
    } cases[] = {
        {"plain\n\ttext", "plain\n\ttext"},
        {"Giấy phép số 12", "Giấy phép số 12"},
        {"\033[2Jgone\a\r\b\x7f", "\\x1B[2Jgone\\x07\\x0D\\x08\\x7F"},
        {"a\xc2\x9b"
         "31m",
         "a\\u009B31m"}, /* C1: CSI */
        {"x\xe2\x80\xae"
         "fdp.exe",
         "x\\u202Efdp.exe"}, /* right to left */
        {"line\xe2\x80\xa8sep", "line\\u2028sep"},
        {"bad\xffutf", "bad\xef\xbf\xbdutf"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct strbuf b;
        strbuf_init(&b);
        clean_text(&b, cases[i].text, strlen(cases[i].text), true);
        assert_string_equal(b.s, cases[i].clean);
        strbuf_clear(&b);
    }
}

static void newlines_pass_only_where_lines_are_meant(void **state)
{
    (void)state;
    struct strbuf b;
    strbuf_init(&b);
    clean_text(&b, "a\nb\tc", 5, false);
    assert_string_equal(b.s, "a\\x0Ab\\x09c");
    strbuf_clear(&b);
}

static void print_cleans_what_it_is_given(void **state)
{
    (void)state;
    struct printer p;
    printer_start(&p);
    struct capture c = capture_start();
    print(&p, "%s|", "\033]0;title\a");
    print_style(&p, STYLE_BOLD);
    print(&p, "end");
    AUTO(free_char) char *text = capture_end(&c);
    assert_string_equal(text, "\\x1B]0;title\\x07|end");
}

static void json_stays_json_and_is_clean(void **state)
{
    (void)state;
    struct printer p;
    json_t *back = NULL;
    const char *hostile = "\033[2J\xc2\x9b\x7f\xe2\x80\xae \" \\ số";
    printer_start(&p);
    struct capture c = capture_start();
    print_json(&p, json_pack("{s:s}", "name", hostile));
    AUTO(free_char) char *text = capture_end(&c);
    for (const char *s = text; *s != '\0'; s++)
        assert_true((unsigned char)*s >= 0x20 || *s == '\n');
    assert_null(strstr(text, "\xc2\x9b"));
    assert_null(strchr(text, 0x7f));
    assert_ok(json_parse(text, strlen(text), "test", &back));
    assert_string_equal(json_string_or(back, "name", ""), hostile);
    json_decref(back);
}

static void columns_are_filled_and_cut(void **state)
{
    (void)state;
    struct printer p;
    printer_start(&p);
    struct capture c = capture_start();
    print_column(&p, "số", 5);
    print(&p, "|");
    print_column(&p, "Quyết định phê duyệt", 8);
    print(&p, "|");
    print_column(&p, "a\nb", 8);
    print(&p, "|");
    AUTO(free_char) char *text = capture_end(&c);
    assert_string_equal(text, "số   |Quyết đ…|a\\x0Ab  |");
}

static void paragraphs_are_wrapped_at_eighty(void **state)
{
    (void)state;
    struct printer p;
    char words[400] = "";
    printer_start(&p);
    for (int i = 0; i < 40; i++)
        strcat(words, i ? " chữ" : "chữ");
    struct capture c = capture_start();
    print_wrapped(&p, words, 26, 10);
    AUTO(free_char) char *text = capture_end(&c);
    char *rest = text;
    int lines = 0;
    for (char *line; (line = strsep(&rest, "\n")) != NULL; lines++) {
        assert_true(text_width(line) <= 80);
        if (lines > 0 && *line != '\0')
            assert_memory_equal(line, "                          ch", 28);
    }
    assert_int_equal(lines, 5); /* the last is empty */
}

static void form_feeds_stay_in_a_file(void **state)
{
    (void)state;
    struct printer p;
    printer_start(&p);
    struct capture c = capture_start();
    print_document(&p, "one\n\ftwo\n\f");
    AUTO(free_char) char *text = capture_end(&c);
    assert_string_equal(text, "one\n\ftwo\n\f");
    c = capture_start();
    p.out_is_terminal = true;
    print_document(&p, "one\n\ftwo\n");
    AUTO(free_char) char *shown = capture_end(&c);
    assert_string_equal(shown, "one\n\ntwo\n");
}

static void a_full_disk_is_an_error(void **state)
{
    (void)state;
    struct printer p;
    printer_start(&p);
    FILE *full = fopen("/dev/full", "w");
    if (full == NULL)
        skip();
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    dup2(fileno(full), STDOUT_FILENO);
    print(&p, "result\n");
    enum status st = printer_flush(&p);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    fclose(full);
    clearerr(stdout);
    assert_int_equal(st, STATUS_NO_SPACE);
    assert_non_null(strstr(status_message(), "standard output"));
}

static void numbers_are_grouped(void **state)
{
    (void)state;
    char out[NUMBER_BYTES];
    assert_string_equal(number_text(0, out), "0");
    assert_string_equal(number_text(999, out), "999");
    assert_string_equal(number_text(1000, out), "1,000");
    assert_string_equal(number_text(-1234567, out), "-1,234,567");
    assert_string_equal(number_text(INT64_MAX, out),
                        "9,223,372,036,854,775,807");
}

static void sizes_have_a_unit(void **state)
{
    (void)state;
    char out[NUMBER_BYTES];
    assert_string_equal(bytes_text(999, out), "999 B");
    assert_string_equal(bytes_text(1000, out), "1.0 kB");
    assert_string_equal(bytes_text(12345678, out), "12.3 MB");
    assert_string_equal(bytes_text(999960, out), "1.0 MB");
}

static void durations_are_short(void **state)
{
    (void)state;
    char out[NUMBER_BYTES];
    assert_string_equal(duration_text(400, out), "0 s");
    assert_string_equal(duration_text(59400, out), "59 s");
    assert_string_equal(duration_text(72000, out), "1 min 12 s");
    assert_string_equal(duration_text(7500000, out), "2 h 05 min");
}

static void a_vietnamese_office_writes_numbers_its_way(void **state)
{
    (void)state;
    char out[NUMBER_BYTES];
    i18n_start("vi");
    if (!i18n_vietnamese()) {
        i18n_start("en");
        skip(); /* the translations are not built */
    }
    assert_string_equal(number_text(1234567, out), "1.234.567");
    assert_string_equal(bytes_text(12345678, out), "12,3 MB");
    i18n_start("en");
    assert_false(i18n_vietnamese());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(control_characters_do_not_pass),
        cmocka_unit_test(newlines_pass_only_where_lines_are_meant),
        cmocka_unit_test(print_cleans_what_it_is_given),
        cmocka_unit_test(json_stays_json_and_is_clean),
        cmocka_unit_test(columns_are_filled_and_cut),
        cmocka_unit_test(paragraphs_are_wrapped_at_eighty),
        cmocka_unit_test(form_feeds_stay_in_a_file),
        cmocka_unit_test(a_full_disk_is_an_error),
        cmocka_unit_test(numbers_are_grouped),
        cmocka_unit_test(sizes_have_a_unit),
        cmocka_unit_test(durations_are_short),
        cmocka_unit_test(a_vietnamese_office_writes_numbers_its_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
