/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line that was read for the most part in the mirror image is print of the
 * other side, and what stands in it whole belongs to it. A name written over
 * that line or a note between two reaches out of it.
 */
#include "pipeline/mirror.h"

#include "base/i18n.h"
#include "pipeline/assess.h"
#include "pipeline/leptonica.h"
#include "pipeline/orient.h"
#include "pipeline/page_geometry.h"
#include "pipeline/reading_copy.h"
#include "pipeline/recognise.h"

#include <math.h>

#define LINE_WORDS_MIN 3
#define LINE_READ_PCT 50 /* of its words are syllables */
#define THIN_READ_PCT 25 /* the same of thin print, which is full of gaps */
#define SURELY_READ 30   /* syllables that no wrong direction has */
#define SLACK_PART 5     /* of a line's height: as far do its parts reach out */

static bool is_read(const struct line *line, int syllables_pct)
{
    return line->n_words >= LINE_WORDS_MIN &&
           assess_line_syllables(line) * 100 >= line->n_words * syllables_pct;
}

/* Where a line of the mirror image stands on the page, and around it. */
static struct box on_page(const struct page_geometry *g, struct box line,
                          int width_px)
{
    int slack = line.h / SLACK_PART;

    line.x = width_px - line.x - line.w - slack;
    line.y -= slack;
    line.w += 2 * slack;
    line.h += 2 * slack;
    return geometry_to_original(g, line);
}

static bool holds(const struct box *outer, const struct box *inner)
{
    return inner->x >= outer->x && inner->y >= outer->y &&
           inner->x + inner->w <= outer->x + outer->w &&
           inner->y + inner->h <= outer->y + outer->h;
}

/* How many letters of the traces stand in lines of the mirror image of which so
 * many words are syllables. */
static int letters_behind(const struct traces *t, const struct page *mirrored,
                          int syllables_pct, const struct page_geometry *g,
                          int width_px)
{
    int letters = 0;

    for (int i = 0; i < t->n; i++) {
        bool behind = false;

        for (int k = 0; k < mirrored->n_lines && !behind; k++) {
            const struct line *line = &mirrored->lines[k];
            struct box box = on_page(g, line->box, width_px);

            behind = is_read(line, syllables_pct) && holds(&box, &t->of[i].box);
        }
        letters += behind ? t->of[i].letters : 0;
    }
    return letters;
}

/* What the words of the mirror image say of the surface. */
static void take_mirrored(struct surface *s, const struct page *mirrored,
                          const struct page_geometry *g, int width_px)
{
    s->medium_behind =
        letters_behind(&s->traces, mirrored, LINE_READ_PCT, g, width_px);
    s->outside = s->strokes.medium - letters_behind(&s->strokes, mirrored,
                                                    THIN_READ_PCT, g, width_px);
}

enum status mirror_read(struct reading_copy *c, struct recogniser *r,
                        const struct orientation *o)
{
    enum status st = STATUS_OK;

    for (int quarter = 0;
         quarter < 4 && st == STATUS_OK && c->surface.mirrored < SURELY_READ;
         quarter += o->axis_sure ? 2 : 1) {
        struct page_geometry geometry;
        struct page mirrored = {0};
        int wants_deg, syllables;
        AUTO(pixDestroy)
        PIX *image = reading_copy_turned(
            c, (o->turn_deg + 90 * quarter) % 360,
            quarter % 2 ? o->other_skew_deg : o->skew_deg, &geometry);

        if (image == NULL || pixFlipLR(image, image) == NULL)
            return fail(STATUS_LIMIT, _("no memory for turning the page"));
        st = recognise(r, image, (int)lround(c->dpi), &mirrored, &wants_deg);
        syllables = assess_syllables(&mirrored);
        if (syllables > c->surface.mirrored) {
            c->surface.mirrored = syllables;
            take_mirrored(&c->surface, &mirrored, &geometry,
                          pixGetWidth(image));
        }
        page_clear(&mirrored);
    }
    return st;
}
