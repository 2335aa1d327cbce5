/* SPDX-License-Identifier: GPL-3.0-or-later */
/* BagIt 1.0 (RFC 8493) inside a package: making its own files, reading one
 * wholly, checking it. */
#ifndef HOSO_STORE_BAG_H
#define HOSO_STORE_BAG_H

#include "store/inner.h"

#define BAG_DECLARATION \
    "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

struct bag_file {
    char *path; /* in the bag: "data/text.txt", "bagit.txt" */
    uint64_t bytes;
    char sha256[DIGEST_HEX_BYTES];
};

struct bag_files {
    struct bag_file *items;
    int n, cap;
};

/* Add a file (the item is borrowed till the next), and sort by path. */
void bag_files_clear(struct bag_files *l);
struct bag_file *bag_files_add(struct bag_files *l, const char *path,
                               uint64_t bytes);
void bag_files_sort(struct bag_files *l);

/* In a sorted list; NULL if it is not there. */
const struct bag_file *bag_files_find(const struct bag_files *l,
                                      const char *path);

/* ---- making ---- */

/* Name of a bag's folder: the id, of an amendment "2022-000123.2". Caller
 * frees. */
char *bag_name(const char *id, int version);

/* "<digest>  <path>\n" for each. Caller frees. */
char *bag_manifest_text(const struct bag_files *l);

/* bag-info.txt; agency, fonds of s. Caller frees. */
char *bag_info_text(const struct store *s, const struct record *r,
                    const struct bag_files *payload);

/* ---- reading ---- */

/* A bag as it was found. Any text is NULL if that file is not there. */
struct bag {
    char *name;             /* of its folder */
    struct bag_files files; /* all members, sorted */
    char *declaration, *info, *manifest, *tagmanifest;
    char *record; /* data/record.json */
    size_t record_bytes;
    char *damage; /* why the package could not be read to its end, or NULL */
    char sha256[DIGEST_HEX_BYTES]; /* of the whole package */
    uint64_t bytes;
};

/* Read every byte of the package at path. What is wrong in it is data.
 * fails  NOT_FOUND, DENIED, IO; out is empty then */
NODISCARD enum status bag_read(const char *path, struct bag *out);
void bag_clear(struct bag *b);

/* Entries of a manifest.  fails  DAMAGED (a line is not one) */
NODISCARD enum status bag_manifest_parse(const char *text,
                                         struct bag_files *out);

/* Compare a bag with its manifests, in both directions, and with the name it
 * should have; findings are put into out, with "package!file" as their
 * place. */
void bag_check(const struct bag *b, const char *name, const char *package,
               struct verify_result *out);

/* ---- a package as a document ---- */

struct sealed {
    struct bag bag;
    struct record *record; /* NULL if it cannot be read */
    struct doc_row row;    /* only if record is there */
};

/* Read and check the package at `package` (relative to dir). Whatever is
 * wrong is a finding. *sound: no finding, and `record` is there. */
NODISCARD enum status sealed_read(const char *dir, const char *package,
                                  struct verify_result *out, struct sealed *s,
                                  bool *sound);
void sealed_clear(struct sealed *s);

/* Write the package of a document to the new file at path, fsync it, read it
 * back. With source_fds, text or alto NULL, or a page's alto, these are left
 * out: an amendment.  fails  INVALID (a source changed), NO_SPACE, IO, BAD_OUTPUT */
NODISCARD enum status seal(struct store *s, const struct package_input *in,
                           const char *path, char sha256[DIGEST_HEX_BYTES],
                           uint64_t *bytes);

/* premis.xml; access_sha256 NULL: there is no access PDF. Caller frees. */
char *premis_text(const struct record *r, const char *access_sha256,
                  uint64_t access_bytes);

/* premis.xml of an amendment: record.json, an access PDF if it is a new one,
 * and who changed what. Caller frees. */
char *premis_amendment_text(const struct record *r, const char *record_json,
                            const char *access_sha256, uint64_t access_bytes);

/* The newest version's number and time; 1 and the time of storing if r lists
 * none. */
int record_version(const struct record *r);
time_t record_changed_at(const struct record *r);

#endif
