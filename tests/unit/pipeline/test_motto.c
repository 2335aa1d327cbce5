/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words over every paper: marks are put right, all else stays. */
#include "base/alloc.h"
#include "pipeline/motto.h"
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>

static void assert_mends(const char *read, int times, const char *want)
{
    struct page page = {0};
    struct line line = {0};
    AUTO(free_char) char *copy = xstrdup(read);
    AUTO(free_char) char *text = NULL;
    char *rest = copy;

    for (char *w; (w = strsep(&rest, " ")) != NULL;) {
        struct word word = {.text = xstrdup(w), .conf_pct = 97};

        line_take_word(&line, &word);
    }
    page_take_line(&page, &line);
    assert_int_equal(motto_mend(&page), times);
    text = page_text(&page);
    text[strcspn(text, "\n")] = '\0';
    assert_string_equal(text, want);
    page_clear(&page);
}

static void marks_are_put_right(void **state)
{
    (void)state;
    assert_mends("Độc lập - Tụ do - Hạnh phúc", 1,
                 "Độc lập - Tự do - Hạnh phúc");
    assert_mends("SỞ Y TẾ Dộc lâp – Tư do – Hanh phuc.", 5,
                 "SỞ Y TẾ Độc lập – Tự do – Hạnh phúc.");
    assert_mends("UBND TỈNH CỘNG HOÀ XÃ HỘI CHÚ NGHĨA VIỆT NAM", 1,
                 "UBND TỈNH CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    assert_mends("nước Cộng hòa xã hội chủ nghỉa Việt Nam", 1,
                 "nước Cộng hòa xã hội chủ nghĩa Việt Nam");
}

static void what_says_something_else_stays(void **state)
{
    (void)state;
    assert_mends("Độc lập - Tự do - Hạnh phúc", 0,
                 "Độc lập - Tự do - Hạnh phúc");
    assert_mends("Tụ do - Hanh phúc", 0, "Tụ do - Hanh phúc");
    assert_mends("CỘNG HÒA XÃ HỘI CHÚ NGHĨA VIỆT MAM", 0,
                 "CỘNG HÒA XÃ HỘI CHÚ NGHĨA VIỆT MAM");
    assert_mends("Độc lập 12 Tụ do Hạnh phúc", 0, "Độc lập 12 Tụ do Hạnh phúc");
    assert_mends("Độc lập “2” Tụ do Hạnh phúc", 0,
                 "Độc lập “2” Tụ do Hạnh phúc");
    assert_mends("-", 0, "-");
}

static void what_was_read_is_kept(void **state)
{
    struct page page = {0};
    struct line line = {0};
    static const char *const read[] = {"Độc", "lập", "-",    "Tụ",
                                       "do",  "-",   "Hạnh", "phúc"};

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(read); i++) {
        struct word word = {.text = xstrdup(read[i]), .conf_pct = 97};

        line_take_word(&line, &word);
    }
    page_take_line(&page, &line);
    assert_int_equal(motto_mend(&page), 1);
    assert_string_equal(page.lines[0].words[3].raw, "Tụ");
    assert_null(page.lines[0].words[0].raw);
    assert_int_equal(motto_mend(&page), 0);
    page_clear(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_put_right),
        cmocka_unit_test(what_says_something_else_stays),
        cmocka_unit_test(what_was_read_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
