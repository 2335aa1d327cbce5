/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the reports share; for service/ alone. */
#ifndef HOSO_SERVICE_REPORT_INNER_H
#define HOSO_SERVICE_REPORT_INNER_H

#include "base/sql.h"
#include "base/table.h"
#include "service/archive.h"

#define DAY_SECONDS 86400
#define RECENT_DAYS 30 /* what the recent pace is measured over */

/* ---- report_pace.c ---- */

/* Monday to Friday from the day of `from` to that of `to`, both counted. */
int work_days(time_t from, time_t to);

/* Fill out->pace from its counts. recent: results digitised in the last
 * RECENT_DAYS.  fails  CONFIG (targets.deadline) */
NODISCARD enum status pace_find(const struct config *c, time_t today,
                                int64_t recent, struct coverage_report *out);

/* ---- staff_checklist.c ---- */

/* A component of staff dossiers, a row of staff-components.tsv. */
struct component {
    char *code, *name;
    enum staff_need need_official, need_employee; /* công chức, viên chức */
    int pages_official, pages_employee;           /* expected; 0: any */
    int from_year; /* of a yearly one; 0: the year of the report alone */
};

struct checklist {
    struct component *items;
    int n, cap;
    struct table titles; /* words of a title, component: of papers that have
                            no form */
};

/* fails  NOT_FOUND, CONFIG (names file and line) */
NODISCARD enum status checklist_load(struct checklist **out);
void checklist_free(struct checklist *c); /* NULL allowed */

/* The component that a title speaks of, or NULL. */
const char *checklist_of_title(const struct checklist *c, const char *title);

/* ---- staff_filing.c ---- */

/* Put every paper of kind staff with its person in out->persons, or with
 * nobody. */
NODISCARD enum status staff_file_papers(struct sql *db,
                                        const struct checklist *c,
                                        struct staff_report *out);

void staff_paper_clear(struct staff_paper *p);

#endif
