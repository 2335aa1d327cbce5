/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much was scanned, by whom, and how well: sums over the documents. Staff
 * papers are counted with all others; nothing they say is shown. */
#include "service/report_inner.h"

#include "base/alloc.h"
#include "service/doubtful.h"

#include <stdlib.h>
#include <string.h>

/* A document is a rescan where an earlier scan of the same result was
 * stored. */
#define RESCANS                                                               \
    "WITH good AS (SELECT m.result, m.document, d.stored_at FROM match AS m"  \
    " JOIN document AS d ON d.id = m.document"                                \
    " WHERE m.state IN ('sure', 'confirmed')), rescan AS ("                   \
    " SELECT DISTINCT b.document FROM good AS a JOIN good AS b"               \
    " ON a.result = b.result AND (a.stored_at, a.document) <"                 \
    " (b.stored_at, b.document)) "

#define SUMS                                                                \
    "count(*), sum(pages), sum(a4), sum(low_pages), sum(blank_pages),"      \
    " sum(bad_pages), sum(id IN (SELECT document FROM rescan)),"            \
    " total(confidence * pages) / max(total(CASE WHEN confidence > 0 THEN"  \
    " pages ELSE 0 END), 1), min(stored_at), max(stored_at) FROM document"  \
    " WHERE (?1 = 0 OR stored_at >= ?1) AND (?2 = 0 OR stored_at <= ?2)"    \
    " AND (?3 IS NULL OR batch = ?3)"

static const char *const queries[] = {
    [QUALITY_BATCH] = RESCANS "SELECT batch, " SUMS
                              " GROUP BY batch ORDER BY min(stored_at), batch",
    [QUALITY_OPERATOR] = RESCANS "SELECT operator, " SUMS
                                 " GROUP BY operator ORDER BY operator",
    [QUALITY_DAY] = RESCANS "SELECT date(stored_at, 'unixepoch'), " SUMS
                            " GROUP BY 1 ORDER BY 1",
};

#define DOUBTFUL_DOCUMENTS_MAX 200 /* read for their pages, newest first */

#define DOUBTFUL                                                            \
    "SELECT id FROM document WHERE low_pages + blank_pages + bad_pages > 0" \
    " AND (?1 = 0 OR stored_at >= ?1) AND (?2 = 0 OR stored_at <= ?2)"      \
    " AND (?3 IS NULL OR batch = ?3) ORDER BY stored_at DESC, id DESC"

#define ALL RESCANS "SELECT '', " SUMS

void quality_report_clear(struct quality_report *r)
{
    for (int i = 0; i < r->n_rows; i++)
        free(r->rows[i].name);
    free(r->rows);
    free(r->all.name);
    doubtful_pages_free(r->doubtful, r->n_doubtful);
    *r = (struct quality_report){0};
}

static struct quality_row row_of(struct sql_stmt *s)
{
    return (struct quality_row){
        .name = xstrdup(sql_text(s, 0)),
        .documents = sql_int(s, 1),
        .pages = sql_int(s, 2),
        .a4 = sql_int(s, 3),
        .low_pages = sql_int(s, 4),
        .blank_pages = sql_int(s, 5),
        .bad_pages = sql_int(s, 6),
        .rescans = sql_int(s, 7),
        .confidence = sql_double(s, 8),
        .first = (time_t)sql_int(s, 9),
        .last = (time_t)sql_int(s, 10),
    };
}

/* Nothing a staff paper says is shown, nor what its file was called. */
static enum status add_doubtful(struct archive *a, const char *id,
                                struct quality_report *out)
{
    AUTO(record_freep) struct record *rec = NULL;
    enum status st = store_read_record(a->store, id, &rec);
    if (st != STATUS_OK)
        return st;
    for (int i = 0; i < rec->n_pages; i++) {
        if (rec->pages[i].state == PAGE_OK)
            continue;
        struct doubtful_page page = doubtful_page_of(rec, i);
        if (strcmp(rec->kind, "staff") == 0) {
            free(page.name);
            page.name = NULL;
        }
        GROW(out->doubtful, out->n_doubtful, out->cap_doubtful);
        out->doubtful[out->n_doubtful++] = page;
    }
    return STATUS_OK;
}

static enum status find_doubtful(struct archive *a, struct sql *db, time_t from,
                                 time_t to, const char *batch,
                                 struct quality_report *out)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;
    int n = 0;
    enum status st = sql_prepare(db, &s, DOUBTFUL, "iis", (int64_t)from,
                                 (int64_t)to, batch);
    while (st == STATUS_OK && (st = sql_step(s, &row)) == STATUS_OK && row) {
        if (n++ < DOUBTFUL_DOCUMENTS_MAX)
            st = add_doubtful(a, sql_text(s, 0), out);
        else
            out->documents_left++;
    }
    return st;
}

enum status archive_quality(struct archive *a, enum quality_by by, time_t from,
                            time_t to, const char *batch,
                            struct quality_report *out)
{
    AUTO(sql_finishp) struct sql_stmt *rows = NULL, *all = NULL;
    struct sql *db = NULL;
    bool row = false;
    *out = (struct quality_report){.by = by};
    enum status st = archive_registers(a, &db);
    if (st == STATUS_OK)
        st = sql_prepare(db, &rows, queries[by], "iis", (int64_t)from,
                         (int64_t)to, batch);
    while (st == STATUS_OK && (st = sql_step(rows, &row)) == STATUS_OK &&
           row) {
        GROW(out->rows, out->n_rows, out->cap_rows);
        out->rows[out->n_rows++] = row_of(rows);
    }
    if (st == STATUS_OK)
        st = sql_prepare(db, &all, ALL, "iis", (int64_t)from, (int64_t)to,
                         batch);
    if (st == STATUS_OK)
        st = sql_step(all, &row);
    if (st == STATUS_OK && row)
        out->all = row_of(all);
    if (st == STATUS_OK)
        st = find_doubtful(a, db, from, to, batch, out);
    if (st != STATUS_OK)
        quality_report_clear(out);
    return st;
}

/* Documents are gathered also where there is no register to match them to. */
enum status archive_refresh(struct archive *a)
{
    enum status st = registers_gather(a->store, NULL);
    return st == STATUS_OK ? archive_match_new(a) : st;
}
