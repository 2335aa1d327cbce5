/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Searches that were given a name, in state/searches.json. */
#include "service/archive.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 1 << 20, NAME_MAX_BYTES = 100 };

static char *path_of(const struct archive *a)
{
    return xasprintf("%s/state/searches.json", a->dir);
}

/* All of them, an object by name; empty if none was saved yet. */
static enum status read_all(const struct archive *a, json_t **out)
{
    AUTO(free_char) char *path = path_of(a);
    AUTO(free_char) char *bytes = NULL;
    size_t n = 0;
    enum status st = file_read(path, FILE_MAX, &bytes, &n);
    *out = NULL;
    if (st == STATUS_NOT_FOUND) {
        *out = json_object();
        return STATUS_OK;
    }
    if (st == STATUS_OK)
        st = json_parse(bytes, n, path, out);
    if (st == STATUS_OK && !json_is_object(*out)) {
        json_decref(*out);
        *out = NULL;
        st = fail(STATUS_INVALID, _("'%s' has no saved searches"), path);
    }
    return st;
}

static enum status write_all(const struct archive *a, const json_t *all)
{
    AUTO(free_char) char *path = path_of(a);
    AUTO(free_char) char *text = json_text(all, true);
    return file_write_durable(path, text, strlen(text), 0640);
}

enum status archive_save_search(struct archive *a, const char *name,
                                const struct query *q)
{
    AUTO(json_decrefp) json_t *all = NULL;
    if (!name[0] || strlen(name) > NAME_MAX_BYTES)
        return fail(STATUS_USAGE,
                    _("the name of a saved search has 1 to %d bytes"),
                    NAME_MAX_BYTES);
    enum status st = read_all(a, &all);
    if (st != STATUS_OK)
        return st;
    json_t *one = json_pack("{s:o, s:o, s:o}", "query",
                            json_text_value(q->text), "kind",
                            json_text_or_null(q->kind), "batch",
                            json_text_or_null(q->batch));
    if (json_object_set_new(all, name, one) != 0)
        return fail(STATUS_USAGE, _("the name of a saved search is no text"));
    return write_all(a, all);
}

static enum status unknown(const char *name)
{
    return fail(STATUS_NOT_FOUND,
                _("there is no saved search '%s'; 'hoso search' without words "
                  "lists them"),
                name);
}

enum status archive_saved_search(struct archive *a, const char *name,
                                 struct saved_search *out)
{
    AUTO(json_decrefp) json_t *all = NULL;
    *out = (struct saved_search){0};
    enum status st = read_all(a, &all);
    if (st != STATUS_OK)
        return st;
    const json_t *one = json_object_get(all, name);
    if (!one)
        return unknown(name);
    const char *text = NULL;
    st = json_get_string(one, "query", &text);
    if (st == STATUS_OK)
        st = json_get_text_or_null(one, "kind", &out->kind);
    if (st == STATUS_OK)
        st = json_get_text_or_null(one, "batch", &out->batch);
    if (st != STATUS_OK) {
        saved_search_clear(out);
        return st;
    }
    out->name = xstrdup(name);
    out->text = xstrdup(text);
    return STATUS_OK;
}

enum status archive_forget_search(struct archive *a, const char *name)
{
    AUTO(json_decrefp) json_t *all = NULL;
    enum status st = read_all(a, &all);
    if (st != STATUS_OK)
        return st;
    if (json_object_del(all, name) != 0)
        return unknown(name);
    return write_all(a, all);
}

enum status
archive_saved_searches(struct archive *a,
                       enum status (*each)(void *user,
                                           const struct saved_search *s),
                       void *user)
{
    AUTO(json_decrefp) json_t *all = NULL;
    enum status st = read_all(a, &all);
    const char *name;
    json_t *one;
    if (st != STATUS_OK)
        return st;
    json_object_foreach(all, name, one)
    {
        struct saved_search s = {0};
        st = archive_saved_search(a, name, &s);
        if (st == STATUS_OK)
            st = each(user, &s);
        saved_search_clear(&s);
        if (st != STATUS_OK)
            return st;
    }
    return STATUS_OK;
}

void saved_search_clear(struct saved_search *s)
{
    free(s->name);
    free(s->text);
    free(s->kind);
    free(s->batch);
    *s = (struct saved_search){0};
}
