/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dossiers: those that follow from case codes and persons, and those that
 * people opened. Once a person has closed one, what it holds is written down;
 * what is found for it later is shown as late and changes nothing.
 */
#include "service/report_inner.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct dossiers {
    struct dossier *items;
    int n, cap;
    int n_known; /* the first so many are of the table, by id */
};

static void paper_clear(struct dossier_paper *p)
{
    free(p->document);
    free(p->number);
    free(p->date);
    free(p->title);
    free(p->type);
    free(p->issuer);
}

void dossier_clear(struct dossier *d)
{
    for (int i = 0; i < d->n_papers; i++)
        paper_clear(&d->papers[i]);
    free(d->papers);
    free(d->id);
    free(d->kind);
    free(d->title);
    free(d->maintenance);
    free(d->note);
    free(d->opened_by);
    free(d->closed_by);
    *d = (struct dossier){0};
}

static void dossiers_clear(struct dossiers *l)
{
    for (int i = 0; i < l->n; i++)
        dossier_clear(&l->items[i]);
    free(l->items);
    *l = (struct dossiers){0};
}

static struct dossier *append(struct dossiers *l, const char *id,
                              const char *kind, const char *title)
{
    GROW(l->items, l->n, l->cap);
    l->items[l->n] = (struct dossier){
        .id = xstrdup(id),
        .kind = xstrdup(kind),
        .title = xstrdup(title),
        .maintenance = xstrdup(""),
        .note = xstrdup(""),
        .opened_by = xstrdup(""),
        .closed_by = xstrdup(""),
    };
    return &l->items[l->n++];
}

static int by_id(const void *a, const void *b)
{
    const struct dossier *x = a, *y = b;
    return strcmp(x->id, y->id);
}

/* Of the table, or the one that was begun last. */
static struct dossier *find(struct dossiers *l, const char *id)
{
    struct dossier key = {.id = (char *)(uintptr_t)id};
    if (l->n > l->n_known && strcmp(l->items[l->n - 1].id, id) == 0)
        return &l->items[l->n - 1];
    if (l->n_known == 0)
        return NULL;
    return bsearch(&key, l->items, (size_t)l->n_known, sizeof(key), by_id);
}

static bool holds(const struct dossier *d, const char *document)
{
    for (int i = 0; i < d->n_papers; i++) {
        if (strcmp(d->papers[i].document, document) == 0)
            return true;
    }
    return false;
}

/* What a paper is, by the columns from `at` of a row that PAPER names. */
#define PAPER                                                                 \
    " d.id, d.number || CASE WHEN d.number <> '' AND d.notation <> ''"        \
    " THEN '/' ELSE '' END || d.notation, d.date, coalesce((SELECT value"     \
    " FROM field AS f WHERE f.document = d.id AND f.name = 'subject'"         \
    " AND value <> ''), d.title), d.type, coalesce((SELECT value FROM field"  \
    " AS f WHERE f.document = d.id AND f.name = 'issuer'), ''), d.pages "

static void add_paper(struct dossier *d, struct sql_stmt *s, int at)
{
    if (holds(d, sql_text(s, at)))
        return;
    GROW(d->papers, d->n_papers, d->cap_papers);
    struct dossier_paper *p = &d->papers[d->n_papers++];
    *p = (struct dossier_paper){
        .document = xstrdup(sql_text(s, at)),
        .number = xstrdup(sql_text(s, at + 1)),
        .date = xstrdup(sql_text(s, at + 2)),
        .title = xstrdup(sql_text(s, at + 3)),
        .type = xstrdup(sql_text(s, at + 4)),
        .issuer = xstrdup(sql_text(s, at + 5)),
        .pages = sql_int(s, at + 6),
    };
}

/* ---- reading ---- */

static enum status read_table(struct sql *db, const char *kind,
                              struct dossiers *l)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;
    enum status st = sql_prepare(
        db, &s,
        "SELECT id, kind, title, opened_at, opened_by, closed_at, closed_by,"
        " maintenance, note FROM dossier WHERE ?1 = kind OR (?1 IS NULL"
        " AND kind <> 'staff') ORDER BY id",
        "s", kind);
    while (st == STATUS_OK && (st = sql_step(s, &row)) == STATUS_OK && row) {
        struct dossier *d =
            append(l, sql_text(s, 0), sql_text(s, 1), sql_text(s, 2));
        free(d->opened_by);
        free(d->closed_by);
        free(d->maintenance);
        free(d->note);
        d->opened_at = (time_t)sql_int(s, 3);
        d->opened_by = xstrdup(sql_text(s, 4));
        d->closed_at = (time_t)sql_int(s, 5);
        d->closed_by = xstrdup(sql_text(s, 6));
        d->maintenance = xstrdup(sql_text(s, 7));
        d->note = xstrdup(sql_text(s, 8));
    }
    l->n_known = l->n;
    return st;
}

static enum status read_table_papers(struct sql *db, struct dossiers *l)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;
    enum status st = sql_prepare(
        db, &s,
        "SELECT x.dossier," PAPER "FROM dossier_document AS x JOIN document"
        " AS d ON d.id = x.document ORDER BY x.dossier, x.position, d.id",
        "");
    while (st == STATUS_OK && (st = sql_step(s, &row)) == STATUS_OK && row) {
        struct dossier *d = find(l, sql_text(s, 0));
        if (d)
            add_paper(d, s, 1);
    }
    return st;
}

/* Cases: the code the register gives, else the one that was read. */
static enum status read_cases(struct sql *db, struct dossiers *l)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;
    enum status st = sql_prepare(
        db, &s,
        "SELECT coalesce(r.case_code, d.case_code) AS code,"
        " coalesce(r.procedure_name || ': ' || r.applicant, d.title)," PAPER
        "FROM document AS d LEFT JOIN match AS m ON m.document = d.id"
        " AND m.state IN ('sure', 'confirmed') LEFT JOIN result AS r"
        " ON r.key = m.result AND r.current = 1 WHERE d.kind = 'result'"
        " AND code <> '' ORDER BY code, d.date, d.id",
        "");
    while (st == STATUS_OK && (st = sql_step(s, &row)) == STATUS_OK && row) {
        struct dossier *d = find(l, sql_text(s, 0));
        if (!d)
            d = append(l, sql_text(s, 0), "case", sql_text(s, 1));
        int before = d->n_papers;
        add_paper(d, s, 2);
        if (d->closed_at != 0 && d->n_papers > before)
            d->papers[before].late = true;
    }
    return st;
}

static enum status add_staff_papers(struct sql *db, struct dossier *d,
                                    const struct staff_person *p)
{
    for (int i = 0; i < p->papers.n; i++) {
        AUTO(sql_finishp) struct sql_stmt *s = NULL;
        bool row = false;
        if (!p->papers.items[i].sure)
            continue;
        int before = d->n_papers;
        enum status st =
            sql_prepare(db, &s, "SELECT" PAPER "FROM document AS d WHERE id = ?",
                        "s", p->papers.items[i].document);
        if (st == STATUS_OK)
            st = sql_step(s, &row);
        if (st != STATUS_OK)
            return st;
        if (row)
            add_paper(d, s, 0);
        if (d->closed_at != 0 && d->n_papers > before)
            d->papers[before].late = true;
    }
    return STATUS_OK;
}

static enum status read_staff(struct archive *a, struct sql *db,
                              struct dossiers *l)
{
    struct staff_report r;
    int64_t persons = 0;
    enum status st =
        sql_int_of(db, &persons, "SELECT count(*) FROM person", "");
    if (st != STATUS_OK || persons == 0)
        return st;
    st = archive_staff(a, 0, NULL, &r);
    for (int i = 0; st == STATUS_OK && i < r.n_persons; i++) {
        const struct staff_person *p = &r.persons[i];
        const char *id = *p->code ? p->code : p->key;
        struct dossier *d = find(l, id);
        if (!d && p->papers.n == 0)
            continue;
        if (!d)
            d = append(l, id, "staff", p->name);
        st = add_staff_papers(db, d, p);
    }
    staff_report_clear(&r);
    return st;
}

/* Sheets are numbered through the dossier; a sheet is a page that was
 * scanned. */
static void sum_up(struct dossier *d)
{
    int64_t sheet = 1;
    for (int i = 0; i < d->n_papers; i++) {
        struct dossier_paper *p = &d->papers[i];
        p->first_sheet = sheet;
        sheet += p->pages;
        if (strlen(p->date) != 10)
            continue;
        if (d->first_date[0] == '\0' || strcmp(p->date, d->first_date) < 0)
            memcpy(d->first_date, p->date, 11);
        if (strcmp(p->date, d->last_date) > 0)
            memcpy(d->last_date, p->date, 11);
    }
    d->pages = sheet - 1;
}

static int by_natural_id(const void *a, const void *b)
{
    const struct dossier *x = a, *y = b;
    return text_natural_compare(x->id, y->id);
}

static enum status read_all(struct archive *a, const char *kind,
                            struct dossiers *l)
{
    struct sql *db = NULL;
    enum status st = archive_registers(a, &db);
    if (st == STATUS_OK)
        st = read_table(db, kind, l);
    if (st == STATUS_OK)
        st = read_table_papers(db, l);
    if (st == STATUS_OK && (!kind || strcmp(kind, "case") == 0))
        st = read_cases(db, l);
    if (st == STATUS_OK && kind && strcmp(kind, "staff") == 0)
        st = read_staff(a, db, l);
    for (int i = 0; i < l->n; i++)
        sum_up(&l->items[i]);
    if (l->n > 1)
        qsort(l->items, (size_t)l->n, sizeof(*l->items), by_natural_id);
    return st;
}

enum status archive_dossiers(struct archive *a, const char *kind,
                             enum status (*each)(void *user,
                                                 const struct dossier *d),
                             void *user)
{
    struct dossiers l = {0};
    enum status st = read_all(a, kind, &l);
    for (int i = 0; st == STATUS_OK && i < l.n; i++)
        st = each(user, &l.items[i]);
    dossiers_clear(&l);
    return st;
}

static enum status take_one(struct archive *a, const char *kind,
                            const char *id, bool *found, struct dossier *out)
{
    struct dossiers l = {0};
    enum status st = read_all(a, kind, &l);
    for (int i = 0; st == STATUS_OK && !*found && i < l.n; i++) {
        if (strcmp(l.items[i].id, id) == 0) {
            *out = l.items[i];
            l.items[i] = (struct dossier){0};
            *found = true;
        }
    }
    dossiers_clear(&l);
    return st;
}

enum status archive_dossier(struct archive *a, const char *id,
                            struct dossier *out)
{
    bool found = false;
    *out = (struct dossier){0};
    enum status st = take_one(a, NULL, id, &found, out);
    if (st == STATUS_OK && !found)
        st = take_one(a, "staff", id, &found, out);
    if (st == STATUS_OK && !found)
        return fail(STATUS_NOT_FOUND,
                    _("there is no dossier '%s'; 'hoso dossier list' lists "
                      "them"),
                    id);
    return st;
}
