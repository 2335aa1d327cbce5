/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What could not be read is kept, with the reason beside it: the bytes may be
 * the only ones there are. An entry is made in a folder of a temporary name
 * and gets its own, the digest of the bytes, when it is whole.
 */
#include "store/inner.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_BYTES (1 << 20)
#define NAME_BYTES_MAX 180
#define REASON_SCHEMA 1

struct entry {
    const char *name, *sha256, *batch, *message;
    enum status code;
    char *file; /* name of the bytes in the folder */
    uint64_t bytes;
};

/* A file name out of what is shown: no folder, not hidden, not too long, not
 * the name of the reason. */
static char *safe_name(const char *shown)
{
    size_t n = strlen(shown);
    char *name;

    while (n > NAME_BYTES_MAX && ((unsigned char)shown[n] & 0xc0) == 0x80)
        n--;
    while (n > NAME_BYTES_MAX || ((unsigned char)shown[n] & 0xc0) == 0x80)
        n--;
    name = xstrndup(shown, n);
    for (char *p = name; *p; p++)
        if (*p == '/' || *p == '\\' || (p == name && *p == '.'))
            *p = '_';
    if (*name && strcmp(name, "reason.json") != 0)
        return name;
    free(name);
    return xstrdup("original");
}

static char *reason_text(const struct entry *e)
{
    char at[CLOCK_ISO_BYTES];
    AUTO(json_decrefp) json_t *j = json_object();

    clock_iso(clock_now(), at);
    json_object_set_new(j, "schema", json_integer(REASON_SCHEMA));
    json_object_set_new(j, "name", json_text_value(e->name));
    json_object_set_new(j, "batch", json_text_value(e->batch));
    json_object_set_new(j, "time", json_string(at));
    json_object_set_new(j, "code", json_string(status_json(e->code)));
    json_object_set_new(j, "message", json_text_value(e->message));
    json_object_set_new(j, "sha256", json_string(e->sha256));
    json_object_set_new(j, "bytes", json_integer((json_int_t)e->bytes));
    json_object_set_new(j, "file", json_text_value(e->file));
    return json_text(j, true);
}

static enum status write_reason(const char *folder, const struct entry *e)
{
    AUTO(free_char) char *path = path_join(folder, "reason.json");
    AUTO(free_char) char *text = reason_text(e);
    AUTO(free_char) char *line = xasprintf("%s\n", text);

    return file_write_durable(path, line, strlen(line), 0640);
}

static enum status copy_bytes(int from, int to, const char *path,
                              struct entry *e)
{
    AUTO(digest_freep) struct digest *d = digest_new();
    AUTO(free_char) char *buffer = xrealloc(NULL, COPY_BYTES, 1);
    char hex[DIGEST_HEX_BYTES];

    e->bytes = 0;
    for (;;) {
        ssize_t n = pread(from, buffer, COPY_BYTES, (off_t)e->bytes);
        enum status st;

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno(STATUS_IO, errno, _("cannot read '%s'"), e->name);
        if (n == 0)
            break;
        digest_add(d, buffer, (size_t)n);
        e->bytes += (uint64_t)n;
        st = file_write_all(to, buffer, (size_t)n, path);
        if (st != STATUS_OK)
            return st;
    }
    digest_end(d, hex);
    if (strcmp(hex, e->sha256) != 0)
        return fail(STATUS_INVALID,
                    _("'%s' changed while it was read; give it again"),
                    e->name);
    return STATUS_OK;
}

static enum status write_bytes(int from, const char *folder, struct entry *e)
{
    AUTO(free_char) char *path = path_join(folder, e->file);
    int fd =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
    enum status st;

    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot make '%s'"), path);
    st = copy_bytes(from, fd, path, e);
    if (st == STATUS_OK)
        st = file_sync(fd, path);
    if (st != STATUS_OK) {
        close(fd);
        return st;
    }
    return file_close(fd, path);
}

/* The name and length that an entry's bytes have, of its reason. */
static enum status read_reason(const char *folder, struct entry *e)
{
    AUTO(free_char) char *path = path_join(folder, "reason.json");
    AUTO(free_char) char *text = NULL;
    AUTO(json_decrefp) json_t *j = NULL;
    const char *file = NULL;
    long long bytes = 0;
    size_t n = 0;
    enum status st = file_read(path, 1 << 20, &text, &n);

    if (st == STATUS_OK)
        st = json_parse(text, n, path, &j);
    if (st == STATUS_OK)
        st = json_get_string(j, "file", &file);
    if (st == STATUS_OK)
        st = json_get_int(j, "bytes", 0, INT64_MAX, &bytes);
    if (st != STATUS_OK)
        return st;
    free(e->file);
    e->file = xstrdup(file);
    e->bytes = (uint64_t)bytes;
    return STATUS_OK;
}

static enum status make_entry(struct store *s, int fd, const char *folder,
                              struct entry *e)
{
    AUTO(free_char)
    char *temporary = xasprintf("%s/quarantine/.%s.tmp", s->dir, e->sha256);
    AUTO(free_char) char *above = store_path(s, "quarantine");
    enum status st = file_remove_tree(temporary);

    if (st == STATUS_OK)
        st = file_make_dirs(temporary, PACKAGE_DIR_MODE);
    if (st == STATUS_OK)
        st = write_bytes(fd, temporary, e);
    if (st == STATUS_OK)
        st = write_reason(temporary, e);
    if (st == STATUS_OK && rename(temporary, folder) != 0)
        st = fail_errno(STATUS_IO, errno, _("cannot put '%s' in its place"),
                        folder);
    if (st == STATUS_OK)
        return file_sync_dir(above);
    AUTO(free_char) char *message = xstrdup(status_message());
    if (file_remove_tree(temporary) != STATUS_OK)
        return fail(st, "%s", message);
    return st;
}

enum status store_quarantine(struct store *s, int fd, const char *shown_name,
                             const char *sha256, const char *batch,
                             enum status code, const char *message,
                             char **entry)
{
    AUTO(free_char) char *relative = xasprintf("quarantine/%s", sha256);
    AUTO(free_char) char *folder = store_path(s, relative);
    struct entry e = {.name = shown_name,
                      .sha256 = sha256,
                      .batch = batch ? batch : "",
                      .message = message,
                      .code = code,
                      .file = safe_name(shown_name)};
    enum status st = store_lock(s);

    if (st == STATUS_OK) {
        if (access(folder, F_OK) != 0)
            st = make_entry(s, fd, folder, &e);
        else if ((st = read_reason(folder, &e)) == STATUS_OK)
            st = write_reason(folder, &e);
        store_unlock(s);
    }
    free(e.file);
    if (st != STATUS_OK)
        return st;
    *entry = STEAL(relative);
    return STATUS_OK;
}

/* ---- proof ---- */

static void check_entry(const char *folder, const char *relative,
                        struct verify_result *out)
{
    struct entry e = {0};
    AUTO(free_char) char *path = NULL;
    AUTO(close_fdp) int fd = -1;
    char hex[DIGEST_HEX_BYTES];
    uint64_t bytes = 0;

    if (read_reason(folder, &e) != STATUS_OK) {
        finding_take(out, CHECK_FILE_MISSING, true,
                     path_join(relative, "reason.json"),
                     xstrdup(status_message()));
        return;
    }
    path = path_join(folder, e.file);
    fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || digest_fd(fd, path, hex, &bytes) != STATUS_OK)
        finding_take(out, CHECK_FILE_MISSING, true, path_join(relative, e.file),
                     xstrdup(_("the quarantined file cannot be read")));
    else if (strcmp(hex, path_base(relative)) != 0)
        finding_take(out, CHECK_FILE_DIGEST, true, path_join(relative, e.file),
                     xasprintf(_("SHA-256 is %s and should be %s"), hex,
                               path_base(relative)));
    out->files++;
    out->bytes += bytes;
    free(e.file);
}

enum status quarantine_check(struct store *s, struct verify_result *out)
{
    AUTO(free_char) char *above = store_path(s, "quarantine");
    DIR *d = opendir(above);
    struct dirent *e;

    if (!d && errno == ENOENT)
        return STATUS_OK;
    if (!d)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), above);
    while ((e = readdir(d))) {
        AUTO(free_char) char *folder = path_join(above, e->d_name);
        AUTO(free_char)
        char *relative = path_join("quarantine", e->d_name);

        if (digest_is_hex(e->d_name))
            check_entry(folder, relative, out);
    }
    closedir(d);
    return STATUS_OK;
}
