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

/* Whether a beginning that was interrupted may have left that name. */
static bool is_ours(const char *name)
{
    for (const char *const *f = store_folders; *f; f++)
        if (strcmp(*f, name) == 0)
            return true;
    return false;
}

/* Nothing, or nothing but empty folders of an earlier try. */
static enum status require_empty(const char *dir)
{
    DIR *d = opendir(dir);
    struct dirent *e;
    bool empty = true;

    if (!d && errno == ENOENT)
        return STATUS_OK;
    if (!d)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), dir);
    while (empty && (e = readdir(d))) {
        AUTO(free_char) char *path = path_join(dir, e->d_name);

        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        /* rmdir tells whether it is empty; it is made again below. */
        empty = is_ours(e->d_name) && (strcmp(e->d_name, "state") == 0 ||
                                       rmdir(path) == 0);
    }
    closedir(d);
    if (empty)
        return STATUS_OK;
    return fail(STATUS_EXISTS,
                _("'%s' is not empty; an archive needs a folder of its own"),
                dir);
}

static enum status make_catalogue(const char *dir)
{
    AUTO(free_char) char *path = path_join(dir, "state/catalogue.db");
    AUTO(sql_closep) struct sql *db = NULL;
    enum status st = sql_open(path, SQL_CREATE, 0640, &db);

    if (st == STATUS_OK)
        st = schema_migrate(db);
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
    st = require_empty(dir);
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
