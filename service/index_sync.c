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

/* Some 50 ms under the lock at a time; what is left waits for the next. */
enum { TIDY_BLOCKS = 256, TIDY_ROUNDS = 16 };

char *archive_index_path(const char *dir, bool staff)
{
    return xasprintf("%s/state/%s", dir, staff ? "staff.db" : "index.db");
}

/* Documents of the kind an index is for. */
static enum status count_documents(struct archive *a, bool staff, int64_t *n)
{
    struct list_filter all = {.kind = staff ? "staff" : NULL, .limit = -1};
    return store_count(a->store, &all, n);
}

enum status archive_index_open(struct archive *a, bool staff,
                               struct fulltext **out)
{
    struct fulltext **slot = staff ? &a->staff : &a->index;
    int64_t n = 0;
    enum status st = STATUS_OK;
    if (!*slot) {
        AUTO(free_char) char *path = archive_index_path(a->dir, staff);
        unsigned mode = staff ? STAFF_INDEX_MODE : INDEX_MODE;
        st = fulltext_open(path, FULLTEXT_WRITE, mode, slot);
        /* One that cannot be read is lost anyway. */
        if (st == STATUS_DAMAGED)
            st = archive_drop_index(a, staff);
        if (st == STATUS_OK && !*slot)
            st = fulltext_open(path, FULLTEXT_WRITE, mode, slot);
        if (st == STATUS_OK && fulltext_is_new(*slot))
            st = count_documents(a, staff, &n);
        /* A reindex that comes later goes on with this. */
        bool resumed;
        if (st == STATUS_OK && n > 0)
            st = fulltext_renew(*slot, &resumed);
        if (st == STATUS_OK && n > 0)
            st = store_outbox_all(a->store);
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

static enum status tidy(struct archive *a, struct fulltext *f)
{
    enum status st = STATUS_OK;
    bool more = f != NULL;
    for (int i = 0; i < TIDY_ROUNDS && more && st == STATUS_OK; i++) {
        st = store_lock(a->store);
        if (st != STATUS_OK)
            return st;
        st = fulltext_tidy(f, TIDY_BLOCKS, &more);
        store_unlock(a->store);
    }
    return st;
}

enum status archive_index_tidy(struct archive *a)
{
    enum status st = tidy(a, a->index);
    if (st == STATUS_OK)
        st = tidy(a, a->staff);
    return st == STATUS_OK ? archive_index_settle(a) : st;
}

enum status archive_index(struct archive *a, const struct record *r)
{
    enum status st = store_lock(a->store);
    if (st != STATUS_OK)
        return st;
    struct fulltext *f;
    st = archive_index_open(a, strcmp(r->kind, "staff") == 0, &f);
    if (st == STATUS_OK)
        st = fulltext_put(f, r);
    if (st == STATUS_OK)
        st = store_outbox_done(a->store, r->id);
    if (st == STATUS_OK && ++a->unmoved >= SETTLE_EVERY)
        st = archive_index_settle(a);
    store_unlock(a->store);
    return st;
}

/* Documents of the outbox that go in together. */
struct batch {
    struct archive *a;
    char **ids;
    int n, at;
    int first;   /* of those that are in, but not committed */
    bool open[2]; /* general, staff */
    int pages;
};

static enum status put_one(struct batch *b, const char *id, int64_t *pages)
{
    AUTO(record_freep) struct record *r = NULL;
    struct fulltext *f;
    enum status st = store_read_record(b->a->store, id, &r);
    if (st != STATUS_OK)
        return st;
    bool staff = strcmp(r->kind, "staff") == 0;
    st = archive_index_open(b->a, staff, &f);
    if (st == STATUS_OK && !b->open[staff]) {
        st = fulltext_begin(f, ARCHIVE_BATCH_PAGES);
        b->open[staff] = st == STATUS_OK;
    }
    if (st == STATUS_OK)
        st = fulltext_put(f, r);
    b->pages += r->n_pages + 1;
    if (pages && st == STATUS_OK)
        *pages += r->n_pages;
    return st;
}

/* What is committed leaves the outbox; what could not be read stays: verify
 * names the package. */
static enum status end_batch(struct batch *b)
{
    enum status st = STATUS_OK;
    for (int staff = 0; staff < 2; staff++)
        if (b->open[staff] && st == STATUS_OK)
            st = fulltext_commit(staff ? b->a->staff : b->a->index);
    b->open[0] = b->open[1] = false;
    for (; b->first < b->at && st == STATUS_OK; b->first++)
        if (b->ids[b->first][0])
            st = store_outbox_done(b->a->store, b->ids[b->first]);
    b->pages = 0;
    return st == STATUS_OK ? archive_index_settle(b->a) : st;
}

static enum status put_batch(struct batch *b, int64_t *pages)
{
    enum status st = store_lock(b->a->store);
    if (st != STATUS_OK)
        return st;
    for (; b->at < b->n && b->pages < ARCHIVE_BATCH_PAGES; b->at++) {
        st = put_one(b, b->ids[b->at], pages);
        if (st == STATUS_DAMAGED || st == STATUS_NOT_FOUND) {
            b->ids[b->at][0] = '\0';
            st = STATUS_OK;
        }
        if (st != STATUS_OK)
            break;
    }
    if (st == STATUS_OK)
        st = end_batch(b);
    store_unlock(b->a->store);
    return st;
}

/* An index of an older hoso, or one that is lost, puts all into the outbox. */
static enum status open_both(struct archive *a)
{
    struct fulltext *f;
    enum status st = store_lock(a->store);
    for (int staff = 0; staff < 2 && st == STATUS_OK; staff++)
        st = archive_index_open(a, staff, &f);
    store_unlock(a->store);
    return st;
}

enum status archive_index_reader(struct archive *a, bool staff,
                                 struct fulltext **out)
{
    AUTO(free_char) char *path = archive_index_path(a->dir, staff);
    AUTO(archive_closep) struct archive *writer = NULL;
    enum status st = fulltext_open(path, FULLTEXT_READ, 0, out);
    if (st != STATUS_UNSUPPORTED)
        return st;
    /* Opening for writing makes an older one anew. Who may not write is told
     * what the index is. */
    (void)!archive_open(a->dir, STORE_WRITE, &writer);
    return fulltext_open(path, FULLTEXT_READ, 0, out);
}

enum status archive_index_waiting(struct archive *a, int64_t *pages)
{
    struct batch b = {.a = a};
    enum status st = open_both(a);
    if (st == STATUS_OK)
        st = store_outbox(a->store, INT_MAX, &b.ids, &b.n);
    while (st == STATUS_OK && b.at < b.n)
        st = put_batch(&b, pages);
    for (int i = 0; i < b.n; i++)
        free(b.ids[i]);
    free(b.ids);
    return st;
}
