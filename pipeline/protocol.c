/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON of tasks, answers and options. Whatever a worker says is checked:
 * hostile bytes may speak through it. The frames are in frame.c. */
#include "pipeline/protocol.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

json_t *wire_task_to_json(const struct wire_task *t)
{
    const struct crop *c = &t->crop;
    json_t *j = json_pack("{s:i,s:i,s:s,s:i,s:i}", "kind", (int)t->kind,
                          "media", (int)t->media, "sha256", t->sha256, "page",
                          t->source_page, "attempt", t->attempt);
    if (t->kind == TASK_CROP) {
        json_object_set_new(j, "crop",
                            json_pack("[i,i,i,i]", c->box.x, c->box.y,
                                      c->box.w, c->box.h));
        json_object_set_new(j, "width", json_integer(c->width_px));
        json_object_set_new(j, "height", json_integer(c->height_px));
        json_object_set_new(j, "turn", json_integer(c->turn_deg));
    }
    return j;
}

static enum status crop_from_json(const json_t *j, struct crop *out)
{
    json_t *box = NULL;
    enum status st = json_get_array(j, "crop", &box);
    if (st == STATUS_OK &&
        (json_array_size(box) != 4 || !box_from_json(box, 0, &out->box)))
        st = fail(STATUS_INVALID, _("the box of a field is wrong"));
    if (st == STATUS_OK)
        st = json_get_int32(j, "width", 0, INT_MAX, &out->width_px);
    if (st == STATUS_OK)
        st = json_get_int32(j, "height", 0, INT_MAX, &out->height_px);
    return st == STATUS_OK ? json_get_int32(j, "turn", 0, 270, &out->turn_deg)
                           : st;
}

enum status wire_task_from_json(const json_t *j, struct wire_task *out)
{
    int kind = 0;
    int media = 0;
    const char *sha256 = NULL;
    struct wire_task t = {0};
    enum status st =
        json_get_int32(j, "kind", TASK_HELLO, TASK_CROP, &kind);
    if (st == STATUS_OK)
        st = json_get_int32(j, "media", MEDIA_UNKNOWN, MEDIA_PDF, &media);
    if (st == STATUS_OK)
        st = json_get_string(j, "sha256", &sha256);
    if (st == STATUS_OK)
        st = json_get_int32(j, "page", 0, INT_MAX, &t.source_page);
    if (st == STATUS_OK)
        st = json_get_int32(j, "attempt", 1, INT_MAX, &t.attempt);
    if (st == STATUS_OK && kind == TASK_CROP)
        st = crop_from_json(j, &t.crop);
    if (st != STATUS_OK)
        return st;
    if (strlen(sha256) >= sizeof(t.sha256))
        return fail(STATUS_INVALID, _("'%s' is no SHA-256"), sha256);
    t.kind = (enum task_kind)kind;
    t.media = (enum media)media;
    strcpy(t.sha256, sha256);
    *out = t;
    return STATUS_OK;
}

json_t *result_to_json(const struct task_result *r)
{
    json_t *j = json_pack("{s:i,s:s,s:o,s:i}", "kind", (int)r->kind, "status",
                          status_json(r->status), "message",
                          json_text_or_null(r->message), "pages", r->pages);
    if (r->kind == TASK_READ && r->status == STATUS_OK)
        json_object_set_new(j, "page", page_to_json(&r->page));
    if (r->info)
        json_object_set(j, "info", r->info);
    return j;
}

static enum status status_from_code(const char *code, enum status *out)
{
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (strcmp(code, status_json((enum status)i)) == 0) {
            *out = (enum status)i;
            return STATUS_OK;
        }
    }
    return fail(STATUS_INVALID, _("unknown status: '%s'"), code);
}

/* The parts that an answer has besides its status. */
static enum status result_parts(const json_t *j, struct task_result *r)
{
    json_t *page = NULL;
    json_t *info = NULL;
    enum status st = STATUS_OK;
    if (r->kind == TASK_READ && r->status == STATUS_OK) {
        st = json_get_object(j, "page", &page);
        if (st == STATUS_OK)
            st = page_from_json(page, &r->page);
        if (st != STATUS_OK)
            return st;
    }
    if (json_object_get(j, "info")) {
        st = json_get_object(j, "info", &info);
        if (st != STATUS_OK)
            return st;
        r->info = json_incref(info);
    }
    if (r->status != STATUS_OK && !r->message)
        r->message = xstrdup(_(status_text(r->status)));
    return STATUS_OK;
}

enum status result_from_json(const json_t *j, struct task_result *out)
{
    int kind = 0;
    const char *code = NULL;
    struct task_result r = {0};
    enum status st =
        json_get_int32(j, "kind", TASK_HELLO, TASK_CROP, &kind);
    if (st == STATUS_OK)
        st = json_get_string(j, "status", &code);
    if (st == STATUS_OK)
        st = status_from_code(code, &r.status);
    if (st == STATUS_OK)
        st = json_get_int32(j, "pages", 0, INT_MAX, &r.pages);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "message", &r.message);
    r.kind = (enum task_kind)kind;
    if (st == STATUS_OK)
        st = result_parts(j, &r);
    if (st != STATUS_OK) {
        task_result_clear(&r);
        return st;
    }
    *out = r;
    return STATUS_OK;
}

void task_result_clear(struct task_result *r)
{
    free(r->message);
    page_clear(&r->page);
    json_decref(r->info);
    memset(r, 0, sizeof(*r));
}

json_t *options_to_json(const struct pool_options *o)
{
    return json_pack("{s:o,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:b,s:b,s:b,s:b,s:o}", "model",
                     json_text_value(o->model), "page_seconds", o->page_seconds,
                     "worker_mb", o->worker_mb, "file_pages", o->file_pages,
                     "page_megapixels", o->page_megapixels, "min_dpi",
                     o->min_dpi, "min_confidence_pct", o->min_confidence_pct,
                     "min_sharpness_pct", o->min_sharpness_pct,
                     "min_contrast_pct", o->min_contrast_pct,
                     "max_frame_pct", o->max_frame_pct,
                     "second_look", o->second_look, "table_cells", o->table_cells, "repair",
                     o->repair, "drop_junk", o->drop_junk, "confirmed",
                     json_text_or_null(o->confirmed));
}

enum status options_from_json(const json_t *j, struct pool_options *out)
{
    struct pool_options o = {.jobs = 1};
    struct {
        const char *name;
        int *value;
    } members[] = {
        {"page_seconds", &o.page_seconds},
        {"worker_mb", &o.worker_mb},
        {"file_pages", &o.file_pages},
        {"page_megapixels", &o.page_megapixels},
        {"min_dpi", &o.min_dpi},
        {"min_confidence_pct", &o.min_confidence_pct},
        {"min_sharpness_pct", &o.min_sharpness_pct},
        {"min_contrast_pct", &o.min_contrast_pct},
        {"max_frame_pct", &o.max_frame_pct},
    };
    struct {
        const char *name;
        bool *value;
    } switches[] = {
        {"second_look", &o.second_look},
        {"table_cells", &o.table_cells},
        {"repair", &o.repair},
        {"drop_junk", &o.drop_junk},
    };
    enum status st = json_get_string(j, "model", &o.model);
    for (size_t i = 0; i < ARRAY_LEN(members) && st == STATUS_OK; i++)
        st = json_get_int32(j, members[i].name, 0, INT_MAX, members[i].value);
    for (size_t i = 0; i < ARRAY_LEN(switches) && st == STATUS_OK; i++)
        st = json_get_bool(j, switches[i].name, switches[i].value);
    o.confirmed = json_string_or(j, "confirmed", NULL);
    if (st == STATUS_OK)
        *out = o;
    return st;
}
