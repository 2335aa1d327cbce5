/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The versions of a document: who changed what, when, in how long. */
#include "cli/show_history.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "cli/document.h"
#include "cli/show_card.h"

#include <string.h>

#define NAME_COLUMNS 16

static json_t *version_json(const char *id, const struct history_item *h)
{
    const struct version *v = h->version;
    char at[CLOCK_ISO_BYTES];
    json_t *changes = json_array();
    clock_iso(v->at, at);
    for (int i = 0; i < h->n_changes; i++) {
        const struct history_change *c = &h->changes[i];
        json_array_append_new(
            changes,
            json_pack("{s:o, s:o, s:o, s:o}", "what", json_text_value(c->name),
                      "from", json_text_or_null(c->from), "to",
                      json_text_or_null(c->to), "state",
                      json_text_or_null(c->state)));
    }
    return json_pack("{s:s, s:i, s:s, s:o, s:o, s:i, s:o}", "id", id, "number",
                     v->number, "at", at, "agent", json_text_or_null(v->agent),
                     "note", json_text_or_null(v->note), "seconds", v->seconds,
                     "changes", changes);
}

static void print_change(struct printer *p, const struct history_change *c)
{
    print(p, "      ");
    print_column(p, card_field_label(c->name), NAME_COLUMNS);
    print(p, "  %s -> %s", c->from != NULL ? c->from : _("(none)"),
          c->to != NULL ? c->to : _("(none)"));
    if (c->state != NULL && strcmp(c->state, "confirmed") == 0)
        print(p, " (%s)", _("confirmed"));
    print(p, "\n");
}

static void print_version(struct printer *p, const struct history_item *h)
{
    const struct version *v = h->version;
    char at[CLOCK_ISO_BYTES], spent[NUMBER_BYTES];
    clock_iso(v->at, at);
    print_style(p, STYLE_BOLD);
    print(p, "%4d  %s  %s", v->number, at, v->agent != NULL ? v->agent : "");
    print_style(p, STYLE_PLAIN);
    print(p, "  %s", v->note != NULL ? v->note : "");
    if (v->seconds > 0)
        print(p, "  (%s)", duration_text((int64_t)v->seconds * 1000, spent));
    print(p, "\n");
    for (int i = 0; i < h->n_changes; i++)
        print_change(p, &h->changes[i]);
}

enum status show_history(struct run *r, const struct record *rec)
{
    struct history h = {0};
    enum status st = archive_history(r->archive, rec, &h);
    for (int i = 0; i < h.n; i++) {
        if (r->out->json)
            print_json(r->out, version_json(rec->id, &h.items[i]));
        else
            print_version(r->out, &h.items[i]);
    }
    history_clear(&h);
    return st;
}
