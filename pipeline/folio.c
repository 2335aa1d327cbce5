/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alone means that nothing else stands in its row; what is beyond the text of
 * the page on its side is no part of it. */
#include "pipeline/folio.h"

#include "pipeline/leptonica.h"
#include "pipeline/recognise.h"
#include "pipeline/tables.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define MARGIN_PART 8     /* of the height: head and foot */
#define SIDE_PART 8       /* of the width: no number stands so far out … */
#define HEIGHT_PCT_MIN 35 /* of a word: a digit has no marks and no tail */
#define HEIGHT_PCT_MAX 130
#define WIDTH_HEIGHTS 4 /* "- 12 -" */
#define NUMBER_PCT 70   /* confidence that it is one */
#define TEXT_PCT 50     /* of words that belong to the text */
#define PAD_HEIGHTS 1   /* white round it */

static bool in_row_of(const struct box *a, const struct box *b)
{
    return a->y < b->y + b->h && b->y < a->y + a->h;
}

/* Whether b lies beyond all words of the page, and alone in its row. */
static bool stands_apart(const struct box *b, const struct page *page,
                         bool head)
{
    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            const struct word *w = &page->lines[i].words[k];

            if (w->conf_pct < TEXT_PCT)
                continue;
            if (in_row_of(b, &w->box) || (w->box.y < b->y) == head)
                return false;
        }
    }
    return true;
}

static bool has_row_mate(BOXA *marks, int which, const struct box *b)
{
    for (int i = 0; i < boxaGetCount(marks); i++) {
        struct box o;

        boxaGetBoxGeometry(marks, i, &o.x, &o.y, &o.w, &o.h);
        if (i != which && in_row_of(b, &o))
            return true;
    }
    return false;
}

static bool has_its_size(const struct box *b, int height)
{
    return b->h * 100 >= height * HEIGHT_PCT_MIN &&
           b->h * 100 <= height * HEIGHT_PCT_MAX &&
           b->w <= height * WIDTH_HEIGHTS;
}

/* Where the number may stand in the head (or foot) of the page. */
static bool find(BOXA *marks, PIX *pix, int height, const struct page *page,
                 bool head, struct box *out)
{
    int w = pixGetWidth(pix), h = pixGetHeight(pix), margin = h / MARGIN_PART;

    for (int i = 0; i < boxaGetCount(marks); i++) {
        struct box b;
        int middle;

        boxaGetBoxGeometry(marks, i, &b.x, &b.y, &b.w, &b.h);
        middle = b.y + b.h / 2;
        if (head ? middle > margin : middle < h - margin)
            continue;
        if (!has_its_size(&b, height) || b.x < w / SIDE_PART ||
            b.x + b.w > w - w / SIDE_PART / 2)
            continue;
        if (!stands_apart(&b, page, head) || has_row_mate(marks, i, &b))
            continue;
        *out = b;
        return true;
    }
    return false;
}

/* "2", "-2-", "2/3", read surely. */
static bool is_number(const struct page *read)
{
    int digits = 0, others = 0;

    if (read->n_lines != 1 || read->confidence_pct < NUMBER_PCT)
        return false;
    for (int k = 0; k < read->lines[0].n_words; k++) {
        for (const char *s = read->lines[0].words[k].text; *s; s++) {
            digits += isdigit((unsigned char)*s) != 0;
            others += !isdigit((unsigned char)*s) && !strchr("-/", *s);
        }
    }
    return digits > 0 && others == 0;
}

/* With white round it, as of a line. */
static struct box padded(const struct box *b, PIX *pix, int height)
{
    int pad = height * PAD_HEIGHTS;
    int left = b->x > pad ? b->x - pad : 0, top = b->y > pad ? b->y - pad : 0;
    int right = b->x + b->w + pad, bottom = b->y + b->h + pad;

    right = right < pixGetWidth(pix) ? right : pixGetWidth(pix);
    bottom = bottom < pixGetHeight(pix) ? bottom : pixGetHeight(pix);
    return (struct box){left, top, right - left, bottom - top};
}

enum status folio_read(struct recogniser *r, PIX *pix, int dpi, int height,
                       BOXA *marks, struct page *page)
{
    enum status st = STATUS_OK;

    for (int head = 1; head >= 0 && st == STATUS_OK; head--) {
        struct page read = {0};
        struct box b;

        if (!find(marks, pix, height, page, head, &b))
            continue;
        b = padded(&b, pix, height);
        st = recognise_areas(r, pix, dpi, AREA_LINE, &b, 1, &read);
        if (st == STATUS_OK && is_number(&read))
            page_insert_lines(page, head ? 0 : page->n_lines, &read);
        page_clear(&read);
    }
    return st;
}
