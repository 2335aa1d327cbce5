/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Walking the whole archive: which packages are on the disk, and what is there
 * that should not be. Links are not followed: nothing in an archive is one.
 */
#include "store/versions.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void path_list_clear(struct path_list *l)
{
    for (int i = 0; i < l->n; i++)
        free(l->items[i]);
    free(l->items);
    memset(l, 0, sizeof(*l));
}

static void path_list_add(struct path_list *l, const char *path)
{
    GROW(l->items, l->n, l->cap);
    l->items[l->n++] = xstrdup(path);
}

bool is_own_temporary(const char *path)
{
    const char *name = path_base(path);
    const char *end = strrchr(name, '.');

    /* ".tmp-wal" and the like are SQLite's, beside a database in the making. */
    return name[0] == '.' && end && end > name &&
           (strcmp(end, ".tmp") == 0 || strncmp(end, ".tmp-", 5) == 0);
}

struct walk {
    const char *dir;
    struct path_list *packages, *strays;
};

static bool one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

static bool belongs_in_state(const char *name)
{
    static const char *const databases[] = {"catalogue.db", "index.db",
                                            "staff.db", "registers.db",
                                            NULL};
    AUTO(free_char) char *base = xstrdup(name);
    char *dash = strrchr(base, '-');

    if (strcmp(name, "lock") == 0 || strcmp(name, path_base(AMENDING)) == 0)
        return true;
    if (dash && (strcmp(dash, "-wal") == 0 || strcmp(dash, "-shm") == 0 ||
                 strcmp(dash, "-journal") == 0))
        *dash = '\0';
    return one_of(base, databases);
}

/* quarantine/<digest>/…: looked at by verify itself. */
static bool belongs_in_quarantine(const char *path)
{
    AUTO(free_char) char *digest = xstrdup(path + strlen("quarantine/"));
    char *slash = strchr(digest, '/');

    if (!slash || strchr(slash + 1, '/'))
        return false;
    *slash = '\0';
    return digest_is_hex(digest);
}

static bool starts_with(const char *s, const char *start)
{
    return strncmp(s, start, strlen(start)) == 0;
}

/* Whether the file at a path relative to the archive belongs there. */
static bool belongs(const char *path)
{
    if (starts_with(path, "state/"))
        return belongs_in_state(path + strlen("state/"));
    if (starts_with(path, "quarantine/"))
        return belongs_in_quarantine(path);
    if (starts_with(path, "registers/"))
        return belongs_in_registers(path);
    return strcmp(path, "hoso.ini") == 0;
}

static enum status walk_folder(struct walk *w, const char *relative);

static enum status walk_entry(struct walk *w, const char *path,
                              const char *absolute)
{
    struct stat sb;
    int year;
    int64_t number;
    int version;

    if (lstat(absolute, &sb) != 0)
        return errno == ENOENT /* a temporary that was renamed meanwhile */
                   ? STATUS_OK
                   : fail_errno(STATUS_IO, errno, _("cannot look at '%s'"),
                                absolute);
    if (S_ISDIR(sb.st_mode)) {
        /* What lives in a process's own folder is its own business. */
        if (starts_with(path, "work/")) {
            if (work_dir_is_dead(absolute))
                path_list_add(w->strays, path);
            return STATUS_OK;
        }
        if (strcmp(path, "lost+found") == 0)
            return STATUS_OK;
        return walk_folder(w, path);
    }
    if (S_ISREG(sb.st_mode) &&
        package_path_parse(path, &year, &number, &version))
        path_list_add(w->packages, path);
    else if (!S_ISREG(sb.st_mode) || !belongs(path))
        path_list_add(w->strays, path);
    return STATUS_OK;
}

static enum status walk_folder(struct walk *w, const char *relative)
{
    AUTO(free_char) char *folder = path_join(w->dir, relative);
    DIR *d = opendir(folder);
    struct dirent *e;
    enum status st = STATUS_OK;

    if (!d && errno == ENOENT)
        return STATUS_OK;
    if (!d)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), folder);
    while (st == STATUS_OK && (e = readdir(d))) {
        AUTO(free_char) char *path = path_join(relative, e->d_name);
        AUTO(free_char) char *absolute = path_join(w->dir, path);

        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            st = walk_entry(w, path, absolute);
    }
    closedir(d);
    return st;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

enum status tree_walk(const char *dir, struct path_list *packages,
                      struct path_list *strays)
{
    struct walk w = {.dir = dir, .packages = packages, .strays = strays};
    enum status st = walk_folder(&w, "");

    if (packages->n > 1)
        qsort(packages->items, (size_t)packages->n, sizeof(char *), by_name);
    if (strays->n > 1)
        qsort(strays->items, (size_t)strays->n, sizeof(char *), by_name);
    return st;
}
