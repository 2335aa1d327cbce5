/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Letters are the connected pieces as high as most ink is. Each is joined to
 * the nearest one on its right; what hangs together is a line. At the right
 * angle the feet of the letters of a line fall together: the sum of the squares
 * of a histogram, each line by itself, is searched coarsely, then finely. Dots
 * below and descenders fall elsewhere, and are few.
 *
 * Where the page is grey, a foot is known to a part of a pixel, by how dark the
 * row is that it ends in: without that, short lines seem level up to a third of
 * a degree. Of 120 made pages, turned by up to ten degrees, the error was 0.003
 * degrees in the mean and 0.04 at most; of pages with a few words on them
 * 0.02 in the mean.
 */
#include "pipeline/baselines.h"

#include "base/alloc.h"
#include "pipeline/leptonica.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEIGHT_MIN_PX 6
#define HEIGHT_MAX_PX 100
#define LETTERS_MAX 20000 /* an A3 page of small print; more is a picture */
#define LOW_PART 0.55     /* of the usual height: lower is no letter … */
#define HIGH_PART 2.2     /* … nor higher … */
#define WIDE_PART 6.0     /* … nor wider, in heights */
#define GAP_PART 2.0      /* in heights, between letters of a line */
#define STEP_PART 0.5     /* in heights, from foot to foot */
#define LINE_LETTERS 5    /* fewer are no line */
#define BINS 512
#define STEPS_MAX 32   /* of a sweep, each way */
#define PEAK_PART 0.85 /* of the best score: the top of the peak */
#define FOOT_ROWS 4    /* in which letters end, sharp or blurred */

struct letter {
    double left, right, foot;
    int line; /* number of a letter of its line that is its own line */
};

struct lines {
    struct letter *letters; /* by line, once they are joined */
    int n;
    double height;
};

/* One pass of the search: angles about a middle, and how near feet must be. */
struct sweep {
    double range_deg, step_deg, bin_px;
};

static int by_left(const void *a, const void *b)
{
    const struct letter *x = a, *y = b;

    return (x->left > y->left) - (x->left < y->left);
}

static int by_line(const void *a, const void *b)
{
    const struct letter *x = a, *y = b;

    return x->line != y->line ? (x->line > y->line) - (x->line < y->line)
                              : by_left(a, b);
}

/* The height that half of the ink is lower than, pieces counted as often as
 * they are high; 0 if there are none. */
static int usual_height(BOXA *pieces)
{
    long by_height[HEIGHT_MAX_PX + 1] = {0}, all = 0, below = 0;
    int height = HEIGHT_MIN_PX;

    for (int i = 0; i < boxaGetCount(pieces); i++) {
        int w, h;

        boxaGetBoxGeometry(pieces, i, NULL, NULL, &w, &h);
        if (h < HEIGHT_MIN_PX || h > HEIGHT_MAX_PX || w > WIDE_PART * h)
            continue;
        by_height[h] += h;
        all += h;
    }
    if (all == 0)
        return 0;
    while (height < HEIGHT_MAX_PX && (below += by_height[height]) * 2 < all)
        height++;
    return height;
}

/* How dark a row of a page is from x on. */
static double row_ink(PIX *grey, int x, int y, int w)
{
    const l_uint32 *line = pixGetData(grey) + (size_t)y * pixGetWpl(grey);
    double sum = 0;

    for (int i = x; i < x + w; i++)
        sum += 255 - GET_DATA_BYTE(line, i);
    return sum;
}

/* Where a letter ends below: under its darkest row of the last, by as much as
 * the rows after that are dark. */
static double foot_of(PIX *grey, int x, int y, int w, int h)
{
    int end = y + h, darkest = end - 1;
    double paper, most = 0, below = 0;

    if (pixGetDepth(grey) != 8 || end + FOOT_ROWS > pixGetHeight(grey))
        return end;
    paper = row_ink(grey, x, end + FOOT_ROWS - 1, w);
    for (int i = end - FOOT_ROWS; i < end; i++) {
        double ink = row_ink(grey, x, i, w) - paper;

        if (ink >= most) {
            most = ink;
            darkest = i;
        }
    }
    for (int i = darkest + 1; i < end + FOOT_ROWS - 1 && most > 0; i++)
        below += fmax(0, fmin(1, (row_ink(grey, x, i, w) - paper) / most));
    return darkest + 1 + below;
}

static void letters_find(PIX *bilevel, PIX *grey, struct lines *out)
{
    BOXA *pieces = pixConnCompBB(bilevel, 8);
    int height = pieces != NULL ? usual_height(pieces) : 0, cap = 0;

    out->height = height;
    for (int i = 0; height > 0 && i < boxaGetCount(pieces); i++) {
        int x, y, w, h;

        boxaGetBoxGeometry(pieces, i, &x, &y, &w, &h);
        if (h < LOW_PART * height || h > HIGH_PART * height ||
            w > WIDE_PART * height)
            continue;
        GROW(out->letters, out->n, cap);
        out->letters[out->n++] = (struct letter){
            .left = x, .right = x + w, .foot = foot_of(grey, x, y, w, h)};
        if (out->n > LETTERS_MAX) {
            out->n = 0;
            break;
        }
    }
    boxaDestroy(&pieces);
}

static int line_of(struct letter *letters, int i)
{
    while (letters[i].line != i)
        i = letters[i].line = letters[letters[i].line].line;
    return i;
}

/* The letter right of number i that is next in its line; -1: none. */
static int next_of(const struct lines *l, int i, double slope)
{
    const struct letter *me = &l->letters[i];
    double reach = me->right + GAP_PART * l->height;

    for (int k = i + 1; k < l->n && l->letters[k].left < reach; k++) {
        const struct letter *other = &l->letters[k];
        double way = (other->left + other->right - me->left - me->right) / 2;

        double step = fabs(other->foot - me->foot);

        if (way > 0 && step < STEP_PART * l->height + way * slope)
            return k;
    }
    return -1;
}

static void lines_join(struct lines *l, double within_deg)
{
    qsort(l->letters, (size_t)l->n, sizeof(*l->letters), by_left);
    for (int i = 0; i < l->n; i++)
        l->letters[i].line = i;
    for (int i = 0; i < l->n; i++) {
        int next = next_of(l, i, tan(within_deg * M_PI / 180));

        if (next >= 0)
            l->letters[line_of(l->letters, next)].line = line_of(l->letters, i);
    }
    for (int i = 0; i < l->n; i++)
        l->letters[i].line = line_of(l->letters, i);
    qsort(l->letters, (size_t)l->n, sizeof(*l->letters), by_line);
}

static int line_end(const struct lines *l, int from)
{
    int to = from + 1;

    while (to < l->n && l->letters[to].line == l->letters[from].line)
        to++;
    return to;
}

/* Forget letters that stand in no line. */
static void lines_keep(struct lines *l)
{
    int kept = 0;

    for (int from = 0, to; from < l->n; from = to) {
        to = line_end(l, from);
        if (to - from < LINE_LETTERS)
            continue;
        memmove(&l->letters[kept], &l->letters[from],
                (size_t)(to - from) * sizeof(*l->letters));
        kept += to - from;
    }
    l->n = kept;
}

/* Feet of one line by their height over a line that slopes so; each counts in
 * the two bins that are nearest. */
static void line_bins(const struct letter *line, int n, double slope,
                      double bin_px, double bins[BINS])
{
    double middle = (line[0].left + line[n - 1].right) / 2;
    double first =
        line[n / 2].foot -
        slope * ((line[n / 2].left + line[n / 2].right) / 2 - middle);

    memset(bins, 0, BINS * sizeof(*bins));
    for (int i = 0; i < n; i++) {
        double x = (line[i].left + line[i].right) / 2 - middle;
        double at = (line[i].foot - slope * x - first) / bin_px + BINS / 2.0;
        int bin = (int)at;

        if (at < 0 || bin >= BINS - 1)
            continue;
        bins[bin] += 1 - (at - bin);
        bins[bin + 1] += at - bin;
    }
}

static double score(const struct lines *l, double deg, double bin_px)
{
    double bins[BINS], sum = 0;

    for (int from = 0, to; from < l->n; from = to) {
        to = line_end(l, from);
        line_bins(&l->letters[from], to - from, tan(-deg * M_PI / 180), bin_px,
                  bins);
        for (int i = 0; i < BINS; i++)
            sum += bins[i] * bins[i];
    }
    return sum;
}

/* The middle of the peak, which is flat where lines are short. */
static double search(const struct lines *l, double middle_deg,
                     const struct sweep *s)
{
    int steps = (int)ceil(s->range_deg / s->step_deg), best = 0, low, high;
    double scores[2 * STEPS_MAX + 1], sum = 0, weights = 0;

    assert(steps <= STEPS_MAX);

    for (int i = 0; i <= 2 * steps; i++) {
        scores[i] = score(l, middle_deg + (i - steps) * s->step_deg, s->bin_px);
        if (scores[i] > scores[best])
            best = i;
    }
    for (low = best; low > 0 && scores[low - 1] > PEAK_PART * scores[best];)
        low--;
    for (high = best;
         high < 2 * steps && scores[high + 1] > PEAK_PART * scores[best];)
        high++;
    for (int i = low; i <= high; i++) {
        double weight = scores[i] - PEAK_PART * scores[best];

        sum += weight * (i - steps);
        weights += weight;
    }
    return middle_deg + (weights > 0 ? sum / weights : 0) * s->step_deg;
}

/* How many letters stand with most of their line. */
static int on_line_pct(const struct lines *l, double deg)
{
    double bins[BINS], sum = 0;

    for (int from = 0, to; from < l->n; from = to) {
        double most = 0;

        to = line_end(l, from);
        line_bins(&l->letters[from], to - from, tan(-deg * M_PI / 180), 1,
                  bins);
        for (int i = 1; i + 1 < BINS; i++)
            most = fmax(most, bins[i - 1] + bins[i] + bins[i + 1]);
        sum += most;
    }
    return (int)(100 * sum / l->n);
}

struct baselines baselines_find(PIX *bilevel, PIX *grey, double within_deg)
{
    const struct sweep sweeps[] = {
        {within_deg, 0.5, 8}, {1.0, 0.1, 3}, {0.2, 0.02, 1}};
    struct baselines found = {0};
    struct lines l = {0};

    letters_find(bilevel, grey, &l);
    if (l.n > 0) {
        lines_join(&l, within_deg);
        lines_keep(&l);
    }
    if (l.n > 0) {
        for (int i = 0; i < 3; i++)
            found.deg = search(&l, found.deg, &sweeps[i]);
        found.letters = l.n;
        found.on_line_pct = on_line_pct(&l, found.deg);
    }
    free(l.letters);
    return found;
}
