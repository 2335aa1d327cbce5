/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first look at a document of a batch: its files are opened once, and
 * stay open, so that what is hashed here is what is read and stored later
 * whatever becomes of the names.
 */
#include "service/ingest_document.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The exact bytes of a name that cannot be shown as it is. */
static char *hex_of(const char *bytes)
{
    struct strbuf b;
    strbuf_init(&b);
    for (const char *c = bytes; *c; c++)
        strbuf_addf(&b, "%02x", (unsigned)(unsigned char)*c);
    return strbuf_take(&b);
}

static enum status open_and_hash(const char *path, int *fd, char *hex,
                                 uint64_t *bytes)
{
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (*fd < 0)
        return fail_errno(STATUS_IO, errno, _("the file cannot be opened"));
    struct stat sb;
    if (fstat(*fd, &sb) < 0 || !S_ISREG(sb.st_mode))
        return fail(STATUS_IO, _("it is no file any more"));
    AUTO(free_char) char *shown = text_show_name(path);
    return digest_fd(*fd, shown, hex, bytes);
}

/* What can be said against a file without decoding it. */
static enum status judge(const struct config *c, enum media media,
                         uint64_t bytes)
{
    uint64_t most_mb = (uint64_t)config_int(c, CONFIG_FILE_MB);
    if (bytes == 0)
        return fail(STATUS_INVALID, _("the file is empty"));
    if (media == MEDIA_UNKNOWN)
        return fail(STATUS_UNSUPPORTED,
                    _("the file is not a JPEG, PNG, TIFF, WebP, JPEG 2000 or "
                      "PDF"));
    if (bytes > most_mb << 20)
        return fail(STATUS_LIMIT,
                    _("the file has %llu MB, more than the %llu MB that "
                      "limits.file_mb in hoso.ini allows"),
                    (unsigned long long)(bytes >> 20),
                    (unsigned long long)most_mb);
    return STATUS_OK;
}

static enum status add_source(struct archive *a, struct ingest_document *d,
                              int file)
{
    const struct input_file *in = &d->in->files[file];
    char hex[DIGEST_HEX_BYTES];
    uint64_t bytes;
    enum status st = open_and_hash(in->path, &d->fds[file], hex, &bytes);
    if (st != STATUS_OK)
        return st;
    const char *name = path_base(in->path);
    struct source s = {
        .name = text_show_name(name),
        .sha256 = xstrdup(hex),
        .bytes = bytes,
        .media_type = xstrdup(media_type(in->media)),
        .path = xasprintf("data/original/%04d.%s", file + 1,
                          media_extension(in->media)),
        .pages = in->media == MEDIA_PDF || in->media == MEDIA_TIFF ? 0 : 1,
    };
    if (strcmp(s.name, name) != 0)
        s.name_hex = hex_of(name);
    record_take_source(d->record, &s);
    st = judge(a->config, in->media, bytes);
    if (st != STATUS_OK)
        document_file_failed(d, file, st, status_message());
    return STATUS_OK;
}

enum status document_known_files(struct archive *a, struct ingest_document *d,
                                 int *known)
{
    *known = 0;
    for (int i = 0; i < d->record->n_sources; i++) {
        bool found;
        char id[STORE_ID_BYTES];
        enum status st = store_find_source(
            a->store, d->record->sources[i].sha256, &found, id);
        if (st != STATUS_OK)
            return st;
        if (found && (*known)++ == 0)
            memcpy(d->existing_id, id, sizeof(id));
    }
    return STATUS_OK;
}

static struct ingest_document *document_new(const struct input_document *in,
                                            const char *kind,
                                            const char *batch)
{
    struct ingest_document *d = xcalloc(1, sizeof(*d));
    size_t n = (size_t)in->n_files;
    d->in = in;
    d->fds = xcalloc(n + 1, sizeof(*d->fds));
    for (size_t i = 0; i <= n; i++)
        d->fds[i] = -1;
    d->failures = xcalloc(n, sizeof(*d->failures));
    d->signatures = xcalloc(n, sizeof(*d->signatures));
    d->file_errands = xcalloc(n, sizeof(*d->file_errands));
    d->files_left = in->n_files;
    d->record = record_new();
    d->record->kind = xstrdup(kind);
    d->record->batch = xstrdup(batch);
    d->record->title = xstrdup(in->title);
    /* Who took it in is what the work of a day is counted by. */
    AUTO(free_char) char *who = archive_who();
    struct version v = {
        .number = 1,
        .at = clock_now(),
        .agent = xstrdup("hoso " HOSO_VERSION),
        .note = xasprintf("ingest by %s", who),
    };
    record_take_version(d->record, &v);
    return d;
}

enum status document_open(struct archive *a, const struct input_document *in,
                          const char *kind, const char *batch,
                          struct ingest_document **out)
{
    struct ingest_document *d = document_new(in, kind, batch);
    *out = d;
    for (int i = 0; i < in->n_files; i++) {
        d->file_errands[i] = (struct errand){d, TASK_PROBE, i};
        enum status st = add_source(a, d, i);
        if (st != STATUS_OK) {
            d->status = st;
            d->message = xstrdup(status_message());
            d->phase = DOCUMENT_READY;
            d->fate = FATE_FAILED;
            return STATUS_OK;
        }
    }
    if (!config_bool(a->config, CONFIG_DUPLICATES)) {
        int known;
        enum status st = document_known_files(a, d, &known);
        if (st != STATUS_OK)
            return st;
        if (known == in->n_files) {
            d->phase = DOCUMENT_READY;
            d->fate = FATE_DUPLICATE;
            return STATUS_OK;
        }
    }
    document_counted(d);
    return STATUS_OK;
}

void document_free(struct ingest_document *d)
{
    if (!d)
        return;
    for (int i = 0; i <= d->in->n_files; i++)
        close_fdp(&d->fds[i]);
    for (int i = 0; i < d->in->n_files; i++)
        free(d->failures[i].message);
    for (int i = 0; i < d->in->n_files; i++)
        json_decref(d->signatures[i]);
    for (int i = 0; i < d->n_pages; i++)
        page_clear(&d->pages[i]);
    record_free(d->record);
    free(d->fds);
    free(d->failures);
    free(d->signatures);
    free(d->file_errands);
    free(d->page_errands);
    free(d->pages);
    free(d->message);
    free(d->staff_form);
    free(d);
}
