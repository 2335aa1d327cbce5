/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bags handed out: as folders, or all in one tar or zip; an amendment is a bag
 * beside that of the first package. What is copied is
 * compared with its manifests on the way, what was written is read back, and
 * only then does it get its name.
 */
#include "store/versions.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/package.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct exporting {
    struct store *s;
    const char *folder;            /* a bag goes here, or … */
    struct package_writer *writer; /* … into this, which writes to … */
    int fd;                        /* … this */
    bool
        staff; /* the document at hand is a staff dossier: for its owner only */
    struct bag_files written; /* "2022-000001/data/…" */
};

/* Where the bytes of one file go. */
struct sink {
    struct exporting *x;
    char *path;
    int fd; /* -1: x->writer */
};

static enum status sink_open(struct sink *k, const char *member, uint64_t bytes,
                             time_t mtime)
{
    AUTO(free_char) char *above = NULL;
    enum status st;

    if (k->x->writer)
        return package_member(k->x->writer, member, bytes, mtime);
    k->path = path_join(k->x->folder, member);
    above = xstrndup(k->path, (size_t)(path_base(k->path) - k->path - 1));
    st = file_make_dirs(above, k->x->staff ? 0700 : 0755);
    if (st != STATUS_OK)
        return st;
    k->fd = open(k->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                 k->x->staff ? 0600 : 0644);
    if (k->fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot make '%s'"), k->path);
    return STATUS_OK;
}

static enum status sink_write(struct sink *k, const void *bytes, size_t n)
{
    if (k->x->writer)
        return package_write(k->x->writer, bytes, n);
    return file_write_all(k->fd, bytes, n, k->path);
}

static enum status sink_close(struct sink *k, enum status st)
{
    int fd = k->fd;

    k->fd = -1;
    if (fd >= 0 && st == STATUS_OK)
        st = file_sync(fd, k->path);
    if (fd >= 0 && st == STATUS_OK)
        st = file_close(fd, k->path);
    else
        close_fdp(&fd);
    free(k->path);
    return st;
}

/* A path that cannot leave the folder it is joined to. */
static bool is_safe_member(const char *member, const char *id)
{
    size_t n = strlen(id);

    return strncmp(member, id, n) == 0 && member[n] == '/' && member[n + 1] &&
           member[n + 1] != '/' && !strstr(member, "//") &&
           !strstr(member, "/./") && !strstr(member, "/../") &&
           strcmp(path_base(member), "..") != 0 && *path_base(member);
}

static enum status copy_member(struct exporting *x, struct package_reader *r,
                               const char *member, uint64_t bytes, time_t mtime)
{
    AUTO(digest_freep) struct digest *d = digest_new();
    struct sink k = {.x = x, .fd = -1};
    struct bag_file *f = bag_files_add(&x->written, member, bytes);
    const void *block;
    size_t n;
    enum status st = sink_open(&k, member, bytes, mtime);

    while (st == STATUS_OK &&
           (st = package_block(r, &block, &n)) == STATUS_OK && n > 0) {
        digest_add(d, block, n);
        st = sink_write(&k, block, n);
    }
    digest_end(d, f->sha256);
    return sink_close(&k, st);
}

static enum status copy_members(struct exporting *x, const char *id,
                                const struct package_row *row, time_t mtime)
{
    AUTO(package_closep) struct package_reader *r = NULL;
    AUTO(free_char) char *path = store_path(x->s, row->path);
    AUTO(free_char) char *name = bag_name(id, row->version);
    char hex[DIGEST_HEX_BYTES];
    uint64_t all = 0;
    enum status st = package_open(path, PACKAGE_TAR, true, &r);

    while (st == STATUS_OK) {
        const char *member = NULL;
        uint64_t bytes = 0;

        st = package_next(r, &member, &bytes);
        if (st != STATUS_OK || !member)
            break;
        if (!is_safe_member(member, name))
            return fail(STATUS_DAMAGED, _("'%s' does not belong in '%s'"),
                        member, path);
        st = copy_member(x, r, member, bytes, mtime);
    }
    if (st == STATUS_OK)
        st = package_finish(r, hex, &all);
    if (st == STATUS_OK && strcmp(hex, row->sha256) != 0)
        st = fail(STATUS_DAMAGED,
                  _("'%s' is not the package that was stored; run: hoso"
                    " verify %s"),
                  path, id);
    return st;
}

/* Every package of a document: the first and its amendments. */
static enum status export_one(struct exporting *x, const char *id,
                              struct package_rows *packages)
{
    struct doc_row row;
    enum status st = catalogue_get(x->s->catalogue, id, &row);

    if (st != STATUS_OK)
        return st;
    st = package_rows_get(x->s->catalogue, id, row.version, packages);
    x->staff = strcmp(row.kind, "staff") == 0;
    if (st == STATUS_OK && x->staff && x->writer && fchmod(x->fd, 0600) != 0)
        st = fail_errno(STATUS_IO, errno,
                        _("cannot set the permissions of the export"));
    for (int i = 0; st == STATUS_OK && i < packages->n; i++)
        st = copy_members(x, id, &packages->items[i], row.stored_at);
    doc_row_clear(&row);
    return st;
}

static enum status not_as_written(const char *what)
{
    return fail(STATUS_BAD_OUTPUT,
                _("'%s' did not read back as it was"
                  " written"),
                what);
}

/* ---- a folder a bag ---- */

static enum status read_back_folder(const struct exporting *x)
{
    for (int i = 0; i < x->written.n; i++) {
        const struct bag_file *f = &x->written.items[i];
        AUTO(free_char) char *path = path_join(x->folder, f->path);
        AUTO(close_fdp) int fd = open(path, O_RDONLY | O_CLOEXEC);
        char hex[DIGEST_HEX_BYTES];
        uint64_t bytes = 0;
        enum status st;

        if (fd < 0)
            return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), path);
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        st = digest_fd(fd, path, hex, &bytes);
        if (st != STATUS_OK)
            return st;
        if (bytes != f->bytes || strcmp(hex, f->sha256) != 0)
            return not_as_written(path);
    }
    return STATUS_OK;
}

/* Fsync every folder that holds a written file. */
static enum status sync_folders(const struct exporting *x, const char *bag)
{
    static const char *const parts[] = {"data/ocr", "data/original", "data",
                                        ""};
    AUTO(free_char) char *made = path_join(x->folder, bag);
    enum status st = STATUS_OK;

    for (size_t i = 0; st == STATUS_OK && i < ARRAY_LEN(parts); i++) {
        AUTO(free_char) char *path = path_join(made, parts[i]);

        if (access(path, F_OK) == 0)
            st = file_sync_dir(path);
    }
    return st;
}

/* Give the bags their names, the first bag at last: where it is, all are. */
static enum status name_bags(const struct exporting *x, const char *id,
                             const struct package_rows *packages,
                             const char *to)
{
    enum status st = STATUS_OK;

    for (int i = packages->n - 1; st == STATUS_OK && i >= 0; i--) {
        AUTO(free_char) char *bag = bag_name(id, packages->items[i].version);
        AUTO(free_char) char *made = path_join(x->folder, bag);
        AUTO(free_char) char *target = path_join(to, bag);

        st = sync_folders(x, bag);
        if (st == STATUS_OK && access(target, F_OK) == 0)
            st = fail(STATUS_EXISTS, _("'%s' is there already"), target);
        if (st == STATUS_OK && rename(made, target) != 0)
            st = fail_errno(STATUS_IO, errno, _("cannot put '%s' in its place"),
                            target);
    }
    return st;
}

/* Written under to/.ID.tmp/ID and then moved to to/ID. */
static enum status export_folder(struct exporting *x, const char *id,
                                 const char *to)
{
    AUTO(free_char) char *name = xasprintf(".%s.tmp", id);
    AUTO(free_char) char *temporary = path_join(to, name);
    AUTO(free_char) char *target = path_join(to, id);
    struct package_rows packages = {0};
    enum status st = file_remove_tree(temporary);

    if (access(target, F_OK) == 0)
        return fail(STATUS_EXISTS, _("'%s' is there already"), target);
    if (st == STATUS_OK)
        st = file_make_dirs(temporary, 0700);
    x->folder = temporary;
    if (st == STATUS_OK)
        st = export_one(x, id, &packages);
    if (st == STATUS_OK)
        st = read_back_folder(x);
    if (st == STATUS_OK)
        st = name_bags(x, id, &packages, to);
    package_rows_clear(&packages);
    if (st == STATUS_OK) {
        rmdir(temporary);
        return file_sync_dir(to);
    }
    AUTO(free_char) char *message = xstrdup(status_message());
    if (file_remove_tree(temporary) != STATUS_OK)
        return fail(st, "%s", message);
    return st;
}

static void count(struct exporting *x, int64_t *files, uint64_t *bytes)
{
    *files += x->written.n;
    for (int i = 0; i < x->written.n; i++)
        *bytes += x->written.items[i].bytes;
    bag_files_clear(&x->written);
}

static enum status export_folders(struct store *s, const char *const *ids,
                                  int n_ids, const char *to, int64_t *files,
                                  uint64_t *bytes)
{
    enum status st = file_make_dirs(to, 0755);

    for (int i = 0; st == STATUS_OK && i < n_ids; i++) {
        struct exporting x = {.s = s};

        st = export_folder(&x, ids[i], to);
        count(&x, files, bytes);
    }
    return st;
}

/* ---- one archive ---- */

static enum status read_back_archive(const struct exporting *x,
                                     const char *path, enum package_form form)
{
    AUTO(package_closep) struct package_reader *r = NULL;
    enum status st = package_open(path, form, false, &r);

    for (int i = 0; st == STATUS_OK; i++) {
        AUTO(digest_freep) struct digest *d = digest_new();
        const char *member = NULL;
        char hex[DIGEST_HEX_BYTES];
        const void *block;
        uint64_t bytes = 0;
        size_t n;

        st = package_next(r, &member, &bytes);
        if (st != STATUS_OK)
            break;
        if (!member)
            return i == x->written.n ? STATUS_OK : not_as_written(path);
        if (i >= x->written.n || strcmp(member, x->written.items[i].path) != 0)
            return not_as_written(path);
        while ((st = package_block(r, &block, &n)) == STATUS_OK && n > 0)
            digest_add(d, block, n);
        digest_end(d, hex);
        if (st == STATUS_OK && strcmp(hex, x->written.items[i].sha256) != 0)
            return not_as_written(path);
    }
    return st == STATUS_DAMAGED ? not_as_written(path) : st;
}

static enum status write_archive(struct exporting *x, const char *const *ids,
                                 int n_ids, const char *path,
                                 enum package_form form)
{
    AUTO(close_fdp)
    int fd =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
    char hex[DIGEST_HEX_BYTES];
    uint64_t all = 0;
    enum status st;
    int closing;

    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot make '%s'"), path);
    x->fd = fd;
    st = package_writer_new(fd, path, form, &x->writer);
    for (int i = 0; st == STATUS_OK && i < n_ids; i++) {
        struct package_rows packages = {0};

        st = export_one(x, ids[i], &packages);
        package_rows_clear(&packages);
    }
    if (st == STATUS_OK)
        st = package_writer_end(x->writer, hex, &all);
    package_writer_freep(&x->writer);
    if (st == STATUS_OK)
        st = file_sync(fd, path);
    if (st != STATUS_OK)
        return st;
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    closing = fd;
    fd = -1;
    return file_close(closing, path);
}

/* Without replacing what came there meanwhile, where the disk can do that. */
static enum status put_in_place(const char *temporary, const char *to)
{
    if (renameat2(AT_FDCWD, temporary, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return STATUS_OK;
    if (errno == EEXIST)
        return fail(STATUS_EXISTS, _("'%s' is there already"), to);
    if ((errno == EINVAL || errno == ENOSYS) && rename(temporary, to) == 0)
        return STATUS_OK;
    return fail_errno(STATUS_IO, errno, _("cannot put '%s' in its place"), to);
}

static enum status export_archive(struct store *s, const char *const *ids,
                                  int n_ids, const char *to,
                                  enum package_form form, int64_t *files,
                                  uint64_t *bytes)
{
    struct exporting x = {.s = s};
    AUTO(free_char)
    char *folder = path_base(to) == to
                       ? xstrdup(".")
                       : xstrndup(to, (size_t)(path_base(to) - to));
    AUTO(free_char)
    char *name = xasprintf(".%s.%ld.tmp", path_base(to), (long)getpid());
    AUTO(free_char) char *temporary = path_join(folder, name);
    enum status st;

    if (access(to, F_OK) == 0)
        return fail(STATUS_EXISTS, _("'%s' is there already"), to);
    st = write_archive(&x, ids, n_ids, temporary, form);
    if (st == STATUS_OK)
        st = read_back_archive(&x, temporary, form);
    if (st == STATUS_OK)
        st = put_in_place(temporary, to);
    if (st == STATUS_OK)
        st = file_sync_dir(folder);
    else
        unlink(temporary);
    count(&x, files, bytes);
    return st;
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s);
    size_t m = strlen(end);

    return n > m && strcasecmp(s + n - m, end) == 0;
}

enum status store_export(struct store *s, const char *const *ids, int n_ids,
                         const char *to, int64_t *files, uint64_t *bytes)
{
    struct stat sb;
    bool is_dir = stat(to, &sb) == 0 && S_ISDIR(sb.st_mode);

    *files = 0;
    *bytes = 0;
    if (!is_dir && ends_with(to, ".tar"))
        return export_archive(s, ids, n_ids, to, PACKAGE_TAR, files, bytes);
    if (!is_dir && ends_with(to, ".zip"))
        return export_archive(s, ids, n_ids, to, PACKAGE_ZIP, files, bytes);
    return export_folders(s, ids, n_ids, to, files, bytes);
}
