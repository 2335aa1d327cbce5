/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A stamp of arrival in black without a whole frame is print among print. Its
 * word "ĐẾN" or its label "Chuyển:" say where it may be. That part of the page
 * is cut out without the lines that run on beyond it, set straight by its own
 * rows and read alone; there the stamp is told by its words as it is on a
 * page. What the page had read of it goes: words that the stamp has in the
 * same place, and scraps in doubt. Words read well that the stamp does not have
 * stay, wherever they lie.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/language.h"
#include "pipeline/leptonica.h"
#include "pipeline/match.h"
#include "pipeline/page_geometry.h"
#include "pipeline/stamp.h"
#include "pipeline/word_runs.h"
#include <math.h>
#include <string.h>

#define TOP_PART 0.45 /* of the page: where stamps of arrival stand */
#define PLACES_MAX 3
#define READ_WELL_PCT 75
#define SURE_PCT 60     /* words of a stamp that tell where it is */
#define DOUBTFUL_PCT 60 /* scraps about it */
#define NEAR_MM 1.5
#define FAR_MM 4.0
#define ROW_MM 9.0  /* its lowest row is often without words */
#define LIES_MM 0.5 /* about a word: the page's own reading of it */

/* How far a stamp reaches from the middle of one of its words. */
struct reach {
    double left_mm, above_mm, right_mm, below_mm;
};

static const struct reach of_arrival = {16, 22, 52, 24};
static const struct reach of_chuyen = {34, 32, 40, 12};

/* A stamp while it is looked at. */
struct leaning {
    const struct table *labels;
    const struct language *language;
    struct page_geometry geometry; /* how its upright picture lies … */
    struct box where;              /* … on this part of the page */
    struct mark *mark;             /* its words, in pixels of the picture */
    struct box hull;               /* around those that are sure */
};

struct places {
    struct box v[PLACES_MAX]; /* pixels of the page */
    int n;
};

static bool meets_stamp(const struct page *page, const struct box *b)
{
    for (int i = 0; i < page->n_marks; i++)
        if (strcmp(page->marks[i].kind, "stamp") == 0 &&
            boxes_near(&page->marks[i].box, b, 0))
            return true;
    return false;
}

static void add_place(const struct page *page, const struct box *about,
                      const struct reach *reach, struct places *out)
{
    double mm = page->dpi_x / 25.4;
    double x = about->x + about->w / 2.0, y = about->y + about->h / 2.0;
    double left = fmax(0, x - reach->left_mm * mm);
    double top = fmax(0, y - reach->above_mm * mm);
    double right = fmin(page->width_px, x + reach->right_mm * mm);
    double bottom = fmin(page->height_px, y + reach->below_mm * mm);
    struct box b = {(int)left, (int)top, (int)(right - left),
                    (int)(bottom - top)};

    for (int i = 0; i < out->n; i++)
        if (boxes_near(&out->v[i], about, 0))
            return;
    if (out->n < PLACES_MAX && !meets_stamp(page, about))
        out->v[out->n++] = b;
}

static bool says_chuyen(const char *word)
{
    AUTO(free_char) char *fold = text_fold(word);

    return strncmp(fold, "chuyen", 6) == 0 && strchr(word, ':') != NULL;
}

static void find_places(const struct page *page, struct places *out)
{
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < page->n_lines; i++) {
            for (int k = 0; k < page->lines[i].n_words; k++) {
                const struct word *w = &page->lines[i].words[k];

                if (w->box.y > page->height_px * TOP_PART)
                    continue;
                if (pass == 0 && stamp_says_arrival(w->text))
                    add_place(page, &w->box, &of_arrival, out);
                if (pass == 1 && says_chuyen(w->text))
                    add_place(page, &w->box, &of_chuyen, out);
            }
        }
    }
}

static bool is_inside(const struct box *b, const struct box *area)
{
    return b->x >= area->x && b->y >= area->y &&
           b->x + b->w <= area->x + area->w && b->y + b->h <= area->y + area->h;
}

/* White out words k … end of a line. */
static void white_out(PIX *cut, const struct line *l, int k, int end,
                      const struct box *place, double scale)
{
    for (; k < end; k++) {
        const struct box *b = &l->words[k].box;

        if (l->words[k].conf_pct >= READ_WELL_PCT)
            pixRasterop(cut, (int)((b->x - place->x) * scale),
                        (int)((b->y - place->y) * scale), (int)(b->w * scale),
                        (int)(b->h * scale), PIX_SET, NULL, 0, 0);
    }
}

/* Lines of the page that run on beyond the place are none of a stamp. */
static void wipe_lines(PIX *cut, const struct page *page,
                       const struct box *place, double scale)
{
    for (int i = 0; i < page->n_lines; i++) {
        const struct line *l = &page->lines[i];

        for (int from = 0, end; from < l->n_words; from = end) {
            struct box run;

            end = word_run_end(l, from);
            run = words_box(l, from, end);
            if (!is_inside(&run, place))
                white_out(cut, l, from, end, place, scale);
        }
    }
}

static PIX *cut_out(PIX *grey, const struct page *page, const struct box *place)
{
    double scale = (double)pixGetWidth(grey) / page->width_px;
    AUTO(boxDestroy)
    BOX *b = boxCreate((int)(place->x * scale), (int)(place->y * scale),
                       (int)(place->w * scale), (int)(place->h * scale));
    AUTO(pixDestroy) PIX *clip = pixClipRectangle(grey, b, NULL);
    PIX *cut = clip != NULL ? pixConvertTo8(clip, 0) : NULL;

    if (cut != NULL)
        wipe_lines(cut, page, place, scale);
    return cut;
}

/* Where the sure words of a stamp are, in pixels of its upright picture. */
static bool find_hull(const struct mark *m, struct box *out)
{
    bool found = false;

    for (int i = 0; i < m->n_lines; i++) {
        for (int k = 0; k < m->lines[i].n_words; k++) {
            const struct word *w = &m->lines[i].words[k];

            if (w->conf_pct < SURE_PCT)
                continue;
            *out = found ? box_union(*out, w->box) : w->box;
            found = true;
        }
    }
    return found;
}

/* Letters and digits of a word; caller frees. */
static char *letters_of(const char *word)
{
    AUTO(free_char) char *fold = text_fold(word);

    return match_letters(fold);
}

/* Whether a stamp says a word of the page, or one that it is a part of. */
static bool says(const struct mark *m, const char *word)
{
    AUTO(free_char) char *letters = letters_of(word);
    bool digits = text_count(word).digits > 0, found = false;

    for (int i = 0; i < m->n_lines; i++) {
        for (int k = 0; k < m->lines[i].n_words && !found; k++) {
            AUTO(free_char) char *of = letters_of(m->lines[i].words[k].text);

            found =
                digits ? strstr(of, letters) != NULL : strcmp(of, letters) == 0;
        }
    }
    return found;
}

/* Whether a point is in a box or so near to it; below  under it. */
static bool is_near(const struct box *b, double rim, double below, double x,
                    double y)
{
    return x >= b->x - rim && x < b->x + b->w + rim && y >= b->y - rim &&
           y < b->y + b->h + below;
}

/* Whether a sure word of a stamp lies at a point of its picture. */
static bool lies_at(const struct mark *m, double x, double y)
{
    double rim = LIES_MM * STAMP_DPI / 25.4;

    for (int i = 0; i < m->n_lines; i++)
        for (int k = 0; k < m->lines[i].n_words; k++)
            if (m->lines[i].words[k].conf_pct >= SURE_PCT &&
                is_near(&m->lines[i].words[k].box, rim, rim, x, y))
                return true;
    return false;
}

/* Whether a word of the page is one of a stamp or what was made of one. */
static bool is_of_stamp(void *user, const struct line *l, int k)
{
    const struct leaning *s = user;
    const struct word *w = &l->words[k];
    double mm = STAMP_DPI / 25.4, near = NEAR_MM * mm;
    double x = w->box.x + w->box.w / 2.0 - s->where.x;
    double y = w->box.y + w->box.h / 2.0 - s->where.y;
    bool doubtful = w->conf_pct < DOUBTFUL_PCT;

    geometry_from_original(&s->geometry, &x, &y);
    if (((doubtful || text_count(w->text).digits > 0) &&
         lies_at(s->mark, x, y)) ||
        (is_near(&s->hull, near, near, x, y) && says(s->mark, w->text)))
        return true;
    return is_near(&s->hull, FAR_MM * mm, ROW_MM * mm, x, y) &&
           (says_chuyen(w->text) ||
            (doubtful &&
             (s->language == NULL || !language_knows(s->language, w->text))));
}

/* The stamp of a part that was read becomes a mark of the page. */
static void take_stamp(struct leaning *s, struct page *read, struct page *page)
{
    struct page of_stamp = {0};

    read->dpi_x = read->dpi_y = STAMP_DPI;
    stamps_from_text(s->labels, read);
    if (read->n_marks == 0 || !find_hull(&read->marks[0], &s->hull))
        return;
    s->mark = &read->marks[0];
    page_drop_words(page, is_of_stamp, s);
    of_stamp.lines = s->mark->lines;
    of_stamp.n_lines = s->mark->n_lines;
    s->mark->lines = NULL;
    s->mark->n_lines = 0;
    page_keep_mean(&of_stamp);
    stamp_keep_words(&of_stamp, &s->geometry, s->where, page);
    page_clear(&of_stamp);
}

enum status stamps_leaning(struct recogniser *r, const struct table *labels,
                           const struct language *l, PIX *grey,
                           struct page *page)
{
    struct stamps on = {.width_px = page->width_px,
                        .height_px = page->height_px};
    struct places places = {0};
    enum status st = STATUS_OK;

    if (grey == NULL || page->turn_deg != 0)
        return STATUS_OK;
    find_places(page, &places);
    for (int i = 0; i < places.n && st == STATUS_OK; i++) {
        struct stamped cut = {.box = places.v[i],
                              .ink = cut_out(grey, page, &places.v[i]),
                              .vague = true};
        struct leaning s = {.labels = labels, .language = l};
        struct page read = {0};

        if (cut.ink == NULL)
            continue;
        st = stamp_read_cut(r, &on, &cut, page->skew_deg, page, &read,
                            &s.geometry, &s.where);
        if (st == STATUS_OK)
            take_stamp(&s, &read, page);
        pixDestroy(&cut.ink);
        page_clear(&read);
    }
    return st;
}
