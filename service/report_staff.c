/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every person's dossier against the checklist. */
#include "service/report_inner.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const state_codes[] = {
#define STATE_CODE(name, code) [STAFF_##name] = (code),
    STAFF_STATE_LIST(STATE_CODE)
#undef STATE_CODE
};

const char *staff_state_code(enum staff_state s)
{
    return state_codes[s];
}

static void papers_clear(struct staff_papers *l)
{
    for (int i = 0; i < l->n; i++)
        staff_paper_clear(&l->items[i]);
    free(l->items);
}

static void person_clear(struct staff_person *p)
{
    free(p->key);
    free(p->code);
    free(p->name);
    free(p->birth_date);
    free(p->agency);
    free(p->unit);
    free(p->title);
    free(p->kind);
    free(p->entries);
    papers_clear(&p->papers);
}

void staff_report_clear(struct staff_report *r)
{
    for (int i = 0; i < r->n_persons; i++)
        person_clear(&r->persons[i]);
    for (int i = 0; i < r->n_units; i++)
        free(r->units[i].name);
    free(r->persons);
    free(r->units);
    papers_clear(&r->nobody);
    checklist_free(r->checklist);
    *r = (struct staff_report){0};
}

/* ---- persons ---- */

static enum status read_persons(struct sql *db, struct staff_report *r)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;
    enum status st = sql_prepare(
        db, &s,
        "SELECT key, staff_code, name, birth_date, agency, unit, title, kind"
        " FROM person WHERE current = 1 ORDER BY unit, name_key, birth_date,"
        " key",
        "");
    while (st == STATUS_OK && (st = sql_step(s, &row)) == STATUS_OK && row) {
        GROW(r->persons, r->n_persons, r->cap_persons);
        r->persons[r->n_persons++] = (struct staff_person){
            .key = xstrdup(sql_text(s, 0)),
            .code = xstrdup(sql_text(s, 1)),
            .name = xstrdup(sql_text(s, 2)),
            .birth_date = xstrdup(sql_text(s, 3)),
            .agency = xstrdup(sql_text(s, 4)),
            .unit = xstrdup(sql_text(s, 5)),
            .title = xstrdup(sql_text(s, 6)),
            .kind = xstrdup(sql_text(s, 7)),
        };
    }
    if (st == STATUS_OK && r->n_persons == 0)
        return fail(STATUS_NOT_FOUND,
                    _("there is no register of staff yet; 'hoso staff import "
                      "FILE' takes one in"));
    return st;
}

/* Marks do not count: registers are typed with and without them. */
static void find_namesakes(struct staff_report *r)
{
    char **folds = xcalloc((size_t)r->n_persons + 1, sizeof(*folds));
    for (int i = 0; i < r->n_persons; i++)
        folds[i] = text_fold(r->persons[i].name);
    for (int i = 0; i < r->n_persons; i++) {
        struct staff_person *a = &r->persons[i];
        for (int j = i + 1; j < r->n_persons; j++) {
            struct staff_person *b = &r->persons[j];
            if (strcmp(folds[i], folds[j]) != 0)
                continue;
            a->namesake = b->namesake = true;
            if (*a->birth_date && strcmp(a->birth_date, b->birth_date) == 0)
                a->twice = b->twice = true;
        }
    }
    for (int i = 0; i < r->n_persons; i++)
        free(folds[i]);
    free(folds);
}

/* ---- a dossier against the list ---- */

static bool is_entry(const struct staff_paper *p, const struct staff_entry *e)
{
    return strcmp(p->component, e->component) == 0 &&
           (e->year[0] == '\0' || strcmp(p->year, e->year) == 0);
}

/* Papers of which a dossier holds one, or one a year. */
static bool single(enum staff_need need, const char *component)
{
    return need == NEED_YEARLY || strcmp(component, "quyen-ly-lich") == 0 ||
           strcmp(component, "so-yeu-ly-lich") == 0 ||
           strcmp(component, "khai-sinh") == 0;
}

/* Of several scans of one paper the fullest counts, wholly read if one is. */
static const struct staff_paper *best_scan(const struct staff_person *p,
                                           const struct staff_entry *e)
{
    const struct staff_paper *best = NULL;
    for (int i = 0; i < p->papers.n; i++) {
        const struct staff_paper *k = &p->papers.items[i];
        if (!is_entry(k, e) || !k->sure)
            continue;
        if (!best || (k->bad_pages == 0 && best->bad_pages > 0) ||
            ((k->bad_pages == 0) == (best->bad_pages == 0) &&
             k->pages > best->pages))
            best = k;
    }
    return best;
}

static void judge(struct staff_person *p, struct staff_entry *e)
{
    const struct staff_paper *best =
        single(e->need, e->component) ? best_scan(p, e) : NULL;
    bool doubtful = false, unread = false, found = false;
    for (int i = 0; i < p->papers.n; i++) {
        struct staff_paper *paper = &p->papers.items[i];
        if (!is_entry(paper, e))
            continue;
        if (!paper->sure) {
            doubtful = true;
            continue;
        }
        paper->duplicate = best && paper != best;
        if (!paper->duplicate) {
            e->pages += paper->pages;
            unread = unread || paper->bad_pages > 0;
        }
        found = true;
    }
    if (found)
        e->state = e->pages < e->pages_expected || unread ? STAFF_SHORT
                                                          : STAFF_HERE;
    else if (doubtful)
        e->state = STAFF_REVIEW;
    else
        e->state = e->need == NEED_ANY ? STAFF_OPTIONAL : STAFF_MISSING;
    if (e->need == NEED_ANY)
        return;
    p->needed++;
    p->here += e->state == STAFF_HERE;
}

static void add_entry(struct staff_person *p, const struct component *c,
                      enum staff_need need, int pages, int year)
{
    GROW(p->entries, p->n_entries, p->cap_entries);
    struct staff_entry *e = &p->entries[p->n_entries++];
    *e = (struct staff_entry){.component = c->code,
                              .name = c->name,
                              .need = need,
                              .pages_expected = pages};
    if (need == NEED_YEARLY)
        snprintf(e->year, sizeof(e->year), "%04u", (unsigned)year % 10000);
    judge(p, e);
}

static void check_person(struct staff_person *p, const struct checklist *c,
                         int year)
{
    bool employee = strcmp(p->kind, "vien-chuc") == 0;
    for (int i = 0; i < c->n; i++) {
        const struct component *k = &c->items[i];
        enum staff_need need = employee ? k->need_employee : k->need_official;
        int pages = employee ? k->pages_employee : k->pages_official;
        int first = k->from_year && k->from_year <= year ? k->from_year : year;
        if (need == NEED_NO)
            continue;
        if (need != NEED_YEARLY)
            first = year;
        for (int y = first; y <= year; y++)
            add_entry(p, k, need, pages, y);
    }
    p->complete = p->here == p->needed;
}

/* ---- units and the whole ---- */

static void count_unit(struct staff_report *r, const struct staff_person *p)
{
    int i = 0;
    while (i < r->n_units && strcmp(r->units[i].name, p->unit) != 0)
        i++;
    if (i == r->n_units) {
        GROW(r->units, r->n_units, r->cap_units);
        r->units[r->n_units++] = (struct staff_unit){.name = xstrdup(p->unit)};
    }
    struct staff_unit *u = &r->units[i];
    u->persons++;
    u->complete += p->complete;
    u->needed += p->needed;
    u->here += p->here;
}

/* Only now: namesakes and papers are looked for among all persons. */
static void keep_unit(struct staff_report *r, const char *unit)
{
    int kept = 0;
    if (!unit)
        return;
    AUTO(free_char) char *wanted = text_fold(unit);
    for (int i = 0; i < r->n_persons; i++) {
        AUTO(free_char) char *fold = text_fold(r->persons[i].unit);
        if (strstr(fold, wanted))
            r->persons[kept++] = r->persons[i];
        else
            person_clear(&r->persons[i]);
    }
    r->n_persons = kept;
}

static void count(struct staff_report *r)
{
    for (int i = 0; i < r->n_persons; i++) {
        const struct staff_person *p = &r->persons[i];
        count_unit(r, p);
        r->complete += p->complete;
        r->needed += p->needed;
        r->here += p->here;
    }
    if (r->n_persons > 0)
        r->share_pct = 100.0 * (double)r->complete / r->n_persons;
    r->reached = r->n_persons > 0 &&
                 r->complete * 100 >= (int64_t)r->target_pct * r->n_persons;
}

static int year_now(void)
{
    time_t now = clock_now();
    struct tm tm;
    gmtime_r(&now, &tm);
    return tm.tm_year + 1900;
}

enum status archive_staff(struct archive *a, int year, const char *unit,
                          struct staff_report *out)
{
    struct sql *db = NULL;
    *out = (struct staff_report){
        .year = year ? year : year_now(),
        .target_pct = (int)config_int(a->config, CONFIG_TARGET_STAFF),
    };
    enum status st = archive_registers(a, &db);
    if (st == STATUS_OK)
        st = checklist_load(&out->checklist);
    if (st == STATUS_OK)
        st = read_persons(db, out);
    if (st == STATUS_OK)
        st = staff_file_papers(db, out->checklist, out);
    if (st != STATUS_OK) {
        staff_report_clear(out);
        return st;
    }
    find_namesakes(out);
    for (int i = 0; i < out->n_persons; i++)
        check_person(&out->persons[i], out->checklist, out->year);
    keep_unit(out, unit);
    count(out);
    return STATUS_OK;
}

enum status staff_find(const struct staff_report *r, const char *who,
                       const struct staff_person **out)
{
    AUTO(free_char) char *fold = text_fold(who);
    struct strbuf several;
    int n = 0;
    enum status st = STATUS_OK;
    strbuf_init(&several);
    for (int i = 0; i < r->n_persons; i++) {
        const struct staff_person *p = &r->persons[i];
        AUTO(free_char) char *name = text_fold(p->name);
        if (strcmp(p->code, who) == 0 || strcmp(p->key, who) == 0) {
            *out = p;
            strbuf_clear(&several);
            return STATUS_OK;
        }
        if (strcmp(name, fold) != 0)
            continue;
        strbuf_addf(&several, "%s%s (%s)", n++ ? ", " : "", p->code,
                    p->birth_date);
        *out = p;
    }
    if (n == 0)
        st = fail(STATUS_NOT_FOUND,
                  _("there is no '%s' in the register of staff; give the "
                    "staff code or the whole name"),
                  who);
    else if (n > 1)
        st = fail(STATUS_USAGE,
                  _("several persons are called '%s'; say which by the staff "
                    "code: %s"),
                  who, several.s);
    strbuf_clear(&several);
    return st;
}
