/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new archive. hoso.ini is written last: it makes the folder an archive. */
#include "store/inner.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum status refuse_network(const char *dir)
{
    bool yes = false;
    const char *name = "";
    enum status st = file_is_network(dir, &yes, &name);

    if (st != STATUS_OK || !yes)
        return st;
    return fail(STATUS_UNSUPPORTED,
                _("'%s' is on a network disk (%s), where neither locks nor"
                  " writes can be relied on; put the archive on a disk of this"
                  " machine"),
                dir, name);
}

static bool one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/*
 * Nothing, or only what an init that was interrupted has left: names of the
 * tree whose folders are empty (rmdir tells; they are made again), and in
 * state/ its own files.
 */
static enum status require_empty(const char *dir, const char *const *allowed)
{
    static const char *const of_state[] = {
        "lock", "catalogue.db", "catalogue.db-wal", "catalogue.db-shm", NULL};
    DIR *d = opendir(dir);
    struct dirent *e;
    enum status st = STATUS_OK;

    if (!d && errno == ENOENT)
        return STATUS_OK;
    if (!d)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), dir);
    while (st == STATUS_OK && (e = readdir(d))) {
        AUTO(free_char) char *path = path_join(dir, e->d_name);

        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
            is_own_temporary(e->d_name))
            continue;
        if (!one_of(e->d_name, allowed))
            st = fail(STATUS_EXISTS,
                      _("'%s' is not empty; an archive needs a folder of its"
                        " own"),
                      dir);
        else if (allowed == store_folders && strcmp(e->d_name, "state") == 0)
            st = require_empty(path, of_state);
        else if (allowed == store_folders && rmdir(path) != 0)
            st = fail_errno(STATUS_EXISTS, errno, _("cannot begin in '%s'"),
                            path);
    }
    closedir(d);
    return st;
}

static enum status make_catalogue(const char *dir)
{
    AUTO(free_char) char *path = path_join(dir, "state/catalogue.db");
    AUTO(sql_closep) struct sql *db = NULL;
    enum status st = sql_open(path, SQL_CREATE, 0640, &db);

    if (st == STATUS_OK)
        st = schema_migrate(db, NULL);
    if (st == STATUS_OK)
        st = sql_checkpoint(db);
    return st;
}

static enum status make_lock(const char *dir)
{
    AUTO(free_char) char *path = path_join(dir, "state/lock");

    return file_write_durable(path, "", 0, 0640);
}

static enum status make_tree(const char *dir)
{
    enum status st = file_make_dirs(dir, PACKAGE_DIR_MODE);

    for (const char *const *f = store_folders; st == STATUS_OK && *f; f++) {
        AUTO(free_char) char *path = path_join(dir, *f);

        st = file_make_dirs(path, PACKAGE_DIR_MODE);
    }
    return st;
}

enum status store_create(const char *dir, const struct config *c)
{
    AUTO(free_char) char *settings = path_join(dir, "hoso.ini");
    AUTO(free_char) char *text = config_file_text(c);
    enum status st = refuse_network(dir);

    if (st != STATUS_OK)
        return st;
    if (access(settings, F_OK) == 0)
        return fail(STATUS_EXISTS, _("'%s' is an archive already"), dir);
    st = require_empty(dir, store_folders);
    if (st == STATUS_OK)
        st = make_tree(dir);
    if (st == STATUS_OK)
        st = make_lock(dir);
    if (st == STATUS_OK)
        st = make_catalogue(dir);
    if (st == STATUS_OK)
        st = file_write_durable(settings, text, strlen(text), 0640);
    return st;
}
