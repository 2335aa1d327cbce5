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
    bool is_signed;
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

/* ---- letters ---- */

/* The fonts of stretches of text: numbers of names in out, by character. */
static void find_fonts(const struct pdf_page *p, struct pdf_letters *out)
{
    GList *list = poppler_page_get_text_attributes(p->page);
    int cap = 0;

    for (GList *l = list; l != NULL; l = l->next) {
        const PopplerTextAttributes *a = l->data;
        const char *name = a->font_name != NULL ? a->font_name : "";
        int font = 0;

        while (font < out->n_fonts && strcmp(out->fonts[font], name) != 0)
            font++;
        if (font == out->n_fonts) {
            GROW(out->fonts, out->n_fonts, cap);
            out->fonts[out->n_fonts++] = text_nfc(name, strlen(name));
        }
        for (int i = a->start_index; i <= a->end_index && i < out->n; i++)
            if (i >= 0)
                out->letters[i].font = font;
    }
    poppler_page_free_text_attributes(list);
}

void pdf_page_letters(const struct pdf_page *p, struct pdf_letters *out)
{
    char *text = poppler_page_get_text(p->page);
    PopplerRectangle *areas = NULL;
    guint n = 0, i = 0;

    *out = (struct pdf_letters){0};
    pdf_page_size(p, &out->width_pt, &out->height_pt);
    if (text == NULL || !poppler_page_get_text_layout(p->page, &areas, &n)) {
        g_free(text);
        return;
    }
    out->letters = xcalloc((size_t)n + 1, sizeof(*out->letters));
    for (const char *at = text; *at && i < n; at = g_utf8_next_char(at), i++) {
        const PopplerRectangle *a = &areas[i];

        out->letters[i] = (struct pdf_letter){
            .cp = (int32_t)g_utf8_get_char(at),
            .left = fmin(a->x1, a->x2),
            .top = fmin(a->y1, a->y2),
            .right = fmax(a->x1, a->x2),
            .bottom = fmax(a->y1, a->y2),
        };
    }
    out->n = (int)i;
    find_fonts(p, out);
    g_free(areas);
    g_free(text);
}

void pdf_letters_clear(struct pdf_letters *l)
{
    for (int i = 0; i < l->n_fonts; i++)
        free(l->fonts[i]);
    free(l->fonts);
    free(l->letters);
    *l = (struct pdf_letters){0};
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

bool pdf_page_has_fields(const struct pdf_page *p)
{
    GList *list = poppler_page_get_annot_mapping(p->page);
    bool found = false;

    for (GList *l = list; l != NULL && !found; l = l->next) {
        const PopplerAnnotMapping *m = l->data;

        found = poppler_annot_get_annot_type(m->annot) == POPPLER_ANNOT_WIDGET;
    }
    poppler_page_free_annot_mapping(list);
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
