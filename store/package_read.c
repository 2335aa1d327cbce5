/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Archives read by libarchive, each byte of the file going once through our
 * hands on its way, so that the digest of the whole costs no second reading.
 */
#include "store/package.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES (1 << 20)

struct package_reader {
    struct archive *archive;
    struct digest *digest;
    char *path;
    int fd;
    bool hash_all;
    bool foreign;      /* of another program */
    int err;           /* errno of a read that failed; 0 else */
    uint64_t bytes;    /* of the file so far */
    la_int64_t offset; /* of the member so far */
    la_int64_t size;   /* of the member */
    unsigned char *buffer;
};

static la_ssize_t from_file(struct archive *a, void *user, const void **bytes)
{
    struct package_reader *r = user;
    ssize_t n;

    do
        n = read(r->fd, r->buffer, READ_BYTES);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        r->err = errno;
        archive_set_error(a, r->err, "read failed");
        return -1;
    }
    if (r->hash_all)
        digest_add(r->digest, r->buffer, (size_t)n);
    r->bytes += (uint64_t)n;
    *bytes = r->buffer;
    return n;
}

static la_int64_t skip_in_file(struct archive *a, void *user, la_int64_t n)
{
    struct package_reader *r = user;

    (void)a;
    /* 0 makes libarchive read instead. */
    if (r->hash_all || lseek(r->fd, n, SEEK_CUR) < 0)
        return 0;
    return n;
}

static la_int64_t seek_in_file(struct archive *a, void *user, la_int64_t to,
                               int whence)
{
    struct package_reader *r = user;
    off_t at = lseek(r->fd, to, whence);

    (void)a;
    return at < 0 ? ARCHIVE_FATAL : at;
}

static enum status failed(const struct package_reader *r)
{
    const char *why = archive_error_string(r->archive);

    if (r->err)
        return fail_errno(STATUS_IO, r->err, _("cannot read '%s'"), r->path);
    return fail(STATUS_DAMAGED, _("'%s' cannot be read: %s"), r->path,
                why ? why : _("it is not of the expected form"));
}

enum status package_open(const char *path, enum package_form form,
                         bool hash_all, struct package_reader **out)
{
    AUTO(package_closep)
    struct package_reader *r = xcalloc(1, sizeof(*r));

    r->path = xstrdup(path);
    r->hash_all = hash_all;
    r->digest = digest_new();
    r->buffer = xrealloc(NULL, READ_BYTES, 1);
    r->fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (r->fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), path);
    posix_fadvise(r->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    r->archive = archive_read_new();
    if (form != PACKAGE_TAR) {
        archive_read_support_format_zip(r->archive);
        archive_read_set_seek_callback(r->archive, seek_in_file);
    } else {
        archive_read_support_format_tar(r->archive);
    }
    archive_read_set_read_callback(r->archive, from_file);
    archive_read_set_skip_callback(r->archive, skip_in_file);
    archive_read_set_callback_data(r->archive, r);
    /* A file that is no archive fails here already; it is told at the first
     * package_next(), so that package_finish() can be asked for its digest. */
    archive_read_open1(r->archive);
    *out = STEAL(r);
    return STATUS_OK;
}

enum status package_open_bytes(const char *bytes, size_t n, const char *name,
                               struct package_reader **out)
{
    AUTO(package_closep)
    struct package_reader *r = xcalloc(1, sizeof(*r));

    r->path = xstrdup(name);
    r->foreign = true;
    r->fd = -1;
    r->archive = archive_read_new();
    archive_read_support_format_zip(r->archive);
    if (archive_read_open_memory(r->archive, bytes, n) != ARCHIVE_OK)
        return failed(r);
    *out = STEAL(r);
    return STATUS_OK;
}

void package_close(struct package_reader *r)
{
    if (!r)
        return;
    archive_read_free(r->archive);
    close_fdp(&r->fd);
    digest_free(r->digest);
    free(r->buffer);
    free(r->path);
    free(r);
}

void package_closep(struct package_reader **r)
{
    package_close(*r);
    *r = NULL;
}

static bool is_plain_file(struct archive_entry *e)
{
    return archive_entry_pathname(e) && !archive_entry_hardlink(e) &&
           archive_entry_filetype(e) == AE_IFREG &&
           archive_entry_sparse_count(e) == 0;
}

enum status package_next(struct package_reader *r, const char **name,
                         uint64_t *bytes)
{
    struct archive_entry *e = NULL;
    int code;

    *name = NULL;
    do
        code = archive_read_next_header(r->archive, &e);
    while (r->foreign && code == ARCHIVE_OK && !is_plain_file(e));
    if (code == ARCHIVE_EOF)
        return STATUS_OK;
    if (code != ARCHIVE_OK)
        return failed(r);
    if (archive_entry_is_encrypted(e))
        return fail(STATUS_ENCRYPTED, _("'%s' is locked with a password"),
                    r->path);
    if (!is_plain_file(e))
        return fail(STATUS_DAMAGED,
                    _("'%s' holds something that is no plain file"), r->path);
    *name = archive_entry_pathname(e);
    r->size = archive_entry_size_is_set(e) ? archive_entry_size(e) : -1;
    *bytes = r->size < 0 ? 0 : (uint64_t)r->size;
    r->offset = 0;
    return STATUS_OK;
}

enum status package_block(struct package_reader *r, const void **bytes,
                          size_t *n)
{
    la_int64_t at = r->offset;
    int code = archive_read_data_block(r->archive, bytes, n, &at);

    if (code == ARCHIVE_EOF) {
        *n = 0;
        if (r->size >= 0 && r->offset != r->size)
            return fail(STATUS_DAMAGED, _("'%s' ends too early"), r->path);
        return STATUS_OK;
    }
    if (code != ARCHIVE_OK)
        return failed(r);
    if (at != r->offset)
        return fail(STATUS_DAMAGED, _("'%s' has a hole in a file"), r->path);
    r->offset += (la_int64_t)*n;
    /* An empty block is not the end. */
    return *n > 0 ? STATUS_OK : package_block(r, bytes, n);
}

enum status package_finish(struct package_reader *r,
                           char sha256[DIGEST_HEX_BYTES], uint64_t *bytes)
{
    const void *block;

    while (!r->err && from_file(r->archive, r, &block) > 0)
        continue;
    if (r->err)
        return fail_errno(STATUS_IO, r->err, _("cannot read '%s'"), r->path);
    digest_end(r->digest, sha256);
    *bytes = r->bytes;
    return STATUS_OK;
}
