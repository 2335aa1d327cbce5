/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of files by their first bytes. */
#include "pipeline/pipeline.h"
#include "unit/unit.h"
#include <string.h>

static void sniffs(const char *bytes, size_t n, enum media want)
{
    char head[64] = {0};
    memcpy(head, bytes, n);
    assert_int_equal(media_sniff(head, sizeof(head)), want);
    assert_int_equal(media_sniff(bytes, n), want);
}

static void knows_jpeg(void **state)
{
    (void)state;
    sniffs("\xFF\xD8\xFF\xE0", 4, MEDIA_JPEG);
    sniffs("\xFF\xD8\xFF\xDB", 4, MEDIA_JPEG);
}

static void knows_png(void **state)
{
    (void)state;
    sniffs("\x89PNG\r\n\x1A\n", 8, MEDIA_PNG);
}

static void knows_tiff_of_both_orders_and_sizes(void **state)
{
    (void)state;
    sniffs("II*\0", 4, MEDIA_TIFF);
    sniffs("MM\0*", 4, MEDIA_TIFF);
    sniffs("II+\0", 4, MEDIA_TIFF);
    sniffs("MM\0+", 4, MEDIA_TIFF);
}

static void knows_webp(void **state)
{
    (void)state;
    sniffs("RIFF\x10\0\0\0WEBPVP8 ", 16, MEDIA_WEBP);
}

static void knows_jpeg_2000_with_and_without_boxes(void **state)
{
    (void)state;
    sniffs("\0\0\0\x0CjP  \r\n\x87\n", 12, MEDIA_JP2);
    sniffs("\xFF\x4F\xFF\x51", 4, MEDIA_JP2);
}

static void knows_pdf_behind_junk(void **state)
{
    char head[1024];
    (void)state;
    sniffs("%PDF-1.4", 8, MEDIA_PDF);
    memset(head, ' ', sizeof(head));
    memcpy(head + 1000, "%PDF-1.7", 8);
    assert_int_equal(media_sniff(head, sizeof(head)), MEDIA_PDF);
}

static void a_pdf_mark_too_far_behind_is_none(void **state)
{
    char head[2048];
    (void)state;
    memset(head, ' ', sizeof(head));
    memcpy(head + 1100, "%PDF-1.7", 8);
    assert_int_equal(media_sniff(head, sizeof(head)), MEDIA_UNKNOWN);
}

static void does_not_guess(void **state)
{
    (void)state;
    sniffs("GIF89a", 6, MEDIA_UNKNOWN);
    sniffs("PK\3\4", 4, MEDIA_UNKNOWN);
    sniffs("RIFF\x10\0\0\0WAVEfmt ", 16, MEDIA_UNKNOWN);
    sniffs("II", 2, MEDIA_UNKNOWN);
    assert_int_equal(media_sniff("", 0), MEDIA_UNKNOWN);
}

static void names_are_stable(void **state)
{
    (void)state;
    assert_string_equal(media_type(MEDIA_JPEG), "image/jpeg");
    assert_string_equal(media_type(MEDIA_TIFF), "image/tiff");
    assert_string_equal(media_type(MEDIA_JP2), "image/jp2");
    assert_string_equal(media_type(MEDIA_PDF), "application/pdf");
    assert_string_equal(media_extension(MEDIA_JPEG), "jpg");
    assert_string_equal(media_extension(MEDIA_UNKNOWN), "bin");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_jpeg),
        cmocka_unit_test(knows_png),
        cmocka_unit_test(knows_tiff_of_both_orders_and_sizes),
        cmocka_unit_test(knows_webp),
        cmocka_unit_test(knows_jpeg_2000_with_and_without_boxes),
        cmocka_unit_test(knows_pdf_behind_junk),
        cmocka_unit_test(a_pdf_mark_too_far_behind_is_none),
        cmocka_unit_test(does_not_guess),
        cmocka_unit_test(names_are_stable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
