/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stands in front of libc's calls that change files, for this program and the
 * libraries it uses (SQLite, libarchive), since the executable's symbols come
 * first.
 */
/* A fortified header would turn open() into something else. */
#undef _FORTIFY_SOURCE

#include "fault_shim.h"

#include "real_disk.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *watched;
static enum fault_kind planned;
static int fault_at;
static char disk[PATH_MAX]; /* a folder on the disk whose power is cut */
static int calls;
static bool lying;
static int inside; /* our own work is neither counted nor failed */

void fault_start(const char *folder, enum fault_kind kind, int at)
{
    watched = folder;
    snprintf(disk, sizeof(disk), "%s/disk", folder);
    planned = kind;
    fault_at = at;
    calls = 0;
}

int fault_calls(void)
{
    return calls;
}

void fault_lie_about_sync(void)
{
    lying = true;
}

/* The real function of that name. */
#define REAL(name, type) ((type)real(#name))

static void *real(const char *name)
{
    void *f = dlsym(RTLD_NEXT, name);

    if (!f)
        abort();
    return f;
}

static bool is_watched(const char *path)
{
    return watched && inside == 0 &&
           strncmp(path, watched, strlen(watched)) == 0;
}

/* Path of a descriptor; false if it is none of the watched files. */
static bool watched_fd(int fd, char path[PATH_MAX])
{
    char link[64];
    ssize_t n;

    if (!watched || inside > 0)
        return false;
    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    n = readlink(link, path, PATH_MAX - 1);
    if (n < 0)
        return false;
    path[n] = '\0';
    return is_watched(path);
}

static bool is_shared_memory(const char *path)
{
    size_t n = strlen(path);

    return n > 4 && strcmp(path + n - 4, "-shm") == 0;
}

/* Count one call. True: it fails, errno is set. needs_room: it is one that a
 * full disk refuses. */
static bool faulty(bool needs_room)
{
    calls++;
    if (calls < fault_at || planned == FAULT_NONE)
        return false;
    if (planned == FAULT_FULL) {
        errno = ENOSPC;
        return needs_room;
    }
    if (calls > fault_at)
        return false;
    inside++;
    if (planned == FAULT_CUT || planned == FAULT_CUT_DATA)
        cut_now(planned == FAULT_CUT);
    if (planned == FAULT_EXT4)
        real_disk_cut(disk);
    if (planned == FAULT_KILL || planned == FAULT_CUT ||
        planned == FAULT_CUT_DATA || planned == FAULT_EXT4)
        kill(getpid(), SIGKILL);
    inside--;
    errno = planned == FAULT_EIO ? EIO : ENOSPC;
    return true;
}

/* ---- the calls ---- */

static int open_watched(const char *path, int flags, mode_t mode)
{
    int (*next)(const char *, int, ...) =
        REAL(open, int (*)(const char *, int, ...));
    bool writes = (flags & O_ACCMODE) != O_RDONLY;
    bool existed;
    int fd;

    if (!is_watched(path) || !writes)
        return next(path, flags, mode);
    if (faulty((flags & O_CREAT) != 0))
        return -1;
    inside++;
    existed = access(path, F_OK) == 0;
    fd = next(path, flags, mode);
    if (fd >= 0 && !existed)
        cut_after_create(path);
    inside--;
    return fd;
}

#define OPEN(name)                              \
    int name(const char *path, int flags, ...); \
    int name(const char *path, int flags, ...)  \
    {                                           \
        mode_t mode = 0;                        \
        va_list args;                           \
                                                \
        va_start(args, flags);                  \
        if (flags & (O_CREAT | O_TMPFILE))      \
            mode = va_arg(args, mode_t);        \
        va_end(args);                           \
        return open_watched(path, flags, mode); \
    }

OPEN(open)
OPEN(open64)

/* Prepare a change of a file's bytes. True: it fails. */
static bool write_is_faulty(int fd)
{
    char path[PATH_MAX];

    if (!watched_fd(fd, path))
        return false;
    if (faulty(true))
        return true;
    inside++;
    if (!is_shared_memory(path))
        cut_before_write(path);
    inside--;
    return false;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    if (write_is_faulty(fd))
        return -1;
    return REAL(write, ssize_t(*)(int, const void *, size_t))(fd, bytes, n);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    if (write_is_faulty(fd))
        return -1;
    return REAL(pwrite64, ssize_t(*)(int, const void *, size_t, off64_t))(
        fd, bytes, n, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    return pwrite64(fd, bytes, n, at);
}

int ftruncate64(int fd, off64_t n)
{
    if (write_is_faulty(fd))
        return -1;
    return REAL(ftruncate64, int (*)(int, off64_t))(fd, n);
}

int ftruncate(int fd, off_t n)
{
    return ftruncate64(fd, n);
}

static int sync_watched(int fd, int (*next)(int))
{
    char path[PATH_MAX];
    int code;

    if (!watched_fd(fd, path))
        return next(fd);
    if (faulty(false))
        return -1;
    if (lying)
        return 0;
    code = next(fd);
    inside++;
    if (code == 0)
        cut_after_sync(path);
    inside--;
    return code;
}

int fsync(int fd)
{
    return sync_watched(fd, REAL(fsync, int (*)(int)));
}

int fdatasync(int fd)
{
    return sync_watched(fd, REAL(fdatasync, int (*)(int)));
}

int close(int fd)
{
    char path[PATH_MAX];
    bool fails = watched_fd(fd, path) &&
                 (fcntl(fd, F_GETFL) & O_ACCMODE) != O_RDONLY && faulty(false);
    int err = errno;
    int code = REAL(close, int (*)(int))(fd);

    if (!fails)
        return code;
    errno = err;
    return -1;
}

int rename(const char *from, const char *to)
{
    int (*next)(const char *, const char *) =
        REAL(rename, int (*)(const char *, const char *));
    int code;

    if (!is_watched(to))
        return next(from, to);
    if (faulty(false))
        return -1;
    inside++;
    cut_before_rename(from, to);
    code = next(from, to);
    if (code == 0)
        cut_after_rename(from, to);
    inside--;
    return code;
}

int unlink(const char *path)
{
    int (*next)(const char *) = REAL(unlink, int (*)(const char *));

    if (!is_watched(path))
        return next(path);
    if (faulty(false))
        return -1;
    inside++;
    if (access(path, F_OK) == 0)
        cut_before_unlink(path);
    inside--;
    return next(path);
}

int mkdir(const char *path, mode_t mode)
{
    int (*next)(const char *, mode_t) =
        REAL(mkdir, int (*)(const char *, mode_t));
    int code;

    if (!is_watched(path))
        return next(path, mode);
    if (faulty(true))
        return -1;
    code = next(path, mode);
    inside++;
    if (code == 0)
        cut_after_mkdir(path);
    inside--;
    return code;
}
