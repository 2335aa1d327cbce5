/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The coverage report on a terminal, as JSON and as a page. */
#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/chart.h"
#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROWS 10  /* of the worklist, unless all are asked for */
#define PAGE_ROWS 300  /* of it in a page that is to be printed */
#define WIDE_BAR 50
#define CHART_BARS 15
#define CHART_MONTHS 18

/* ---- words ---- */

static char *pace_sentence(const struct coverage_report *r)
{
    const struct coverage_pace *p = &r->pace;
    char missing[NUMBER_BYTES], per_day[NUMBER_BYTES], day[DAY_BYTES];
    char days[NUMBER_BYTES];
    if (r->reached)
        return xasprintf("%s", _("The target is reached."));
    return xasprintf(
        ngettext("%s more result is needed for the target: %s a working day "
                 "until %s (%s working days, Monday to Friday).",
                 "%s more results are needed for the target: %s a working day "
                 "until %s (%s working days, Monday to Friday).",
                 (unsigned long)p->missing),
        number_text(p->missing, missing), number_text(p->per_day, per_day),
        day_text(p->deadline, day), number_text(p->work_days, days));
}

static char *trend_sentence(const struct coverage_report *r)
{
    const struct coverage_pace *p = &r->pace;
    char recent[NUMBER_BYTES], day[DAY_BYTES];
    decimal_text(p->recent, recent);
    if (r->reached)
        return xasprintf(_("In the last 30 days: %s a working day."), recent);
    if (*p->reached == '\0')
        return xasprintf(_("In the last 30 days: %s a working day; at that "
                           "pace the target is not reached."),
                         recent);
    return xasprintf(_("In the last 30 days: %s a working day; at that pace "
                       "the target is reached on %s."),
                     recent, day_text(p->reached, day));
}

static char *headline(const struct coverage_report *r)
{
    char in_force[NUMBER_BYTES], digitised[NUMBER_BYTES], pct[NUMBER_BYTES];
    char target[NUMBER_BYTES];
    return xasprintf(_("%s of %s results in force are digitised: %s; the "
                       "target is %s."),
                     number_text(r->digitised, digitised),
                     number_text(r->in_force, in_force),
                     percent_text(r->share_pct, pct),
                     target_text(r->target_pct, target));
}

/* ---- terminal ---- */

void coverage_print(struct printer *p, const struct coverage_report *r,
                    const struct coverage_tables *t, bool all_missing)
{
    AUTO(free_char) char *head = headline(r);
    AUTO(free_char) char *pace = pace_sentence(r);
    AUTO(free_char) char *trend = trend_sentence(r);
    AUTO(free_char) char *bar = bar_text(r->share_pct, WIDE_BAR);
    char number[NUMBER_BYTES], day[DAY_BYTES];
    print_style(p, STYLE_BOLD);
    print(p, "%s\n", head);
    print_style(p, r->reached ? STYLE_GREEN : STYLE_YELLOW);
    print(p, "%s\n", bar);
    print_style(p, STYLE_PLAIN);
    AUTO(free_char)
    char *rule = xasprintf(_("As of %s. A result counts when: %s."),
                           day_text(r->day, day), r->rule);
    print_wrapped(p, rule, 0, 0);
    if (r->expired > 0)
        print(p,
              ngettext("%s result is not in force any more and is not "
                       "counted.\n",
                       "%s results are not in force any more and are not "
                       "counted.\n",
                       (unsigned long)r->expired),
              number_text(r->expired, number));
    print_wrapped(p, pace, 0, 0);
    print_wrapped(p, trend, 0, 0);
    print(p, "\n");
    table_print(p, &t->groups, -1);
    if (table_rows(&t->todo) > 0)
        table_print(p, &t->todo, -1);
    if (r->n_missing > 0)
        table_print(p, &t->missing, all_missing ? -1 : FIRST_ROWS);
    if (r->n_unknown > 0)
        table_print(p, &t->unknown, all_missing ? -1 : FIRST_ROWS);
    if (!all_missing && r->n_missing > FIRST_ROWS)
        print_note(p, "%s", _("'--missing' lists all of them.\n"));
}

/* ---- JSON ---- */

static json_t *groups_json(const struct coverage_groups *g)
{
    json_t *list = json_array();
    for (int i = 0; i < g->n; i++)
        json_array_append_new(
            list, json_pack("{s:o, s:o, s:I, s:I}", "key",
                            json_text_value(g->items[i].key), "name",
                            json_text_value(g->items[i].name), "in_force",
                            (json_int_t)g->items[i].in_force, "digitised",
                            (json_int_t)g->items[i].digitised));
    return list;
}

static json_t *missing_json(const struct coverage_report *r)
{
    json_t *list = json_array();
    for (int64_t i = 0; i < r->n_missing; i++) {
        const struct coverage_missing *m = &r->missing[i];
        json_t *j = json_object();
        const char *const members[][2] = {
            {"case_code", m->case_code}, {"procedure", m->procedure},
            {"procedure_name", m->procedure_name},
            {"applicant", m->applicant}, {"number", m->number},
            {"date", m->date},           {"unit", m->unit},
            {"box", m->box},
        };
        for (size_t k = 0; k < ARRAY_LEN(members); k++)
            json_object_set_new(j, members[k][0],
                                json_text_value(members[k][1]));
        json_object_set_new(
            j, "document", json_text_or_null(*m->document ? m->document : NULL));
        json_object_set_new(j, "to_do", json_string(gap_code(m->gap)));
        json_array_append_new(list, j);
    }
    return list;
}

static json_t *unknown_json(const struct coverage_report *r)
{
    json_t *list = json_array();
    for (int64_t i = 0; i < r->n_unknown; i++) {
        const struct coverage_scan *s = &r->unknown[i];
        json_array_append_new(
            list, json_pack("{s:o, s:o, s:o, s:o, s:o}", "id",
                            json_text_value(s->id), "title",
                            json_text_value(s->title), "batch",
                            json_text_value(s->batch), "number",
                            json_text_value(s->number), "date",
                            json_text_value(s->date)));
    }
    return list;
}

static json_t *months_json(const struct coverage_report *r)
{
    json_t *list = json_array();
    for (int i = 0; i < r->n_months; i++)
        json_array_append_new(
            list, json_pack("{s:s, s:I, s:I}", "month", r->months[i].month,
                            "added", (json_int_t)r->months[i].added,
                            "digitised", (json_int_t)r->months[i].digitised));
    return list;
}

static json_t *pace_json(const struct coverage_pace *p)
{
    return json_pack("{s:I, s:I, s:s, s:i, s:I, s:f, s:o}", "wanted",
                     (json_int_t)p->wanted, "missing", (json_int_t)p->missing,
                     "deadline", p->deadline, "work_days", p->work_days,
                     "per_day", (json_int_t)p->per_day, "recent_per_day",
                     p->recent, "reached_on",
                     json_text_or_null(*p->reached ? p->reached : NULL));
}

/* Every unit has what its columns of the table have; null: not known. */
static json_t *flow_json(const struct coverage_report *r)
{
    json_t *list = json_array();
    for (int i = 0; i < r->by_unit.n; i++) {
        const struct coverage_group *g = &r->by_unit.items[i];
        json_array_append_new(
            list,
            json_pack("{s:o, s:n, s:n, s:n, s:n, s:n, s:I, s:I, s:I}", "unit",
                      json_text_value(g->key), "received",
                      "components_not_digitised", "components_digitised",
                      "reused", "reused_from_portal", "settled",
                      (json_int_t)g->in_force, "not_digitised",
                      (json_int_t)(g->in_force - g->digitised), "digitised",
                      (json_int_t)g->digitised));
    }
    return list;
}

json_t *coverage_json(const struct coverage_report *r)
{
    json_t *gaps = json_object();
    for (int g = GAP_SCAN; g < GAP_COUNT; g++)
        json_object_set_new(gaps, gap_code((enum gap)g),
                            json_integer(r->gaps[g]));
    json_t *j = json_pack(
        "{s:s, s:s, s:o, s:i, s:I, s:I, s:I, s:I, s:f, s:b, s:o}", "report",
        "coverage", "day", r->day, "rule", json_text_value(r->rule),
        "target_pct", r->target_pct, "results", (json_int_t)r->results,
        "expired", (json_int_t)r->expired, "in_force",
        (json_int_t)r->in_force, "digitised", (json_int_t)r->digitised,
        "share_pct", r->share_pct, "reached", r->reached, "to_do", gaps);
    json_object_set_new(j, "pace", pace_json(&r->pace));
    json_object_set_new(j, "by_procedure", groups_json(&r->by_procedure));
    json_object_set_new(j, "by_unit", groups_json(&r->by_unit));
    json_object_set_new(j, "by_year", groups_json(&r->by_year));
    json_object_set_new(j, "by_month", months_json(r));
    json_object_set_new(j, "decision_766", flow_json(r));
    json_object_set_new(j, "missing", missing_json(r));
    json_object_set_new(j, "unknown", unknown_json(r));
    return j;
}

/* ---- page ---- */

static void group_chart(struct strbuf *b, const char *title,
                        const struct coverage_groups *g, int target)
{
    struct bar bars[CHART_BARS] = {0};
    char *texts[CHART_BARS], *labels[CHART_BARS];
    int n = g->n < CHART_BARS ? g->n : CHART_BARS;
    for (int i = 0; i < n; i++) {
        const struct coverage_group *x = &g->items[i];
        double pct = 100.0 * (double)x->digitised / (double)x->in_force;
        char a[NUMBER_BYTES], c[NUMBER_BYTES], d[NUMBER_BYTES];
        texts[i] = xasprintf("%s/%s · %s", number_text(x->digitised, a),
                             number_text(x->in_force, c),
                             percent_text(pct, d));
        labels[i] = xstrdup(*x->name  ? x->name
                            : *x->key ? x->key
                                      : _("(not said)"));
        bars[i] =
            (struct bar){.label = labels[i], .pct = pct, .text = texts[i]};
    }
    chart_bars(b, title, bars, n, target);
    for (int i = 0; i < n; i++) {
        free(texts[i]);
        free(labels[i]);
    }
}

static void month_chart(struct strbuf *b, const struct coverage_report *r)
{
    struct point points[CHART_MONTHS] = {0};
    char labels[CHART_MONTHS][DAY_BYTES], texts[CHART_MONTHS][NUMBER_BYTES];
    char wanted[NUMBER_BYTES];
    int first = r->n_months > CHART_MONTHS ? r->n_months - CHART_MONTHS : 0;
    int n = r->n_months - first;
    double top = (double)r->pace.wanted;
    for (int i = 0; i < n; i++) {
        const struct coverage_month *m = &r->months[first + i];
        points[i] = (struct point){
            .label = day_text(m->month, labels[i]),
            .value = (double)m->digitised,
            .text = number_text(m->digitised, texts[i]),
        };
        if ((double)m->digitised > top)
            top = (double)m->digitised;
    }
    AUTO(free_char)
    char *line = xasprintf(_("target: %s results"),
                           number_text(r->pace.wanted, wanted));
    chart_columns(b, _("Results digitised by the end of each month"), points,
                  n, top, (double)r->pace.wanted, line);
}

static void cards(struct strbuf *b, const struct coverage_report *r)
{
    char text[NUMBER_BYTES], target[NUMBER_BYTES], day[DAY_BYTES];
    AUTO(free_char)
    char *against = xasprintf(_("digitised; the target is %s"),
                              target_text(r->target_pct, target));
    AUTO(free_char)
    char *until = xasprintf(_("a working day needed until %s"),
                            day_text(r->pace.deadline, day));
    strbuf_adds(b, "<div class=\"cards\">\n");
    report_card(b, r->reached ? "reached" : "below",
                percent_text(r->share_pct, text), against);
    report_card(b, "", number_text(r->in_force, text), _("results in force"));
    report_card(b, "", number_text(r->digitised, text), _("digitised"));
    report_card(b, "", number_text(r->pace.missing, text),
                _("more needed for the target"));
    report_card(b, "", number_text(r->pace.per_day, text), until);
    strbuf_adds(b, "</div>\n");
}

void coverage_page(struct strbuf *b, const struct config *c,
                   const struct coverage_report *r,
                   const struct coverage_tables *t)
{
    char day[DAY_BYTES];
    AUTO(free_char)
    char *about = xasprintf(_("As of %s. A result counts when: %s."),
                            day_text(r->day, day), r->rule);
    AUTO(free_char) char *pace = pace_sentence(r);
    AUTO(free_char) char *trend = trend_sentence(r);
    report_page_start(b, c, _("Results of administrative procedures digitised"),
                      about);
    cards(b, r);
    html_leaf(b, "div", NULL, pace);
    html_leaf(b, "div", NULL, trend);
    group_chart(b, _("Coverage by procedure"), &r->by_procedure,
                r->target_pct);
    group_chart(b, _("Coverage by unit"), &r->by_unit, r->target_pct);
    if (r->n_months > 0)
        month_chart(b, r);
    table_html(b, &t->by_procedure, -1);
    table_html(b, &t->by_unit, -1);
    table_html(b, &t->by_year, -1);
    if (table_rows(&t->todo) > 0)
        table_html(b, &t->todo, -1);
    table_html(b, &t->flow, -1);
    if (r->n_missing > 0)
        table_html(b, &t->missing, PAGE_ROWS);
    if (r->n_unknown > 0)
        table_html(b, &t->unknown, PAGE_ROWS);
    report_page_end(b);
}
