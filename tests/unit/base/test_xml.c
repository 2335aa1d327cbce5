/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The XML writer: what comes out is well formed whatever goes in. */
#include "base/strbuf.h"
#include "base/xml.h"
#include "unit/unit.h"
#include <string.h>

static void expect(struct strbuf *got, const char *body)
{
    struct strbuf want;
    strbuf_init(&want);
    strbuf_adds(&want, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    strbuf_adds(&want, body);
    assert_string_equal(got->s, want.s);
    strbuf_clear(&want);
    strbuf_clear(got);
}

static void an_empty_element_closes_itself(void **state)
{
    struct strbuf out;
    struct xml x;
    (void)state;
    strbuf_init(&out);
    xml_start(&x, &out);
    xml_open(&x, "a");
    xml_close(&x);
    xml_end(&x);
    expect(&out, "<a/>\n");
}

static void elements_are_indented_by_two(void **state)
{
    struct strbuf out;
    struct xml x;
    (void)state;
    strbuf_init(&out);
    xml_start(&x, &out);
    xml_open(&x, "a");
    xml_attr(&x, "k", "v");
    xml_attr_int(&x, "n", -7);
    xml_leaf(&x, "b", "text");
    xml_open(&x, "c");
    xml_leaf(&x, "d", "");
    xml_close(&x);
    xml_close(&x);
    xml_end(&x);
    expect(&out, "<a k=\"v\" n=\"-7\">\n"
                 "  <b>text</b>\n"
                 "  <c>\n"
                 "    <d></d>\n"
                 "  </c>\n"
                 "</a>\n");
}

static void text_is_escaped(void **state)
{
    struct strbuf out;
    struct xml x;
    (void)state;
    strbuf_init(&out);
    xml_start(&x, &out);
    xml_leaf(&x, "a", "1 < 2 && \"Đ\" > ]]>\r");
    xml_end(&x);
    expect(&out, "<a>1 &lt; 2 &amp;&amp; \"Đ\" &gt; ]]&gt;&#13;</a>\n");
}

static void attributes_are_escaped(void **state)
{
    struct strbuf out;
    struct xml x;
    (void)state;
    strbuf_init(&out);
    xml_start(&x, &out);
    xml_open(&x, "a");
    xml_attr(&x, "k", "<\"&'\n\t");
    xml_close(&x);
    xml_end(&x);
    expect(&out, "<a k=\"&lt;&#34;&amp;'&#10;&#9;\"/>\n");
}

static void what_xml_cannot_carry_becomes_replacement(void **state)
{
    struct strbuf out;
    struct xml x;
    (void)state;
    strbuf_init(&out);
    xml_start(&x, &out);
    xml_leaf(&x, "a", "\x01|\x1b|\xff|\xef\xbf\xbf");
    xml_end(&x);
    expect(&out, "<a>\uFFFD|\uFFFD|\uFFFD|\uFFFD</a>\n");
}

static void text_after_a_child_is_kept_whole(void **state)
{
    struct strbuf out;
    struct xml x;
    (void)state;
    strbuf_init(&out);
    xml_start(&x, &out);
    xml_open(&x, "p");
    xml_text(&x, "một ");
    xml_text(&x, "hai");
    xml_close(&x);
    xml_end(&x);
    expect(&out, "<p>một hai</p>\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_element_closes_itself),
        cmocka_unit_test(elements_are_indented_by_two),
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(attributes_are_escaped),
        cmocka_unit_test(what_xml_cannot_carry_becomes_replacement),
        cmocka_unit_test(text_after_a_child_is_kept_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
