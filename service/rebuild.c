/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catalogue and index again from the packages; and bags for others. */
#include "service/archive.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "service/machine.h"

#include <stdlib.h>

void rebuild_result_clear(struct rebuild_result *r)
{
    verify_result_clear(&r->found);
    *r = (struct rebuild_result){0};
}

static enum status rebuild_index(struct archive *a, struct rebuild_result *out)
{
    enum status st = store_lock(a->store);
    if (st != STATUS_OK)
        return st;
    st = archive_drop_index(a, false);
    if (st == STATUS_OK)
        st = archive_drop_index(a, true);
    if (st == STATUS_OK)
        st = store_outbox_all(a->store);
    if (st == STATUS_OK)
        st = archive_index_waiting(a, &out->pages);
    store_unlock(a->store);
    return st;
}

static enum status count_documents(struct archive *a, int64_t *out)
{
    struct list_filter general = {.limit = -1};
    struct list_filter staff = {.kind = "staff", .limit = -1};
    int64_t n = 0;
    enum status st = store_count(a->store, &general, out);
    if (st == STATUS_OK)
        st = store_count(a->store, &staff, &n);
    *out += n;
    return st;
}

enum status archive_rebuild(const char *dir, struct rebuild_result *out)
{
    *out = (struct rebuild_result){0};
    struct archive a = {0};
    enum status st = store_find(dir, &a.dir);
    if (st == STATUS_OK)
        st = config_new(&a.config);
    if (st == STATUS_OK) {
        struct pool_options po;
        machine_pool_options(a.config, 0, &po);
        st = store_rebuild(a.dir, po.jobs, &out->found);
    }
    if (st == STATUS_OK)
        st = store_open(a.dir, STORE_WRITE, &a.store);
    if (st == STATUS_OK)
        st = rebuild_index(&a, out);
    if (st == STATUS_OK)
        st = count_documents(&a, &out->documents);
    if (st == STATUS_OK)
        st = archive_registers_rebuild(&a);
    fulltext_close(a.index);
    fulltext_close(a.staff);
    store_close(a.store);
    config_free(a.config);
    free(a.dir);
    if (st == STATUS_OK && out->found.n_findings > 0)
        return fail(STATUS_UNVERIFIED,
                    _("%d packages could not be taken in; run 'hoso verify'"),
                    out->found.n_findings);
    return st;
}

enum status archive_export(struct archive *a, const char *const *ids,
                           int n_ids, const char *to, int64_t *files,
                           uint64_t *bytes)
{
    return store_export(a->store, ids, n_ids, to, files, bytes);
}
