/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Faults at the N-th call that changes files below one folder: open for
 * writing, write, ftruncate, fsync, fdatasync, close, rename, unlink, mkdir,
 * rmdir, link.
 */
#ifndef HOSO_TESTS_FAULT_SHIM_H
#define HOSO_TESTS_FAULT_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum fault_kind {
    FAULT_NONE,
    FAULT_EIO,      /* that call fails with EIO */
    FAULT_ENOSPC,   /* that call fails with ENOSPC */
    FAULT_FULL,     /* from that call on whatever needs room has none */
    FAULT_KILL,     /* the process dies before that call */
    FAULT_CUT,      /* power cut: data and names that were not synced go */
    FAULT_CUT_DATA, /* power cut: names stay, data that was not synced goes */
    FAULT_EXT4,     /* power cut of a real ext4, see real_disk.h */
};

/* Begin to count, and to fail at the call number `at` (from 1). */
void fault_start(const char *folder, enum fault_kind kind, int at);

/* Calls so far. */
int fault_calls(void);

/* fsync and fdatasync say yes and do nothing: the negative control. */
void fault_lie_about_sync(void);

/* ---- power_cut.c: what would be lost ---- */

/* Before the change that the name tells. */
void cut_before_write(const char *path);
void cut_before_rename(const char *from, const char *to);
void cut_before_unlink(const char *path);

/* After it has been made. */
void cut_after_create(const char *path);
void cut_after_mkdir(const char *path);
void cut_after_rename(const char *from, const char *to);

/* A file or a folder was synced. */
void cut_after_sync(const char *path);

/* Put the folder into the state after the cut. */
void cut_now(bool names_too);

#endif
