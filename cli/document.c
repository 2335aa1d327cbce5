/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents, pages and findings as JSON and as words. */
#include "cli/document.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"

#include <string.h>

static json_t *time_json(time_t t)
{
    char iso[CLOCK_ISO_BYTES];
    clock_iso(t, iso);
    return json_string(iso);
}

static json_t *source_json(const char *name, const char *sha256,
                           json_int_t bytes)
{
    return json_pack("{s:o, s:s, s:I}", "name", text_json(name), "sha256",
                     sha256, "bytes", bytes);
}

json_t *text_json(const char *s)
{
    return s == NULL ? json_null() : json_text_value(s);
}

json_t *document_json(const struct doc_row *d)
{
    json_t *sources = json_array();
    for (int i = 0; i < d->n_sources; i++)
        json_array_append_new(sources, source_json(d->sources[i].name,
                                                   d->sources[i].sha256,
                                                   d->sources[i].bytes));
    return json_pack("{s:s, s:s, s:o, s:o, s:i, s:i, s:o, s:s, s:o}", "id",
                     d->id, "kind", d->kind, "batch", text_json(d->batch),
                     "title", text_json(d->title), "pages", d->pages,
                     "version", d->version, "stored_at",
                     time_json(d->stored_at), "state", d->state, "sources",
                     sources);
}

json_t *record_brief_json(const struct record *r)
{
    json_t *sources = json_array();
    for (int i = 0; i < r->n_sources; i++)
        json_array_append_new(
            sources, source_json(r->sources[i].name, r->sources[i].sha256,
                                 (json_int_t)r->sources[i].bytes));
    return json_pack("{s:o, s:s, s:o, s:o, s:i, s:o, s:s, s:o}", "id",
                     text_json(r->id), "kind", r->kind, "batch",
                     text_json(r->batch), "title", text_json(r->title), "pages",
                     r->n_pages, "stored_at", time_json(r->stored_at), "state",
                     record_state(r), "sources", sources);
}

json_t *box_json(const struct box *b)
{
    return json_pack("[i, i, i, i]", b->x, b->y, b->w, b->h);
}

#define DOUBT_BIT(name, bit, json, text) DOUBT_##name,
static const enum doubt all_doubts[] = {DOUBT_LIST(DOUBT_BIT)};
#undef DOUBT_BIT

json_t *doubts_json(unsigned doubts)
{
    json_t *list = json_array();
    for (size_t i = 0; i < ARRAY_LEN(all_doubts); i++) {
        if (doubts & all_doubts[i])
            json_array_append_new(list, json_string(doubt_json(all_doubts[i])));
    }
    return list;
}

char *doubts_text(unsigned doubts)
{
    struct strbuf b;
    strbuf_init(&b);
    for (size_t i = 0; i < ARRAY_LEN(all_doubts); i++) {
        if (doubts & all_doubts[i])
            strbuf_addf(&b, "%s%s", b.len > 0 ? "; " : "",
                        _(doubt_text(all_doubts[i])));
    }
    return strbuf_take(&b);
}

char *field_numbered(const struct record *r, int i)
{
    int which = 1;
    for (int k = 0; k < i; k++)
        which += strcmp(r->fields[k].name, r->fields[i].name) == 0;
    return which == 1 ? xstrdup(r->fields[i].name)
                      : xasprintf("%s.%d", r->fields[i].name, which);
}

json_t *fields_json(const struct record *r)
{
    json_t *fields = json_object();
    for (int i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        AUTO(free_char) char *key = field_numbered(r, i);
        json_object_set_new(
            fields, key,
            json_pack("{s:o, s:o, s:o, s:i, s:o, s:s}", "value",
                      text_json(f->value), "page",
                      f->page > 0 ? json_integer(f->page) : json_null(), "box",
                      f->page > 0 ? box_json(&f->box) : json_null(),
                      "confidence", f->conf_pct, "rule", text_json(f->rule),
                      "state", f->state));
    }
    return fields;
}

const char *document_state_text(const char *state)
{
    if (strcmp(state, "ok") == 0)
        return _("good");
    if (strcmp(state, "doubtful") == 0)
        return _("doubtful");
    if (strcmp(state, "partial") == 0)
        return _("pages missing");
    return state;
}

const char *page_state_text(enum page_state s)
{
    switch (s) {
    case PAGE_OK:
        return _("good");
    case PAGE_BLANK:
        return _("blank");
    case PAGE_LOW:
        return _("doubtful");
    case PAGE_FAILED:
        return _("not read");
    case PAGE_TIMEOUT:
        return _("not read in time");
    }
    return page_state_json(s);
}

json_t *verify_json(const struct verify_result *v)
{
    json_t *findings = json_array();
    for (int i = 0; i < v->n_findings; i++) {
        const struct finding *f = &v->findings[i];
        json_array_append_new(
            findings,
            json_pack("{s:s, s:s, s:o, s:o}", "check", check_json(f->check),
                      "severity", f->error ? "error" : "warning", "where",
                      text_json(f->where), "text", text_json(f->text)));
    }
    return json_pack("{s:{s:I, s:I, s:I}, s:o, s:b}", "checked", "packages",
                     (json_int_t)v->packages, "files", (json_int_t)v->files,
                     "bytes", (json_int_t)v->bytes, "findings", findings, "ok",
                     v->ok);
}

void print_findings(struct printer *p, const struct verify_result *v)
{
    for (int i = 0; i < v->n_findings; i++) {
        const struct finding *f = &v->findings[i];
        print_style(p, f->error ? STYLE_RED : STYLE_YELLOW);
        print(p, "%s", f->error ? _("ERROR") : _("warning"));
        print_style(p, STYLE_PLAIN);
        print(p, "  %s: %s [%s]\n", f->where, f->text, check_json(f->check));
    }
}

void day_range(const char *from, const char *to, time_t *first, time_t *last)
{
    time_t other;
    if (from == NULL || !clock_parse_day(from, first, &other))
        *first = 0;
    if (to == NULL || !clock_parse_day(to, &other, last))
        *last = 0;
}
