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

/* ---- sorted lists of ids ---- */

struct ids {
    char **items;
    int n, cap;
};

static void ids_clear(struct ids *l)
{
    for (int i = 0; i < l->n; i++)
        free(l->items[i]);
    free(l->items);
    *l = (struct ids){0};
}

static enum status add_id(void *user, const char *id)
{
    struct ids *l = user;
    GROW(l->items, l->n, l->cap);
    l->items[l->n++] = xstrdup(id);
    return STATUS_OK;
}

static enum status add_row(void *user, const struct doc_row *d)
{
    return add_id(user, d->id);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct ids *l)
{
    if (l->n > 1)
        qsort(l->items, (size_t)l->n, sizeof(*l->items), compare);
}

static bool has(const struct ids *l, const char *id)
{
    return l->n > 0 && bsearch(&id, l->items, (size_t)l->n,
                               sizeof(*l->items), compare);
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

static enum status read_index(struct archive *a, bool staff, struct ids *out)
{
    AUTO(free_char) char *path = archive_index_path(a->dir, staff);
    AUTO(fulltext_closep) struct fulltext *f = NULL;
    enum status st = fulltext_open(path, FULLTEXT_READ, 0, &f);
    if (st == STATUS_NOT_FOUND)
        return STATUS_OK; /* every document of the kind will be missing */
    if (st == STATUS_OK)
        st = fulltext_ids(f, add_id, out);
    sort(out);
    return st;
}

static enum status read_outbox(struct archive *a, struct ids *out)
{
    enum status st = store_outbox(a->store, INT_MAX, &out->items, &out->n);
    out->cap = out->n;
    sort(out);
    return st;
}

static enum status read_catalogue(struct archive *a, bool staff,
                                  struct ids *out)
{
    struct list_filter f = {.kind = staff ? "staff" : NULL, .limit = -1};
    enum status st = store_list(a->store, &f, add_row, out);
    sort(out);
    return st;
}

/* Order matters: the index is read before the catalogue, so a row without a
 * document is real; the outbox is read again after both, so a document
 * without a row is real unless it waits, before or after. */
static enum status compare_index(struct archive *a, bool staff,
                                 struct verify_result *r)
{
    struct ids waiting = {0}, indexed = {0}, known = {0}, still = {0};
    enum status st = read_outbox(a, &waiting);
    if (st == STATUS_OK)
        st = read_index(a, staff, &indexed);
    if (st == STATUS_OK)
        st = read_catalogue(a, staff, &known);
    if (st == STATUS_OK)
        st = read_outbox(a, &still);
    const char *where = staff ? "state/staff.db" : "state/index.db";
    if (st == STATUS_DAMAGED) {
        add_finding(r, where, xstrdup(status_message()));
        st = STATUS_OK;
    } else if (st == STATUS_OK) {
        for (int i = 0; i < indexed.n; i++)
            if (!has(&known, indexed.items[i]))
                add_finding(r, where,
                            xasprintf(_("'%s' is in the index but not in the "
                                        "catalogue; run 'hoso rebuild'"),
                                      indexed.items[i]));
        for (int i = 0; i < known.n; i++)
            if (!has(&indexed, known.items[i]) &&
                !has(&waiting, known.items[i]) && !has(&still, known.items[i]))
                add_finding(r, where,
                            xasprintf(_("'%s' is not in the index; run 'hoso "
                                        "rebuild'"),
                                      known.items[i]));
    }
    ids_clear(&waiting);
    ids_clear(&indexed);
    ids_clear(&known);
    ids_clear(&still);
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
