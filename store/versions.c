/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A document is the sum of its packages: the first holds the originals and
 * never changes, each amendment behind it a whole new record. What may differ
 * between two of them, and how they stand in the catalogue.
 */
#include "store/versions.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

int record_version(const struct record *r)
{
    return r->n_versions > 0 ? r->versions[r->n_versions - 1].number : 1;
}

time_t record_changed_at(const struct record *r)
{
    return record_version(r) > 1 ? r->versions[r->n_versions - 1].at
                                 : r->stored_at;
}

void package_rows_clear(struct package_rows *l)
{
    for (int i = 0; i < l->n; i++) {
        free(l->items[i].path);
        free(l->items[i].sha256);
    }
    free(l->items);
    memset(l, 0, sizeof(*l));
}

enum status package_rows_get(struct sql *catalogue, const char *id, int newest,
                             struct package_rows *out)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    bool row = false;
    enum status st = sql_prepare(
        catalogue, &q,
        "SELECT version, path, sha256, bytes FROM package"
        " WHERE document = ? AND version <= ? ORDER BY version",
        "si", id, (int64_t)newest);

    memset(out, 0, sizeof(*out));
    while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row) {
        struct package_row *p;

        GROW(out->items, out->n, out->cap);
        p = &out->items[out->n++];
        p->version = (int)sql_int(q, 0);
        p->path = xstrdup(sql_text(q, 1));
        p->sha256 = xstrdup(sql_text(q, 2));
        p->bytes = sql_int(q, 3);
    }
    if (st != STATUS_OK)
        package_rows_clear(out);
    return st;
}

static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_version(const struct version *a, const struct version *b)
{
    return a->number == b->number && a->at == b->at &&
           a->seconds == b->seconds && same(a->agent, b->agent) &&
           same(a->note, b->note);
}

static bool same_source(const struct source *a, const struct source *b)
{
    return same(a->name, b->name) && same(a->name_hex, b->name_hex) &&
           same(a->sha256, b->sha256) && a->bytes == b->bytes &&
           same(a->media_type, b->media_type) && same(a->path, b->path) &&
           a->pages == b->pages;
}

const char *version_fault(const struct record *last, const struct record *next)
{
    if (!same(last->id, next->id) || !same(last->kind, next->kind) ||
        !same(last->batch, next->batch) || last->stored_at != next->stored_at)
        return _("id, kind, batch and time of storing cannot be amended");
    if (last->n_sources != next->n_sources || last->n_pages != next->n_pages)
        return _("the originals cannot be amended");
    for (int i = 0; i < last->n_sources; i++)
        if (!same_source(&last->sources[i], &next->sources[i]))
            return _("the originals cannot be amended");
    if (next->n_versions <= last->n_versions ||
        record_version(next) <= record_version(last))
        return _("it is no later version");
    for (int i = 0; i < last->n_versions; i++)
        if (!same_version(&last->versions[i], &next->versions[i]))
            return _("its history is not that of the version before");
    return NULL;
}

enum status catalogue_amend(struct sql *catalogue, const struct doc_row *d,
                            const struct record *r)
{
    int64_t version = record_version(r);
    enum status st =
        sql_run(catalogue,
                "UPDATE document SET title = ?, state = ?, version = ?"
                " WHERE id = ?",
                "ssis", d->title, d->state, version, d->id);

    if (st == STATUS_OK)
        st = sql_run(catalogue, "INSERT INTO package VALUES(?, ?, ?, ?, ?)",
                     "ssisi", d->package, d->id, version, d->package_sha256,
                     d->package_bytes);
    if (st == STATUS_OK)
        st = review_put(catalogue, r);
    if (st == STATUS_OK)
        st = sql_run(catalogue, "INSERT OR IGNORE INTO outbox VALUES(?)", "s",
                     d->id);
    return st;
}
