/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One package read wholly: every member hashed, the bag's own texts and the
 * record kept. A package that breaks off half-way still gives what was read
 * and the digest of the whole file.
 */
#include "store/bag.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/package.h"

#include <stdlib.h>
#include <string.h>

/* Largest of the texts that are kept in memory. */
#define TEXT_BYTES_MAX (UINT64_C(1) << 30)

void bag_clear(struct bag *b)
{
    bag_files_clear(&b->files);
    free(b->name);
    free(b->declaration);
    free(b->info);
    free(b->manifest);
    free(b->tagmanifest);
    free(b->record);
    free(b->damage);
    memset(b, 0, sizeof(*b));
}

/* Where the text of that file is to be kept; NULL if it is only hashed. */
static char **kept_text(struct bag *b, const char *path)
{
    if (strcmp(path, "bagit.txt") == 0)
        return &b->declaration;
    if (strcmp(path, "bag-info.txt") == 0)
        return &b->info;
    if (strcmp(path, "manifest-sha256.txt") == 0)
        return &b->manifest;
    if (strcmp(path, "tagmanifest-sha256.txt") == 0)
        return &b->tagmanifest;
    if (strcmp(path, "data/record.json") == 0)
        return &b->record;
    return NULL;
}

/* The path inside the bag; NULL unless the member lies in the one folder. */
static const char *path_in_bag(struct bag *b, const char *member)
{
    const char *slash = strchr(member, '/');
    size_t n = slash ? (size_t)(slash - member) : 0;

    if (n == 0 || !slash[1])
        return NULL;
    if (!b->name)
        b->name = xstrndup(member, n);
    if (strlen(b->name) != n || memcmp(b->name, member, n) != 0)
        return NULL;
    return slash + 1;
}

static enum status read_member(struct package_reader *reader,
                               struct bag_file *f, struct strbuf *text)
{
    AUTO(digest_freep) struct digest *d = digest_new();
    const void *block;
    size_t n;
    enum status st;

    f->bytes = 0;
    while ((st = package_block(reader, &block, &n)) == STATUS_OK && n > 0) {
        digest_add(d, block, n);
        f->bytes += n;
        if (text && f->bytes > TEXT_BYTES_MAX)
            return fail(STATUS_DAMAGED, _("'%s' is too long"), f->path);
        if (text)
            strbuf_add(text, block, n);
    }
    digest_end(d, f->sha256);
    return st;
}

static enum status read_members(struct package_reader *reader, struct bag *b)
{
    for (;;) {
        const char *member = NULL;
        const char *path;
        uint64_t bytes = 0;
        struct strbuf text = {0};
        char **keep;
        enum status st = package_next(reader, &member, &bytes);

        if (st != STATUS_OK || !member)
            return st;
        path = path_in_bag(b, member);
        if (!path)
            return fail(STATUS_DAMAGED, _("'%s' is not in the bag's folder"),
                        member);
        keep = kept_text(b, path);
        if (keep && *keep)
            return fail(STATUS_DAMAGED, _("'%s' is there twice"), member);
        strbuf_init(&text);
        st = read_member(reader, bag_files_add(&b->files, path, bytes),
                         keep ? &text : NULL);
        if (st == STATUS_OK && keep == &b->record)
            b->record_bytes = text.len;
        if (st == STATUS_OK && keep)
            *keep = strbuf_take(&text);
        strbuf_clear(&text);
        if (st != STATUS_OK) {
            /* What broke off half-way has no digest to compare. */
            free(b->files.items[--b->files.n].path);
            return explain(st, "%s", path);
        }
    }
}

enum status bag_read(const char *path, struct bag *out)
{
    AUTO(package_closep) struct package_reader *reader = NULL;
    enum status st;

    memset(out, 0, sizeof(*out));
    st = package_open(path, PACKAGE_TAR, true, &reader);
    if (st != STATUS_OK)
        return st;
    st = read_members(reader, out);
    if (st == STATUS_DAMAGED) {
        out->damage = xstrdup(status_message());
        st = STATUS_OK;
    }
    if (st == STATUS_OK)
        st = package_finish(reader, out->sha256, &out->bytes);
    if (st != STATUS_OK) {
        bag_clear(out);
        return st;
    }
    bag_files_sort(&out->files);
    return STATUS_OK;
}

/* ---- as a document ---- */

void sealed_clear(struct sealed *s)
{
    bag_clear(&s->bag);
    record_free(s->record);
    doc_row_clear(&s->row);
    memset(s, 0, sizeof(*s));
}

/* What a catalogue cannot be without. */
static enum status require_complete(const struct record *r)
{
    static const char *const kinds[] = {"result", "staff", "work"};
    bool known = false;

    for (size_t i = 0; r->kind && i < ARRAY_LEN(kinds); i++)
        known = known || strcmp(kinds[i], r->kind) == 0;
    if (!known)
        return fail(STATUS_INVALID, _("its kind is unknown: '%s'"),
                    r->kind ? r->kind : "");
    for (int i = 0; i < r->n_sources; i++)
        if (!r->sources[i].sha256 || !r->sources[i].path)
            return fail(STATUS_INVALID, _("source %d has no digest or path"),
                        i + 1);
    return STATUS_OK;
}

static enum status read_record(struct sealed *s, const char *package,
                               const char *id, int version)
{
    AUTO(json_decrefp) json_t *j = NULL;
    enum status st =
        json_parse(s->bag.record, s->bag.record_bytes, "data/record.json", &j);

    if (st == STATUS_OK)
        st = record_from_json(j, &s->record);
    if (st != STATUS_OK)
        return st;
    if (!s->record->id || strcmp(s->record->id, id) != 0)
        return fail(STATUS_INVALID, _("it is the record of '%s'"),
                    s->record->id ? s->record->id : "");
    if (record_version(s->record) != version)
        return fail(STATUS_INVALID, _("it is version %d and should be %d"),
                    record_version(s->record), version);
    st = require_complete(s->record);
    if (st != STATUS_OK)
        return st;
    doc_row_of_record(s->record, package, s->bag.sha256, s->bag.bytes, &s->row);
    return STATUS_OK;
}

/* The originals are in the first package and nowhere else. */
static void check_no_originals(const struct bag *b, const char *package,
                               struct verify_result *out)
{
    for (int i = 0; i < b->files.n; i++)
        if (strncmp(b->files.items[i].path, "data/original/", 14) == 0)
            finding_take(out, CHECK_FILE_UNKNOWN, true,
                         xasprintf("%s!%s", package, b->files.items[i].path),
                         xstrdup(_("an amendment has no originals")));
}

enum status sealed_read(const char *dir, const char *package,
                        struct verify_result *out, struct sealed *s,
                        bool *sound)
{
    AUTO(free_char) char *path = path_join(dir, package);
    AUTO(free_char) char *name = NULL;
    char id[STORE_ID_BYTES];
    int before = out->n_findings;
    int year = 0;
    int version = 0;
    int64_t number = 0;
    enum status st;

    memset(s, 0, sizeof(*s));
    *sound = false;
    st = bag_read(path, &s->bag);
    if (st != STATUS_OK)
        return st;
    if (!package_path_parse(package, &year, &number, &version))
        return fail(STATUS_INTERNAL, _("'%s' is no place of a package"),
                    package);
    id_format(year, number, id);
    name = bag_name(id, version);
    bag_check(&s->bag, name, package, out);
    if (version > 1)
        check_no_originals(&s->bag, package, out);
    out->packages++;
    out->files += s->bag.files.n;
    out->bytes += s->bag.bytes;
    if (s->bag.record && read_record(s, package, id, version) != STATUS_OK) {
        finding_take(out, CHECK_RECORD, true,
                     xasprintf("%s!data/record.json", package),
                     xstrdup(status_message()));
        record_freep(&s->record);
    }
    *sound = s->record && out->n_findings == before;
    return STATUS_OK;
}
