/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The use cases of counting: how many results are digitised and what is
 * missing, which staff dossiers are complete, how much was scanned and how
 * well. Included by service/service.h. Numbers only; how they are shown is
 * the command's affair.
 *
 * All of it is read from state/registers.db. archive_refresh() brings that up
 * to date first.
 */
#ifndef HOSO_SERVICE_REPORT_H
#define HOSO_SERVICE_REPORT_H

#include "base/status.h"
#include "base/strbuf.h"
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct archive;

/* Gather what is new and match it, in an archive opened to be written. */
NODISCARD enum status archive_refresh(struct archive *a);

/* ---- results of procedures: how many are digitised ---- */

/* Why a result does not count as digitised, the worst first. X(name, code) */
#define GAP_LIST(X)              \
    X(NONE, "digitised")         \
    X(SCAN, "scan")              /* there is no scan of it */                \
    X(REVIEW, "review")          /* a scan may be its; nobody decided */     \
    X(CONFIRM_MATCH, "confirm")  /* the rule wants a person's word */        \
    X(PAGES, "pages")            /* a page could not be read */              \
    X(DPI, "dpi")                /* a page is below the lowest resolution */ \
    X(FIELDS, "fields")   /* fields wait for a person */                     \
    X(SIGNATURE, "signature") /* nobody has signed the file */

enum gap {
#define GAP_ENUM(name, code) GAP_##name,
    GAP_LIST(GAP_ENUM)
#undef GAP_ENUM
        GAP_COUNT
};

const char *gap_code(enum gap g); /* static */

struct coverage_options {
    int year;              /* results issued in that year; 0: any */
    const char *procedure; /* code or part of the name, marks do not count */
    const char *unit;      /* part of its name; NULL: any */
    time_t day;            /* as of which day; 0: today */
};

struct coverage_group {
    char *key, *name; /* "1.001786" and what it is called; name may be "" */
    int64_t in_force, digitised;
};

struct coverage_groups {
    struct coverage_group *items;
    int n, cap;
};

/* A result in force that is not digitised. */
struct coverage_missing {
    char *key, *case_code, *procedure, *procedure_name, *applicant;
    char *number; /* whole: "7281/GCN-SKHCN" */
    char *date, *unit, *box;
    char *document; /* the scan that falls short; "" if there is none */
    enum gap gap;
};

/* A scan of a result that stands in no register. */
struct coverage_scan {
    char *id, *title, *batch, *number, *date;
};

struct coverage_month {
    char month[8];          /* "2022-03" */
    int64_t added;          /* results digitised in it */
    int64_t digitised;      /* and by the end of it */
};

struct coverage_pace {
    int64_t wanted;    /* results to reach the target */
    int64_t missing;   /* of these still to be digitised */
    int work_days;     /* Monday to Friday, today to the deadline */
    int64_t per_day;   /* needed on each of them; 0 if none is missing */
    double recent;     /* a working day, over the last 30 days */
    char deadline[11]; /* "2022-12-31" */
    char reached[11];  /* at the recent pace; "" if never or reached */
};

struct coverage_report {
    char day[11];
    char *rule;     /* what counts as digitised, in words, translated */
    int target_pct;
    int64_t results;   /* rows of the registers that were asked for */
    int64_t expired;   /* of these not in force any more */
    int64_t in_force, digitised;
    double share_pct;
    bool reached;
    int64_t gaps[GAP_COUNT];
    struct coverage_groups by_procedure, by_unit, by_year;
    struct coverage_month *months;
    int n_months, cap_months;
    struct coverage_missing *missing; /* unit, box, oldest first */
    int64_t n_missing, cap_missing;
    struct coverage_scan *unknown;
    int64_t n_unknown, cap_unknown;
    struct coverage_pace pace;
};

void coverage_report_clear(struct coverage_report *r);

/* Count. It is no failure to be below the target.  fails  NOT_FOUND (no
 * register was imported), CONFIG (the deadline) */
NODISCARD enum status archive_coverage(struct archive *a,
                                       const struct coverage_options *o,
                                       struct coverage_report *out);

/* ---- staff dossiers ---- */

enum staff_need { NEED_NO, NEED_ANY, NEED_MUST, NEED_YEARLY };

/* How a component of a dossier stands. X(name, code) */
#define STAFF_STATE_LIST(X)       \
    X(HERE, "here")               \
    X(MISSING, "missing")         \
    X(SHORT, "short")   /* fewer pages than it must have, or unread ones */  \
    X(REVIEW, "review") /* the paper may be this person's */                 \
    X(OPTIONAL, "optional") /* not there and not asked for */

enum staff_state {
#define STAFF_STATE_ENUM(name, code) STAFF_##name,
    STAFF_STATE_LIST(STAFF_STATE_ENUM)
#undef STAFF_STATE_ENUM
};

const char *staff_state_code(enum staff_state s); /* static */

/* A paper in a dossier. */
struct staff_paper {
    char *document, *title, *component, *year;
    char *person; /* as the paper says it */
    char *birth_date, *staff_code;
    int64_t pages, bad_pages;
    int score;          /* how sure it is this person's */
    char *evidence;     /* "code", "name+birth", "name", "decision" … */
    bool sure;
    bool duplicate; /* another scan is the same component and year, and
                       fuller */
};

struct staff_papers {
    struct staff_paper *items;
    int n, cap;
};

struct staff_entry {
    const char *component, *name; /* borrowed from the checklist */
    char year[5];                 /* of a yearly one; else "" */
    enum staff_need need;
    int pages_expected; /* 0: any number */
    int64_t pages;      /* of the papers that are there */
    enum staff_state state;
};

struct staff_person {
    char *key, *code, *name, *birth_date, *agency, *unit, *title, *kind;
    struct staff_entry *entries; /* in the order of the checklist */
    int n_entries, cap_entries;
    struct staff_papers papers;
    int needed, here; /* entries that must be there, and are */
    bool complete;
    bool namesake; /* another person has the same name */
    bool twice;    /* and the same day of birth: perhaps the same person */
};

struct staff_unit {
    char *name;
    int64_t persons, complete, needed, here;
};

struct staff_report {
    int year;
    int target_pct;
    struct checklist *checklist; /* what entries borrow from */
    struct staff_person *persons; /* by unit, then name */
    int n_persons, cap_persons;
    struct staff_unit *units;
    int n_units, cap_units;
    struct staff_papers nobody; /* papers of no person of the registers */
    int64_t complete, needed, here;
    double share_pct; /* persons whose dossier is complete */
    bool reached;
};

void staff_report_clear(struct staff_report *r);

/*
 * Every person's dossier against the checklist of
 * data/rules/staff-components.tsv.
 * year  for which the yearly papers are asked; 0: this year
 * unit  part of its name, or NULL
 * fails  NOT_FOUND (no staff register was imported), CONFIG (the checklist)
 */
NODISCARD enum status archive_staff(struct archive *a, int year,
                                    const char *unit,
                                    struct staff_report *out);

/* The person of that staff code or name; marks do not count in a name.
 * fails  NOT_FOUND, USAGE (several persons bear the name: says which) */
NODISCARD enum status staff_find(const struct staff_report *r, const char *who,
                                 const struct staff_person **out);

/* Put a paper into a person's dossier, or say that it is not of that person;
 * key as in struct staff_person. component, year: NULL as the paper says.
 * fails  NOT_FOUND */
NODISCARD enum status archive_staff_file(struct archive *a,
                                         const char *document, const char *key,
                                         const char *component,
                                         const char *year, bool file);

/* ---- how much was scanned, and how well ---- */

enum quality_by { QUALITY_BATCH, QUALITY_OPERATOR, QUALITY_DAY };

struct quality_row {
    char *name; /* batch, person or day */
    int64_t documents, pages, a4;
    int64_t low_pages, blank_pages, bad_pages;
    int64_t rescans; /* documents of which an earlier scan was stored */
    double confidence; /* mean over documents, by their pages */
    time_t first, last; /* stored */
};

struct quality_report {
    enum quality_by by;
    struct quality_row *rows;
    int n_rows, cap_rows;
    struct quality_row all;
    struct doubtful_page *doubtful; /* newest documents first; those of staff
                                       papers without the file's name */
    int n_doubtful, cap_doubtful;
    int64_t documents_left; /* whose doubtful pages are not in the list */
};

void quality_report_clear(struct quality_report *r);

/* from, to: stored in these seconds; 0: open. batch may be NULL. */
NODISCARD enum status archive_quality(struct archive *a, enum quality_by by,
                                      time_t from, time_t to,
                                      const char *batch,
                                      struct quality_report *out);

/* ---- dossiers ---- */

struct dossier_paper {
    char *document, *number, *date, *title, *type, *issuer;
    int64_t pages, first_sheet; /* in the dossier, from 1 */
    bool late; /* found after the dossier was closed */
};

struct dossier {
    char *id, *kind, *title, *maintenance, *note, *opened_by, *closed_by;
    time_t opened_at, closed_at; /* 0: by itself; open */
    struct dossier_paper *papers;
    int n_papers, cap_papers;
    int64_t pages;
    char first_date[11], last_date[11];
};

void dossier_clear(struct dossier *d);

/* Every dossier of a kind ("case", "staff", "work"; NULL: all but staff),
 * those opened by people and those that follow from case codes and persons;
 * each borrows it. */
NODISCARD enum status archive_dossiers(struct archive *a, const char *kind,
                                       enum status (*each)(
                                           void *user,
                                           const struct dossier *d),
                                       void *user);

/* fails  NOT_FOUND */
NODISCARD enum status archive_dossier(struct archive *a, const char *id,
                                      struct dossier *out);

/* Put documents into a dossier of kind work; it is opened if it is new.
 * title may be NULL for one that is there.  fails  NOT_FOUND, USAGE */
NODISCARD enum status archive_dossier_add(struct archive *a, const char *id,
                                          const char *title,
                                          const char *const *documents, int n);

/* Close it: what is in it now is what it holds.
 * fails  NOT_FOUND, EXISTS (it is closed already) */
NODISCARD enum status archive_dossier_close(struct archive *a, const char *id,
                                            const char *maintenance,
                                            const char *note);

#endif
