/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results of procedures in force, and which of them are digitised. One walk
 * over the register in the order of the worklist; a result with several scans
 * comes as several rows behind one another and counts by its best scan.
 */
#include "service/report_inner.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const gap_codes[GAP_COUNT] = {
#define GAP_CODE(name, code) [GAP_##name] = (code),
    GAP_LIST(GAP_CODE)
#undef GAP_CODE
};

const char *gap_code(enum gap g)
{
    return gap_codes[g];
}

static void groups_clear(struct coverage_groups *g)
{
    for (int i = 0; i < g->n; i++) {
        free(g->items[i].key);
        free(g->items[i].name);
    }
    free(g->items);
}

static void missing_clear(struct coverage_missing *m)
{
    free(m->key);
    free(m->case_code);
    free(m->procedure);
    free(m->procedure_name);
    free(m->applicant);
    free(m->number);
    free(m->date);
    free(m->unit);
    free(m->box);
    free(m->document);
}

void coverage_report_clear(struct coverage_report *r)
{
    free(r->rule);
    groups_clear(&r->by_procedure);
    groups_clear(&r->by_unit);
    groups_clear(&r->by_year);
    free(r->months);
    for (int64_t i = 0; i < r->n_missing; i++)
        missing_clear(&r->missing[i]);
    free(r->missing);
    for (int64_t i = 0; i < r->n_unknown; i++) {
        free(r->unknown[i].id);
        free(r->unknown[i].title);
        free(r->unknown[i].batch);
        free(r->unknown[i].number);
        free(r->unknown[i].date);
    }
    free(r->unknown);
    *r = (struct coverage_report){0};
}

/* ---- what counts ---- */

struct rule {
    bool pages, dpi, match_confirmed, signature;
    enum { FIELDS_ANY, FIELDS_NO_REVIEW, FIELDS_CONFIRMED } fields;
    long min_dpi;
};

static struct rule rule_of(const struct config *c)
{
    const char *fields = config_text(c, CONFIG_REPORT_FIELDS);
    struct rule u = {
        .pages = config_bool(c, CONFIG_REPORT_PAGES),
        .dpi = config_bool(c, CONFIG_REPORT_DPI),
        .signature = config_bool(c, CONFIG_REPORT_SIGNATURE),
        .match_confirmed =
            strcmp(config_text(c, CONFIG_REPORT_MATCH), "confirmed") == 0,
        .min_dpi = config_int(c, CONFIG_MIN_DPI),
    };
    if (strcmp(fields, "no-review") == 0)
        u.fields = FIELDS_NO_REVIEW;
    else if (strcmp(fields, "confirmed") == 0)
        u.fields = FIELDS_CONFIRMED;
    return u;
}

static char *rule_text(const struct rule *u)
{
    struct strbuf b;
    strbuf_init(&b);
    strbuf_adds(&b, u->match_confirmed
                        ? _("a person has confirmed that a scan is of it")
                        : _("a scan is matched to it without doubt"));
    if (u->pages)
        strbuf_addf(&b, "; %s", _("all pages of the scan were read"));
    if (u->dpi) {
        strbuf_adds(&b, "; ");
        strbuf_addf(&b, _("no page is below %ld dpi"), u->min_dpi);
    }
    if (u->fields == FIELDS_NO_REVIEW)
        strbuf_addf(&b, "; %s", _("no field waits for review"));
    else if (u->fields == FIELDS_CONFIRMED)
        strbuf_addf(&b, "; %s", _("a person has confirmed every field"));
    if (u->signature)
        strbuf_addf(&b, "; %s",
                    _("the whole file is signed electronically (the signature "
                      "itself is not checked)"));
    return strbuf_take(&b);
}

/* ---- the walk ---- */

enum column {
    KEY, CASE_CODE, PROCEDURE, PROCEDURE_NAME, APPLICANT, NUMBER, NOTATION,
    DATE, EXPIRES, UNIT, BOX, DOCUMENT, MATCH_STATE, BAD_PAGES, DPI,
    FIELDS_OPEN, FIELDS_UNSURE, STORED_AT, SIGNATURES
};

#define WALK                                                                 \
    "SELECT r.key, r.case_code, r.procedure, r.procedure_name, r.applicant," \
    " r.number, r.notation, r.date, r.expires, r.unit, r.box, m.document,"   \
    " m.state, d.bad_pages, d.dpi, d.fields_review,"                         \
    " d.fields_review + d.fields_sure, d.stored_at, ?3 AND EXISTS(SELECT 1"  \
    " FROM field AS f WHERE f.document = d.id AND f.name LIKE 'esign_scope%'" \
    " AND f.value = 'whole-file')"                                           \
    " FROM result AS r LEFT JOIN match AS m ON m.result = r.key"             \
    "  AND m.state <> 'rejected' LEFT JOIN document AS d"                    \
    "  ON d.id = m.document AND d.stored_at <= ?1"                           \
    " WHERE r.current = 1 AND (?2 = '' OR substr(r.date, 1, 4) = ?2)"        \
    " ORDER BY r.unit, r.box, r.date, r.key"

struct walk {
    struct coverage_report *out;
    const struct coverage_options *options;
    char *procedure_fold, *unit_fold;
    struct rule rule;
    struct coverage_missing now; /* the result in hand */
    bool any, expired;
    int64_t stored_at; /* of the first scan that counts */
    time_t since;      /* the last 30 days begin */
    int64_t recent;
};

static enum gap gap_of(const struct rule *u, struct sql_stmt *s)
{
    if (sql_is_null(s, STORED_AT))
        return GAP_SCAN;
    if (strcmp(sql_text(s, MATCH_STATE), "review") == 0)
        return GAP_REVIEW;
    if (u->match_confirmed && strcmp(sql_text(s, MATCH_STATE), "confirmed"))
        return GAP_CONFIRM_MATCH;
    if (u->pages && sql_int(s, BAD_PAGES) > 0)
        return GAP_PAGES;
    if (u->dpi && sql_double(s, DPI) < (double)u->min_dpi - 0.5)
        return GAP_DPI;
    if (u->fields != FIELDS_ANY && sql_int(s, FIELDS_OPEN) > 0)
        return GAP_FIELDS;
    if (u->fields == FIELDS_CONFIRMED && sql_int(s, FIELDS_UNSURE) > 0)
        return GAP_FIELDS;
    if (u->signature && !sql_int(s, SIGNATURES))
        return GAP_SIGNATURE;
    return GAP_NONE;
}

static void count_in(struct coverage_groups *g, const char *key,
                     const char *name, bool digitised)
{
    int i = 0;
    while (i < g->n && strcmp(g->items[i].key, key) != 0)
        i++;
    if (i == g->n) {
        GROW(g->items, g->n, g->cap);
        g->items[g->n++] = (struct coverage_group){.key = xstrdup(key),
                                                   .name = xstrdup(name)};
    }
    g->items[i].in_force++;
    g->items[i].digitised += digitised;
}

static void count_month(struct coverage_report *r, int64_t stored_at)
{
    char iso[CLOCK_ISO_BYTES];
    int i = 0;
    clock_iso((time_t)stored_at, iso);
    iso[strlen("2022-03")] = '\0';
    while (i < r->n_months && strcmp(r->months[i].month, iso) != 0)
        i++;
    if (i == r->n_months) {
        GROW(r->months, r->n_months, r->cap_months);
        r->months[r->n_months] = (struct coverage_month){0};
        memcpy(r->months[r->n_months++].month, iso, strlen("2022-03") + 1);
    }
    r->months[i].added++;
}

/* All rows of the result in hand have been seen. */
static void settle(struct walk *w)
{
    struct coverage_report *r = w->out;
    struct coverage_missing *m = &w->now;
    char year[5] = "";
    if (!w->any)
        return;
    w->any = false;
    r->results++;
    if (w->expired) {
        r->expired++;
        missing_clear(m);
        return;
    }
    bool digitised = m->gap == GAP_NONE;
    strncat(year, m->date, 4);
    r->in_force++;
    r->digitised += digitised;
    r->gaps[m->gap]++;
    count_in(&r->by_procedure, m->procedure, m->procedure_name, digitised);
    count_in(&r->by_unit, m->unit, "", digitised);
    count_in(&r->by_year, year, "", digitised);
    if (digitised) {
        count_month(r, w->stored_at);
        w->recent += w->stored_at >= (int64_t)w->since;
        missing_clear(m);
        return;
    }
    GROW(r->missing, r->n_missing, r->cap_missing);
    r->missing[r->n_missing++] = *m;
}

static bool wanted(const struct walk *w, struct sql_stmt *s)
{
    const char *code = w->options->procedure;
    if (w->unit_fold) {
        AUTO(free_char) char *unit = text_fold(sql_text(s, UNIT));
        if (!strstr(unit, w->unit_fold))
            return false;
    }
    if (code && strcmp(code, sql_text(s, PROCEDURE)) != 0) {
        AUTO(free_char) char *name = text_fold(sql_text(s, PROCEDURE_NAME));
        return strstr(name, w->procedure_fold) != NULL;
    }
    return true;
}

static void begin(struct walk *w, struct sql_stmt *s)
{
    const char *number = sql_text(s, NUMBER), *notation = sql_text(s, NOTATION);
    const char *expires = sql_text(s, EXPIRES);
    w->any = true;
    w->expired = *expires && strcmp(expires, w->out->day) < 0;
    w->now = (struct coverage_missing){
        .key = xstrdup(sql_text(s, KEY)),
        .case_code = xstrdup(sql_text(s, CASE_CODE)),
        .procedure = xstrdup(sql_text(s, PROCEDURE)),
        .procedure_name = xstrdup(sql_text(s, PROCEDURE_NAME)),
        .applicant = xstrdup(sql_text(s, APPLICANT)),
        .number = xasprintf("%s%s%s", number,
                            *number && *notation ? "/" : "", notation),
        .date = xstrdup(sql_text(s, DATE)),
        .unit = xstrdup(sql_text(s, UNIT)),
        .box = xstrdup(sql_text(s, BOX)),
        .document = xstrdup(""),
        .gap = GAP_SCAN,
    };
}

static void take_row(struct walk *w, struct sql_stmt *s)
{
    if (!w->any || strcmp(w->now.key, sql_text(s, KEY)) != 0) {
        settle(w);
        if (!wanted(w, s))
            return;
        begin(w, s);
    }
    enum gap gap = gap_of(&w->rule, s);
    int64_t stored_at = sql_int(s, STORED_AT);
    if (gap == GAP_NONE && w->now.gap == GAP_NONE) {
        if (stored_at < w->stored_at)
            w->stored_at = stored_at;
    } else if (gap == GAP_NONE ||
               (w->now.gap != GAP_NONE && gap > w->now.gap)) {
        w->now.gap = gap;
        w->stored_at = stored_at;
        free(w->now.document);
        w->now.document = xstrdup(sql_text(s, DOCUMENT));
    }
}

static enum status walk_results(struct sql *db, struct walk *w, time_t until)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    char year[16] = "";
    bool row = false;
    if (w->options->year)
        snprintf(year, sizeof(year), "%04d", w->options->year);
    enum status st = sql_prepare(db, &s, WALK, "isi", (int64_t)until, year,
                                 (int64_t)w->rule.signature);
    while (st == STATUS_OK && (st = sql_step(s, &row)) == STATUS_OK && row)
        take_row(w, s);
    settle(w);
    return st;
}

/* ---- scans without a row ---- */

static enum status walk_unknown(struct sql *db, struct coverage_report *r,
                                time_t until)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;
    enum status st = sql_prepare(
        db, &s,
        "SELECT id, title, batch, number, notation, date FROM document AS d"
        " WHERE kind = 'result' AND stored_at <= ? AND NOT EXISTS(SELECT 1"
        " FROM match AS m WHERE m.document = d.id AND m.state <> 'rejected')"
        " ORDER BY id",
        "i", (int64_t)until);
    while (st == STATUS_OK && (st = sql_step(s, &row)) == STATUS_OK && row) {
        const char *number = sql_text(s, 3), *notation = sql_text(s, 4);
        GROW(r->unknown, r->n_unknown, r->cap_unknown);
        r->unknown[r->n_unknown++] = (struct coverage_scan){
            .id = xstrdup(sql_text(s, 0)),
            .title = xstrdup(sql_text(s, 1)),
            .batch = xstrdup(sql_text(s, 2)),
            .number = xasprintf("%s%s%s", number,
                                *number && *notation ? "/" : "", notation),
            .date = xstrdup(sql_text(s, 5)),
        };
    }
    return st;
}

/* ---- the whole ---- */

static int by_size(const void *a, const void *b)
{
    const struct coverage_group *x = a, *y = b;
    if (x->in_force != y->in_force)
        return x->in_force < y->in_force ? 1 : -1;
    return strcmp(x->key, y->key);
}

static int by_key(const void *a, const void *b)
{
    const struct coverage_group *x = a, *y = b;
    return strcmp(x->key, y->key);
}

static int by_month(const void *a, const void *b)
{
    const struct coverage_month *x = a, *y = b;
    return strcmp(x->month, y->month);
}

static void sort(struct coverage_groups *g,
                 int (*order)(const void *, const void *))
{
    if (g->n > 1)
        qsort(g->items, (size_t)g->n, sizeof(*g->items), order);
}

/* In order, and those in which nothing was digitised between them. */
static void fill_months(struct coverage_report *r)
{
    int n = r->n_months, year, month;
    if (n < 2)
        return;
    qsort(r->months, (size_t)n, sizeof(*r->months), by_month);
    for (int i = 1; i < n; i++) {
        char next[32];
        snprintf(next, sizeof(next), "%s", r->months[i - 1].month);
        while (sscanf(next, "%4d-%2d", &year, &month) == 2) {
            month = month % 12 + 1;
            year += month == 1;
            snprintf(next, sizeof(next), "%04d-%02d", year, month);
            if (strcmp(next, r->months[i].month) >= 0)
                break;
            GROW(r->months, r->n_months, r->cap_months);
            r->months[r->n_months] = (struct coverage_month){0};
            memcpy(r->months[r->n_months++].month, next, 8);
        }
    }
    qsort(r->months, (size_t)r->n_months, sizeof(*r->months), by_month);
}

static void finish(struct coverage_report *r)
{
    int64_t sum = 0;
    sort(&r->by_procedure, by_size);
    sort(&r->by_unit, by_size);
    sort(&r->by_year, by_key);
    fill_months(r);
    for (int i = 0; i < r->n_months; i++)
        r->months[i].digitised = sum += r->months[i].added;
    if (r->in_force > 0)
        r->share_pct = 100.0 * (double)r->digitised / (double)r->in_force;
    r->reached = r->in_force > 0 &&
                 r->digitised * 100 >= r->target_pct * r->in_force;
}

static enum status require_register(struct sql *db)
{
    int64_t n = 0;
    enum status st =
        sql_int_of(db, &n, "SELECT count(*) FROM result WHERE current = 1", "");
    if (st == STATUS_OK && n == 0)
        return fail(STATUS_NOT_FOUND,
                    _("there is no register of results yet; 'hoso register "
                      "import FILE' takes one in"));
    return st;
}

enum status archive_coverage(struct archive *a,
                             const struct coverage_options *o,
                             struct coverage_report *out)
{
    struct sql *db = NULL;
    time_t day = o->day ? o->day : clock_now(), first, until;
    char iso[CLOCK_ISO_BYTES];
    *out = (struct coverage_report){0};
    clock_iso(day, iso);
    memcpy(out->day, iso, strlen("2022-03-01"));
    clock_parse_day(out->day, &first, &until);
    enum status st = archive_registers(a, &db);
    if (st == STATUS_OK)
        st = require_register(db);
    if (st != STATUS_OK)
        return st;
    struct walk w = {
        .out = out,
        .options = o,
        .rule = rule_of(a->config),
        .since = until - RECENT_DAYS * DAY_SECONDS,
        .procedure_fold = o->procedure ? text_fold(o->procedure) : NULL,
        .unit_fold = o->unit ? text_fold(o->unit) : NULL,
    };
    out->rule = rule_text(&w.rule);
    out->target_pct = (int)config_int(a->config, CONFIG_TARGET_RESULTS);
    st = walk_results(db, &w, until);
    if (st == STATUS_OK)
        st = walk_unknown(db, out, until);
    finish(out);
    if (st == STATUS_OK)
        st = pace_find(a->config, first, w.recent, out);
    free(w.procedure_fold);
    free(w.unit_fold);
    if (st != STATUS_OK)
        coverage_report_clear(out);
    return st;
}
