/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Proof: the store checks packages and catalogue; here the index is held
 * against the catalogue as well. An ingest may be running: a document that
 * still waits in the outbox is not missing from the index.
 */
#include "service/archive.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "service/machine.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- sorted lists ---- */

/* A document as the index or the catalogue has it; like says what both must
 * say the same. */
struct listed {
    char *id, *like;
};

struct list {
    struct listed *items;
    int n, cap;
};

static void list_clear(struct list *l)
{
    for (int i = 0; i < l->n; i++) {
        free(l->items[i].id);
        free(l->items[i].like);
    }
    free(l->items);
    *l = (struct list){0};
}

static void add(struct list *l, const char *id, char *like)
{
    GROW(l->items, l->n, l->cap);
    l->items[l->n++] = (struct listed){xstrdup(id), like};
}

static char *likeness(const char *kind, const char *batch, const char *title,
                      int pages, time_t stored_at)
{
    return xasprintf("%s\n%s\n%s\n%d\n%lld", kind, batch ? batch : "",
                     title ? title : "", pages > 0 ? pages : 1,
                     (long long)stored_at);
}

static enum status add_indexed(void *user, const struct indexed *d)
{
    add(user, d->id,
        likeness(d->kind, d->batch, d->title, d->pages, d->stored_at));
    return STATUS_OK;
}

static enum status add_row(void *user, const struct doc_row *d)
{
    add(user, d->id,
        likeness(d->kind, d->batch, d->title, d->pages, d->stored_at));
    return STATUS_OK;
}

static int compare(const void *a, const void *b)
{
    const struct listed *x = a, *y = b;
    return strcmp(x->id, y->id);
}

static void sort(struct list *l)
{
    if (l->n > 1)
        qsort(l->items, (size_t)l->n, sizeof(*l->items), compare);
}

static const struct listed *get(const struct list *l, const char *id)
{
    struct listed key = {.id = (char *)id};
    return l->n > 0 ? bsearch(&key, l->items, (size_t)l->n, sizeof(key),
                              compare)
                    : NULL;
}

/* ---- index against catalogue ---- */

static void add_finding(struct verify_result *r, const char *where,
                        char *text)
{
    GROW(r->findings, r->n_findings, r->cap_findings);
    r->findings[r->n_findings++] = (struct finding){.check = CHECK_INDEX,
                                                    .error = true,
                                                    .where = xstrdup(where),
                                                    .text = text};
    r->ok = false;
}

static enum status read_index(struct archive *a, bool staff, struct list *out)
{
    AUTO(fulltext_closep) struct fulltext *f = NULL;
    enum status st = archive_index_reader(a, staff, &f);
    if (st == STATUS_NOT_FOUND)
        return STATUS_OK; /* every document of the kind will be missing */
    if (st == STATUS_OK)
        st = fulltext_ids(f, add_indexed, out);
    sort(out);
    return st;
}

static enum status read_outbox(struct archive *a, struct list *out)
{
    char **ids = NULL;
    int n = 0;
    enum status st = store_outbox(a->store, INT_MAX, &ids, &n);
    for (int i = 0; i < n; i++) {
        add(out, ids[i], NULL);
        free(ids[i]);
    }
    free(ids);
    sort(out);
    return st;
}

static enum status read_catalogue(struct archive *a, bool staff,
                                  struct list *out)
{
    struct list_filter f = {.kind = staff ? "staff" : NULL, .limit = -1};
    enum status st = store_list(a->store, &f, add_row, out);
    sort(out);
    return st;
}

/* What was read, in this order: the index is read before the catalogue, so a
 * row without a document is real; the outbox is read again after both, so a
 * document without a row is real unless it waits, before or after. */
struct lists {
    struct list waiting, indexed, known, still;
};

static bool waits(const struct lists *l, const char *id)
{
    return get(&l->waiting, id) || get(&l->still, id);
}

static void compare_lists(const struct lists *l, const char *where,
                          struct verify_result *r)
{
    for (int i = 0; i < l->indexed.n; i++)
        if (!get(&l->known, l->indexed.items[i].id))
            add_finding(r, where,
                        xasprintf(_("'%s' is in the index but not in the "
                                    "catalogue; run 'hoso reindex'"),
                                  l->indexed.items[i].id));
    for (int i = 0; i < l->known.n; i++) {
        const struct listed *doc = &l->known.items[i];
        const struct listed *row = get(&l->indexed, doc->id);
        if (waits(l, doc->id))
            continue;
        if (!row)
            add_finding(
                r, where,
                xasprintf(_("'%s' is not in the index; run 'hoso reindex'"),
                          doc->id));
        else if (strcmp(row->like, doc->like) != 0)
            add_finding(r, where,
                        xasprintf(_("'%s' is in the index as it was, not as "
                                    "it is; run 'hoso reindex'"),
                                  doc->id));
    }
}

static enum status compare_index(struct archive *a, bool staff,
                                 struct verify_result *r)
{
    struct lists l = {0};
    enum status st = read_outbox(a, &l.waiting);
    if (st == STATUS_OK)
        st = read_index(a, staff, &l.indexed);
    bool unreadable = st == STATUS_DAMAGED || st == STATUS_UNSUPPORTED;
    const char *where = staff ? "state/staff.db" : "state/index.db";
    if (unreadable) {
        add_finding(r, where, xstrdup(status_message()));
        st = STATUS_OK;
    } else {
        if (st == STATUS_OK)
            st = read_catalogue(a, staff, &l.known);
        if (st == STATUS_OK)
            st = read_outbox(a, &l.still);
        if (st == STATUS_OK)
            compare_lists(&l, where, r);
    }
    list_clear(&l.waiting);
    list_clear(&l.indexed);
    list_clear(&l.known);
    list_clear(&l.still);
    return st;
}

enum status archive_verify(struct archive *a, const char *const *ids,
                           int n_ids,
                           void (*progress)(void *user, uint64_t done,
                                            uint64_t all),
                           void *user, struct verify_result *out)
{
    struct pool_options po;
    machine_pool_options(a->config, 0, &po);
    enum status st = store_verify(a->store, ids, n_ids, po.jobs, progress,
                                  user, out);
    if (st != STATUS_OK || n_ids > 0)
        return st;
    st = compare_index(a, false, out);
    return st == STATUS_OK ? compare_index(a, true, out) : st;
}
