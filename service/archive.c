/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening an archive: its folder, its settings, its store. */
#include "service/archive.h"

#include "base/alloc.h"
#include "base/file.h"

#include <stdlib.h>

/* Empty, so that a missing index is always a loss and never a beginning. */
static enum status create_index(const char *dir, bool staff)
{
    AUTO(free_char) char *path = archive_index_path(dir, staff);
    AUTO(fulltext_closep) struct fulltext *f = NULL;
    enum status st = fulltext_open(path, FULLTEXT_WRITE,
                                   staff ? STAFF_INDEX_MODE : INDEX_MODE, &f);
    return st == STATUS_OK ? fulltext_checkpoint(f) : st;
}

enum status archive_create(const char *dir, const struct config *c)
{
    enum status st = store_create(dir, c);
    if (st == STATUS_OK)
        st = create_index(dir, false);
    return st == STATUS_OK ? create_index(dir, true) : st;
}

static enum status open_parts(struct archive *a, enum store_mode how)
{
    enum status st = config_new(&a->config);
    if (st != STATUS_OK)
        return st;
    AUTO(free_char) char *ini = path_join(a->dir, "hoso.ini");
    st = config_load(a->config, ini);
    if (st != STATUS_OK)
        return st;
    st = store_open(a->dir, how, &a->store);
    if (st != STATUS_OK)
        return st;
    return how == STORE_WRITE ? archive_index_waiting(a, NULL) : STATUS_OK;
}

enum status archive_open(const char *dir, enum store_mode how,
                         struct archive **out)
{
    *out = NULL;
    struct archive *a = xcalloc(1, sizeof(*a));
    enum status st = store_find(dir, &a->dir);
    if (st == STATUS_OK)
        st = open_parts(a, how);
    if (st != STATUS_OK) {
        archive_close(a);
        return st;
    }
    *out = a;
    return STATUS_OK;
}

void archive_close(struct archive *a)
{
    if (!a)
        return;
    fulltext_close(a->index);
    fulltext_close(a->staff);
    store_close(a->store);
    config_free(a->config);
    free(a->dir);
    free(a);
}

void archive_closep(struct archive **a)
{
    archive_close(*a);
    *a = NULL;
}

const char *archive_dir(const struct archive *a)
{
    return a->dir;
}

struct config *archive_config(struct archive *a)
{
    return a->config;
}
