/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a workbook that are put right before the tool reads them. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "store/workbook.h"

#include <stdlib.h>
#include <string.h>

typedef char *(*part_fn)(const char *xml, size_t n, size_t *len);

static void assert_part(part_fn f, const char *xml, const char *wanted)
{
    size_t len = 0;
    AUTO(free_char) char *got = f(xml, strlen(xml), &len);

    assert_string_equal(got, wanted);
    assert_int_equal(len, strlen(wanted));
}

static void the_epoch_is_said_in_one_way(void **state)
{
    static const char *const pairs[][2] = {
        {"<workbookPr date1904=\"0\"/>", "<workbookPr date1904=\"false\"/>"},
        {"<workbookPr date1904='1'/>", "<workbookPr date1904='true'/>"},
        {"<x:workbookPr a=\"b>c\" date1904=\"True\"/>",
         "<x:workbookPr a=\"b>c\" date1904=\"true\"/>"},
        {"<workbookPr/>", "<workbookPr/>"},
        {"<other date1904=\"0\"/>", "<other date1904=\"0\"/>"},
        {"<!-- don't --><workbookPr date1904=\"0\"/>",
         "<!-- don't --><workbookPr date1904=\"false\"/>"},
        {"<workbookPr date1904=\"0", "<workbookPr date1904=\"0"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        assert_part(workbook_plain_epoch, pairs[i][0], pairs[i][1]);
}

static void formats_are_days_times_or_numbers(void **state)
{
    static const char *const pairs[][2] = {
        {"dd/mm/yyyy", "yyyy-mm-dd"},
        {"[$-en-US]d/m/yyyy;@", "yyyy-mm-dd"},
        {"[$-42A]dd mmmm yyyy hh:mm", "yyyy-mm-dd"},
        {"mmm", "yyyy-mm-dd"},
        {"hh:mm", "hh:mm:ss"},
        {"[h]:mm:ss", "hh:mm:ss"},
        {"0.00", "General"},
        {"#,##0 &quot;days&quot;", "General"},
        {"0\\d", "General"},
        {"General", "General"},
        {"[Red]0;[Blue]d", "General"},
        {"", "General"},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        AUTO(free_char)
        char *xml = xasprintf("<numFmts><numFmt numFmtId=\"164\" "
                              "formatCode=\"%s\"/></numFmts>",
                              pairs[i][0]);
        AUTO(free_char)
        char *wanted = xasprintf("<numFmts><numFmt numFmtId=\"164\" "
                                 "formatCode=\"%s\"/></numFmts>",
                                 pairs[i][1]);

        assert_part(workbook_plain_formats, xml, wanted);
    }
}

static void sheets_are_named(void **state)
{
    static const char xml[] =
        "<sheets><sheet name=\"A &amp; &lt;B&gt;\" sheetId=\"1\"/>"
        "<x:sheet sheetId='2' name='C' state='veryHidden'/>"
        "<sheet sheetId=\"3\"/></sheets>";
    struct workbook w = {0};

    (void)state;
    workbook_sheets(xml, strlen(xml), &w);
    assert_int_equal(w.n_sheets, 2);
    assert_string_equal(w.sheets[0].name, "A & <B>");
    assert_false(w.sheets[0].hidden);
    assert_string_equal(w.sheets[1].name, "C");
    assert_true(w.sheets[1].hidden);
    workbook_clear(&w);
}

#define ROW(n, cells) "<row r=\"" n "\">" cells "</row>"
#define SPOKEN "<c r=\"A1\"><v>1</v></c>"
#define SILENT "<c r=\"A1\" s=\"4\"/>"

static void empty_rows_behind_the_head_go(void **state)
{
    AUTO(free_char) char *head = xstrdup("<worksheet><sheetData>");

    (void)state;
    for (int i = 0; i < 200; i++) {
        char *more = xasprintf("%s%s", head, ROW("1", SILENT));
        free(head);
        head = more;
    }
    AUTO(free_char)
    char *xml = xasprintf("%s%s%s%s%s</sheetData></worksheet>", head,
                          ROW("201", SILENT SILENT), ROW("202", SPOKEN),
                          "<row r=\"203\"/>", ROW("204", SILENT SPOKEN));
    AUTO(free_char)
    char *wanted = xasprintf("%s%s%s</sheetData></worksheet>", head,
                             ROW("202", SPOKEN), ROW("204", SILENT SPOKEN));

    assert_part(workbook_plain_sheet, xml, wanted);
}

static void vast_ranges_go(void **state)
{
    (void)state;
    assert_part(workbook_plain_sheet,
                "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/>"
                "<mergeCell ref=\"B2:C3\"/></mergeCells>",
                "<mergeCells><mergeCell ref=\"A1_XFD1048576\"/>"
                "<mergeCell ref=\"B2:C3\"/></mergeCells>");
}

/* However a part is cut or changed, nothing behind its end is looked at. */
static void broken_parts_do_no_harm(void **state)
{
    static const char whole[] =
        "<!-- a --><workbookPr date1904=\"0\"/><sheets><sheet name=\"A&amp;\" "
        "state='hidden'/></sheets><numFmt formatCode=\"[$-1]dd&quot;/&amp;"
        "\\\"/><row r=\"1\"><c r=\"A1\" s=\"1\"/></row>"
        "<mergeCells><mergeCell ref=\"A1:XFD99999\"/></mergeCells>";
    static const part_fn parts[] = {
        workbook_plain_epoch, workbook_plain_formats, workbook_plain_sheet};
    static const char letters[] = "<>\"'&;:=/ \\[A0";
    uint64_t random = 88172645463325252u;

    (void)state;
    for (size_t n = 0; n < sizeof(whole); n++)
        for (int change = 0; change < 40; change++) {
            AUTO(free_char) char *xml = xcalloc(n + 1, 1);
            struct workbook w = {0};

            memcpy(xml, whole, n);
            random = random * 6364136223846793005u + 1442695040888963407u;
            if (n > 0 && change > 0)
                xml[(random >> 33) % n] =
                    letters[(random >> 60) % strlen(letters)];
            for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
                size_t len = 0;
                AUTO(free_char) char *got = parts[i](xml, n, &len);

                assert_int_equal(got[len], '\0');
            }
            workbook_sheets(xml, n, &w);
            workbook_clear(&w);
        }
}

static void what_is_no_workbook_is_refused(void **state)
{
    static const char zip[] = "PK\003\004 and nothing more";
    struct workbook w;

    (void)state;
    assert_fails(STATUS_INVALID,
                 workbook_read(zip, sizeof(zip) - 1, "x.xlsx", &w));
    assert_fails(STATUS_INVALID, workbook_read("", 0, "x.xlsx", &w));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_epoch_is_said_in_one_way),
        cmocka_unit_test(formats_are_days_times_or_numbers),
        cmocka_unit_test(sheets_are_named),
        cmocka_unit_test(empty_rows_behind_the_head_go),
        cmocka_unit_test(vast_ranges_go),
        cmocka_unit_test(broken_parts_do_no_harm),
        cmocka_unit_test(what_is_no_workbook_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
