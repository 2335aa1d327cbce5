/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the coverage report. */
#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/report.h"

#include <string.h>

const char *gap_text(enum gap g)
{
    switch (g) {
    case GAP_NONE:
        return _("digitised");
    case GAP_SCAN:
        return _("scan it");
    case GAP_REVIEW:
        return _("decide on its scan (hoso register review)");
    case GAP_CONFIRM_MATCH:
        return _("confirm its scan (hoso register review)");
    case GAP_PAGES:
        return _("scan it again: a page was not read");
    case GAP_DPI:
        return _("scan it again: resolution too low");
    case GAP_FIELDS:
        return _("confirm its fields");
    case GAP_SIGNATURE:
        return _("sign the file electronically");
    case GAP_COUNT:
        break;
    }
    return "";
}

static double share(int64_t part, int64_t whole)
{
    return whole > 0 ? 100.0 * (double)part / (double)whole : 0;
}

static void count_columns(struct table *t)
{
    table_column(t, CELL_COUNT, _("In force"));
    table_column(t, CELL_COUNT, _("Digitised"));
    table_column(t, CELL_COUNT, _("Missing"));
    table_column(t, CELL_PERCENT, _("Share"));
    t->total = true;
    t->bars = true;
}

static void counts(struct table *t, int64_t in_force, int64_t digitised)
{
    table_number(t, (double)in_force);
    table_number(t, (double)digitised);
    table_number(t, (double)(in_force - digitised));
    table_number(t, share(digitised, in_force));
}

static const char *or_unknown(const char *text)
{
    return *text ? text : _("(not said)");
}

static void procedures(const struct coverage_report *r, struct table *t)
{
    table_start(t, _("By procedure"));
    table_column(t, CELL_CODE, _("Code"));
    table_column(t, CELL_TEXT, _("Procedure"));
    count_columns(t);
    for (int i = 0; i < r->by_procedure.n; i++) {
        const struct coverage_group *g = &r->by_procedure.items[i];
        table_text(t, or_unknown(g->key));
        table_text(t, g->name);
        counts(t, g->in_force, g->digitised);
    }
    table_text(t, _("Total"));
    table_text(t, "");
    counts(t, r->in_force, r->digitised);
}

static void groups(const struct coverage_report *r,
                   const struct coverage_groups *l, const char *title,
                   const char *heading, struct table *t)
{
    table_start(t, title);
    table_column(t, CELL_TEXT, heading);
    count_columns(t);
    for (int i = 0; i < l->n; i++) {
        table_text(t, or_unknown(l->items[i].key));
        counts(t, l->items[i].in_force, l->items[i].digitised);
    }
    table_text(t, _("Total"));
    counts(t, r->in_force, r->digitised);
}

static void months(const struct coverage_report *r, struct table *t)
{
    char day[DAY_BYTES];
    table_start(t, _("By month of digitising"));
    table_column(t, CELL_TEXT, _("Month"));
    table_column(t, CELL_COUNT, _("Digitised in it"));
    table_column(t, CELL_COUNT, _("By its end"));
    table_column(t, CELL_PERCENT, _("Share"));
    t->bars = true;
    for (int i = 0; i < r->n_months; i++) {
        table_text(t, day_text(r->months[i].month, day));
        table_number(t, (double)r->months[i].added);
        table_number(t, (double)r->months[i].digitised);
        table_number(t, share(r->months[i].digitised, r->in_force));
    }
}

static void todo(const struct coverage_report *r, struct table *t)
{
    table_start(t, _("What is to be done"));
    table_column(t, CELL_TEXT, _("To do"));
    table_column(t, CELL_COUNT, _("Results"));
    for (int g = GAP_SCAN; g < GAP_COUNT; g++) {
        if (r->gaps[g] == 0)
            continue;
        table_text(t, gap_text((enum gap)g));
        table_number(t, (double)r->gaps[g]);
    }
    if (r->n_unknown > 0) {
        table_text(t, _("scans that stand in no register: look at their number "
                        "and date"));
        table_number(t, (double)r->n_unknown);
    }
}

static void missing(const struct coverage_report *r, struct table *t)
{
    table_start(t, _("Results to be digitised"));
    table_note(t, "%s", _("By unit and box, the oldest first."));
    table_column(t, CELL_TEXT, _("Unit"));
    table_column(t, CELL_CODE, _("Box"));
    table_column(t, CELL_DAY, _("Issued"));
    table_column(t, CELL_CODE, _("Number"));
    table_column(t, CELL_CODE, _("Case code"));
    table_column(t, CELL_TEXT, _("Applicant"));
    table_column(t, CELL_CODE, _("Procedure"));
    table_column(t, CELL_CODE, _("Scan"));
    table_column(t, CELL_TEXT, _("To do"));
    for (int64_t i = 0; i < r->n_missing; i++) {
        const struct coverage_missing *m = &r->missing[i];
        table_text(t, m->unit);
        table_text(t, m->box);
        table_text(t, m->date);
        table_text(t, m->number);
        table_text(t, m->case_code);
        table_text(t, m->applicant);
        table_text(t, m->procedure);
        table_text(t, m->document);
        table_text(t, gap_text(m->gap));
    }
}

static void unknown(const struct coverage_report *r, struct table *t)
{
    table_start(t, _("Scans that stand in no register"));
    table_column(t, CELL_CODE, _("Document"));
    table_column(t, CELL_CODE, _("Number"));
    table_column(t, CELL_DAY, _("Date"));
    table_column(t, CELL_TEXT, _("Batch"));
    table_column(t, CELL_TEXT, _("Title"));
    for (int64_t i = 0; i < r->n_unknown; i++) {
        table_text(t, r->unknown[i].id);
        table_text(t, r->unknown[i].number);
        table_text(t, r->unknown[i].date);
        table_text(t, r->unknown[i].batch);
        table_text(t, r->unknown[i].title);
    }
}

#define NOT_KNOWN_TO_US 5 /* columns of cases as they came in */

static void flow_row(struct table *t, const char *unit, int64_t in_force,
                     int64_t digitised)
{
    table_text(t, unit);
    for (int i = 0; i < NOT_KNOWN_TO_US; i++)
        table_empty(t);
    table_number(t, (double)in_force);
    table_number(t, (double)(in_force - digitised));
    table_number(t, (double)digitised);
}

/* The columns as the province's portal has them. What is counted when a case
 * comes in does not stand in a register of results: it is left open rather
 * than guessed. */
static void flow(const struct coverage_report *r, struct table *t)
{
    table_start(t, _("Decision 766: digitising"));
    table_note(t, "%s",
               _("Columns of incoming cases (–) are the one-stop system's; "
                 "they do not stand in the register of results."));
    table_column(t, CELL_TEXT, _("Unit"));
    table_column(t, CELL_COUNT, _("Received"));
    table_column(t, CELL_COUNT, _("Components not digitised"));
    table_column(t, CELL_COUNT, _("Components digitised"));
    table_column(t, CELL_COUNT, _("Reused"));
    table_column(t, CELL_COUNT, _("Reused from the national portal"));
    table_column(t, CELL_COUNT, _("Settled"));
    table_column(t, CELL_COUNT, _("Results not digitised"));
    table_column(t, CELL_COUNT, _("Results digitised"));
    t->total = true;
    for (int i = 0; i < r->by_unit.n; i++)
        flow_row(t, or_unknown(r->by_unit.items[i].key),
                 r->by_unit.items[i].in_force, r->by_unit.items[i].digitised);
    flow_row(t, _("Total"), r->in_force, r->digitised);
}

void coverage_tables_make(const struct coverage_report *r, const char *by,
                          struct coverage_tables *out)
{
    memset(out, 0, sizeof(*out));
    procedures(r, &out->by_procedure);
    groups(r, &r->by_unit, _("By unit"), _("Unit"), &out->by_unit);
    groups(r, &r->by_year, _("By year of issue"), _("Year"), &out->by_year);
    months(r, &out->by_month);
    todo(r, &out->todo);
    missing(r, &out->missing);
    unknown(r, &out->unknown);
    flow(r, &out->flow);
    if (strcmp(by, "unit") == 0)
        groups(r, &r->by_unit, _("By unit"), _("Unit"), &out->groups);
    else if (strcmp(by, "year") == 0)
        groups(r, &r->by_year, _("By year of issue"), _("Year"), &out->groups);
    else if (strcmp(by, "month") == 0)
        months(r, &out->groups);
    else
        procedures(r, &out->groups);
}

void coverage_tables_clear(struct coverage_tables *t)
{
    table_clear(&t->groups);
    table_clear(&t->by_procedure);
    table_clear(&t->by_unit);
    table_clear(&t->by_year);
    table_clear(&t->by_month);
    table_clear(&t->todo);
    table_clear(&t->missing);
    table_clear(&t->unknown);
    table_clear(&t->flow);
}
