/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The access PDF, made of small pictures and checked with what a stranger
 * would use: qpdf, pdftotext and, where Java has it, Preflight.
 */
#include "base/alloc.h"
#include "base/file.h"
#include "pipeline/leptonica.h"
#include "pipeline/reader.h"
#include "unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Fontconfig keeps its configuration until the process ends. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

#define W 640
#define H 480

/* ---- sources ---- */

/* A page with something on it, of 1, 8 or 32 bits. */
static PIX *picture(int depth)
{
    PIX *pix = pixCreate(W, H, depth);
    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
            l_uint32 v = (l_uint32)(x * 7 + y * 13) & 255;
            if (depth == 1)
                v = x > 100 && x < 300 && y % 20 < 8;
            if (depth == 32)
                v = v << 24 | (v / 2) << 16 | (255 - v) << 8;
            pixSetPixel(pix, x, y, v);
        }
    }
    return pix;
}

struct bytes {
    l_uint8 *b;
    size_t n;
};

static struct bytes encoded(int depth, int format)
{
    struct bytes out = {0};
    PIX *pix = picture(depth);
    int bad =
        format == IFF_PNG         ? pixWriteMemPng(&out.b, &out.n, pix, 0)
        : format == IFF_JFIF_JPEG ? pixWriteMemJpeg(&out.b, &out.n, pix, 80, 0)
        : format == IFF_WEBP      ? pixWriteMemWebP(&out.b, &out.n, pix, 80, 0)
                             : pixWriteMemTiff(&out.b, &out.n, pix, format);
    assert_int_equal(bad, 0);
    pixDestroy(&pix);
    return out;
}

static int memory_file(const void *bytes, size_t n)
{
    int fd = memfd_create("test", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_ok(file_write_all(fd, bytes, n, "test"));
    return fd;
}

/* ---- the record ---- */

static struct page words_page(int turn, enum text_origin origin)
{
    static const char *const texts[2][4] = {
        {"ỦY", "BAN", "NHÂN", "DÂN"}, {"Số:", "247/QĐ-UBND", "ngày", "1/3"}};
    struct page p = {.width_px = W,
                     .height_px = H,
                     .dpi_x = 100,
                     .dpi_y = 100,
                     .turn_deg = turn,
                     .confidence_pct = 90,
                     .origin = origin};
    for (int i = 0; i < 2 && origin != TEXT_NONE; i++) {
        struct line l = {.block = 0};
        for (int k = 0; k < 4; k++) {
            /* Upright boxes, then turned back to where they were scanned. */
            int u = 40 + 100 * k;
            int v = 60 + 60 * i;
            struct box b = {u, v, 80, 24};
            if (turn == 90)
                b = (struct box){v, H - u - 80, 24, 80};
            else if (turn == 180)
                b = (struct box){W - u - 80, H - v - 24, 80, 24};
            else if (turn == 270)
                b = (struct box){W - v - 24, u, 24, 80};
            struct word w = {
                .text = xstrdup(texts[i][k]), .box = b, .conf_pct = 90};
            line_take_word(&l, &w);
        }
        page_take_line(&p, &l);
    }
    return p;
}

#define WORDS "ỦY BAN NHÂN DÂN Số: 247/QĐ-UBND ngày 1/3"

static struct record *record_of(struct page *p, int pages)
{
    struct record *r = record_new();
    struct source s = {.name = xstrdup("a"), .pages = pages};
    r->title = xstrdup("Quyết định (số 247)");
    record_take_source(r, &s);
    record_take_page(r, p);
    return r;
}

struct made {
    char *pdf;
    size_t n;
    bool pdfa;
    char *note;
    char path[40];
};

static struct made make(const struct record *r, const void *source, size_t n)
{
    struct pool_options o = {.page_megapixels = 120, .file_pages = 100};
    struct made m = {.path = "/tmp/hoso-access-XXXXXX"};
    json_t *info = NULL;
    int fd = memory_file(source, n);
    int out = mkstemp(m.path);
    assert_true(out >= 0);
    assert_ok(access_pdf_write(&o, r, &fd, 1, out, &info));
    close(fd);
    close(out);
    assert_ok(file_read(m.path, 100 << 20, &m.pdf, &m.n));
    m.pdfa = json_is_true(json_object_get(info, "pdfa"));
    m.note = xstrdup(json_string_or(info, "note", ""));
    json_decref(info);
    return m;
}

static void made_clear(struct made *m)
{
    unlink(m->path);
    free(m->pdf);
    free(m->note);
}

static struct made make_page(struct page p, const void *source, size_t n)
{
    struct record *r = record_of(&p, 1);
    struct made m = make(r, source, n);
    record_free(r);
    return m;
}

static bool holds(const struct made *m, const void *bytes, size_t n)
{
    return memmem(m->pdf, m->n, bytes, n) != NULL;
}

static bool says(const struct made *m, const char *text)
{
    return holds(m, text, strlen(text));
}

/* ---- strangers' tools ---- */

static bool have(const char *tool)
{
    AUTO(free_char) char *c = xasprintf("command -v %s >/dev/null", tool);
    return system(c) == 0;
}

static void passes_qpdf(const struct made *m)
{
    if (!have("qpdf"))
        return;
    AUTO(free_char) char *c = xasprintf("qpdf --check %s >/dev/null", m->path);
    assert_int_equal(system(c), 0);
}

/* Words of pdftotext, one space between them; NULL without the tool. */
static char *words_of(const struct made *m)
{
    if (!have("pdftotext"))
        return NULL;
    AUTO(free_char)
    char *c = xasprintf("pdftotext -raw %s - | tr -s ' \\n\\f' "
                        "'   ' | sed 's/ *$//'",
                        m->path);
    char text[4096];
    FILE *f = popen(c, "r");
    size_t n = fread(text, 1, sizeof(text) - 1, f);
    assert_int_equal(pclose(f), 0);
    return xstrndup(text, n);
}

static void has_words(const struct made *m, const char *want)
{
    char *got = words_of(m);
    if (got)
        assert_string_equal(got, want);
    free(got);
}

/* ---- the tests ---- */

static void a_jpeg_goes_in_byte_for_byte(void **state)
{
    (void)state;
    for (int depth = 8; depth <= 32; depth += 24) {
        struct bytes jpeg = encoded(depth, IFF_JFIF_JPEG);
        struct made m = make_page(words_page(0, TEXT_OCR), jpeg.b, jpeg.n);
        assert_true(holds(&m, jpeg.b, jpeg.n));
        assert_true(says(&m, depth == 8 ? "/DeviceGray" : "/DeviceRGB"));
        assert_true(m.pdfa);
        assert_string_equal(m.note, "PDF/A-2u");
        passes_qpdf(&m);
        made_clear(&m);
        lept_free(jpeg.b);
    }
}

static void png_data_goes_in_as_it_is(void **state)
{
    static const int depths[] = {1, 8, 32};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(depths); i++) {
        struct bytes png = encoded(depths[i], IFF_PNG);
        l_uint8 *idat = memmem(png.b, png.n, "IDAT", 4);
        size_t n = (size_t)idat[-2] << 8 | idat[-1];
        struct made m = make_page(words_page(0, TEXT_OCR), png.b, png.n);
        assert_true(holds(&m, idat + 4, n));
        assert_true(says(&m, "/Predictor 15"));
        passes_qpdf(&m);
        made_clear(&m);
        lept_free(png.b);
    }
}

static void a_group_4_strip_goes_in_as_it_is(void **state)
{
    (void)state;
    struct bytes tiff = encoded(1, IFF_TIFF_G4);
    struct made m = make_page(words_page(0, TEXT_OCR), tiff.b, tiff.n);
    assert_true(says(&m, "/CCITTFaxDecode"));
    assert_true(holds(&m, tiff.b + 8, 100)); /* the strip is behind the head */
    passes_qpdf(&m);
    made_clear(&m);
    lept_free(tiff.b);
}

static void everything_else_goes_in_without_loss(void **state)
{
    static const int formats[] = {IFF_TIFF_LZW, IFF_TIFF_ZIP, IFF_TIFF};
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
        struct bytes tiff = encoded(8, formats[i]);
        struct bytes png = encoded(8, IFF_PNG);
        l_uint8 *idat = memmem(png.b, png.n, "IDAT", 4);
        struct made m = make_page(words_page(0, TEXT_OCR), tiff.b, tiff.n);
        assert_true(holds(&m, idat + 4, 1000)); /* the same pixels packed */
        assert_true(m.pdfa);
        made_clear(&m);
        lept_free(tiff.b);
        lept_free(png.b);
    }
    struct bytes webp = encoded(32, IFF_WEBP);
    struct made m = make_page(words_page(0, TEXT_OCR), webp.b, webp.n);
    assert_true(says(&m, "/Predictor 15"));
    made_clear(&m);
    lept_free(webp.b);
}

static void words_come_back_from_every_side(void **state)
{
    (void)state;
    struct bytes jpeg = encoded(8, IFF_JFIF_JPEG);
    for (int turn = 0; turn < 360; turn += 90) {
        struct made m = make_page(words_page(turn, TEXT_OCR), jpeg.b, jpeg.n);
        AUTO(free_char) char *rotate = xasprintf("/Rotate %d ", turn);
        assert_true(says(&m, rotate));
        has_words(&m, WORDS);
        made_clear(&m);
    }
    lept_free(jpeg.b);
}

static void the_same_pages_give_the_same_bytes(void **state)
{
    (void)state;
    struct bytes jpeg = encoded(32, IFF_JFIF_JPEG);
    struct made a = make_page(words_page(0, TEXT_OCR), jpeg.b, jpeg.n);
    struct made b = make_page(words_page(0, TEXT_OCR), jpeg.b, jpeg.n);
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.pdf, b.pdf, a.n);
    made_clear(&a);
    made_clear(&b);
    lept_free(jpeg.b);
}

static void it_says_what_it_is(void **state)
{
    (void)state;
    struct bytes jpeg = encoded(8, IFF_JFIF_JPEG);
    struct made m = make_page(words_page(0, TEXT_OCR), jpeg.b, jpeg.n);
    assert_true(says(&m, "<pdfaid:part>2</pdfaid:part>"));
    assert_true(says(&m, "<pdfaid:conformance>U</pdfaid:conformance>"));
    assert_true(says(&m, "Quyết định (số 247)</rdf:li>"));
    assert_true(says(&m, "/GTS_PDFA1"));
    assert_true(says(&m, "/ID ["));
    assert_false(says(&m, "/Encrypt"));
    assert_memory_equal(m.pdf, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", 15);
    made_clear(&m);
    lept_free(jpeg.b);
}

static void a_page_that_was_not_read_is_kept_in_its_place(void **state)
{
    struct page p = {.state = PAGE_FAILED, .cause = xstrdup("crashed")};
    (void)state;
    struct bytes tiff = encoded(8, IFF_TIFF_LZW);
    struct made m = make_page(p, tiff.b, tiff.n); /* it is not decoded again */
    assert_non_null(strstr(m.note, "without the picture of 1 pages"));
    assert_true(says(&m, "/Count 1 "));
    passes_qpdf(&m);
    made_clear(&m);
    lept_free(tiff.b);
}

static void bytes_that_are_no_picture_give_an_empty_page(void **state)
{
    static const char junk[] = "\xFF\xD8\xFF\xE0 no JPEG at all";
    (void)state;
    struct made m = make_page(words_page(0, TEXT_OCR), junk, sizeof(junk));
    assert_non_null(strstr(m.note, "without the picture"));
    has_words(&m, WORDS);
    passes_qpdf(&m);
    made_clear(&m);
}

static void the_picture_of_a_scanned_pdf_is_taken_as_it_is(void **state)
{
    (void)state;
    struct bytes jpeg = encoded(32, IFF_JFIF_JPEG);
    /* One of our own makes a scanned PDF with a text layer of its own. */
    struct made source = make_page(words_page(0, TEXT_OCR), jpeg.b, jpeg.n);
    struct made m = make_page(words_page(90, TEXT_OCR), source.pdf, source.n);
    assert_true(holds(&m, jpeg.b, jpeg.n));
    assert_true(m.pdfa);
    assert_true(says(&m, "/Rotate 90 "));
    has_words(&m, WORDS); /* once, not twice */
    passes_qpdf(&m);
    made_clear(&m);
    made_clear(&source);
    lept_free(jpeg.b);
}

static const char born_digital[] =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 460 345]/Contents 4 0 R"
    "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    ">>endobj\n"
    "4 0 obj<</Length 44>>stream\n"
    "BT /F 24 Tf 40 200 Td (Words of my own) Tj ET\n"
    "endstream endobj\n"
    "trailer<</Root 1 0 R>>\n";

static void a_born_digital_page_keeps_its_own_text(void **state)
{
    (void)state;
    struct made m = make_page(words_page(0, TEXT_DIGITAL), born_digital,
                              sizeof(born_digital) - 1);
    assert_false(m.pdfa);
    assert_non_null(strstr(m.note, "1 of 1 pages copied"));
    assert_false(says(&m, "pdfaid:part"));
    has_words(&m, "Words of my own");
    passes_qpdf(&m);
    made_clear(&m);
}

static void text_that_is_not_what_was_read_is_drawn(void **state)
{
    (void)state;
    struct made m = make_page(words_page(0, TEXT_OCR), born_digital,
                              sizeof(born_digital) - 1);
    assert_true(m.pdfa);
    has_words(&m, WORDS);
    passes_qpdf(&m);
    made_clear(&m);
}

static void errors_of_preflight_are_those_of_another_part_only(void **state)
{
    (void)state;
    static const char jars[] =
        "/usr/share/java/preflight.jar:/usr/share/java/pdfbox2.jar:"
        "/usr/share/java/fontbox2.jar:/usr/share/java/xmpbox.jar:"
        "/usr/share/java/commons-logging.jar:/usr/share/java/commons-io.jar:"
        "/usr/share/java/javax.activation.jar:/usr/share/java/jaxb-api.jar";
    if (access("/usr/share/java/preflight.jar", R_OK) != 0 ||
        access("/usr/share/java/jaxb-api.jar", R_OK) != 0 || !have("java")) {
        print_message("SKIPPED: no Preflight (libpdfbox2-java)\n");
        skip();
    }
    struct bytes jpeg = encoded(32, IFF_JFIF_JPEG);
    struct made m = make_page(words_page(90, TEXT_OCR), jpeg.b, jpeg.n);
    /* It knows PDF/A-1b only: 7.11.1 and 7.11.2 say "part 2, level U". */
    AUTO(free_char)
    char *c = xasprintf(
        "java -cp %s org.apache.pdfbox.preflight.Validator_A1b %s 2>/dev/null "
        "| grep -E '^[0-9]' | grep -vE '^7\\.11\\.[12] '",
        jars, m.path);
    assert_int_not_equal(system(c), 0);
    made_clear(&m);
    lept_free(jpeg.b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_jpeg_goes_in_byte_for_byte),
        cmocka_unit_test(png_data_goes_in_as_it_is),
        cmocka_unit_test(a_group_4_strip_goes_in_as_it_is),
        cmocka_unit_test(everything_else_goes_in_without_loss),
        cmocka_unit_test(words_come_back_from_every_side),
        cmocka_unit_test(the_same_pages_give_the_same_bytes),
        cmocka_unit_test(it_says_what_it_is),
        cmocka_unit_test(a_page_that_was_not_read_is_kept_in_its_place),
        cmocka_unit_test(bytes_that_are_no_picture_give_an_empty_page),
        cmocka_unit_test(the_picture_of_a_scanned_pdf_is_taken_as_it_is),
        cmocka_unit_test(a_born_digital_page_keeps_its_own_text),
        cmocka_unit_test(text_that_is_not_what_was_read_is_drawn),
        cmocka_unit_test(errors_of_preflight_are_those_of_another_part_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
