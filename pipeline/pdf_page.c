/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * poppler-glib reads the page, cairo holds its pixels. Pixels leave here as
 * PIX in the smallest depth that says the same, so that a bilevel page does
 * not cost 32 bits a pixel for the rest of its way.
 */
#include "pipeline/pdf_page.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"
#include "pipeline/leptonica.h"
#include "pipeline/surface_pix.h"
#include <math.h>
#include <poppler.h>
#include <string.h>

#define POINTS_PER_INCH 72.0
#define FILLS_SHARE 0.75     /* of the page: a picture that fills it */
#define SMALL_SHARE 0.30     /* less: a stamp or signature laid over it */
#define PICTURES_MAX 2000    /* looked at; pages of tiles have hundreds */
#define BLOCK_GAP_LINES 0.9  /* white between lines that parts blocks */
#define WORD_GAP_SIZES 0.3   /* white inside a word, of a letter's height */
#define COLUMN_GAP_SIZES 1.5 /* more parts columns, not words of a line */

struct pdf_page {
    PopplerDocument *document;
    PopplerPage *page;
};

const char *pdf_poppler_version(void)
{
    return poppler_get_version();
}

static enum status open_document(const unsigned char *bytes, size_t n,
                                 PopplerDocument **out)
{
    GBytes *borrowed = g_bytes_new_static(bytes, n);
    GError *error = NULL;
    PopplerDocument *document =
        poppler_document_new_from_bytes(borrowed, NULL, &error);
    bool encrypted = error != NULL && error->domain == POPPLER_ERROR &&
                     error->code == POPPLER_ERROR_ENCRYPTED;

    g_bytes_unref(borrowed);
    g_clear_error(&error);
    if (document == NULL && encrypted)
        return fail(STATUS_ENCRYPTED,
                    _("the PDF needs a password; save it without one and give "
                      "it again"));
    if (document == NULL)
        return fail(STATUS_INVALID,
                    _("the PDF cannot be opened; it is damaged or cut off"));
    *out = document;
    return STATUS_OK;
}

enum status pdf_probe(const unsigned char *bytes, size_t n, int pages_max,
                      int *pages, json_t *info)
{
    PopplerDocument *document;
    bool encrypted, is_signed;
    int count;
    enum status st = open_document(bytes, n, &document);

    if (st != STATUS_OK)
        return st;
    count = poppler_document_get_n_pages(document);
    is_signed = poppler_document_get_n_signatures(document) > 0;
    g_object_unref(document);
    if (count <= 0)
        return fail(STATUS_INVALID, _("the PDF has no pages"));
    if (count > pages_max)
        return fail(STATUS_LIMIT,
                    _("the PDF has %d pages; a file may have %d (file_pages)"),
                    count, pages_max);
    /* the trailer is never encrypted or compressed */
    encrypted = memmem(bytes, n, "/Encrypt", 8) != NULL;
    json_object_set_new(info, "encrypted", json_boolean(encrypted));
    json_object_set_new(info, "signed", json_boolean(is_signed));
    *pages = count;
    return STATUS_OK;
}

enum status pdf_page_open(const unsigned char *bytes, size_t n, int index,
                          struct pdf_page **out)
{
    struct pdf_page found = {0};
    enum status st = open_document(bytes, n, &found.document);

    if (st != STATUS_OK)
        return st;
    found.page = poppler_document_get_page(found.document, index);
    if (found.page == NULL) {
        g_object_unref(found.document);
        return fail(STATUS_INVALID, _("page %d of the PDF cannot be read"),
                    index + 1);
    }
    *out = xcalloc(1, sizeof(found));
    **out = found;
    return STATUS_OK;
}

void pdf_page_free(struct pdf_page *p)
{
    if (p == NULL)
        return;
    g_object_unref(p->page);
    g_object_unref(p->document);
    free(p);
}

void pdf_page_freep(struct pdf_page **p)
{
    pdf_page_free(*p);
}

void pdf_page_size(const struct pdf_page *p, double *width_pt,
                   double *height_pt)
{
    poppler_page_get_size(p->page, width_pt, height_pt);
}

/* ---- words ---- */

/* Where words are put together, character by character. */
struct word_builder {
    struct page *page;
    struct line line;
    const char *start; /* of the word's bytes; NULL between words */
    PopplerRectangle area;
    double width_pt, height_pt;
};

static int pixels(double points, double page_points)
{
    double v = fmin(fmax(points, 0), page_points);

    return (int)lround(v * PDF_TEXT_DPI / POINTS_PER_INCH);
}

static struct box area_box(const struct word_builder *b)
{
    struct box box = {pixels(fmin(b->area.x1, b->area.x2), b->width_pt),
                      pixels(fmin(b->area.y1, b->area.y2), b->height_pt), 0,
                      0};

    box.w = pixels(fmax(b->area.x1, b->area.x2), b->width_pt) - box.x;
    box.h = pixels(fmax(b->area.y1, b->area.y2), b->height_pt) - box.y;
    return box;
}

static struct box box_union(struct box a, struct box b)
{
    int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    struct box u = {a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, 0, 0};

    u.w = right - u.x;
    u.h = bottom - u.y;
    return u;
}

static void end_word(struct word_builder *b, const char *end)
{
    struct word word = {.conf_pct = 100};

    if (b->start == NULL)
        return;
    word.text = text_nfc(b->start, (size_t)(end - b->start));
    word.box = area_box(b);
    b->start = NULL;
    if (word.text[0] == '\0' || strpbrk(word.text, " \t\n\f") != NULL) {
        free(word.text);
        return;
    }
    b->line.box = b->line.n_words ? box_union(b->line.box, word.box)
                                  : word.box;
    line_take_word(&b->line, &word);
}

/* A new block begins where a line stands off from the one before, or beside
 * or above it. */
static int block_of(const struct page *page, const struct line *line)
{
    const struct line *before;
    int gap, height;

    if (page->n_lines == 0)
        return 0;
    before = &page->lines[page->n_lines - 1];
    gap = line->box.y - (before->box.y + before->box.h);
    height = before->box.h < line->box.h ? before->box.h : line->box.h;
    return before->block +
           (gap > height * BLOCK_GAP_LINES || gap < -2 * height ||
            line->box.x > before->box.x + before->box.w ||
            line->box.x + line->box.w < before->box.x);
}

static void end_line(struct word_builder *b)
{
    if (b->line.n_words == 0)
        return;
    b->line.block = block_of(b->page, &b->line);
    page_take_line(b->page, &b->line);
}

/* How far a character stands off from the word begun, in its own size. Poppler
 * says nothing between the ends of two columns that share a row. */
static double distance(const struct word_builder *b,
                       const PopplerRectangle *area)
{
    double x = fmax(area->x1 - b->area.x2, b->area.x1 - area->x2);
    double y = fmax(area->y1 - b->area.y2, b->area.y1 - area->y2);
    double size = fmax(area->x2 - area->x1, area->y2 - area->y1);

    return size > 0 ? fmax(x, y) / size : 0;
}

static void add_character(struct word_builder *b, const char *at,
                          const PopplerRectangle *area)
{
    double off = b->start == NULL ? 0 : distance(b, area);

    if (off > WORD_GAP_SIZES)
        end_word(b, at);
    if (off > COLUMN_GAP_SIZES)
        end_line(b);
    if (b->start == NULL) {
        b->start = at;
        b->area = *area;
        return;
    }
    b->area.x1 = fmin(b->area.x1, area->x1);
    b->area.y1 = fmin(b->area.y1, area->y1);
    b->area.x2 = fmax(b->area.x2, area->x2);
    b->area.y2 = fmax(b->area.y2, area->y2);
}

void pdf_page_words(const struct pdf_page *p, struct page *page)
{
    struct word_builder b = {.page = page};
    char *text = poppler_page_get_text(p->page);
    PopplerRectangle *areas = NULL;
    guint n = 0, i = 0;
    const char *at;

    pdf_page_size(p, &b.width_pt, &b.height_pt);
    if (text == NULL ||
        !poppler_page_get_text_layout(p->page, &areas, &n)) {
        g_free(text);
        return;
    }
    for (at = text; *at && i < n; at = g_utf8_next_char(at), i++) {
        gunichar c = g_utf8_get_char(at);

        if (c != '\n' && !g_unichar_isspace(c)) {
            add_character(&b, at, &areas[i]);
            continue;
        }
        end_word(&b, at);
        if (c == '\n')
            end_line(&b);
    }
    end_word(&b, at);
    end_line(&b);
    g_free(areas);
    g_free(text);
}

/* ---- pictures ---- */

static double covered(const PopplerRectangle *a, double w, double h)
{
    double left = fmax(fmin(a->x1, a->x2), 0);
    double right = fmin(fmax(a->x1, a->x2), w);
    double top = fmax(fmin(a->y1, a->y2), 0);
    double bottom = fmin(fmax(a->y1, a->y2), h);

    if (right <= left || bottom <= top || w <= 0 || h <= 0)
        return 0;
    return (right - left) * (bottom - top) / (w * h);
}

struct pdf_pictures pdf_page_pictures(const struct pdf_page *p)
{
    struct pdf_pictures found = {.base = -1};
    GList *list = poppler_page_get_image_mapping(p->page);
    double w, h;
    int large = 0, looked = 0;

    pdf_page_size(p, &w, &h);
    for (GList *l = list; l != NULL && looked < PICTURES_MAX;
         l = l->next, looked++) {
        const PopplerImageMapping *m = l->data;
        double share = covered(&m->area, w, h);

        found.share = fmin(found.share + share, 1);
        large += share > SMALL_SHARE;
        if (share < FILLS_SHARE)
            continue;
        found.base = m->image_id;
        found.base_width_pt = fabs(m->area.x2 - m->area.x1);
        found.base_height_pt = fabs(m->area.y2 - m->area.y1);
    }
    poppler_page_free_image_mapping(list);
    if (large != 1) /* layers of one page, or halves of it */
        found.base = -1;
    return found;
}

/* Give the surface up for pixels. */
static enum status take_surface(cairo_surface_t *surface, double pixels_max,
                                PIX **out)
{
    PIX *pix = NULL;

    if (surface != NULL && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
        pix = surface_to_pix(surface, pixels_max);
    if (surface != NULL)
        cairo_surface_destroy(surface);
    if (pix == NULL)
        return fail(STATUS_LIMIT, _("no memory for the pixels of the page"));
    *out = pix;
    return STATUS_OK;
}

enum status pdf_page_picture(const struct pdf_page *p, int number,
                             double pixels_max, int *width_px, int *height_px,
                             PIX **out)
{
    cairo_surface_t *surface = poppler_page_get_image(p->page, number);

    if (surface == NULL ||
        cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
        if (surface != NULL)
            cairo_surface_destroy(surface);
        return fail(STATUS_INVALID,
                    _("the picture of the page cannot be decoded"));
    }
    *width_px = cairo_image_surface_get_width(surface);
    *height_px = cairo_image_surface_get_height(surface);
    return take_surface(surface, pixels_max, out);
}

enum status pdf_page_render(const struct pdf_page *p, double dpi, PIX **out)
{
    double w, h;
    cairo_surface_t *surface;
    cairo_t *cairo;
    cairo_status_t drawn;

    pdf_page_size(p, &w, &h);
    surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)fmax(lround(w * dpi / POINTS_PER_INCH), 1),
        (int)fmax(lround(h * dpi / POINTS_PER_INCH), 1));
    cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, dpi / POINTS_PER_INCH, dpi / POINTS_PER_INCH);
    poppler_page_render(p->page, cairo);
    drawn = cairo_status(cairo);
    cairo_destroy(cairo);
    if (drawn != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(surface);
        return fail(STATUS_LIMIT, _("the page cannot be drawn: %s"),
                    cairo_status_to_string(drawn));
    }
    return take_surface(surface, INFINITY, out);
}
