/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * registers/ on the disk: every register as it was given, and what it is.
 * An import counts once its .json has its name; bytes without one are what a
 * crash has left, and are written over by the next.
 */
#include "store/registers_inner.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define IMPORT_SCHEMA 1
#define JSON_BYTES_MAX (1u << 20)

void kept_import_clear(struct kept_import *k)
{
    free(k->name);
    free(k->sha256);
    free(k->who);
    free(k->file);
    free(k->sheet);
    free(k->sheet_sha256);
    json_decref(k->columns);
    memset(k, 0, sizeof(*k));
}

char *registers_path(const struct store *s, const char *name)
{
    return xasprintf("%s/registers/%s", s->dir, name);
}

const char *register_kind_text(enum register_kind k)
{
    return k == REGISTER_STAFF ? "staff" : "result";
}

/* "000012.json" is 12; 0 if it is no such name. */
static int64_t number_of(const char *name)
{
    char *end = NULL;
    long long v = name[0] >= '0' && name[0] <= '9' ? strtoll(name, &end, 10) : 0;

    return v > 0 && end - name >= 6 && strcmp(end, ".json") == 0 ? v : 0;
}

enum status kept_last(struct store *s, int64_t *out)
{
    AUTO(free_char) char *folder = store_path(s, "registers");
    DIR *d = opendir(folder);
    struct dirent *e;

    *out = 0;
    if (!d && errno == ENOENT)
        return STATUS_OK;
    if (!d)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), folder);
    while ((e = readdir(d)))
        if (number_of(e->d_name) > *out)
            *out = number_of(e->d_name);
    closedir(d);
    return STATUS_OK;
}

static enum status read_members(const json_t *j, struct kept_import *k)
{
    const char *kind = "", *name = "", *sha256 = "", *who = "", *at = "";
    const char *file = "";
    int schema = 0;
    enum status st = json_get_int32(j, "schema", 1, IMPORT_SCHEMA, &schema);

    if (st == STATUS_OK)
        st = json_get_string(j, "kind", &kind);
    if (st == STATUS_OK)
        st = json_get_string(j, "name", &name);
    if (st == STATUS_OK)
        st = json_get_string(j, "sha256", &sha256);
    if (st == STATUS_OK)
        st = json_get_string(j, "who", &who);
    if (st == STATUS_OK)
        st = json_get_string(j, "at", &at);
    if (st == STATUS_OK)
        st = json_get_string(j, "file", &file);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "sheet", &k->sheet);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "sheet_sha256", &k->sheet_sha256);
    if (st == STATUS_OK)
        st = json_get_bool(j, "mapped", &k->mapped);
    if (st == STATUS_OK)
        st = json_get_object(j, "columns", &k->columns);
    if (st != STATUS_OK)
        return st;
    json_incref(k->columns);
    k->kind = strcmp(kind, "staff") == 0 ? REGISTER_STAFF : REGISTER_RESULT;
    k->name = xstrdup(name);
    k->sha256 = xstrdup(sha256);
    k->who = xstrdup(who);
    k->file = xstrdup(file);
    if (!clock_parse_iso(at, &k->at) || !digest_is_hex(sha256) ||
        strchr(file, '/') || (k->sheet && strchr(k->sheet, '/')))
        return fail(STATUS_INVALID, _("it is not as hoso writes it"));
    return STATUS_OK;
}

enum status kept_read(struct store *s, int64_t number, struct kept_import *out)
{
    AUTO(free_char) char *name = xasprintf("%06d.json", (int)number);
    AUTO(free_char) char *path = registers_path(s, name);
    AUTO(free_char) char *text = NULL;
    AUTO(json_decrefp) json_t *j = NULL;
    size_t n = 0;
    enum status st = file_read(path, JSON_BYTES_MAX, &text, &n);

    memset(out, 0, sizeof(*out));
    if (st != STATUS_OK)
        return st;
    out->number = number;
    st = json_parse(text, n, path, &j);
    if (st == STATUS_OK)
        st = read_members(j, out);
    if (st == STATUS_OK)
        return st;
    kept_import_clear(out);
    return fail(STATUS_DAMAGED, "'%s': %s", path, status_message());
}

static char *import_text(const struct kept_import *k, size_t bytes)
{
    char at[CLOCK_ISO_BYTES];
    AUTO(json_decrefp) json_t *j = json_object();

    clock_iso(k->at, at);
    json_object_set_new(j, "schema", json_integer(IMPORT_SCHEMA));
    json_object_set_new(j, "kind", json_string(register_kind_text(k->kind)));
    json_object_set_new(j, "name", json_text_value(k->name));
    json_object_set_new(j, "file", json_text_value(k->file));
    json_object_set_new(j, "sha256", json_string(k->sha256));
    json_object_set_new(j, "bytes", json_integer((json_int_t)bytes));
    json_object_set_new(j, "sheet", json_text_or_null(k->sheet));
    json_object_set_new(j, "sheet_sha256", json_text_or_null(k->sheet_sha256));
    json_object_set_new(j, "at", json_string(at));
    json_object_set_new(j, "who", json_text_value(k->who));
    json_object_set(j, "columns", k->columns);
    json_object_set_new(j, "mapped", json_boolean(k->mapped));
    json_object_set_new(j, "rows", json_integer((json_int_t)k->rows));
    json_object_set_new(j, "good", json_integer((json_int_t)k->good));
    json_object_set_new(j, "wrong", json_integer((json_int_t)k->wrong));
    return json_text(j, true);
}

static enum status write_one(struct store *s, const char *name,
                             const char *bytes, size_t n, mode_t mode)
{
    AUTO(free_char) char *path = registers_path(s, name);

    return file_write_durable(path, bytes, n, mode);
}

enum status kept_write(struct store *s, struct kept_import *k,
                       const char *bytes, size_t n, const char *table,
                       size_t n_table)
{
    AUTO(free_char) char *folder = store_path(s, "registers");
    AUTO(free_char) char *json = xasprintf("%06d.json", (int)k->number);
    AUTO(free_char) char *text = NULL;
    AUTO(free_char) char *line = NULL;
    mode_t mode = k->kind == REGISTER_STAFF ? 0600 : 0640;
    char hex[DIGEST_HEX_BYTES];
    enum status st = file_make_dirs(folder, PACKAGE_DIR_MODE);

    k->file = xasprintf("%06d.%s", (int)k->number, table ? "xlsx" : "csv");
    if (st == STATUS_OK)
        st = write_one(s, k->file, bytes, n, mode);
    if (st == STATUS_OK && table) {
        digest_bytes(table, n_table, hex);
        k->sheet = xasprintf("%06d.sheet.csv", (int)k->number);
        k->sheet_sha256 = xstrdup(hex);
        st = write_one(s, k->sheet, table, n_table, mode);
    }
    if (st != STATUS_OK)
        return st;
    text = import_text(k, n);
    line = xasprintf("%s\n", text);
    return write_one(s, json, line, strlen(line), mode);
}
