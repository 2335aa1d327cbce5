/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the reports share. */
#ifndef HOSO_CLI_REPORT_H
#define HOSO_CLI_REPORT_H

#include "cli/command.h"
#include "cli/html.h"
#include "cli/table.h"

/* Where a report goes besides the terminal; a NULL path: not there. */
struct report_files {
    const char *csv, *xlsx, *html;
    bool force;
    bool private; /* it names staff: for its owner alone */
};

/* Look that none of them is there already.  fails  EXISTS */
NODISCARD enum status report_files_check(const struct report_files *f);

/* Write `main` as CSV, all tables as a workbook, html as a page (borrowed;
 * NULL if no page was asked for) and say where they are. */
NODISCARD enum status report_files_write(struct printer *p,
                                         const struct report_files *f,
                                         const struct table *main,
                                         const struct table *const *tables,
                                         int n, const struct strbuf *html);

/* The top of a report's page: agency, title, day. */
void report_page_start(struct strbuf *b, const struct config *c,
                       const char *title, const char *about);
void report_page_end(struct strbuf *b);

/* A figure with what it is, in a row of such. class: "below", "reached", "" */
void report_card(struct strbuf *b, const char *class, const char *figure,
                 const char *text);

/* ---- coverage ---- */

struct coverage_tables {
    struct table groups;       /* as asked for with --by */
    struct table by_procedure, by_unit, by_year, by_month;
    struct table todo;    /* gaps and how many */
    struct table missing; /* the worklist */
    struct table unknown; /* scans of no row */
    struct table flow;    /* the table of Decision 766 */
};

/* by: "procedure", "unit", "year", "month" */
void coverage_tables_make(const struct coverage_report *r, const char *by,
                          struct coverage_tables *out);
void coverage_tables_clear(struct coverage_tables *t);

void coverage_print(struct printer *p, const struct coverage_report *r,
                    const struct coverage_tables *t, bool all_missing);
json_t *coverage_json(const struct coverage_report *r); /* new */
void coverage_page(struct strbuf *b, const struct config *c,
                   const struct coverage_report *r,
                   const struct coverage_tables *t);

/* What to do about a gap, translated. */
const char *gap_text(enum gap g);

/* ---- staff ---- */

void staff_units_table(const struct staff_report *r, struct table *out);
void staff_persons_table(const struct staff_report *r, struct table *out);
void staff_missing_table(const struct staff_report *r, struct table *out);
void staff_nobody_table(const struct staff_report *r, struct table *out);
void staff_print(struct printer *p, const struct staff_report *r);
json_t *staff_json(const struct staff_report *r);               /* new */
json_t *staff_person_json(const struct staff_person *p);        /* new */
json_t *staff_papers_json(const struct staff_papers *l);        /* new */
void staff_page(struct strbuf *b, const struct config *c,
                const struct staff_report *r);
const char *staff_state_text(enum staff_state s);
const char *staff_kind_text(const char *kind);

/* A letter for a person that asks for what is missing; in Vietnamese, as all
 * letters of the office are. Appends a sheet. */
void staff_letter(struct strbuf *b, const struct config *c,
                  const struct staff_report *r, const struct staff_person *p);

/* ---- quality ---- */

void quality_table(const struct quality_report *r, struct table *out);
json_t *quality_json(const struct quality_report *r);

/* The pages to be looked at, and what to do about them. */
void quality_doubtful(struct printer *p, const struct quality_report *r); /* new */
void quality_page(struct strbuf *b, const struct config *c,
                  const struct quality_report *r, const struct table *t);

/* ---- forms of dossiers, a sheet each ---- */

void form_cover(struct strbuf *b, const struct config *c,
                const struct dossier *d);
void form_contents(struct strbuf *b, const struct config *c,
                   const struct dossier *d);
void form_closing(struct strbuf *b, const struct config *c,
                  const struct dossier *d);

/* The head of an official paper (Decree 30/2020): agency left, the state's
 * name right. */
void form_head(struct strbuf *b, const struct config *c, const char *number,
               bool dated);

/* "01/03/2022" of "2022-03-01", whatever the language of the messages. */
void form_day(const char *iso, char out[DAY_BYTES]);

#endif
