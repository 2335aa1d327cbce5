/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso report: where the targets stand, what is missing, what was scanned. */
#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/document.h"
#include "cli/report.h"

#include <string.h>

enum {
    YEAR, PROCEDURE, UNIT, BY, MISSING, BATCH, FROM, TO, CSV, XLSX, HTML,
    FORCE, OPTION_COUNT
};

static const struct option_def options[OPTION_COUNT] = {
    [YEAR] = {"year", 'y', OPTION_INT, "1900..2999", N_("YEAR"),
              N_("coverage: results issued in that year; staff: for which year "
                 "yearly papers are asked (this year)")},
    [PROCEDURE] = {"procedure", 'p', OPTION_TEXT, "", N_("PROCEDURE"),
                   N_("coverage: only this procedure, by its code or words of "
                      "its name")},
    [UNIT] = {"unit", 'u', OPTION_TEXT, "", N_("UNIT"),
              N_("coverage, staff: only units with these words in their "
                 "name")},
    [BY] = {"by", 0, OPTION_CHOICE,
            "procedure|unit|year|month|batch|operator|day", N_("WHAT"),
            N_("coverage: by procedure, unit, year or month; quality: by "
               "batch, operator or day")},
    [MISSING] = {"missing", 'm', OPTION_FLAG, "", NULL,
                 N_("list all that is missing")},
    [BATCH] = {"batch", 'b', OPTION_TEXT, "", N_("NAME"),
               N_("quality: only this batch")},
    [FROM] = {"from", 0, OPTION_DAY, "", N_("DAY"),
              N_("quality: stored on this day or later")},
    [TO] = {"to", 0, OPTION_DAY, "", N_("DAY"),
            N_("quality: stored on this day or before; coverage: as of this "
               "day")},
    [CSV] = {"csv", 0, OPTION_TEXT, "", N_("FILE"),
             N_("write the worklist (quality: the table) as CSV too")},
    [XLSX] = {"xlsx", 0, OPTION_TEXT, "", N_("FILE"),
              N_("write all tables as a workbook too")},
    [HTML] = {"html", 0, OPTION_TEXT, "", N_("FILE"),
              N_("write a page with charts to look at and to print too")},
    [FORCE] = {"force", 'f', OPTION_FLAG, "", NULL,
               N_("overwrite files that are there")},
};

static struct report_files files_of(const struct run *r, bool private)
{
    return (struct report_files){
        .csv = r->values[CSV],
        .xlsx = r->values[XLSX],
        .html = r->values[HTML],
        .force = r->values[FORCE] != NULL,
        .private = private,
    };
}

/* ---- coverage ---- */

static enum status coverage_files(struct run *r,
                                  const struct coverage_report *c,
                                  const struct coverage_tables *t)
{
    struct report_files f = files_of(r, false);
    const struct table *const all[] = {
        &t->by_procedure, &t->by_unit, &t->by_year, &t->by_month, &t->todo,
        &t->flow,         &t->missing, &t->unknown,
    };
    struct strbuf html;
    strbuf_init(&html);
    if (f.html)
        coverage_page(&html, archive_config(r->archive), c, t);
    enum status st = report_files_write(r->out, &f, &t->missing, all,
                                        ARRAY_LEN(all), &html);
    strbuf_clear(&html);
    return st;
}

static enum status below_results(const struct coverage_report *c)
{
    char pct[NUMBER_BYTES], target[NUMBER_BYTES];
    return fail(STATUS_BELOW_TARGET,
                _("%s of the results in force are digitised, below the target "
                  "of %s"),
                percent_text(c->share_pct, pct),
                target_text(c->target_pct, target));
}

static enum status coverage(struct run *r, const char *by)
{
    struct coverage_report c;
    struct coverage_tables t;
    time_t from = 0;
    struct coverage_options o = {
        .year = (int)option_int(r->values[YEAR], 0),
        .procedure = r->values[PROCEDURE],
        .unit = r->values[UNIT],
    };
    day_range(NULL, r->values[TO], &from, &o.day);
    enum status st = archive_coverage(r->archive, &o, &c);
    if (st != STATUS_OK)
        return st;
    coverage_tables_make(&c, by ? by : "procedure", &t);
    if (r->out->json)
        print_json(r->out, coverage_json(&c));
    else
        coverage_print(r->out, &c, &t, r->values[MISSING] != NULL);
    st = coverage_files(r, &c, &t);
    if (st == STATUS_OK && !c.reached)
        st = below_results(&c);
    coverage_tables_clear(&t);
    coverage_report_clear(&c);
    return st;
}

/* ---- staff ---- */

static enum status staff_files(struct run *r, const struct staff_report *s)
{
    struct report_files f = files_of(r, true);
    struct table units, persons, missing, nobody;
    const struct table *const all[] = {&units, &persons, &missing, &nobody};
    struct strbuf html;
    strbuf_init(&html);
    staff_units_table(s, &units);
    staff_persons_table(s, &persons);
    staff_missing_table(s, &missing);
    staff_nobody_table(s, &nobody);
    if (f.html)
        staff_page(&html, archive_config(r->archive), s);
    if (r->values[MISSING] && !r->out->json)
        table_print(r->out, &missing, -1);
    enum status st =
        report_files_write(r->out, &f, &missing, all, ARRAY_LEN(all), &html);
    strbuf_clear(&html);
    table_clear(&units);
    table_clear(&persons);
    table_clear(&missing);
    table_clear(&nobody);
    return st;
}

static enum status staff(struct run *r, const char *by)
{
    struct staff_report s;
    char pct[NUMBER_BYTES], target[NUMBER_BYTES];
    (void)by;
    enum status st =
        archive_staff(r->archive, (int)option_int(r->values[YEAR], 0),
                      r->values[UNIT], &s);
    if (st != STATUS_OK)
        return st;
    if (r->out->json)
        print_json(r->out, staff_json(&s));
    else
        staff_print(r->out, &s);
    st = staff_files(r, &s);
    if (st == STATUS_OK && !s.reached)
        st = fail(STATUS_BELOW_TARGET,
                  _("%s of the staff dossiers are complete, below the target "
                    "of %s"),
                  percent_text(s.share_pct, pct),
                  target_text(s.target_pct, target));
    staff_report_clear(&s);
    return st;
}

/* ---- quality ---- */

static enum status quality(struct run *r, const char *by)
{
    struct quality_report q;
    struct table t;
    struct strbuf html;
    time_t from = 0, to = 0;
    struct report_files f = files_of(r, false);
    const struct table *const all[] = {&t};
    enum quality_by how = QUALITY_BATCH;
    if (by && strcmp(by, "operator") == 0)
        how = QUALITY_OPERATOR;
    else if (by && strcmp(by, "day") == 0)
        how = QUALITY_DAY;
    day_range(r->values[FROM], r->values[TO], &from, &to);
    enum status st =
        archive_quality(r->archive, how, from, to, r->values[BATCH], &q);
    if (st != STATUS_OK)
        return st;
    quality_table(&q, &t);
    if (r->out->json)
        print_json(r->out, quality_json(&q));
    else {
        table_print(r->out, &t, -1);
        quality_doubtful(r->out, &q);
    }
    strbuf_init(&html);
    if (f.html)
        quality_page(&html, archive_config(r->archive), &q, &t);
    st = report_files_write(r->out, &f, &t, all, ARRAY_LEN(all), &html);
    strbuf_clear(&html);
    table_clear(&t);
    quality_report_clear(&q);
    return st;
}

/* ---- which ---- */

static const struct {
    const char *name, *by; /* by: choices of --by, parted by '|' */
    unsigned options;      /* bits of those that have a meaning for it */
    enum status (*run)(struct run *r, const char *by);
} reports[] = {
    {"coverage", "|procedure|unit|year|month|",
     1u << YEAR | 1u << PROCEDURE | 1u << UNIT | 1u << BY | 1u << MISSING |
         1u << TO,
     coverage},
    {"staff", "", 1u << YEAR | 1u << UNIT | 1u << MISSING, staff},
    {"quality", "|batch|operator|day|",
     1u << BY | 1u << BATCH | 1u << FROM | 1u << TO, quality},
    {"batch", "", 1u << BATCH | 1u << FROM | 1u << TO, quality},
};

#define FILE_OPTIONS (1u << CSV | 1u << XLSX | 1u << HTML | 1u << FORCE)

/* An option that a report does not know would be a wrong answer in silence. */
static enum status check_options(const struct run *r, size_t which)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (r->values[i] &&
            !((reports[which].options | FILE_OPTIONS) & 1u << i))
            return fail(STATUS_USAGE,
                        _("'--%s' means nothing for 'hoso report %s'"),
                        options[i].name, reports[which].name);
    }
    if (!r->values[BY])
        return STATUS_OK;
    AUTO(free_char) char *choice = xasprintf("|%s|", r->values[BY]);
    if (!strstr(reports[which].by, choice))
        return fail(STATUS_USAGE, _("'hoso report %s' knows no '--by %s'"),
                    reports[which].name, r->values[BY]);
    return STATUS_OK;
}

static enum status report(struct run *r)
{
    size_t which = 0;
    while (which < ARRAY_LEN(reports) &&
           strcmp(reports[which].name, r->args[0]) != 0)
        which++;
    if (which == ARRAY_LEN(reports))
        return fail(STATUS_USAGE,
                    _("there is no report '%s'; there are coverage, staff, "
                      "quality and batch"),
                    r->args[0]);
    struct report_files f = files_of(r, false);
    enum status st = check_options(r, which);
    if (st == STATUS_OK)
        st = report_files_check(&f);
    return st == STATUS_OK ? reports[which].run(r, r->values[BY]) : st;
}

const struct command command_report = {
    .name = "report",
    .arguments = N_("coverage|staff|quality|batch"),
    .summary = N_("where the targets stand, and what is missing"),
    .about = N_("Count what is digitised of the results in force (coverage), "
                "which staff dossiers are complete (staff), and what was "
                "scanned, by whom and how well (quality, batch). Below a "
                "target the exit code is 23."),
    .example = "hoso report coverage --by unit --html bao-cao.html",
    OPTIONS_OF(options),
    .needs = NEEDS_FRESH,
    .min_args = 1,
    .max_args = 1,
    .run = report,
};
