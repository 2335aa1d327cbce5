/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ink that may be words is cut out while the colours are still there, as small
 * pictures with the print under it taken away; they are read once it is known
 * which way the page is up. What reads as nothing is no stamp.
 */
#include "pipeline/stamp.h"

#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/deskew.h"
#include "pipeline/leptonica.h"
#include "pipeline/page_geometry.h"
#include "pipeline/recognise.h"
#include "pipeline/seal_ring.h"
#include "pipeline/stamp_frame.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MM(n) ((int)((n) / CELL_MM))
#define PARTS_MAX 24
#define STAMP_DPI 200.0
#define COLOURED 40  /* from the least to the greatest of red, green, blue */
#define INK_DARK 110 /* least of them in a deep stroke */
#define WORDS_PCT 55 /* mean confidence of what is words */
#define LETTERS_MIN 3
#define STRAIGHTEN_DEG 0.5

void stamps_clear(struct stamps *s)
{
    for (int i = 0; i < s->n_stamps; i++)
        pixDestroy(&s->stamps[i].ink);
    for (int i = 0; i < s->n_frames; i++)
        pixDestroy(&s->frames[i].ink);
    *s = (struct stamps){0};
}

/* ---- finding ---- */

static struct box on_image(const struct colour_map *m, const struct box *b,
                           PIX *pix)
{
    int x = (int)(b->x * m->cell_px), y = (int)(b->y * m->cell_px);
    int right = (int)((b->x + b->w) * m->cell_px + 1);
    int bottom = (int)((b->y + b->h) * m->cell_px + 1);

    right = right > pixGetWidth(pix) ? pixGetWidth(pix) : right;
    bottom = bottom > pixGetHeight(pix) ? pixGetHeight(pix) : bottom;
    return (struct box){x, y, right - x, bottom - y};
}

/* The coloured ink of a pixel as grey: the paler the stroke, the lighter. */
static l_uint32 ink_of(l_uint32 pixel)
{
    int v[3] = {(int)(pixel >> 24), (int)(pixel >> 16 & 255),
                (int)(pixel >> 8 & 255)};
    int least = v[0], most = v[0];

    for (int i = 1; i < 3; i++) {
        least = v[i] < least ? v[i] : least;
        most = v[i] > most ? v[i] : most;
    }
    if (most - least < COLOURED)
        return 255;
    least = (least - INK_DARK) * 255 / (255 - INK_DARK);
    return (l_uint32)(least < 0 ? 0 : least);
}

/* Cut box b out of the page: its coloured ink at reading resolution. */
static PIX *cut_ink(PIX *pix, const struct box *b, double dpi)
{
    PIX *ink = pixCreateNoInit(b->w, b->h, 8), *scaled;
    double factor = dpi > STAMP_DPI * 1.15 ? STAMP_DPI / dpi : 1;

    if (ink == NULL)
        return NULL;
    for (int y = 0; y < b->h; y++) {
        const l_uint32 *from =
            pixGetData(pix) + (size_t)(b->y + y) * (size_t)pixGetWpl(pix);
        l_uint32 *to = pixGetData(ink) + (size_t)y * (size_t)pixGetWpl(ink);

        for (int x = 0; x < b->w; x++)
            SET_DATA_BYTE(to, x, ink_of(from[b->x + x]));
    }
    if (factor == 1)
        return ink;
    scaled = pixScale(ink, (float)factor, (float)factor);
    pixDestroy(&ink);
    return scaled;
}

/* Whether ink of this size may be stamped words: framed, or a row or two of
 * letters. */
static bool may_be_words(const struct colour_map *m, const uint8_t *ink,
                         const struct box *b)
{
    /* either way up */
    int longer = b->w > b->h ? b->w : b->h, shorter = b->w + b->h - longer;

    if (longer < MM(10) || shorter < MM(3) || longer > MM(95) ||
        shorter > MM(65))
        return false;
    return colour_map_framed(m, ink, b) ||
           (shorter <= MM(16) && longer >= shorter * 2);
}

static bool may_be_strokes(const struct colour_map *m, const uint8_t *ink,
                           const struct box *b)
{
    int full = colour_map_count(m, ink, b) * 100 / (b->w * b->h);

    return b->w >= MM(8) && b->h >= MM(4) && b->w <= MM(90) && b->h <= MM(60) &&
           full >= 2 && full <= 45;
}

/* Stamps and strokes in one colour. */
static void find_parts(PIX *pix, const struct colour_map *m, const uint8_t *ink,
                       bool strokes, struct stamps *out)
{
    struct box parts[PARTS_MAX];
    int n = colour_map_parts(m, ink, MM(2.5), MM(1), parts, PARTS_MAX);

    for (int i = 0; i < n; i++) {
        struct box b = on_image(m, &parts[i], pix);
        int full = colour_map_count(m, ink, &parts[i]) * 100 /
                   (parts[i].w * parts[i].h);

        if (strokes && may_be_strokes(m, ink, &parts[i]) &&
            out->n_strokes < STAMPS_MAX)
            out->strokes[out->n_strokes++] = b;
        if (!may_be_words(m, ink, &parts[i]) || full < 8 || b.w < 8 ||
            b.h < 8 || out->n_stamps >= STAMPS_MAX)
            continue;
        PIX *cut = cut_ink(pix, &b, out->dpi);
        if (cut != NULL)
            out->stamps[out->n_stamps++] = (struct stamped){b, cut};
    }
}

void stamps_find(PIX *pix, double dpi, struct stamps *out)
{
    AUTO(colour_map_clear) struct colour_map m = {0};
    struct box seals[SEALS_MAX];

    *out = (struct stamps){.width_px = pixGetWidth(pix),
                           .height_px = pixGetHeight(pix),
                           .dpi = dpi};
    frames_find(pix, dpi, out);
    colour_map_make(pix, dpi, &m);
    if (m.w > 0)
        out->n_seals = colour_map_take_seals(&m, seals, SEALS_MAX);
    for (int i = 0; i < out->n_seals; i++)
        out->seals[i] = on_image(&m, &seals[i], pix);
    if (out->n_seals == 0) {
        out->n_seals = seal_rings_find(pix, dpi, out->seals, SEALS_MAX);
        out->seals_dark = out->n_seals > 0;
    }
    if (m.w == 0)
        return;
    find_parts(pix, &m, m.red, false, out);
    find_parts(pix, &m, m.blue, true, out);
}

/* ---- reading ---- */

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

/* The words of a stamp, in the pixels of its upright picture, as a mark. */
static void keep_words(struct page *read, const struct page_geometry *g,
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

/*
 * Read what was cut out, turned as its page and, where the picture leans with
 * the page, straightened.
 * read   its words, in pixels of the upright picture
 * g      how they lie on it; where  the picture on the page
 */
static enum status read_alone(struct recogniser *r, const struct stamps *s,
                              const struct stamped *cut, double skew_deg,
                              const struct page *page, struct page *read,
                              struct page_geometry *g, struct box *where)
{
    AUTO(pixDestroy) PIX *turned = pixRotateOrth(cut->ink, page->turn_deg / 90);
    struct box all;

    *where = on_page(s, &cut->box, page);
    *g = (struct page_geometry){.width_px = where->w,
                                .height_px = where->h,
                                .read_width_px = pixGetWidth(cut->ink),
                                .read_height_px = pixGetHeight(cut->ink),
                                .turn_deg = page->turn_deg};
    if (turned != NULL && fabs(skew_deg) > STRAIGHTEN_DEG) {
        PIX *straight = skew_straighten(turned, skew_deg);

        pixDestroy(&turned);
        turned = straight;
        g->skew_deg = skew_deg;
    }
    if (turned == NULL)
        return STATUS_OK; /* a stamp less */
    all = (struct box){0, 0, pixGetWidth(turned), pixGetHeight(turned)};
    return recognise_areas(r, turned, (int)STAMP_DPI, AREA_BLOCK, &all, 1,
                           read);
}

static enum status read_stamp(struct recogniser *r, const struct stamps *s,
                              const struct stamped *stamp, struct page *page)
{
    struct page read = {0};
    struct page_geometry g;
    struct box where;
    enum status st =
        read_alone(r, s, stamp, page->skew_deg, page, &read, &g, &where);

    if (st == STATUS_OK && are_words(&read))
        keep_words(&read, &g, where, page);
    page_clear(&read);
    return st;
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

/* Whether what was read of a frame alone, or of it in the page, is a stamp. */
static bool says_stamp(const struct page *read, const struct page *page,
                       const struct box *b)
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
    return frame_is_stamp(alone) || frame_is_stamp(within);
}

/* Scraps of a stamp are no text of the page. */
static void drop_inside(struct page *page, const struct box *b)
{
    int cap = page->n_dropped, kept = 0;

    for (int i = 0; i < page->n_lines; i++) {
        struct line *l = &page->lines[i];
        int words = 0;

        for (int k = 0; k < l->n_words; k++) {
            if (is_inside(&l->words[k], b)) {
                GROW(page->dropped, page->n_dropped, cap);
                page->dropped[page->n_dropped++] = l->words[k];
            } else {
                l->words[words++] = l->words[k];
            }
        }
        l->n_words = words;
        if (words > 0)
            page->lines[kept++] = *l;
        else
            free(l->words);
    }
    page->n_lines = kept;
}

/* A frame was set straight when it was cut out. */
static enum status read_frame(struct recogniser *r, const struct stamps *s,
                              const struct stamped *frame, struct page *page)
{
    struct page read = {0};
    struct page_geometry g;
    struct box where;
    enum status st = read_alone(r, s, frame, 0, page, &read, &g, &where);

    if (st == STATUS_OK && says_stamp(&read, page, &where)) {
        keep_words(&read, &g, where, page);
        drop_inside(page, &where);
    }
    page_clear(&read);
    return st;
}

static bool near(const struct box *a, const struct box *b, int reach)
{
    return a->x < b->x + b->w + reach && b->x < a->x + a->w + reach &&
           a->y < b->y + b->h + reach && b->y < a->y + a->h + reach;
}

/* Strokes are a signature where a seal is or somebody signs. */
static void add_signatures(const struct stamps *s, struct page *page)
{
    int reach = (int)(page->dpi_x * 12 / 25.4), n = page->n_marks;

    for (int i = 0; i < s->n_strokes; i++) {
        struct box b = on_page(s, &s->strokes[i], page);
        bool signs = false, words = false;

        for (int k = 0; k < n; k++) {
            const struct mark *m = &page->marks[k];

            if (strcmp(m->kind, "seal") == 0)
                signs = signs || near(&b, &m->box, reach);
            else if (strcmp(m->kind, "signing") == 0)
                signs = signs || near(&b, &m->box, 0);
            else
                words = words || near(&b, &m->box, 0);
        }
        if (signs && !words)
            add_mark(page, "signature", b, 90);
    }
}

static int compare_marks(const void *a, const void *b)
{
    const struct mark *p = a, *q = b;

    return p->box.y != q->box.y ? (p->box.y > q->box.y) - (p->box.y < q->box.y)
                                : p->box.x - q->box.x;
}

enum status stamps_read(struct recogniser *r, const struct stamps *s,
                        struct page *page)
{
    enum status st = STATUS_OK;

    if (s->width_px == 0)
        return STATUS_OK;
    for (int i = 0; i < s->n_seals; i++)
        add_mark(page, "seal", on_page(s, &s->seals[i], page),
                 s->seals_dark ? SEAL_DARK_PCT : SEAL_RED_PCT);
    for (int i = 0; i < s->n_stamps && st == STATUS_OK; i++)
        st = read_stamp(r, s, &s->stamps[i], page);
    for (int i = 0; i < s->n_frames && st == STATUS_OK; i++)
        st = read_frame(r, s, &s->frames[i], page);
    add_signatures(s, page);
    if (page->n_marks > 1)
        qsort(page->marks, (size_t)page->n_marks, sizeof(*page->marks),
              compare_marks);
    return st;
}
