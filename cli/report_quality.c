/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was scanned, by batch, operator or day. */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "cli/chart.h"
#include "cli/doubtful.h"
#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

#define CHART_BARS 20
#define DOUBTFUL_SHOWN_MAX 50

static const char *heading_of(enum quality_by by)
{
    switch (by) {
    case QUALITY_BATCH:
        return _("Batch");
    case QUALITY_OPERATOR:
        return _("Operator");
    case QUALITY_DAY:
        return _("Day");
    }
    return "";
}

static void row(struct table *t, const struct quality_row *r, const char *name)
{
    table_text(t, name);
    table_number(t, (double)r->documents);
    table_number(t, (double)r->pages);
    table_number(t, (double)r->a4);
    table_number(t, (double)r->rescans);
    table_number(t, (double)r->low_pages);
    table_number(t, (double)r->blank_pages);
    table_number(t, (double)r->bad_pages);
    table_number(t, r->confidence);
}

void quality_table(const struct quality_report *r, struct table *out)
{
    table_start(out, _("Pages scanned, and how well"));
    table_column(out, r->by == QUALITY_DAY ? CELL_DAY : CELL_TEXT,
                 heading_of(r->by));
    table_column(out, CELL_COUNT, _("Documents"));
    table_column(out, CELL_COUNT, _("Pages"));
    table_column(out, CELL_COUNT, _("Sheets of A4"));
    table_column(out, CELL_COUNT, _("Rescans"));
    table_column(out, CELL_COUNT, _("Doubtful pages"));
    table_column(out, CELL_COUNT, _("Blank pages"));
    table_column(out, CELL_COUNT, _("Unread pages"));
    table_column(out, CELL_DECIMAL, _("Confidence"));
    out->total = true;
    for (int i = 0; i < r->n_rows; i++)
        row(out, &r->rows[i],
            *r->rows[i].name ? r->rows[i].name : _("(not said)"));
    row(out, &r->all, _("Total"));
}

static json_t *row_json(const struct quality_row *r)
{
    char first[CLOCK_ISO_BYTES], last[CLOCK_ISO_BYTES];
    clock_iso(r->first, first);
    clock_iso(r->last, last);
    json_t *j = json_pack(
        "{s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:f}", "name",
        json_text_value(r->name), "documents", (json_int_t)r->documents,
        "pages", (json_int_t)r->pages, "a4", (json_int_t)r->a4, "rescans",
        (json_int_t)r->rescans, "doubtful_pages", (json_int_t)r->low_pages,
        "blank_pages", (json_int_t)r->blank_pages, "unread_pages",
        (json_int_t)r->bad_pages, "confidence", r->confidence);
    json_object_set_new(
        j, "first", r->documents > 0 ? json_string(first) : json_null());
    json_object_set_new(j, "last",
                        r->documents > 0 ? json_string(last) : json_null());
    return j;
}

json_t *quality_json(const struct quality_report *r)
{
    static const char *const names[] = {[QUALITY_BATCH] = "batch",
                                        [QUALITY_OPERATOR] = "operator",
                                        [QUALITY_DAY] = "day"};
    json_t *rows = json_array();
    for (int i = 0; i < r->n_rows; i++)
        json_array_append_new(rows, row_json(&r->rows[i]));
    json_t *doubtful = json_array();
    for (int i = 0; i < r->n_doubtful; i++)
        json_array_append_new(doubtful, doubtful_page_json(&r->doubtful[i]));
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:I}", "report", "quality",
                     "by", names[r->by], "rows", rows, "total",
                     row_json(&r->all), "doubtful", doubtful,
                     "doubtful_documents_left",
                     (json_int_t)r->documents_left);
}

void quality_doubtful(struct printer *p, const struct quality_report *r)
{
    unsigned doubts = 0;
    bool unread = false;
    char number[NUMBER_BYTES];
    if (r->n_doubtful == 0)
        return;
    print(p, "%s\n", _("To be looked at, newest first:"));
    for (int i = 0; i < r->n_doubtful; i++) {
        const struct doubtful_page *d = &r->doubtful[i];
        doubts |= doubtful_for_scanner(d);
        unread |= d->state == PAGE_FAILED || d->state == PAGE_TIMEOUT;
        if (i < DOUBTFUL_SHOWN_MAX)
            print_doubtful_page(p, d);
    }
    if (r->n_doubtful > DOUBTFUL_SHOWN_MAX || r->documents_left > 0)
        print(p, _("  … and more of %s documents; '--batch' or '--from' "
                   "narrow it down, '--json' lists more.\n"),
              number_text(r->all.documents, number));
    print_scan_again(p, doubts, unread);
}

static void pages_chart(struct strbuf *b, const struct quality_report *r)
{
    struct point points[CHART_BARS] = {0};
    char texts[CHART_BARS][NUMBER_BYTES], labels[CHART_BARS][DAY_BYTES];
    int first = r->n_rows > CHART_BARS ? r->n_rows - CHART_BARS : 0;
    int n = r->n_rows - first;
    double top = 0;
    for (int i = 0; i < n; i++) {
        const struct quality_row *x = &r->rows[first + i];
        points[i] = (struct point){
            .label = day_text(x->name, labels[i]),
            .value = (double)x->pages,
            .text = number_text(x->pages, texts[i]),
        };
        top = (double)x->pages > top ? (double)x->pages : top;
    }
    chart_columns(b, _("Pages a day"), points, n, top, -1, "");
}

static void confidence_chart(struct strbuf *b, const struct quality_report *r)
{
    struct bar bars[CHART_BARS] = {0};
    char texts[CHART_BARS][NUMBER_BYTES];
    int n = r->n_rows < CHART_BARS ? r->n_rows : CHART_BARS;
    for (int i = 0; i < n; i++) {
        const struct quality_row *x = &r->rows[i];
        bars[i] =
            (struct bar){.label = *x->name ? x->name : _("(not said)"),
                         .pct = x->confidence,
                         .text = decimal_text(x->confidence, texts[i])};
    }
    chart_bars(b, _("Mean confidence of what was read"), bars, n, -1);
}

void quality_page(struct strbuf *b, const struct config *c,
                  const struct quality_report *r, const struct table *t)
{
    char text[NUMBER_BYTES];
    report_page_start(b, c, _("Scanning: how much, and how well"), "");
    strbuf_adds(b, "<div class=\"cards\">\n");
    report_card(b, "", number_text(r->all.documents, text), _("documents"));
    report_card(b, "", number_text(r->all.pages, text), _("pages"));
    report_card(b, "", number_text(r->all.a4, text), _("sheets of A4"));
    report_card(b, "", number_text(r->all.low_pages, text),
                _("doubtful pages"));
    report_card(b, "", decimal_text(r->all.confidence, text),
                _("mean confidence"));
    strbuf_adds(b, "</div>\n");
    if (r->by == QUALITY_DAY)
        pages_chart(b, r);
    else
        confidence_chart(b, r);
    table_html(b, t, -1);
    report_page_end(b);
}
