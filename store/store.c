/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An open archive: finding it, opening and closing it, the writer lock.
 */
#include "store/inner.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_archive(const char *dir)
{
    AUTO(free_char) char *settings = path_join(dir, "hoso.ini");
    AUTO(free_char) char *packages = path_join(dir, "packages");

    return access(settings, F_OK) == 0 && access(packages, F_OK) == 0;
}

enum status require_archive(const char *dir)
{
    if (access(dir, F_OK) == 0 && access(dir, R_OK | X_OK) != 0)
        return fail(STATUS_DENIED, _("no permission to look into '%s'"), dir);
    if (is_archive(dir))
        return STATUS_OK;
    return fail(STATUS_NOT_FOUND,
                _("there is no archive in '%s'; make one with: hoso init %s"),
                dir, dir);
}

/* From the working directory upward. */
static enum status find_upward(char **out)
{
    char *dir = getcwd(NULL, 0);

    while (dir && !is_archive(dir)) {
        char *slash = strrchr(dir, '/');

        if (!slash || !slash[1]) {
            free(dir);
            dir = NULL;
        } else {
            slash[slash == dir ? 1 : 0] = '\0';
        }
    }
    if (!dir)
        return fail(STATUS_NOT_FOUND,
                    _("there is no archive here or above; say which with -C"
                      " DIR or HOSO_ARCHIVE, or make one with: hoso init"
                      " DIR"));
    *out = dir;
    return STATUS_OK;
}

enum status store_find(const char *dir, char **out)
{
    const char *where = dir ? dir : getenv("HOSO_ARCHIVE");
    enum status st;

    if (!where || !*where)
        return find_upward(out);
    st = require_archive(where);
    if (st != STATUS_OK)
        return st;
    *out = realpath(where, NULL);
    if (!*out)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), where);
    return STATUS_OK;
}

/* ---- opening ---- */

static enum status open_catalogue(struct store *s)
{
    AUTO(free_char) char *path = store_path(s, "state/catalogue.db");
    struct stat sb;
    enum status st = sql_open(
        path, s->mode == STORE_READ ? SQL_READ : SQL_WRITE, 0, &s->catalogue);

    if (st == STATUS_NOT_FOUND)
        return fail(STATUS_DAMAGED,
                    _("the catalogue '%s' is not there; make it again with:"
                      " hoso rebuild"),
                    path);
    if (st == STATUS_DAMAGED)
        return explain(st, _("the catalogue is damaged; make it again with"
                             " hoso rebuild"));
    if (st != STATUS_OK)
        return st;
    if (stat(path, &sb) != 0)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), path);
    s->catalogue_dev = sb.st_dev;
    s->catalogue_ino = sb.st_ino;
    return STATUS_OK;
}

/* A rebuild by another process puts a new file in the catalogue's place; what
 * would be written into the old one would be lost. */
static enum status follow_rebuild(struct store *s)
{
    AUTO(free_char) char *path = store_path(s, "state/catalogue.db");
    struct stat sb;

    if (s->catalogue && stat(path, &sb) == 0 && sb.st_dev == s->catalogue_dev &&
        sb.st_ino == s->catalogue_ino)
        return STATUS_OK;
    sql_closep(&s->catalogue);
    return open_catalogue(s);
}

static enum status read_settings(struct store *s)
{
    AUTO(config_freep) struct config *c = NULL;
    AUTO(free_char) char *path = store_path(s, "hoso.ini");
    enum status st = config_new(&c);

    if (st == STATUS_OK)
        st = config_load(c, path);
    if (st != STATUS_OK)
        return st;
    s->agency = xstrdup(config_text(c, CONFIG_AGENCY_NAME));
    s->fonds_code = xstrdup(config_text(c, CONFIG_FONDS_CODE));
    s->fonds_name = xstrdup(config_text(c, CONFIG_FONDS_NAME));
    return STATUS_OK;
}

static enum status open_for_writing(struct store *s)
{
    enum status st = read_settings(s);

    if (st == STATUS_OK)
        st = store_lock(s);
    if (st != STATUS_OK)
        return st;
    st = schema_migrate(s->catalogue, s);
    if (st == STATUS_OK)
        st = store_recover(s);
    store_unlock(s);
    return st;
}

enum status store_open(const char *dir, enum store_mode how, struct store **out)
{
    AUTO(store_closep) struct store *s = xcalloc(1, sizeof(*s));
    enum status st = require_archive(dir);

    s->mode = how;
    s->lock_fd = -1;
    s->work_fd = -1;
    if (st != STATUS_OK)
        return st;
    s->dir = realpath(dir, NULL);
    if (!s->dir)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), dir);
    st = refuse_network(s->dir);
    if (st != STATUS_OK)
        return st;
    if (how == STORE_WRITE) {
        st = open_for_writing(s);
    } else {
        st = open_catalogue(s);
        if (st == STATUS_OK)
            st = schema_require(s->catalogue);
    }
    if (st != STATUS_OK)
        return st;
    *out = STEAL(s);
    return STATUS_OK;
}

void store_close(struct store *s)
{
    AUTO(free_char) char *lock = NULL;
    int fd = -1;

    if (!s)
        return;
    if (s->work_dir && file_remove_tree(s->work_dir) != STATUS_OK)
        s->broken = true; /* the next start removes it */
    close_fdp(&s->work_fd);
    /* Leave a short log behind; if another process is writing, it will. */
    if (s->mode == STORE_WRITE && s->catalogue && !s->broken &&
        s->commits > 0) {
        lock = store_path(s, "state/lock");
        if (s->lock_depth > 0 || file_lock(lock, 0, &fd) == STATUS_OK)
            s->broken = sql_checkpoint(s->catalogue) != STATUS_OK;
    }
    sql_closep(&s->registers);
    sql_closep(&s->catalogue);
    close_fdp(&fd);
    close_fdp(&s->lock_fd);
    free(s->work_dir);
    free(s->agency);
    free(s->fonds_code);
    free(s->fonds_name);
    free(s->dir);
    free(s);
}

void store_closep(struct store **s)
{
    store_close(*s);
    *s = NULL;
}

const char *store_dir(const struct store *s)
{
    return s->dir;
}

/* ---- the writer lock ---- */

enum status store_lock(struct store *s)
{
    AUTO(free_char) char *path = NULL;
    enum status st;

    if (s->lock_depth > 0) {
        s->lock_depth++;
        return STATUS_OK;
    }
    path = store_path(s, "state/lock");
    st = file_lock(path, LOCK_WAIT_MS, &s->lock_fd);
    if (st == STATUS_BUSY)
        return explain(st, _("another hoso has been writing for a long time"));
    if (st != STATUS_OK)
        return st;
    s->lock_depth = 1;
    st = follow_rebuild(s);
    if (st != STATUS_OK)
        store_unlock(s);
    return st;
}

void store_unlock(struct store *s)
{
    assert(s->lock_depth > 0);
    if (--s->lock_depth == 0)
        close_fdp(&s->lock_fd);
}
