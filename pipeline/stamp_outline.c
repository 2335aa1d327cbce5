/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * At each lean the rows of the image are walked along it: where ink runs on
 * for the length of a side it may be the upper or the lower one. Two of the
 * same length above each other, and ink down at least at one of their ends,
 * are a rectangle. Words are not: they are apart, and have no sides.
 */
#include "pipeline/stamp_outline.h"

#include "base/alloc.h"
#include "pipeline/leptonica.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LEAN_MAX_DEG 9.0
#define LEAN_STEP_DEG 0.75 /* a side of two pixels still is one line */
#define WIDTH_MIN_MM 17.0
#define WIDTH_MAX_MM 85.0
#define HEIGHT_MIN_MM 6.0
#define HEIGHT_MAX_MM 48.0
#define GAP_MM 3.0   /* without ink in a side */
#define DRAWN_PCT 85 /* of a run */
#define SIDE_PCT 70  /* of a side between the corners */
#define ENDS_MM 2.0  /* about the end of a run: where its corner is */
#define INWARD_MM 10.0
#define RUNS_MAX 160
#define WINDOW_STEP 8  /* columns */
#define WINDOW_MAX 248 /* whose ink is counted in bytes */

/* Ink as bytes, rows of w. */
struct bytes {
    uint8_t *v;       /* 1: ink here or one below */
    uint8_t *u;       /* 1: ink here or one to the right */
    uint8_t *columns; /* v by columns, `pad` without ink before and behind */
    int w, h, pad;
    double mm; /* pixels in one */
};

/* Ink that runs along a lean, from x0 to x1 - 1, at height y at x = 0. */
struct run {
    int y, x0, x1;
};

struct runs {
    struct run v[RUNS_MAX];
    int n;
};

/* What is found at one lean. */
struct found {
    double slope, left, right;
    int top, bottom; /* heights at x = 0 */
    double area;
};

static void bytes_clear(struct bytes *b)
{
    free(b->v);
    free(b->u);
    free(b->columns);
}

static void bytes_make(PIX *part, double dpi, struct bytes *out)
{
    size_t n;

    out->w = pixGetWidth(part);
    out->h = pixGetHeight(part);
    out->mm = dpi / 25.4;
    n = (size_t)out->w * (size_t)out->h;
    out->v = xcalloc(n, 1);
    out->u = xcalloc(n, 1);
    for (int y = 0; y < out->h; y++) {
        const l_uint32 *row =
            pixGetData(part) + (size_t)y * (size_t)pixGetWpl(part);

        for (int x = 0; x < out->w; x++) {
            size_t at = (size_t)y * (size_t)out->w + (size_t)x;

            if (!GET_DATA_BIT(row, x))
                continue;
            out->v[at] = out->u[at] = 1;
            if (y > 0)
                out->v[at - (size_t)out->w] = 1;
            if (x > 0)
                out->u[at - 1] = 1;
        }
    }
}

/* A column from height y on, which may be as much as pad above the image. */
static const uint8_t *column(const struct bytes *b, int x, int y)
{
    return b->columns + (size_t)x * (size_t)(b->h + 2 * b->pad) +
           (size_t)(y + b->pad);
}

/* The copy by columns: steep is how far a row may run up or down. */
static void columns_make(struct bytes *b, int steep)
{
    size_t high;

    b->pad = 2 * steep;
    high = (size_t)b->h + 2 * (size_t)b->pad;
    b->columns = xcalloc((size_t)b->w * high, 1);
    for (int y = 0; y < b->h; y++)
        for (int x = 0; x < b->w; x++)
            b->columns[(size_t)x * high + (size_t)(y + b->pad)] =
                b->v[(size_t)y * (size_t)b->w + (size_t)x];
}

static bool ink_at(const struct bytes *b, const uint8_t *of, double x, double y)
{
    int column = (int)lround(x), row = (int)lround(y);

    return column >= 0 && column < b->w && row >= 0 && row < b->h &&
           of[(size_t)row * (size_t)b->w + (size_t)column] != 0;
}

/* Keep the longest of runs that lie upon each other. */
static void keep_run(const struct bytes *b, const struct run *r, int ink,
                     struct runs *out)
{
    int length = r->x1 - r->x0;
    struct run *last = out->n > 0 ? &out->v[out->n - 1] : NULL;

    if (length < WIDTH_MIN_MM * b->mm || ink * 100 < length * DRAWN_PCT)
        return;
    if (last != NULL && r->y - last->y <= 1 && last->x0 < r->x1 &&
        r->x0 < last->x1) {
        if (length >= last->x1 - last->x0)
            *last = *r;
        return;
    }
    if (out->n < RUNS_MAX)
        out->v[out->n++] = *r;
}

/* The runs of one row. lean  how much lower the row is at each x */
static void row_runs(const struct bytes *b, const int *lean, int y,
                     struct runs *out)
{
    struct run r = {y, -1, -1};
    int gap = (int)(GAP_MM * b->mm), ink = 0;

    for (int x = 0; x <= b->w; x++) {
        int row = x < b->w ? y + lean[x] : -1;
        bool dark = row >= 0 && row < b->h &&
                    b->v[(size_t)row * (size_t)b->w + (size_t)x] != 0;

        if (dark && r.x0 < 0) {
            r.x0 = x;
            ink = 0;
        }
        if (dark) {
            r.x1 = x + 1;
            ink++;
        }
        if (r.x0 >= 0 && (x == b->w || x - r.x1 >= gap)) {
            keep_run(b, &r, ink, out);
            r.x0 = -1;
        }
    }
}

/* The rows along a lean, from -reach on, by the ink in a window of them. */
struct windows {
    int reach, n;   /* how many rows */
    int wide;       /* pixels of a window, in steps of WINDOW_STEP */
    uint8_t *steps; /* ink of each step of each row, rows side by side */
    uint8_t *ink;   /* of the window that ends there */
    uint8_t *most;  /* of all of them */
};

static void windows_clear(struct windows *w)
{
    free(w->steps);
    free(w->ink);
}

static void windows_make(const struct bytes *b, int steep, struct windows *out)
{
    int shortest = (int)ceil(WIDTH_MIN_MM * b->mm);
    size_t most = (size_t)b->h + 2 * (size_t)steep;

    out->wide = (shortest - WINDOW_STEP + 1) / WINDOW_STEP * WINDOW_STEP;
    out->wide = out->wide < WINDOW_MAX ? out->wide : WINDOW_MAX;
    out->steps = xcalloc((size_t)(b->w / WINDOW_STEP + 1) * most, 1);
    out->ink = xcalloc(2 * most, 1);
    out->most = out->ink + most;
}

/* The ink of each row in the columns of a step. */
static void step_ink(const struct bytes *b, const int *lean,
                     const struct windows *w, int step, uint8_t *out)
{
    memset(out, 0, (size_t)w->n);
    for (int x = step * WINDOW_STEP; x < (step + 1) * WINDOW_STEP; x++) {
        const uint8_t *from = column(b, x, lean[x] - w->reach);

        for (int i = 0; i < w->n; i++)
            out[i] += from[i];
    }
}

/* Move the window of each row on by a step. */
static void move_on(const struct windows *w, const uint8_t *add,
                    const uint8_t *take)
{
    for (int i = 0; i < w->n; i++)
        w->ink[i] = (uint8_t)(w->ink[i] + add[i] - (take ? take[i] : 0));
    for (int i = 0; i < w->n; i++)
        w->most[i] = w->ink[i] > w->most[i] ? w->ink[i] : w->most[i];
}

/*
 * The ink of the fullest window of each row. A run that is long enough holds
 * one from end to end, or several, of which one has no more white than its
 * share: a row whose fullest has more has no such run.
 * result  how much ink that is at least
 */
static int fill_windows(const struct bytes *b, const int *lean,
                        const struct windows *w)
{
    int in_window = w->wide / WINDOW_STEP;
    int longest = 2 * w->wide + WINDOW_STEP - 2; /* with one window in it */

    memset(w->ink, 0, (size_t)w->n);
    memset(w->most, 0, (size_t)w->n);
    for (int k = 0; k < b->w / WINDOW_STEP; k++) {
        uint8_t *at = w->steps + (size_t)k * (size_t)w->n;

        step_ink(b, lean, w, k, at);
        move_on(w, at,
                k >= in_window ? at - (size_t)in_window * (size_t)w->n : NULL);
    }
    return w->wide - longest * (100 - DRAWN_PCT) / 100;
}

static void all_runs(const struct bytes *b, double slope, int *lean,
                     struct windows *w, struct runs *out)
{
    int least;

    w->reach = (int)ceil(fabs(slope) * b->w);
    w->n = b->h + 2 * w->reach;
    out->n = 0;
    for (int x = 0; x < b->w; x++)
        lean[x] = (int)lround(slope * x);
    least = fill_windows(b, lean, w);
    for (int i = 0; i < w->n; i++)
        if (w->most[i] >= least)
            row_runs(b, lean, i - w->reach, out);
}

/* How much of a side that stands on the lean is drawn, in percent. x  where
 * it would cross height `top` at x = 0 */
static int upright_pct(const struct bytes *b, double slope, double x, int top,
                       int bottom)
{
    int ink = 0, n = 0;
    double up = 1 / (1 + slope * slope);

    for (int d = 0; d <= bottom - top; d++) {
        double at = x - slope * d * up, down = top + slope * x + d * up;

        ink += ink_at(b, b->u, at, down);
        n++;
    }
    return n > 0 ? ink * 100 / n : 0;
}

/* How much of a side between two corners is drawn, in percent. */
static int level_pct(const struct bytes *b, double slope, int y, double left,
                     double right)
{
    int ink = 0, n = 0;

    for (double x = left; x < right; x++) {
        ink += ink_at(b, b->v, x, y + slope * x);
        n++;
    }
    return n > 0 ? ink * 100 / n : 0;
}

/* Where an upright side is about x, and whether there is one. inward  1 or -1:
 * where the rectangle is; print that touches a run makes it longer */
static bool find_side(const struct bytes *b, double slope, int top, int bottom,
                      int inward, double *x)
{
    int best = 0, reach = (int)(INWARD_MM * b->mm);
    double at = *x;

    for (int i = -(int)(ENDS_MM * b->mm); i <= reach; i++) {
        int d = i * inward;
        int pct = upright_pct(b, slope, *x + d, top, bottom);

        if (pct > best) {
            best = pct;
            at = *x + d;
        }
    }
    if (best >= SIDE_PCT)
        *x = at;
    return best >= SIDE_PCT;
}

/* Look at two runs as the upper and lower side of a rectangle. */
static void try_pair(const struct bytes *b, double slope, const struct run *a,
                     const struct run *c, struct found *best)
{
    double high = c->y - a->y, shift = slope * high;
    double left = fmax(a->x0, c->x0 + shift);
    double right = fmin(a->x1, c->x1 + shift);
    double area = (right - left) * high;
    bool at_left, at_right;

    if (high < HEIGHT_MIN_MM * b->mm || high > HEIGHT_MAX_MM * b->mm ||
        right - left < WIDTH_MIN_MM * b->mm ||
        right - left > WIDTH_MAX_MM * b->mm || area <= best->area)
        return;
    at_left = find_side(b, slope, a->y, c->y, 1, &left);
    at_right = find_side(b, slope, a->y, c->y, -1, &right);
    if ((at_left || at_right) && right - left > high &&
        right - left >= WIDTH_MIN_MM * b->mm &&
        level_pct(b, slope, a->y, left, right) >= SIDE_PCT &&
        level_pct(b, slope, c->y, left - shift, right - shift) >= SIDE_PCT)
        *best = (struct found){slope, left, right, a->y, c->y, area};
}

static void set_corners(const struct found *f, struct outline *out)
{
    double up = 1 / (1 + f->slope * f->slope), high = (f->bottom - f->top) * up;
    const double xs[2] = {f->left, f->right};

    for (int i = 0; i < 2; i++) {
        int under = 3 - i;

        out->x[i] = xs[i];
        out->y[i] = f->top + f->slope * xs[i];
        out->x[under] = xs[i] - f->slope * high;
        out->y[under] = out->y[i] + high;
    }
}

static double slope_of(double deg)
{
    return tan(deg * 3.14159265358979 / 180);
}

bool outline_find(PIX *part, double dpi, struct outline *out)
{
    AUTO(bytes_clear) struct bytes b = {0};
    AUTO(windows_clear) struct windows w = {0};
    AUTO(free_void) int *lean = NULL;
    struct found best = {0};
    struct runs runs;
    int steep;

    bytes_make(part, dpi, &b);
    steep = (int)ceil(slope_of(LEAN_MAX_DEG) * b.w);
    columns_make(&b, steep);
    windows_make(&b, steep, &w);
    lean = xcalloc((size_t)b.w, sizeof(*lean));
    for (double deg = -LEAN_MAX_DEG; deg <= LEAN_MAX_DEG;
         deg += LEAN_STEP_DEG) {
        double slope = slope_of(deg);

        all_runs(&b, slope, lean, &w, &runs);
        for (int i = 0; i < runs.n; i++)
            for (int k = i + 1; k < runs.n; k++)
                try_pair(&b, slope, &runs.v[i], &runs.v[k], &best);
    }
    if (best.area > 0)
        set_corners(&best, out);
    return best.area > 0;
}

double outline_slope(const struct outline *o)
{
    return (o->y[1] - o->y[0]) / fmax(1, o->x[1] - o->x[0]);
}
