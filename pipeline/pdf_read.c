/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which way a PDF page takes. A page that one picture fills is a scan, and is
 * read from that picture: text laid under it came from another recogniser,
 * pictures laid over it from signing software. Unless the words stand where
 * the picture has nothing: then it is only the background of a page of text.
 */
#include "pipeline/pdf_read.h"

#include "base/i18n.h"
#include "pipeline/leptonica.h"
#include "pipeline/pdf_page.h"
#include "pipeline/text_layer.h"
#include <math.h>

#define POINTS_PER_INCH 72.0
#define RENDER_PX_MAX 20e6   /* A3 at 300 dpi */
#define PICTURE_PX_MAX 24e6  /* colour pictures above are halved */
#define RENDER_DPI_MIN 20.0
#define OVER_WORDS_MIN 50    /* fewer may be a signature over a scan */
#define OVER_BARE_PCT 60     /* of the words must stand on bare background */
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

/* Decide with the words of the layer at hand; clears or fills page. */
static enum status choose_way(const struct pdf_page *p, struct scan *scan,
                              struct page *page)
{
    struct pdf_pictures pictures = pdf_page_pictures(p);
    enum text_layer layer = text_layer_judge(page);
    enum status st = STATUS_INVALID;

    if (layer == TEXT_LAYER_DIGITAL && pictures.base < 0 &&
        text_layer_carries_page(page, pictures.share)) {
        page_is_digital(p, page);
        return STATUS_OK;
    }
    if (pictures.base >= 0)
        st = scan_picture(p, &pictures, scan);
    if (st == STATUS_OK && layer == TEXT_LAYER_DIGITAL &&
        words_over_picture(p, scan->pix, page)) {
        scan_clear(scan);
        page_is_digital(p, page);
        return STATUS_OK;
    }
    page_clear(page);
    if (st != STATUS_OK)
        st = scan_looks(p, scan);
    return st;
}

enum status pdf_read(const unsigned char *bytes, size_t n, int index,
                     struct scan *scan, struct page *page)
{
    AUTO(pdf_page_freep) struct pdf_page *p = NULL;
    struct page words = {0};
    enum status st = pdf_page_open(bytes, n, index, &p);

    if (st != STATUS_OK)
        return st;
    pdf_page_words(p, &words);
    st = choose_way(p, scan, &words);
    if (st == STATUS_OK)
        *page = words;
    else
        page_clear(&words);
    return st;
}
