/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing bars and columns. Lengths are in the units of the view box. */
#include "cli/chart.h"
#include "base/alloc.h"
#include "base/text.h"
#include "cli/html.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH 900
#define LABEL 330     /* room of the labels, left of the bars */
#define VALUE 150     /* of the numbers, right of them */
#define BAR (WIDTH - LABEL - VALUE)
#define LINE 26       /* from one bar to the next */
#define LABEL_LETTERS 46
#define TOP 26        /* room for the line's own text */
#define HEIGHT 190    /* of columns */

static void cut_label(struct strbuf *b, const char *label)
{
    size_t n = strlen(label), at = 0;
    AUTO(free_char) char *cut = NULL;
    for (int i = 0; at < n && i < LABEL_LETTERS; i++)
        text_next(label, n, &at);
    cut = at < n ? xasprintf("%.*s…", (int)at, label) : xstrdup(label);
    html_text(b, cut);
}

static void start(struct strbuf *b, const char *title, int height)
{
    html_leaf(b, "h2", NULL, title);
    strbuf_addf(b,
                "\n<svg viewBox=\"0 0 %d %d\" role=\"img\" font-size=\"13\">"
                "<title>",
                WIDTH, height);
    html_text(b, title);
    strbuf_adds(b, "</title>\n");
}

static void one_bar(struct strbuf *b, const struct bar *bar, int y,
                    double target)
{
    double pct = bar->pct < 0 ? 0 : bar->pct > 100 ? 100 : bar->pct;
    const char *colour = target < 0 || bar->pct >= target ? "#2e8b57"
                                                          : "#c8801a";
    strbuf_addf(b, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LABEL - 10,
                y + 14);
    cut_label(b, bar->label);
    strbuf_addf(b,
                "</text><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"17\" "
                "fill=\"#e6ebf0\"/><rect x=\"%d\" y=\"%d\" width=\"%.1f\" "
                "height=\"17\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">",
                LABEL, y, BAR, LABEL, y, pct / 100 * BAR, colour,
                LABEL + BAR + 8, y + 14);
    html_text(b, bar->text);
    strbuf_adds(b, "</text>\n");
}

void chart_bars(struct strbuf *b, const char *title, const struct bar *bars,
                int n, double target_pct)
{
    int top = target_pct < 0 ? 4 : TOP;
    int height = top + n * LINE + 4;
    start(b, title, height);
    for (int i = 0; i < n; i++)
        one_bar(b, &bars[i], top + i * LINE, target_pct);
    if (target_pct >= 0) {
        double x = LABEL + target_pct / 100 * BAR;
        strbuf_addf(b,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" "
                    "stroke=\"#b3261e\" stroke-width=\"1.5\" "
                    "stroke-dasharray=\"5 3\"/><text x=\"%.1f\" y=\"14\" "
                    "text-anchor=\"middle\" style=\"fill:#b3261e\">%.0f%%"
                    "</text>\n",
                    x, TOP - 8, x, height, x, target_pct);
    }
    strbuf_adds(b, "</svg>\n");
}

static void one_column(struct strbuf *b, const struct point *p, double x,
                       double width, double top)
{
    double h = top > 0 ? p->value / top * HEIGHT : 0;
    strbuf_addf(b,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                "fill=\"#1f5b8c\"/><text x=\"%.1f\" y=\"%.1f\" "
                "text-anchor=\"middle\">",
                x, TOP + HEIGHT - h, width, h, x + width / 2,
                TOP + HEIGHT - h - 5);
    html_text(b, p->text);
    strbuf_addf(b, "</text><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">",
                x + width / 2, TOP + HEIGHT + 18);
    html_text(b, p->label);
    strbuf_adds(b, "</text>\n");
}

void chart_columns(struct strbuf *b, const char *title,
                   const struct point *points, int n, double top,
                   double wanted, const char *wanted_text)
{
    double step = n > 0 ? (double)(WIDTH - 40) / n : 0;
    double width = step * 0.6 > 60 ? 60 : step * 0.6;
    start(b, title, TOP + HEIGHT + 28);
    strbuf_addf(b,
                "<line x1=\"20\" y1=\"%d\" x2=\"%d\" y2=\"%d\" "
                "stroke=\"#8a97a3\"/>\n",
                TOP + HEIGHT, WIDTH - 20, TOP + HEIGHT);
    for (int i = 0; i < n; i++)
        one_column(b, &points[i], 20 + i * step + (step - width) / 2, width,
                   top);
    if (wanted >= 0 && top > 0) {
        double y = TOP + HEIGHT - wanted / top * HEIGHT;
        strbuf_addf(b,
                    "<line x1=\"20\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" "
                    "stroke=\"#b3261e\" stroke-width=\"1.5\" "
                    "stroke-dasharray=\"5 3\"/><text x=\"%d\" y=\"%.1f\" "
                    "text-anchor=\"end\" style=\"fill:#b3261e\">",
                    y, WIDTH - 20, y, WIDTH - 22, y - 6);
        html_text(b, wanted_text);
        strbuf_adds(b, "</text>\n");
    }
    strbuf_adds(b, "</svg>\n");
}
