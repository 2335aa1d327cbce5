/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record.json, schema 1 (docs/format.md): the document, its sources, fields
 * and versions. Its pages are in page_json.c. */
#include "base/record.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/strbuf.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

static json_t *time_json(time_t t)
{
    char iso[CLOCK_ISO_BYTES];
    if (t == 0)
        return json_null();
    clock_iso(t, iso);
    return json_string(iso);
}

static json_t *sources_json(const struct record *r)
{
    json_t *list = json_array();
    for (int i = 0; i < r->n_sources; i++) {
        const struct source *s = &r->sources[i];
        json_array_append_new(
            list, json_pack("{s:o,s:o,s:o,s:I,s:o,s:o,s:i}", "name",
                            json_text_or_null(s->name), "name_hex",
                            json_text_or_null(s->name_hex), "sha256",
                            json_text_or_null(s->sha256), "bytes",
                            (json_int_t)s->bytes, "media_type",
                            json_text_or_null(s->media_type), "path",
                            json_text_or_null(s->path), "pages", s->pages));
    }
    return list;
}

static json_t *fields_json(const struct record *r)
{
    json_t *list = json_array();
    for (int i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        json_array_append_new(
            list, json_pack("{s:o,s:o,s:i,s:o,s:i,s:o,s:o}", "name",
                            json_text_or_null(f->name), "value",
                            json_text_or_null(f->value), "page", f->page, "box",
                            box_to_json(&f->box), "confidence", f->conf_pct,
                            "rule", json_text_or_null(f->rule), "state",
                            json_text_or_null(f->state)));
    }
    return list;
}

static json_t *versions_json(const struct record *r)
{
    json_t *list = json_array();
    for (int i = 0; i < r->n_versions; i++) {
        const struct version *v = &r->versions[i];
        json_t *item = json_pack("{s:i,s:o,s:o,s:o}", "number", v->number, "at",
                                 time_json(v->at), "agent",
                                 json_text_or_null(v->agent), "note",
                                 json_text_or_null(v->note));
        if (v->number > 1)
            json_object_set_new(item, "seconds", json_integer(v->seconds));
        json_array_append_new(list, item);
    }
    return list;
}

/* Takes pages over; they are the last member. */
static json_t *record_around(const struct record *r, json_t *pages)
{
    return json_pack(
        "{s:i,s:o,s:o,s:o,s:o,s:o,s:s,s:o,s:o,s:o,s:o,s:o,s:o}", "schema",
        RECORD_SCHEMA, "id", json_text_or_null(r->id), "kind",
        json_text_or_null(r->kind), "batch", json_text_or_null(r->batch),
        "title", json_text_or_null(r->title), "stored_at",
        time_json(r->stored_at), "state", record_state(r), "recogniser",
        json_text_or_null(r->recogniser), "access",
        json_text_or_null(r->access_note), "sources", sources_json(r), "fields",
        fields_json(r), "versions", versions_json(r), "pages", pages);
}

json_t *record_to_json(const struct record *r)
{
    json_t *pages = json_array();
    for (int i = 0; i < r->n_pages; i++)
        json_array_append_new(pages, page_to_json(&r->pages[i]));
    return record_around(r, pages);
}

char *record_json_text(const struct record *r)
{
    AUTO(json_decrefp) json_t *j = record_around(r, json_array());
    AUTO(free_char) char *around = json_text(j, false);
    struct strbuf b;
    strbuf_init(&b);
    strbuf_add(&b, around, strlen(around) - 2); /* without its end, "]}" */
    for (int i = 0; i < r->n_pages; i++) {
        AUTO(json_decrefp) json_t *page = page_to_json(&r->pages[i]);
        AUTO(free_char) char *text = json_text(page, false);
        if (i > 0)
            strbuf_addc(&b, ',');
        strbuf_adds(&b, text);
    }
    strbuf_adds(&b, "]}");
    return strbuf_take(&b);
}

/* ---- reading ---- */

static enum status get_time(const json_t *j, const char *name, time_t *out)
{
    const char *iso = NULL;
    if (json_is_null(json_object_get(j, name)))
        return STATUS_OK;
    enum status st = json_get_string(j, name, &iso);
    if (st != STATUS_OK)
        return st;
    if (!clock_parse_iso(iso, out))
        return fail(STATUS_INVALID, _("'%s' is not a time: '%s'"), name, iso);
    return STATUS_OK;
}

/* A path inside a package: below data/, and it never climbs. */
static bool is_package_path(const char *path)
{
    return strncmp(path, "data/", 5) == 0 && path[5] && path[5] != '/' &&
           !strstr(path, "/../") && !strstr(path, "//");
}

static enum status source_from_json(const json_t *j, struct source *s)
{
    long long bytes = 0;
    enum status st = json_get_text_or_null(j, "name", &s->name);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "name_hex", &s->name_hex);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "sha256", &s->sha256);
    if (st == STATUS_OK)
        st = json_get_int(j, "bytes", 0, LLONG_MAX, &bytes);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "media_type", &s->media_type);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "path", &s->path);
    if (st == STATUS_OK)
        st = json_get_int32(j, "pages", 0, INT_MAX, &s->pages);
    if (st != STATUS_OK)
        return st;
    s->bytes = (uint64_t)bytes;
    if (s->sha256 && !digest_is_hex(s->sha256))
        return fail(STATUS_INVALID, _("'%s' is no SHA-256"), s->sha256);
    if (s->path && !is_package_path(s->path))
        return fail(STATUS_INVALID, _("'%s' is no path in a package"), s->path);
    return STATUS_OK;
}

static enum status field_from_json(const json_t *j, struct field *f)
{
    const json_t *box = json_object_get(j, "box");
    enum status st = json_get_text_or_null(j, "name", &f->name);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "value", &f->value);
    if (st == STATUS_OK)
        st = json_get_int32(j, "page", 0, INT_MAX, &f->page);
    if (st == STATUS_OK)
        st = json_get_int32(j, "confidence", 0, 100, &f->conf_pct);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "rule", &f->rule);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "state", &f->state);
    if (st != STATUS_OK)
        return st;
    if (json_array_size(box) != 4 || !box_from_json(box, 0, &f->box))
        return fail(STATUS_INVALID, _("the box of a field is wrong"));
    return STATUS_OK;
}

static enum status version_from_json(const json_t *j, struct version *v)
{
    enum status st = json_get_int32(j, "number", 1, INT_MAX, &v->number);
    if (st == STATUS_OK)
        st = get_time(j, "at", &v->at);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "agent", &v->agent);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "note", &v->note);
    if (st == STATUS_OK && v->number > 1)
        st = json_get_int32(j, "seconds", 0, INT_MAX, &v->seconds);
    return st;
}

/* Each item is taken into the record before its status is looked at, so that
 * what it holds is freed with the record. */
static enum status lists_from_json(const json_t *j, struct record *r)
{
    json_t *sources = NULL;
    json_t *fields = NULL;
    json_t *versions = NULL;
    json_t *item;
    size_t i;
    enum status st = json_get_array(j, "sources", &sources);
    if (st == STATUS_OK)
        st = json_get_array(j, "fields", &fields);
    if (st == STATUS_OK)
        st = json_get_array(j, "versions", &versions);
    for (i = 0; st == STATUS_OK && i < json_array_size(sources); i++) {
        struct source source = {0};
        item = json_array_get(sources, i);
        st = source_from_json(item, &source);
        record_take_source(r, &source);
    }
    for (i = 0; st == STATUS_OK && i < json_array_size(fields); i++) {
        struct field field = {0};
        item = json_array_get(fields, i);
        st = field_from_json(item, &field);
        record_take_field(r, &field);
    }
    for (i = 0; st == STATUS_OK && i < json_array_size(versions); i++) {
        struct version version = {0};
        item = json_array_get(versions, i);
        st = version_from_json(item, &version);
        record_take_version(r, &version);
    }
    return st;
}

enum status record_add_page(struct record *r, const json_t *j)
{
    struct page page = {0};
    enum status st = page_from_json(j, &page);
    if (st != STATUS_OK)
        return explain(st, _("page %zu"), (size_t)r->n_pages + 1);
    bool known = page.source < r->n_sources;
    record_take_page(r, &page);
    return known ? STATUS_OK
                 : fail(STATUS_INVALID,
                        _("page %zu belongs to no source of its record"),
                        (size_t)r->n_pages);
}

static enum status pages_from_json(const json_t *j, struct record *r)
{
    json_t *pages = NULL;
    size_t i;
    json_t *item;
    enum status st = json_get_array(j, "pages", &pages);
    if (st != STATUS_OK)
        return st;
    json_array_foreach(pages, i, item)
    {
        st = record_add_page(r, item);
        if (st != STATUS_OK)
            return st;
    }
    return STATUS_OK;
}

enum status record_from_json(const json_t *j, struct record **out)
{
    AUTO(record_freep) struct record *r = record_new();
    long long schema = 0;
    enum status st = json_get_int(j, "schema", 1, INT_MAX, &schema);
    if (st != STATUS_OK)
        return st;
    if (schema != RECORD_SCHEMA) {
        return fail(STATUS_INVALID,
                    _("record of schema %lld, but this hoso knows only %d: "
                      "use a newer hoso"),
                    schema, RECORD_SCHEMA);
    }
    st = json_get_text_or_null(j, "id", &r->id);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "kind", &r->kind);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "batch", &r->batch);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "title", &r->title);
    if (st == STATUS_OK)
        st = get_time(j, "stored_at", &r->stored_at);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "recogniser", &r->recogniser);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "access", &r->access_note);
    if (st == STATUS_OK)
        st = lists_from_json(j, r);
    if (st == STATUS_OK)
        st = pages_from_json(j, r);
    if (st != STATUS_OK)
        return st;
    if (r->kind && strcmp(r->kind, "result") != 0 &&
        strcmp(r->kind, "staff") != 0 && strcmp(r->kind, "work") != 0)
        return fail(STATUS_INVALID, _("unknown kind of record: '%s'"), r->kind);
    *out = STEAL(r);
    return STATUS_OK;
}
