/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Seals lie over the left third of a signature: the title ends above their
 * right half, the name begins under it. The title hardly reaches into the ring,
 * but the letters along it run into the title: the disc is wiped off a copy for
 * it. Of the name letters would be cut in two; it is read as it is.
 */
#include "pipeline/sealed_lines.h"

#include "base/alloc.h"
#include "pipeline/leptonica.h"
#include "pipeline/recognise.h"
#include "pipeline/seal_ring.h"
#include "pipeline/unread.h"

#define BESIDE_PCT 150 /* of the seal's side: how far names run on */
#define ABOVE_PCT 25   /* … how far above it the title stands */
#define BELOW_PCT 35   /* … how far below it the name */
#define READ_PCT 60    /* words that were read better hide what is there */
#define SURE_PCT 80    /* words within the ring that are not of the seal */
#define DISC_PCT 103   /* of its radius: the ring's stroke, blurred */

static struct box around(const struct box *seal, PIX *pix)
{
    int left = seal->x > 0 ? seal->x : 0;
    int top = seal->y - seal->h * ABOVE_PCT / 100;
    int right = seal->x + seal->w + seal->w * BESIDE_PCT / 100;
    int bottom = seal->y + seal->h + seal->h * BELOW_PCT / 100;

    top = top > 0 ? top : 0;
    right = right < pixGetWidth(pix) ? right : pixGetWidth(pix);
    bottom = bottom < pixGetHeight(pix) ? bottom : pixGetHeight(pix);
    return (struct box){left, top, right - left, bottom - top};
}

/* The page without the discs of its seals; NULL: no memory. */
static PIX *without_discs(PIX *pix, const struct box *seals, int n)
{
    PIX *out = pixCopy(NULL, pix);
    l_uint32 white = pixGetDepth(pix) == 1 ? 0 : 255;

    for (int i = 0; i < n && out != NULL; i++) {
        int radius = seals[i].w * DISC_PCT / 200;
        int cx = seals[i].x + seals[i].w / 2, cy = seals[i].y + seals[i].h / 2;

        for (int y = -radius; y <= radius; y++)
            for (int x = -radius; x <= radius; x++)
                if (x * x + y * y <= radius * radius)
                    pixSetPixel(out, cx + x, cy + y, white);
    }
    return out;
}

static bool meet(const struct box *a, const struct box *b)
{
    int middle = b->y + b->h / 2;

    return a->x < b->x + b->w && b->x < a->x + a->w && middle > a->y &&
           middle < a->y + a->h;
}

/* Whether the page has a word there already. */
static bool was_read(const struct page *page, const struct box *b)
{
    for (int i = 0; i < page->n_lines; i++)
        for (int k = 0; k < page->lines[i].n_words; k++)
            if (page->lines[i].words[k].conf_pct >= READ_PCT &&
                meet(b, &page->lines[i].words[k].box))
                return true;
    return false;
}

/* Whether a part of what is around a seal has no words on the page yet, right
 * of the seal's middle. */
static bool is_missing(const struct page *page, const struct box *seal,
                       const struct box *part)
{
    int middle = seal->x + seal->w / 2;
    struct box right = {middle, part->y, part->x + part->w - middle, part->h};

    return part->w > 0 && part->h > 0 && !was_read(page, &right);
}

/* Words in a seal's ring that are not sure are its own and say nothing. */
static void forget_sealed(const struct box *seal, struct line *line)
{
    for (int i = 0; i < line->n_words; i++) {
        struct word *w = &line->words[i];

        if (w->conf_pct < SURE_PCT && seal_ring_holds(seal, &w->box))
            w->conf_pct = 0;
    }
}

/* Read what is around a seal; the lines of a part that the page has not. */
static enum status fill(struct recogniser *r, const struct language *l,
                        PIX *pix, int dpi, const struct box *seal,
                        const struct box *part, struct page *page)
{
    struct box all = around(seal, pix);
    struct page read = {0};
    enum status st = recognise_areas(r, pix, dpi, AREA_BLOCK, &all, 1, &read);

    for (int i = 0; st == STATUS_OK && i < read.n_lines; i++) {
        struct page one = {0};
        const struct line *line;

        page_take_line(&one, &read.lines[i]);
        line = &one.lines[0];
        forget_sealed(seal, &one.lines[0]);
        if (unread_is_text(l, &one.lines[0]) &&
            line->box.x + line->box.w > seal->x + seal->w &&
            meet(part, &line->box) && !was_read(page, &line->box))
            unread_add(&one, page);
        page_clear(&one);
    }
    page_clear(&read);
    return st;
}

enum status sealed_lines_fill(struct recogniser *r, const struct language *l,
                              PIX *pix, int dpi, const struct box *seals, int n,
                              struct page *page)
{
    AUTO(pixDestroy) PIX *rest = NULL; /* made when it is first wanted */
    enum status st = STATUS_OK;

    for (int i = 0; i < n && st == STATUS_OK; i++) {
        struct box all = around(&seals[i], pix);
        int middle = seals[i].y + seals[i].h / 2;
        struct box title = {all.x, all.y, all.w, middle - all.y};
        struct box name = {all.x, middle, all.w, all.y + all.h - middle};
        bool titled = !is_missing(page, &seals[i], &title);

        if (!titled && rest == NULL)
            rest = without_discs(pix, seals, n);
        if (!titled && rest != NULL)
            st = fill(r, l, rest, dpi, &seals[i], &title, page);
        if (st == STATUS_OK && is_missing(page, &seals[i], &name))
            st = fill(r, l, pix, dpi, &seals[i], &name, page);
    }
    return st;
}
