/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ALTO: its structure always; against the schema with xmllint where the
 * schema is at hand (HOSO_SCHEMAS, or the folder the build was told of).
 */
#include "base/alloc.h"
#include "pipeline/pipeline.h"
#include "unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void add_line(struct page *p, int block, int y, const char *const *words)
{
    struct line l = {.box = {100, y, 900, 40}, .block = block};
    for (int i = 0; words[i]; i++) {
        struct word w = {.text = xstrdup(words[i]),
                         .box = {100 + 200 * i, y, 150, 40},
                         .conf_pct = i ? 100 : 7};
        line_take_word(&l, &w);
    }
    page_take_line(p, &l);
}

static void add_mark(struct page *p, const char *kind, const char *const *words)
{
    struct page lines = {0};
    struct mark m = {
        .kind = xstrdup(kind), .box = {900, 2000, 400, 400}, .conf_pct = 90};
    if (words) {
        add_line(&lines, 0, 2100, words);
        mark_take_line(&m, &lines.lines[0]);
        page_clear(&lines);
    }
    page_take_mark(p, &m);
}

static struct record *sample(void)
{
    static const char *const first[] = {"ỦY", "BAN", "<&\">", NULL};
    static const char *const second[] = {"Số:", NULL};
    static const char *const none[] = {NULL};
    struct record *r = record_new();
    r->id = xstrdup("2022-000001");
    r->recogniser = xstrdup("tesseract 5.3.0 vie");
    struct source s = {
        .name = xstrdup("a & b.jpg"), .sha256 = xstrdup("ab"), .pages = 3};
    record_take_source(r, &s);
    struct page p = {.width_px = 2480,
                     .height_px = 3508,
                     .dpi_x = 300,
                     .dpi_y = 300,
                     .turn_deg = 90,
                     .confidence_pct = 93,
                     .origin = TEXT_OCR};
    add_line(&p, 0, 100, first);
    add_line(&p, 0, 150, none);
    add_line(&p, 1, 200, none);
    add_line(&p, 2, 300, second);
    add_mark(&p, "seal", NULL);
    add_mark(&p, "stamp", second);
    add_mark(&p, "signing", second);
    record_take_page(r, &p);
    struct page blank = {.width_px = 10,
                         .height_px = 20,
                         .state = PAGE_BLANK,
                         .doubts = DOUBT_BLANK};
    record_take_page(r, &blank);
    struct page failed = {.state = PAGE_FAILED, .cause = xstrdup("crashed")};
    record_take_page(r, &failed);
    return r;
}

static char *alto_of(int index)
{
    struct record *r = sample();
    struct strbuf out;
    strbuf_init(&out);
    alto_write(r, index, &out);
    record_free(r);
    return strbuf_take(&out);
}

static int count(const char *text, const char *what)
{
    int n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static void has(const char *text, const char *what)
{
    if (!strstr(text, what))
        fail_msg("no '%s' in:\n%s", what, text);
}

static void words_have_place_and_confidence(void **state)
{
    (void)state;
    char *xml = alto_of(0);
    has(xml, "<String ID=\"p1_w1\" HPOS=\"100\" VPOS=\"100\" WIDTH=\"150\" "
             "HEIGHT=\"40\" CONTENT=\"ỦY\" WC=\"0.07\"/>");
    has(xml, "CONTENT=\"&lt;&amp;&#34;&gt;\" WC=\"1.00\"");
    has(xml, "<SP HPOS=\"250\" VPOS=\"100\" WIDTH=\"50\"/>");
    assert_int_equal(count(xml, "<String "), 5); /* one is of a stamp */
    assert_int_equal(count(xml, "<SP "), 2);
    free(xml);
}

static void lines_and_blocks_without_words_are_left_out(void **state)
{
    (void)state;
    char *xml = alto_of(0);
    assert_int_equal(count(xml, "<TextBlock "), 3);
    assert_int_equal(count(xml, "<TextLine "), 3);
    free(xml);
}

static void the_page_says_its_size_turn_and_source(void **state)
{
    (void)state;
    char *xml = alto_of(0);
    has(xml, "<MeasurementUnit>pixel</MeasurementUnit>");
    has(xml, "<fileName>a &amp; b.jpg</fileName>");
    has(xml, "<documentIdentifier>2022-000001</documentIdentifier>");
    has(xml, "HEIGHT=\"3508\" WIDTH=\"2480\" PHYSICAL_IMG_NR=\"1\" "
             "PC=\"0.93\" ROTATION=\"90\"");
    has(xml, "tesseract 5.3.0 vie");
    free(xml);
}

static void an_empty_page_is_a_page(void **state)
{
    (void)state;
    char *xml = alto_of(1);
    has(xml, "no text on the page");
    has(xml, "PHYSICAL_IMG_NR=\"2\"");
    assert_int_equal(count(xml, "TextBlock"), 0);
    free(xml);
    xml = alto_of(2);
    has(xml, "could not be read");
    free(xml);
}

/* Stamps and seals are blocks with tags; second readings are not there. */
static void marks_are_blocks_with_tags(void **state)
{
    (void)state;
    char *xml = alto_of(0);
    has(xml, "<LayoutTag ID=\"p1_tag1\" LABEL=\"seal\"");
    has(xml, "<GraphicalElement ID=\"p1_m1\" HPOS=\"900\"");
    assert_int_equal(count(xml, "TAGREFS=\"p1_tag1\""), 1);
    assert_int_equal(count(xml, "TAGREFS=\"p1_tag3\""), 1);
    assert_int_equal(count(xml, "CONTENT=\"Số:\""), 2);
    free(xml);
}

static void identifiers_are_unique(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        char *xml = alto_of(i);
        for (char *p = xml; (p = strstr(p, " ID=\"")); p++) {
            char *id = xstrndup(p, strcspn(p + 5, "\"") + 6);
            assert_int_equal(count(xml, id), 1);
            free(id);
        }
        free(xml);
    }
}

/* xmllint's exit code; -1 if it or the schema is missing. */
static int lint(const char *xml, const char *schemas)
{
    char path[] = "/tmp/hoso-alto-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, xml, strlen(xml)), (ssize_t)strlen(xml));
    close(fd);
    char *command = xasprintf("XML_CATALOG_FILES='%s/catalog.xml' xmllint "
                              "--nonet --noout --schema '%s/alto-4-4.xsd' %s",
                              schemas, schemas, path);
    int code = system(command);
    free(command);
    unlink(path);
    return code;
}

static void follows_the_schema(void **state)
{
    (void)state;
    const char *schemas = getenv("HOSO_SCHEMAS");
    if (!schemas)
        schemas = HOSO_TEST_SCHEMAS;
    char *xsd = xasprintf("%s/alto-4-4.xsd", schemas);
    int missing = access(xsd, R_OK);
    free(xsd);
    if (missing || system("command -v xmllint >/dev/null") != 0) {
        print_message("SKIPPED: no xmllint, or no schema in '%s'\n", schemas);
        skip();
    }
    for (int i = 0; i < 3; i++) {
        char *xml = alto_of(i);
        assert_int_equal(lint(xml, schemas), 0);
        free(xml);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_have_place_and_confidence),
        cmocka_unit_test(lines_and_blocks_without_words_are_left_out),
        cmocka_unit_test(the_page_says_its_size_turn_and_source),
        cmocka_unit_test(an_empty_page_is_a_page),
        cmocka_unit_test(marks_are_blocks_with_tags),
        cmocka_unit_test(identifiers_are_unique),
        cmocka_unit_test(follows_the_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
