/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a start does about processes that died. It runs under the writer lock,
 * so nobody else is in the middle of a commit and whatever looks unfinished is.
 * Numbers are given in order, so only the place of each year's next number can
 * hold anything unfinished: the cost does not grow with the archive.
 */
#include "store/place.h"
#include "store/versions.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Remove hoso's own temporaries directly in a folder. */
static enum status clean_folder(const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *e;
    enum status st = STATUS_OK;

    if (!d && errno == ENOENT)
        return STATUS_OK;
    if (!d)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), folder);
    while (st == STATUS_OK && (e = readdir(d))) {
        AUTO(free_char) char *path = path_join(folder, e->d_name);

        if (is_own_temporary(e->d_name))
            st = file_remove_tree(path);
    }
    closedir(d);
    return st;
}

enum status store_recover_year(struct store *s, int year)
{
    int64_t number = 0;
    enum status st = catalogue_last_number(s->catalogue, year, &number);

    if (st != STATUS_OK)
        return st;
    for (;;) {
        AUTO(free_char) char *package = package_path(year, ++number, 1);
        AUTO(free_char) char *path = store_path(s, package);
        AUTO(free_char)
        char *folder = xstrndup(path, (size_t)(path_base(path) - path - 1));

        st = clean_folder(folder);
        if (st != STATUS_OK || access(path, F_OK) != 0)
            return st;
        st = place_adopt(s, package, NULL, catalogue_insert);
        if (st != STATUS_OK)
            return explain(st, _("taking '%s' into the catalogue"), package);
    }
}

static enum status recover_years(struct store *s)
{
    AUTO(free_char) char *packages = store_path(s, "packages");
    DIR *d = opendir(packages);
    struct dirent *e;
    enum status st = STATUS_OK;

    if (!d)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), packages);
    while (st == STATUS_OK && (e = readdir(d)))
        if (strlen(e->d_name) == 4 && strspn(e->d_name, "0123456789") == 4)
            st = store_recover_year(s, atoi(e->d_name));
    closedir(d);
    return st;
}

enum status store_recover(struct store *s)
{
    static const char *const folders[] = {"", "state", "quarantine"};
    enum status st = recover_years(s);

    if (st == STATUS_OK)
        st = amend_recover(s);
    for (size_t i = 0; st == STATUS_OK && i < ARRAY_LEN(folders); i++) {
        AUTO(free_char) char *folder = store_path(s, folders[i]);

        st = clean_folder(folder);
    }
    return st == STATUS_OK ? work_dirs_clean(s->dir) : st;
}
