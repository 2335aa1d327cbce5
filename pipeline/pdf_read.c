/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which way a PDF page takes. A page that one picture fills is a scan, and is
 * read from that picture: text laid under it came from another recogniser,
 * pictures laid over it from signing software. Unless the words stand where
 * the picture has nothing: then it is only the background of a page of text.
 */
#include "pipeline/pdf_read.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "pipeline/access_source.h"
#include "pipeline/leptonica.h"
#include "pipeline/pdf_signature.h"
#include "pipeline/pdf_words.h"
#include "pipeline/text_layer.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define POINTS_PER_INCH 72.0
#define RENDER_PX_MAX 20e6   /* A3 at 300 dpi */
#define PICTURE_PX_MAX 24e6  /* colour pictures above are halved */
#define RENDER_DPI_MIN 20.0
#define OVER_WORDS_MIN 50    /* fewer may be a signature over a scan */
#define OVER_BARE_PCT 60     /* of the words must stand on bare background */
#define HIDDEN_SHARE 0.5      /* of the page under pictures whose text it is */
#define CONTRAST 48          /* of grey levels: there is writing in a box */

static void page_is_digital(const struct pdf_page *p, struct page *page)
{
    double w, h;

    pdf_page_size(p, &w, &h);
    page->width_px = (int)lround(w * PDF_TEXT_DPI / POINTS_PER_INCH);
    page->height_px = (int)lround(h * PDF_TEXT_DPI / POINTS_PER_INCH);
    page->dpi_x = page->dpi_y = PDF_TEXT_DPI;
    page->confidence_pct = 100;
    page->origin = TEXT_DIGITAL;
    page->state = PAGE_OK;
}

/* Whether the picture has no writing of its own inside a word's box. */
static bool box_is_bare(PIX *pix, double scale_x, double scale_y,
                        const struct box *b)
{
    int left = (int)(b->x * scale_x), top = (int)(b->y * scale_y);
    int right = (int)((b->x + b->w) * scale_x);
    int bottom = (int)((b->y + b->h) * scale_y);
    unsigned low = 255, high = 0;

    for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
            l_uint32 v = 0;
            unsigned grey;

            if (pixGetPixel(pix, x, y, &v) != 0)
                continue;
            switch (pixGetDepth(pix)) {
            case 1: grey = v ? 0 : 255; break;
            case 8: grey = v; break;
            default: grey = v >> 16 & 255; break; /* green */
            }
            low = grey < low ? grey : low;
            high = grey > high ? grey : high;
        }
    }
    return high < low + CONTRAST;
}

/* Whether most words stand where the picture is bare. The picture fills the
 * page, so its pixels are the page's, scaled. */
static bool words_over_picture(const struct pdf_page *p, PIX *pix,
                               const struct page *words)
{
    double w, h, scale_x, scale_y;
    int all = 0, bare = 0;

    pdf_page_size(p, &w, &h);
    scale_x = pixGetWidth(pix) / (w * PDF_TEXT_DPI / POINTS_PER_INCH);
    scale_y = pixGetHeight(pix) / (h * PDF_TEXT_DPI / POINTS_PER_INCH);
    for (int i = 0; i < words->n_lines; i++) {
        for (int k = 0; k < words->lines[i].n_words; k++, all++)
            bare += box_is_bare(pix, scale_x, scale_y,
                                &words->lines[i].words[k].box);
    }
    return all >= OVER_WORDS_MIN && bare * 100 >= all * OVER_BARE_PCT;
}

static enum status scan_picture(const struct pdf_page *p,
                                const struct pdf_pictures *pictures,
                                struct scan *scan)
{
    double w = pictures->base_width_pt, h = pictures->base_height_pt;
    enum status st = pdf_page_picture(p, pictures->base, PICTURE_PX_MAX,
                                      &scan->width_px, &scan->height_px,
                                      &scan->pix);

    if (st != STATUS_OK)
        return st;
    /* the picture may be stored lying and shown standing */
    if ((w > h) != (scan->width_px > scan->height_px)) {
        w = pictures->base_height_pt;
        h = pictures->base_width_pt;
    }
    scan->dpi_x = scan->width_px * POINTS_PER_INCH / w;
    scan->dpi_y = scan->height_px * POINTS_PER_INCH / h;
    scan_settle_dpi(scan);
    return STATUS_OK;
}

static enum status scan_looks(const struct pdf_page *p, struct scan *scan)
{
    double w, h, dpi = PDF_TEXT_DPI, area;
    enum status st;

    pdf_page_size(p, &w, &h);
    area = w * h / (POINTS_PER_INCH * POINTS_PER_INCH);
    if (!(w > 0 && h > 0))
        return fail(STATUS_INVALID, _("the page of the PDF has no size"));
    dpi = fmin(dpi, sqrt(RENDER_PX_MAX / area));
    dpi = fmin(dpi, 30000 * POINTS_PER_INCH / fmax(w, h));
    if (dpi < RENDER_DPI_MIN)
        return fail(STATUS_LIMIT, _("the page is %.0f × %.0f cm, too large to "
                                    "be drawn"),
                    w * 2.54 / POINTS_PER_INCH, h * 2.54 / POINTS_PER_INCH);
    st = pdf_page_render(p, dpi, &scan->pix);
    if (st != STATUS_OK)
        return st;
    scan->width_px = pixGetWidth(scan->pix);
    scan->height_px = pixGetHeight(scan->pix);
    scan->dpi_x = scan->dpi_y = dpi;
    return STATUS_OK;
}

/* What the layer's letters are, and the words they make. */
struct layer {
    struct pdf_letters letters;
    char *encodings; /* "TCVN3", …: of old fonts; NULL: none */
    enum text_layer kind;
};

static void layer_clear(struct layer *l)
{
    pdf_letters_clear(&l->letters);
    free(l->encodings);
}

/* Fill page's lines from the letters. */
static void layer_read(const struct legacy_table *table, struct layer *l,
                       struct page *page)
{
    AUTO(free_void) struct legacy_font *fonts = NULL;

    fonts = pdf_words_fonts(&l->letters, table, &l->encodings);
    pdf_words(&l->letters, table, fonts, page);
    l->kind = text_layer_judge(page);
}

/* Note in page what became of the layer, with its text as it was taken. */
static void layer_note(const struct layer *l, const char *fate,
                       const char *why, struct page *page)
{
    struct page raw = {0};

    pdf_words(&l->letters, NULL, NULL, &raw);
    if (raw.n_lines > 0)
        page->layer = (struct text_note){xstrdup(fate), xstrdup(why),
                                         page_text(&raw)};
    page_clear(&raw);
}

static void note_unused(const struct layer *l, bool scanned, struct page *page)
{
    switch (l->kind) {
    case TEXT_LAYER_NONE: break;
    case TEXT_LAYER_SIGNATURE:
        layer_note(l, "left-out", "signature", page);
        break;
    case TEXT_LAYER_JUNK: layer_note(l, "replaced", "junk", page); break;
    case TEXT_LAYER_LEGACY: layer_note(l, "replaced", "legacy", page); break;
    case TEXT_LAYER_DIGITAL:
        layer_note(l, "replaced", scanned ? "recognised" : "picture", page);
        break;
    }
}

/* Whether qpdf sees that a page cannot be drawn within the limits, or that
 * its text is laid invisibly over pictures: the work of a recogniser. */
static enum status look_inside(const unsigned char *bytes, size_t n, int index,
                               int megapixels_max, struct pdf_sheet *sheet)
{
    struct pdf_source *source = NULL;
    enum status st = pdf_source_open(bytes, n, &source);

    if (st == STATUS_OK)
        st = pdf_source_sheet(source, index, 0, 0, sheet);
    pdf_source_free(source);
    if (st != STATUS_OK) {
        *sheet = (struct pdf_sheet){0};
        return STATUS_OK; /* poppler reads more than qpdf does */
    }
    if ((double)sheet->largest_width * sheet->largest_height >
        megapixels_max * 1e6)
        return fail(STATUS_LIMIT,
                    _("a picture of %d × %d pixels on the page is over the "
                      "limit of %d million (page_megapixels)"),
                    sheet->largest_width, sheet->largest_height,
                    megapixels_max);
    return STATUS_OK;
}

/* Decide with the words of the layer at hand; clears or fills page. */
static enum status choose_way(const struct pdf_page *p, const struct layer *l,
                              const struct pdf_pictures *pictures, bool hidden,
                              struct scan *scan, struct page *page)
{
    bool digital = l->kind == TEXT_LAYER_DIGITAL && !hidden;
    bool scanned = hidden || pictures->base >= 0;
    enum status st = STATUS_INVALID;

    if (digital && pictures->base < 0)
        digital = text_layer_carries_page(page, pictures->share);
    else if (pictures->base >= 0)
        st = scan_picture(p, pictures, scan);
    if (digital && st == STATUS_OK)
        digital = words_over_picture(p, scan->pix, page);
    else if (digital && pictures->base >= 0)
        digital = false; /* a picture nobody can decode: draw the page */
    if (digital) {
        scan_clear(scan);
        page_is_digital(p, page);
        if (l->encodings != NULL)
            layer_note(l, "converted", l->encodings, page);
        return STATUS_OK;
    }
    page_clear(page);
    note_unused(l, scanned, page);
    return st == STATUS_OK ? st : scan_looks(p, scan);
}

enum status pdf_read(const unsigned char *bytes, size_t n, int index,
                     const struct legacy_table *table, int megapixels_max,
                     struct scan *scan, struct page *page)
{
    AUTO(pdf_page_freep) struct pdf_page *p = NULL;
    AUTO(layer_clear) struct layer layer = {0};
    struct pdf_pictures pictures;
    struct page words = {0};
    struct pdf_sheet sheet = {0};
    bool has_fields;
    enum status st = pdf_page_open(bytes, n, index, &p);

    if (st != STATUS_OK)
        return st;
    pictures = pdf_page_pictures(p);
    has_fields = pdf_page_has_fields(p);
    if (pictures.share > 0 || has_fields)
        st = look_inside(bytes, n, index, megapixels_max, &sheet);
    if (st != STATUS_OK)
        return st;
    pdf_page_letters(p, &layer.letters);
    if (has_fields && sheet.right > 0 && pictures.base < 0)
        pdf_signature_overlays(bytes, n, index, &sheet, &layer.letters);
    layer_read(table, &layer, &words);
    st = choose_way(p, &layer, &pictures,
                    sheet.text_hidden && pictures.share >= HIDDEN_SHARE, scan,
                    &words);
    if (st == STATUS_OK)
        *page = words;
    else
        page_clear(&words);
    return st;
}
