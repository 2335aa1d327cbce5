/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The index again from the packages, document by document in the place where
 * it is, so that searching goes on and finds every document all the time. What
 * is done is durable and marked as done: a reindex that was killed goes on
 * where it stopped. The writer lock is given back between batches, so that an
 * ingest may run beside it.
 */
#include "service/archive.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static void add(struct ids *l, const char *id)
{
    GROW(l->items, l->n, l->cap);
    l->items[l->n++] = xstrdup(id);
}

static enum status add_known(void *user, const struct doc_row *d)
{
    add(user, d->id);
    return STATUS_OK;
}

/* What the index has: all of it, and what was done already. */
struct present {
    struct ids all, done;
};

static enum status add_present(void *user, const struct indexed *d)
{
    struct present *p = user;
    add(&p->all, d->id);
    if (d->renewed)
        add(&p->done, d->id);
    return STATUS_OK;
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
    return l->n > 0 &&
           bsearch(&id, l->items, (size_t)l->n, sizeof(*l->items), compare);
}

enum status archive_drop_index(const struct archive *a, bool staff)
{
    static const char *const parts[] = {"", "-wal", "-shm"};
    AUTO(free_char) char *path = archive_index_path(a->dir, staff);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        AUTO(free_char) char *part = xasprintf("%s%s", path, parts[i]);
        if (unlink(part) < 0 && errno != ENOENT)
            return fail_errno(STATUS_IO, errno, _("'%s' cannot be removed"),
                              part);
    }
    return STATUS_OK;
}

/* An index that cannot be read is lost anyway: it is begun anew. */
static enum status open_index(struct archive *a, bool staff,
                              struct fulltext **out)
{
    enum status st = archive_index_open(a, staff, out);
    if (st != STATUS_DAMAGED)
        return st;
    fulltext_closep(staff ? &a->staff : &a->index);
    st = archive_drop_index(a, staff);
    return st == STATUS_OK ? archive_index_open(a, staff, out) : st;
}

struct reindex {
    struct archive *a;
    bool staff;
    struct fulltext *f;
    const struct reindex_options *o;
    struct reindex_result *out;
};

/* Under the lock: a batch of documents from ids[*at] on. */
static enum status put_batch(struct reindex *r, const struct ids *todo,
                             int *at)
{
    int pages = 0;
    enum status st = fulltext_begin(r->f, ARCHIVE_BATCH_PAGES);
    if (st != STATUS_OK)
        return st;
    for (; *at < todo->n && pages < ARCHIVE_BATCH_PAGES; ++*at) {
        AUTO(record_freep) struct record *rec = NULL;
        st = store_read_record(r->a->store, todo->items[*at], &rec);
        if (st == STATUS_DAMAGED || st == STATUS_NOT_FOUND) {
            r->out->unread++; /* verify names the package */
            continue;
        }
        if (st == STATUS_OK)
            st = fulltext_put(r->f, rec);
        if (st != STATUS_OK)
            return st; /* the batch is undone */
        r->out->documents++;
        r->out->pages += rec->n_pages;
        pages += rec->n_pages + 1;
    }
    st = fulltext_commit(r->f);
    return st == STATUS_OK ? fulltext_checkpoint(r->f) : st;
}

static enum status put_all(struct reindex *r, const struct ids *todo)
{
    enum status st = STATUS_OK;
    for (int at = 0; at < todo->n && st == STATUS_OK;) {
        if (r->o->cancelled && r->o->cancelled(r->o->user))
            return fail(STATUS_CANCELLED,
                        _("stopped; 'hoso reindex' goes on from here"));
        st = store_lock(r->a->store);
        if (st != STATUS_OK)
            return st;
        st = put_batch(r, todo, &at);
        store_unlock(r->a->store);
        if (r->o->progress)
            r->o->progress(r->o->user, at, todo->n);
    }
    return st;
}

/* Documents of the index that the catalogue does not have. */
static enum status drop_orphans(struct reindex *r, const struct present *p,
                                const struct ids *known)
{
    enum status st = STATUS_OK;
    for (int i = 0; i < p->all.n && st == STATUS_OK; i++) {
        if (has(known, p->all.items[i]))
            continue;
        st = fulltext_remove(r->f, p->all.items[i]);
        r->out->removed++;
    }
    return st;
}

/* Under the lock: what there is, and what is to be done. */
static enum status look(struct reindex *r, struct ids *todo)
{
    struct present p = {0};
    struct ids known = {0};
    bool resumed = false;
    struct list_filter all = {.kind = r->staff ? "staff" : NULL, .limit = -1};
    enum status st = open_index(r->a, r->staff, &r->f);
    if (st == STATUS_OK)
        st = fulltext_renew(r->f, &resumed);
    if (st == STATUS_OK)
        st = fulltext_ids(r->f, add_present, &p);
    if (st == STATUS_OK)
        st = store_list(r->a->store, &all, add_known, &known);
    sort(&p.done);
    sort(&known);
    if (st == STATUS_OK)
        st = drop_orphans(r, &p, &known);
    for (int i = 0; i < known.n && st == STATUS_OK; i++)
        if (!has(&p.done, known.items[i]))
            add(todo, known.items[i]);
    r->out->resumed |= resumed;
    ids_clear(&p.all);
    ids_clear(&p.done);
    ids_clear(&known);
    return st;
}

/* Under the lock, when all is done. */
static enum status finish(struct reindex *r)
{
    enum status st = fulltext_optimize(r->f);
    if (st == STATUS_OK)
        st = fulltext_renewed(r->f);
    return st == STATUS_OK ? fulltext_checkpoint(r->f) : st;
}

static enum status reindex_one(struct reindex *r)
{
    struct ids todo = {0};
    enum status st = store_lock(r->a->store);
    if (st != STATUS_OK)
        return st;
    st = look(r, &todo);
    store_unlock(r->a->store);
    if (st == STATUS_OK)
        st = put_all(r, &todo);
    ids_clear(&todo);
    if (st == STATUS_OK)
        st = store_lock(r->a->store);
    if (st != STATUS_OK)
        return st;
    st = finish(r);
    store_unlock(r->a->store);
    return st;
}

enum status archive_reindex(struct archive *a, const struct reindex_options *o,
                            struct reindex_result *out)
{
    *out = (struct reindex_result){0};
    enum status st = STATUS_OK;
    for (int staff = 0; staff < 2 && st == STATUS_OK; staff++) {
        struct reindex r = {.a = a, .staff = staff, .o = o, .out = out};
        st = reindex_one(&r);
    }
    if (st == STATUS_OK && out->unread > 0)
        return fail(STATUS_UNVERIFIED,
                    _("%d documents could not be read; run 'hoso verify'"),
                    out->unread);
    return st;
}
