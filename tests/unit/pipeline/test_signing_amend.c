/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the block where somebody signs adds to the page, or mends in it. */
#include "pipeline/signing_amend.h"
#include "unit/unit.h"

#include "base/alloc.h"
#include <stdlib.h>
#include <string.h>

#define LETTER_PX 16
#define HIGH_PX 30

/* A line of words "text{confidence}", parted by blanks; 96 without one. */
static struct line line_of(int x, int y, int block, const char *text)
{
    struct line l = {.block = block, .box = {x, y, 0, HIGH_PX}};
    AUTO(free_char) char *copy = xstrdup(text);
    char *rest = copy;

    for (char *w; (w = strsep(&rest, " ")) != NULL;) {
        char *conf = strchr(w, '{');
        struct word word = {.conf_pct = conf != NULL ? atoi(conf + 1) : 96};

        if (conf != NULL)
            *conf = '\0';
        word.text = xstrdup(w);
        word.box = (struct box){x, y, (int)strlen(w) * LETTER_PX, HIGH_PX};
        x += word.box.w + LETTER_PX;
        line_take_word(&l, &word);
    }
    l.box.w = x - LETTER_PX - l.box.x;
    return l;
}

static void add(struct page *page, int x, int y, const char *text)
{
    struct line l = line_of(x, y, 0, text);

    page_take_line(page, &l);
}

static void assert_amended(struct page *page, int x, int y, int block,
                           const char *read, const char *want)
{
    struct mark mark = {0};
    struct line l = line_of(x, y, block, read);
    char *text;

    mark_take_line(&mark, &l);
    signing_amend(&mark, page);
    assert_int_equal(mark.n_lines, 1);
    text = page_text(page);
    assert_string_equal(text, want);
    free(text);
    mark_clear(&mark);
    page_clear(page);
}

static void what_the_page_has_not_is_added(void **state)
{
    struct page page = {0};

    (void)state;
    add(&page, 900, 100, "GIÁM ĐỐC");
    assert_amended(&page, 700, 150, 0, "vc{40} b{0} KHOA{86} HỌC",
                   "GIÁM ĐỐC\n\nKHOA HỌC\n");
}

static void what_was_read_worse_is_replaced(void **state)
{
    struct page page = {0};

    (void)state;
    add(&page, 100, 100, "- Lưu:");
    add(&page, 900, 104, "HỘ{30} GIAM{52}");
    add(&page, 900, 117, "Ố{60}");
    assert_amended(&page, 900, 100, 0, "PHÓ{93} GIÁM{93} ĐỐC",
                   "- Lưu:\n\nPHÓ GIÁM ĐỐC\n");
}

static void what_was_replaced_is_kept(void **state)
{
    struct page page = {0};
    struct mark mark = {0};
    struct line l = line_of(900, 100, 0, "Trần Thu Hòa");

    (void)state;
    add(&page, 900, 100, "Z{30} Thu Hòa");
    mark_take_line(&mark, &l);
    signing_amend(&mark, &page);
    assert_int_equal(page.n_dropped, 3);
    assert_string_equal(page.dropped[0].text, "Z");
    mark_clear(&mark);
    page_clear(&page);
}

/* Another reading of the block says what the page says. */
static void what_is_said_again_stays(void **state)
{
    struct page page = {0};
    struct mark mark = {0};
    struct line first = line_of(900, 100, 0, "Võ Tưấn Hiếu");
    struct line second = line_of(880, 102, 1, "b{20} Võ{70} Tuấn{60} Hiếu");
    char *text;

    (void)state;
    add(&page, 900, 100, "Võ Tuấn{40} Hiếu");
    mark_take_line(&mark, &first);
    mark_take_line(&mark, &second);
    signing_amend(&mark, &page);
    text = page_text(&page);
    assert_string_equal(text, "Võ Tuấn Hiếu\n");
    free(text);
    mark_clear(&mark);
    page_clear(&page);
    /* but the end of a name is said by each that has all of it */
    first = line_of(900, 100, 0, "Lê Hoàng Anh");
    second = line_of(900, 100, 1, "Lê Hoàng Anh");
    add(&page, 964, 100, "Hoàng{80} Anh{60}");
    mark_take_line(&mark, &first);
    mark_take_line(&mark, &second);
    signing_amend(&mark, &page);
    text = page_text(&page);
    assert_string_equal(text, "Lê Hoàng Anh\n");
    free(text);
    mark_clear(&mark);
    page_clear(&page);
}

/* As sure, the same, too short, doubtful, or another reading of the block. */
static void else_the_page_stays(void **state)
{
    static const struct {
        int block;
        const char *has, *read;
    } cases[] = {
        {0, "GIÁM ĐỐC{92}", "GIẢM ĐỐC"},
        {0, "GIÁM{40} ĐỐC{40}", "GIÁM ĐỐC"},
        {0, "ab{20}", "ở ê"},
        {0, "GIÁM{60} ĐỐC{60}", "GIẢM{79} ĐỐC{79}"},
        {1, "GIÁM{60} ĐỐC{60}", "GIẢM ĐỐC"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct page page = {0};
        char *text;

        add(&page, 900, 100, cases[i].has);
        text = page_text(&page);
        assert_amended(&page, 900, 100, cases[i].block, cases[i].read, text);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_page_has_not_is_added),
        cmocka_unit_test(what_was_read_worse_is_replaced),
        cmocka_unit_test(what_was_replaced_is_kept),
        cmocka_unit_test(what_is_said_again_stays),
        cmocka_unit_test(else_the_page_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
