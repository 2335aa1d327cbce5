/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Citations as links: from a document to those it rests on, and back. */
#include "cli/show_links.h"
#include "base/i18n.h"
#include "cli/document.h"

#include <string.h>

static void print_heading(struct printer *p, const char *heading)
{
    print_style(p, STYLE_BOLD);
    print(p, "%s", heading);
    print_style(p, STYLE_PLAIN);
    print(p, "\n");
}

static void print_linked(struct printer *p, const struct linked_list *l,
                         const char *indent)
{
    for (int i = 0; i < l->n; i++)
        print(p, "%s%s  %s\n", indent, l->items[i].id, l->items[i].title);
    if (l->more)
        print(p, "%s%s\n", indent,
              _("there may be more: search for the number"));
}

static void print_citation(struct printer *p, const struct citation *c)
{
    print(p, "  %s", c->text);
    if (c->field->page > 0)
        print(p, _("  [page %d, %d %%]"), c->field->page, c->field->conf_pct);
    if (c->documents.n == 0 && !c->documents.more)
        print(p, "  %s", _("(not in this archive)"));
    print(p, "\n");
    print_linked(p, &c->documents, "    → ");
}

void links_print(struct printer *p, const struct citations *c)
{
    if (c->n > 0)
        print_heading(p, _("Cites"));
    for (int i = 0; i < c->n; i++)
        print_citation(p, &c->items[i]);
    if (c->cited_by.n > 0 || c->cited_by.more)
        print_heading(p, _("Cited by"));
    print_linked(p, &c->cited_by, "  ");
}

static json_t *linked_json(const struct linked_list *l)
{
    json_t *list = json_array();
    for (int i = 0; i < l->n; i++)
        json_array_append_new(list,
                              json_pack("{s:s, s:o}", "id", l->items[i].id,
                                        "title",
                                        json_text_value(l->items[i].title)));
    return list;
}

static json_t *citation_json(const struct citation *c)
{
    const struct field *f = c->field;
    bool placed = f->page > 0;
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:i, s:s, s:o, s:b}",
                     "text", text_json(c->text), "type", text_json(c->type),
                     "number", text_json(c->number), "date",
                     text_json(c->date), "page",
                     placed ? json_integer(f->page) : json_null(), "box",
                     placed ? box_json(&f->box) : json_null(), "confidence",
                     f->conf_pct, "state", f->state, "documents",
                     linked_json(&c->documents), "more", c->documents.more);
}

void links_json(const struct citations *c, json_t *card)
{
    json_t *cites = json_array();
    for (int i = 0; i < c->n; i++)
        json_array_append_new(cites, citation_json(&c->items[i]));
    json_object_set_new(card, "cites", cites);
    json_object_set_new(card, "cited_by", linked_json(&c->cited_by));
    json_object_set_new(card, "cited_by_more", json_boolean(c->cited_by.more));
}
