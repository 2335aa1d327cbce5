/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso search: find pages by their words. */
#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/document.h"

#include <inttypes.h>
#include <string.h>

enum {
    KIND,
    BATCH,
    FROM,
    TO,
    LIMIT,
    OFFSET,
    AFTER,
    FACETS,
    LIKE,
    SAVE,
    SAVED,
    FORGET,
    OPTION_COUNT
};

static const struct option_def options[OPTION_COUNT] = {
    [KIND] = {"kind", 'k', OPTION_CHOICE, "result|staff|work", N_("KIND"),
              N_("only this kind: result, staff or work; staff dossiers are "
                 "searched only with 'staff'")},
    [BATCH] = {"batch", 'b', OPTION_TEXT, "", N_("NAME"),
               N_("only this batch")},
    [FROM] = {"from", 0, OPTION_DAY, "", N_("DAY"),
              N_("stored on this day or later")},
    [TO] = {"to", 0, OPTION_DAY, "", N_("DAY"),
            N_("stored on this day or before")},
    [LIMIT] = {"limit", 'n', OPTION_INT, "1..10000", N_("N"),
               N_("at most so many hits (default 20)")},
    [OFFSET] = {"offset", 0, OPTION_INT, "0..10000", N_("N"),
                N_("leave out the first so many")},
    [AFTER] = {"after", 0, OPTION_TEXT, "", N_("PLACE"),
               N_("go on from 'next' of an earlier answer (--json)")},
    [FACETS] = {"facets", 0, OPTION_FLAG, "", NULL,
                N_("say how many of the pages are of each kind, year, type, "
                   "agency and procedure")},
    [LIKE] = {"like", 0, OPTION_TEXT, "", N_("ID"),
              N_("documents that say much the same as this one")},
    [SAVE] = {"save", 0, OPTION_TEXT, "", N_("NAME"),
              N_("keep these words, kind and batch under a name")},
    [SAVED] = {"saved", 0, OPTION_TEXT, "", N_("NAME"),
               N_("search for what was kept under a name")},
    [FORGET] = {"forget", 0, OPTION_TEXT, "", N_("NAME"),
                N_("forget what was kept under a name")},
};

static char *join(const char *const *args, int n)
{
    struct strbuf b;
    strbuf_init(&b);
    for (int i = 0; i < n; i++)
        strbuf_addf(&b, "%s%s", i > 0 ? " " : "", args[i]);
    return strbuf_take(&b);
}

static void print_hit_json(struct printer *p, const struct hit *h)
{
    json_t *boxes = json_array();
    for (int i = 0; i < h->n_boxes; i++)
        json_array_append_new(boxes, box_json(&h->boxes[i]));
    print_json(p, json_pack("{s:s, s:i, s:s, s:o, s:f, s:o, s:o}", "id", h->id,
                            "page", h->page, "kind", h->kind, "title",
                            json_text_value(h->title ? h->title : ""), "score",
                            h->score, "snippet",
                            json_text_value(h->snippet ? h->snippet : ""),
                            "boxes", boxes));
}

/* Marks come in order and do not overlap; what does not fit is left out. */
static void print_snippet(struct printer *p, const struct hit *h)
{
    const char *s = h->snippet != NULL ? h->snippet : "";
    int n = (int)strlen(s), at = 0;
    print(p, "    ");
    for (int i = 0; i < h->n_marks; i++) {
        int start = h->marks[i].start, length = h->marks[i].length;
        if (start < at || length < 0 || length > n - start)
            continue;
        print(p, "%.*s", start - at, s + at);
        print_style(p, STYLE_BOLD);
        print(p, "%.*s", length, s + start);
        print_style(p, STYLE_PLAIN);
        at = start + length;
    }
    print(p, "%s\n", s + at);
}

static void print_hit(struct printer *p, const struct hit *h)
{
    print_style(p, STYLE_GREEN);
    print(p, "%s", h->id);
    print_style(p, STYLE_PLAIN);
    print(p, _("  page %d"), h->page);
    print(p, "  %s\n", h->title != NULL ? h->title : "");
    print_snippet(p, h);
}

static const char *facet_title(enum facet_key key)
{
    switch (key) {
    case FACET_KIND:
        return _("Kinds");
    case FACET_YEAR:
        return _("Years");
    case FACET_TYPE:
        return _("Types");
    case FACET_AGENCY:
        return _("Agencies");
    default:
        return _("Procedures");
    }
}

static void print_facets(struct printer *p, const struct hits *h)
{
    char pages[NUMBER_BYTES];
    for (int i = 0; i < h->n_facets; i++) {
        const struct facet *f = &h->facets[i];
        if (i == 0 || h->facets[i - 1].key != f->key)
            print(p, "%s%s:", i ? "\n" : "", facet_title(f->key));
        print(p, "  %s (%s)", f->value, number_text(f->pages, pages));
    }
    if (h->n_facets > 0)
        print(p, "\n");
}

static json_t *facets_json(const struct hits *h)
{
    json_t *all = json_object();
    for (int i = 0; i < h->n_facets; i++) {
        const struct facet *f = &h->facets[i];
        const char *name = facet_json(f->key);
        json_t *list = json_object_get(all, name);
        if (list == NULL) {
            list = json_array();
            json_object_set_new(all, name, list);
        }
        json_array_append_new(list, json_pack("{s:o, s:I}", "value",
                                              json_text_value(f->value),
                                              "pages", (json_int_t)f->pages));
    }
    return all;
}

static void print_end_json(struct printer *p, const struct hits *h, bool facets)
{
    json_t *end = json_pack("{s:I, s:b, s:b, s:o, s:o}", "total",
                            (json_int_t)h->total, "capped", h->capped, "about",
                            h->about, "suggestion",
                            json_text_or_null(h->suggestion), "next",
                            json_text_or_null(h->next));
    if (facets)
        json_object_set_new(end, "facets", facets_json(h));
    print_json(p, end);
}

static void print_total(struct printer *p, const struct hits *h,
                        const struct query *q)
{
    char total[NUMBER_BYTES];
    number_text(h->total, total);
    int from = q->offset + 1, to = q->offset + h->n;
    if (h->total == 0)
        print_note(p, _("No page has all of these words. Fewer words, or "
                        "words without marks, find more.\n"));
    else if (h->capped)
        print_note(p, _("More than %s pages match; shown from %d to %d.\n"),
                   total, from, to);
    else if (h->about)
        print_note(p, _("About %s pages match; shown from %d to %d.\n"), total,
                   from, to);
    else if (h->n < h->total)
        print_note(p, _("%s pages match; shown from %d to %d.\n"), total,
                   h->n > 0 ? from : q->offset, to);
    else
        print_note(p,
                   ngettext("%s page matches.\n", "%s pages match.\n",
                            (unsigned long)h->total),
                   total);
    if (h->suggestion != NULL)
        print_note(p, _("Did you mean: %s\n"), h->suggestion);
}

static void print_hits(struct run *r, const struct hits *hits,
                       const struct query *q)
{
    for (int i = 0; i < hits->n; i++) {
        if (r->out->json)
            print_hit_json(r->out, &hits->items[i]);
        else
            print_hit(r->out, &hits->items[i]);
    }
    if (r->out->json) {
        print_end_json(r->out, hits, q->facets);
    } else {
        print_facets(r->out, hits);
        print_total(r->out, hits, q);
    }
}

static enum status print_saved(void *user, const struct saved_search *s)
{
    struct run *r = user;
    r->values = NULL; /* there was one */
    if (r->out->json)
        print_json(r->out,
                   json_pack("{s:o, s:o, s:o, s:o}", "name",
                             json_text_value(s->name), "query",
                             json_text_value(s->text), "kind",
                             json_text_or_null(s->kind), "batch",
                             json_text_or_null(s->batch)));
    else
        print(r->out, "%s: %s\n", s->name, s->text);
    return STATUS_OK;
}

static enum status list_saved(struct run *r)
{
    struct run any = *r;
    enum status st = archive_saved_searches(r->archive, print_saved, &any);
    if (st == STATUS_OK && any.values != NULL)
        return fail(STATUS_USAGE,
                    _("there is nothing to search for: type a word, a number "
                      "or a \"phrase in quotes\""));
    return st;
}

static enum status run_query(struct run *r, const struct query *q)
{
    struct hits hits = {0};
    enum status st = r->values[LIKE] != NULL
                         ? archive_like(r->archive, r->values[LIKE], q, &hits)
                         : archive_search(r->archive, q, &hits);
    if (st == STATUS_OK && r->values[SAVE] != NULL)
        st = archive_save_search(r->archive, r->values[SAVE], q);
    if (st == STATUS_OK)
        print_hits(r, &hits, q);
    hits_clear(&hits);
    return st;
}

/* Words that were kept stand before those that were typed. */
static char *add_words(const struct saved_search *saved, const char *typed)
{
    if (saved->text == NULL)
        return xstrdup(typed);
    return xasprintf("%s%s%s", saved->text, typed[0] ? " " : "", typed);
}

static enum status search(struct run *r)
{
    AUTO(free_char) char *typed = join(r->args, r->n_args);
    AUTO(saved_search_clear) struct saved_search saved = {0};
    enum status st = STATUS_OK;
    if (r->values[FORGET] != NULL)
        return archive_forget_search(r->archive, r->values[FORGET]);
    if (r->n_args == 0 && r->values[LIKE] == NULL && r->values[SAVED] == NULL)
        return list_saved(r);
    if (r->values[SAVED] != NULL)
        st = archive_saved_search(r->archive, r->values[SAVED], &saved);
    if (st != STATUS_OK)
        return st;
    AUTO(free_char) char *text = add_words(&saved, typed);
    struct query q = {
        .text = text,
        .kind = r->values[KIND] ? r->values[KIND] : saved.kind,
        .batch = r->values[BATCH] ? r->values[BATCH] : saved.batch,
        .limit = (int)option_int(r->values[LIMIT], 20),
        .offset = (int)option_int(r->values[OFFSET], 0),
        .after = r->values[AFTER],
        .facets = r->values[FACETS] != NULL,
    };
    day_range(r->values[FROM], r->values[TO], &q.from, &q.to);
    return run_query(r, &q);
}

const struct command command_search = {
    .name = "search",
    .arguments = N_("[WORD…]"),
    .summary = N_("find pages by their words"),
    .about = N_("Find the pages that have all of the words, the best first. "
                "Vietnamese marks and case need not be typed; words typed "
                "with marks find their very like first. A phrase stands in "
                "quotes, which the shell must be kept from taking away. "
                "a OR b: one of them; -a: not on the page; nguy*: what begins "
                "so; số:, ngày:, loại:, \"người ký:\", \"cơ quan:\", \"hồ "
                "sơ:\", mã:, \"nhân viên:\": of the document. Without words, "
                "the searches that were saved are listed."),
    .example = "hoso search --from 2022 'giay phep \"hoat dong\"'",
    OPTIONS_OF(options),
    .needs = NEEDS_READ,
    .min_args = 0,
    .max_args = -1,
    .run = search,
};
