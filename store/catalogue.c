/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the catalogue: written from records, read as struct doc_row. */
#include "store/versions.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void doc_row_clear(struct doc_row *d)
{
    for (int i = 0; i < d->n_sources; i++) {
        free(d->sources[i].name);
        free(d->sources[i].sha256);
    }
    free(d->sources);
    free(d->id);
    free(d->kind);
    free(d->batch);
    free(d->title);
    free(d->state);
    free(d->package);
    free(d->package_sha256);
    memset(d, 0, sizeof(*d));
}

static char *copy_or_empty(const char *s)
{
    return xstrdup(s ? s : "");
}

void doc_row_of_record(const struct record *r, const char *package,
                       const char *sha256, uint64_t bytes, struct doc_row *out)
{
    memset(out, 0, sizeof(*out));
    out->id = copy_or_empty(r->id);
    out->kind = copy_or_empty(r->kind);
    out->batch = copy_or_empty(r->batch);
    out->title = copy_or_empty(r->title);
    out->state = xstrdup(record_state(r));
    out->pages = r->n_pages;
    out->version = record_version(r);
    out->stored_at = r->stored_at;
    out->package = xstrdup(package);
    out->package_sha256 = xstrdup(sha256);
    out->package_bytes = (int64_t)bytes;
    out->n_sources = r->n_sources;
    out->sources = xcalloc((size_t)r->n_sources + 1, sizeof(*out->sources));
    for (int i = 0; i < r->n_sources; i++) {
        out->sources[i].name = copy_or_empty(r->sources[i].name);
        out->sources[i].sha256 = copy_or_empty(r->sources[i].sha256);
        out->sources[i].bytes = (int64_t)r->sources[i].bytes;
    }
}

static bool same_sources(const struct doc_row *a, const struct doc_row *b)
{
    if (a->n_sources != b->n_sources)
        return false;
    for (int i = 0; i < a->n_sources; i++) {
        const struct doc_source *x = &a->sources[i];
        const struct doc_source *y = &b->sources[i];

        if (strcmp(x->name, y->name) != 0 ||
            strcmp(x->sha256, y->sha256) != 0 || x->bytes != y->bytes)
            return false;
    }
    return true;
}

const char *doc_row_difference(const struct doc_row *a, const struct doc_row *b)
{
    if (strcmp(a->id, b->id) != 0)
        return N_("id");
    if (strcmp(a->kind, b->kind) != 0)
        return N_("kind");
    if (strcmp(a->batch, b->batch) != 0)
        return N_("batch");
    if (strcmp(a->title, b->title) != 0)
        return N_("title");
    if (strcmp(a->state, b->state) != 0)
        return N_("state");
    if (a->pages != b->pages)
        return N_("number of pages");
    if (a->version != b->version)
        return N_("version");
    if (a->stored_at != b->stored_at)
        return N_("time of storing");
    return same_sources(a, b) ? NULL : N_("sources");
}

static enum status insert_sources(struct sql *catalogue, const struct record *r)
{
    for (int i = 0; i < r->n_sources; i++) {
        const struct source *src = &r->sources[i];
        enum status st = sql_run(
            catalogue, "INSERT INTO source VALUES(?, ?, ?, ?, ?, ?)", "sissis",
            r->id, (int64_t)(i + 1), src->name ? src->name : "", src->sha256,
            (int64_t)src->bytes, src->path ? src->path : "");

        if (st != STATUS_OK)
            return st;
    }
    return STATUS_OK;
}

enum status catalogue_insert(struct sql *catalogue, const struct doc_row *d,
                             const struct record *r)
{
    int year = 0;
    int64_t number = 0;
    enum status st;

    if (!id_parse(d->id, &year, &number))
        return fail(STATUS_DAMAGED, _("'%s' is no id of a document"), d->id);
    st = sql_run(catalogue,
                 "INSERT INTO document VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                 "siisssiis", d->id, (int64_t)year, number, d->kind, d->batch,
                 d->title, (int64_t)d->pages, (int64_t)d->stored_at, d->state);
    if (st == STATUS_OK)
        st = sql_run(catalogue, "INSERT INTO package VALUES(?, ?, 1, ?, ?)",
                     "sssi", d->package, d->id, d->package_sha256,
                     d->package_bytes);
    if (st == STATUS_OK)
        st = insert_sources(catalogue, r);
    if (st == STATUS_OK)
        st = review_put(catalogue, r);
    if (st == STATUS_OK)
        st = sql_run(catalogue, "INSERT INTO outbox VALUES(?)", "s", d->id);
    return st;
}

enum status catalogue_find_source(struct sql *catalogue, const char *sha256,
                                  bool *found, char id[STORE_ID_BYTES])
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    enum status st = sql_prepare(
        catalogue, &s,
        "SELECT d.id FROM source AS s JOIN document AS d ON d.id = s.document"
        " WHERE s.sha256 = ? ORDER BY d.year, d.number LIMIT 1",
        "s", sha256);

    if (st == STATUS_OK)
        st = sql_step(s, found);
    if (st == STATUS_OK && *found)
        snprintf(id, STORE_ID_BYTES, "%s", sql_text(s, 0));
    return st;
}

enum status catalogue_last_number(struct sql *catalogue, int year, int64_t *out)
{
    *out = 0;
    return sql_int_of(catalogue, out,
                      "SELECT max(number) FROM document WHERE year = ?", "i",
                      (int64_t)year);
}

static enum status read_sources(struct sql *catalogue, struct doc_row *d)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    int cap = 0;
    bool row = false;
    enum status st = sql_prepare(catalogue, &s,
                                 "SELECT name, sha256, bytes FROM source"
                                 " WHERE document = ? ORDER BY position",
                                 "s", d->id);

    if (st != STATUS_OK)
        return st;
    while ((st = sql_step(s, &row)) == STATUS_OK && row) {
        struct doc_source *src;

        GROW(d->sources, d->n_sources, cap);
        src = &d->sources[d->n_sources++];
        src->name = xstrdup(sql_text(s, 0));
        src->sha256 = xstrdup(sql_text(s, 1));
        src->bytes = sql_int(s, 2);
    }
    return st;
}

enum status catalogue_get(struct sql *catalogue, const char *id,
                          struct doc_row *out)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;
    enum status st = sql_prepare(
        catalogue, &s,
        "SELECT d.kind, d.batch, d.title, d.pages, d.stored_at, d.state,"
        " p.path, p.sha256, p.bytes, d.version FROM document AS d JOIN package AS p"
        " ON p.document = d.id AND p.version = d.version WHERE d.id = ?",
        "s", id);

    memset(out, 0, sizeof(*out));
    if (st == STATUS_OK)
        st = sql_step(s, &row);
    if (st != STATUS_OK)
        return st;
    if (!row)
        return fail(STATUS_NOT_FOUND,
                    _("there is no document '%s' in the archive"), id);
    out->id = xstrdup(id);
    out->kind = xstrdup(sql_text(s, 0));
    out->batch = xstrdup(sql_text(s, 1));
    out->title = xstrdup(sql_text(s, 2));
    out->pages = (int)sql_int(s, 3);
    out->stored_at = (time_t)sql_int(s, 4);
    out->state = xstrdup(sql_text(s, 5));
    out->package = xstrdup(sql_text(s, 6));
    out->package_sha256 = xstrdup(sql_text(s, 7));
    out->package_bytes = sql_int(s, 8);
    out->version = (int)sql_int(s, 9);
    st = read_sources(catalogue, out);
    if (st != STATUS_OK)
        doc_row_clear(out);
    return st;
}
