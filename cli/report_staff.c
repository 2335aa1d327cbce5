/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staff dossiers: their tables and how they look on a terminal. */
#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/chart.h"
#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

#define CHART_BARS 20
#define WIDE_BAR 50

const char *staff_state_text(enum staff_state s)
{
    switch (s) {
    case STAFF_HERE:
        return _("here");
    case STAFF_MISSING:
        return _("missing");
    case STAFF_SHORT:
        return _("pages are missing or unread");
    case STAFF_REVIEW:
        return _("a paper may be it: decide");
    case STAFF_OPTIONAL:
        return _("none");
    }
    return "";
}

const char *staff_kind_text(const char *kind)
{
    if (strcmp(kind, "cong-chuc") == 0)
        return _("official");
    if (strcmp(kind, "vien-chuc") == 0)
        return _("public employee");
    return _("(not said)");
}

static double share(int64_t part, int64_t whole)
{
    return whole > 0 ? 100.0 * (double)part / (double)whole : 0;
}

static void unit_row(struct table *t, const char *name, int64_t persons,
                     int64_t complete, int64_t needed, int64_t here)
{
    table_text(t, *name ? name : _("(not said)"));
    table_number(t, (double)persons);
    table_number(t, (double)complete);
    table_number(t, share(complete, persons));
    table_number(t, (double)needed);
    table_number(t, (double)here);
    table_number(t, share(here, needed));
}

void staff_units_table(const struct staff_report *r, struct table *out)
{
    table_start(out, _("Staff dossiers by unit"));
    table_column(out, CELL_TEXT, _("Unit"));
    table_column(out, CELL_COUNT, _("Persons"));
    table_column(out, CELL_COUNT, _("Complete"));
    table_column(out, CELL_PERCENT, _("Share"));
    table_column(out, CELL_COUNT, _("Papers needed"));
    table_column(out, CELL_COUNT, _("Here"));
    table_column(out, CELL_PERCENT, _("Papers"));
    out->total = true;
    for (int i = 0; i < r->n_units; i++)
        unit_row(out, r->units[i].name, r->units[i].persons,
                 r->units[i].complete, r->units[i].needed, r->units[i].here);
    unit_row(out, _("Total"), r->n_persons, r->complete, r->needed, r->here);
}

void staff_persons_table(const struct staff_report *r, struct table *out)
{
    table_start(out, _("Staff dossiers by person"));
    table_column(out, CELL_CODE, _("Staff code"));
    table_column(out, CELL_TEXT, _("Name"));
    table_column(out, CELL_DAY, _("Born"));
    table_column(out, CELL_TEXT, _("Unit"));
    table_column(out, CELL_TEXT, _("Kind"));
    table_column(out, CELL_COUNT, _("Here"));
    table_column(out, CELL_COUNT, _("Needed"));
    table_column(out, CELL_PERCENT, _("Share"));
    table_column(out, CELL_TEXT, _("Note"));
    for (int i = 0; i < r->n_persons; i++) {
        const struct staff_person *p = &r->persons[i];
        table_text(out, p->code);
        table_text(out, p->name);
        table_text(out, p->birth_date);
        table_text(out, p->unit);
        table_text(out, staff_kind_text(p->kind));
        table_number(out, p->here);
        table_number(out, p->needed);
        table_number(out, share(p->here, p->needed));
        table_text(out, p->twice ? _("same name and birth: one person twice?")
                        : p->namesake ? _("another has the same name")
                                      : "");
    }
}

void staff_missing_table(const struct staff_report *r, struct table *out)
{
    table_start(out, _("Papers that staff dossiers lack"));
    table_column(out, CELL_TEXT, _("Unit"));
    table_column(out, CELL_CODE, _("Staff code"));
    table_column(out, CELL_TEXT, _("Name"));
    table_column(out, CELL_TEXT, _("Paper"));
    table_column(out, CELL_CODE, _("Year"));
    table_column(out, CELL_TEXT, _("State"));
    for (int i = 0; i < r->n_persons; i++) {
        const struct staff_person *p = &r->persons[i];
        for (int k = 0; k < p->n_entries; k++) {
            const struct staff_entry *e = &p->entries[k];
            if (e->state == STAFF_HERE || e->need == NEED_ANY)
                continue;
            table_text(out, p->unit);
            table_text(out, p->code);
            table_text(out, p->name);
            table_text(out, e->name);
            table_text(out, e->year);
            table_text(out, staff_state_text(e->state));
        }
    }
}

void staff_nobody_table(const struct staff_report *r, struct table *out)
{
    table_start(out, _("Staff papers of nobody in the register"));
    table_column(out, CELL_CODE, _("Document"));
    table_column(out, CELL_TEXT, _("Name on it"));
    table_column(out, CELL_DAY, _("Born"));
    table_column(out, CELL_CODE, _("Staff code"));
    table_column(out, CELL_TEXT, _("Title"));
    for (int i = 0; i < r->nobody.n; i++) {
        const struct staff_paper *p = &r->nobody.items[i];
        table_text(out, p->document);
        table_text(out, p->person);
        table_text(out, p->birth_date);
        table_text(out, p->staff_code);
        table_text(out, p->title);
    }
}

static char *headline(const struct staff_report *r)
{
    char n[NUMBER_BYTES], complete[NUMBER_BYTES], pct[NUMBER_BYTES];
    char target[NUMBER_BYTES];
    return xasprintf(_("%s of %s staff dossiers are complete: %s; the target "
                       "is %s."),
                     number_text(r->complete, complete),
                     number_text(r->n_persons, n),
                     percent_text(r->share_pct, pct),
                     target_text(r->target_pct, target));
}

void staff_print(struct printer *p, const struct staff_report *r)
{
    struct table units, nobody;
    AUTO(free_char) char *head = headline(r);
    AUTO(free_char) char *bar = bar_text(r->share_pct, WIDE_BAR);
    print_style(p, STYLE_BOLD);
    print(p, "%s\n", head);
    print_style(p, r->reached ? STYLE_GREEN : STYLE_YELLOW);
    print(p, "%s\n", bar);
    print_style(p, STYLE_PLAIN);
    print(p, _("Yearly papers are asked for %d.\n\n"), r->year);
    staff_units_table(r, &units);
    table_print(p, &units, -1);
    table_clear(&units);
    staff_nobody_table(r, &nobody);
    if (table_rows(&nobody) > 0)
        table_print(p, &nobody, -1);
    table_clear(&nobody);
}

static void units_chart(struct strbuf *b, const struct staff_report *r)
{
    struct bar bars[CHART_BARS] = {0};
    char *texts[CHART_BARS];
    int n = r->n_units < CHART_BARS ? r->n_units : CHART_BARS;
    for (int i = 0; i < n; i++) {
        const struct staff_unit *u = &r->units[i];
        char a[NUMBER_BYTES], c[NUMBER_BYTES], d[NUMBER_BYTES];
        double pct = share(u->here, u->needed);
        texts[i] =
            xasprintf("%s/%s · %s", number_text(u->here, a),
                      number_text(u->needed, c), percent_text(pct, d));
        bars[i] = (struct bar){.label = *u->name ? u->name : _("(not said)"),
                               .pct = pct,
                               .text = texts[i]};
    }
    chart_bars(b, _("Papers here, of those needed, by unit"), bars, n, -1);
    for (int i = 0; i < n; i++)
        free(texts[i]);
}

void staff_page(struct strbuf *b, const struct config *c,
                const struct staff_report *r)
{
    struct table t;
    char text[NUMBER_BYTES];
    AUTO(free_char) char *head = headline(r);
    report_page_start(b, c, _("Staff dossiers"), head);
    strbuf_adds(b, "<div class=\"cards\">\n");
    report_card(b, r->reached ? "reached" : "below",
                percent_text(r->share_pct, text), _("dossiers complete"));
    report_card(b, "", number_text(r->n_persons, text), _("persons"));
    report_card(b, "", number_text(r->needed, text), _("papers needed"));
    report_card(b, "", number_text(r->here, text), _("papers here"));
    strbuf_adds(b, "</div>\n");
    units_chart(b, r);
    staff_units_table(r, &t);
    table_html(b, &t, -1);
    table_clear(&t);
    staff_persons_table(r, &t);
    table_html(b, &t, -1);
    table_clear(&t);
    staff_missing_table(r, &t);
    table_html(b, &t, -1);
    table_clear(&t);
    report_page_end(b);
}
