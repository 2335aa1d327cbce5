/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way of a scan: grey copy at reading resolution, which way is up,
 * straighten, recognise, map the boxes back, assess. What is cheap decides;
 * only where it leaves doubt is the page read in other directions too and the
 * direction that reads best is taken.
 */
#include "pipeline/scan.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"
#include "pipeline/abbreviation.h"
#include "pipeline/assess.h"
#include "pipeline/digits.h"
#include "pipeline/grain.h"
#include "pipeline/hollow.h"
#include "pipeline/ink.h"
#include "pipeline/junk.h"
#include "pipeline/leptonica.h"
#include "pipeline/lone_word.h"
#include "pipeline/mirror.h"
#include "pipeline/motto.h"
#include "pipeline/orient.h"
#include "pipeline/page_geometry.h"
#include "pipeline/paper.h"
#include "pipeline/pen_strokes.h"
#include "pipeline/read_twice.h"
#include "pipeline/reading_copy.h"
#include "pipeline/recognise.h"
#include "pipeline/repair.h"
#include "pipeline/seal_wipe.h"
#include "pipeline/sealed_lines.h"
#include "pipeline/second_look.h"
#include "pipeline/signing.h"
#include "pipeline/stamp.h"
#include "pipeline/stamp_lift.h"
#include "pipeline/tables.h"
#include "pipeline/thin_print.h"
#include "pipeline/unread.h"
#include "pipeline/words_askew.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SPECKLESS_PPM 20 /* less ink than that: nothing to read */
#define BLACK_BELOW 128
#define READ_AGAIN_ABOVE_DEG 0.5 /* that words stand askew */
#define SURE_CONFIDENCE_PCT 60
#define WELL_READ_PCT 80 /* mean confidence no wrong direction has */
#define WELL_READ_LETTERS 40
#define CLEAR_LEAD 1.3 /* of the best direction over the next */

/* Read the cells of t one by one and put them into page. */
static enum status read_cells(const struct tables *t, const struct reading *r,
                              int dpi, struct page *page)
{
    AUTO(free_void) struct page *cells = xcalloc((size_t)t->n, sizeof(*cells));
    AUTO(free_void) struct box *boxes = xcalloc((size_t)t->n, sizeof(*boxes));
    enum status st;

    for (int i = 0; i < t->n; i++)
        boxes[i] = t->cells[i].box;
    st = recognise_areas(r->recogniser, t->inside, dpi, AREA_BLOCK, boxes, t->n,
                         cells);
    if (st == STATUS_OK)
        tables_merge(t, cells, page);
    for (int i = 0; i < t->n; i++)
        page_clear(&cells[i]);
    return st;
}

/* Seals in dark ink, in pixels of the upright copy. */
struct dark_seals {
    struct box boxes[SEALS_MAX];
    bool faded[SEALS_MAX];
    int n, n_rings; /* all of them, and those that did not fade */
};

/* A copy without the rings of dark seals that do not fade; the image itself
 * if it has none. NULL: no memory. */
static PIX *without_rings(PIX *upright, const struct dark_seals *seals)
{
    PIX *out = seals->n_rings > 0 ? pixCopy(NULL, upright) : pixClone(upright);

    for (int i = 0; i < seals->n && out != NULL; i++)
        if (!seals->faded[i])
            seal_wipe_rings(out, &seals->boxes[i]);
    return out;
}

/* Read again what stands where somebody signs, across seals. */
static enum status read_signed(PIX *upright, const struct reading *r, int dpi,
                               const struct dark_seals *seals,
                               struct page *page)
{
    AUTO(pixDestroy) PIX *ringless = without_rings(upright, seals);
    enum status st;

    if (ringless == NULL)
        return fail(STATUS_LIMIT, _("no memory for judging the page"));
    st = sealed_lines_fill(r->recogniser, r->language, ringless, dpi,
                           seals->boxes, seals->n, page);
    if (st == STATUS_OK && r->second != NULL)
        st = second_look(r->second, r->language, upright, dpi, page);
    if (st == STATUS_OK)
        st = signing_read(r->recogniser, r->second, ringless, dpi, page);
    return st;
}

/* Read an upright image: what stands in tables cell by cell. */
static enum status read_upright(PIX *upright, const struct reading *r, int dpi,
                                const struct dark_seals *seals,
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
    if (st == STATUS_OK && *wants_deg == 0)
        st = read_signed(upright, r, dpi, seals, page);
    if (st == STATUS_OK && *wants_deg == 0 && r->options->drop_junk)
        hollow_words_drop(upright, page);
    return st;
}

/* Seal number i in pixels of the upright copy. */
static struct box seal_on_copy(const struct stamps *s, int i,
                               const struct page_geometry *g)
{
    const struct box *b = &s->seals[i];
    double x = (b->x + b->w / 2.0) * g->width_px / s->width_px;
    double y = (b->y + b->h / 2.0) * g->height_px / s->height_px;
    int side = (int)((double)b->w * g->read_width_px / s->width_px);

    geometry_from_original(g, &x, &y);
    return (struct box){(int)x - side / 2, (int)y - side / 2, side, side};
}

static void find_dark_seals(const struct stamps *s,
                            const struct page_geometry *g,
                            struct dark_seals *out)
{
    for (int i = 0; s->seals_dark && i < s->n_seals; i++) {
        out->faded[out->n] = s->seals_faded[i];
        out->n_rings += !s->seals_faded[i];
        out->boxes[out->n++] = seal_on_copy(s, i, g);
    }
}

/* A signature in black, on a page whose words are known. */
static void take_signature(PIX *upright, const struct reading_copy *c,
                           const struct reading *r,
                           const struct dark_seals *seals, struct page *page)
{
    struct pen_strokes found = {0};

    for (int i = 0; i < seals->n && i < PEN_SEALS_MAX; i++)
        found.seals[found.n_seals++] = seals->boxes[i];
    pen_strokes_find(upright, c->dpi, page, &found);
    pen_strokes_take(r->options->drop_junk ? r->language : NULL, &found, page);
}

/* How much was read, weighed by how surely: letters in words of two or more
 * that are not doubtful. */
static double read_score(const struct page *page)
{
    double score = 0;

    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            const struct word *w = &page->lines[i].words[k];
            int letters = text_word_length(w->text);

            if (letters >= 2 && w->conf_pct >= SURE_CONFIDENCE_PCT)
                score += letters * w->conf_pct / 100.0;
        }
    }
    return score;
}

/* A copy while it is read in one direction and perhaps in others. */
struct turning {
    const struct reading_copy *copy;
    const struct reading *reading;
    struct lifted_stamps lifted;
};

/* Read the copy turned by turn_deg and straightened by skew_deg. page must be
 * empty; boxes are on the original afterwards, and its skew is what its words
 * say, where they are few.
 * wants_deg  the turn that the words wanted beyond
 * off_deg    out: how far off that the copy was straightened */
static enum status read_once(struct turning *t, int turn_deg, double skew_deg,
                             struct page *page, int *wants_deg,
                             double *off_deg)
{
    const struct reading_copy *c = t->copy;
    const struct reading *r = t->reading;
    struct page_geometry geometry;
    AUTO(pixDestroy)
    PIX *upright = reading_copy_turned(c, turn_deg, skew_deg, &geometry);
    struct dark_seals seals = {0};
    enum status st;

    *off_deg = 0;
    if (upright == NULL)
        return fail(STATUS_LIMIT, _("no memory for turning the page"));
    find_dark_seals(&c->stamps, &geometry, &seals);
    st =
        stamps_lift(r->recogniser, &c->stamps, &upright, &geometry, &t->lifted);
    if (st == STATUS_OK)
        st = read_upright(upright, r, (int)lround(c->dpi), &seals, page,
                          wants_deg);
    if (st != STATUS_OK)
        return st;
    page->turn_deg = turn_deg;
    page->skew_deg = skew_deg;
    if (*wants_deg == 0) {
        take_signature(upright, c, r, &seals, page);
        if (words_askew(upright, page, off_deg))
            page->skew_deg = geometry.skew_deg + *off_deg;
    }
    geometry_map_page(&geometry, page);
    if (*wants_deg == 0)
        stamps_put(r->language, &t->lifted, page);
    return STATUS_OK;
}

/* Read as read_once() does; again if a few words turn out to stand askew, and
 * keep what reads better. */
static enum status read_turned(struct turning *t, int turn_deg, double skew_deg,
                               struct page *page, int *wants_deg)
{
    struct page again = {0};
    double off_deg;
    int wanted = 0;
    enum status st =
        read_once(t, turn_deg, skew_deg, page, wants_deg, &off_deg);

    if (st != STATUS_OK || fabs(off_deg) <= READ_AGAIN_ABOVE_DEG)
        return st;
    st = read_once(t, turn_deg, page->skew_deg, &again, &wanted, &off_deg);
    if (st == STATUS_OK && wanted == 0 &&
        read_score(&again) >= read_score(page)) {
        page_clear(page);
        *page = again;
        again = (struct page){0};
    }
    page_clear(&again);
    return st;
}

/* The skew once the page is turned further than o says. */
static double skew_after(const struct orientation *o, int turn_deg)
{
    return turn_deg % 180 == 0 ? o->skew_deg : o->other_skew_deg;
}

/*
 * Read as o says. Tesseract also reads lines that stand on their side, but
 * its boxes and the order of words are worse then: if most did, the page is
 * read again as they want it and the axis is no longer in doubt.
 */
static enum status read_first(struct turning *t, struct orientation *o,
                              struct page *page)
{
    int wants_deg = 0;
    enum status st = read_turned(t, o->turn_deg, o->skew_deg, page, &wants_deg);

    if (st != STATUS_OK || wants_deg == 0)
        return st;
    page_clear(page);
    *o = (struct orientation){.turn_deg = (o->turn_deg + wants_deg) % 360,
                              .axis_sure = true,
                              .skew_deg = skew_after(o, wants_deg)};
    return read_turned(t, o->turn_deg, o->skew_deg, page, &wants_deg);
}

/* Read in the directions that are left and keep the best. */
static enum status read_in_doubt(struct turning *t, const struct orientation *o,
                                 struct page *page)
{
    double best = read_score(page), second = 0;
    int turns = o->axis_sure ? 2 : 4;

    if (page->confidence_pct >= WELL_READ_PCT && best >= WELL_READ_LETTERS)
        return STATUS_OK;
    for (int i = 1; i < turns; i++) {
        int turn_deg = (o->turn_deg + (turns == 2 ? 180 : 90 * i)) % 360;
        struct page other = {0};
        double score;
        int wants_deg = 0;
        enum status st =
            read_turned(t, turn_deg, skew_after(o, turn_deg - o->turn_deg),
                        &other, &wants_deg);

        if (st != STATUS_OK) {
            page_clear(&other);
            return st;
        }
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

/* Whether most of what is black are specks. */
static bool is_in_dots(const struct reading_copy *c)
{
    AUTO(pixDestroy)
    PIX *black = pixGetDepth(c->grey) == 1
                     ? pixClone(c->grey)
                     : pixThresholdToBinary(c->grey, BLACK_BELOW);
    struct grain grain;

    if (black == NULL)
        return false;
    grain = grain_count(black, (int)lround(c->dpi));
    return grain_outnumbers(&grain);
}

/* Of a scan in black and white that was not read: whether thin print is all
 * that is on it. One that is nearly empty has little of it to show that it is
 * print, and any dark part may be the number of the page. */
static void find_thin_print(struct reading_copy *c, const struct page *page)
{
    struct surface *s = &c->surface;
    const struct page_geometry *g = &c->geometry;

    if (!s->two_tone || s->traces.dark > 0 || assess_is_read(page) ||
        assess_is_blank(page, s))
        return;
    s->thin = thin_print_find(c->grey, c->dpi, &s->strokes);
    s->dots = s->thin && is_in_dots(c);
    traces_scale(&s->strokes, (double)g->width_px / g->read_width_px,
                 (double)g->height_px / g->read_height_px);
}

/* What the mirror image says. Print in dots is closed first, which is soon done
 * and mostly enough: layout analysis takes long over dots. */
static enum status read_behind(struct reading_copy *c, struct recogniser *r,
                               const struct orientation *o,
                               const struct page *page)
{
    struct surface *s = &c->surface;
    enum status st = STATUS_OK;

    if (s->dots && assess_wants_closed(page, s))
        st = mirror_read_closed(c, r);
    if (st != STATUS_OK || (s->dots && assess_is_blank(page, s)))
        return st;
    if (assess_wants_mirror(page, s))
        st = mirror_read(c, r, o);
    if (st == STATUS_OK && !s->dots && assess_wants_closed(page, s))
        st = mirror_read_closed(c, r);
    return st;
}

static enum status read_copy(struct reading_copy *c, const struct reading *r,
                             struct page *page)
{
    unsigned ink_ppm = c->surface.ink_ppm;
    struct turning t = {
        .copy = c, .reading = r, .lifted = {.labels = r->stamp_labels}};
    struct orientation o;
    enum status st;

    if (c->bilevel == NULL)
        return STATUS_OK;
    if (ink_ppm < NEAR_EMPTY_PPM)
        paper_whiten(c->grey, PAPER_EMPTY);
    if (ink_ppm < SPECKLESS_PPM)
        return STATUS_OK;
    recogniser_expect_grain(r->recogniser, c->grainy);
    o = orient_find(c->bilevel, c->grey);
    pixDestroy(&c->bilevel);
    st = read_first(&t, &o, page);
    if (st == STATUS_OK && !(o.axis_sure && o.up_sure))
        st = read_in_doubt(&t, &o, page);
    lifted_clear(&t.lifted);
    if (st == STATUS_OK)
        find_thin_print(c, page);
    return st == STATUS_OK ? read_behind(c, r->recogniser, &o, page) : st;
}

/* What is known of the language, once the words are on the original. */
static void mend(const struct reading *r, struct page *page)
{
    if (r->options->repair) {
        digits_mend(page);
        motto_mend(page);
        abbreviations_mend(page);
    }
    if (r->language != NULL && r->options->repair) {
        lone_words_mend(r->language, page);
        repair_page(r->language, page);
    }
    if (r->language != NULL && r->options->drop_junk) {
        read_twice_drop(page);
        pen_strokes_drop_marked(r->language, page);
        junk_drop(r->language, page);
    }
}

enum status scan_read(struct scan *s, const struct reading *r,
                      struct page *page)
{
    struct reading_copy copy = {0};
    struct page read = {0};
    enum status st = reading_copy_make(s, &copy);

    if (st == STATUS_OK)
        st = read_copy(&copy, r, &read);
    read.width_px = s->width_px;
    read.height_px = s->height_px;
    read.dpi_x = s->dpi_x;
    read.dpi_y = s->dpi_y;
    if (st == STATUS_OK)
        st = stamps_read(r->recogniser, r->stamp_labels, &copy.stamps,
                         &read);
    if (st == STATUS_OK)
        st = stamps_leaning(r->recogniser, r->stamp_labels, r->language,
                            copy.grey, &read);
    if (st != STATUS_OK) {
        reading_copy_clear(&copy);
        page_clear(&read);
        return st;
    }
    stamps_from_text(r->stamp_labels, &read);
    read.dpi_assumed = s->dpi_assumed;
    read.quality = copy.quality;
    read.origin = read.n_lines > 0 ? TEXT_OCR : TEXT_NONE;
    if (s->damaged)
        read.doubts |= DOUBT_DAMAGED;
    mend(r, &read);
    assess_page(&read, &copy.surface, r->options);
    reading_copy_clear(&copy);
    if (read.n_lines == 0)
        read.origin = TEXT_NONE;
    *page = read;
    return STATUS_OK;
}
