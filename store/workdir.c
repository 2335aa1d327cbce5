/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A folder for the scratch files of one process. Its owner holds a lock on the
 * folder itself for as long as it lives, whatever ends it.
 */
#include "store/inner.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

static enum status make_work_dir(struct store *s)
{
    AUTO(free_char)
    char *path = xasprintf("%s/work/%ld-XXXXXX", s->dir, (long)getpid());

    if (!mkdtemp(path))
        return fail_errno(STATUS_IO, errno,
                          _("cannot make a folder in '%s/work'"), s->dir);
    s->work_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (s->work_fd < 0 || flock(s->work_fd, LOCK_EX) != 0) {
        enum status st =
            fail_errno(STATUS_IO, errno, _("cannot lock '%s'"), path);

        close_fdp(&s->work_fd);
        rmdir(path);
        return st;
    }
    s->work_dir = STEAL(path);
    return STATUS_OK;
}

enum status store_work_dir(struct store *s, const char **out)
{
    enum status st = STATUS_OK;

    if (!s->work_dir) {
        /* Under the lock nobody takes the new folder for a dead one between
         * its making and its locking. */
        st = store_lock(s);
        if (st != STATUS_OK)
            return st;
        st = make_work_dir(s);
        store_unlock(s);
    }
    *out = s->work_dir;
    return st;
}

bool work_dir_is_dead(const char *path)
{
    AUTO(close_fdp)
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

    return fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0;
}

enum status work_dirs_clean(const char *dir)
{
    AUTO(free_char) char *work = path_join(dir, "work");
    DIR *d = opendir(work);
    struct dirent *e;
    enum status st = STATUS_OK;

    if (!d && errno == ENOENT)
        return file_make_dirs(work, PACKAGE_DIR_MODE);
    if (!d)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), work);
    while (st == STATUS_OK && (e = readdir(d))) {
        AUTO(free_char) char *path = path_join(work, e->d_name);

        if (e->d_name[0] != '.' && work_dir_is_dead(path))
            st = file_remove_tree(path);
    }
    closedir(d);
    return st;
}
