/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that last: durable writing, directories, locks, what kind of file
 * system. An fsync or close error is never retried: the file is abandoned
 * and the caller stops writing (design §4).
 */
#ifndef HOSO_BASE_FILE_H
#define HOSO_BASE_FILE_H

#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* For AUTO(): close *fd if it is not -1. */
void close_fdp(int *fd);

/* Write all n bytes (short writes and EINTR handled). */
NODISCARD enum status file_write_all(int fd, const void *bytes, size_t n,
                                     const char *path);

/* The whole of a file, at most max bytes, NUL put behind; caller frees.
 * fails  NOT_FOUND, DENIED, IO, LIMIT */
NODISCARD enum status file_read(const char *path, size_t max, char **out,
                                size_t *n);

/*
 * Write a file so that after a power cut there is the old or the new, never a
 * half: temporary name in the same directory, write, fsync, rename, fsync of
 * the directory.
 * mode    permission bits
 * fails   IO, NO_SPACE, DENIED; the old file is untouched then
 */
NODISCARD enum status file_write_durable(const char *path, const void *bytes,
                                         size_t n, mode_t mode);

/* fsync of fd, of a directory by path. */
NODISCARD enum status file_sync(int fd, const char *path);
NODISCARD enum status file_sync_dir(const char *path);

/* close() that reports. */
NODISCARD enum status file_close(int fd, const char *path);

/* Make path and what is missing above it; every directory made and its
 * parent are fsynced. It may be there already. */
NODISCARD enum status file_make_dirs(const char *path, mode_t mode);

/* Remove a tree; nothing there is no error. Does not follow links. */
NODISCARD enum status file_remove_tree(const char *path);

/*
 * Exclusive advisory lock (flock) on path, which is made if missing.
 * wait_ms  0: fail with BUSY at once; else wait at most so long
 * fd       the lock is held until this is closed
 * fails    BUSY, IO, DENIED
 */
NODISCARD enum status file_lock(const char *path, int wait_ms, int *fd);

/* Whether path lies on a network file system (statfs magic of NFS, SMB, CIFS,
 * 9p, Ceph, AFS, FUSE sshfs…). name: its name, static.
 * HOSO_TEST_STATFS=nfs makes every path one, for tests. */
NODISCARD enum status file_is_network(const char *path, bool *yes,
                                      const char **name);

/* Free bytes for an unprivileged user where path lies. */
NODISCARD enum status file_free_bytes(const char *path, uint64_t *bytes);

/* "dir/name"; caller frees. */
char *path_join(const char *dir, const char *name);

/* The last part of a path, borrowed; never empty for a valid path. */
const char *path_base(const char *path);

#endif
