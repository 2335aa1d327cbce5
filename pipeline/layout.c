/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows on upright pages, and where the heading is. */
#include "pipeline/layout.h"
#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/match.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SHEETS 10 /* of a long document, that are looked at */
#define LAST_SHEETS 4
#define SHEET_WORDS_MAX 20000
#define WIDE_GAP 2.2 /* heights of a row: words farther apart are in columns */

double row_middle_x(const struct row *r)
{
    return (r->x0 + r->x1) / 2;
}

double row_middle_y(const struct row *r)
{
    return (r->y0 + r->y1) / 2;
}

static int compare_doubles(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

static double median_height(const struct token *t, int n)
{
    double *h = xcalloc((size_t)n, sizeof(*h));
    for (int i = 0; i < n; i++)
        h[i] = t[i].y1 - t[i].y0;
    qsort(h, (size_t)n, sizeof(*h), compare_doubles);
    double m = h[n / 2];
    free(h);
    return m > 1 ? m : 1;
}

double row_height(const struct row *r)
{
    return median_height(r->tokens, r->n);
}

/* A point of the original page on the upright and straightened one. */
static void upright_point(const struct page *g, double x, double y,
                          double out[2])
{
    double w = g->width_px, h = g->height_px, u = x, v = y;
    if (g->turn_deg == 90) {
        u = h - y;
        v = x;
    } else if (g->turn_deg == 180) {
        u = w - x;
        v = h - y;
    } else if (g->turn_deg == 270) {
        u = y;
        v = w - x;
    }
    bool side = g->turn_deg == 90 || g->turn_deg == 270;
    double cx = (side ? h : w) / 2, cy = (side ? w : h) / 2;
    double a = g->skew_deg * M_PI / 180;
    out[0] = cx + (u - cx) * cos(a) - (v - cy) * sin(a);
    out[1] = cy + (u - cx) * sin(a) + (v - cy) * cos(a);
}

/* The box of a word set upright. Its size is that of the turned box: the
 * bounding box of a straightened box would be larger than the word. */
static struct token token_of(const struct page *g, const struct word *w,
                             int page)
{
    double middle[2];
    upright_point(g, w->box.x + w->box.w / 2.0, w->box.y + w->box.h / 2.0,
                  middle);
    bool side = g->turn_deg == 90 || g->turn_deg == 270;
    double half_w = (side ? w->box.h : w->box.w) / 2.0;
    double half_h = (side ? w->box.w : w->box.h) / 2.0;
    return (struct token){
        .text = w->text,
        .box = w->box,
        .conf_pct = w->conf_pct,
        .page = page,
        .x0 = middle[0] - half_w,
        .x1 = middle[0] + half_w,
        .y0 = middle[1] - half_h,
        .y1 = middle[1] + half_h,
    };
}

static void add_row(struct sheet *s, const struct token *t, int n, int *cap)
{
    if (n == 0)
        return;
    GROW(s->rows, s->n_rows, *cap);
    struct row *r = &s->rows[s->n_rows++];
    *r = (struct row){
        .tokens = t, .n = n, .x0 = t->x0, .y0 = t->y0, .x1 = t->x1,
        .y1 = t->y1};
    for (int i = 1; i < n; i++) {
        r->x0 = fmin(r->x0, t[i].x0);
        r->x1 = fmax(r->x1, t[i].x1);
        r->y0 = fmin(r->y0, t[i].y0);
        r->y1 = fmax(r->y1, t[i].y1);
    }
    passage_begin(&r->p);
    passage_add_row(&r->p, t, n);
    passage_end(&r->p);
}

static bool is_capitals(const char *text)
{
    struct text_counts l = text_count(text);
    return l.capitals >= 3 && l.smalls * 6 <= l.capitals;
}

/* Whether the right column of a heading begins at word i of a line. */
static bool heads_right(const struct token *t, int n, int i)
{
    static const char *const starts[] = {"cong hoa xa hoi",
                                         "doc lap - tu do", "dang cong san"};
    if (i + 2 >= n)
        return false;
    AUTO(free_char) char *word = text_fold(t[i].text);
    if (text_distance(word, "cong") > 1 && text_distance(word, "doc") > 1 &&
        text_distance(word, "dang") > 1)
        return false;
    AUTO(free_char) char *three =
        xasprintf("%s %s %s %s %s", t[i].text, t[i + 1].text, t[i + 2].text,
                  i + 3 < n ? t[i + 3].text : "",
                  i + 4 < n ? t[i + 4].text : "");
    AUTO(free_char) char *folded = text_fold(three);
    size_t end;
    for (size_t k = 0; k < ARRAY_LEN(starts); k++)
        if (match_begins(folded, starts[k], &end))
            return k == 1 || is_capitals(three);
    return false;
}

/* Whether a place and a day, as the right column has them, begin at word i:
 * "Bắc Kạn, ngày 18 …"; the words before the comma, which may be lost, begin
 * with capitals. */
static bool heads_day(const struct token *t, int n, int i)
{
    for (int k = i; k < n && k < i + 6; k++) {
        size_t len = strlen(t[k].text);
        AUTO(free_char) char *lower = text_lower(t[k].text);
        if (strcmp(lower, t[k].text) == 0 || strchr(t[k].text, '/'))
            return false;
        AUTO(free_char) char *next =
            text_fold(k + 1 < n ? t[k + 1].text : "");
        bool day = strncmp(next, "ngay", 4) == 0;
        if (day || t[k].text[len - 1] == ',')
            return day;
    }
    return false;
}

/* Whether these words are "Số: 247/GP-SKHCN", or what is left of it. */
static bool is_number(const struct token *t, int n)
{
    for (int i = 0; i < n; i++)
        if (strchr(t[i].text, '/') || strchr(t[i].text, ':'))
            return true;
    return false;
}

/* Break a recognised line where columns part. */
static void add_line(struct sheet *s, struct token *t, int n, int *cap)
{
    double h = median_height(t, n);
    int from = 0;
    for (int i = 1; i < n; i++) {
        double gap = t[i].x0 - t[i - 1].x1;
        bool apart = gap > WIDE_GAP * h || gap < -6 * h;
        bool part = heads_right(t, n, i) ||
                    (is_number(t + from, i - from) && heads_day(t, n, i));
        if (apart || part) {
            add_row(s, t + from, i - from, cap);
            from = i;
        }
    }
    add_row(s, t + from, n - from, cap);
}

/* Where most rows begin and end. */
static void find_edges(struct sheet *s)
{
    s->left = 0;
    s->right = s->width;
    if (s->n_rows == 0)
        return;
    double *x = xcalloc((size_t)s->n_rows, sizeof(*x));
    for (int i = 0; i < s->n_rows; i++)
        x[i] = s->rows[i].x0;
    qsort(x, (size_t)s->n_rows, sizeof(*x), compare_doubles);
    s->left = x[s->n_rows / 10];
    for (int i = 0; i < s->n_rows; i++)
        x[i] = s->rows[i].x1;
    qsort(x, (size_t)s->n_rows, sizeof(*x), compare_doubles);
    s->right = x[s->n_rows - 1 - s->n_rows / 10];
    free(x);
}

static int compare_rows(const void *a, const void *b, void *sheet)
{
    const struct sheet *s = sheet;
    double p = row_middle_y(&s->rows[*(const int *)a]);
    double q = row_middle_y(&s->rows[*(const int *)b]);
    return p != q ? (p > q) - (p < q) : *(const int *)a - *(const int *)b;
}

static void sort_by_height(struct sheet *s)
{
    s->by_y = xcalloc((size_t)s->n_rows + 1, sizeof(*s->by_y));
    for (int i = 0; i < s->n_rows; i++)
        s->by_y[i] = i;
    qsort_r(s->by_y, (size_t)s->n_rows, sizeof(*s->by_y), compare_rows, s);
}

/* A sheet of n_lines lines of page g. */
static void fill_sheet(const struct page *g, const struct line *line,
                       int n_lines, int page, struct sheet *s)
{
    bool side = g->turn_deg == 90 || g->turn_deg == 270;
    *s = (struct sheet){.page = page,
                        .width = side ? g->height_px : g->width_px,
                        .height = side ? g->width_px : g->height_px,
                        .dpi = g->dpi_x > 0 ? g->dpi_x : 200};
    int total = 0, cap = 0, lines = 0;
    for (; lines < n_lines; lines++) {
        if (total + line[lines].n_words > SHEET_WORDS_MAX)
            break;
        total += line[lines].n_words;
    }
    s->tokens = xcalloc((size_t)total + 1, sizeof(*s->tokens));
    struct token *t = s->tokens;
    for (int i = 0; i < lines; i++) {
        const struct line *l = &line[i];
        for (int k = 0; k < l->n_words; k++)
            t[k] = token_of(g, &l->words[k], page);
        if (l->n_words > 0)
            add_line(s, t, l->n_words, &cap);
        t += l->n_words;
    }
    find_edges(s);
    sort_by_height(s);
}

struct sheet *sheets_of(const struct record *r, int *n_sheets)
{
    int most = FIRST_SHEETS + LAST_SHEETS, n = 0;
    struct sheet *sheets = xcalloc((size_t)most, sizeof(*sheets));
    for (int i = 0; i < r->n_pages; i++) {
        if (r->n_pages > most && i >= FIRST_SHEETS &&
            i < r->n_pages - LAST_SHEETS)
            continue;
        if (r->pages[i].n_lines > 0)
            fill_sheet(&r->pages[i], r->pages[i].lines, r->pages[i].n_lines,
                       i + 1, &sheets[n++]);
    }
    *n_sheets = n;
    return sheets;
}

void sheet_of_mark(const struct record *r, int page, const struct mark *m,
                   struct sheet *out)
{
    fill_sheet(&r->pages[page - 1], m->lines, m->n_lines, page, out);
}

void mark_sheet_clear(struct sheet *s)
{
    for (int k = 0; k < s->n_rows; k++)
        passage_clear(&s->rows[k].p);
    free(s->rows);
    free(s->by_y);
    free(s->tokens);
    memset(s, 0, sizeof(*s));
}

void sheets_free(struct sheet *sheets, int n_sheets)
{
    for (int i = 0; i < n_sheets; i++)
        mark_sheet_clear(&sheets[i]);
    free(sheets);
}

struct heading heading_find(const struct sheet *s)
{
    struct heading h = {.state = -1, .motto = -1, .split = s->width * 0.45};
    size_t end;
    for (int i = 0; i < s->n_rows; i++) {
        const struct row *r = &s->rows[i];
        if (r->y0 > s->height * 0.4)
            continue;
        const char *f = r->p.fold;
        if (h.state < 0 && row_is_capitals(r) &&
            (match_begins(f, "cong hoa xa hoi chu nghia viet nam", &end) ||
             match_begins(f, "cong hoa xa hoi chu nghia", &end) ||
             match_begins(f, "dang cong san viet nam", &end)))
            h.state = i;
        if (h.motto < 0 && match_begins(f, "doc lap tu do hanh phuc", &end))
            h.motto = i;
    }
    int anchor = h.state >= 0 ? h.state : h.motto;
    if (anchor < 0)
        return h;
    const struct row *a = &s->rows[anchor];
    h.found = true;
    h.split = a->x0 - row_height(a) * 0.3;
    h.floor = a->y1;
    if (h.motto >= 0)
        h.floor = fmax(h.floor, s->rows[h.motto].y1);
    return h;
}

bool row_is_capitals(const struct row *r)
{
    return is_capitals(r->p.text);
}

void rows_passage(const struct sheet *s, const int *rows, int n,
                  struct passage *out)
{
    passage_begin(out);
    for (int i = 0; i < n; i++)
        passage_add_row(out, s->rows[rows[i]].tokens, s->rows[rows[i]].n);
    passage_end(out);
}

void sheets_passage(const struct sheet *sheets, int n_sheets,
                    struct passage *out)
{
    passage_begin(out);
    for (int i = 0; i < n_sheets; i++)
        for (int k = 0; k < sheets[i].n_rows; k++)
            passage_add_row(out, sheets[i].rows[k].tokens,
                            sheets[i].rows[k].n);
    passage_end(out);
}
