/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of pages: the right pixels, upright, as PNG. */
#include "base/alloc.h"
#include "base/file.h"
#include "pipeline/crop.h"
#include "pipeline/leptonica.h"
#include "unit/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const struct pool_options limits = {.jobs = 1,
                                           .model = "vie",
                                           .page_seconds = 60,
                                           .worker_mb = 560,
                                           .file_pages = 100,
                                           .page_megapixels = 150};

/* A white page of 400 × 600 with a black bar of 100 × 20 at (150, 200). */
static int made_page(void)
{
    PIX *pix = pixCreate(400, 600, 8);
    l_uint8 *png = NULL;
    size_t n = 0;
    int fd = memfd_create("page", MFD_CLOEXEC);

    pixSetAll(pix);
    for (int y = 200; y < 220; y++)
        for (int x = 150; x < 250; x++)
            pixSetPixel(pix, x, y, 0);
    assert_int_equal(pixWriteMemPng(&png, &n, pix, 0), 0);
    assert_ok(file_write_all(fd, png, n, "page"));
    lept_free(png);
    pixDestroy(&pix);
    return fd;
}

static PIX *crop_of(const struct crop *c)
{
    AUTO(close_fdp) int in = made_page();
    AUTO(close_fdp) int out = memfd_create("crop", MFD_CLOEXEC);
    static l_uint8 png[1 << 20];
    ssize_t n;
    PIX *pix;

    assert_ok(crop_page(&limits, in, MEDIA_PNG, 0, c, out));
    n = pread(out, png, sizeof(png), 0);
    assert_true(n > 8);
    assert_memory_equal(png, "\x89PNG", 4);
    pix = pixReadMem(png, (size_t)n);
    assert_non_null(pix);
    return pix;
}

static bool is_black(PIX *pix, int x, int y)
{
    l_uint32 v = 1;

    assert_int_equal(pixGetPixel(pix, x, y, &v), 0);
    return v == 0;
}

static void the_box_is_cut_with_a_margin(void **state)
{
    (void)state;
    AUTO(pixDestroy)
    PIX *p = crop_of(&(struct crop){{150, 200, 100, 20}, 400, 600, 0});

    assert_int_equal(pixGetWidth(p), 100 + 30);
    assert_int_equal(pixGetHeight(p), 20 + 30);
    assert_false(is_black(p, 14, 25));
    assert_true(is_black(p, 15, 25));
    assert_true(is_black(p, 114, 34));
    assert_false(is_black(p, 115, 35));
}

static void a_turned_page_is_cut_upright(void **state)
{
    (void)state;
    AUTO(pixDestroy)
    PIX *p = crop_of(&(struct crop){{150, 200, 50, 20}, 400, 600, 90});

    /* the left half of the bar: after a clockwise turn it is on top */
    assert_int_equal(pixGetWidth(p), 20 + 30);
    assert_int_equal(pixGetHeight(p), 50 + 30);
    assert_false(is_black(p, 25, 10));
    assert_true(is_black(p, 25, 78));
}

static void boxes_of_another_size_of_the_page_are_scaled(void **state)
{
    (void)state;
    AUTO(pixDestroy)
    PIX *p = crop_of(&(struct crop){{300, 400, 200, 40}, 800, 1200, 0});

    assert_int_equal(pixGetWidth(p), 100 + 30);
    assert_true(is_black(p, 65, 25));
}

static void a_box_at_the_edge_is_clipped(void **state)
{
    (void)state;
    AUTO(pixDestroy)
    PIX *p = crop_of(&(struct crop){{390, 590, 10, 10}, 400, 600, 0});

    assert_int_equal(pixGetWidth(p), 22);
    assert_int_equal(pixGetHeight(p), 22);
}

static void a_box_outside_gives_something_all_the_same(void **state)
{
    (void)state;
    AUTO(pixDestroy)
    PIX *p = crop_of(&(struct crop){{9000, 9000, 10, 10}, 400, 600, 180});

    assert_true(pixGetWidth(p) >= 1);
}

static void without_a_box_it_is_the_page(void **state)
{
    (void)state;
    AUTO(pixDestroy) PIX *p = crop_of(&(struct crop){.turn_deg = 270});

    assert_int_equal(pixGetWidth(p), 600);
    assert_int_equal(pixGetHeight(p), 400);
}

static void what_is_no_image_is_refused(void **state)
{
    (void)state;
    AUTO(close_fdp) int in = memfd_create("junk", MFD_CLOEXEC);
    AUTO(close_fdp) int out = memfd_create("crop", MFD_CLOEXEC);
    const struct crop c = {0};

    assert_int_equal(write(in, "no image at all", 15), 15);
    assert_fails(STATUS_INVALID,
                 crop_page(&limits, in, MEDIA_PNG, 0, &c, out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_box_is_cut_with_a_margin),
        cmocka_unit_test(a_turned_page_is_cut_upright),
        cmocka_unit_test(boxes_of_another_size_of_the_page_are_scaled),
        cmocka_unit_test(a_box_at_the_edge_is_clipped),
        cmocka_unit_test(a_box_outside_gives_something_all_the_same),
        cmocka_unit_test(without_a_box_it_is_the_page),
        cmocka_unit_test(what_is_no_image_is_refused),
    };

    setMsgSeverity(L_SEVERITY_NONE);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
