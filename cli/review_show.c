/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso review show: the fields of a document, each with its evidence. */
#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/document.h"
#include "cli/review.h"
#include "cli/show_card.h"

#include <stdlib.h>
#include <string.h>

#define NAME_COLUMNS 16

static json_t *field_json(struct review_run *v, const struct record *rec,
                          int i, const char *crop)
{
    const struct field *f = &rec->fields[i];
    AUTO(free_char) char *name = field_numbered(rec, i);
    bool placed = f->page > 0;
    return json_pack("{s:o, s:o, s:o, s:o, s:i, s:o, s:s, s:b, s:o}", "field",
                     json_text_value(name), "value",
                     json_text_or_null(f->value), "page",
                     placed ? json_integer(f->page) : json_null(), "box",
                     placed ? box_to_json(&f->box) : json_null(), "confidence",
                     f->conf_pct, "rule", json_text_or_null(f->rule), "state",
                     f->state, "waits", archive_field_waits(v->archive, f),
                     "crop", json_text_or_null(crop));
}

static void print_field(struct review_run *v, const struct field *f,
                        const char *crop)
{
    struct printer *p = v->r->out;
    bool waits = archive_field_waits(v->archive, f);
    print_style(p, waits ? STYLE_YELLOW : STYLE_PLAIN);
    print(p, "%s ", waits ? "?" : " ");
    print_column(p, card_field_label(f->name), NAME_COLUMNS);
    print_style(p, STYLE_PLAIN);
    print(p, "  %s\n", f->value != NULL ? f->value : _("(none)"));
    print(p, "  %*s  ", NAME_COLUMNS, "");
    print(p, _("%d %%, %s"), f->conf_pct, f->rule != NULL ? f->rule : "");
    if (f->page > 0)
        print(p, _(", page %d at %d,%d"), f->page, f->box.x, f->box.y);
    if (crop != NULL)
        print(p, ", %s", crop);
    print(p, "\n");
}

/* A picture that cannot be made is no reason to hide the value. */
static void make_crop(struct review_run *v, struct review_crops *crops,
                      const struct record *rec, int i, char **path)
{
    if (crops != NULL && review_crop(crops, rec, i, path) != STATUS_OK)
        print_note(v->r->out, _("No picture of '%s': %s\n"),
                   rec->fields[i].name, status_message());
}

static void print_doubtful_pages(struct printer *p, const struct record *rec)
{
    for (int i = 0; i < rec->n_pages; i++)
        if (review_page_waits(&rec->pages[i]))
            print(p, _("Page %d is doubtful: %d %% sure.\n"), i + 1,
                  rec->pages[i].confidence_pct);
}

static void print_all(struct review_run *v, const struct record *rec,
                      struct review_crops *crops)
{
    struct printer *p = v->r->out;
    json_t *fields = json_array();
    if (!p->json)
        print(p, "%s  %s\n", rec->id, rec->title != NULL ? rec->title : "");
    for (int i = 0; i < rec->n_fields; i++) {
        AUTO(free_char) char *crop = NULL;
        make_crop(v, crops, rec, i, &crop);
        if (p->json)
            json_array_append_new(fields, field_json(v, rec, i, crop));
        else
            print_field(v, &rec->fields[i], crop);
    }
    if (p->json) {
        print_json(p, json_pack("{s:s, s:o}", "id", rec->id, "fields", fields));
        return;
    }
    json_decref(fields);
    if (rec->n_fields == 0)
        print_note(p, _("No field of this document is known yet.\n"));
    print_doubtful_pages(p, rec);
}

enum status review_show(struct review_run *v, const char *id)
{
    AUTO(record_freep) struct record *rec = NULL;
    AUTO(review_crops_closep) struct review_crops *crops = NULL;
    struct doc_row row = {0};
    enum status st = archive_show(v->archive, id, &row, &rec);
    if (st != STATUS_OK)
        return st;
    doc_row_clear(&row);
    if (v->crops != NULL)
        st = review_crops_open(v->archive, v->crops, &crops);
    if (st == STATUS_OK)
        print_all(v, rec, crops);
    return st;
}
