/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See real_disk.h. Needs root and loop devices. */
#include "real_disk.h"

#include "base/alloc.h"
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* linux/fs/ext4/ext4.h: not in the headers for programs before 6.7. */
#define SHUTDOWN _IOR('X', 125, uint32_t)
#define NO_LOG_FLUSH 2

/* The command is taken. */
static bool run(char *command)
{
    int code = system(command);

    free(command);
    return WIFEXITED(code) && WEXITSTATUS(code) == 0;
}

static bool switch_on(const struct real_disk *d)
{
    return run(
        xasprintf("mount -o loop '%s' '%s' 2>/dev/null", d->image, d->mount));
}

static bool switch_off(const struct real_disk *d)
{
    return run(xasprintf("umount '%s' 2>/dev/null", d->mount));
}

static bool copy(const char *from, const char *to)
{
    return run(xasprintf("cp '%s' '%s'", from, to));
}

bool real_disk_make(const char *dir, struct real_disk *d)
{
    d->image = xasprintf("%s/disk.img", dir);
    d->before = xasprintf("%s/before.img", dir);
    d->mount = xasprintf("%s/disk", dir);
    if (geteuid() == 0 && mkdir(d->mount, 0700) == 0 &&
        run(xasprintf("truncate -s 16M '%s' && mkfs.ext4 -q -F '%s'"
                      " 2>/dev/null",
                      d->image, d->image)) &&
        switch_on(d))
        return true;
    printf("SKIPPED: no ext4 of its own to be had: needs root, mkfs.ext4 and"
           " loop devices\n");
    return false;
}

bool real_disk_keep(const struct real_disk *d)
{
    return switch_off(d) && copy(d->image, d->before) && switch_on(d);
}

bool real_disk_fresh(const struct real_disk *d)
{
    return switch_off(d) && copy(d->before, d->image) && switch_on(d);
}

bool real_disk_restart(const struct real_disk *d)
{
    return switch_off(d) && switch_on(d);
}

void real_disk_remove(struct real_disk *d)
{
    /* A test that failed may still have files open on it. */
    if (d->mount && !switch_off(d) &&
        !run(xasprintf("umount -l '%s'", d->mount)))
        fprintf(stderr, "%s is not unmounted\n", d->mount);
    free(d->image);
    free(d->before);
    free(d->mount);
    *d = (struct real_disk){0};
}

void real_disk_cut(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    uint32_t flags = NO_LOG_FLUSH;

    if (fd < 0 || ioctl(fd, SHUTDOWN, &flags) != 0)
        abort();
}
