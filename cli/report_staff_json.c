/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staff dossiers as JSON. */
#include "cli/report.h"

static const char *need_code(enum staff_need n)
{
    static const char *const codes[] = {[NEED_NO] = "no",
                                        [NEED_ANY] = "any",
                                        [NEED_MUST] = "must",
                                        [NEED_YEARLY] = "yearly"};
    return codes[n];
}

json_t *staff_papers_json(const struct staff_papers *l)
{
    json_t *list = json_array();
    for (int i = 0; i < l->n; i++) {
        const struct staff_paper *p = &l->items[i];
        json_t *j = json_pack(
            "{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "document",
            json_text_value(p->document), "title", json_text_value(p->title),
            "component", json_text_value(p->component), "year",
            json_text_value(p->year), "person", json_text_value(p->person),
            "birth_date", json_text_value(p->birth_date), "staff_code",
            json_text_value(p->staff_code));
        json_object_set_new(j, "pages", json_integer(p->pages));
        json_object_set_new(j, "unread_pages", json_integer(p->bad_pages));
        json_object_set_new(j, "score", json_integer(p->score));
        json_object_set_new(j, "evidence", json_string(p->evidence));
        json_object_set_new(j, "sure", json_boolean(p->sure));
        json_object_set_new(j, "duplicate", json_boolean(p->duplicate));
        json_array_append_new(list, j);
    }
    return list;
}

static json_t *entries_json(const struct staff_person *p)
{
    json_t *list = json_array();
    for (int i = 0; i < p->n_entries; i++) {
        const struct staff_entry *e = &p->entries[i];
        json_array_append_new(
            list,
            json_pack("{s:s, s:s, s:o, s:s, s:i, s:I, s:s}", "component",
                      e->component, "name", e->name, "year",
                      json_text_or_null(e->year[0] ? e->year : NULL), "need",
                      need_code(e->need), "pages_expected", e->pages_expected,
                      "pages", (json_int_t)e->pages, "state",
                      staff_state_code(e->state)));
    }
    return list;
}

json_t *staff_person_json(const struct staff_person *p)
{
    json_t *j = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "staff_code",
        json_text_value(p->code), "name", json_text_value(p->name),
        "birth_date", json_text_value(p->birth_date), "agency",
        json_text_value(p->agency), "unit", json_text_value(p->unit), "title",
        json_text_value(p->title), "kind", json_text_value(p->kind));
    json_object_set_new(j, "needed", json_integer(p->needed));
    json_object_set_new(j, "here", json_integer(p->here));
    json_object_set_new(j, "complete", json_boolean(p->complete));
    json_object_set_new(j, "namesake", json_boolean(p->namesake));
    json_object_set_new(j, "twice", json_boolean(p->twice));
    json_object_set_new(j, "components", entries_json(p));
    json_object_set_new(j, "papers", staff_papers_json(&p->papers));
    return j;
}

json_t *staff_json(const struct staff_report *r)
{
    json_t *units = json_array(), *persons = json_array();
    for (int i = 0; i < r->n_units; i++) {
        const struct staff_unit *u = &r->units[i];
        json_array_append_new(
            units, json_pack("{s:o, s:I, s:I, s:I, s:I}", "unit",
                             json_text_value(u->name), "persons",
                             (json_int_t)u->persons, "complete",
                             (json_int_t)u->complete, "needed",
                             (json_int_t)u->needed, "here",
                             (json_int_t)u->here));
    }
    for (int i = 0; i < r->n_persons; i++)
        json_array_append_new(persons, staff_person_json(&r->persons[i]));
    return json_pack(
        "{s:s, s:i, s:i, s:i, s:I, s:I, s:I, s:f, s:b, s:o, s:o, s:o}",
        "report", "staff", "year", r->year, "target_pct", r->target_pct,
        "persons_all", r->n_persons, "complete", (json_int_t)r->complete,
        "needed", (json_int_t)r->needed, "here", (json_int_t)r->here,
        "share_pct", r->share_pct, "reached", r->reached, "by_unit", units,
        "persons", persons, "nobody", staff_papers_json(&r->nobody));
}
