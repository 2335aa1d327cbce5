/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way of a scan: grey copy at reading resolution, which way is up,
 * straighten, recognise, map the boxes back, assess. What is cheap decides;
 * only where it leaves doubt is the page read in other directions too and the
 * direction that reads best is taken.
 */
#include "pipeline/scan.h"

#include "base/i18n.h"
#include "base/text.h"
#include "pipeline/assess.h"
#include "pipeline/bilevel.h"
#include "pipeline/deskew.h"
#include "pipeline/digits.h"
#include "pipeline/ink.h"
#include "pipeline/junk.h"
#include "pipeline/leptonica.h"
#include "pipeline/orient.h"
#include "pipeline/page_geometry.h"
#include "pipeline/page_quality.h"
#include "pipeline/paper.h"
#include "pipeline/recognise.h"
#include "pipeline/repair.h"
#include "pipeline/second_look.h"
#include "pipeline/streaks.h"
#include "pipeline/signing.h"
#include "pipeline/stamp.h"
#include "pipeline/tables.h"
#include "pipeline/unread.h"
#include "base/alloc.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define READING_DPI 200.0      /* loses nothing on print of 12 pt and more */
#define REDUCE_ABOVE_DPI 230.0 /* never up, and not for a few per cent */
#define READING_PX_MAX 16e6    /* A2 at 200 dpi; Tesseract's memory grows */
#define READING_SIDE_MAX 30000 /* Tesseract's limit is 32767 */
#define READING_SIDE_MIN 16    /* nothing to read in less */
#define STRAIGHTEN_ABOVE_DEG 0.5
#define ANISOTROPIC 1.2  /* fax: 204 × 98 dpi */
#define SPECKLESS_PPM 20 /* less ink than that: nothing to read */
#define NEAR_EMPTY_PPM 1500 /* a name or two; a full page has 40000 */
#define SURE_CONFIDENCE_PCT 60
#define WELL_READ_PCT 80 /* mean confidence no wrong direction has */
#define WELL_READ_LETTERS 40
#define CLEAR_LEAD 1.3 /* of the best direction over the next */

/* The copy that is read, and how it lies on the original. */
struct copy {
    PIX *grey;
    double dpi;
    struct page_geometry geometry;
    struct stamps stamps;
    struct page_quality quality;
    PIX *bilevel; /* of grey, to judge its layout by */
    struct surface surface;
};

static void copy_clear(struct copy *c)
{
    pixDestroy(&c->grey);
    pixDestroy(&c->bilevel);
    stamps_clear(&c->stamps);
}

/* Square pixels: stretch the coarser axis. Replaces s->pix. */
static void make_square(struct scan *s, double *dpi)
{
    double ratio = s->dpi_x / s->dpi_y;
    PIX *square;

    *dpi = fmax(s->dpi_x, s->dpi_y);
    if (ratio < ANISOTROPIC && ratio > 1 / ANISOTROPIC)
        return;
    square = pixScale(s->pix, ratio < 1 ? (float)(1 / ratio) : 1,
                      ratio > 1 ? (float)ratio : 1);
    if (square == NULL)
        return;
    pixDestroy(&s->pix);
    s->pix = square;
}

/* How much is on the page, and where there is little or all of it is pale,
 * what it is: the colours say it, which are gone afterwards. In pixels that
 * both share the contrast must still be the paper's own. */
static enum status copy_judge(struct copy *c, PIX *colours, double dpi)
{
    c->quality = page_quality_measure(c->grey);
    if (page_quality_is_faint(&c->quality))
        traces_find(colours, dpi, &c->surface.traces);
    c->quality.streaks = streaks_remove(c->grey);
    page_quality_stretch(c->grey, &c->quality);
    if (pixGetWidth(c->grey) < READING_SIDE_MIN ||
        pixGetHeight(c->grey) < READING_SIDE_MIN)
        return STATUS_OK;
    c->bilevel = bilevel_make(c->grey);
    if (c->bilevel == NULL)
        return fail(STATUS_LIMIT, _("no memory for judging the page"));
    c->surface.ink_ppm = assess_ink_ppm(c->bilevel);
    if (!c->surface.traces.looked &&
        assess_inner_ink_ppm(c->bilevel) < NEAR_EMPTY_PPM)
        traces_find(colours, dpi, &c->surface.traces);
    return STATUS_OK;
}

/* Make the grey copy and free the scan's pixels. */
static enum status copy_make(struct scan *s, struct copy *c)
{
    double dpi, factor = 1, pixels, longer;
    bool coloured;
    enum status st;

    make_square(s, &dpi);
    longer = fmax(pixGetWidth(s->pix), pixGetHeight(s->pix));
    pixels = (double)pixGetWidth(s->pix) * pixGetHeight(s->pix);
    /* the pixels may have been decoded at a fraction of the original */
    if (s->width_px > pixGetWidth(s->pix) * 3 / 2)
        dpi = dpi * pixGetWidth(s->pix) / s->width_px;
    stamps_find(s->pix, dpi, &c->stamps);
    if (dpi > REDUCE_ABOVE_DPI)
        factor = READING_DPI / dpi;
    factor = fmin(factor, sqrt(READING_PX_MAX / pixels));
    factor = fmin(factor, READING_SIDE_MAX / longer);
    st = ink_layer(s->pix, (int)lround(pixGetWidth(s->pix) * factor),
                   (int)lround(pixGetHeight(s->pix) * factor), &coloured,
                   &c->grey);
    if (st == STATUS_OK) {
        /* first, or the shaded part of a page is taken for its ink */
        paper_whiten(c->grey, PAPER_IF_UNEVEN);
        st = copy_judge(c, s->pix, dpi);
    }
    pixDestroy(&s->pix);
    if (st != STATUS_OK)
        return st;
    c->dpi = dpi * factor;
    c->geometry = (struct page_geometry){
        .width_px = s->width_px,
        .height_px = s->height_px,
        .read_width_px = pixGetWidth(c->grey),
        .read_height_px = pixGetHeight(c->grey),
    };
    return STATUS_OK;
}

/* Read the cells of t one by one and put them into page. */
static enum status read_cells(const struct tables *t, const struct reading *r,
                              int dpi, struct page *page)
{
    AUTO(free_void) struct page *cells =
        xcalloc((size_t)t->n, sizeof(*cells));
    AUTO(free_void) struct box *boxes = xcalloc((size_t)t->n, sizeof(*boxes));
    enum status st;

    for (int i = 0; i < t->n; i++)
        boxes[i] = t->cells[i].box;
    st = recognise_areas(r->recogniser, t->inside, dpi, AREA_BLOCK, boxes,
                         t->n, cells);
    if (st == STATUS_OK)
        tables_merge(t, cells, page);
    for (int i = 0; i < t->n; i++)
        page_clear(&cells[i]);
    return st;
}

/* Read an upright image: what stands in tables cell by cell. */
static enum status read_upright(PIX *upright, const struct reading *r, int dpi,
                                struct page *page, int *wants_deg)
{
    AUTO(tables_clear) struct tables t = {0};
    enum status st = STATUS_OK;

    if (r->options->table_cells)
        st = tables_find(upright, dpi, &t);
    if (st == STATUS_OK)
        st = recognise(r->recogniser, t.n > 0 ? t.around : upright, dpi, page,
                       wants_deg);
    if (st == STATUS_OK && t.n > 0 && *wants_deg == 0) {
        st = read_cells(&t, r, dpi, page);
        page_keep_mean(page);
    }
    if (st == STATUS_OK && *wants_deg == 0)
        st = unread_fill(r->recogniser, r->language,
                         t.n > 0 ? t.around : upright, dpi, page);
    if (st == STATUS_OK && *wants_deg == 0 && r->second != NULL)
        st = second_look(r->second, r->language, upright, dpi, page);
    if (st == STATUS_OK && *wants_deg == 0)
        st = signing_read(r->recogniser, upright, dpi, page);
    return st;
}

/* Read the copy turned by turn_deg. page must be empty; boxes are on the
 * original afterwards. wants_deg: the turn that the words wanted beyond. */
static enum status read_turned(const struct copy *c, const struct reading *r,
                               int turn_deg, double skew_deg,
                               struct page *page, int *wants_deg)
{
    AUTO(pixDestroy) PIX *upright = pixRotateOrth(c->grey, turn_deg / 90);
    struct page_geometry geometry = c->geometry;
    enum status st;

    if (upright != NULL && fabs(skew_deg) > STRAIGHTEN_ABOVE_DEG) {
        PIX *straight = skew_straighten(upright, skew_deg);

        pixDestroy(&upright);
        upright = straight;
        geometry.skew_deg = skew_deg;
    }
    if (upright == NULL)
        return fail(STATUS_LIMIT, _("no memory for turning the page"));
    st = read_upright(upright, r, (int)lround(c->dpi), page, wants_deg);
    if (st != STATUS_OK)
        return st;
    geometry.turn_deg = turn_deg;
    geometry_map_page(&geometry, page);
    page->turn_deg = turn_deg;
    page->skew_deg = geometry.skew_deg;
    return STATUS_OK;
}

/* How much was read, weighed by how surely: letters in words of two or more
 * that are not doubtful. */
static double read_score(const struct page *page)
{
    double score = 0;

    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            const struct word *w = &page->lines[i].words[k];
            size_t n = strlen(w->text), at = 0;
            int letters = 0;

            while (at < n)
                letters += text_is_word(text_next(w->text, n, &at));
            if (letters >= 2 && w->conf_pct >= SURE_CONFIDENCE_PCT)
                score += letters * w->conf_pct / 100.0;
        }
    }
    return score;
}

/*
 * Read as o says. Tesseract also reads lines that stand on their side, but
 * its boxes and the order of words are worse then: if most did, the page is
 * read again as they want it and the axis is no longer in doubt.
 */
static enum status read_first(const struct copy *c, const struct reading *r,
                              struct orientation *o, struct page *page)
{
    int wants_deg = 0;
    enum status st =
        read_turned(c, r, o->turn_deg, o->skew_deg, page, &wants_deg);

    if (st != STATUS_OK || wants_deg == 0)
        return st;
    page_clear(page);
    *o = (struct orientation){.turn_deg = (o->turn_deg + wants_deg) % 360,
                              .axis_sure = true};
    return read_turned(c, r, o->turn_deg, 0, page, &wants_deg);
}

/* Read in the directions that are left and keep the best. */
static enum status read_in_doubt(const struct copy *c, const struct reading *r,
                                 const struct orientation *o,
                                 struct page *page)
{
    double best = read_score(page), second = 0;
    int turns = o->axis_sure ? 2 : 4;

    if (page->confidence_pct >= WELL_READ_PCT && best >= WELL_READ_LETTERS)
        return STATUS_OK;
    for (int i = 1; i < turns; i++) {
        int turn_deg = (o->turn_deg + (turns == 2 ? 180 : 90 * i)) % 360;
        bool same_axis = (turn_deg - o->turn_deg) % 180 == 0;
        struct page other = {0};
        double score;
        int wants_deg;
        enum status st = read_turned(c, r, turn_deg,
                                     same_axis ? o->skew_deg : 0, &other,
                                     &wants_deg);

        if (st != STATUS_OK)
            return st;
        score = wants_deg ? 0 : read_score(&other);
        if (score > best) {
            second = best;
            best = score;
            page_clear(page);
            *page = other;
        } else {
            second = fmax(second, score);
            page_clear(&other);
        }
    }
    if (best < second * CLEAR_LEAD || best == 0)
        page->doubts |= DOUBT_TURN;
    return STATUS_OK;
}

/* Read the mirror image, in which the other side's print can be read,
 * whichever way up it is. */
static enum status read_mirrored(struct copy *c, const struct reading *r,
                                 const struct page *page)
{
    enum status st = STATUS_OK;

    for (int half = 0; half < 2 && st == STATUS_OK; half++) {
        AUTO(pixDestroy) PIX *upright =
            pixRotateOrth(c->grey, (page->turn_deg / 90 + 2 * half) % 4);
        struct page mirrored = {0};
        int wants_deg, syllables;

        if (upright == NULL || pixFlipLR(upright, upright) == NULL)
            return fail(STATUS_LIMIT, _("no memory for turning the page"));
        st = recognise(r->recogniser, upright, (int)lround(c->dpi), &mirrored,
                       &wants_deg);
        syllables = assess_syllables(&mirrored);
        if (syllables > c->surface.mirrored)
            c->surface.mirrored = syllables;
        page_clear(&mirrored);
    }
    return st;
}

static enum status read_copy(struct copy *c, const struct reading *r,
                             struct page *page)
{
    unsigned ink_ppm = c->surface.ink_ppm;
    struct orientation o;
    enum status st;

    if (c->bilevel == NULL)
        return STATUS_OK;
    if (ink_ppm < NEAR_EMPTY_PPM)
        paper_whiten(c->grey, PAPER_EMPTY);
    if (ink_ppm < SPECKLESS_PPM)
        return STATUS_OK;
    o = orient_find(c->bilevel);
    pixDestroy(&c->bilevel);
    st = read_first(c, r, &o, page);
    if (st == STATUS_OK && !(o.axis_sure && o.up_sure))
        st = read_in_doubt(c, r, &o, page);
    if (st == STATUS_OK && assess_wants_mirror(page, &c->surface))
        st = read_mirrored(c, r, page);
    return st;
}

/* What is known of the language, once the words are on the original. */
static void mend(const struct reading *r, struct page *page)
{
    if (r->options->repair)
        digits_mend(page);
    if (r->language != NULL && r->options->repair)
        repair_page(r->language, page);
    if (r->language != NULL && r->options->drop_junk)
        junk_drop(r->language, page);
}

enum status scan_read(struct scan *s, const struct reading *r,
                      struct page *page)
{
    struct copy copy = {0};
    struct page read = {0};
    enum status st = copy_make(s, &copy);

    if (st == STATUS_OK)
        st = read_copy(&copy, r, &read);
    pixDestroy(&copy.grey);
    read.width_px = s->width_px;
    read.height_px = s->height_px;
    read.dpi_x = s->dpi_x;
    read.dpi_y = s->dpi_y;
    if (st == STATUS_OK)
        st = stamps_read(r->recogniser, &copy.stamps, &read);
    copy_clear(&copy);
    if (st != STATUS_OK) {
        page_clear(&read);
        return st;
    }
    stamps_from_text(&read);
    read.dpi_assumed = s->dpi_assumed;
    read.quality = copy.quality;
    read.origin = read.n_lines > 0 ? TEXT_OCR : TEXT_NONE;
    if (s->damaged)
        read.doubts |= DOUBT_DAMAGED;
    mend(r, &read);
    assess_page(&read, &copy.surface, r->options);
    if (read.n_lines == 0)
        read.origin = TEXT_NONE;
    *page = read;
    return STATUS_OK;
}
