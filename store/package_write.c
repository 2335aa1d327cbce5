/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Archives written by libarchive. Everything that could differ from run to
 * run is fixed: owner root without a name, mode 0644, one time for all
 * members, no access or change time, so that the bytes follow from the input.
 */
#include "store/package.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

/* tar's own block is 10,240 bytes: the end is padded to that, as tar does. */
#define TAR_BLOCK_BYTES 10240
#define WRITE_BLOCK_BYTES (TAR_BLOCK_BYTES * 16)

struct package_writer {
    struct archive *archive;
    struct archive_entry *entry;
    struct digest *digest;
    char *path;
    int fd;
    uint64_t bytes;     /* of the file so far */
    uint64_t missing;   /* of the member begun last */
    enum status broken; /* what the write callback met */
    bool given_up;      /* nothing more is written */
};

static la_ssize_t to_file(struct archive *a, void *user, const void *bytes,
                          size_t n)
{
    struct package_writer *w = user;

    (void)a;
    /* libarchive 3.6 forgets its buffer when a callback fails; so it is told
     * that all is well, and our own calls look at `broken`. */
    if (w->broken == STATUS_OK && !w->given_up)
        w->broken = file_write_all(w->fd, bytes, n, w->path);
    digest_add(w->digest, bytes, n);
    w->bytes += n;
    return (la_ssize_t)n;
}

static enum status failed(const struct package_writer *w)
{
    /* The callback's message says more than libarchive's. */
    if (w->broken != STATUS_OK)
        return w->broken;
    return fail(STATUS_IO, _("cannot write '%s': %s"), w->path,
                archive_error_string(w->archive));
}

static int set_form(struct archive *a, enum package_form form)
{
    if (form == PACKAGE_ZIP_STORED) {
        int code = archive_write_set_format_zip(a);

        return code == ARCHIVE_OK ? archive_write_zip_set_compression_store(a)
                                  : code;
    }
    if (form == PACKAGE_ZIP)
        return archive_write_set_format_zip(a);
    return archive_write_set_format_pax_restricted(a);
}

enum status package_writer_new(int fd, const char *path, enum package_form form,
                               struct package_writer **out)
{
    AUTO(package_writer_freep)
    struct package_writer *w = xcalloc(1, sizeof(*w));

    w->fd = fd;
    w->path = xstrdup(path);
    w->digest = digest_new();
    w->archive = archive_write_new();
    w->entry = archive_entry_new();
    if (set_form(w->archive, form) != ARCHIVE_OK ||
        archive_write_add_filter_none(w->archive) != ARCHIVE_OK ||
        archive_write_set_bytes_per_block(w->archive, WRITE_BLOCK_BYTES) !=
            ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(
            w->archive, form == PACKAGE_TAR ? TAR_BLOCK_BYTES : 1) !=
            ARCHIVE_OK ||
        archive_write_open(w->archive, w, NULL, to_file, NULL) != ARCHIVE_OK)
        return failed(w);
    *out = STEAL(w);
    return STATUS_OK;
}

void package_writer_free(struct package_writer *w)
{
    if (!w)
        return;
    /* The destructor finishes the archive: of one that is given up nothing
     * more is written. */
    w->given_up = true;
    archive_write_free(w->archive);
    archive_entry_free(w->entry);
    digest_free(w->digest);
    free(w->path);
    free(w);
}

void package_writer_freep(struct package_writer **w)
{
    package_writer_free(*w);
    *w = NULL;
}

enum status package_member(struct package_writer *w, const char *name,
                           uint64_t bytes, time_t mtime)
{
    struct archive_entry *e = archive_entry_clear(w->entry);

    if (w->missing > 0)
        return fail(STATUS_INTERNAL, _("a member of '%s' is too short"),
                    w->path);
    archive_entry_set_pathname(e, name);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_uid(e, 0);
    archive_entry_set_gid(e, 0);
    archive_entry_set_nlink(e, 1);
    archive_entry_set_size(e, (la_int64_t)bytes);
    archive_entry_set_mtime(e, mtime, 0);
    w->missing = bytes;
    if (archive_write_header(w->archive, e) != ARCHIVE_OK ||
        w->broken != STATUS_OK)
        return failed(w);
    return STATUS_OK;
}

enum status package_write(struct package_writer *w, const void *bytes, size_t n)
{
    const char *p = bytes;

    if (n > w->missing)
        return fail(STATUS_INTERNAL, _("a member of '%s' is too long"),
                    w->path);
    w->missing -= n;
    while (n > 0) {
        la_ssize_t done = archive_write_data(w->archive, p, n);

        if (done <= 0 || w->broken != STATUS_OK)
            return failed(w);
        p += done;
        n -= (size_t)done;
    }
    return STATUS_OK;
}

enum status package_writer_end(struct package_writer *w,
                               char sha256[DIGEST_HEX_BYTES], uint64_t *bytes)
{
    if (w->missing > 0)
        return fail(STATUS_INTERNAL, _("a member of '%s' is too short"),
                    w->path);
    if (archive_write_close(w->archive) != ARCHIVE_OK || w->broken != STATUS_OK)
        return failed(w);
    digest_end(w->digest, sha256);
    *bytes = w->bytes;
    return STATUS_OK;
}
