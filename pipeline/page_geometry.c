/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way back: undo the straightening (a rotation about the centre of the
 * turned copy), then the quarter turn, then the reduction. The corners of a
 * box are mapped one by one, because a straightened box lies askew on the
 * original.
 */
#include "pipeline/page_geometry.h"

#include <math.h>

struct point {
    double x, y;
};

static struct point to_original(const struct page_geometry *g, struct point p)
{
    double w = g->read_width_px, h = g->read_height_px;
    bool sideways = g->turn_deg == 90 || g->turn_deg == 270;
    double turned_w = sideways ? h : w, turned_h = sideways ? w : h;
    double angle = g->skew_deg * M_PI / 180;
    double dx = p.x - turned_w / 2, dy = p.y - turned_h / 2;
    struct point q, r;

    /* y points down, so a clockwise turn has the usual matrix; its inverse */
    q.x = turned_w / 2 + dx * cos(angle) + dy * sin(angle);
    q.y = turned_h / 2 - dx * sin(angle) + dy * cos(angle);
    switch (g->turn_deg) {
    case 90: r = (struct point){q.y, h - q.x}; break;
    case 180: r = (struct point){w - q.x, h - q.y}; break;
    case 270: r = (struct point){w - q.y, q.x}; break;
    default: r = q; break;
    }
    r.x *= g->width_px / w;
    r.y *= g->height_px / h;
    return r;
}

void geometry_point_to_original(const struct page_geometry *g, double *x,
                                double *y)
{
    struct point p = to_original(g, (struct point){*x, *y});

    *x = p.x;
    *y = p.y;
}

void geometry_from_original(const struct page_geometry *g, double *x,
                            double *y)
{
    double w = g->read_width_px, h = g->read_height_px;
    bool sideways = g->turn_deg == 90 || g->turn_deg == 270;
    double turned_w = sideways ? h : w, turned_h = sideways ? w : h;
    double angle = g->skew_deg * M_PI / 180, dx, dy;
    struct point r = {*x * w / g->width_px, *y * h / g->height_px}, q;

    switch (g->turn_deg) {
    case 90: q = (struct point){h - r.y, r.x}; break;
    case 180: q = (struct point){w - r.x, h - r.y}; break;
    case 270: q = (struct point){r.y, w - r.x}; break;
    default: q = r; break;
    }
    dx = q.x - turned_w / 2;
    dy = q.y - turned_h / 2;
    *x = turned_w / 2 + dx * cos(angle) - dy * sin(angle);
    *y = turned_h / 2 + dx * sin(angle) + dy * cos(angle);
}

static int clip(double v, int max)
{
    return v < 0 ? 0 : v > max ? max : (int)v;
}

struct box geometry_to_original(const struct page_geometry *g, struct box b)
{
    double left = INFINITY, top = INFINITY;
    double right = -INFINITY, bottom = -INFINITY;
    struct box out;

    for (int corner = 0; corner < 4; corner++) {
        struct point p = {b.x + (corner & 1 ? b.w : 0),
                          b.y + (corner & 2 ? b.h : 0)};

        p = to_original(g, p);
        left = fmin(left, p.x);
        right = fmax(right, p.x);
        top = fmin(top, p.y);
        bottom = fmax(bottom, p.y);
    }
    out.x = clip(floor(left + 1e-6), g->width_px);
    out.y = clip(floor(top + 1e-6), g->height_px);
    out.w = clip(ceil(right - 1e-6), g->width_px) - out.x;
    out.h = clip(ceil(bottom - 1e-6), g->height_px) - out.y;
    return out;
}

static void map_lines(const struct page_geometry *g, struct line *lines, int n)
{
    for (int i = 0; i < n; i++) {
        struct line *line = &lines[i];

        line->box = geometry_to_original(g, line->box);
        for (int k = 0; k < line->n_words; k++)
            line->words[k].box =
                geometry_to_original(g, line->words[k].box);
    }
}

void geometry_map_page(const struct page_geometry *g, struct page *page)
{
    map_lines(g, page->lines, page->n_lines);
    for (int i = 0; i < page->n_dropped; i++)
        page->dropped[i].box = geometry_to_original(g, page->dropped[i].box);
    for (int i = 0; i < page->n_marks; i++) {
        struct mark *m = &page->marks[i];

        m->box = geometry_to_original(g, m->box);
        map_lines(g, m->lines, m->n_lines);
    }
}
