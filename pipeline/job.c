/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tasks in the pool's keeping. A record travels in a memory file and not in
 * the frame, so that the parent never waits for a worker to read it. */
#include "pipeline/job.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/record_lines.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void job_fd_release(struct job_fd *f)
{
    if (!f || --f->users > 0)
        return;
    close(f->fd);
    free(f);
}

/* A new holder of fd, which is taken. */
static struct job_fd *job_fd_take(int fd, int mode, const struct stat *st)
{
    struct job_fd *f = xcalloc(1, sizeof(*f));
    *f = (struct job_fd){fd, mode, st->st_dev, st->st_ino, 1};
    return f;
}

static enum status job_fd_of(int fd, struct job_fd *recent, struct job_fd **out)
{
    struct stat st;
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fstat(fd, &st) != 0)
        return fail_errno(STATUS_IO, errno, _("cannot hand a file over"));
    int mode = flags & O_ACCMODE;
    if (recent && recent->dev == st.st_dev && recent->ino == st.st_ino &&
        recent->mode == mode) {
        recent->users++;
        *out = recent;
        return STATUS_OK;
    }
    int own = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (own < 0)
        return fail_errno(STATUS_IO, errno, _("cannot hand a file over"));
    *out = job_fd_take(own, mode, &st);
    return STATUS_OK;
}

static enum status write_line(void *user, const char *line, size_t n)
{
    const int *fd = user;
    enum status st = file_write_all(*fd, line, n, "record");
    return st == STATUS_OK ? file_write_all(*fd, "\n", 1, "record") : st;
}

/* The record in a memory file, as lines. */
static enum status record_fd(const struct record *r, struct job_fd **out)
{
    struct stat st;
    AUTO(close_fdp) int fd = memfd_create("record", MFD_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0)
        return fail_errno(STATUS_IO, errno, _("cannot hand a record over"));
    enum status written = record_lines(r, write_line, &fd);
    if (written != STATUS_OK)
        return written;
    *out = job_fd_take(fd, O_RDWR, &st);
    fd = -1;
    return STATUS_OK;
}

static enum status take_fds(struct job *j, const struct task *t,
                            struct job_fd *recent)
{
    enum status st = STATUS_OK;
    int n = t->n_fds + (t->record ? 1 : 0);
    j->fds = xcalloc((size_t)n, sizeof(*j->fds));
    j->raw_fds = xcalloc((size_t)n, sizeof(*j->raw_fds));
    for (int i = 0; i < n && st == STATUS_OK; i++) {
        struct job_fd *f = NULL;
        st = i < t->n_fds ? job_fd_of(t->fds[i], recent, &f)
                          : record_fd(t->record, &f);
        if (st == STATUS_OK) {
            j->fds[i] = f;
            j->raw_fds[i] = f->fd;
            j->n_fds++;
        }
    }
    return st;
}

enum status job_new(const struct task *t, struct job_fd **recent,
                    struct job **out)
{
    struct job *j = xcalloc(1, sizeof(*j));
    j->wire.kind = t->kind;
    j->wire.media = t->media;
    j->wire.source_page = t->source_page;
    j->wire.attempt = 1;
    j->wire.crop = t->crop;
    if (t->sha256)
        strncpy(j->wire.sha256, t->sha256, sizeof(j->wire.sha256) - 1);
    j->user = t->user;
    j->n_pages = t->record ? t->record->n_pages : 0;
    enum status st = take_fds(j, t, *recent);
    if (st != STATUS_OK) {
        job_free(j);
        return st;
    }
    job_fd_release(*recent);
    *recent = NULL;
    if (t->n_fds > 0 && !t->record) {
        *recent = j->fds[0];
        j->fds[0]->users++;
    }
    *out = j;
    return STATUS_OK;
}

void job_free(struct job *j)
{
    if (!j)
        return;
    for (int i = 0; i < j->n_fds; i++)
        job_fd_release(j->fds[i]);
    free(j->fds);
    free(j->raw_fds);
    free(j);
}
