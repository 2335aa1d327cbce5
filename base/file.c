/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Durable files. POSIX promises that data is on disk only after fsync of the
 * file, and that a name is there only after fsync of its directory; an fsync
 * that failed may have thrown the data away, so a second try proves nothing
 * and is never made.
 */
#include "base/file.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define LOCK_POLL_MS 5

void close_fdp(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

enum status file_write_all(int fd, const void *bytes, size_t n,
                           const char *path)
{
    const char *p = bytes;

    while (n > 0) {
        ssize_t done = write(fd, p, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return fail_errno(STATUS_IO, errno, _("cannot write '%s'"), path);
        p += done;
        n -= (size_t)done;
    }
    return STATUS_OK;
}

static enum status read_to_end(int fd, const char *path, size_t max,
                               size_t expected, char **out, size_t *n)
{
    size_t cap = expected + 1;
    size_t len = 0;
    AUTO(free_char) char *text = xrealloc(NULL, cap + 1, 1);

    for (;;) {
        ssize_t got = read(fd, text + len, cap - len);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_errno(STATUS_IO, errno, _("cannot read '%s'"), path);
        if (got == 0)
            break;
        len += (size_t)got;
        if (len > max)
            return fail(STATUS_LIMIT, _("'%s' is over %zu bytes"), path, max);
        if (len == cap) {
            cap *= 2;
            text = xrealloc(text, cap + 1, 1);
        }
    }
    text[len] = '\0';
    *out = STEAL(text);
    if (n)
        *n = len;
    return STATUS_OK;
}

enum status file_read(const char *path, size_t max, char **out, size_t *n)
{
    AUTO(close_fdp) int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat sb;

    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), path);
    if (fstat(fd, &sb) != 0)
        return fail_errno(STATUS_IO, errno, _("cannot read '%s'"), path);
    if (S_ISDIR(sb.st_mode))
        return fail(STATUS_IO, _("'%s' is a folder, not a file"), path);
    if (sb.st_size > 0 && (uintmax_t)sb.st_size > max)
        return fail(STATUS_LIMIT, _("'%s' is over %zu bytes"), path, max);
    return read_to_end(fd, path, max, (size_t)sb.st_size, out, n);
}

enum status file_sync(int fd, const char *path)
{
    if (fsync(fd) != 0)
        return fail_errno(STATUS_IO, errno,
                          _("'%s' could not be brought to the disk"), path);
    return STATUS_OK;
}

enum status file_sync_dir(const char *path)
{
    AUTO(close_fdp)
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), path);
    return file_sync(fd, path);
}

enum status file_close(int fd, const char *path)
{
    /* On Linux the descriptor is gone even after EINTR. */
    if (close(fd) != 0)
        return fail_errno(STATUS_IO, errno,
                          _("'%s' could not be closed after writing"), path);
    return STATUS_OK;
}

/* The directory part of path: "." for a bare name. Caller frees. */
static char *parent_of(const char *path)
{
    size_t len = strlen(path);

    while (len > 1 && path[len - 1] == '/')
        len--;
    while (len > 0 && path[len - 1] != '/')
        len--;
    while (len > 1 && path[len - 1] == '/')
        len--;
    return len == 0 ? xstrdup(".") : xstrndup(path, len);
}

/* A name no other process or thread uses; a dot keeps it out of the way. */
static char *temporary_beside(const char *path)
{
    static atomic_uint counter;
    AUTO(free_char) char *dir = parent_of(path);
    AUTO(free_char)
    char *name = xasprintf(".%s.%ld-%u.tmp", path_base(path), (long)getpid(),
                           atomic_fetch_add(&counter, 1));

    return path_join(dir, name);
}

static enum status write_and_sync(const char *path, const void *bytes, size_t n,
                                  mode_t mode)
{
    AUTO(close_fdp)
    int fd =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    enum status st;
    int closing;

    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot make '%s'"), path);
    if (fchmod(fd, mode) != 0)
        return fail_errno(STATUS_IO, errno,
                          _("cannot set the permissions of '%s'"), path);
    st = file_write_all(fd, bytes, n, path);
    if (st != STATUS_OK)
        return st;
    st = file_sync(fd, path);
    if (st != STATUS_OK)
        return st;
    closing = fd;
    fd = -1;
    return file_close(closing, path);
}

enum status file_write_durable(const char *path, const void *bytes, size_t n,
                               mode_t mode)
{
    AUTO(free_char) char *temporary = temporary_beside(path);
    AUTO(free_char) char *dir = parent_of(path);
    enum status st = write_and_sync(temporary, bytes, n, mode);

    if (st == STATUS_OK && rename(temporary, path) != 0)
        st = fail_errno(STATUS_IO, errno, _("cannot put '%s' in its place"),
                        path);
    if (st != STATUS_OK) {
        unlink(temporary);
        return st;
    }
    return file_sync_dir(dir);
}

static bool is_dir(const char *path)
{
    struct stat sb;

    return stat(path, &sb) == 0 && S_ISDIR(sb.st_mode);
}

enum status file_make_dirs(const char *path, mode_t mode)
{
    AUTO(free_char) char *parent = parent_of(path);
    enum status st;

    if (is_dir(path))
        return STATUS_OK;
    if (!is_dir(parent) && strcmp(parent, path) != 0) {
        st = file_make_dirs(parent, mode);
        if (st != STATUS_OK)
            return st;
    }
    if (mkdir(path, mode) != 0) {
        int err = errno;

        /* Another process may have been quicker. */
        if (err == EEXIST && is_dir(path))
            return STATUS_OK;
        return fail_errno(STATUS_IO, err, _("cannot make the folder '%s'"),
                          path);
    }
    st = file_sync_dir(path);
    if (st != STATUS_OK)
        return st;
    return file_sync_dir(parent);
}

/* Empty the directory behind fd, which is taken. */
static enum status remove_below(int fd, const char *path)
{
    DIR *dir = fdopendir(fd);
    struct dirent *e;
    enum status st = STATUS_OK;

    if (!dir) {
        int err = errno;

        close(fd);
        return fail_errno(STATUS_IO, err, _("cannot open '%s'"), path);
    }
    while (st == STATUS_OK && (e = readdir(dir))) {
        int child;

        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (unlinkat(dirfd(dir), e->d_name, 0) == 0 || errno == ENOENT)
            continue;
        child = openat(dirfd(dir), e->d_name,
                       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (child < 0) {
            st = fail_errno(STATUS_IO, errno, _("cannot remove '%s/%s'"), path,
                            e->d_name);
            break;
        }
        st = remove_below(child, path);
        if (st == STATUS_OK &&
            unlinkat(dirfd(dir), e->d_name, AT_REMOVEDIR) != 0)
            st = fail_errno(STATUS_IO, errno, _("cannot remove '%s/%s'"), path,
                            e->d_name);
    }
    closedir(dir);
    return st;
}

enum status file_remove_tree(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    enum status st;

    if (fd < 0) {
        if (errno == ENOENT || unlink(path) == 0 || errno == ENOENT)
            return STATUS_OK;
        return fail_errno(STATUS_IO, errno, _("cannot remove '%s'"), path);
    }
    st = remove_below(fd, path);
    if (st != STATUS_OK)
        return st;
    if (rmdir(path) != 0 && errno != ENOENT)
        return fail_errno(STATUS_IO, errno, _("cannot remove '%s'"), path);
    return STATUS_OK;
}

enum status file_lock(const char *path, int wait_ms, int *fd)
{
    AUTO(close_fdp) int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);

    /* flock() does not ask for the right to write. */
    if (lock < 0 && (errno == EACCES || errno == EROFS))
        lock = open(path, O_RDONLY | O_CLOEXEC);
    if (lock < 0)
        return fail_errno(STATUS_IO, errno, _("cannot open the lock '%s'"),
                          path);
    while (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK)
            return fail_errno(STATUS_IO, errno, _("cannot lock '%s'"), path);
        if (wait_ms <= 0)
            return fail(STATUS_BUSY,
                        _("'%s' is held by another process; try again later"),
                        path);
        poll(NULL, 0, LOCK_POLL_MS);
        wait_ms -= LOCK_POLL_MS;
    }
    *fd = lock;
    lock = -1;
    return STATUS_OK;
}

struct magic {
    unsigned long number;
    const char *name;
};

/* File systems whose locks and fsync another machine answers for: SQLite's
 * WAL and flock cannot be relied on there. Numbers: statfs(2). */
static const struct magic network[] = {
    {0x6969, "NFS"},      {0x517b, "SMB"},        {0xff534d42, "CIFS"},
    {0xfe534d42, "SMB2"}, {0x01021997, "9p"},     {0x00c36400, "Ceph"},
    {0x5346414f, "AFS"},  {0x6b414653, "AFS"},    {0x564c, "NCP"},
    {0x73757245, "Coda"}, {0x0bd00bd0, "Lustre"}, {0x7461636f, "OCFS2"},
    {0x01161970, "GFS2"}, {0xaad7aaea, "PanFS"},  {0x47504653, "GPFS"},
};

#define FUSE_MAGIC 0x65735546

/* FUSE is also used for local disks (NTFS): the type in mountinfo tells.
 * A line reads "id parent major:minor … - type source options". */
static bool fuse_is_local(dev_t dev)
{
    FILE *f = fopen("/proc/self/mountinfo", "re");
    char wanted[32];
    char *text = NULL;
    size_t cap = 0;
    bool local = false;

    if (!f)
        return false;
    snprintf(wanted, sizeof(wanted), " %u:%u ", major(dev), minor(dev));
    while (getline(&text, &cap, f) > 0) {
        const char *type = strstr(text, " - ");

        if (!type || !strstr(text, wanted) || strstr(text, wanted) > type)
            continue;
        local = strncmp(type + 3, "fuseblk ", 8) == 0;
        break;
    }
    free(text);
    fclose(f);
    return local;
}

/* statfs of path or, while it does not exist, of what is above it. */
static enum status statfs_upward(const char *path, struct statfs *fs,
                                 struct stat *sb)
{
    AUTO(free_char) char *parent = NULL;

    if (statfs(path, fs) == 0 && stat(path, sb) == 0)
        return STATUS_OK;
    parent = parent_of(path);
    if (errno == ENOENT && strcmp(parent, path) != 0)
        return statfs_upward(parent, fs, sb);
    return fail_errno(STATUS_IO, errno, _("cannot see what disk '%s' is on"),
                      path);
}

enum status file_is_network(const char *path, bool *yes, const char **name)
{
    const char *test = getenv("HOSO_TEST_STATFS");
    struct statfs fs;
    struct stat sb;
    enum status st;

    *yes = test && strcmp(test, "nfs") == 0;
    *name = *yes ? "NFS" : "";
    if (*yes)
        return STATUS_OK;
    st = statfs_upward(path, &fs, &sb);
    if (st != STATUS_OK)
        return st;
    for (size_t i = 0; i < ARRAY_LEN(network); i++) {
        if (((unsigned long)fs.f_type & 0xffffffff) != network[i].number)
            continue;
        *yes = true;
        *name = network[i].name;
        return STATUS_OK;
    }
    if (fs.f_type == FUSE_MAGIC && !fuse_is_local(sb.st_dev)) {
        *yes = true;
        *name = "FUSE";
    }
    return STATUS_OK;
}

enum status file_free_bytes(const char *path, uint64_t *bytes)
{
    struct statvfs sb;

    if (statvfs(path, &sb) != 0)
        return fail_errno(STATUS_IO, errno,
                          _("cannot see how much space '%s' has"), path);
    *bytes = (uint64_t)sb.f_bavail * sb.f_frsize;
    return STATUS_OK;
}

char *path_join(const char *dir, const char *name)
{
    size_t len = strlen(dir);

    if (len == 0)
        return xstrdup(name);
    return xasprintf("%s%s%s", dir, dir[len - 1] == '/' ? "" : "/", name);
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}
