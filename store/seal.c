/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Making the package of one document. The bag's own files come first, so that
 * a reader has the digests before the bytes; the originals' digests are known
 * from their first reading and are compared with what is packed now.
 */
#include "store/bag.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/package.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_BYTES (1 << 20)

/* One file of the payload: either text or what fd gives. */
struct part {
    const char *text; /* borrowed; NULL: fd */
    int fd;
    const char *label; /* the name the user knows, for messages; or NULL */
};

struct sealing {
    struct store *s;
    const struct package_input *in;
    struct package_writer *writer;
    struct bag_files files; /* sorted by path */
    struct part *parts;     /* in the same order */
    char *record, *premis;
    char *name; /* of the bag's folder */
};

/* Text of the payload: its digest is known at once. */
static void add_text(struct sealing *z, const char *path, const char *text)
{
    struct bag_file *f = bag_files_add(&z->files, path, strlen(text));

    digest_bytes(text, strlen(text), f->sha256);
    z->parts[z->files.n - 1] = (struct part){text, -1, NULL};
}

static void add_fd(struct sealing *z, const char *path, int fd, uint64_t bytes,
                   const char *sha256, const char *label)
{
    struct bag_file *f = bag_files_add(&z->files, path, bytes);

    memcpy(f->sha256, sha256, DIGEST_HEX_BYTES);
    z->parts[z->files.n - 1] = (struct part){NULL, fd, label};
}

/* A document whose access PDF could not be made is sealed without. */
static enum status add_access(struct sealing *z, char *hex, uint64_t *bytes)
{
    int fd = z->in->access_fd;

    if (fd < 0)
        return STATUS_OK;
    if (lseek(fd, 0, SEEK_SET) != 0)
        return fail_errno(STATUS_IO, errno, _("cannot read the access PDF"));
    enum status st = digest_fd(fd, "access.pdf", hex, bytes);

    if (st == STATUS_OK)
        add_fd(z, "data/access.pdf", fd, *bytes, hex, NULL);
    return st;
}

/* Gather the payload in the order of its paths: access.pdf, ocr/, original/,
 * premis.xml, record.json, text.txt. An amendment has no originals, and of the
 * rest only what changed. */
static enum status gather(struct sealing *z)
{
    const struct record *r = z->in->record;
    char hex[DIGEST_HEX_BYTES];
    uint64_t bytes = 0;
    enum status st;

    z->parts = xcalloc((size_t)r->n_pages + (size_t)r->n_sources + 4,
                       sizeof(*z->parts));
    st = add_access(z, hex, &bytes);
    if (st != STATUS_OK)
        return st;
    for (int i = 0; z->in->alto && i < r->n_pages; i++) {
        AUTO(free_char) char *path = xasprintf("data/ocr/%04d.xml", i + 1);

        if (z->in->alto[i])
            add_text(z, path, z->in->alto[i]);
    }
    for (int i = 0; z->in->source_fds && i < r->n_sources; i++) {
        const struct source *src = &r->sources[i];

        add_fd(z, src->path, z->in->source_fds[i], src->bytes, src->sha256,
               src->name);
    }
    z->record = record_json_text(r);
    z->premis =
        record_version(r) == 1
            ? premis_text(r, z->in->access_fd >= 0 ? hex : NULL, bytes)
            : premis_amendment_text(r, z->record,
                                    z->in->access_fd >= 0 ? hex : NULL, bytes);
    add_text(z, "data/premis.xml", z->premis);
    add_text(z, "data/record.json", z->record);
    if (z->in->text)
        add_text(z, "data/text.txt", z->in->text);
    return STATUS_OK;
}

static enum status write_member(struct sealing *z, const char *path,
                                uint64_t bytes)
{
    AUTO(free_char) char *name = xasprintf("%s/%s", z->name, path);

    return package_member(z->writer, name, bytes,
                          record_changed_at(z->in->record));
}

static enum status write_text(struct sealing *z, const char *path,
                              const char *text)
{
    enum status st = write_member(z, path, strlen(text));

    return st == STATUS_OK ? package_write(z->writer, text, strlen(text)) : st;
}

static enum status changed(const struct part *part, const char *path)
{
    return fail(STATUS_INVALID,
                _("'%s' changed while it was read; give it again"),
                part->label ? part->label : path);
}

/* Copy fd from its start: exactly f->bytes with exactly f->sha256. pread
 * leaves the caller's position alone. */
static enum status write_fd(struct sealing *z, const struct bag_file *f,
                            const struct part *part)
{
    AUTO(digest_freep) struct digest *d = digest_new();
    AUTO(free_char) char *buffer = xrealloc(NULL, COPY_BYTES, 1);
    char hex[DIGEST_HEX_BYTES];
    uint64_t at = 0;
    enum status st = write_member(z, f->path, f->bytes);

    while (st == STATUS_OK) {
        ssize_t n = pread(part->fd, buffer, COPY_BYTES, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno(STATUS_IO, errno, _("cannot read '%s'"),
                              part->label ? part->label : f->path);
        if (n == 0)
            break;
        at += (uint64_t)n;
        if (at > f->bytes)
            return changed(part, f->path);
        digest_add(d, buffer, (size_t)n);
        st = package_write(z->writer, buffer, (size_t)n);
    }
    if (st != STATUS_OK)
        return st;
    digest_end(d, hex);
    if (at != f->bytes || strcmp(hex, f->sha256) != 0)
        return changed(part, f->path);
    return STATUS_OK;
}

/* The bag's own files. The one that lists the others is the first of all. */
static enum status write_tags(struct sealing *z)
{
    AUTO(free_char)
    char *info = bag_info_text(z->s, z->in->record, &z->files);
    AUTO(free_char) char *manifest = bag_manifest_text(&z->files);
    AUTO(free_char) char *tagmanifest = NULL;
    const char *const tags[][2] = {{"bag-info.txt", info},
                                   {"bagit.txt", BAG_DECLARATION},
                                   {"manifest-sha256.txt", manifest}};
    struct bag_files listed = {0};
    enum status st;

    for (size_t i = 0; i < ARRAY_LEN(tags); i++)
        digest_bytes(tags[i][1], strlen(tags[i][1]),
                     bag_files_add(&listed, tags[i][0], 0)->sha256);
    tagmanifest = bag_manifest_text(&listed);
    bag_files_clear(&listed);
    st = write_text(z, "tagmanifest-sha256.txt", tagmanifest);
    for (size_t i = 0; st == STATUS_OK && i < ARRAY_LEN(tags); i++)
        st = write_text(z, tags[i][0], tags[i][1]);
    return st;
}

static enum status write_payload(struct sealing *z)
{
    enum status st = STATUS_OK;

    for (int i = 0; st == STATUS_OK && i < z->files.n; i++) {
        const struct bag_file *f = &z->files.items[i];
        const struct part *part = &z->parts[i];

        st = part->text ? write_text(z, f->path, part->text)
                        : write_fd(z, f, part);
    }
    return st;
}

static enum status write_package(struct sealing *z, int fd, const char *path,
                                 char sha256[DIGEST_HEX_BYTES], uint64_t *bytes)
{
    enum status st;

    z->name = bag_name(z->in->record->id, record_version(z->in->record));
    st = gather(z);
    if (st == STATUS_OK)
        st = package_writer_new(fd, path, PACKAGE_TAR, &z->writer);
    if (st == STATUS_OK)
        st = write_tags(z);
    if (st == STATUS_OK)
        st = write_payload(z);
    if (st == STATUS_OK)
        st = package_writer_end(z->writer, sha256, bytes);
    package_writer_freep(&z->writer);
    bag_files_clear(&z->files);
    free(z->parts);
    free(z->record);
    free(z->premis);
    free(z->name);
    return st;
}

/* After fsync the package is read back through the path that verify uses; the
 * page cache is let go first, so that the disk answers. */
static enum status read_back(const char *path, const struct record *r,
                             const char *sha256)
{
    AUTO(free_char) char *name = bag_name(r->id, record_version(r));
    struct verify_result found = {0};
    struct bag bag;
    enum status st = bag_read(path, &bag);

    if (st != STATUS_OK)
        return st;
    bag_check(&bag, name, path, &found);
    if (found.n_findings > 0)
        st = fail(STATUS_BAD_OUTPUT, _("'%s' did not read back: %s"),
                  found.findings[0].where, found.findings[0].text);
    else if (strcmp(bag.sha256, sha256) != 0)
        st = fail(STATUS_BAD_OUTPUT,
                  _("'%s' did not read back as it was written"), path);
    verify_result_clear(&found);
    bag_clear(&bag);
    return st;
}

enum status seal(struct store *s, const struct package_input *in,
                 const char *path, char sha256[DIGEST_HEX_BYTES],
                 uint64_t *bytes)
{
    struct sealing z = {.s = s, .in = in};
    mode_t mode = package_mode(in->record->kind);
    int fd =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    enum status st;

    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot make '%s'"), path);
    if (fchmod(fd, mode) != 0)
        st = fail_errno(STATUS_IO, errno,
                        _("cannot set the permissions of '%s'"), path);
    else
        st = write_package(&z, fd, path, sha256, bytes);
    if (st != STATUS_OK) {
        close(fd);
        return st;
    }
    st = file_sync(fd, path);
    if (st == STATUS_OK)
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    /* From here on a failure means that a write may be lost. */
    s->broken = s->broken || st != STATUS_OK;
    if (st != STATUS_OK) {
        close(fd);
        return st;
    }
    st = file_close(fd, path);
    s->broken = s->broken || st != STATUS_OK;
    return st == STATUS_OK ? read_back(path, in->record, sha256) : st;
}
