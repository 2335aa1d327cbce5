/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An ext4 of its own in a loop-mounted image, whose power can be cut: the
 * kernel's ioctl EXT4_IOC_SHUTDOWN drops everything that was not synced.
 */
#ifndef HOSO_TESTS_REAL_DISK_H
#define HOSO_TESTS_REAL_DISK_H

#include <stdbool.h>

struct real_disk {
    char *image, *before,
        *mount; /* before: the image every trial starts with */
};

/* False, with the reason printed, if this machine does not allow it. */
bool real_disk_make(const char *dir, struct real_disk *d);

/* What is on it now is what every trial starts with. */
bool real_disk_keep(const struct real_disk *d);

/* Back to what was kept. */
bool real_disk_fresh(const struct real_disk *d);

/* Off and on again, after a cut. */
bool real_disk_restart(const struct real_disk *d);

void real_disk_remove(struct real_disk *d);

/* The cut itself; folder lies on the disk. */
void real_disk_cut(const char *folder);

#endif
