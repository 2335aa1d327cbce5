/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso search: find pages by their words. */
#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/document.h"

#include <inttypes.h>
#include <string.h>

enum { KIND, BATCH, FROM, TO, LIMIT, OFFSET, OPTION_COUNT };

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

static void print_total(struct printer *p, const struct hits *h,
                        const struct query *q)
{
    char total[NUMBER_BYTES];
    number_text(h->total, total);
    if (h->total == 0)
        print_note(p, _("No page has all of these words. Fewer words, or "
                        "words without marks, find more.\n"));
    else if (h->capped)
        print_note(p, _("More than %s pages match; shown from %d to %d.\n"),
                   total, q->offset + 1, q->offset + h->n);
    else if (h->n < h->total)
        print_note(p, _("%s pages match; shown from %d to %d.\n"), total,
                   h->n > 0 ? q->offset + 1 : q->offset, q->offset + h->n);
    else
        print_note(p,
                   ngettext("%s page matches.\n", "%s pages match.\n",
                            (unsigned long)h->total),
                   total);
}

static enum status search(struct run *r)
{
    AUTO(free_char) char *text = join(r->args, r->n_args);
    struct query q = {
        .text = text,
        .kind = r->values[KIND],
        .batch = r->values[BATCH],
        .limit = (int)option_int(r->values[LIMIT], 20),
        .offset = (int)option_int(r->values[OFFSET], 0),
    };
    struct hits hits = {0};
    day_range(r->values[FROM], r->values[TO], &q.from, &q.to);
    enum status st = archive_search(r->archive, &q, &hits);
    if (st != STATUS_OK)
        return st;
    for (int i = 0; i < hits.n; i++) {
        if (r->out->json)
            print_hit_json(r->out, &hits.items[i]);
        else
            print_hit(r->out, &hits.items[i]);
    }
    if (r->out->json)
        print_json(r->out,
                   json_pack("{s:I, s:b}", "total", (json_int_t)hits.total,
                             "capped", hits.capped));
    else
        print_total(r->out, &hits, &q);
    hits_clear(&hits);
    return STATUS_OK;
}

const struct command command_search = {
    .name = "search",
    .arguments = N_("WORD…"),
    .summary = N_("find pages by their words"),
    .about = N_("Find the pages that have all of the words, the best first. "
                "Vietnamese marks and case need not be typed; words typed "
                "with marks find their very like first. A phrase stands in "
                "quotes, which the shell must be kept from taking away."),
    .example = "hoso search --from 2022 'giay phep \"hoat dong\"'",
    OPTIONS_OF(options),
    .needs = NEEDS_READ,
    .min_args = 1,
    .max_args = -1,
    .run = search,
};
