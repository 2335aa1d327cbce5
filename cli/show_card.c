/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document's card, for people and as JSON. */
#include "cli/show_card.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "cli/document.h"
#include "cli/show_links.h"

#include <string.h>

#define LABEL_COLUMNS 16

static void print_label(struct printer *p, const char *label)
{
    print(p, "  ");
    print_column(p, label, LABEL_COLUMNS);
    print(p, "  ");
}

static void print_heading(struct printer *p, const char *heading)
{
    print_style(p, STYLE_BOLD);
    print(p, "%s", heading);
    print_style(p, STYLE_PLAIN);
    print(p, "\n");
}

/* Names of fields, as people say them in their language. */
static const char *const field_names[] = {
    N_("number"),     N_("date"),         N_("place"),      N_("issuer"),
    N_("type"),       N_("subject"),      N_("signer"),     N_("recipients"),
    N_("cites"),      N_("urgency"),      N_("applicant"),  N_("procedure"),
    N_("expires"),    N_("person"),       N_("birth_date"), N_("case_code"),
    N_("staff_code"), N_("signer_title"), N_("citizen_id"), N_("parent_issuer"),
    N_("arrival_number"), N_("arrival_date"), N_("seal"), N_("signature"),
    N_("sex"),        N_("home"),         N_("birth_place"), N_("position"),
    N_("rank"),       N_("rank_code"),    N_("degree"),     N_("form"),
    N_("party_date"), N_("party_official_date"), N_("recruited_date"),
    N_("insurance_code"), N_("component"), N_("training"), N_("work"),
    N_("family"),     N_("pay"),
    N_("esign_signer"), N_("esign_time"), N_("esign_scope"), N_("esign_text"),
};

/* Values that are words of a list, as people say them. */
static const char *const listed_values[] = {
    N_("whole-file"),
    N_("earlier-version"),
    N_("part"),
    N_("red"),
    N_("blue"),
    N_("dark"),
};

static const char *value_text(const struct field *f)
{
    if (strncmp(f->name, "esign_scope", strlen("esign_scope")) != 0 &&
        strcmp(f->name, "seal") != 0 && strcmp(f->name, "signature") != 0)
        return f->value;
    for (size_t i = 0; i < ARRAY_LEN(listed_values); i++) {
        if (strcmp(listed_values[i], f->value) == 0)
            return _(listed_values[i]);
    }
    return f->value;
}

const char *card_field_label(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(field_names); i++) {
        if (strcmp(field_names[i], name) == 0)
            return _(field_names[i]);
    }
    return name;
}

/* A value that is to be looked at is marked, one that is missing is said. */
static void print_field(struct printer *p, const struct field *f)
{
    /* "esign_time_2" is the time of the second signature */
    size_t stem = strcspn(f->name, "0123456789");
    if (strncmp(f->name, "esign_", 6) == 0 && f->name[stem] != '\0') {
        AUTO(free_char) char *name = xstrndup(f->name, stem - 1);
        AUTO(free_char) char *label =
            xasprintf("%s %s", card_field_label(name), f->name + stem);
        print_label(p, label);
    } else {
        print_label(p, card_field_label(f->name));
    }
    print(p, "%s", f->value != NULL ? value_text(f) : _("(not sure)"));
    if (f->page > 0)
        print(p, _("  [page %d, %d %%]"), f->page, f->conf_pct);
    if (strcmp(f->state, "review") == 0) {
        print_style(p, STYLE_YELLOW);
        print(p, "  %s", _("to be reviewed"));
        print_style(p, STYLE_PLAIN);
    }
    print(p, "\n");
}

void card_fields(struct printer *p, const struct record *rec)
{
    for (int i = 0; i < rec->n_fields; i++)
        print_field(p, &rec->fields[i]);
}

static void print_page(struct printer *p, const struct record *rec, int i)
{
    const struct page *page = &rec->pages[i];
    AUTO(free_char) char *doubts = doubts_text(page->doubts);
    print(p, "  %4d  ", i + 1);
    bool good = page->state == PAGE_OK && page->doubts == 0;
    print_style(p, good ? STYLE_GREEN : STYLE_YELLOW);
    print_column(p, page_state_text(page->state), 18);
    print_style(p, STYLE_PLAIN);
    if (page->origin == TEXT_DIGITAL)
        print(p, "  %s", _("born digital"));
    else
        print(p, _("  %4.0f dpi  %3d %%"), page->dpi_x, page->confidence_pct);
    if (page->layer.fate != NULL && strcmp(page->layer.fate, "converted") == 0)
        print(p, _("  converted from %s"), page->layer.why);
    if (page->cause != NULL)
        print(p, "  %s", page->cause);
    else if (*doubts != '\0')
        print(p, "  %s", doubts);
    print(p, "\n");
}

static void print_origin(struct printer *p, const struct doc_row *row,
                         const struct record *rec)
{
    char number[NUMBER_BYTES];
    print_label(p, _("package"));
    print(p, "%s (%s)\n", row->package,
          bytes_text((uint64_t)row->package_bytes, number));
    if (rec->recogniser != NULL) {
        print_label(p, _("read by"));
        print(p, "%s\n", rec->recogniser);
    }
    if (rec->access_note != NULL) {
        print_label(p, _("access copy"));
        print(p, "%s\n", rec->access_note);
    }
    print_heading(p, _("Sources"));
    for (int i = 0; i < rec->n_sources; i++) {
        const struct source *s = &rec->sources[i];
        print(p, "  %s (%s)\n    sha256 %s\n", s->name,
              bytes_text(s->bytes, number), s->sha256);
    }
}

/* The fields but for the citations that can be read: those are links. */
static void print_own_fields(struct printer *p, const struct record *rec)
{
    for (int i = 0; i < rec->n_fields; i++)
        if (!rec->fields[i].value || strcmp(rec->fields[i].name, "cites") != 0)
            print_field(p, &rec->fields[i]);
}

void card_print(struct printer *p, const struct doc_row *row,
                const struct record *rec, const struct citations *links)
{
    char stored_at[CLOCK_ISO_BYTES];
    clock_iso(row->stored_at, stored_at);
    print_style(p, STYLE_BOLD);
    print(p, "%s  %s", row->id, row->title != NULL ? row->title : "");
    print_style(p, STYLE_PLAIN);
    print(p, "\n");
    print_label(p, _("kind"));
    print(p, "%s\n", row->kind);
    print_label(p, _("batch"));
    print(p, "%s\n", row->batch != NULL ? row->batch : "");
    print_label(p, _("stored"));
    print(p, "%s\n", stored_at);
    print_label(p, _("state"));
    print(p, "%s\n", document_state_text(row->state));
    print_origin(p, row, rec);
    if (rec->n_fields > 0) {
        print_heading(p, _("Fields"));
        print_own_fields(p, rec);
    }
    links_print(p, links);
    print_heading(p, _("Pages"));
    for (int i = 0; i < rec->n_pages; i++)
        print_page(p, rec, i);
}

json_t *card_page_json(const struct record *rec, int i)
{
    const struct page *g = &rec->pages[i];
    json_t *j = json_pack(
        "{s:i, s:s, s:o, s:o, s:s, s:i, s:i, s:[f, f], s:i, s:f, s:i}", "page",
        i + 1, "state", page_state_json(g->state), "doubts",
        doubts_json(g->doubts), "cause", text_json(g->cause), "origin",
        text_origin_json(g->origin), "width_px", g->width_px, "height_px",
        g->height_px, "dpi", g->dpi_x, g->dpi_y, "turn_deg", g->turn_deg,
        "skew_deg", g->skew_deg, "confidence", g->confidence_pct);
    const char *source = g->source >= 0 && g->source < rec->n_sources
                             ? rec->sources[g->source].name
                             : "";
    json_object_set_new(j, "source", json_text_value(source));
    json_object_set_new(j, "source_page", json_integer(g->source_page + 1));
    return j;
}

static json_t *versions_json(const struct record *rec)
{
    json_t *list = json_array();
    for (int i = 0; i < rec->n_versions; i++) {
        const struct version *v = &rec->versions[i];
        char at[CLOCK_ISO_BYTES];
        clock_iso(v->at, at);
        json_array_append_new(
            list, json_pack("{s:i, s:s, s:o, s:o, s:i}", "number", v->number,
                            "at", at, "agent", text_json(v->agent), "note",
                            text_json(v->note), "seconds", v->seconds));
    }
    return list;
}

json_t *card_json(const struct doc_row *row, const struct record *rec,
                  const struct citations *links)
{
    json_t *j = document_json(row);
    json_t *pages = json_array();
    for (int i = 0; i < rec->n_pages; i++)
        json_array_append_new(pages, card_page_json(rec, i));
    json_object_set_new(j, "versions", versions_json(rec));
    json_object_set_new(j, "fields", fields_json(rec));
    json_object_set_new(j, "page_list", pages);
    json_object_set_new(j, "package",
                        json_pack("{s:s, s:s, s:I}", "path", row->package,
                                  "sha256", row->package_sha256, "bytes",
                                  (json_int_t)row->package_bytes));
    json_object_set_new(j, "recogniser", text_json(rec->recogniser));
    json_object_set_new(j, "access_note", text_json(rec->access_note));
    links_json(links, j);
    return j;
}
