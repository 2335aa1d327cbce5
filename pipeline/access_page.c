/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page of ours is one picture and the invisible text over it. The picture
 * is never turned: /Rotate turns the page as it is shown, text and all.
 */
#include "pipeline/access_page.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "pipeline/leptonica.h"
#include "pipeline/pdf_page.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define POINTS_PER_INCH 72.0
#define A4_LONG_PT 842.0
#define SIDE_MAX_PT 14400.0 /* limits of PDF/A-2 */
#define SIDE_MIN_PT 3.0
#define DRAW_PX_MAX 20e6 /* A3 at 300 dpi */

static bool was_read(const struct page *p)
{
    return p->state != PAGE_FAILED && p->state != PAGE_TIMEOUT;
}

/* Its letters mean others than the PDF says: a copy could not be searched. */
static bool was_converted(const struct page *p)
{
    return p->layer.fate != NULL && strcmp(p->layer.fate, "converted") == 0;
}

/* Upright or turned by quarters, and not mirrored. */
static bool is_square_turn(const struct pdf_matrix *m)
{
    double size = fabs(m->a) + fabs(m->b) + fabs(m->c) + fabs(m->d);
    double off = fmin(fabs(m->a) + fabs(m->d), fabs(m->b) + fabs(m->c));
    return size > 0 && off < size * 0.01 && m->a * m->d - m->b * m->c > 0;
}

struct access_plan access_page_plan(const struct page *p,
                                    const struct access_input *in)
{
    struct access_plan plan = {.way = ACCESS_IMAGE};
    if (in->media != MEDIA_PDF)
        return plan;
    plan.way = ACCESS_DRAW;
    if (!in->pdf || pdf_source_sheet(in->pdf, p->source_page, p->width_px,
                                     p->height_px, &plan.sheet) != STATUS_OK)
        return plan;
    if (!is_square_turn(&plan.sheet.place))
        plan.sheet.has_picture = false;
    plan.way = ACCESS_COPY;
    if (was_read(p) && p->origin != TEXT_DIGITAL && plan.sheet.has_picture &&
        plan.sheet.bare)
        plan.way = ACCESS_SCAN;
    else if (was_read(p) && plan.sheet.has_text &&
             (p->origin == TEXT_OCR || was_converted(p)))
        plan.way = ACCESS_DRAW;
    return plan;
}

/* ---- where pixels lie on the page ---- */

struct geometry {
    double left, bottom, right, top; /* media box */
    struct pdf_matrix place;         /* of the picture's unit square */
    struct page_matrix pixels;       /* of the page image's pixels */
    int rotate;
};

static struct page_matrix pixels_of_place(const struct pdf_matrix *m,
                                          const struct page *p)
{
    double w = p->width_px > 0 ? p->width_px : 1;
    double h = p->height_px > 0 ? p->height_px : 1;
    return (struct page_matrix){m->a / w,  m->b / w,    -m->c / h,
                                -m->d / h, m->c + m->e, m->d + m->f};
}

/* Clockwise, how far the matrix turns what it places. */
static int turn_of_place(const struct pdf_matrix *m)
{
    if (fabs(m->a) >= fabs(m->b))
        return m->a >= 0 ? 0 : 180;
    return m->b < 0 ? 90 : 270;
}

/* A page of the picture's own size. */
static struct geometry geometry_of_image(const struct page *p,
                                         const struct access_image *image)
{
    double dpi_x = p->dpi_x;
    double dpi_y = p->dpi_y;
    if (!(dpi_x > 0 && dpi_y > 0)) {
        int longer = image->width_px > image->height_px ? image->width_px
                                                        : image->height_px;
        dpi_x = dpi_y = longer * POINTS_PER_INCH / A4_LONG_PT;
    }
    double w = image->width_px * POINTS_PER_INCH / dpi_x;
    double h = image->height_px * POINTS_PER_INCH / dpi_y;
    double scale = fmin(1, SIDE_MAX_PT / fmax(w, h));
    w = fmax(w * scale, SIDE_MIN_PT);
    h = fmax(h * scale, SIDE_MIN_PT);
    struct geometry g = {.right = w,
                         .top = h,
                         .place = {w, 0, 0, h, 0, 0},
                         .rotate = p->turn_deg};
    g.pixels = pixels_of_place(&g.place, p);
    return g;
}

/* Pixels of a page that was drawn as it is shown. */
static struct page_matrix pixels_of_display(const struct pdf_sheet *s,
                                            const struct page *p)
{
    bool lies = s->rotate % 180 != 0;
    double w = s->right - s->left;
    double h = s->top - s->bottom;
    double sx = (lies ? h : w) / (p->width_px > 0 ? p->width_px : 1);
    double sy = (lies ? w : h) / (p->height_px > 0 ? p->height_px : 1);
    switch (s->rotate) {
    case 90:
        return (struct page_matrix){0, sx, sy, 0, s->left, s->bottom};
    case 180:
        return (struct page_matrix){-sx, 0, 0, sy, s->right, s->bottom};
    case 270:
        return (struct page_matrix){0, -sx, -sy, 0, s->right, s->top};
    default:
        return (struct page_matrix){sx, 0, 0, -sy, s->left, s->top};
    }
}

/* The sheet of a source; its words say which way is up, if it has any. */
static struct geometry geometry_of_sheet(const struct page *p,
                                         const struct pdf_sheet *s)
{
    struct geometry g = {.left = s->left,
                         .bottom = s->bottom,
                         .right = s->right,
                         .top = s->top,
                         .place = s->place,
                         .rotate = s->rotate};
    if (p->origin != TEXT_OCR) {
        g.pixels = pixels_of_display(s, p);
    } else if (s->has_picture) {
        g.pixels = pixels_of_place(&s->place, p);
        g.rotate = (p->turn_deg - turn_of_place(&s->place) + 360) % 360;
    } else {
        g.pixels = pixels_of_display(s, p);
        g.rotate = (s->rotate + p->turn_deg) % 360;
    }
    return g;
}

static struct page_matrix then(const struct page_matrix *first,
                               const struct pdf_matrix *second)
{
    struct pdf_matrix p = {first->a, first->b, first->c,
                           first->d, first->e, first->f};
    struct pdf_matrix m = pdf_matrix_multiply(&p, second);
    return (struct page_matrix){m.a, m.b, m.c, m.d, m.e, m.f};
}

/* From user space of a sheet to that of a page which shows it upright. */
static struct pdf_matrix sheet_to_display(const struct pdf_sheet *s)
{
    switch (s->rotate) {
    case 90:
        return (struct pdf_matrix){0, -1, 1, 0, -s->bottom, s->right};
    case 180:
        return (struct pdf_matrix){-1, 0, 0, -1, s->right, s->top};
    case 270:
        return (struct pdf_matrix){0, 1, -1, 0, s->top, -s->left};
    default:
        return (struct pdf_matrix){1, 0, 0, 1, -s->left, -s->bottom};
    }
}

/* A sheet that has been drawn as it is shown. */
static struct geometry geometry_of_drawing(const struct page *p,
                                           const struct pdf_sheet *s)
{
    struct geometry g = geometry_of_sheet(p, s);
    struct pdf_matrix display = sheet_to_display(s);
    bool lies = s->rotate % 180 != 0;
    double w = s->right - s->left;
    double h = s->top - s->bottom;
    g.pixels = then(&g.pixels, &display);
    g.rotate = (g.rotate - s->rotate + 360) % 360;
    g.left = g.bottom = 0;
    g.right = lies ? h : w;
    g.top = lies ? w : h;
    g.place = (struct pdf_matrix){g.right, 0, 0, g.top, 0, 0};
    return g;
}

/* ---- writing ---- */

static void write_page(const struct access_file *f, const struct page *p,
                       const struct geometry *g,
                       const struct access_image *image,
                       struct access_page *out)
{
    struct strbuf content;
    AUTO(free_char) char *picture = xstrdup("");
    int content_number = pdf_out_reserve(f->out);
    strbuf_init(&content);
    if (image) {
        strbuf_addf(&content, "q %.4f %.4f %.4f %.4f %.4f %.4f cm /Scan Do Q\n",
                    g->place.a, g->place.b, g->place.c, g->place.d, g->place.e,
                    g->place.f);
        free(picture);
        picture = xasprintf("/XObject << /Scan %d 0 R >> ", image->number);
    }
    if (p->n_lines > 0)
        access_text_add(p, &g->pixels, f->font, ACCESS_FONT_KEY + 1, &content);
    pdf_out_flate(f->out, content_number, "", content.s, content.len);
    strbuf_clear(&content);
    out->number = pdf_out_reserve(f->out);
    out->rotate = g->rotate;
    pdf_out_object(f->out, out->number,
                   "<< /Type /Page /Parent %d 0 R /MediaBox [%.4f %.4f %.4f "
                   "%.4f] /Rotate %d /Resources << %s/Font << %s %d 0 R >> >> "
                   "/Contents %d 0 R >>",
                   f->tree_number, g->left, g->bottom, g->right, g->top,
                   g->rotate, picture, ACCESS_FONT_KEY, f->font_number,
                   content_number);
}

/* Draw a page. Its pixels are our own making and not the source's, so a page
 * full of them may be compressed with loss. */
static enum status draw_page(const struct access_file *f, const struct page *p,
                             const struct access_input *in,
                             struct access_image *out)
{
    AUTO(pdf_page_freep) struct pdf_page *page = NULL;
    AUTO(pixDestroy) PIX *pix = NULL;
    double w;
    double h;
    enum status st = pdf_page_open(in->bytes, in->n, p->source_page, &page);
    if (st != STATUS_OK)
        return st;
    pdf_page_size(page, &w, &h);
    if (!(w > 0 && h > 0))
        return fail(STATUS_INVALID, _("the page of the PDF has no size"));
    double pixels = w * h / (POINTS_PER_INCH * POINTS_PER_INCH);
    double dpi = fmin(PDF_TEXT_DPI, sqrt(DRAW_PX_MAX / pixels));
    st = pdf_page_render(page, dpi, &pix);
    if (st == STATUS_OK)
        st = access_image_drawing(f->out, pix, out);
    return st;
}

/* The picture of a page of ours; false if there is none to be had. What
 * could not be read is not decoded again: it may have ended a worker. */
static bool write_picture(const struct access_file *f, const struct page *p,
                          const struct access_input *in,
                          const struct access_plan *plan,
                          struct access_image *out)
{
    if (!in->bytes)
        return false;
    if (plan->way == ACCESS_SCAN)
        return pdf_source_picture(in->pdf, f->out, out);
    if (!was_read(p)) {
        return plan->way == ACCESS_IMAGE &&
               access_image_pass(f->out, in->bytes, in->n, in->media,
                                 p->source_page, out);
    }
    if (plan->way == ACCESS_DRAW)
        return draw_page(f, p, in, out) == STATUS_OK;
    return access_image_write(f->out, in->bytes, in->n, in->media,
                              p->source_page, f->megapixels_max,
                              out) == STATUS_OK;
}

void access_page_write(const struct access_file *f, const struct page *p,
                       const struct access_input *in,
                       const struct access_plan *plan, struct access_page *out)
{
    struct access_image image = {.width_px = p->width_px,
                                 .height_px = p->height_px};
    struct geometry g;
    memset(out, 0, sizeof(*out));
    out->pictured =
        plan->way == ACCESS_COPY || write_picture(f, p, in, plan, &image);
    if (!out->pictured && (image.width_px <= 0 || image.height_px <= 0)) {
        image.width_px = 2480; /* an empty sheet of A4 */
        image.height_px = 3508;
    }
    if (plan->way == ACCESS_SCAN || plan->way == ACCESS_COPY)
        g = geometry_of_sheet(p, &plan->sheet);
    else if (plan->way == ACCESS_DRAW && plan->sheet.right > 0)
        g = geometry_of_drawing(p, &plan->sheet);
    else
        g = geometry_of_image(p, &image);
    bool shows = out->pictured && plan->way != ACCESS_COPY;
    write_page(f, p, &g, shows ? &image : NULL, out);
}
