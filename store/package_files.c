/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One file of a document, out of the newest package that has it. The manifests lie in front of the payload, so
 * the digest that a file should have is known before its first byte comes.
 */
#include "store/versions.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/package.h"

#include <stdlib.h>
#include <string.h>

#define MANIFEST_BYTES_MAX (64 << 20)

struct fetch {
    const char *path; /* wanted, in the bag */
    const char *package;
    struct strbuf manifests; /* both, one behind the other */
    int fd;                  /* where it goes, or … */
    struct strbuf *text;     /* … into memory */
};

static enum status take_block(struct fetch *f, const void *block, size_t n)
{
    if (!f->text)
        return file_write_all(f->fd, block, n, f->path);
    strbuf_add(f->text, block, n);
    return STATUS_OK;
}

static enum status take_manifest(struct fetch *f, struct package_reader *r)
{
    const void *block;
    size_t n;
    enum status st;

    while ((st = package_block(r, &block, &n)) == STATUS_OK && n > 0) {
        if (f->manifests.len + n > MANIFEST_BYTES_MAX)
            return fail(STATUS_DAMAGED,
                        _("'%s' has a manifest that is too"
                          " long"),
                        f->package);
        strbuf_add(&f->manifests, block, n);
    }
    return st;
}

/* The digest that the manifests say; the tag manifest itself has none. */
static enum status compare(struct fetch *f, const char *hex)
{
    struct bag_files listed = {0};
    const struct bag_file *want;
    enum status st;

    if (strcmp(f->path, "tagmanifest-sha256.txt") == 0)
        return STATUS_OK;
    st = bag_manifest_parse(f->manifests.s, &listed);
    if (st != STATUS_OK)
        return explain(st, "%s", f->package);
    want = bag_files_find(&listed, f->path);
    if (!want || strcmp(want->sha256, hex) != 0)
        st = fail(STATUS_DAMAGED,
                  _("'%s' in '%s' is not what its manifest says; run: hoso"
                    " verify"),
                  f->path, f->package);
    bag_files_clear(&listed);
    return st;
}

static enum status take_file(struct fetch *f, struct package_reader *r)
{
    AUTO(digest_freep) struct digest *d = digest_new();
    char hex[DIGEST_HEX_BYTES];
    const void *block;
    size_t n;
    enum status st;

    while ((st = package_block(r, &block, &n)) == STATUS_OK && n > 0) {
        digest_add(d, block, n);
        st = take_block(f, block, n);
        if (st != STATUS_OK)
            return st;
    }
    if (st != STATUS_OK)
        return st;
    digest_end(d, hex);
    return compare(f, hex);
}

static enum status fetch_from(struct fetch *f, struct package_reader *r)
{
    for (;;) {
        const char *member = NULL;
        const char *path;
        uint64_t bytes = 0;
        enum status st = package_next(r, &member, &bytes);

        if (st != STATUS_OK)
            return st;
        if (!member)
            return fail(STATUS_NOT_FOUND, _("there is no '%s' in '%s'"),
                        f->path, f->package);
        path = strchr(member, '/');
        if (path && strcmp(path + 1, f->path) == 0)
            return take_file(f, r);
        if (path && (strcmp(path + 1, "manifest-sha256.txt") == 0 ||
                     strcmp(path + 1, "tagmanifest-sha256.txt") == 0))
            st = take_manifest(f, r);
        if (st != STATUS_OK)
            return st;
    }
}

static enum status fetch_package(struct store *s, const char *id,
                                 const char *package, struct fetch *f)
{
    AUTO(package_closep) struct package_reader *r = NULL;
    AUTO(free_char) char *path = store_path(s, package);
    enum status st;

    f->package = path;
    st = package_open(path, PACKAGE_TAR, false, &r);
    if (st == STATUS_NOT_FOUND)
        return fail(STATUS_DAMAGED, _("the package of '%s' is not there: '%s'"),
                    id, path);
    if (st != STATUS_OK)
        return st;
    strbuf_init(&f->manifests);
    st = fetch_from(f, r);
    strbuf_clear(&f->manifests);
    return st;
}

/* From the newest package that has it; version 0: of all of them. */
static enum status fetch(struct store *s, const char *id, int version,
                         struct fetch *f)
{
    struct package_rows l = {0};
    struct doc_row row;
    enum status st = catalogue_get(s->catalogue, id, &row);

    if (st != STATUS_OK)
        return st;
    if (version > row.version)
        st = fail(STATUS_NOT_FOUND, _("'%s' has no version %d"), id, version);
    else
        st = package_rows_get(s->catalogue, id,
                              version > 0 ? version : row.version, &l);
    doc_row_clear(&row);
    if (st != STATUS_OK)
        return st;
    if (l.n == 0 || (version > 0 && l.items[l.n - 1].version != version))
        st = fail(STATUS_DAMAGED,
                  _("a version of '%s' is not in the catalogue; run: hoso"
                    " verify"),
                  id);
    else
        st = fetch_package(s, id, l.items[l.n - 1].path, f);
    for (int i = l.n - 2; i >= 0 && st == STATUS_NOT_FOUND; i--)
        st = fetch_package(s, id, l.items[i].path, f);
    package_rows_clear(&l);
    return st;
}

enum status store_read_file(struct store *s, const char *id, const char *path,
                            int fd)
{
    struct fetch f = {.path = path, .fd = fd};

    return fetch(s, id, 0, &f);
}

enum status store_read_record(struct store *s, const char *id,
                              struct record **out)
{
    return store_read_version(s, id, 0, out);
}

enum status store_read_version(struct store *s, const char *id, int version,
                               struct record **out)
{
    struct strbuf text;
    struct fetch f = {.path = "data/record.json", .fd = -1, .text = &text};
    AUTO(json_decrefp) json_t *j = NULL;
    enum status st;

    strbuf_init(&text);
    st = fetch(s, id, version, &f);
    if (st == STATUS_OK)
        st = json_parse(text.s, text.len, "record.json", &j);
    strbuf_clear(&text);
    if (st == STATUS_OK)
        st = record_from_json(j, out);
    /* It was written by hoso and has its digest: not the user's mistake. */
    if (st == STATUS_INVALID)
        return explain(fail(STATUS_DAMAGED, "%s", status_message()), "%s", id);
    return st;
}
