/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The whole reader on files: what a source is said to be, what is refused and
 * why, and how pages come out. Most tests replay from an empty folder, where
 * everything is decoded and nothing recognised; those that recognise are
 * skipped where the model is not installed.
 */
#include "base/alloc.h"
#include "base/digest.h"
#include "base/file.h"
#include "pipeline/reader.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct pool_options limits = {
    .jobs = 1,
    .model = "vie",
    .page_seconds = 60,
    .worker_mb = 560,
    .file_pages = 100,
    .page_megapixels = 150,
    .min_dpi = 200,
    .min_confidence_pct = 75,
};

static struct reader *replaying_reader(void)
{
    struct reader *r = NULL;

    setenv("HOSO_OCR", "replay:/nonexistent", 1);
    assert_ok(reader_new(&limits, &r));
    unsetenv("HOSO_OCR");
    return r;
}

static struct reader *real_reader_or_skip(void)
{
    struct reader *r = NULL;

    unsetenv("HOSO_OCR");
    if (reader_new(&limits, &r) != STATUS_OK) {
        print_message("%s\n", status_message());
        skip();
    }
    return r;
}

struct opened {
    int fd;
    enum media media;
    char sha256[DIGEST_HEX_BYTES];
};

static struct opened open_path(const char *path)
{
    struct opened o = {.fd = open(path, O_RDONLY | O_CLOEXEC)};
    unsigned char head[1024];
    ssize_t n;
    uint64_t bytes;

    if (o.fd < 0)
        fail_msg("%s is missing", path);
    n = read(o.fd, head, sizeof(head));
    o.media = media_sniff(head, n > 0 ? (size_t)n : 0);
    lseek(o.fd, 0, SEEK_SET);
    assert_ok(digest_fd(o.fd, path, o.sha256, &bytes));
    return o;
}

static struct opened open_odd(const char *name)
{
    AUTO(free_char) char *path = xasprintf("%s/odd/%s", HOSO_TEST_DATA, name);

    return open_path(path);
}

/* What comes first: the probe's failure, or the first page's, or none (in
 * replay: NOT_FOUND, nothing is recorded of a page that can be decoded). */
static enum status outcome(struct reader *r, struct opened *o, int *pages)
{
    json_t *info = NULL;
    struct page page = {0};
    enum status st = reader_probe(r, o->fd, o->media, pages, &info);

    json_decref(info);
    if (st == STATUS_OK)
        st = reader_read(r, o->fd, o->media, o->sha256, 0, &page);
    page_clear(&page);
    return st;
}

static void odd_files_get_their_true_status(void **state)
{
    static const struct {
        const char *name;
        enum status want; /* NOT_FOUND: decoded */
    } cases[] = {
        {"alpha.png", STATUS_NOT_FOUND},
        {"blank.png", STATUS_NOT_FOUND},
        {"bomb.png", STATUS_LIMIT},
        {"cmyk.jpg", STATUS_NOT_FOUND},
        {"empty.jpg", STATUS_UNSUPPORTED},
        {"encrypted.pdf", STATUS_ENCRYPTED},
        {"exif-turned.jpg", STATUS_NOT_FOUND},
        {"header-only.jpg", STATUS_INVALID},
        {"interlaced.png", STATUS_NOT_FOUND},
        {"jpeg-named.png", STATUS_NOT_FOUND},
        {"lzw-24bit.tif", STATUS_NOT_FOUND},
        {"no-dpi.tif", STATUS_NOT_FOUND},
        {"no-pages.pdf", STATUS_INVALID},
        {"one-pixel.png", STATUS_NOT_FOUND},
        {"palette.png", STATUS_NOT_FOUND},
        {"pdf-in-name-only.pdf", STATUS_UNSUPPORTED},
        {"plain.jp2", STATUS_NOT_FOUND},
        {"plain.webp", STATUS_NOT_FOUND},
        {"progressive.jpg", STATUS_NOT_FOUND},
        {"silly-dpi.tif", STATUS_NOT_FOUND},
        {"sixteen-bit.png", STATUS_NOT_FOUND},
        {"text.jpg", STATUS_UNSUPPORTED},
        {"truncated.jpg", STATUS_NOT_FOUND},
        {"truncated.tif", STATUS_INVALID},
        {"wide-30000.tif", STATUS_LIMIT},
        {"zeros.tif", STATUS_UNSUPPORTED},
    };
    struct reader *r = replaying_reader();

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct opened o = open_odd(cases[i].name);
        int pages;
        enum status st = outcome(r, &o, &pages);

        close(o.fd);
        if (st != cases[i].want)
            fail_msg("%s: %s (%s) instead of %s", cases[i].name,
                     status_json(st), status_message(),
                     status_json(cases[i].want));
    }
    reader_free(r);
}

static void a_probe_counts_pages_and_tells_encryption(void **state)
{
    struct reader *r = replaying_reader();
    struct opened o = open_odd("owner-only.pdf");
    json_t *info = NULL;
    int pages = 0;

    (void)state;
    assert_ok(reader_probe(r, o.fd, o.media, &pages, &info));
    assert_int_equal(pages, 2);
    assert_true(json_is_true(json_object_get(info, "encrypted")));
    assert_true(json_is_false(json_object_get(info, "signed")));
    json_decref(info);
    close(o.fd);
    reader_free(r);
}

static void a_born_digital_page_needs_no_recogniser(void **state)
{
    struct reader *r = real_reader_or_skip();
    struct opened o = open_odd("digital.pdf");
    struct page page = {0};

    (void)state;
    assert_ok(reader_read(r, o.fd, o.media, o.sha256, 1, &page));
    assert_int_equal(page.origin, TEXT_DIGITAL);
    assert_int_equal(page.state, PAGE_OK);
    assert_int_equal(page.source_page, 1);
    assert_int_equal((int)page.dpi_x, 300);
    assert_true(page.n_lines > 1);
    for (int i = 0; i < page.n_lines; i++) {
        for (int k = 0; k < page.lines[i].n_words; k++) {
            struct box b = page.lines[i].words[k].box;

            assert_true(b.w > 0 && b.h > 0);
            assert_true(b.x + b.w <= page.width_px);
            assert_true(b.y + b.h <= page.height_px);
            assert_int_equal(page.lines[i].words[k].conf_pct, 100);
        }
    }
    page_clear(&page);
    close(o.fd);
    reader_free(r);
}

/* A page as a PNG file, opened; the file is gone. */
static struct opened open_pix(PIX *pix, int dpi)
{
    char name[] = "/tmp/hoso-test-XXXXXX";
    struct opened o;

    close(mkstemp(name));
    pixSetResolution(pix, dpi, dpi);
    assert_int_equal(pixWrite(name, pix, IFF_PNG), 0);
    pixDestroy(&pix);
    o = open_path(name);
    unlink(name);
    return o;
}

static struct page read_pix(struct reader *r, PIX *pix, int dpi)
{
    struct opened o = open_pix(pix, dpi);
    struct page page = {0};

    assert_ok(reader_read(r, o.fd, o.media, o.sha256, 0, &page));
    close(o.fd);
    return page;
}

static const struct word *find_word(const struct page *page, const char *text)
{
    for (int i = 0; i < page->n_lines; i++)
        for (int k = 0; k < page->lines[i].n_words; k++)
            if (strcmp(page->lines[i].words[k].text, text) == 0)
                return &page->lines[i].words[k];
    fail_msg("'%s' was not read", text);
    return NULL;
}

/* Read upright and turned; the boxes of a word, both on their originals, must
 * be the same after the turn. */
static void turned_pages_read_the_same_with_boxes_in_place(void **state)
{
    struct reader *r = real_reader_or_skip();
    PIX *print = sample_print(1100, 1500, 28);
    struct page upright = read_pix(r, pixClone(print), 200);
    struct box want = find_word(&upright, "department")->box;

    (void)state;
    assert_int_equal(upright.turn_deg, 0);
    assert_int_equal(upright.state, PAGE_OK);
    for (int quarters = 1; quarters < 4; quarters++) {
        struct page turned = read_pix(r, pixRotateOrth(print, quarters), 200);
        struct box b = find_word(&turned, "department")->box;
        int x = quarters == 1   ? 1500 - want.y - want.h
                : quarters == 2 ? 1100 - want.x - want.w
                                : want.y;

        assert_int_equal(turned.turn_deg, 360 - 90 * quarters);
        assert_in_range(b.x, x - 4, x + 4);
        assert_int_equal(turned.width_px, quarters == 2 ? 1100 : 1500);
        page_clear(&turned);
    }
    page_clear(&upright);
    pixDestroy(&print);
    reader_free(r);
}

static void an_empty_page_is_blank_not_an_error(void **state)
{
    struct reader *r = real_reader_or_skip();
    struct page page = read_pix(r, pixCreate(1654, 2339, 1), 200);

    (void)state;
    assert_int_equal(page.state, PAGE_BLANK);
    assert_int_equal(page.origin, TEXT_NONE);
    assert_int_equal(page.n_lines, 0);
    page_clear(&page);
    reader_free(r);
}

static void one_line_is_not_blank(void **state)
{
    struct reader *r = real_reader_or_skip();
    struct page page = read_pix(r, sample_print(1654, 2339, 1), 200);

    (void)state;
    assert_true(page.state != PAGE_BLANK);
    assert_non_null(find_word(&page, "board"));
    page_clear(&page);
    reader_free(r);
}

static void coarse_pages_are_doubtful(void **state)
{
    struct reader *r = real_reader_or_skip();
    struct page page = read_pix(r, sample_print(1100, 1500, 20), 120);

    (void)state;
    assert_int_equal(page.state, PAGE_LOW);
    assert_true(page.doubts & DOUBT_LOW_DPI);
    page_clear(&page);
    reader_free(r);
}

static void recorded_pages_are_replayed(void **state)
{
    char folder[] = "/tmp/hoso-test-XXXXXX";
    AUTO(free_char) char *setting = NULL;
    struct reader *r = NULL;
    struct opened o;
    struct page first = {0}, again = {0};
    char *want, *got;

    (void)state;
    reader_free(real_reader_or_skip());
    o = open_pix(sample_print(900, 600, 6), 200);
    setting = xasprintf("record:%s", mkdtemp(folder));
    setenv("HOSO_OCR", setting, 1);
    assert_ok(reader_new(&limits, &r));
    assert_ok(reader_read(r, o.fd, o.media, o.sha256, 0, &first));
    reader_free(r);
    memcpy(setting, "replay", 6);
    setenv("HOSO_OCR", setting, 1);
    assert_ok(reader_new(&limits, &r));
    assert_ok(reader_read(r, o.fd, o.media, o.sha256, 0, &again));
    reader_free(r);
    unsetenv("HOSO_OCR");
    want = page_text(&first);
    got = page_text(&again);
    assert_string_equal(want, got);
    free(want);
    free(got);
    page_clear(&first);
    page_clear(&again);
    close(o.fd);
    assert_ok(file_remove_tree(folder));
}

static void the_reader_says_what_it_is(void **state)
{
    struct reader *r = real_reader_or_skip();
    json_t *info = reader_info(r);
    const char *sha256 = json_string_or(info, "model_sha256", "");

    (void)state;
    assert_string_equal(json_string_or(info, "model", ""), "vie");
    assert_true(digest_is_hex(sha256));
    assert_true(json_string_or(info, "tesseract", "")[0] == '5');
    json_decref(info);
    reader_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odd_files_get_their_true_status),
        cmocka_unit_test(a_probe_counts_pages_and_tells_encryption),
        cmocka_unit_test(a_born_digital_page_needs_no_recogniser),
        cmocka_unit_test(turned_pages_read_the_same_with_boxes_in_place),
        cmocka_unit_test(an_empty_page_is_blank_not_an_error),
        cmocka_unit_test(one_line_is_not_blank),
        cmocka_unit_test(coarse_pages_are_doubtful),
        cmocka_unit_test(recorded_pages_are_replayed),
        cmocka_unit_test(the_reader_says_what_it_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
