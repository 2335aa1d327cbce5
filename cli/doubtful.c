/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages to look at again: the same words after an ingest and in a report. */
#include "cli/doubtful.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "cli/document.h"

#include <stdlib.h>

/* Null where there was too little to measure. */
static json_t *measure_json(int pct)
{
    return pct < 0 ? json_null() : json_integer(pct);
}

json_t *doubtful_page_json(const struct doubtful_page *d)
{
    return json_pack("{s:o, s:o, s:i, s:s, s:o, s:o, s:f, s:i, s:o, s:o}", "id",
                     text_json(d->id), "name", text_json(d->name), "page",
                     d->page, "state", page_state_json(d->state), "doubts",
                     doubts_json(d->doubts), "cause", text_json(d->cause),
                     "dpi", d->dpi, "confidence", d->confidence_pct,
                     "sharpness", measure_json(d->sharpness_pct), "contrast",
                     measure_json(d->contrast_pct));
}

/* A seal alone, a drawing, handwriting: no word is no word read with doubt. */
static bool is_wordless(const struct doubtful_page *d)
{
    return (d->doubts & DOUBT_LOW_CONFIDENCE) && d->confidence_pct == 0;
}

unsigned doubtful_for_scanner(const struct doubtful_page *d)
{
    return is_wordless(d) ? d->doubts & ~(unsigned)DOUBT_LOW_CONFIDENCE
                          : d->doubts;
}

static void add_text(struct strbuf *b, const char *separator, char *take_text)
{
    strbuf_addf(b, "%s%s", b->len > 0 ? separator : "", take_text);
    free(take_text);
}

static char *reasons_of(const struct doubtful_page *d)
{
    struct strbuf b;
    strbuf_init(&b);
    if (is_wordless(d))
        strbuf_adds(&b, _("no word was read on it"));
    if (doubtful_for_scanner(d) != 0)
        add_text(&b, "; ", doubts_text(doubtful_for_scanner(d)));
    if (b.len == 0)
        strbuf_adds(&b, page_state_text(d->state));
    return strbuf_take(&b);
}

static char *measures_of(const struct doubtful_page *d)
{
    struct strbuf b;
    strbuf_init(&b);
    if (d->doubts & DOUBT_LOW_DPI)
        add_text(&b, ", ", xasprintf(_("%.0f dpi"), d->dpi));
    if (doubtful_for_scanner(d) & DOUBT_LOW_CONFIDENCE)
        add_text(&b, ", ", xasprintf(_("%d %% sure"), d->confidence_pct));
    if (d->doubts & DOUBT_BLUR)
        add_text(&b, ", ", xasprintf(_("sharpness %d %%"), d->sharpness_pct));
    if (d->doubts & DOUBT_FAINT)
        add_text(&b, ", ", xasprintf(_("contrast %d %%"), d->contrast_pct));
    return strbuf_take(&b);
}

void print_doubtful_page(struct printer *p, const struct doubtful_page *d)
{
    AUTO(free_char) char *reasons = reasons_of(d);
    AUTO(free_char) char *measures = measures_of(d);
    if (d->name != NULL)
        print(p, _("  %s, page %d (%s): "), d->id, d->page, d->name);
    else
        print(p, _("  %s, page %d: "), d->id, d->page);
    print(p, "%s", d->cause != NULL ? d->cause : reasons);
    if (*measures != '\0')
        print(p, " (%s)", measures);
    print(p, "\n");
}

void print_scan_again(struct printer *p, unsigned doubts, bool unread)
{
    if (unread || doubts & (DOUBT_LOW_DPI | DOUBT_LOW_CONFIDENCE |
                            DOUBT_DAMAGED | DOUBT_FAINT))
        print_note(p, _("Scan pages that are faint, damaged or below 200 dpi "
                        "again at 300 dpi and take them in anew.\n"));
    if (doubts & DOUBT_BLUR)
        print_note(p, _("Out of focus: clean the glass, press the sheet flat "
                        "and scan again.\n"));
    if (doubts & (DOUBT_CUT | DOUBT_DARK_EDGE))
        print_note(p, _("Cut or dark edges: lay the sheet straight, choose its "
                        "paper size and scan again.\n"));
    if (doubts & DOUBT_ORDER)
        print_note(p, _("Pages out of order: see whether a sheet is "
                        "missing, double or in the wrong place.\n"));
}
