/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Archives as files: the only header of store/ behind which libarchive is.
 * Names are ASCII; members are regular files only.
 */
#ifndef HOSO_STORE_PACKAGE_H
#define HOSO_STORE_PACKAGE_H

#include "base/digest.h"
#include "base/status.h"
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum package_form {
    PACKAGE_TAR,        /* uncompressed pax tar */
    PACKAGE_ZIP,        /* for export only */
    PACKAGE_ZIP_STORED, /* the same, not compressed */
};

/* ---- writing ---- */

struct package_writer;

/* Write an archive to fd, which stays the caller's. path is for messages.
 * The same calls with the same values give the same bytes. */
NODISCARD enum status package_writer_new(int fd, const char *path,
                                         enum package_form form,
                                         struct package_writer **out);
void package_writer_free(struct package_writer *w); /* NULL allowed */
void package_writer_freep(struct package_writer **w);

/* Begin a member of exactly that many bytes; package_write() gives them. */
NODISCARD enum status package_member(struct package_writer *w, const char *name,
                                     uint64_t bytes, time_t mtime);
NODISCARD enum status package_write(struct package_writer *w, const void *bytes,
                                    size_t n);

/* Finish the archive; digest and length of what was written. fd is neither
 * synced nor closed. */
NODISCARD enum status package_writer_end(struct package_writer *w,
                                         char sha256[DIGEST_HEX_BYTES],
                                         uint64_t *bytes);

/* ---- reading ---- */

struct package_reader;

/* hash_all  package_finish() is going to tell the digest of the whole file;
 *           else members that are not wanted are skipped without reading
 * fails     NOT_FOUND, DENIED, IO */
NODISCARD enum status package_open(const char *path, enum package_form form,
                                   bool hash_all, struct package_reader **out);

/* A ZIP of another program in memory: n bytes that must outlive the reader.
 * What is no plain file in it is passed over. name is for messages. */
NODISCARD enum status package_open_bytes(const char *bytes, size_t n,
                                         const char *name,
                                         struct package_reader **out);
void package_close(struct package_reader *r); /* NULL allowed */
void package_closep(struct package_reader **r);

/* The next member; *name is NULL at the end, else borrowed until the next
 * call.  fails  DAMAGED, IO, ENCRYPTED (locked with a password) */
NODISCARD enum status package_next(struct package_reader *r, const char **name,
                                   uint64_t *bytes);

/* The next block of the member; *n is 0 at its end. */
NODISCARD enum status package_block(struct package_reader *r,
                                    const void **bytes, size_t *n);

/* Read the file to its very end, whatever was read of it before and even
 * after DAMAGED; digest and length of the whole. */
NODISCARD enum status package_finish(struct package_reader *r,
                                     char sha256[DIGEST_HEX_BYTES],
                                     uint64_t *bytes);

#endif
