/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking what was pointed at, in the order people expect. */
#include "service/inputs.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "service/group.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder being walked, and those above it: how loops are seen. */
struct level {
    const struct level *up;
    dev_t dev;
    ino_t ino;
};

struct walk {
    struct input_plan *plan;
    struct group *group;
    dev_t archive_dev;
    ino_t archive_ino;
};

static void add_problem(struct walk *w, const char *path, enum status st)
{
    struct input_plan *p = w->plan;
    GROW(p->problems, p->n_problems, p->cap_problems);
    p->problems[p->n_problems++] = (struct input_problem){
        .name = text_show_name(path),
        .status = st,
        .message = xstrdup(status_message()),
        .before = p->n_documents,
    };
}

static bool is_desktop_litter(const char *name)
{
    static const char *const litter[] = {"Thumbs.db", "thumbs.db", ".DS_Store",
                                         "desktop.ini", ".directory"};
    for (size_t i = 0; i < ARRAY_LEN(litter); i++)
        if (strcmp(name, litter[i]) == 0)
            return true;
    return strncmp(name, "._", 2) == 0;
}

/* Kind of a file from its first bytes. */
static enum status sniff(const char *path, enum media *media, bool *multipage)
{
    AUTO(close_fdp) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("the file cannot be opened"));
    char head[1024];
    ssize_t n = pread(fd, head, sizeof(head), 0);
    if (n < 0)
        return fail_errno(STATUS_IO, errno, _("the file cannot be read"));
    *media = media_sniff(head, (size_t)n);
    *multipage = *media == MEDIA_PDF ||
                 (*media == MEDIA_TIFF && media_tiff_multipage(fd));
    return STATUS_OK;
}

static void add_file(struct walk *w, const char *path)
{
    enum media media = MEDIA_UNKNOWN;
    bool multipage = false;
    enum status st = sniff(path, &media, &multipage);
    if (st != STATUS_OK)
        add_problem(w, path, st);
    else
        group_add(w->group, w->plan, path, media, multipage);
}

static int compare_names(const void *a, const void *b)
{
    return text_natural_compare(*(char *const *)a, *(char *const *)b);
}

/* Names in a folder, in natural order. */
static enum status read_names(const char *path, char ***out, int *n_out)
{
    DIR *d = opendir(path);
    if (!d)
        return fail_errno(STATUS_IO, errno, _("the folder cannot be read"));
    char **names = NULL;
    int n = 0, cap = 0;
    struct dirent *e;
    errno = 0;
    while ((e = readdir(d))) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        GROW(names, n, cap);
        names[n++] = xstrdup(e->d_name);
        errno = 0;
    }
    int err = errno;
    closedir(d);
    if (n)
        qsort(names, (size_t)n, sizeof(*names), compare_names);
    *out = names;
    *n_out = n;
    if (err)
        return fail_errno(STATUS_IO, err, _("the folder cannot be read"));
    return STATUS_OK;
}

static void walk_folder(struct walk *w, const char *path,
                        const struct level *up, const struct stat *sb);

static void walk_entry(struct walk *w, const char *path,
                       const struct level *up)
{
    struct stat sb;
    if (stat(path, &sb) < 0) {
        int err = errno;
        if (err == ELOOP)
            add_problem(w, path,
                        fail(STATUS_IO, _("the link leads round in a circle")));
        else if (err == ENOENT)
            add_problem(w, path,
                        fail(STATUS_IO, _("the link leads nowhere")));
        else
            add_problem(w, path, fail_errno(STATUS_IO, err,
                                            _("the file cannot be reached")));
    } else if (S_ISREG(sb.st_mode)) {
        add_file(w, path);
    } else if (S_ISDIR(sb.st_mode)) {
        walk_folder(w, path, up, &sb);
    } else {
        add_problem(w, path,
                    fail(STATUS_UNSUPPORTED,
                         _("it is neither a file nor a folder (a pipe, "
                           "socket or device)")));
    }
}

static void walk_folder(struct walk *w, const char *path,
                        const struct level *up, const struct stat *sb)
{
    if (sb->st_dev == w->archive_dev && sb->st_ino == w->archive_ino)
        return;
    for (const struct level *l = up; l; l = l->up) {
        if (l->dev == sb->st_dev && l->ino == sb->st_ino) {
            add_problem(w, path,
                        fail(STATUS_IO, _("the link leads round in a circle")));
            return;
        }
    }
    struct level here = {up, sb->st_dev, sb->st_ino};
    char **names = NULL;
    int n = 0;
    enum status st = read_names(path, &names, &n);
    if (st != STATUS_OK)
        add_problem(w, path, st);
    for (int i = 0; i < n; i++) {
        AUTO(free_char) char *below = path_join(path, names[i]);
        if (!is_desktop_litter(names[i]))
            walk_entry(w, below, &here);
        free(names[i]);
    }
    free(names);
}

/* A path that was given must be there and be readable before anything is
 * begun: a typing error should not cost half a batch. */
static enum status check_given(const char *path)
{
    AUTO(free_char) char *shown = text_show_name(path);
    struct stat sb;
    if (stat(path, &sb) < 0)
        return fail_errno(STATUS_IO, errno,
                          _("'%s' cannot be taken in"), shown);
    if (!S_ISREG(sb.st_mode) && !S_ISDIR(sb.st_mode))
        return fail(STATUS_INVALID,
                    _("'%s' is neither a file nor a folder; name files or "
                      "folders of scans"),
                    shown);
    int how = S_ISDIR(sb.st_mode) ? R_OK | X_OK : R_OK;
    if (access(path, how) < 0)
        return fail_errno(STATUS_DENIED, errno,
                          _("'%s' cannot be read; ask its owner for the "
                            "right to read it"),
                          shown);
    return STATUS_OK;
}

enum status inputs_plan(const char *const *paths, int n_paths,
                        enum split split, const char *archive_dir,
                        struct input_plan *out)
{
    *out = (struct input_plan){0};
    if (n_paths <= 0)
        return fail(STATUS_USAGE, _("name the files or folders to take in"));
    for (int i = 0; i < n_paths; i++) {
        enum status st = check_given(paths[i]);
        if (st != STATUS_OK)
            return st;
    }
    struct walk w = {.plan = out, .group = group_new(split)};
    struct stat sb;
    if (stat(archive_dir, &sb) == 0) {
        w.archive_dev = sb.st_dev;
        w.archive_ino = sb.st_ino;
    }
    /* A shell hands over 1, 10, 2: put right what it sorted. */
    const char **sorted = xcalloc((size_t)n_paths, sizeof(*sorted));
    memcpy(sorted, paths, (size_t)n_paths * sizeof(*sorted));
    qsort(sorted, (size_t)n_paths, sizeof(*sorted), compare_names);
    for (int i = 0; i < n_paths; i++)
        walk_entry(&w, sorted[i], NULL);
    free(sorted);
    group_finish(w.group, out);
    return STATUS_OK;
}

void input_plan_clear(struct input_plan *p)
{
    for (int i = 0; i < p->n_documents; i++) {
        struct input_document *d = &p->documents[i];
        for (int k = 0; k < d->n_files; k++)
            free(d->files[k].path);
        free(d->files);
        free(d->title);
        free(d->name);
    }
    for (int i = 0; i < p->n_problems; i++) {
        free(p->problems[i].name);
        free(p->problems[i].message);
    }
    free(p->documents);
    free(p->problems);
    *p = (struct input_plan){0};
}
