/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The index follows the catalogue: a document leaves the outbox only when its
 * words are durable in the index, so a crash between the two is made good by
 * the next start. Staff dossiers go to an index of their own.
 */
#include "service/archive.h"

#include "base/alloc.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Checkpointing after every document would fsync twice for each. */
#define SETTLE_EVERY 64

char *archive_index_path(const char *dir, bool staff)
{
    return xasprintf("%s/state/%s", dir, staff ? "staff.db" : "index.db");
}

static enum status writable(struct archive *a, bool staff,
                            struct fulltext **out)
{
    struct fulltext **slot = staff ? &a->staff : &a->index;
    enum status st = STATUS_OK;
    if (!*slot) {
        AUTO(free_char) char *path = archive_index_path(a->dir, staff);
        st = fulltext_open(path, FULLTEXT_WRITE,
                           staff ? STAFF_INDEX_MODE : INDEX_MODE, slot);
    }
    *out = *slot;
    return st;
}

enum status archive_index_settle(struct archive *a)
{
    enum status st = store_lock(a->store);
    if (st != STATUS_OK)
        return st;
    if (a->index)
        st = fulltext_checkpoint(a->index);
    if (a->staff && st == STATUS_OK)
        st = fulltext_checkpoint(a->staff);
    a->unmoved = 0;
    store_unlock(a->store);
    return st;
}

enum status archive_index(struct archive *a, const struct record *r)
{
    enum status st = store_lock(a->store);
    if (st != STATUS_OK)
        return st;
    struct fulltext *f;
    st = writable(a, strcmp(r->kind, "staff") == 0, &f);
    if (st == STATUS_OK)
        st = fulltext_put(f, r);
    if (st == STATUS_OK)
        st = store_outbox_done(a->store, r->id);
    if (st == STATUS_OK && ++a->unmoved >= SETTLE_EVERY)
        st = archive_index_settle(a);
    store_unlock(a->store);
    return st;
}

static enum status index_by_id(struct archive *a, const char *id,
                               int64_t *pages)
{
    AUTO(record_freep) struct record *r = NULL;
    enum status st = store_read_record(a->store, id, &r);
    if (st == STATUS_DAMAGED || st == STATUS_NOT_FOUND)
        return STATUS_OK; /* stays in the outbox; verify names the package */
    if (st != STATUS_OK)
        return st;
    if (pages)
        *pages += r->n_pages;
    return archive_index(a, r);
}

enum status archive_index_waiting(struct archive *a, int64_t *pages)
{
    char **ids = NULL;
    int n = 0;
    enum status st = store_outbox(a->store, INT_MAX, &ids, &n);
    for (int i = 0; i < n; i++) {
        if (st == STATUS_OK)
            st = index_by_id(a, ids[i], pages);
        free(ids[i]);
    }
    free(ids);
    if (st == STATUS_OK && n > 0)
        st = archive_index_settle(a);
    return st;
}
