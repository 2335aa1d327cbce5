/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recorded pages: the setting, the way there and back, and what is missing. */
#include "base/alloc.h"
#include "base/file.h"
#include "pipeline/recognise_replay.h"
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SHA                                                                    \
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void the_setting_is_parsed(void **state)
{
    struct replay r;

    (void)state;
    assert_ok(replay_parse(NULL, &r));
    assert_int_equal(r.mode, REPLAY_OFF);
    assert_ok(replay_parse("replay:/some/where", &r));
    assert_int_equal(r.mode, REPLAY_PLAY);
    assert_string_equal(r.folder, "/some/where");
    assert_ok(replay_parse("record:x", &r));
    assert_int_equal(r.mode, REPLAY_RECORD);
    assert_string_equal(r.folder, "x");
}

static void a_wrong_setting_is_refused(void **state)
{
    struct replay r;

    (void)state;
    assert_fails(STATUS_CONFIG, replay_parse("fast", &r));
    assert_fails(STATUS_CONFIG, replay_parse("replay:", &r));
}

static struct page sample(void)
{
    struct page page = {.width_px = 800, .height_px = 1000, .dpi_x = 200,
                        .dpi_y = 200, .turn_deg = 90, .skew_deg = 0.75,
                        .confidence_pct = 91, .state = PAGE_OK,
                        .origin = TEXT_OCR};
    struct line line = {.box = {10, 20, 300, 30}};
    struct word word = {.text = xstrdup("Quyết"), .box = {10, 20, 80, 30},
                        .conf_pct = 91};

    line_take_word(&line, &word);
    page_take_line(&page, &line);
    return page;
}

static void a_page_comes_back_as_it_was_recorded(void **state)
{
    char folder[] = "/tmp/hoso-test-XXXXXX";
    struct replay r = {REPLAY_RECORD, mkdtemp(folder)};
    struct page page = sample(), back = {0};

    (void)state;
    assert_ok(replay_store(&r, SHA, 4, &page));
    assert_ok(replay_load(&r, SHA, 4, &back));
    assert_int_equal(back.source_page, 4);
    assert_int_equal(back.turn_deg, 90);
    assert_int_equal(back.n_lines, 1);
    assert_string_equal(back.lines[0].words[0].text, "Quyết");
    assert_int_equal(back.lines[0].words[0].box.w, 80);
    page_clear(&page);
    page_clear(&back);
    assert_ok(file_remove_tree(folder));
}

static void a_page_without_recording_is_not_found(void **state)
{
    char folder[] = "/tmp/hoso-test-XXXXXX";
    struct replay r = {REPLAY_PLAY, mkdtemp(folder)};
    struct page page = {0};

    (void)state;
    assert_fails(STATUS_NOT_FOUND, replay_load(&r, SHA, 0, &page));
    assert_non_null(strstr(status_message(), SHA "-1.json"));
    assert_ok(file_remove_tree(folder));
}

static void a_broken_recording_is_invalid(void **state)
{
    char folder[] = "/tmp/hoso-test-XXXXXX";
    struct replay r = {REPLAY_PLAY, mkdtemp(folder)};
    struct page page = {0};
    AUTO(free_char) char *path = path_join(folder, SHA "-1.json");

    (void)state;
    assert_ok(file_write_durable(path, "{\"width_px\"", 11, 0600));
    assert_fails(STATUS_INVALID, replay_load(&r, SHA, 0, &page));
    assert_ok(file_remove_tree(folder));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_setting_is_parsed),
        cmocka_unit_test(a_wrong_setting_is_refused),
        cmocka_unit_test(a_page_comes_back_as_it_was_recorded),
        cmocka_unit_test(a_page_without_recording_is_not_found),
        cmocka_unit_test(a_broken_recording_is_invalid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
