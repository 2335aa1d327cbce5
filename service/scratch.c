/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nameless files: a crash leaves nothing of them behind. */
#include "service/scratch.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum status scratch_open(const char *dir, int *fd)
{
    *fd = open(dir, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (*fd >= 0)
        return STATUS_OK;
    if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)
        return fail_errno(STATUS_IO, errno, _("no file can be made in '%s'"),
                          dir);
    /* File systems without O_TMPFILE. */
    AUTO(free_char) char *path = xasprintf("%s/scratch-XXXXXX", dir);
    *fd = mkostemp(path, O_CLOEXEC);
    if (*fd < 0)
        return fail_errno(STATUS_IO, errno, _("no file can be made in '%s'"),
                          dir);
    if (unlink(path) < 0)
        return fail_errno(STATUS_IO, errno, _("'%s' cannot be removed"), path);
    return STATUS_OK;
}
