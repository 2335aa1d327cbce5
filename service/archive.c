/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening an archive: its folder, its settings, its store. */
#include "service/archive.h"

#include "base/alloc.h"
#include "base/file.h"

#include <stdlib.h>

enum status archive_create(const char *dir, const struct config *c)
{
    return store_create(dir, c);
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
