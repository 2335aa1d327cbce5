/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See ink_level.h: all of it is told from how often each grey is there. */
#include "pipeline/ink_level.h"

#include "pipeline/leptonica.h"

#define STAMPS_STEP 8
#define STAMPS_PCT 78    /* of the grey of the paper … */
#define STAMPS_LEAST 128 /* … and what is below this always */
#define STAMP_PCT 72     /* of the same on a picture of one */
#define DARKER 71        /* than paper, of 255: print */
#define PAGE_STEP 16
#define LIGHTEST 5 /* of the pixels of a page one at least is paper */
#define PART_STEP 3
#define PART_INK 50 /* of those of a part one at least is ink … */
#define ABOUT_STEP 2
#define ABOUT_INK 100 /* … or of what is about a seal, print */
#define PAPER 2       /* of which half is paper */

struct greys {
    int counts[256], n;
};

/* Each step-th pixel of a part, as far as it is on the image; of colours
 * red. */
static void count_greys(PIX *pix, const struct box *part, int step,
                        struct greys *out)
{
    int w = pixGetWidth(pix), h = pixGetHeight(pix), depth = pixGetDepth(pix);

    *out = (struct greys){0};
    for (int y = part->y; y < part->y + part->h && y < h; y += step) {
        const l_uint32 *line;

        if (y < 0)
            continue;
        line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        for (int x = part->x; x < part->x + part->w && x < w; x += step) {
            if (x < 0)
                continue;
            out->counts[depth == 8 ? GET_DATA_BYTE(line, x) : line[x] >> 24]++;
            out->n++;
        }
    }
}

/* The grey that one pixel of so many, and no more, is darker than. */
static int darkest(const struct greys *g, int of)
{
    int grey = 0;

    for (int n = g->counts[0]; grey < 255 && n * of < g->n;)
        n += g->counts[++grey];
    return grey;
}

static int lightest(const struct greys *g, int of)
{
    int grey = 255;

    for (int n = g->counts[255]; grey > 0 && n * of < g->n;)
        n += g->counts[--grey];
    return grey;
}

static struct box whole(PIX *pix)
{
    return (struct box){0, 0, pixGetWidth(pix), pixGetHeight(pix)};
}

/* The commonest grey. */
static int paper_of(PIX *pix, int step)
{
    struct box all = whole(pix);
    struct greys g;
    int paper = 0;

    count_greys(pix, &all, step, &g);
    for (int i = 1; i < 256; i++)
        if (g.counts[i] > g.counts[paper])
            paper = i;
    return paper;
}

int ink_level_stamp_on_page(PIX *pix)
{
    int level = paper_of(pix, STAMPS_STEP) * STAMPS_PCT / 100;

    return level > STAMPS_LEAST ? level : STAMPS_LEAST;
}

int ink_level_stamp_alone(PIX *picture)
{
    return paper_of(picture, 1) * STAMP_PCT / 100;
}

int ink_level_print(PIX *pix)
{
    struct box all = whole(pix);
    struct greys g;

    count_greys(pix, &all, PAGE_STEP, &g);
    return lightest(&g, LIGHTEST) - DARKER;
}

int ink_level_in(PIX *pix, const struct box *part)
{
    struct greys g;

    count_greys(pix, part, PART_STEP, &g);
    return (darkest(&g, PART_INK) + lightest(&g, PAPER)) / 2;
}

void ink_and_paper(PIX *pix, const struct box *part, int *ink, int *paper)
{
    struct greys g;

    count_greys(pix, part, ABOUT_STEP, &g);
    *ink = darkest(&g, ABOUT_INK);
    *paper = lightest(&g, PAPER);
}
