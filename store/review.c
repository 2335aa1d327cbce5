/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What waits for a person: numbers of each document in the catalogue, so that
 * the worst of a large archive is found without opening a package. They follow
 * from the newest record alone; what counts is decided when they are asked.
 */
#include "store/versions.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

#define NOTHING_PCT 101 /* above every confidence: there is no such field */

enum status review_put(struct sql *catalogue, const struct record *r)
{
    int64_t fields = 0;
    int64_t pages = 0;
    int worst = NOTHING_PCT;
    int sure = NOTHING_PCT;

    for (int i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        const char *state = f->state ? f->state : "";

        if (strcmp(state, "review") == 0) {
            fields++;
            worst = f->conf_pct < worst ? f->conf_pct : worst;
        } else if (strcmp(state, "sure") == 0) {
            sure = f->conf_pct < sure ? f->conf_pct : sure;
        }
    }
    for (int i = 0; i < r->n_pages; i++)
        pages += review_page_waits(&r->pages[i]);
    return sql_run(catalogue,
                   "INSERT OR REPLACE INTO review VALUES(?, ?, ?, ?, ?)",
                   "siiii", r->id, fields, (int64_t)worst, (int64_t)sure,
                   pages);
}

bool review_page_waits(const struct page *p)
{
    return p->state == PAGE_LOW || p->state == PAGE_FAILED ||
           p->state == PAGE_TIMEOUT;
}

/* A package that cannot be read leaves its document without numbers: verify
 * names it, and a rebuild puts them in. */
enum status review_fill(struct store *s)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    bool row = false;
    enum status st = sql_prepare(s->catalogue, &q,
                                 "SELECT id FROM document ORDER BY id", "");

    while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row) {
        AUTO(record_freep) struct record *r = NULL;

        st = store_read_record(s, sql_text(q, 0), &r);
        if (st == STATUS_OK)
            st = review_put(s->catalogue, r);
        else if (st == STATUS_DAMAGED || st == STATUS_NOT_FOUND)
            st = STATUS_OK;
    }
    return st;
}

/* Worst first: most to look at, then what was read with the greatest doubt. */
#define WAITING                                                              \
    " FROM review AS r JOIN document AS d ON d.id = r.document"              \
    " WHERE ((?1 IS NULL AND d.kind <> 'staff') OR d.kind = ?1)"             \
    " AND (?2 IS NULL OR d.batch = ?2)"                                      \
    " AND (r.fields > 0 OR r.sure < ?3 OR (?4 AND r.pages > 0))"
#define WORST_FIRST                                                          \
    " ORDER BY r.fields + CASE WHEN ?4 THEN r.pages ELSE 0 END DESC,"        \
    " min(r.worst, r.sure), d.year, d.number"

enum status store_review_list(struct store *s, const struct review_filter *f,
                              enum status (*each)(void *user,
                                                  const struct review_row *r),
                              void *user)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    bool row = false;
    enum status st = sql_prepare(
        s->catalogue, &q,
        "SELECT d.id, d.kind, d.batch, d.title, d.pages, d.version, r.fields,"
        " r.pages, min(r.worst, r.sure)" WAITING WORST_FIRST " LIMIT ?5",
        "ssiii", f->kind, f->batch, (int64_t)f->min_confidence_pct,
        (int64_t)f->pages, f->limit < 0 ? INT64_C(-1) : f->limit);

    while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row) {
        const struct review_row r = {
            .id = sql_text(q, 0),
            .kind = sql_text(q, 1),
            .batch = sql_text(q, 2),
            .title = sql_text(q, 3),
            .pages = (int)sql_int(q, 4),
            .version = (int)sql_int(q, 5),
            .fields = (int)sql_int(q, 6),
            .doubtful_pages = (int)sql_int(q, 7),
            .worst_pct = (int)sql_int(q, 8),
        };

        st = each(user, &r);
    }
    return st;
}

enum status store_review_count(struct store *s, const struct review_filter *f,
                               int64_t *out)
{
    *out = 0;
    return sql_int_of(s->catalogue, out, "SELECT count(*)" WAITING, "ssii",
                      f->kind, f->batch, (int64_t)f->min_confidence_pct,
                      (int64_t)f->pages);
}
