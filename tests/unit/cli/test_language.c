/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vietnamese without a Vietnamese locale, and everywhere it is needed. */
#include "unit/unit.h"

#include "base/i18n.h"
#include "service/service.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static void start_in(const char *locale, const char *language)
{
    unsetenv("LANGUAGE");
    setenv("LC_ALL", locale, 1);
    i18n_start(language);
}

static int need_translations(void **state)
{
    (void)state;
    start_in("C", "vi");
    if (i18n_vietnamese())
        return 0;
    puts("SKIPPED: the Vietnamese messages are not built");
    exit(77);
}

static void vietnamese_can_be_asked_for(void **state)
{
    (void)state;
    start_in("C", "vi");
    assert_string_equal(_("the disk is full"), "đĩa đầy");
    start_in("C.UTF-8", "vi");
    assert_string_equal(_("the disk is full"), "đĩa đầy");
}

static void a_vietnamese_locale_need_not_be_installed(void **state)
{
    (void)state;
    start_in("vi_VN.UTF-8", NULL);
    assert_true(i18n_vietnamese());
    start_in("vi_VN", NULL);
    assert_true(i18n_vietnamese());
}

static void a_program_we_start_speaks_the_same(void **state)
{
    (void)state;
    start_in("C", "vi");
    i18n_start(NULL); /* as the worker does, in the environment left */
    assert_true(i18n_vietnamese());
    start_in("vi_VN.UTF-8", NULL);
    i18n_start(NULL);
    assert_true(i18n_vietnamese());
}

static void english_is_spoken_otherwise(void **state)
{
    (void)state;
    start_in("C", NULL);
    assert_false(i18n_vietnamese());
    start_in("en_US.UTF-8", NULL);
    assert_false(i18n_vietnamese());
    start_in("vi_VN.UTF-8", "en");
    assert_false(i18n_vietnamese());
    assert_string_equal(_("the disk is full"), "the disk is full");
}

static void numbers_in_files_keep_their_point(void **state)
{
    char text[16];
    (void)state;
    start_in("vi_VN.UTF-8", NULL);
    assert_string_equal(setlocale(LC_NUMERIC, NULL), "C");
    snprintf(text, sizeof(text), "%.1f", 1.5);
    assert_string_equal(text, "1.5");
}

static void assert_translated(const char *text)
{
    if (strcmp(gettext(text), text) == 0)
        fail_msg("not translated: %s", text);
}

static void the_texts_of_the_lists_are_translated(void **state)
{
    (void)state;
    start_in("C", "vi");
    for (int st = 0; st < STATUS_COUNT; st++)
        assert_translated(status_text((enum status)st));
#define CHECK_TRANSLATED(name, json, text) assert_translated(text);
    CHECK_LIST(CHECK_TRANSLATED)
#undef CHECK_TRANSLATED
#define DOUBT_TRANSLATED(name, bit, json, text) assert_translated(text);
    DOUBT_LIST(DOUBT_TRANSLATED)
#undef DOUBT_TRANSLATED
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vietnamese_can_be_asked_for),
        cmocka_unit_test(a_vietnamese_locale_need_not_be_installed),
        cmocka_unit_test(a_program_we_start_speaks_the_same),
        cmocka_unit_test(english_is_spoken_otherwise),
        cmocka_unit_test(numbers_in_files_keep_their_point),
        cmocka_unit_test(the_texts_of_the_lists_are_translated),
    };
    return cmocka_run_group_tests(tests, need_translations, NULL);
}
