/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The size of the print decides the resolution. It is known only once there
 * is a copy, so that is made at 200 dpi first, and judged; the few pages with
 * smaller print are copied again.
 */
#include "pipeline/reading_copy.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "pipeline/bilevel.h"
#include "pipeline/deskew.h"
#include "pipeline/grain.h"
#include "pipeline/ink.h"
#include "pipeline/leptonica.h"
#include "pipeline/paper.h"
#include "pipeline/scan.h"
#include "pipeline/seal_wipe.h"
#include "pipeline/sealed_print.h"
#include "pipeline/streaks.h"
#include "pipeline/text_height.h"
#include "pipeline/traces.h"
#include <math.h>

#define READING_DPI 200.0
#define REDUCE_ABOVE_DPI 230.0   /* not for a few per cent */
#define READING_PX_MAX 16e6      /* A2 at 200 dpi; Tesseract's memory grows */
#define READING_SIDE_MAX 30000   /* Tesseract's limit is 32767 */
#define READING_SIDE_MIN 16      /* nothing to read in less */
#define ANISOTROPIC 1.2          /* fax: 204 × 98 dpi */
#define SMALL_PRINT_PX 13        /* height of letters below which … */
#define PRINT_PX 18.0            /* … they are made so high, but not … */
#define FINER_MAX 2.0            /* … by more than this */
#define GRAIN_PX 1               /* smoothed with so many pixels on each side */
#define CLUMP_MM 0.8             /* letters of print of 6 pt are higher */
#define MM_PER_INCH 25.4
#define LINE_LETTERS 30          /* fewer: not even a line of print */
#define SEAL_RIM_MM 1.0          /* around a seal: its ink ends within */
#define STRAIGHTEN_ABOVE_DEG 0.5 /* below, it costs more than it gives */

void reading_copy_clear(struct reading_copy *c)
{
    pixDestroy(&c->grey);
    pixDestroy(&c->bilevel);
    stamps_clear(&c->stamps);
    traces_clear(&c->surface.traces);
    traces_clear(&c->surface.strokes);
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

/* Colours instead of numbers of colours. Replaces s->pix. */
static void lift_map(struct scan *s)
{
    PIX *plain = pixGetColormap(s->pix) != NULL
                     ? pixRemoveColormap(s->pix, REMOVE_CMAP_BASED_ON_SRC)
                     : NULL;

    if (plain == NULL)
        return;
    pixDestroy(&s->pix);
    s->pix = plain;
}

/* Whether there is little but grain on a page, or so much of it that letters
 * are lost among the specks. */
static bool wants_smoothing(PIX *grey, int dpi, const struct page_quality *q,
                            const struct traces *t)
{
    return (t->looked && t->pale < LINE_LETTERS &&
            page_quality_is_grainy(grey, q)) ||
           page_quality_is_speckled(grey, q, dpi);
}

/* Print that is pale is made darker. Grain would be so too, and thousands of
 * specks read for letters: it is smoothed. */
static enum status darken_print(PIX **grey, const struct page_quality *q,
                                bool grainy)
{
    if (grainy) {
        PIX *smooth = pixBlockconv(*grey, GRAIN_PX, GRAIN_PX);

        if (smooth == NULL)
            return fail(STATUS_LIMIT, _("no memory for judging the page"));
        pixDestroy(grey);
        *grey = smooth;
    }
    page_quality_stretch(*grey, q);
    return STATUS_OK;
}

/* How much is on the page, and where there is little or all of it is pale,
 * what it is: the colours say it, which are gone afterwards. */
static enum status copy_judge(struct reading_copy *c, PIX *colours, double dpi)
{
    enum status st;

    c->quality = page_quality_measure(c->grey);
    if (page_quality_is_faint(&c->quality))
        traces_find(colours, dpi, &c->surface.traces);
    c->quality.streaks = streaks_remove(c->grey);
    c->grainy = wants_smoothing(c->grey, (int)lround(c->dpi), &c->quality,
                                &c->surface.traces);
    st = darken_print(&c->grey, &c->quality, c->grainy);
    if (st != STATUS_OK)
        return st;
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

/* A copy that shares no pixels: what is done to the page for reading must not
 * be seen where it is asked what was on it. */
static enum status unshare(PIX *colours, PIX **grey)
{
    if (*grey != colours || pixGetDepth(colours) == 1)
        return STATUS_OK;
    pixDestroy(grey);
    *grey = pixCopy(NULL, colours);
    return *grey != NULL
               ? STATUS_OK
               : fail(STATUS_LIMIT, _("no memory for judging the page"));
}

/* Whiter first, or the shaded part of a page is taken for its ink. The colours
 * stay as they were. */
static enum status make_grey(PIX *colours, const struct stamps *s,
                             double factor, PIX **grey)
{
    bool separate = ink_is_separable(colours);
    struct sealed_print seals = {0};
    enum status st;

    if (separate && !s->seals_dark)
        sealed_print_darken(colours, s->seals, s->n_seals,
                            (int)(s->dpi * SEAL_RIM_MM / MM_PER_INCH), &seals);
    st = ink_layer(colours, (int)lround(pixGetWidth(colours) * factor),
                   (int)lround(pixGetHeight(colours) * factor), separate, grey);
    sealed_print_put_back(colours, &seals);
    if (st == STATUS_OK)
        st = unshare(colours, grey);
    if (st == STATUS_OK)
        paper_whiten(*grey, PAPER_IF_UNEVEN);
    return st;
}

static double allowed(PIX *pix, double factor)
{
    double w = pixGetWidth(pix), h = pixGetHeight(pix);

    factor = fmin(factor, sqrt(READING_PX_MAX / (w * h)));
    return fmin(factor, READING_SIDE_MAX / fmax(w, h));
}

static PIX *enlarged(PIX *grey, double by)
{
    AUTO(pixDestroy) PIX *deep = pixConvertTo8(grey, 0);

    return deep != NULL ? pixScale(deep, (float)by, (float)by) : NULL;
}

/* Whether what is so high are clumps of dots rather than letters: made larger,
 * each would keep layout analysis busy for seconds. */
static bool is_clumps(const struct reading_copy *c, int height_px)
{
    struct grain grain;

    if (height_px > CLUMP_MM / MM_PER_INCH * c->dpi)
        return false;
    grain = grain_count(c->bilevel, (int)lround(c->dpi));
    return grain.specks > grain.larger;
}

/* Copy again what has small print: from the scan as far as it is finer, else
 * by enlarging. Quality and ink stay as they were found. */
static enum status copy_finer(struct reading_copy *c, PIX *colours,
                              double *factor)
{
    int height_px = c->bilevel != NULL ? text_height_px(c->bilevel) : 0;
    double by = 1;
    PIX *grey = NULL;

    if (height_px > 0 && height_px < SMALL_PRINT_PX &&
        !is_clumps(c, height_px))
        by = allowed(c->grey, fmin(PRINT_PX / height_px, FINER_MAX));
    if (by <= 1)
        return STATUS_OK;
    if (*factor < 1) {
        enum status st;

        by = fmin(by, 1 / *factor);
        st = make_grey(colours, &c->stamps, *factor * by, &grey);
        if (st != STATUS_OK)
            return st;
        (void)streaks_remove(grey);
        st = darken_print(&grey, &c->quality, c->grainy);
        if (st != STATUS_OK) {
            pixDestroy(&grey);
            return st;
        }
    } else {
        grey = enlarged(c->grey, by);
    }
    pixDestroy(&c->grey);
    pixDestroy(&c->bilevel);
    c->grey = grey;
    c->bilevel = grey != NULL ? bilevel_make(grey) : NULL;
    if (c->bilevel == NULL)
        return fail(STATUS_LIMIT, _("no memory for judging the page"));
    *factor *= by;
    c->dpi *= by;
    return STATUS_OK;
}

/* Seals that have no colour to be left out by, where they are paler than the
 * print. scale: of the copy to the image in which they were found */
static void fade_dark_seals(struct reading_copy *c, double scale)
{
    for (int i = 0; c->stamps.seals_dark && i < c->stamps.n_seals; i++) {
        const struct box *b = &c->stamps.seals[i];
        struct box seal = {(int)(b->x * scale), (int)(b->y * scale),
                           (int)(b->w * scale), (int)(b->h * scale)};

        c->stamps.seals_faded[i] = seal_fade(c->grey, &seal);
    }
}

enum status reading_copy_make(struct scan *s, struct reading_copy *c)
{
    double dpi, factor = 1;
    enum status st;

    lift_map(s);
    c->surface.two_tone = pixGetDepth(s->pix) == 1;
    make_square(s, &dpi);
    /* the pixels may have been decoded at a fraction of the original */
    if (s->width_px > pixGetWidth(s->pix) * 3 / 2)
        dpi = dpi * pixGetWidth(s->pix) / s->width_px;
    stamps_find(s->pix, dpi, &c->stamps);
    if (dpi > REDUCE_ABOVE_DPI)
        factor = READING_DPI / dpi;
    factor = allowed(s->pix, factor);
    st = make_grey(s->pix, &c->stamps, factor, &c->grey);
    c->dpi = dpi * factor;
    if (st == STATUS_OK)
        st = copy_judge(c, s->pix, dpi);
    traces_scale(&c->surface.traces, (double)s->width_px / pixGetWidth(s->pix),
                 (double)s->height_px / pixGetHeight(s->pix));
    if (st == STATUS_OK)
        st = copy_finer(c, s->pix, &factor);
    if (st == STATUS_OK)
        fade_dark_seals(c, factor);
    pixDestroy(&s->pix);
    if (st != STATUS_OK)
        return st;
    c->geometry = (struct page_geometry){
        .width_px = s->width_px,
        .height_px = s->height_px,
        .read_width_px = pixGetWidth(c->grey),
        .read_height_px = pixGetHeight(c->grey),
    };
    return STATUS_OK;
}

PIX *reading_copy_turned(const struct reading_copy *c, int turn_deg,
                         double skew_deg, struct page_geometry *geometry)
{
    PIX *turned = pixRotateOrth(c->grey, turn_deg / 90), *straight;

    *geometry = c->geometry;
    geometry->turn_deg = turn_deg;
    if (turned == NULL || fabs(skew_deg) <= STRAIGHTEN_ABOVE_DEG)
        return turned;
    straight = skew_straighten(turned, skew_deg);
    pixDestroy(&turned);
    geometry->skew_deg = skew_deg;
    return straight;
}
