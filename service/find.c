/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searching, listing and showing documents. */
#include "service/archive.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The index to search in. None is right for an archive without documents of
 * the kind: *out is NULL then. */
static enum status open_index(struct archive *a, bool staff,
                              struct fulltext **out)
{
    AUTO(free_char) char *path = archive_index_path(a->dir, staff);
    *out = NULL;
    enum status st = archive_index_reader(a, staff, out);
    if (st != STATUS_NOT_FOUND)
        return st;
    struct list_filter all = {.kind = staff ? "staff" : NULL, .limit = -1};
    int64_t n = 0;
    st = store_count(a->store, &all, &n);
    if (st == STATUS_OK && n > 0)
        return fail(STATUS_DAMAGED,
                    _("the index '%s' is missing; make it again with "
                      "'hoso reindex'"),
                    path);
    return st;
}

enum status archive_search(struct archive *a, const struct query *q,
                           struct hits *out)
{
    *out = (struct hits){0};
    bool staff = q->kind && strcmp(q->kind, "staff") == 0;
    AUTO(fulltext_closep) struct fulltext *f = NULL;
    enum status st = open_index(a, staff, &f);
    return st == STATUS_OK && f ? fulltext_search(f, q, out) : st;
}

enum status archive_like(struct archive *a, const char *id,
                         const struct query *q, struct hits *out)
{
    *out = (struct hits){0};
    AUTO(fulltext_closep) struct fulltext *f = NULL;
    struct doc_row d = {0};
    enum status st = store_get(a->store, id, &d);
    if (st != STATUS_OK)
        return st;
    st = open_index(a, strcmp(d.kind, "staff") == 0, &f);
    doc_row_clear(&d);
    return st == STATUS_OK && f ? fulltext_like(f, id, q, out) : st;
}

enum status archive_list(struct archive *a, const struct list_filter *f,
                         enum status (*each)(void *user,
                                             const struct doc_row *d),
                         void *user)
{
    return store_list(a->store, f, each, user);
}

enum status archive_count(struct archive *a, const struct list_filter *f,
                          int64_t *out)
{
    return store_count(a->store, f, out);
}

enum status archive_show(struct archive *a, const char *id,
                         struct doc_row *row, struct record **rec)
{
    *rec = NULL;
    enum status st = store_get(a->store, id, row);
    if (st == STATUS_OK)
        st = store_read_record(a->store, id, rec);
    if (st != STATUS_OK)
        doc_row_clear(row);
    return st;
}

/* Under a temporary name first: a half PDF must never look like one. */
static enum status pdf_to_file(struct archive *a, const char *id,
                               const char *path)
{
    AUTO(free_char) char *temporary = xasprintf("%s.hoso-part", path);
    AUTO(free_char) char *shown = text_show_name(path);
    AUTO(close_fdp) int fd =
        open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("'%s' cannot be written"),
                          shown);
    enum status st = store_read_file(a->store, id, "data/access.pdf", fd);
    if (st == STATUS_OK) {
        int done = fd;
        fd = -1;
        st = file_close(done, path);
    }
    if (st == STATUS_OK && rename(temporary, path) < 0)
        st = fail_errno(STATUS_IO, errno, _("'%s' cannot be written"), shown);
    if (st != STATUS_OK)
        (void)unlink(temporary);
    return st;
}

/* The document is there and has an access PDF. */
static enum status check_has_pdf(struct archive *a, const char *id)
{
    AUTO(record_freep) struct record *r = NULL;
    enum status st = store_read_record(a->store, id, &r);
    if (st != STATUS_OK)
        return st;
    static const char none[] = "no access PDF";
    if (r->access_note && strncmp(r->access_note, none, strlen(none)) == 0)
        return fail(STATUS_NOT_FOUND,
                    _("document '%s' has %s; 'hoso export' gives the original"),
                    id, r->access_note);
    return STATUS_OK;
}

enum status archive_pdf(struct archive *a, const char *id, const char *path,
                        int fd, bool force)
{
    enum status st = check_has_pdf(a, id);
    if (st != STATUS_OK)
        return st;
    if (!path)
        return store_read_file(a->store, id, "data/access.pdf", fd);
    if (!force && access(path, F_OK) == 0) {
        AUTO(free_char) char *shown = text_show_name(path);
        return fail(STATUS_EXISTS,
                    _("'%s' is there already; give another name or --force"),
                    shown);
    }
    return pdf_to_file(a, id, path);
}
