/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was cut out is read once it is known which way the page is up, and set
 * straight by its own rows: stamps lean by twenty degrees. What reads as
 * nothing is no stamp.
 */
#include "pipeline/stamp.h"

#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/deskew.h"
#include "pipeline/leptonica.h"
#include "pipeline/page_geometry.h"
#include "pipeline/recognise.h"
#include "pipeline/stamp_frame.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WORDS_PCT 55 /* mean confidence of what is words */
#define LETTERS_MIN 3
#define STRAIGHTEN_DEG 0.5
#define LEAN_MIN_DEG 1.5
#define LEAN_MAX_DEG 22.0f
#define LEAN_RATIO 1.2f /* of the rows' contrast, straight to worst */
#define LINE_PX 55      /* 7 mm; letters are less */
#define RIM_MM 4.0      /* of a seal */
#define COLOURED_PCT 8  /* of a word's box: it is written in colour */

static struct box on_page(const struct stamps *s, const struct box *b,
                          const struct page *page)
{
    double fx = (double)page->width_px / s->width_px;
    double fy = (double)page->height_px / s->height_px;
    int x = (int)(b->x * fx), y = (int)(b->y * fy);
    int right = (int)((b->x + b->w) * fx), bottom = (int)((b->y + b->h) * fy);

    right = right > page->width_px ? page->width_px : right;
    bottom = bottom > page->height_px ? page->height_px : bottom;
    return (struct box){x, y, right - x, bottom - y};
}

static void add_mark(struct page *page, const char *kind, struct box b,
                     int conf_pct)
{
    struct mark m = {.kind = xstrdup(kind), .box = b, .conf_pct = conf_pct};

    page_take_mark(page, &m);
}

/* Whether lines are words, and how surely they were read. */
static bool are_words(const struct page *read)
{
    int letters = 0;

    for (int i = 0; i < read->n_lines; i++)
        for (int k = 0; k < read->lines[i].n_words; k++)
            letters += text_word_length(read->lines[i].words[k].text);
    return letters >= LETTERS_MIN && read->confidence_pct >= WORDS_PCT;
}

void stamp_keep_words(struct page *read, const struct page_geometry *g,
                      struct box b, struct page *page)
{
    struct mark m = {
        .kind = xstrdup("stamp"), .box = b, .conf_pct = read->confidence_pct};

    geometry_map_page(g, read);
    for (int i = 0; i < read->n_lines; i++) {
        struct line *l = &read->lines[i];

        l->block = 0;
        l->box.x += b.x;
        l->box.y += b.y;
        for (int k = 0; k < l->n_words; k++) {
            l->words[k].box.x += b.x;
            l->words[k].box.y += b.y;
        }
        mark_take_line(&m, l);
    }
    page_take_mark(page, &m);
}

/* How far the rows of a stamp lean, in degrees to turn it back by; `page_deg`
 * if they do not say. */
static double lean_of(PIX *ink, double page_deg)
{
    AUTO(pixDestroy) PIX *bits = pixThresholdToBinary(ink, 160);
    float angle = 0, ratio = 0, score = 0;

    if (bits == NULL ||
        pixFindSkewSweepAndSearchScore(bits, &angle, &ratio, &score, 1, 1, 0,
                                       LEAN_MAX_DEG, 1, 0.2f) != 0 ||
        (ratio > 0 && ratio < LEAN_RATIO) || /* 0: so much that none is told */
        fabs(angle - page_deg) < LEAN_MIN_DEG)
        return page_deg;
    return angle;
}

void stamp_wipe_lines(PIX *ink)
{
    static const int sizes[2][2] = {{LINE_PX, 1}, {1, LINE_PX}};

    for (int i = 0; i < 2; i++) {
        AUTO(pixDestroy) PIX *bits = pixThresholdToBinary(ink, 110);
        AUTO(pixDestroy) PIX *lines = NULL;

        if (bits != NULL)
            lines = pixOpenBrick(NULL, bits, sizes[i][0], sizes[i][1]);
        if (lines != NULL && pixDilateBrick(lines, lines, 5, 5) != NULL)
            pixSetMasked(ink, lines, 255);
    }
}

PIX *stamp_straighten(const struct stamps *s, const struct stamped *cut,
                      double skew_deg, const struct page *page,
                      struct page_geometry *g, struct box *where)
{
    PIX *turned = pixRotateOrth(cut->ink, page->turn_deg / 90);

    *where = on_page(s, &cut->box, page);
    *g = (struct page_geometry){.width_px = where->w,
                                .height_px = where->h,
                                .read_width_px = pixGetWidth(cut->ink),
                                .read_height_px = pixGetHeight(cut->ink),
                                .turn_deg = page->turn_deg};
    if (turned != NULL && cut->vague)
        skew_deg = lean_of(turned, skew_deg);
    if (turned != NULL && fabs(skew_deg) > STRAIGHTEN_DEG) {
        PIX *straight = skew_straighten(turned, skew_deg);

        pixDestroy(&turned);
        turned = straight;
        g->skew_deg = skew_deg;
    }
    return turned;
}

enum status stamp_read_cut(struct recogniser *r, const struct stamps *s,
                           const struct stamped *cut, double skew_deg,
                           const struct page *page, struct page *read,
                           struct page_geometry *g, struct box *where)
{
    AUTO(pixDestroy)
    PIX *turned = stamp_straighten(s, cut, skew_deg, page, g, where);
    struct box all;

    if (turned != NULL && cut->vague)
        stamp_wipe_lines(turned);
    if (turned == NULL)
        return STATUS_OK; /* a stamp less */
    all = (struct box){0, 0, pixGetWidth(turned), pixGetHeight(turned)};
    return recognise_areas(r, turned, (int)STAMP_DPI, AREA_BLOCK, &all, 1,
                           read);
}

/* ---- frames in black ---- */

/* Whether a word lies wholly in a box, a tenth of its height aside: the text
 * may run close by. */
static bool is_inside(const struct word *w, const struct box *b)
{
    int rim = w->box.h / 10;

    return w->box.x >= b->x - rim && w->box.y >= b->y - rim &&
           w->box.x + w->box.w <= b->x + b->w + rim &&
           w->box.y + w->box.h <= b->y + b->h + rim;
}

static void add_text(char **text, const struct word *w)
{
    char *more = xasprintf("%s%s%s", *text, **text ? " " : "", w->text);

    free(*text);
    *text = more;
}

bool stamp_is_told(const struct table *labels, const struct page *read,
                   const struct page *page, const struct box *b)
{
    AUTO(free_char) char *alone = xstrdup("");
    AUTO(free_char) char *within = xstrdup("");

    for (int i = 0; i < read->n_lines; i++)
        for (int k = 0; k < read->lines[i].n_words; k++)
            add_text(&alone, &read->lines[i].words[k]);
    for (int i = 0; i < page->n_lines; i++)
        for (int k = 0; k < page->lines[i].n_words; k++)
            if (is_inside(&page->lines[i].words[k], b))
                add_text(&within, &page->lines[i].words[k]);
    return frame_is_stamp(labels, alone) || frame_is_stamp(labels, within);
}

/* How much of a word's box is coloured ink, in percent. where  the place of
 * the cut on the page */
static int coloured_pct(const struct stamped *cut, const struct box *where,
                        const struct box *word)
{
    double fx = (double)pixGetWidth(cut->ink) / where->w;
    double fy = (double)pixGetHeight(cut->ink) / where->h;
    int left = (int)((word->x - where->x) * fx), all = 0, dark = 0;
    int top = (int)((word->y - where->y) * fy);
    int right = left + (int)(word->w * fx), bottom = top + (int)(word->h * fy);

    for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
            l_uint32 v = 255;

            if (pixGetPixel(cut->ink, x, y, &v) != 0)
                continue;
            all++;
            dark += v < 128;
        }
    }
    return all > 0 ? dark * 100 / all : 0;
}

/* A stamp whose scraps are looked for among the words of the page. */
struct scraps {
    const struct box *where;
    const struct stamped *cut; /* NULL: all words in the box are of it; else
                                  those in the ink of the cut */
};

static bool is_scrap(void *user, const struct line *l, int k)
{
    const struct scraps *s = user;
    const struct word *w = &l->words[k];

    return is_inside(w, s->where) &&
           (s->cut == NULL ||
            coloured_pct(s->cut, s->where, &w->box) >= COLOURED_PCT);
}

/* Scraps of a stamp are no text of the page, nor is what a clerk wrote into
 * it in colour. */
static void drop_inside(struct page *page, const struct box *where,
                        const struct stamped *cut)
{
    struct scraps s = {where, cut};

    page_drop_words(page, is_scrap, &s);
}

/* *told: its words say that it is a stamp. */
static enum status read_stamp(struct recogniser *r,
                              const struct table *labels,
                              const struct stamps *s,
                              const struct stamped *stamp, struct page *page,
                              bool *told)
{
    struct page read = {0};
    struct page_geometry g;
    struct box where;
    enum status st =
        stamp_read_cut(r, s, stamp, page->skew_deg, page, &read, &g, &where);

    *told = st == STATUS_OK && are_words(&read) &&
            stamp_is_told(labels, &read, page, &where);
    if (st == STATUS_OK && are_words(&read) && (*told || !stamp->vague))
        stamp_keep_words(&read, &g, where, page);
    if (*told)
        drop_inside(page, &where, stamp);
    page_clear(&read);
    return st;
}

/* Vague ones come first; their parts are no stamps of their own. */
static enum status read_stamps(struct recogniser *r,
                               const struct table *labels,
                               const struct stamps *s,
                               struct page *page)
{
    bool told[STAMPS_MAX] = {0};

    for (int i = 0; i < s->n_stamps; i++) {
        bool part = false;
        enum status st;

        for (int k = 0; k < i; k++)
            part =
                part || (s->stamps[k].vague && told[k] &&
                         boxes_near(&s->stamps[i].box, &s->stamps[k].box, 0));
        st = part ? STATUS_OK
                  : read_stamp(r, labels, s, &s->stamps[i], page, &told[i]);
        if (st != STATUS_OK)
            return st;
    }
    return STATUS_OK;
}

/* A frame was set straight when it was cut out. */
static enum status read_frame(struct recogniser *r,
                              const struct table *labels,
                              const struct stamps *s,
                              const struct stamped *frame, struct page *page)
{
    struct page read = {0};
    struct page_geometry g;
    struct box where;
    enum status st = stamp_read_cut(r, s, frame, 0, page, &read, &g, &where);

    if (st == STATUS_OK && stamp_is_told(labels, &read, page, &where)) {
        stamp_keep_words(&read, &g, where, page);
        drop_inside(page, &where, NULL);
    }
    page_clear(&read);
    return st;
}

/* Whether a mark is but the rim of a seal. */
static bool is_of_seal(const struct page *page, const struct mark *m)
{
    int rim = (int)(page->dpi_x * RIM_MM / 25.4);

    for (int i = 0; i < page->n_marks; i++) {
        const struct box *b = &page->marks[i].box;

        if (strcmp(page->marks[i].kind, "seal") == 0 &&
            m->box.x >= b->x - rim && m->box.y >= b->y - rim &&
            m->box.x + m->box.w <= b->x + b->w + rim &&
            m->box.y + m->box.h <= b->y + b->h + rim)
            return true;
    }
    return false;
}

/* Signatures in black that are none. all: there is one in blue, of which
 * they may be what is left in grey */
static void drop_dark_signatures(struct page *page, bool all)
{
    int kept = 0;

    for (int i = 0; i < page->n_marks; i++) {
        struct mark *m = &page->marks[i];

        if (strcmp(m->kind, "signature") == 0 && (all || is_of_seal(page, m)))
            mark_clear(m);
        else
            page->marks[kept++] = *m;
    }
    page->n_marks = kept;
}

/* Strokes are a signature where a seal is or somebody signs. */
static void add_signatures(const struct stamps *s, struct page *page)
{
    struct box blue[STAMPS_MAX];
    int reach = (int)(page->dpi_x * 12 / 25.4), n = page->n_marks, found = 0;

    for (int i = 0; i < s->n_strokes; i++) {
        struct box b = on_page(s, &s->strokes[i], page);
        bool signs = false, words = false;

        for (int k = 0; k < n; k++) {
            const struct mark *m = &page->marks[k];

            if (strcmp(m->kind, "seal") == 0)
                signs = signs || boxes_near(&b, &m->box, reach);
            else if (strcmp(m->kind, "signing") == 0)
                signs = signs || boxes_near(&b, &m->box, 0);
            else if (strcmp(m->kind, "signature") != 0)
                words = words || boxes_near(&b, &m->box, 0);
        }
        if (signs && !words)
            blue[found++] = b;
    }
    drop_dark_signatures(page, found > 0);
    for (int i = 0; i < found; i++)
        add_mark(page, "signature", blue[i], SEAL_RED_PCT);
}

static int compare_marks(const void *a, const void *b)
{
    const struct mark *p = a, *q = b;

    return p->box.y != q->box.y ? (p->box.y > q->box.y) - (p->box.y < q->box.y)
                                : p->box.x - q->box.x;
}

enum status stamps_read(struct recogniser *r,
                        const struct table *labels,
                        const struct stamps *s,
                        struct page *page)
{
    enum status st;

    if (s->width_px == 0)
        return STATUS_OK;
    for (int i = 0; i < s->n_seals; i++)
        add_mark(page, "seal", on_page(s, &s->seals[i], page),
                 s->seals_dark ? SEAL_DARK_PCT : SEAL_RED_PCT);
    st = read_stamps(r, labels, s, page);
    for (int i = 0; i < s->n_frames && st == STATUS_OK; i++)
        if (!s->frames[i].outlined)
            st = read_frame(r, labels, s, &s->frames[i], page);
    add_signatures(s, page);
    if (page->n_marks > 1)
        qsort(page->marks, (size_t)page->n_marks, sizeof(*page->marks),
              compare_marks);
    return st;
}
