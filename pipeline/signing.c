/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The block is told by its shape alone, because its words may be read badly:
 * capitals in the right half and under them, for three heights of a line,
 * nothing that was read well. Lines may run over both columns of the foot, so
 * they are taken apart into runs first. What is left in doubt then is read
 * at two more scales and by the larger model: strokes across a letter mislead
 * each of them otherwise.
 */
#include "pipeline/signing.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"
#include "pipeline/leptonica.h"
#include "pipeline/recognise.h"
#include "pipeline/second_look.h"
#include "pipeline/signing_amend.h"
#include "pipeline/signing_doubt.h"
#include "pipeline/word_runs.h"
#include <stdlib.h>

#define ROOM_HEIGHTS 3.0 /* that are free under the title */
#define READ_WELL_PCT 75 /* better than a signature taken for letters */
#define TITLE_READ_PCT 50
#define TITLE_LETTERS_MIN 5
#define BESIDE_SHARE 0.22 /* of the page's width: how far names reach */
#define BELOW_SHARE 0.21  /* of the page's height: how low they stand */
#define TITLES_MAX 4
#define LONE_RUNS_MAX 12 /* a page with hardly more than a name */

/* A part of a line that stands in one column. */
struct run {
    struct box box;
    int height; /* of its usual word */
    int conf_pct;
    int n_words;
    int capitals, smalls;
};

struct runs {
    struct run *v;
    int n, cap;
};

static void runs_clear(struct runs *r)
{
    free(r->v);
}

static void add_run(struct runs *runs, const struct line *l, int from, int end)
{
    struct run run = {.box = words_box(l, from, end), .n_words = end - from};
    int heights = 0, conf = 0;

    for (int i = from; i < end; i++) {
        struct text_counts c = text_count(l->words[i].text);

        heights += l->words[i].box.h;
        conf += l->words[i].conf_pct;
        run.capitals += c.capitals;
        run.smalls += c.smalls;
    }
    run.height = heights / run.n_words;
    run.conf_pct = conf / run.n_words;
    GROW(runs->v, runs->n, runs->cap);
    runs->v[runs->n++] = run;
}

static void find_runs(const struct page *page, struct runs *runs)
{
    for (int i = 0; i < page->n_lines; i++) {
        const struct line *l = &page->lines[i];

        for (int from = 0, end; from < l->n_words; from = end) {
            end = word_run_end(l, from);
            add_run(runs, l, from, end);
        }
    }
}

static int middle_x(const struct run *r)
{
    return r->box.x + r->box.w / 2;
}

static bool is_title(const struct run *r, int w)
{
    return r->box.x > w * 0.42 && middle_x(r) > w * 0.55 &&
           r->capitals >= TITLE_LETTERS_MIN && r->smalls * 5 <= r->capitals &&
           r->conf_pct >= TITLE_READ_PCT;
}

static bool below(const struct run *r, const struct run *above)
{
    return r->box.y + r->box.h / 2 > above->box.y + above->box.h;
}

static bool same_column(const struct run *a, const struct run *b)
{
    return a->box.x < b->box.x + b->box.w && b->box.x < a->box.x + a->box.w;
}

static bool has_title_above(const struct runs *runs, const struct run *t, int w)
{
    for (int i = 0; i < runs->n; i++) {
        const struct run *r = &runs->v[i];
        int gap = t->box.y - (r->box.y + r->box.h);

        if (is_title(r, w) && below(t, r) && gap < t->height * ROOM_HEIGHTS)
            return true;
    }
    return false;
}

/* The rows of titles that begin at t; the last one. NULL if text follows. */
static const struct run *last_title(const struct runs *runs,
                                    const struct run *t, int w)
{
    const struct run *last = t;
    int n = 1;

    for (bool more = true; more && n < TITLES_MAX;) {
        more = false;
        for (int i = 0; i < runs->n; i++) {
            const struct run *r = &runs->v[i];
            int gap = r->box.y - (last->box.y + last->box.h);

            if (!below(r, last) || gap > last->height * ROOM_HEIGHTS ||
                !same_column(r, last))
                continue;
            if (is_title(r, w)) {
                last = r;
                more = true;
                n++;
                break;
            }
            if (r->n_words > 1 && r->conf_pct >= READ_WELL_PCT)
                return NULL;
        }
    }
    return last;
}

/* The block under titles first … last: as wide as names are, but not over the
 * recipients at the left, down to the next line that runs over both halves. */
static struct box block_of(const struct runs *runs, const struct run *first,
                           const struct run *last, int w, int h)
{
    int middle = middle_x(last);
    int left = middle - (int)(w * BESIDE_SHARE);
    int right = middle + (int)(w * BESIDE_SHARE);
    int top = first->box.y - first->height / 2;
    int bottom = last->box.y + last->box.h + (int)(h * BELOW_SHARE);

    for (int i = 0; i < runs->n; i++) {
        const struct run *r = &runs->v[i];
        bool well = r->conf_pct >= READ_WELL_PCT;

        if (below(r, last) && well && r->box.x < w * 0.4 &&
            r->box.x + r->box.w > middle - w / 10 && r->box.y < bottom)
            bottom = r->box.y - r->height / 3;
    }
    for (int i = 0; i < runs->n; i++) {
        const struct run *r = &runs->v[i];
        int end = r->box.x + r->box.w + r->height / 2;

        if (r->box.y + r->box.h > top && r->box.y < bottom &&
            r->box.x < w * 0.4 && end < first->box.x && end > left)
            left = end;
    }
    left = left < 0 ? 0 : left;
    top = top < 0 ? 0 : top;
    right = right > w ? w : right;
    bottom = bottom > h ? h : bottom;
    return (struct box){left, top, right - left, bottom - top};
}

bool signing_find(const struct page *page, int w, int h, struct box *out,
                  int *titles_end)
{
    AUTO(runs_clear) struct runs runs = {0};
    bool found = false;

    find_runs(page, &runs);
    for (int i = 0; i < runs.n; i++) {
        const struct run *t = &runs.v[i], *last;

        if (!is_title(t, w) || has_title_above(&runs, t, w))
            continue;
        last = last_title(&runs, t, w);
        if (last == NULL || (found && t->box.y < out->y))
            continue;
        *out = block_of(&runs, t, last, w, h); /* the lowest of them */
        *titles_end = last->box.y + last->box.h;
        found = out->w > 0 && out->h > 0;
    }
    return found;
}

/* A box on the scaled part b of a page as one on the page. */
static struct box scale_back(struct box on, double scale, const struct box *b)
{
    int x = (int)(on.x / scale), y = (int)(on.y / scale);
    int right = (int)((on.x + on.w) / scale);
    int bottom = (int)((on.y + on.h) / scale);

    right = right > b->w ? b->w : right;
    bottom = bottom > b->h ? b->h : bottom;
    return (struct box){b->x + x, b->y + y, right > x ? right - x : 0,
                        bottom > y ? bottom - y : 0};
}

/* Read box b of pix at `scale` and add its lines as block number `block`. */
static enum status read_scaled(struct recogniser *r, PIX *pix, int dpi,
                               const struct box *b, double scale, int block,
                               struct mark *mark)
{
    AUTO(boxDestroy) BOX *where = boxCreate(b->x, b->y, b->w, b->h);
    AUTO(pixDestroy) PIX *clip = pixClipRectangle(pix, where, NULL);
    AUTO(pixDestroy) PIX *grey = clip ? pixConvertTo8(clip, 0) : NULL;
    AUTO(pixDestroy)
    PIX *scaled = grey ? pixScale(grey, (float)scale, (float)scale) : NULL;
    struct page read = {0};
    struct box all;
    enum status st;

    if (scaled == NULL)
        return fail(STATUS_LIMIT, _("no memory for a part of the page"));
    all = (struct box){0, 0, pixGetWidth(scaled), pixGetHeight(scaled)};
    st = recognise_areas(r, scaled, (int)(dpi * scale), AREA_BLOCK, &all, 1,
                         &read);
    for (int i = 0; i < read.n_lines && st == STATUS_OK; i++) {
        struct line *l = &read.lines[i];

        l->block = block;
        l->box = scale_back(l->box, scale, b);
        for (int k = 0; k < l->n_words; k++)
            l->words[k].box = scale_back(l->words[k].box, scale, b);
        mark_take_line(mark, l);
    }
    page_clear(&read);
    return st;
}

/* Where a name stands alone in the right half of a page's top, because its
 * title is on the page before; false if nothing looks so. */
static bool find_lone_name(const struct page *page, int w, int h,
                           struct box *out)
{
    AUTO(runs_clear) struct runs runs = {0};

    find_runs(page, &runs);
    if (runs.n > LONE_RUNS_MAX)
        return false;
    for (int i = 0; i < runs.n; i++) {
        const struct run *r = &runs.v[i];
        int beside = w / 10, above = r->height * 2;

        if (r->box.x < w / 2 || r->box.y > h * 3 / 10 || r->n_words < 2 ||
            r->n_words > 5 || r->smalls < r->capitals)
            continue;
        out->x = r->box.x - beside;
        out->y = r->box.y > above ? r->box.y - above : 0;
        out->w = r->box.w + 2 * beside;
        out->h = r->box.y + r->box.h + above - out->y;
        if (out->x + out->w > w)
            out->w = w - out->x;
        if (out->y + out->h > h)
            out->h = h - out->y;
        return true;
    }
    return false;
}

/* What is in doubt, at other scales and by the larger model. */
static enum status read_doubt(struct recogniser *r, struct second_look *second,
                              PIX *pix, int dpi, const struct box *doubts,
                              int n, struct mark *mark)
{
    static const double scales[] = {0.8, 1.5};
    struct recogniser *other = NULL;
    enum status st = STATUS_OK;
    int block = 1;

    if (n > 0 && second != NULL)
        other = second_look_recogniser(second);
    for (size_t k = 0; k < ARRAY_LEN(scales); k++, block++)
        for (int i = 0; i < n && st == STATUS_OK; i++)
            st = read_scaled(r, pix, dpi, &doubts[i], scales[k], block, mark);
    for (int i = 0; i < n && other != NULL && st == STATUS_OK; i++)
        st = read_scaled(other, pix, dpi, &doubts[i], 1, block, mark);
    return st;
}

enum status signing_read(struct recogniser *r, struct second_look *second,
                         PIX *pix, int dpi, struct page *page)
{
    struct mark mark = {.conf_pct = 100};
    struct box doubts[SIGNING_DOUBTS_MAX];
    int titles_end;
    enum status st;

    if (!signing_find(page, pixGetWidth(pix), pixGetHeight(pix), &mark.box,
                      &titles_end)) {
        titles_end = 0;
        if (!find_lone_name(page, pixGetWidth(pix), pixGetHeight(pix),
                            &mark.box))
            return STATUS_OK;
    }
    mark.kind = xstrdup("signing");
    st = read_scaled(r, pix, dpi, &mark.box, 1, 0, &mark);
    if (st == STATUS_OK) {
        int n = signing_doubts(page, &mark, titles_end, doubts);

        st = read_doubt(r, second, pix, dpi, doubts, n, &mark);
    }
    if (st == STATUS_OK && mark.n_lines > 0) {
        signing_amend(&mark, page);
        page_take_mark(page, &mark);
    }
    mark_clear(&mark);
    return st;
}
