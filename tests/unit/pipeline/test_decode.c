/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers, limits, resolutions and damage of images. The images are made here
 * by Leptonica's writers, then cut and bent byte by byte. */
#include "pipeline/decode.h"
#include "pipeline/leptonica.h"
#include "pipeline/scan.h"
#include "pipeline/tiff_ifd.h"
#include "unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MEGAPIXELS 150

struct bytes {
    l_uint8 *data;
    size_t n;
};

static PIX *sample_page(int w, int h, int depth)
{
    PIX *pix = pixCreate(w, h, depth);

    pixSetAll(pix);
    if (depth == 1)
        pixClearAll(pix);
    for (int y = h / 4; y < h / 2; y++)
        for (int x = w / 4; x < w / 2; x++)
            pixSetPixel(pix, x, y, depth == 1 ? 1 : 0);
    return pix;
}

static struct bytes encode(PIX *pix, int format, int dpi)
{
    struct bytes b = {0};

    pixSetResolution(pix, dpi, dpi);
    assert_int_equal(pixWriteMem(&b.data, &b.n, pix, format), 0);
    pixDestroy(&pix);
    return b;
}

static void check(enum media media, int format, int depth)
{
    struct bytes b = encode(sample_page(120, 80, depth), format, 300);
    struct image_info info;
    bool damaged = true;
    PIX *pix = NULL;

    assert_ok(image_header(b.data, b.n, media, 0, MEGAPIXELS, &info));
    assert_int_equal(info.width_px, 120);
    assert_int_equal(info.height_px, 80);
    if (media != MEDIA_WEBP && media != MEDIA_JP2) {
        assert_true(info.dpi_x > 299 && info.dpi_x < 301);
        assert_true(info.dpi_y > 299 && info.dpi_y < 301);
    }
    assert_ok(image_decode(b.data, b.n, media, 0, 1, MEGAPIXELS, &damaged,
                           &pix));
    assert_false(damaged);
    assert_int_equal(pixGetWidth(pix), 120);
    assert_int_equal(pixGetHeight(pix), 80);
    pixDestroy(&pix);
    free(b.data);
}

static void decodes_grey_jpeg(void **state)
{
    (void)state;
    check(MEDIA_JPEG, IFF_JFIF_JPEG, 8);
}

static void decodes_colour_jpeg(void **state)
{
    (void)state;
    check(MEDIA_JPEG, IFF_JFIF_JPEG, 32);
}

static void decodes_bilevel_png(void **state)
{
    (void)state;
    check(MEDIA_PNG, IFF_PNG, 1);
}

static void decodes_colour_png(void **state)
{
    (void)state;
    check(MEDIA_PNG, IFF_PNG, 32);
}

static void decodes_g4_tiff(void **state)
{
    (void)state;
    check(MEDIA_TIFF, IFF_TIFF_G4, 1);
}

static void decodes_lzw_tiff_8_bit(void **state)
{
    (void)state;
    check(MEDIA_TIFF, IFF_TIFF_LZW, 8);
}

static void decodes_uncompressed_tiff_24_bit(void **state)
{
    (void)state;
    check(MEDIA_TIFF, IFF_TIFF, 32);
}

static void decodes_webp(void **state)
{
    (void)state;
    check(MEDIA_WEBP, IFF_WEBP, 32);
}

static void decodes_jpeg_2000(void **state)
{
    (void)state;
    check(MEDIA_JP2, IFF_JP2, 8);
}

static void jpeg_is_decoded_at_a_half(void **state)
{
    struct bytes b = encode(sample_page(120, 80, 8), IFF_JFIF_JPEG, 300);
    bool damaged;
    PIX *pix = NULL;

    (void)state;
    assert_ok(image_decode(b.data, b.n, MEDIA_JPEG, 0, 2, MEGAPIXELS, &damaged,
                           &pix));
    assert_int_equal(pixGetWidth(pix), 60);
    pixDestroy(&pix);
    free(b.data);
}

static void cut_jpeg_is_damaged_but_decoded(void **state)
{
    struct bytes b = encode(sample_page(600, 800, 8), IFF_JFIF_JPEG, 300);
    bool damaged = false;
    PIX *pix = NULL;

    (void)state;
    assert_ok(image_decode(b.data, b.n * 2 / 3, MEDIA_JPEG, 0, 1, MEGAPIXELS,
                           &damaged, &pix));
    assert_true(damaged);
    pixDestroy(&pix);
    free(b.data);
}

static void cut_png_is_invalid(void **state)
{
    struct bytes b = encode(sample_page(600, 800, 8), IFF_PNG, 300);
    bool damaged;
    PIX *pix = NULL;

    (void)state;
    assert_fails(STATUS_INVALID,
                 image_decode(b.data, b.n / 2, MEDIA_PNG, 0, 1, MEGAPIXELS,
                              &damaged, &pix));
    assert_null(pix);
    free(b.data);
}

static void every_cut_of_a_header_is_told(void **state)
{
    static const int formats[] = {IFF_JFIF_JPEG, IFF_PNG, IFF_TIFF_G4};
    static const enum media kinds[] = {MEDIA_JPEG, MEDIA_PNG, MEDIA_TIFF};

    (void)state;
    for (int k = 0; k < 3; k++) {
        struct bytes b = encode(sample_page(64, 64, k == 2 ? 1 : 8),
                                formats[k], 300);
        struct image_info info;

        for (size_t n = 0; n < b.n && n < 400; n++) {
            /* an exact copy, so that a read behind its end is caught */
            unsigned char *cut = malloc(n + 1);

            memcpy(cut, b.data, n);
            cut = realloc(cut, n ? n : 1);
            if (image_header(cut, n, kinds[k], 0, MEGAPIXELS, &info) !=
                STATUS_OK)
                assert_true(status_message()[0] != '\0');
            free(cut);
        }
        free(b.data);
    }
}

static void rejects_more_pixels_than_allowed(void **state)
{
    struct bytes b = encode(sample_page(1200, 1000, 1), IFF_PNG, 300);
    struct image_info info;

    (void)state;
    assert_ok(image_header(b.data, b.n, MEDIA_PNG, 0, 2, &info));
    assert_fails(STATUS_LIMIT,
                 image_header(b.data, b.n, MEDIA_PNG, 0, 1, &info));
    free(b.data);
}

static void rejects_a_png_that_claims_to_be_huge(void **state)
{
    struct bytes b = encode(sample_page(64, 64, 1), IFF_PNG, 300);
    struct image_info info;

    (void)state;
    memcpy(b.data + 16, "\0\0\x75\x30\0\0\x75\x30", 8); /* 30,000 square */
    assert_fails(STATUS_LIMIT,
                 image_header(b.data, b.n, MEDIA_PNG, 0, MEGAPIXELS, &info));
    memcpy(b.data + 16, "\x60\0\0\0\x60\0\0\0", 8); /* no int has both */
    assert_fails(STATUS_LIMIT,
                 image_header(b.data, b.n, MEDIA_PNG, 0, MEGAPIXELS, &info));
    free(b.data);
}

static void rejects_what_is_no_page(void **state)
{
    struct bytes b = encode(sample_page(30000, 10, 1), IFF_PNG, 300);
    struct image_info info;

    (void)state;
    assert_fails(STATUS_LIMIT,
                 image_header(b.data, b.n, MEDIA_PNG, 0, MEGAPIXELS, &info));
    free(b.data);
}

static void alpha_goes_onto_white(void **state)
{
    PIX *rgba = pixCreate(20, 20, 32);
    l_uint32 value = 0;
    struct bytes b;
    bool damaged;
    PIX *pix = NULL;

    (void)state;
    pixSetSpp(rgba, 4); /* black and wholly transparent */
    b = encode(rgba, IFF_PNG, 300);
    assert_ok(image_decode(b.data, b.n, MEDIA_PNG, 0, 1, MEGAPIXELS, &damaged,
                           &pix));
    pixGetPixel(pix, 5, 5, &value);
    assert_int_equal(value >> 8, 0xffffff);
    pixDestroy(&pix);
    free(b.data);
}

/* Three G4 pages of different widths in one file. */
static struct bytes three_pages(void)
{
    char name[] = "/tmp/hoso-test-XXXXXX";
    int fd = mkstemp(name);
    struct bytes b = {0};

    assert_true(fd >= 0);
    for (int i = 0; i < 3; i++) {
        PIX *pix = sample_page(100 + 10 * i, 50, 1);

        assert_int_equal(
            pixWriteTiff(name, pix, IFF_TIFF_G4, i ? "a" : "w"), 0);
        pixDestroy(&pix);
    }
    b.data = l_binaryRead(name, &b.n);
    close(fd);
    unlink(name);
    return b;
}

static void finds_each_page_of_a_tiff(void **state)
{
    struct bytes b = three_pages();
    int count = 0;

    (void)state;
    assert_ok(image_count(b.data, b.n, MEDIA_TIFF, 100, &count));
    assert_int_equal(count, 3);
    for (int i = 0; i < 3; i++) {
        bool damaged;
        PIX *pix = NULL;

        assert_ok(image_decode(b.data, b.n, MEDIA_TIFF, i, 1, MEGAPIXELS,
                               &damaged, &pix));
        assert_int_equal(pixGetWidth(pix), 100 + 10 * i);
        pixDestroy(&pix);
    }
    free(b.data);
}

static void too_many_pages_are_over_the_limit(void **state)
{
    struct bytes b = three_pages();
    int count;

    (void)state;
    assert_fails(STATUS_LIMIT,
                 image_count(b.data, b.n, MEDIA_TIFF, 2, &count));
    free(b.data);
}

static void tiff_whose_directories_loop_ends(void **state)
{
    /* one directory of one entry whose "next" points at itself */
    static const unsigned char loop[] = {
        'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 1, 0,
        0,   0,   9,  0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    int count = 0;

    (void)state;
    assert_ok(tiff_count(loop, sizeof(loop), 50, &count));
    assert_int_equal(count, 51);
}

static struct scan scan_of(int w, int h, double dpi)
{
    struct scan s = {.width_px = w, .height_px = h, .dpi_x = dpi,
                     .dpi_y = dpi};

    scan_settle_dpi(&s);
    return s;
}

static void believes_a_plausible_resolution(void **state)
{
    struct scan s = scan_of(2480, 3508, 300);

    (void)state;
    assert_false(s.dpi_assumed);
    assert_int_equal((int)s.dpi_x, 300);
}

static void takes_a4_when_resolution_is_missing_or_a_screens(void **state)
{
    struct scan none = scan_of(2480, 3508, 0);
    struct scan screen = scan_of(2480, 3508, 72);

    (void)state;
    assert_true(none.dpi_assumed);
    assert_true(none.dpi_x > 299 && none.dpi_x < 301);
    assert_true(screen.dpi_assumed);
    assert_true(screen.dpi_x > 299 && screen.dpi_x < 301);
}

static void empty_file_is_invalid(void **state)
{
    char name[] = "/tmp/hoso-test-XXXXXX";
    int fd = mkstemp(name);
    const unsigned char *bytes;
    size_t n;

    (void)state;
    assert_true(fd >= 0);
    assert_fails(STATUS_INVALID, source_map(fd, &bytes, &n));
    close(fd);
    unlink(name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_grey_jpeg),
        cmocka_unit_test(decodes_colour_jpeg),
        cmocka_unit_test(decodes_bilevel_png),
        cmocka_unit_test(decodes_colour_png),
        cmocka_unit_test(decodes_g4_tiff),
        cmocka_unit_test(decodes_lzw_tiff_8_bit),
        cmocka_unit_test(decodes_uncompressed_tiff_24_bit),
        cmocka_unit_test(decodes_webp),
        cmocka_unit_test(decodes_jpeg_2000),
        cmocka_unit_test(jpeg_is_decoded_at_a_half),
        cmocka_unit_test(cut_jpeg_is_damaged_but_decoded),
        cmocka_unit_test(cut_png_is_invalid),
        cmocka_unit_test(every_cut_of_a_header_is_told),
        cmocka_unit_test(rejects_more_pixels_than_allowed),
        cmocka_unit_test(rejects_a_png_that_claims_to_be_huge),
        cmocka_unit_test(rejects_what_is_no_page),
        cmocka_unit_test(alpha_goes_onto_white),
        cmocka_unit_test(finds_each_page_of_a_tiff),
        cmocka_unit_test(too_many_pages_are_over_the_limit),
        cmocka_unit_test(tiff_whose_directories_loop_ends),
        cmocka_unit_test(believes_a_plausible_resolution),
        cmocka_unit_test(takes_a4_when_resolution_is_missing_or_a_screens),
        cmocka_unit_test(empty_file_is_invalid),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
